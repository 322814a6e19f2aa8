"""How far a slow command is, on a terminal and elsewhere."""

from io import StringIO

from chain_timer.cli.progress_line import ProgressLine


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class FakeClock:
    def __init__(self) -> None:
        self.ms = 0

    def now_ns(self) -> int:
        return self.ms * 1_000_000

    def slept_ms(self) -> int:
        return 0


def shown(stream: StringIO) -> str:
    """What a person sees on the line after everything that was written."""
    line = ""
    for part in stream.getvalue().split("\r"):
        line = part + line[len(part) :]
    return line.rstrip()


def test_what_is_quick_says_nothing() -> None:
    stream, clock = Terminal(), FakeClock()
    with ProgressLine("Reading x", stream, clock) as line:
        for done in range(50):
            clock.ms += 9
            line(done, 50)
    assert stream.getvalue() == ""


def test_after_half_a_second_it_tells_the_share() -> None:
    stream, clock = Terminal(), FakeClock()
    with ProgressLine("Reading x", stream, clock) as line:
        clock.ms = 500
        line(1, 3)
        assert shown(stream) == "Reading x … 33 %"
        clock.ms += 99
        line(2, 3)
        assert shown(stream) == "Reading x … 33 %"
        clock.ms += 1
        line(3, 3)
        assert shown(stream) == "Reading x … 100 %"


def test_the_line_is_gone_at_the_end() -> None:
    stream, clock = Terminal(), FakeClock()
    with ProgressLine("Reading x", stream, clock) as line:
        clock.ms = 600
        line(1, 2)
    assert shown(stream) == ""


def test_where_no_person_looks_nothing_is_said() -> None:
    stream, clock = StringIO(), FakeClock()
    with ProgressLine("Reading x", stream, clock) as line:
        clock.ms = 5_000
        line(1, 2)
    assert stream.getvalue() == ""


def test_odd_numbers_are_no_trouble() -> None:
    stream, clock = Terminal(), FakeClock()
    with ProgressLine("Reading \x1b[31m" + "x" * 900, stream, clock) as line:
        for done, whole in ((0, 0), (5, 2), (-1, 4), (1, -1)):
            clock.ms += 1_000
            line(done, whole)
    assert "\x1b" not in stream.getvalue()
    assert max(map(len, stream.getvalue().split("\r"))) < 75
