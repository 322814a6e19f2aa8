"""Which command a line means, and how wrong ones are refused."""

import pytest

from chain_timer.cli.arguments import SHAPES, WINDOW, find_command, parse
from chain_timer.cli.errors import UsageError
from chain_timer.routine.routine import Coaching


def refusal(*arguments: str) -> str:
    with pytest.raises(UsageError) as caught:
        parse(arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("", WINDOW),
        ("desk-break", WINDOW),
        ("play desk-break", "play"),
        ("--json list", "list"),
        ("--hold 45 play desk-break", "play"),
        ("-- play", WINDOW),
        ("./play", WINDOW),
        ("say play list", "say"),
    ],
)
def test_the_first_word_that_is_no_option_is_the_command(line: str, command: str) -> None:
    assert find_command(line.split())[0] == command


def test_options_before_a_command_belong_to_it() -> None:
    found = parse(["--hold", "45s", "play", "desk-break"])
    assert (found.command, found.name, found.hold) == ("play", "desk-break", 45_000)


def test_a_routine_called_like_a_command_can_be_opened() -> None:
    found = parse(["--", "play"])
    assert (found.command, found.name) == (WINDOW, "play")


def test_every_session_option_is_read() -> None:
    line = "play x --hold 1m --rest 0 --rounds 3 --coaching Cues --voice en --rate 200 --mute --from 1:30"
    found = parse(line.split())
    assert (found.hold, found.rest, found.rounds, found.coaching) == (60_000, 0, 3, Coaching.CUES)
    assert (found.voice, found.rate, found.mute, found.start) == ("en", 200, True, 90_000)


@pytest.mark.parametrize(("text", "ms"), [("10m", 600_000), ("10", 600_000), ("1h15m", 4_500_000)])
def test_a_time_to_fill_is_in_minutes_where_it_does_not_say(text: str, ms: int) -> None:
    assert parse(["play", "--fit", text]).fit == ms


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--hold", "3s", "outside 5s to 10m"),
        ("--hold", "45x", "is not a duration"),
        ("--rest", "31m", "outside 0s to 30m"),
        ("--rounds", "0", "from 1 to 100"),
        ("--rounds", "²", "from 1 to 100"),
        ("--rounds", "9" * 5_000, "from 1 to 100"),
        ("--fit", "5h", "outside 1m to 4h"),
        ("--rate", "79", "from 80 to 300"),
        ("--coaching", "loud", "full, cues, names, silent"),
        ("--speed", "nan", "from 0.1 to 10000"),
        ("--speed", "0", "from 0.1 to 10000"),
    ],
)
def test_a_value_out_of_range_is_refused_with_the_range(option: str, value: str, why: str) -> None:
    assert why in refusal("play", option, value)


def test_an_option_nearly_right_is_suggested() -> None:
    assert refusal("play", "--hodl", "45s") == "There is no option --hodl; did you mean --hold?"


def test_an_option_of_play_is_sent_there() -> None:
    assert "chain-timer play --speed" in refusal("--speed", "3")


def test_options_are_not_guessed_from_their_start() -> None:
    assert "no option --coach" in refusal("play", "--coach", "full")


def test_a_second_name_is_one_word_too_many() -> None:
    assert "quote names with spaces" in refusal("play", "desk", "break")


def test_terminal_escapes_in_arguments_are_not_repeated() -> None:
    assert "\x1b" not in refusal("play", "--\x1b[31m") + refusal("play", "a", "\x1b]0;x\x07")


@pytest.mark.parametrize("command", [WINDOW, *SHAPES])
def test_every_command_has_help_of_80_columns(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse([*([command] if command else []), "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert caught.value.code == 0
    assert len(lines) > 5
    assert max(map(len, lines)) <= 80


def test_the_first_page_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    page = capsys.readouterr().out
    assert [command for command in SHAPES if f"\n  {command} " not in page] == []


def test_help_is_a_word_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["help", "preview"])
    assert capsys.readouterr().out.startswith("usage: chain-timer preview")
