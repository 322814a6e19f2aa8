"""The printed sheet as a file: all of a routine, readable, small, and the same each time."""

import hashlib
import subprocess
import sys
import threading
from dataclasses import replace
from io import BytesIO

import pytest

QtPdf = pytest.importorskip("PySide6.QtPdf", exc_type=ImportError)

from helpers.outgoing import (  # noqa: E402 - as below, with Qt
    LIBRARY,
    given_of,
    item_of,
    own_exercise,
    routine_of,
    timeline_of,
)
from PySide6.QtCore import QBuffer, QIODevice  # noqa: E402
from PySide6.QtGui import QColor, QImage, QImageWriter  # noqa: E402
from PySide6.QtPdf import QPdfDocument  # noqa: E402

from chain_timer.drawing.fonts import load_fonts  # noqa: E402
from chain_timer.exchange import pdf_sheet  # noqa: E402
from chain_timer.exchange.giving import Given  # noqa: E402
from chain_timer.exchange.parcel import CanceledError, no_progress  # noqa: E402
from chain_timer.problems import ChainTimerError, Problem  # noqa: E402
from chain_timer.routine.exercise import Hold, Reps, Tempo  # noqa: E402
from chain_timer.routine.library import DEFAULT_ROUTINE  # noqa: E402
from chain_timer.routine.names import read_about  # noqa: E402
from chain_timer.routine.routine import Circuit, Item, Routine  # noqa: E402
from chain_timer.timeline.amounts import amounts, length_words  # noqa: E402

SENTENCE = "Stand tall and breathe, then lift your arms slowly over your head and hold them there. "
routines = pytest.mark.parametrize("routine", LIBRARY.routines, ids=lambda routine: routine.id)
papers = pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])


@pytest.fixture(scope="module", autouse=True)
def fonts(qapp: object) -> None:
    """Have the application that other tests need too: there can be one in a process."""
    del qapp
    load_fonts()


def written(given: Given) -> bytes:
    file = BytesIO()
    assert pdf_sheet.write(given, file, no_progress) == ()
    return file.getvalue()


def opened(data: bytes) -> QPdfDocument:
    document, buffer = QPdfDocument(None), QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready
    buffer.setParent(document)
    return document


def texts(data: bytes) -> list[str]:
    """The text of each page, as one that is selected: with single spaces."""
    document = opened(data)
    return [" ".join(document.getAllText(page).text().split()) for page in range(document.pageCount())]


def bare(text: str) -> str:
    """Text without spaces: where a line ends, a reader may see one or none."""
    return "".join(text.split())


@routines
@papers
def test_every_built_in_routine_is_on_one_page(routine: Routine, paper: str, size: tuple[int, int]) -> None:
    document = opened(written(given_of(routine, paper=paper)))
    assert document.pageCount() == 1
    assert document.pagePointSize(0).toTuple() == size


@routines
def test_everything_a_person_needs_can_be_selected(routine: Routine) -> None:
    (page,) = map(bare, texts(written(given_of(routine))))
    timeline = timeline_of(routine)
    said = [routine.name, routine.summary, length_words(timeline), read_about().safety, "1 of 1"]
    said += [LIBRARY.names.equipment_text(routine.equipment)]
    for circuit in amounts(routine, timeline):
        said += [circuit.name, circuit.facts]
        for item in circuit.items:
            said += [item.exercise.name, item.words]
            said += [LIBRARY.names.muscle_text((*item.exercise.muscles, *item.exercise.also))]
            said += [f"{number} {step.right}" for number, step in enumerate(item.exercise.steps, 1)]
            said += [item.exercise.out.right if item.exercise.out else ""]
    assert [words for words in said if bare(words) not in page] == []


def test_the_default_sheet_is_small() -> None:
    assert len(written(given_of(LIBRARY.routine(DEFAULT_ROUTINE)))) < 300_000


def test_the_fonts_are_the_programs_own() -> None:
    data = written(given_of(LIBRARY.routine(DEFAULT_ROUTINE)))
    assert b"+Inter" in data
    assert b"DejaVu" not in data


def test_a_person_may_choose_the_side_that_comes_first() -> None:
    stretch = LIBRARY.exercise("standing-hamstring-stretch")
    item = item_of(stretch)
    left = replace(item, sides=item.sides[::-1])
    (page,) = texts(written(given_of(Routine("a", "A", (Circuit((left,)),)))))
    assert "Step your left foot forward." in page
    assert "Then the other leg." in page
    assert "right" not in page


