import pytest

from chain_timer.terminal.digits import SMALLEST, big_text, big_width

HEIGHTS = (1, 2, 3, 4, 5, 7, 9, 13, 26)


@pytest.mark.parametrize("rows", HEIGHTS)
@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("text", ["0", "45", "1:40", "10:00", "✓", ""])
def test_big_text_is_as_high_and_wide_as_promised(text: str, rows: int, *, blocks: bool) -> None:
    lines = big_text(text, rows, blocks=blocks)
    assert [len(line) for line in lines] == [big_width(text, rows)] * rows


@pytest.mark.parametrize(
    ("rows", "blocks"), [*((rows, True) for rows in range(SMALLEST, 27)), *((rows, False) for rows in (5, 9))]
)
def test_no_two_digits_look_the_same(rows: int, *, blocks: bool) -> None:
    assert len({big_text(str(digit), rows, blocks=blocks) for digit in range(10)}) == 10


@pytest.mark.parametrize("rows", HEIGHTS)
def test_all_digits_are_equally_wide(rows: int) -> None:
    assert len({big_width(str(digit), rows) for digit in range(10)}) == 1


def test_a_zero_of_seven_rows() -> None:
    assert big_text("0", 7, blocks=True) == (
        " ▄▟██▙▄ ",
        "▐█▛  ▜█▌",
        "▐█    █▌",
        "▐█    █▌",
        "▐█    █▌",
        "▐█▙  ▟█▌",
        " ▀▜██▛▀ ",
    )
