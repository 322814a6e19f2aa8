"""Mixing scheduled sounds into a stream."""

import itertools
from collections.abc import Callable
from threading import Thread

import pytest

from chain_timer.sound.buffering import FILL_MS, JUMP_LEAD_MS, REST_FRAMES
from chain_timer.sound.mixer import Mixer
from chain_timer.sound.speaker import Channel

MS = 48


def frame_at(time_ns: int) -> int:
    """One frame a nanosecond: moments are frames here."""
    return time_ns


@pytest.fixture
def mixer() -> Mixer:
    return Mixer()


def read(mixer: Mixer, count: int, level: type) -> list[int]:
    frames: list[int] = level.frames(mixer.read(count, frame_at))
    return frames


def test_nothing_scheduled_is_silence(mixer: Mixer, level: type) -> None:
    assert read(mixer, 5, level) == [0, 0, 0, 0, 0]


def test_a_sound_begins_at_its_frame(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(7, level.pcm(100, 2), Channel.TONE)
    assert read(mixer, 5, level) + read(mixer, 5, level) == [0, 0, 0, 0, 0, 0, 0, 100, 100, 0]


def test_a_sound_goes_on_over_many_reads(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(2, level.pcm(100, 7), Channel.VOICE)
    heard = [frame for _ in range(4) for frame in read(mixer, 3, level)]
    assert heard == [0, 0, *[100] * 7, 0, 0, 0]


def test_sounds_at_one_time_add_up(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(0, level.pcm(100, 3), Channel.VOICE)
    mixer.schedule_at(1, level.pcm(20, 3), Channel.TONE)
    assert read(mixer, 5, level) == [100, 120, 120, 20, 0]


def test_too_much_is_cut_and_never_wraps(mixer: Mixer, level: type) -> None:
    for value in (30_000, 30_000):
        mixer.schedule_at(0, level.pcm(value, 1), Channel.VOICE)
        mixer.schedule_at(1, level.pcm(-value, 1), Channel.VOICE)
    assert read(mixer, 2, level) == [32_767, -32_767]


def test_a_voice_that_is_late_begins_at_once_and_whole(mixer: Mixer, level: type) -> None:
    mixer.read(200 * MS, frame_at)
    mixer.schedule_at(0, level.pcm(100, 3), Channel.VOICE)
    assert read(mixer, 4, level) == [100, 100, 100, 0]


def test_a_voice_too_late_to_mean_anything_is_left_out(mixer: Mixer, level: type) -> None:
    mixer.read(1_501 * MS, frame_at)
    mixer.schedule_at(0, level.pcm(100, 3), Channel.VOICE)
    assert read(mixer, 4, level) == [0, 0, 0, 0]


@pytest.mark.parametrize(("late_ms", "heard"), [(50, 100), (51, 0)])
def test_a_tone_more_than_50_ms_late_is_left_out(mixer: Mixer, level: type, late_ms: int, heard: int) -> None:
    mixer.read(late_ms * MS, frame_at)
    mixer.schedule_at(0, level.pcm(100, 1), Channel.TONE)
    assert read(mixer, 1, level) == [heard]


def test_nothing_begins_while_the_stream_does_not_run(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(5, level.pcm(100, 1), Channel.TONE)
    assert level.frames(mixer.read(10, None)) == [0] * 10
    assert read(mixer, 2, level) == [100, 0]


def test_what_sounds_goes_on_while_the_mapping_is_unknown(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(0, level.pcm(100, 4), Channel.TONE)
    mixer.read(2, frame_at)
    assert level.frames(mixer.read(3, None)) == [100, 100, 0]


def test_each_sound_is_mapped_when_its_turn_comes(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(8, level.pcm(100, 1), Channel.TONE)
    mixer.read(5, frame_at)
    assert level.frames(mixer.read(5, lambda time_ns: time_ns - 2)) == [0, 100, 0, 0, 0]


def test_cancelling_spares_what_sounds(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(0, level.pcm(100, 4), Channel.VOICE)
    mixer.schedule_at(3, level.pcm(7, 4), Channel.TONE)
    mixer.read(2, frame_at)
    mixer.cancel_pending()
    assert read(mixer, 4, level) == [100, 100, 0, 0]


def test_silence_fades_within_5_ms_and_drops_the_rest(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(0, level.pcm(10_000, 1_000 * MS), Channel.VOICE)
    mixer.schedule_at(10 * MS, level.pcm(10_000, 9), Channel.TONE)
    mixer.read(5 * MS, frame_at)
    assert mixer.silence() == 5 * MS
    after = read(mixer, 20 * MS, level)
    assert after[0] == 10_000
    assert all(0 <= a - b < 60 for a, b in itertools.pairwise(after))
    assert set(after[5 * MS :]) == {0}


def test_silence_is_complete_over_small_reads_too(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(0, level.pcm(10_000, 1_000 * MS), Channel.VOICE)
    mixer.read(100, frame_at)
    mixer.silence()
    after = [frame for _ in range(20) for frame in read(mixer, 48, level)]
    assert after == sorted(after, reverse=True)
    assert after[-1] == 0


def test_after_a_silence_nothing_begins_before_the_rest_is_over(mixer: Mixer, level: type) -> None:
    mixer.silence(rest_frames=4)
    mixer.schedule_at(0, level.pcm(100, 3), Channel.VOICE)
    assert read(mixer, 3, level) + read(mixer, 5, level) == [0, 0, 0, 0, 100, 100, 100, 0]


def test_what_is_laid_a_lead_ahead_is_in_time_right_after_a_silence(mixer: Mixer, level: type) -> None:
    mixer.read(FILL_MS * MS, frame_at)  # all that lies ready: the first frame of it is heard now
    mixer.silence(REST_FRAMES)
    mixer.schedule_at(JUMP_LEAD_MS * MS, level.pcm(100, 3), Channel.TONE)
    heard = read(mixer, REST_FRAMES + 4, level)
    assert heard.index(100) == (JUMP_LEAD_MS - FILL_MS) * MS


def test_volume_belongs_to_its_channel(mixer: Mixer, level: type) -> None:
    mixer.set_volume(Channel.VOICE, 50)
    mixer.read(1, frame_at)
    mixer.schedule_at(1, level.pcm(1_000, 1), Channel.VOICE)
    mixer.schedule_at(2, level.pcm(1_000, 1), Channel.TONE)
    assert read(mixer, 2, level) == [250, 1_000]


@pytest.mark.parametrize(("percent", "heard"), [(-5, 0), (0, 0), (100, 1_000), (250, 1_000)])
def test_volume_stays_within_its_bounds(mixer: Mixer, level: type, percent: int, heard: int) -> None:
    mixer.set_volume(Channel.VOICE, percent)
    mixer.read(1, frame_at)
    mixer.schedule_at(1, level.pcm(1_000, 1), Channel.VOICE)
    assert read(mixer, 1, level) == [heard]


CHANGES: list[Callable[[Mixer], object]] = [
    lambda mixer: mixer.set_muted(True),
    lambda mixer: mixer.set_volume(Channel.VOICE, 30),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("count", [100, 5_000])
def test_a_change_of_volume_is_no_click(
    mixer: Mixer, level: type, change: Callable[[Mixer], object], count: int
) -> None:
    mixer.schedule_at(0, level.pcm(20_000, 1_000 * MS), Channel.VOICE)
    before = read(mixer, count, level)
    change(mixer)
    after = before[-1:] + [frame for _ in range(3_000 // count + 1) for frame in read(mixer, count, level)]
    assert max(abs(a - b) for a, b in itertools.pairwise(after)) < 200
    assert after[-1] < 2_000


def test_muted_sounds_keep_their_time(mixer: Mixer, level: type) -> None:
    mixer.set_muted(True, at_once=True)
    mixer.schedule_at(0, level.pcm(100, 2_000), Channel.VOICE)
    assert set(read(mixer, 1_000, level)) == {0}
    mixer.set_muted(False, at_once=True)
    assert read(mixer, 1_001, level) == [100] * 1_000 + [0]


def test_a_new_stream_counts_from_zero_and_keeps_what_is_to_come(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(0, level.pcm(100, 50), Channel.VOICE)
    mixer.schedule_at(12, level.pcm(7, 1), Channel.TONE)
    mixer.read(10, frame_at)
    mixer.restart()
    assert mixer.written == 0
    assert read(mixer, 14, level) == [0] * 12 + [7, 0]


def test_an_odd_byte_at_the_end_is_left_out(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(0, level.pcm(100, 2) + b"x", Channel.VOICE)
    assert read(mixer, 3, level) == [100, 100, 0]


def test_threads_may_schedule_while_another_reads(mixer: Mixer, level: type) -> None:
    def schedule() -> None:
        for frame in range(0, 4_000, 10):
            mixer.schedule_at(frame, level.pcm(1, 1), Channel.VOICE)

    threads = [Thread(target=schedule) for _ in range(3)]
    for thread in threads:
        thread.start()
    heard = sum(sum(read(mixer, 10, level)) for _ in range(200))
    for thread in threads:
        thread.join()
    heard += sum(read(mixer, 4_000, level))
    assert heard == 1_200


def test_cancelling_tells_what_will_not_begin(mixer: Mixer, level: type) -> None:
    mixer.schedule_at(0, level.pcm(100, 4), Channel.TONE)
    mixer.schedule_at(9, level.pcm(7, 4), Channel.TONE)
    mixer.read(2, frame_at)
    mixer.schedule_at(0, level.pcm(7, 4), Channel.VOICE)
    assert mixer.cancel_pending() == ((0, Channel.VOICE), (9, Channel.TONE))
    assert mixer.cancel_pending() == ()
