"""The parts of a session, put together from settings and arguments."""

import sys
import time
from pathlib import Path

import pytest

from chain_timer.cli import composition
from chain_timer.cli.choices import options_for
from chain_timer.cli.composition import SoundingParts, make_speaker, rehearsal_parts, sounding_parts
from chain_timer.cli.home import Home
from chain_timer.routine.routine import Coaching
from chain_timer.session.clock import SystemClock
from chain_timer.sound.null_output import NullOutput
from chain_timer.sound.speaker import Channel, Speaker
from chain_timer.timeline.segment import Tone


class Loudness(NullOutput):
    """Remembers how loud it was made."""

    def __init__(self) -> None:
        self.percent: dict[Channel, int] = {}
        self.muted = False
        self.closed = False

    def set_volume(self, channel: Channel, percent: int) -> None:
        self.percent[channel] = percent

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the speaker's contract
        self.muted = muted

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def speaker(home: Path, monkeypatch: pytest.MonkeyPatch) -> Loudness:
    del home
    made = Loudness()

    def make(_clock: object) -> Speaker:
        return made

    monkeypatch.setattr(composition, "make_speaker", make)
    return made


def test_volumes_follow_the_settings_while_they_change(speaker: Loudness) -> None:
    own = Home()
    with sounding_parts(own):
        before = dict(speaker.percent)
        own.store.change(voice_volume=20, muted=True)
        assert before == {Channel.VOICE: 90, Channel.TONE: 70}
        assert speaker.percent == {Channel.VOICE: 20, Channel.TONE: 70}
        assert speaker.muted
    own.store.close()


def test_mute_leaves_the_sound_in_place_and_silent(speaker: Loudness) -> None:
    with sounding_parts(Home(), muted=True) as parts:
        assert parts.speaker is speaker
        assert speaker.muted


def test_everything_is_closed_afterwards(speaker: Loudness) -> None:
    with sounding_parts(Home()):
        pass
    assert speaker.closed


def test_changed_settings_reach_no_session_that_is_over(speaker: Loudness) -> None:
    own = Home()
    with sounding_parts(own):
        pass
    own.store.change(muted=True)
    own.store.close()
    assert not speaker.muted


@pytest.mark.usefixtures("speaker")
def test_tones_are_of_the_set_that_is_chosen() -> None:
    own = Home()
    with sounding_parts(own) as parts:
        soft = made(parts)
        own.store.change(tone_set="wood")
        assert made(parts) != soft
    own.store.close()


def made(parts: SoundingParts) -> bytes:
    """Wait for a tone as a coach does, by asking again."""
    end = time.monotonic() + 10
    while (pcm := parts.tone(Tone.START)) is None and time.monotonic() < end:
        time.sleep(0.005)
    assert pcm
    return pcm


@pytest.mark.usefixtures("home")
def test_without_qt_s_sound_a_session_is_silent_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chain_timer.sound.output", None)
    assert make_speaker(SystemClock()).problem.startswith("This goes on without sound")


@pytest.mark.usefixtures("home")
def test_a_rehearsal_makes_no_sound_and_waits_for_no_voice() -> None:
    parts = rehearsal_parts(Home(), 10.0, 150)
    assert isinstance(parts.speaker, NullOutput)
    assert parts.narration.failed("Hold.")
    assert parts.narration.length_ms("Hold.") is None


def test_settings_make_the_options_where_nobody_chose(home: Path) -> None:
    (home / "settings").mkdir(parents=True)
    text = '[session]\ncoaching = "cues"\nprepare = 20\nrest = 33\n'
    (home / "settings" / "settings.toml").write_text(text)
    own = Home()
    options = options_for(own, own.routine("desk-break"))
    assert (options.coaching, options.prepare_ms, options.usual_rest_ms) == (Coaching.CUES, 20_000, 33_000)
