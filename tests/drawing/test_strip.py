"""The strip tells the truth: proportions, places and clicks agree."""

import pytest

QtGui = pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from chain_timer.drawing.strip import Block, StripLayout  # noqa: E402 - needs Qt
from chain_timer.timeline.segment import Kind  # noqa: E402

BLOCKS = (
    Block(Kind.PREPARE, 10_000),
    Block(Kind.HOLD, 30_000),
    Block(Kind.REST, 0),
    Block(Kind.REPS, 60_000),
)


def test_a_place_clicked_is_the_position_drawn_there() -> None:
    layout = StripLayout(BLOCKS, 800)
    for position_ms in range(0, 100_000, 777):
        assert layout.position_of(layout.x_of(position_ms)) == pytest.approx(position_ms, abs=1)


def test_the_playhead_never_goes_back_while_time_goes_on() -> None:
    layout = StripLayout(BLOCKS, 333)
    places = [layout.x_of(position_ms) for position_ms in range(0, 100_001, 100)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 333


def test_twice_as_long_is_twice_as_wide() -> None:
    widths = [width for _, width, _ in StripLayout(BLOCKS, 1_000).shapes()]
    assert widths[2] / widths[1] == pytest.approx(2, rel=0.02)


def test_what_takes_no_time_is_not_drawn() -> None:
    assert Kind.REST not in {kind for *_, kind in StripLayout(BLOCKS, 800).shapes()}


def test_blocks_stay_within_the_width() -> None:
    for count in (1, 2, 30, 300):
        layout = StripLayout([Block(Kind.HOLD, 1_000 + i) for i in range(count)], 400)
        left, width, _ = list(layout.shapes())[-1]
        assert left + width == pytest.approx(400)


def test_ten_thousand_segments_are_drawn_as_columns() -> None:
    blocks = [Block(Kind.HOLD if i % 2 else Kind.REST, 500) for i in range(10_000)]
    assert len(list(StripLayout(blocks, 600).shapes())) <= 600


@pytest.mark.parametrize(("blocks", "width"), [((), 100), (BLOCKS, 0), ((Block(Kind.HOLD, 0),), 100)])
def test_nothing_to_draw_is_no_problem(blocks: tuple[Block, ...], width: int) -> None:
    layout = StripLayout(blocks, width)
    assert list(layout.shapes()) == [] or width == 0
    assert layout.position_of(50) >= 0
    assert layout.x_of(5_000) >= 0
