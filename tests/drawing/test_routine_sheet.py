"""The printed sheet: what stands where, and that nothing is lost on the way to paper."""

from collections.abc import Callable, Sequence

import pytest

QtGui = pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from helpers.outgoing import LIBRARY, own_exercise, routine_of, timeline_of  # noqa: E402 - as below, with Qt
from helpers.pictures import opened, pixels_of  # noqa: E402
from PIL.Image import Image  # noqa: E402
from PySide6.QtCore import QRectF  # noqa: E402
from PySide6.QtGui import QColor, QImage, QPainter  # noqa: E402

from chain_timer.drawing.fonts import load_fonts  # noqa: E402
from chain_timer.drawing.pdf_order import in_order  # noqa: E402
from chain_timer.drawing.pictures import Page, png_bytes  # noqa: E402
from chain_timer.drawing.routine_sheet import RoutineSheet  # noqa: E402
from chain_timer.drawing.routine_sheet_art import Artist, key_poses  # noqa: E402
from chain_timer.drawing.routine_sheet_blocks import Sheet  # noqa: E402
from chain_timer.drawing.routine_sheet_layout import (  # noqa: E402
    A4,
    POINT,
    SMALLEST,
    Block,
    Columns,
    Setter,
    Style,
    columns_of,
    is_right_to_left,
)
from chain_timer.drawing.text import wrapped  # noqa: E402
from chain_timer.drawing.theme import LIGHT  # noqa: E402
from chain_timer.figure.figures import Figures  # noqa: E402
from chain_timer.routine.exercise import Exercise  # noqa: E402
from chain_timer.routine.routine import Routine  # noqa: E402
from chain_timer.timeline.amounts import amounts  # noqa: E402

FIGURES = Figures.built_in()


@pytest.fixture(scope="module", autouse=True)
def fonts(qt: object) -> None:
    del qt
    load_fonts()


def sheet_of(routine: Routine, own: Callable[[Exercise], QImage | None] = lambda _: None) -> RoutineSheet:
    timeline = timeline_of(routine)
    made = Sheet(routine, timeline, tuple(amounts(routine, timeline)), LIBRARY.names, "Stop if it hurts.")
    return RoutineSheet(made, A4, Artist(FIGURES, own, LIGHT), lambda _done, _whole: None)


def painted(sheet: RoutineSheet, page: int = 0) -> Image:
    """Paint a page with two pixels a point."""

    def paint(painter: QPainter) -> None:
        painter.fillRect(QRectF(0, 0, 2 * A4.width, 2 * A4.height), QColor("white"))
        painter.scale(2 / POINT, 2 / POINT)
        list(sheet.pages())[page](painter)

    return opened(png_bytes(Page(2 * A4.width, 2 * A4.height, "", paint)))


def has(image: Image, *wanted: str) -> bool:
    return all(pixels_of(image, color) > 50 for color in wanted)


# --- columns -------------------------------------------------------------------------------------------


def filled(blocks: Sequence[Block], columns: int = 1) -> Columns:
    """Fill columns with a gap of 10, where the first page has room for 100 and the others for 120."""
    filling = Columns(Style(1.0, columns=columns), 100, 120, 10)
    for block in blocks:
        filling.add(block)
    return filling


def test_blocks_fill_a_page_with_gaps_between_them() -> None:
    assert filled([Block(45), Block(45)]).pages == ((2,),)
    assert filled([Block(45), Block(46)]).pages == ((1,), (1,))


def test_a_heading_is_never_the_last_on_a_page() -> None:
    heading = Block(20, opens=True)
    assert filled([Block(50), heading, Block(20)]).pages == ((1,), (2,))
    assert filled([Block(30), heading, Block(20)]).pages == ((3,),)


def test_a_page_in_columns_is_full_when_its_last_column_is() -> None:
    assert filled([Block(90)] * 2, 2).pages == ((1, 1),)
    assert not filled([Block(90)] * 2, 2).overfull
    assert filled([Block(90)] * 3, 2).overfull
    assert filled([Block(90)] * 5, 2).pages == ((1, 1), (1, 1), (1,))


def test_what_has_no_room_below_the_head_stands_on_the_next_page() -> None:
    assert filled([Block(110), Block(20)]).pages == ((0,), (1,), (1,))


@pytest.mark.parametrize(
    ("heights", "columns", "counts"),
    [
        ([1, 1, 1], 1, [3]),
        ([1, 1, 1], 2, [2, 1]),
        ([3, 1, 1, 1], 2, [1, 3]),
        ([1], 2, [1, 0]),
        ([], 2, [0, 0]),
    ],
)
def test_columns_of_steps_are_about_as_high(heights: list[float], columns: int, counts: list[int]) -> None:
    assert columns_of(heights, columns) == counts


# --- words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Lift your arms and breathe. " * 10,
        "🏋️ 🧘 lift the bell 🔔 and set it down again 🙂 " * 6,
        "תרגיל מתיחה ארוך " * 15,
        "W" * 300,
        "普通に立って両腕を上げる。" * 20,
    ],
)
def test_no_letter_is_lost_where_lines_are_broken(text: str) -> None:
    lines = wrapped(text.strip(), Style(1.0).font(10), 900)
    assert len(lines) > 2
    said = "".join("".join(lines).split())
    assert said == "".join(text.replace("\u200d", "").split())


def test_an_emoji_breaks_no_word() -> None:
    text = "🏋️ 🧘 lift the bell 🔔 and set it down again 🙂 " * 6
    words = {word for line in wrapped(text, Style(1.0).font(10), 900) for word in line.split()}
    assert words == set(text.split())


