import pytest

from chain_timer.terminal.keys import KeyReader


def keys_of(*pieces: str) -> list[str]:
    reader = KeyReader()
    return [key for piece in pieces for key in reader.feed(piece)] + reader.settle()


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (" ", [" "]),
        ("nP+", ["n", "p", "+"]),
        ("\r", ["enter"]),
        ("\x03", ["interrupt"]),
        ("\x1b[C\x1b[D", ["right", "left"]),
        ("\x1bOC\x1bOD", ["right", "left"]),
        ("\x1b[1;5C", ["right"]),
        ("\x1b", ["escape"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1b\x1b[C", ["escape", "right"]),
    ],
)
def test_a_key_is_known_however_the_terminal_writes_it(typed: str, keys: list[str]) -> None:
    assert keys_of(typed) == keys


@pytest.mark.parametrize(
    "noise",
    [
        "\x1b[15~",  # F5
        "\x1b[<0;10;10M",  # a mouse
        "\x1bq",  # Alt with q
        "\x1b]11;rgb:1010/1515/1f1f\x07",  # the terminal tells its color
        "\x1bP1$r0m\x1b\\",
        "\x1b[200~quit now\nn n n\x1b[201~",  # pasted
        "\x01\x02\x7f",
        "\x1b[1;",  # half a sequence
    ],
)
def test_noise_is_no_key(noise: str) -> None:
    assert keys_of(noise) == []


@pytest.mark.parametrize("text", ["n\x1b[C \x1b[D", "\x1b[200~qqq\x1b[201~n", "\x1b]0;q\x07n"])
def test_keys_are_the_same_in_one_piece_and_in_single_characters(text: str) -> None:
    assert keys_of(text) == keys_of(*text)


def test_an_escape_is_settled_only_when_nothing_follows() -> None:
    reader = KeyReader()
    assert reader.feed("\x1b") == []
    assert reader.unfinished
    assert reader.feed("[C") == ["right"]
    assert not reader.unfinished


def test_a_key_after_noise_that_never_ends_is_heard_again() -> None:
    assert keys_of("\x1b]" + "x" * 600, "n") == ["n"]
