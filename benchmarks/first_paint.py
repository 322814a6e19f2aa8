"""Runs a program's main until its first window is painted, says how long that took, and ends it.

    python benchmarks/first_paint.py empty|library

Time runs from the start of the process, as the system knows it, to the end of the first paint event.
"""

import builtins
import os
import sys
import time
from pathlib import Path


def since_start_s() -> float:
    """Seconds this process has lived."""
    fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    started_s = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started_s


def watch_first_paint() -> None:
    """End the process as soon as a window was painted."""
    own_import = builtins.__import__
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 - part of what is measured
    from PySide6.QtWidgets import QApplication, QWidget  # noqa: PLC0415

    # PySide slows down every later import; the program undoes that, and the watcher must not bring it back.
    builtins.__import__ = own_import

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
                QTimer.singleShot(0, report)
            return False

    def report() -> None:
        print(f"{since_start_s():.4f}", flush=True)
        os._exit(0)

    run = QApplication.exec
    watcher = Watcher()

    def watched_exec(*_arguments: object) -> int:
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(watcher)
        return run()

    QApplication.exec = watched_exec  # type: ignore[method-assign]


def main() -> None:
    watch_first_paint()
    sys.path.insert(0, str(Path(__file__).parent))
    if sys.argv[1] == "empty":
        import empty_window  # noqa: PLC0415

        empty_window.main()
    else:
        from chain_timer.__main__ import main as run  # noqa: PLC0415

        sys.argv = ["chain-timer"]
        run()


if __name__ == "__main__":
    main()
