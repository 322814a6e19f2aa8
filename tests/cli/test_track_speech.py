"""What a track is made of: everything spoken first, then laid out with real lengths."""

from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from helpers.tracks import FRAMES_A_MS, clip, spoken_ms, written

from chain_timer.cli.choices import Choices, Plan, compile_plan, plan
from chain_timer.cli.home import Home
from chain_timer.cli.track_speech import track_sound
from chain_timer.exchange.giving import Given, Sound
from chain_timer.exchange.parcel import CanceledError, Progress, no_progress
from chain_timer.sound.tones import tone_pcm
from chain_timer.speech.child import VoiceError
from chain_timer.speech.client import NoVoiceError
from chain_timer.speech.clip import Clip, clip_of
from chain_timer.timeline.segment import Tone

FULL = 1 << 15


@dataclass
class FakeVoice:
    """Says everything as noise but what it was told not to; ``hangs`` until it is closed."""

    language: str = "en-us"
    mute: str = ""
    trouble: VoiceError | None = None
    hangs: bool = False
    stand_in: bool = False
    asked: list[str] = field(default_factory=list)
    closed: Event = field(default_factory=Event)
    launched: int = 0

    def launch(self) -> "FakeVoice":
        self.launched += 1
        return self

    def render(self, words: str, _voice: str, _rate: int) -> Clip:
        self.asked.append(words)
        if self.hangs:
            self.closed.wait(30)
        if self.trouble is not None and (not self.mute or self.mute == words):
            raise self.trouble
        return clip_of(words, clip(words), stand_in=self.stand_in)

    def rest(self) -> None: ...

    def close(self) -> None:
        self.closed.set()


@dataclass(frozen=True, slots=True)
class Studio:
    """A home, the default routine planned, and what its track sounds like with a voice."""

    home: Home
    planned: Plan
    open: ExitStack

    def sound(self, voice: FakeVoice, progress: Progress = no_progress) -> Sound:
        return self.open.enter_context(track_sound(self.home, self.planned, launch=voice.launch))(progress)

    @property
    def words(self) -> list[str]:
        return list(compile_plan(self.home, self.planned, spoken_ms).phrases())


@pytest.fixture
def studio(home: Path) -> Iterator[Studio]:
    assert not home.exists()
    there = Home()
    with ExitStack() as made:
        yield Studio(there, plan(there, there.routine("desk-break"), Choices()), made)


def test_everything_is_spoken_and_laid_out_as_long_as_it_is(studio: Studio) -> None:
    sound = studio.sound(FakeVoice())
    assert sound.timeline == compile_plan(studio.home, studio.planned, spoken_ms)
    assert [sound.clip(words) for words in studio.words] == [clip(words) for words in studio.words]
    assert sound.problem == ""


def test_what_was_spoken_once_is_on_disk(studio: Studio) -> None:
    first, again = FakeVoice(), FakeVoice()
    timeline = studio.sound(first).timeline
    studio.open.close()  # which waits for the last clip to be written
    assert studio.sound(again).timeline == timeline
    assert len(first.asked) == len(set(first.asked)) >= len(studio.words)
    assert again.asked == []


def test_volumes_and_tones_are_as_set(studio: Studio) -> None:
    studio.home.store.change(voice_volume=35, tone_volume=0, tone_set="wood", muted=True)
    sound = studio.sound(FakeVoice())
    assert (sound.voice_volume, sound.tone_volume) == (35, 0)
    assert sound.tone(Tone.END) == tone_pcm(Tone.END, "wood")


def test_no_voice_starts_before_it_is_needed(studio: Studio) -> None:
    voice = FakeVoice()
    with track_sound(studio.home, studio.planned, launch=voice.launch):
        assert voice.launched == 0


def test_progress_counts_the_phrases(studio: Studio) -> None:
    told: list[tuple[int, int]] = []
    studio.sound(FakeVoice(), lambda done, whole: told.append((done, whole)))
    whole = len(list(compile_plan(studio.home, studio.planned).phrases()))
    # A wording that only the real lengths bring up is spoken when all are counted.
    assert sorted({*told, (whole, whole)}) == [(done, whole) for done in range(whole + 1)]
    assert told == sorted(told)


def test_enough_is_enough_after_any_phrase(studio: Studio) -> None:
    voice = FakeVoice()

    def progress(done: int, _whole: int) -> None:
        if done == 3:
            raise CanceledError

    with pytest.raises(CanceledError):
        studio.sound(voice, progress)
    studio.open.close()
    assert len(voice.asked) == 3
    assert voice.closed.is_set()


def test_enough_is_enough_while_the_voice_hangs(studio: Studio) -> None:
    voice = FakeVoice(hangs=True)
    looks: list[int] = []

    def progress(done: int, _whole: int) -> None:
        looks.append(done)
        if len(looks) == 2:
            raise CanceledError

    with pytest.raises(CanceledError):
        studio.sound(voice, progress)
    assert looks == [0, 0]


# --- without a voice ---------------------------------------------------------------------------------


def test_without_a_voice_there_are_the_tones_at_their_estimated_times(studio: Studio) -> None:
    sound = studio.sound(FakeVoice(trouble=NoVoiceError("this computer has no voice; install one")))
    assert sound.timeline == compile_plan(studio.home, studio.planned)
    assert sound.problem == "this computer has no voice; install one"
    assert {sound.clip(words) for words in studio.words} == {None}


def test_a_phrase_that_fails_costs_nothing_but_itself_and_is_not_tried_again(studio: Studio) -> None:
    lost = studio.words[2]
    voice = FakeVoice(mute=lost, trouble=VoiceError("the voice could not say it"))
    sound = studio.sound(voice)
    assert [words for words in studio.words if sound.clip(words) is None] == [lost]
    assert voice.asked.count(lost) == 1
    assert sound.problem == "the voice could not say it"


def test_another_voice_that_stands_in_is_told(studio: Studio) -> None:
    assert "so another one speaks" in studio.sound(FakeVoice(stand_in=True)).problem


# --- with the real one -------------------------------------------------------------------------------


@pytest.mark.slow
def test_with_the_real_voice_every_cue_lies_at_its_sample(home: Path) -> None:
    assert not home.exists()
    there = Home()
    planned = plan(there, there.routine(None), Choices())
    with track_sound(there, planned) as speak:
        sound = speak(no_progress)
        given = Given(planned.routine, lambda: sound.timeline, there.library.names, {}, sound=lambda _: sound)
        track = written("flac", given)
        frames = np.zeros(sound.timeline.duration_ms * FRAMES_A_MS, np.int64)
        for at, pcm, percent in heard(sound):
            gain = round((percent / 100) ** 2 * FULL)
            scaled = np.frombuffer(pcm, np.int16).astype(np.int64) * gain + FULL // 2 >> 15
            frames[at : at + len(scaled)] += scaled
    assert track.losses == ()
    assert np.abs(frames).max() <= 32_767
    assert np.array_equal(track.frames, frames)


def heard(sound: Sound) -> Iterator[tuple[int, bytes, int]]:
    """Give each cue's first sample, its sound, and how loud it is."""
    for mark in sound.timeline.marks():
        at, cue = mark.at_ms * FRAMES_A_MS, mark.cue
        if cue is not None and cue.tone is not None:
            yield at, tone_pcm(cue.tone), 70
        if cue is not None and cue.words:
            pcm = sound.clip(cue.words)
            assert pcm is not None
            assert array("h", pcm).count(0) < len(pcm) // 4  # a voice, and no silence
            yield at, pcm, 90
