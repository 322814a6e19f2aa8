"""The guided session as an audio track: every cue at its sample, whatever the kind of file."""

import errno
import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
import soundfile
from helpers.tracks import (
    FRAMES_A_MS,
    Frames,
    clip,
    default_timeline,
    expected,
    given_of,
    long_timeline,
    short_timeline,
    sound_of,
    written,
)

from chain_timer.exchange.audio_track import FORMS, LONGEST_MS, track_writer
from chain_timer.exchange.giving import Sound
from chain_timer.exchange.parcel import CanceledError, Progress, no_progress
from chain_timer.problems import ChainTimerError
from chain_timer.sound.tones import tone_pcm
from chain_timer.system.files import file_made_whole
from chain_timer.timeline.segment import Cue, Tone
from chain_timer.timeline.timeline import Timeline

LOSSY = ("opus", "mp3")


def offset(ours: Frames, theirs: Frames) -> int:
    """By how many frames the second is later than the first."""
    size = 1 << 22
    one, other = (np.fft.rfft(frames[: size // 2].astype(float), size) for frames in (ours, theirs))
    best = int(np.fft.irfft(one.conj() * other, size).argmax())
    return best if best < size // 2 else best - size


@pytest.mark.slow
@pytest.mark.parametrize("form", ["wav", "flac"])
def test_every_tone_and_phrase_begins_at_its_very_sample(form: str) -> None:
    timeline = default_timeline()
    frames = written(form, sound_of(timeline)).frames
    assert np.array_equal(frames, expected(timeline))


@pytest.mark.slow
@pytest.mark.parametrize("form", LOSSY)
def test_what_loses_something_is_as_long_and_not_a_sample_late(form: str) -> None:
    timeline = default_timeline()
    frames = written(form, sound_of(timeline)).frames
    assert len(frames) == timeline.duration_ms * FRAMES_A_MS
    assert offset(expected(timeline), frames) == 0


def test_between_cues_there_is_nothing_at_all() -> None:
    frames = written("wav", sound_of(short_timeline(Cue(500, 120, tone=Tone.TICK)))).frames
    begin, end = 500 * FRAMES_A_MS, 620 * FRAMES_A_MS
    assert not frames[:begin].any()
    assert frames[begin:end].tobytes() == tone_pcm(Tone.TICK)
    assert not frames[end:].any()


def test_a_track_lasts_until_its_last_word_is_said() -> None:
    timeline = short_timeline(Cue(100, 900, "Stay"), length_ms=500)
    assert len(written("wav", sound_of(timeline)).frames) == 1_000 * FRAMES_A_MS


def test_a_tone_is_as_loud_as_in_a_session() -> None:
    timeline = short_timeline(Cue(0, 400, tone=Tone.START))
    frames = written("wav", sound_of(timeline, tone_volume=70)).frames
    tone = np.frombuffer(tone_pcm(Tone.START), np.int16)
    # Half of the slider is a quarter of the sound, from the very first sample on.
    assert np.abs(frames[: len(tone)] - tone * 0.49).max() <= 1


@pytest.mark.parametrize(
    ("volumes", "left"),
    [({"voice_volume": 0}, tone_pcm(Tone.TICK)), ({"tone_volume": 0}, clip("Stay")), ({}, None)],
)
def test_a_volume_of_nothing_leaves_the_other_alone(volumes: dict[str, int], left: bytes | None) -> None:
    timeline = short_timeline(Cue(0, 1_000, "Stay", Tone.TICK))
    frames = written("wav", sound_of(timeline, **volumes)).frames
    alone = np.zeros(len(frames), np.int16)
    if left is not None:
        alone[: len(left) // 2] = np.frombuffer(left, np.int16)
    assert np.array_equal(frames, alone) == (left is not None)


def test_too_loud_together_is_cut_and_never_turns_over() -> None:
    loud = np.full(4_800, 30_000, np.int16).tobytes()
    timeline = short_timeline(Cue(0, 100, "Stay", Tone.TICK))
    sound = sound_of(timeline, clip=lambda _: loud, tone=lambda _: loud)
    assert set(written("wav", sound).frames.tolist()) == {32_767, 0}


@pytest.mark.parametrize("form", FORMS)
def test_the_title_is_read_back(form: str) -> None:
    assert written(form, sound_of(short_timeline())).title == "Morning “stretch”"


@pytest.mark.parametrize("form", FORMS)
def test_a_routine_without_any_sound_is_a_whole_file(form: str) -> None:
    frames = written(form, sound_of(short_timeline(length_ms=150))).frames
    assert len(frames) == 150 * FRAMES_A_MS


@pytest.mark.parametrize("form", FORMS)
def test_a_routine_of_no_length_is_refused(form: str) -> None:
    with pytest.raises(ChainTimerError, match='nothing to hear in "Morning'):
        written(form, sound_of(Timeline("none", "None", [])))


# --- losses ------------------------------------------------------------------------------------------


def test_what_waits_for_a_person_is_told() -> None:
    track = written("wav", sound_of(short_timeline(gate=True)))
    assert [str(loss) for loss in track.losses] == [
        "Downward-facing dog: a track cannot wait until you are done; it gets 2s, as estimated"
    ]


def test_what_could_not_be_spoken_is_told_and_the_tones_stay() -> None:
    timeline = short_timeline(*(Cue(at, 100, f"Word {at}", Tone.TICK) for at in range(0, 500, 100)))
    track = written("wav", sound_of(timeline, clip=lambda _: None, problem="this computer has no voice"))
    assert [str(loss) for loss in track.losses] == [
        'voice: not spoken: "Word 0", "Word 100", "Word 200" and 2 more; this computer has no voice'
    ]
    assert track.frames[:5_760].any()


def test_another_voice_that_stood_in_is_told() -> None:
    track = written("wav", sound_of(short_timeline(), problem="another one speaks"))
    assert [str(loss) for loss in track.losses] == ["voice: another one speaks"]


def test_without_anybody_to_speak_there_are_the_tones_of_the_usual_timeline() -> None:
    track = written("wav", given_of(None))
    assert len(track.frames) == default_timeline().duration_ms * FRAMES_A_MS
    assert [loss.remedy for loss in track.losses] == ["nobody was there to speak"]


def test_what_is_longer_than_half_a_day_is_refused() -> None:
    with pytest.raises(ChainTimerError, match="12h is the most"):
        written("wav", sound_of(short_timeline(length_ms=LONGEST_MS + 1)))


@pytest.mark.parametrize("form", ["flac", "opus", "mp3"])
def test_what_this_libsndfile_cannot_write_is_told_before_anything_is_spoken(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speak(_progress: Progress) -> NoReturn:
        pytest.fail("it was spoken")

    monkeypatch.setattr(soundfile, "check_format", lambda *_: False)
    with pytest.raises(ChainTimerError, match=r"cannot be written here.*a WAV file always can"):
        written(form, given_of(speak))


# --- progress, cancel, trouble -----------------------------------------------------------------------


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_progress_rises_through_speaking_and_mixing_to_the_whole(form: str) -> None:
    told: list[tuple[int, int]] = []

    def speak(progress: Progress) -> Sound:
        for done in range(5):
            progress(done, 4)
        return sound_of(short_timeline(length_ms=5_000))

    written(form, given_of(speak), lambda done, whole: told.append((done, whole)))
    assert told == [(done, 1_000) for done in (0, 125, 250, 375, 500, 500, 600, 700, 800, 900, 1_000)]


def canceling(at: int) -> Progress:
    def progress(done: int, _whole: int) -> None:
        if done >= at:
            raise CanceledError

    return progress


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("at", [500, 700, 1_000])
def test_canceled_at_any_time_nothing_is_left(form: str, at: int, tmp_path: Path) -> None:
    given = given_of(sound_of(short_timeline(Cue(0, 400, tone=Tone.START), length_ms=5_000)))
    with pytest.raises(CanceledError), file_made_whole(tmp_path / f"track.{form}") as file:
        track_writer(form)(given, file, canceling(at))
    assert list(tmp_path.iterdir()) == []


class FullDisk(BytesIO):
    """Room for so many bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room

    def write(self, data: bytes) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)

    def writelines(self, lines: list[bytes]) -> None:
        for line in lines:
            self.write(line)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("room", [0, 100, 3_000])
def test_a_full_disk_is_the_error_of_the_disk(form: str, room: int) -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        track_writer(form)(given_of(sound_of(default_timeline())), FullDisk(room), no_progress)
    assert caught.value.errno == errno.ENOSPC


class Nowhere(BytesIO):
    """Takes everything and keeps nothing."""

    def write(self, data: bytes) -> int:
        return len(data)

    def writelines(self, lines: list[bytes]) -> None:
        for line in lines:
            self.write(line)


@pytest.mark.slow
def test_three_hours_take_no_more_memory_than_a_moment() -> None:
    given = given_of(sound_of(long_timeline(1_000, rest_ms=10_700)))
    tracemalloc.start()
    track_writer("wav")(given, Nowhere(), no_progress)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert given.sound is not None
    assert given.sound(no_progress).timeline.duration_ms == 10_800_000
    assert peak < 2_000_000


def test_a_clip_is_asked_for_when_its_moment_comes() -> None:
    asked: list[tuple[int, str]] = []
    done: list[int] = [0]

    def ask(words: str) -> bytes:
        asked.append((done[-1], words))
        return clip(words)

    cues = (Cue(0, 400, "Now"), Cue(4_500, 400, "Later"))
    sound = sound_of(short_timeline(*cues, length_ms=5_000), clip=ask)
    written("wav", sound, lambda at, _whole: done.append(at))
    assert asked == [(500, "Now"), (900, "Later")]


def test_what_is_only_spaces_is_not_asked_for() -> None:
    sound = sound_of(short_timeline(Cue(0, 100, "  ")), clip=lambda words: pytest.fail(repr(words)))
    assert written("wav", sound).losses == ()
