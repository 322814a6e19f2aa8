"""The baseline: the emptiest PySide6 window of the same size."""

import sys

from PySide6.QtWidgets import QApplication, QWidget


def main() -> int:
    application = QApplication(sys.argv)
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
