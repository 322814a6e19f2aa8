"""Thousands of own files: listing, searching, stalls, memory: ``python benchmarks/library_size.py``.

The baseline is the same window without own files. Wants no display: the window is drawn offscreen.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from processes import pss_mib, settle_in
from table import Row, show

if TYPE_CHECKING:
    from chain_timer.window.library_page import LibraryPage

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

FILES = 5_000
LISTED_WANTED_S = 0.5
FOREMOST = 24
"""Cards that a large window shows at once."""
FRAME_MS = 16.0
TICK_MS = 5
MEMORY_WANTED_MIB = 60.0
_LONGEST_S = 60.0
_MUSCLES = ("hamstrings", "glutes", "calves", "rhomboids")


def fill(home: Path, files: int) -> None:
    """Write so many exercises, and as many routines of eight of them."""
    for folder in ("exercises", "routines"):
        (home / folder).mkdir(parents=True)
    for number in range(files):
        muscle = _MUSCLES[number % len(_MUSCLES)]
        lines = (
            f'name = "Move number {number}"',
            f'summary = "A movement for the {muscle}, one of very many."',
            'steps = ["Stand tall.", "Bend the knees, back straight.", "Come up again and breathe out."]',
            f'muscles = ["{muscle}"]',
            "reps = 10",
        )
        (home / f"exercises/move-{number}.toml").write_text("\n".join(lines), encoding="utf-8")
        used = ", ".join(f'"move-{(number * 7 + place * 13) % files}"' for place in range(8))
        text = f'name = "Plan {number}"\nsummary = "One of many."\nexercises = [{used}]\n'
        (home / f"routines/plan-{number}.toml").write_text(text, encoding="utf-8")


class Watcher:
    """Looks from inside at a window that starts, and measures."""

    def __init__(self, files: int) -> None:
        self._files = files
        self.figures: dict[str, float] = {}
        self._ticks: list[float] = []

    def begin(self, page: LibraryPage) -> None:
        from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - in the program that is measured

        self._page = page
        self._start = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._ticks.append(now)
        page = self._page
        if "first" not in self.figures and page.grid.model().rowCount() > FOREMOST:
            self.figures["first"] = now - self._start
        listed = page.grid.model().rowCount() >= self._files
        if (listed and page.reading.isHidden()) or now - self._start > _LONGEST_S:
            self.figures["listed"] = now - self._start
            self._timer.timeout.disconnect(self._tick)
            self._timer.timeout.connect(self._rest)

    def _rest(self) -> None:
        self._ticks.append(time.perf_counter())
        if self._ticks[-1] - self._start < self.figures["listed"] + 1.5:
            return
        self._timer.stop()
        self.figures["gap"] = max(
            later - earlier for earlier, later in zip(self._ticks, self._ticks[1:], strict=False)
        )
        self.figures["search"] = self._search()
        self.figures["memory"] = pss_mib(os.getpid())
        print(json.dumps(self.figures), flush=True)
        os._exit(0)

    def _search(self) -> float:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

        page, taken = self._page, list[float]()
        for text in ("p", "pl", "pla", "plan", "plan 4", "plan 49", "plan 4", "plan", "", "h", "ha", "hams"):
            start = time.perf_counter()
            page.search.setText(text)
            page.grid.viewport().repaint()
            taken.append(time.perf_counter() - start)
            for _ in range(20):
                QApplication.processEvents()
        self.figures["worst search"] = max(taken)
        return statistics.median(taken)


def run_watched(files: int) -> None:
    """Be the program that is measured."""
    from chain_timer.__main__ import main  # noqa: PLC0415 - part of what is measured
    from chain_timer.window import app  # noqa: PLC0415
    from chain_timer.window.bridge import Bridge  # noqa: PLC0415

    class WatchedBridge(Bridge):
        def begin(self) -> None:
            watcher.begin(self._frame.library)
            super().begin()

    watcher = Watcher(files)
    app.Bridge = WatchedBridge  # type: ignore[misc]
    sys.argv = ["chain-timer"]
    main()


def measured(home: Path, files: int) -> dict[str, float]:
    environment = {**os.environ, "CHAIN_TIMER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(HERE / "library_size.py"), "--watched", str(files)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(files: int = FILES, runs: int = 3) -> list[Row]:
    """Start the window without own files, with them for the first time, and a few times with a catalog."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder, "empty"), Path(folder, "full")
        settle_in(empty)
        fill(full, files)
        none = measured(empty, 0)
        first = measured(full, files)
        later = [measured(full, files) for _ in range(runs)]

    def usual(key: str) -> float:
        return statistics.median(figures[key] for figures in later)

    many = f"{files:,} own routines and exercises"
    return [
        Row(f"{many}: listed the first time", first["listed"], "s", None, none["listed"], "none"),
        Row("longest stall meanwhile", first["gap"] * 1_000, "ms", None, none["gap"] * 1_000, "none"),
        Row(f"{many}: first screen later", usual("first"), "s", LISTED_WANTED_S, none["listed"], "none"),
        Row("all of them listed later", usual("listed"), "s", None, none["listed"], "none"),
        Row("longest stall meanwhile", usual("gap") * 1_000, "ms", None, none["gap"] * 1_000, "none"),
        Row("a letter of a search, usually", usual("search") * 1_000, "ms", FRAME_MS),
        Row("a letter of a search, at worst", usual("worst search") * 1_000, "ms"),
        Row(
            "memory above the same window", usual("memory") - none["memory"], "MiB", MEMORY_WANTED_MIB,
            none["memory"], "the window",
        ),
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--watched", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.watched is not None:
        run_watched(arguments.watched)
        return 0
    return show(measure(arguments.files))


if __name__ == "__main__":
    sys.exit(main())
