"""The voices of this computer, and a text spoken to try them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from chain_timer.cli import speaking
from chain_timer.sound.null_output import NullOutput
from chain_timer.sound.speaker import Channel
from chain_timer.speech.clip import Clip, clip_of

Run = Callable[..., Any]
SECOND = bytes(2 * 48_000)


class Hurried:
    """A clock that is ten seconds further at each look."""

    def __init__(self) -> None:
        self._now_ns = 0

    def now_ns(self) -> int:
        self._now_ns += 10_000_000_000
        return self._now_ns


@dataclass
class Heard(NullOutput):
    """Notes what it is given; ``problem`` says why nothing is heard."""

    problem: str = ""
    muted: bool = True
    sounds: list[tuple[int, Channel]] = field(default_factory=list)

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        del at_ns
        self.sounds.append((len(pcm), channel))

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the speaker's contract
        self.muted = muted


@dataclass
class Spoken:
    """A narrator that says everything in a second, or nothing at all."""

    problem: str = ""
    asked: list[str] = field(default_factory=list)

    def want(self, phrases: list[str]) -> None:
        self.asked += phrases

    def wait_for(self, words: str, _timeout_s: float) -> Clip | None:
        return None if self.problem else clip_of(words, SECOND)


@pytest.fixture
def put_together(monkeypatch: pytest.MonkeyPatch) -> Callable[[Heard, Spoken], None]:
    """Have ``say`` speak through these."""

    def use(speaker: Heard, narrator: Spoken) -> None:
        @contextmanager
        def parts(*_arguments: object, **_named: object) -> Iterator[SimpleNamespace]:
            yield SimpleNamespace(clock=Hurried(), speaker=speaker, narration=narrator)

        monkeypatch.setattr(speaking, "sounding_parts", parts)

    return use


def test_a_text_is_spoken_even_when_sessions_are_muted(run: Run, put_together: Any) -> None:
    speaker, narrator = Heard(), Spoken()
    put_together(speaker, narrator)
    assert run("say", "Hello", "there").code == 0
    assert narrator.asked == ["Hello there"]
    assert speaker.sounds == [(len(SECOND), Channel.VOICE)]
    assert not speaker.muted


def test_a_long_text_is_spoken_whole(run: Run, put_together: Any) -> None:
    narrator = Spoken()
    put_together(Heard(), narrator)
    text = "word " * 500
    run("say", text)
    assert " ".join(narrator.asked) == text.strip()
    assert len(narrator.asked) == 3


def test_no_sound_output_is_a_failure_that_is_told(run: Run, put_together: Any) -> None:
    put_together(Heard(problem="No sound output was found."), Spoken())
    done = run("say", "Hello")
    assert (done.code, done.err) == (1, "No sound output was found.\n")


def test_no_voice_is_a_failure_that_is_told(run: Run, put_together: Any) -> None:
    put_together(Heard(), Spoken(problem="this computer has no voice"))
    done = run("say", "Hello")
    assert (done.code, done.err) == (1, "this computer has no voice\n")


def test_voices_as_json_tell_four_things_of_each(run: Run) -> None:
    listed = json.loads(run("voices", "--json").out)
    assert listed
    assert {tuple(voice) for voice in listed} == {("id", "name", "language", "gender")}


def test_voices_are_listed_by_language_and_the_one_that_speaks_is_marked(run: Run) -> None:
    lines = run("voices").out.splitlines()
    assert "English" in lines
    assert len([line for line in lines if line.startswith("*  ")]) == 1