def test_lines_are_no_wider_than_their_room() -> None:
    setter = Setter(100, 1_500)
    metrics = setter.text(
        "Tuck your toes and lift your knees. " * 8, Style(1.0).font(10), "#000000", indent=200
    )
    assert all(metrics.horizontalAdvance(line.text) <= 1_300 for line in setter.lines)
    assert {line.x for line in setter.lines} == {300}


def test_what_is_read_from_the_right_stands_on_the_right() -> None:
    setter = Setter(0, 3_000)
    metrics = setter.text("תרגיל", Style(1.0).font(10), "#000000")
    (line,) = setter.lines
    assert line.x + metrics.horizontalAdvance(line.text) == pytest.approx(3_000)


@pytest.mark.parametrize(("text", "right"), [("12. תרגיל", True), ("ABC תרגיל", False), ("123", False)])
def test_the_direction_is_that_of_the_first_letter(text: str, right: bool) -> None:  # noqa: FBT001 - a case
    assert is_right_to_left(text) is right


def test_no_style_is_too_small_to_read() -> None:
    assert Style(0.1).font(10).pixelSize() == SMALLEST * POINT


# --- pictures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise_id", "names"),
    [
        ("downward-facing-dog", ["hold"]),
        ("pullup", ["start", "turn"]),
        ("back-squat", ["start", "turn"]),
    ],
)
def test_a_hold_is_one_pose_and_a_repetition_two(exercise_id: str, names: list[str]) -> None:
    exercise = LIBRARY.exercise(exercise_id)
    figure = FIGURES.figure_for(exercise)
    assert figure is not None
    poses = key_poses(figure, exercise)
    assert len(poses) == len(names)
    if exercise_id == "pullup":
        assert figure.down is not None
        assert figure.up is not None
        assert poses == (figure.down.to[-1], figure.up.to[-1])


def test_a_figure_is_on_the_page_with_its_muscles_lit() -> None:
    seen = painted(sheet_of(routine_of(LIBRARY.exercise("downward-facing-dog"))))
    assert has(seen, LIGHT.shirt, LIGHT.shorts, LIGHT.muscle, LIGHT.mat)


def test_without_a_figure_there_is_no_card() -> None:
    assert pixels_of(painted(sheet_of(routine_of(own_exercise(1)))), LIGHT.stage_inner) == 0


def test_an_own_picture_stands_where_there_is_no_figure() -> None:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#12ab34"))
    assert has(painted(sheet_of(routine_of(own_exercise(1)), lambda _: image)), "#12ab34")
    known = routine_of(LIBRARY.exercise("pullup"))
    assert not has(painted(sheet_of(known, lambda _: image)), "#12ab34")


# --- pages ---------------------------------------------------------------------------------------------


def test_a_short_routine_is_set_in_large_type_and_a_long_one_in_small() -> None:
    factors = [sheet_of(routine_of(*map(own_exercise, range(count)))).style.factor for count in (1, 8, 16)]
    assert factors == sorted(factors, reverse=True)
    assert factors[0] > 1 > factors[-1]


@pytest.mark.slow
def test_nothing_is_painted_over_the_foot_or_beyond_the_paper() -> None:
    steps = ["Stand tall and breathe, then lift your arms slowly over your head. " * 4] * 20
    sheet = sheet_of(routine_of(*(own_exercise(number, steps) for number in range(3))))
    assert sheet.count > 1
    wide, high = 2 * A4.width, 2 * A4.height
    foot = high - 2 * (36 + 12)
    for number in range(sheet.count):
        image = painted(sheet, number)
        edges = [(0, 0, wide, 68), (0, 0, 68, high), (wide - 68, 0, wide, high), (0, high - 68, wide, high)]
        for box in (*edges, (0, foot - 8, wide, foot - 2)):
            assert image.crop(box).getextrema() == ((255, 255),) * 3


def test_all_pages_are_told_and_asking_for_an_end_ends_it() -> None:
    class EnoughError(Exception):
        pass

    def enough(_done: int, _whole: int) -> None:
        raise EnoughError

    routine = routine_of(own_exercise(1))
    timeline = timeline_of(routine)
    made = Sheet(routine, timeline, tuple(amounts(routine, timeline)), LIBRARY.names, "")
    with pytest.raises(EnoughError):
        RoutineSheet(made, A4, Artist(FIGURES, lambda _: None, LIGHT), enough)


# --- order ---------------------------------------------------------------------------------------------


def small_pdf(*parts: tuple[int, bytes], root: int) -> bytes:
    made, places = b"%PDF-1.4\n", {}
    for number, words in parts:
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    lines = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, lines)
    end = b"trailer\n<<\n/Root %d 0 R\n>>\nstartxref\n%d\n%%%%EOF\n" % (root, len(made))
    return made + table + end


def test_parts_that_say_the_same_come_in_the_same_order() -> None:
    one = small_pdf(
        (1, b"<< /A 3 0 R /B 2 0 R >>"),
        (2, b"<< /FontName /QCAAAA+Inter >>"),
        (3, b"<< /Length 7 >>\nstream\n2 0 R !\nendstream"),
        root=1,
    )
    other = small_pdf(
        (2, b"<< /Length 7 >>\nstream\n2 0 R !\nendstream"),
        (1, b"<< /FontName /QBAAAA+Inter >>"),
        (3, b"<< /A 2 0 R /B 1 0 R >>"),
        root=3,
    )
    assert one != other
    assert in_order(one) == in_order(other) == in_order(in_order(one))
    assert b"stream\n2 0 R !" in in_order(one)  # a stream is no text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"startxref\n0\n%%EOF", b"trailer startxref\n0\n%%EOF\n"])
def test_what_is_built_otherwise_stays_as_it_is(data: bytes) -> None:
    assert in_order(data) == data
