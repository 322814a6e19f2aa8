"""The greeting of the welcome: in time, without a voice, without a sound, and never for ever."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any

import pytest

from chain_timer.cli import welcome_sound
from chain_timer.cli.welcome_sound import WelcomeSound
from chain_timer.session.clock import NANOSECONDS_A_MS
from chain_timer.sound.null_output import NullOutput
from chain_timer.sound.sound_state import LOST
from chain_timer.sound.speaker import Channel
from chain_timer.speech.clip import Clip
from chain_timer.system.settings import Settings
from chain_timer.timeline.phrases import load_phrases
from chain_timer.units import SECOND_MS
from chain_timer.window.welcome_parts import NOTE, Heard, Trouble

SOON_S = 10
CLIP_MS = 800
WORDS = ("This is how I sound.", "Three.", "Two.", "One.")


class FakeNarrator:
    """Has every phrase ready, or none, or never answers."""

    def __init__(self) -> None:
        self.wanted: list[tuple[str, ...]] = []
        self.problem = ""
        self.answers = True

    def want(self, phrases: Any) -> None:
        self.wanted.append(tuple(phrases))

    def wait_for(self, words: str, _timeout_s: float) -> Clip | None:
        return Clip(words, b"\1" * 96 * CLIP_MS, CLIP_MS) if self.answers and not self.problem else None

    def failed(self, _words: str) -> bool:
        return bool(self.problem)


class FakeSpeaker(NullOutput):
    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.laid: list[tuple[int, Channel]] = []
        self.closed = Event()

    def open(self) -> None:
        self.asked.append("open")

    def close(self) -> None:
        self.closed.set()

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        assert pcm
        self.laid.append((at_ns // NANOSECONDS_A_MS, channel))

    def set_volume(self, channel: Channel, percent: int) -> None:
        self.asked.append((channel, percent))

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the speaker's contract
        self.asked.append(muted)


class StillClock:
    def now_ns(self) -> int:
        return 0


@dataclass
class Heart:
    """What sounds are made with, and what was told of them."""

    narrator: FakeNarrator = field(default_factory=FakeNarrator)
    speaker: FakeSpeaker = field(default_factory=FakeSpeaker)
    clock: StillClock = field(default_factory=StillClock)
    settings: Settings = field(default_factory=Settings)
    heard: list[Heard] = field(default_factory=list)
    ended: list[Trouble] = field(default_factory=list)
    begun: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)

    def begin(self, heard: Heard) -> None:
        self.heard.append(heard)
        self.begun.set()

    def end(self, trouble: Trouble) -> None:
        self.ended.append(trouble)
        self.over.set()


@pytest.fixture
def heart() -> Heart:
    return Heart()


@pytest.fixture
def sound(heart: Heart, monkeypatch: pytest.MonkeyPatch) -> Iterator[WelcomeSound]:
    monkeypatch.setattr(welcome_sound, "_LOOK_S", 0.001)
    monkeypatch.setattr(welcome_sound, "_LONGEST_VOICE_S", 0.02)
    monkeypatch.setattr(welcome_sound, "_LONGEST_OPENING_S", 0.02)
    means: Any = heart
    made = WelcomeSound(lambda: means, lambda: heart.settings, load_phrases, lambda _means: heart.speaker)
    yield made
    made.close()


def greet(sound: WelcomeSound, heart: Heart) -> Heard:
    sound.greet(heart.begin, heart.end)
    assert heart.begun.wait(SOON_S)
    return heart.heard[-1]


def test_the_count_and_the_tone_are_on_the_seconds(sound: WelcomeSound, heart: Heart) -> None:
    lines = greet(sound, heart).lines
    assert [line.words for line in lines] == [*WORDS, NOTE]
    three_ms = lines[1].at_ms
    assert three_ms > CLIP_MS
    assert [line.at_ms - three_ms for line in lines[1:]] == [0, SECOND_MS, 2 * SECOND_MS, 3 * SECOND_MS]


def test_what_is_shown_is_laid_at_the_same_moments(sound: WelcomeSound, heart: Heart) -> None:
    heard = greet(sound, heart)
    channels = [Channel.VOICE] * 4 + [Channel.TONE]
    due = [heard.in_ms + line.at_ms for line in heard.lines]
    assert heart.speaker.laid == list(zip(due, channels, strict=True))


def test_the_volumes_are_those_that_are_set(sound: WelcomeSound, heart: Heart) -> None:
    heart.settings = replace(heart.settings, voice_volume=30, tone_volume=40, muted=True)
    greet(sound, heart)
    assert heart.speaker.asked == [(Channel.VOICE, 30), (Channel.TONE, 40), True, "open"]


def test_getting_ready_makes_no_sound(sound: WelcomeSound, heart: Heart) -> None:
    sound.prepare()
    assert heart.narrator.wanted == [WORDS]
    assert heart.speaker.asked == []


def test_without_a_voice_the_words_are_shown_and_the_tone_is_heard(sound: WelcomeSound, heart: Heart) -> None:
    heart.narrator.problem = "this computer has no voice"
    heard = greet(sound, heart)
    assert heard.trouble == Trouble(voice="this computer has no voice")
    assert [line.words for line in heard.lines] == [*WORDS, NOTE]
    assert [channel for _, channel in heart.speaker.laid] == [Channel.TONE]


def test_a_voice_that_never_answers_is_not_waited_for_for_ever(sound: WelcomeSound, heart: Heart) -> None:
    heart.narrator.answers = False
    assert "did not answer" in greet(sound, heart).trouble.voice


def test_a_missing_device_is_told_with_its_remedy(sound: WelcomeSound, heart: Heart) -> None:
    heart.speaker.problem = "No sound output was found."
    heard = greet(sound, heart)
    assert heard.trouble == Trouble(sound="No sound output was found.")
    assert heard.lines


def test_a_hung_sound_server_is_told_and_not_waited_for_for_ever(sound: WelcomeSound, heart: Heart) -> None:
    heart.speaker.ready = False
    assert greet(sound, heart).trouble == Trouble(sound=LOST.problem)


def test_to_be_hushed_ends_the_sound_and_nobody_is_told(sound: WelcomeSound, heart: Heart) -> None:
    greet(sound, heart)
    sound.hush()
    assert heart.speaker.closed.wait(SOON_S)
    sound._jobs.submit(bool).result(SOON_S)
    assert heart.ended == []


def test_a_newer_sound_ends_the_older(sound: WelcomeSound, heart: Heart) -> None:
    greet(sound, heart)
    heart.begun.clear()
    sound.say("Next: Pullup.", heart.begin, heart.end)
    assert heart.begun.wait(SOON_S)
    assert [line.words for line in heart.heard[-1].lines] == ["Next: Pullup."]
    assert heart.over.wait(SOON_S)
    assert heart.ended == [Trouble()]


def test_trouble_that_came_up_meanwhile_is_told_in_the_end(sound: WelcomeSound, heart: Heart) -> None:
    sound.say("Hold.", heart.begin, heart.end)
    assert heart.begun.wait(SOON_S)
    heart.speaker.problem = "No sound output was found."
    assert heart.over.wait(SOON_S)
    assert heart.ended == [Trouble(sound="No sound output was found.")]


def test_a_mistake_is_in_the_log(sound: WelcomeSound, heart: Heart, caplog: pytest.LogCaptureFixture) -> None:
    heart.narrator.want = lambda _phrases: 1 / 0  # type: ignore[method-assign]
    sound.greet(heart.begin, heart.end)
    sound._jobs.submit(bool).result(SOON_S)
    assert "ZeroDivisionError" in caplog.text
