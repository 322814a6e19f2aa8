"""Makes sheets of all figures: every pose with the words of its step, on both sides, in both themes.

    python docs/figure_sheets.py [--out FOLDER] [--only EXERCISE…]

No display is needed. Each is a PNG of at most 150 kB.
"""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PySide6.QtGui import QImage

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from chain_timer.cli.figure_moments import cells
from chain_timer.cli.figure_subject import Subject
from chain_timer.drawing.figure_film import colors_of, with_colors
from chain_timer.drawing.figure_sheet import sheet_page
from chain_timer.drawing.pictures import image_of, ready_to_draw
from chain_timer.drawing.theme import THEMES
from chain_timer.figure.figure_reader import check_figure, read_figure
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise, Side
from chain_timer.routine.library import Library

HERE = Path(__file__).parent
SIZE = 260
LARGEST = 150_000


def main() -> int:
    exercises = Library.built_in().by_exercise_id
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "figures")
    parser.add_argument("--only", nargs="*", default=None, metavar="EXERCISE", choices=list(exercises))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    ready_to_draw()
    for exercise_id in given.only or exercises:
        for name, data in sheets(exercises[exercise_id]):
            if len(data) > LARGEST:
                raise AssertionError(f"{name} takes {len(data):,} bytes")
            (given.out / name).write_bytes(data)
    return 0


def sheets(exercise: Exercise) -> Iterator[tuple[str, bytes]]:
    """Give the name and the bytes of each sheet of an exercise."""
    path = resource_path("figures", f"{exercise.id}.toml")
    figure = read_figure(path)
    for side in Side:
        subject = Subject(path, figure, exercise, side, check_figure(figure, exercise))
        for theme in THEMES.values():
            drawing = sheet_page(subject.title, cells(subject), SIZE, theme)
            yield f"{exercise.id}-{side}-{theme.name}.png", small(image_of(drawing))


def small(image: QImage) -> bytes:
    """Give a picture with few colors, which is a third of the file and looks the same."""
    written = BytesIO()
    with_colors(image, colors_of([image])).save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main())
