"""Sounds tried while settings are chosen."""

from threading import Event

import pytest

from chain_timer.cli.trials import Trials, length_ms
from chain_timer.session.clock import SystemClock
from chain_timer.sound.null_output import NullOutput
from chain_timer.sound.speaker import Channel

LONG = bytes(2 * 48_000 * 60)
SHORT = bytes(2 * 48 * 10)
LONGEST_S = 5.0


class Recorder(NullOutput):
    """Notes what is asked of it, and tells when it was closed for the last time expected."""

    def __init__(self, closings: int) -> None:
        self.asked: list[object] = []
        self.done = Event()
        self.begun = Event()
        self._closings = closings

    def open(self) -> None:
        self.asked.append("open")

    def close(self) -> None:
        self.asked.append("close")
        self._closings -= 1
        if not self._closings:
            self.done.set()

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        del at_ns
        self.asked.append((len(pcm), channel))
        self.begun.set()

    def set_volume(self, channel: Channel, percent: int) -> None:
        self.asked.append((channel, percent))


def test_a_sound_is_heard_on_a_stream_that_is_open_only_meanwhile() -> None:
    speaker = Recorder(1)
    trials = Trials(SystemClock(), speaker)
    trials.hear(lambda: SHORT, Channel.TONE, 40)
    assert speaker.done.wait(LONGEST_S)
    trials.close()
    assert speaker.asked == [(Channel.TONE, 40), "open", (len(SHORT), Channel.TONE), "close"]


def test_a_newer_sound_ends_the_older() -> None:
    speaker = Recorder(2)
    trials = Trials(SystemClock(), speaker)
    trials.hear(lambda: LONG, Channel.VOICE, 90)
    assert speaker.begun.wait(LONGEST_S)
    trials.hear(lambda: SHORT, Channel.VOICE, 90)
    assert speaker.done.wait(LONGEST_S)
    trials.close()
    assert [asked for asked in speaker.asked if asked == "close"] == ["close", "close"]


def test_closing_ends_what_is_heard() -> None:
    speaker = Recorder(1)
    trials = Trials(SystemClock(), speaker)
    trials.hear(lambda: LONG, Channel.VOICE, 90)
    assert speaker.begun.wait(LONGEST_S)
    trials.close()
    assert speaker.done.wait(LONGEST_S)


def test_what_cannot_be_made_opens_no_stream() -> None:
    speaker, made = Recorder(1), Event()

    def nothing() -> None:
        made.set()

    trials = Trials(SystemClock(), speaker)
    trials.hear(nothing, Channel.VOICE, 90)
    assert made.wait(LONGEST_S)
    trials.close()
    assert speaker.asked == []


@pytest.mark.parametrize(("pcm", "ms"), [(b"", 0), (SHORT, 10), (LONG, 60_000)])
def test_a_sound_is_as_long_as_its_frames(pcm: bytes, ms: int) -> None:
    assert length_ms(pcm) == ms
