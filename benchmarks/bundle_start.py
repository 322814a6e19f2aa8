"""First paint of the bundle beside that of the source, on a screen of its own.

    python benchmarks/bundle_start.py [--bundle build/bundle/chain-timer/chain-timer] [--runs 9]

Time runs from the start of the process to the first point of its window that is on the screen: a bundle
cannot be looked into, so both are looked at from outside. Wants Xvfb; ``packaging/build linux`` makes it.
"""

import argparse
import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from private_screen import private_screen
from table import Row, show

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "build" / "bundle" / "chain-timer" / "chain-timer"
SOURCE = (sys.executable, "-P", "-m", "chain_timer")
RUNS = 9
WANTED = 1.2
_LONGEST_S = 30
_LOOK_S = 0.001
_POINT = (320, 240)
_ALL_PLANES, _Z_PIXMAP = 0xFFFFFFFF, 2


class Screen:
    """Looks at one point of an X display, without a library of Python's."""

    def __init__(self, name: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XGetImage.restype = ctypes.c_void_p
        self._x.XGetImage.argtypes = [
            *(ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int),
            *(ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int),
        ]
        self._x.XGetPixel.restype = ctypes.c_ulong
        self._x.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        self._x.XFree.argtypes = [ctypes.c_void_p]
        self._display = self._x.XOpenDisplay(name.encode())
        self._root = self._x.XDefaultRootWindow(self._display)

    def color(self) -> int:
        """Give the color of the point."""
        image = self._x.XGetImage(self._display, self._root, *_POINT, 1, 1, _ALL_PLANES, _Z_PIXMAP)
        color = int(self._x.XGetPixel(image, 0, 0))
        self._x.XFree(image)
        return color


def first_paint_s(command: Sequence[str], display: str, home: str) -> float:
    """Start a program, wait for its first paint, and end it."""
    looked_at = Screen(display)
    empty = looked_at.color()
    environment = {**os.environ, "DISPLAY": display, "CHAIN_TIMER_HOME": home, "QT_QPA_PLATFORM": "xcb"}
    began = time.monotonic()
    program = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while looked_at.color() == empty:
            passed = time.monotonic() - began
            if passed > _LONGEST_S:
                raise TimeoutError(f"{command[0]} painted nothing within {_LONGEST_S} s")
            time.sleep(_LOOK_S)
        return time.monotonic() - began
    finally:
        program.kill()
        program.wait(20)


def measure(runs: int = RUNS, bundle: Path = BUNDLE) -> list[Row]:
    """Start both in turn, so that both meet the same machine."""
    # Without a window manager: that would paint a frame too early.
    with private_screen() as display, tempfile.TemporaryDirectory() as home:
        pairs = [
            (first_paint_s(SOURCE, display, home), first_paint_s([str(bundle)], display, home))
            for _ in range(runs + 1)
        ]
    ratios = sorted(ours / source for source, ours in pairs[1:])  # the first pair warms the disk up
    source = statistics.median(source for source, _ in pairs[1:])
    ours = source * statistics.median(ratios)
    note = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    return [Row("first paint of the bundle", ours, "s", WANTED, source, "source", note, relative=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bundle", type=Path, default=BUNDLE)
    parser.add_argument("--runs", type=int, default=RUNS)
    arguments = parser.parse_args()
    if shutil.which("Xvfb") is None or not arguments.bundle.is_file():
        print(f"bundle_start: wants Xvfb, and the bundle in {arguments.bundle}", file=sys.stderr)
        return 2
    return show(measure(arguments.runs, arguments.bundle))


if __name__ == "__main__":
    sys.exit(main())
