"""What the figure costs: its drawing, its pose, its file: ``python benchmarks/figure_cost.py``.

Each frame of every exercise that ships is drawn into one image, at its median; the row is that of the
exercise that takes longest. The baseline is a fill of the same image, and for reading the bare TOML.
"""

import os
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from table import Row, show

from chain_timer.drawing.figure import Picture, glow_of, paint_figure
from chain_timer.drawing.pictures import ready_to_draw
from chain_timer.drawing.theme import DARK
from chain_timer.figure.choreography import Performance, Shot, pose_at
from chain_timer.figure.figure_reader import read_figure
from chain_timer.figure.figures import Figures
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise, Side
from chain_timer.routine.library import Library
from chain_timer.timeline.demonstration import demonstration

SIZE = 640
FRAME_MS = 33
EVERY = 5
FRAME_WANTED_MS = 2.0
READS = 7


def main() -> int:
    return show(measure())


def measure() -> list[Row]:
    ready_to_draw()
    figures, exercises = Figures.built_in(), Library.built_in().exercises
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    empty = median_ms((lambda: paint(image, None, None)) for _ in range(50))
    drawn, posed = {}, {}
    for exercise in exercises:
        shots = shots_of(exercise, figures)
        posed[exercise.id] = median_ms(moment for moment, _ in shots)
        drawn[exercise.id] = median_ms(frame_of(image, exercise, shot) for _, shot in shots)
    slowest, longest = max(drawn, key=drawn.__getitem__), max(posed, key=posed.__getitem__)
    return [
        Row(
            f"a frame's figure at {SIZE}x{SIZE}",
            drawn[slowest],
            "ms",
            FRAME_WANTED_MS,
            empty,
            "an empty paint",
            f"slowest: {slowest}",
        ),
        Row("the body at a position", posed[longest], "ms", note=f"slowest: {longest}"),
        *reading_rows(),
    ]


def shots_of(exercise: Exercise, figures: Figures) -> list[tuple[Callable[[], object], Shot]]:
    """Give every few frames of an exercise, each with what finds it again."""
    sides = tuple(Side) if exercise.sided else (None,)
    performance = Performance(demonstration(exercise, sides), figures)
    found = []
    for at_ms in range(0, performance.timeline.duration_ms, FRAME_MS * EVERY):
        shot = pose_at(performance, at_ms)
        if shot is None:
            raise AssertionError(f"{exercise.id} has no figure")
        found.append((lambda at_ms=at_ms: body_at(performance, at_ms), shot))
    return found


def body_at(performance: Performance, at_ms: int) -> object:
    shot = pose_at(performance, at_ms)
    return shot.body() if shot is not None else None


def frame_of(image: QImage, exercise: Exercise, shot: Shot) -> Callable[[], None]:
    """Give what draws a frame, from the shot on: its body, its outlines, its paint."""
    return lambda: paint(image, exercise, shot)


def paint(image: QImage, exercise: Exercise | None, shot: Shot | None) -> None:
    painter = QPainter(image)
    painter.fillRect(image.rect(), QColor(DARK.stage_inner))
    if exercise is not None and shot is not None:
        glow = glow_of(exercise.muscles, exercise.also, str(shot.side or ""))
        picture = Picture(shot.figure, shot.body(), glow, float(shot.mirrored))
        paint_figure(painter, QRectF(image.rect()).adjusted(20, 20, -20, -20), picture, DARK)
    painter.end()


def reading_rows() -> list[Row]:
    paths = sorted(resource_path("figures").glob("*.toml"))
    taken = {path: median_ms([lambda path=path: read_figure(path)] * READS) for path in paths}
    slowest = max(taken, key=taken.__getitem__)
    bare = median_ms([lambda: tomllib.loads(slowest.read_text())] * READS)
    return [
        Row(
            "reading a figure", taken[slowest], "ms", None, bare, "its TOML alone", f"slowest: {slowest.stem}"
        )
    ]


def median_ms(works: Iterable[Callable[[], object]]) -> float:
    taken = []
    for work in works:
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1_000)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())