@papers
def test_a_long_routine_takes_more_pages_and_loses_nothing(paper: str, size: tuple[int, int]) -> None:
    del size
    moves = [
        own_exercise(number, [f"({number}/{step}) {SENTENCE}" for step in range(9)]) for number in range(30)
    ]
    pages = texts(written(given_of(routine_of(*moves), paper=paper)))
    assert len(pages) > 2
    assert all(f"{number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    for number in range(30):
        on = [page for page in pages if f"({number}/0) " in page]
        assert len(on) == 1
        assert all(bare(f"({number}/{step}) {SENTENCE}") in bare(on[0]) for step in range(9))


def test_what_is_longer_than_a_page_goes_on_under_its_name() -> None:
    endless = own_exercise(1, [f"Step {step}: {'WIDE ' * 57}" for step in range(20)])
    moves = [replace(endless, id=f"own-{number}") for number in range(4)]
    pages = texts(written(given_of(routine_of(*moves))))
    assert bare("Own move 1, continued") in bare(" ".join(pages))
    assert all(bare(" ".join(pages)).count(bare(f"Step {step}: ")) == 4 for step in range(20))


def test_an_exercise_that_comes_again_is_told_once() -> None:
    dog, stretch = (LIBRARY.exercise(name) for name in ("downward-facing-dog", "standing-hamstring-stretch"))
    (page,) = texts(written(given_of(routine_of(dog, stretch, dog))))
    assert page.count("Tighten your abdominals") == 1
    assert "3 Downward-facing dog" in page
    assert "As number 1" in page


ODD = [
    own_exercise(1, [SENTENCE * 3] * 20, "Ein sehr langer Name " * 9),
    own_exercise(2, ["עמדו זקוף והרימו את הידיים.", "الوقوف مستقيما"], "תרגיל מתיחה"),
    own_exercise(3, ["普通に立って両腕を上げる。" * 12], "W" * 200),
    own_exercise(4, (), "🏋️ 🧘 🔔"),
    replace(own_exercise(5, ["\u202e\x00\x07 \u2028"]), muscles=tuple("m" * 60 for _ in range(20))),
]


@papers
def test_odd_words_make_odd_sheets_and_no_errors(paper: str, size: tuple[int, int]) -> None:
    pages = texts(written(given_of(routine_of(*ODD, name="🏋️ " + "Ä" * 190), paper=paper)))
    assert 1 <= len(pages) < 6
    assert "Ein sehr langer Name" in pages[0]
    assert opened(written(given_of(routine_of(*ODD), paper=paper))).pagePointSize(0).toTuple() == size


def test_an_own_picture_is_on_the_sheet() -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#12ab34"))
    buffer = QBuffer()
    QImageWriter(buffer, b"png").write(image)
    own = replace(own_exercise(1), picture="own.png")
    data = written(given_of(routine_of(own), lambda _: bytes(buffer.data().data())))
    assert b"/Subtype /Image" in data
    assert b"/Subtype /Image" not in written(given_of(routine_of(own_exercise(1))))


@pytest.mark.parametrize("data", [None, b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_a_picture_that_cannot_be_read_is_told_and_the_sheet_made(data: bytes | None) -> None:
    own = replace(own_exercise(1), picture="own.png")
    file = BytesIO()
    problems = pdf_sheet.write(given_of(routine_of(own), lambda _: data), file, no_progress)
    assert problems == (Problem("Own move 1", "its picture cannot be read", "the sheet goes without it"),)
    assert "Own move 1" in texts(file.getvalue())[0]


@pytest.mark.parametrize("wish", ["A4", " letter ", ""])
def test_paper_is_understood_as_people_write_it(wish: str) -> None:
    assert opened(written(given_of(routine_of(own_exercise(1)), paper=wish))).pageCount() == 1


def test_paper_that_nobody_knows_is_told_with_those_there_are() -> None:
    with pytest.raises(ChainTimerError, match=r'The paper "a7" is not known; write a4 or letter'):
        written(given_of(routine_of(own_exercise(1)), paper="a7"))


def test_the_same_sheet_is_the_same_file() -> None:
    routine = LIBRARY.routine("whole-posterior-chain")
    assert written(given_of(routine)) == written(given_of(routine))


MAKE = """
import hashlib
from io import BytesIO
from helpers.outgoing import LIBRARY, given_of
from chain_timer.exchange.parcel import no_progress
from chain_timer.exchange.pdf_sheet import write
file = BytesIO()
write(given_of(LIBRARY.routine("posterior-chain-strength")), file, no_progress)
print(hashlib.sha256(file.getvalue()).hexdigest())
"""


@pytest.mark.slow
def test_the_same_sheet_is_the_same_file_at_every_start_of_the_program() -> None:
    # Qt's own order of fonts is another one in about five of six starts.
    command = [sys.executable, "-c", f"import sys; sys.path[:0] = ['tests', '.']{MAKE}"]
    made = {subprocess.run(command, check=True, capture_output=True).stdout for _ in range(4)}
    assert len(made) == 1
    assert len(made.pop().strip()) == hashlib.sha256().digest_size * 2


@pytest.mark.slow
def test_sheets_made_on_threads_are_the_same_as_others() -> None:
    wanted = {routine.id: written(given_of(routine)) for routine in LIBRARY.routines}
    made: list[bool] = []

    def make() -> None:
        made.extend(written(given_of(routine)) == wanted[routine.id] for routine in LIBRARY.routines)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [True] * len(threads) * len(wanted)


@pytest.mark.slow
def test_thousands_of_exercises_are_some_pages_with_a_word_of_each() -> None:
    work = Reps(5, Tempo(1_000, 0, 1_000))
    items = tuple(Item(exercise, work) for exercise in LIBRARY.exercises)
    routine = Routine("a", "Many", (Circuit(items * 400),))
    told: list[tuple[int, int]] = []
    file = BytesIO()
    pdf_sheet.write(given_of(routine), file, lambda done, whole: told.append((done, whole)))
    count = opened(file.getvalue()).pageCount()
    assert 50 < count < 200
    assert len(file.getvalue()) < 1_000_000
    assert told[-count - 1 :] == [(number, count) for number in range(count + 1)]


def test_who_has_enough_gets_no_file() -> None:
    def enough(done: int, whole: int) -> None:
        if done == 1 < whole:
            raise CanceledError

    moves = [own_exercise(number, [SENTENCE] * 20) for number in range(20)]
    file = BytesIO()
    with pytest.raises(CanceledError):
        pdf_sheet.write(given_of(routine_of(*moves)), file, enough)
    assert file.getvalue() == b""


def test_a_hold_is_as_long_as_its_author_said() -> None:
    item = Item(LIBRARY.exercise("downward-facing-dog"), Hold(75_000), sets=3, rest_ms=20_000)
    (page,) = texts(written(given_of(Routine("a", "A", (Circuit((item,), 2, name="Dogs"),)))))
    assert "3 sets of 1m15s" in page
    assert "Dogs 2 rounds, 20s rest" in page
