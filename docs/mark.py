"""Draws the mark of the program in the sizes in which a desktop asks a window for it, from its SVG.

    python docs/mark.py

Run it when the SVG changed; a test tells when that was forgotten.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication

from chain_timer.drawing.mark import SIZES, mark_file, mark_image


def main() -> int:
    application = QGuiApplication(sys.argv[:1])
    for size in SIZES:
        mark_image(size).save(mark_file(size))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
