import time

import pytest

from chain_timer.problems import FileProblemsError, Problem, plain, quoted


def test_a_problem_says_where_what_and_the_remedy() -> None:
    assert str(Problem("line 3", "it is empty", "write a word")) == "line 3: it is empty; write a word"
    assert str(Problem("", "it is empty")) == "it is empty"


def test_problems_of_a_file_are_told_a_line_each() -> None:
    error = FileProblemsError("a.toml", [Problem("x", "is wrong"), Problem("y", "too")])
    assert str(error) == "a.toml: x: is wrong\na.toml: y: too"
    assert len(error.problems) == 2


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2Ja",
        "\x9b31ma",
        "\x07a\x08",
        "\u202ea\u202c",
        "\u2066a\u2069",
        "\u200ba\ufeff",
        "a\u2028b\u2029",
        "a\r\nb\tc\x0bd\x0c",
        "a\x00b\x7f\x85",
        "a\ud800",
        "a\ue000",
        "a\U000e0041",
    ],
    ids=ascii,
)
def test_plain_text_is_one_printable_line(hostile: str) -> None:
    assert plain(hostile).isprintable()
    assert "a" in plain(hostile)


def test_plain_text_keeps_letters_of_every_script() -> None:
    for text in ("Größe", "תרגיל", "ありがとう", "🏋️ swing", "café"):
        assert plain(text) == text


def test_lines_become_spaces() -> None:
    assert plain("one\ntwo\tthree") == "one two three"


@pytest.mark.parametrize("length", [199, 200, 201, 5_000, 1_000_000])
def test_plain_text_is_bounded(length: int) -> None:
    text = plain("x" * length)
    assert len(text) == min(length, 200)
    assert text.endswith("…") == (length > 200)


def test_plain_text_is_bounded_in_time_too() -> None:
    start_s = time.perf_counter()
    plain("\x1b" * 10_000_000)
    assert time.perf_counter() - start_s < 0.1


def test_text_cut_short_says_so_even_when_all_that_is_left_is_removed() -> None:
    assert plain("a" + "\x1b" * 10_000 + "b").endswith("…")


def test_a_quote_is_short_and_safe_whatever_it_quotes() -> None:
    assert quoted("\x1b[1m" + "y" * 500) == '"[1m' + "y" * 56 + '…"'
    assert quoted(12) == '"12"'
