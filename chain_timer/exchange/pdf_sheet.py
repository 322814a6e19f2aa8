"""Gives a routine out as a sheet to print: a PDF."""

from typing import TYPE_CHECKING, BinaryIO

from chain_timer.exchange.giving import Given
from chain_timer.exchange.parcel import Progress
from chain_timer.problems import ChainTimerError, Problem, plain, quoted
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.names import read_about
from chain_timer.timeline.amounts import amounts

if TYPE_CHECKING:
    from chain_timer.drawing.routine_sheet_art import Image, OwnPicture
    from chain_timer.drawing.routine_sheet_layout import Paper

_USUAL_PAPER = "a4"
_LARGEST_PICTURE = 900
"""Pixels along a side: 300 dots an inch where it is largest."""


def write(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write the sheet. Of the wishes ``paper`` is looked at: ``a4`` or ``letter``.

    Any thread may call it where a window has made its application object, and the main thread elsewhere.
    Raises ChainTimerError for a wish nobody understands, CanceledError and OSError.
    """
    # Qt takes a fifth of a second to load; whoever only asks for help need not wait for it.
    from chain_timer.drawing.pdf import pdf_bytes  # noqa: PLC0415 - as above
    from chain_timer.drawing.pictures import ready_to_draw  # noqa: PLC0415 - as above
    from chain_timer.drawing.routine_sheet import RoutineSheet  # noqa: PLC0415 - as above
    from chain_timer.drawing.routine_sheet_art import Artist  # noqa: PLC0415 - as above
    from chain_timer.drawing.routine_sheet_blocks import Sheet  # noqa: PLC0415 - as above
    from chain_timer.drawing.theme import LIGHT  # noqa: PLC0415 - as above
    from chain_timer.figure.figures import Figures  # noqa: PLC0415 - as above

    paper = _paper(given.wishes.get("paper", ""))
    ready_to_draw()
    timeline = given.timeline()
    circuits = tuple(amounts(given.routine, timeline))
    lost: dict[str, Problem] = {}
    artist = Artist(Figures.built_in(), _own_picture(given, lost), LIGHT)
    sheet = Sheet(given.routine, timeline, circuits, given.names, read_about().safety)
    laid = RoutineSheet(sheet, paper, artist, progress)
    file.write(pdf_bytes(plain(given.routine.name), (paper.width, paper.height), laid.pages()))
    return tuple(lost.values())


def _own_picture(given: Given, lost: dict[str, Problem]) -> "OwnPicture":
    """Read the pictures that exercises brought along; what cannot be read is added to what is lost."""
    from chain_timer.drawing.own_picture import decoded  # noqa: PLC0415 - needs Qt

    def own_picture(exercise: Exercise) -> "Image | None":
        data = given.picture(exercise) if exercise.picture else None
        image = decoded(data, _LARGEST_PICTURE) if data else None
        if exercise.picture and image is None:
            what, instead = "its picture cannot be read", "the sheet goes without it"
            lost[exercise.id] = Problem(plain(exercise.name), what, instead)
        return image

    return own_picture


def _paper(wish: str) -> "Paper":
    from chain_timer.drawing.routine_sheet_layout import PAPERS  # noqa: PLC0415 - needs Qt

    found = PAPERS.get(wish.strip().casefold() or _USUAL_PAPER)
    if found is None:
        raise ChainTimerError(f"The paper {quoted(wish)} is not known; write {' or '.join(PAPERS)}")
    return found
