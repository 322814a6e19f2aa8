"""The project's own tones."""

import numpy as np
import pytest

from chain_timer.sound.tone_sets import DEFAULT_TONE_SET, TONE_SETS
from chain_timer.sound.tones import ToneMaker, tone_pcm
from chain_timer.timeline.segment import Tone
from chain_timer.timeline.tones import TONE_MS

EVERY = [(tone, name) for tone in Tone for name in TONE_SETS]


def wave(tone: Tone, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.frombuffer(tone_pcm(tone, name), np.int16) / 32_768


def test_there_are_three_sets_and_a_default() -> None:
    assert len(TONE_SETS) >= 3
    assert DEFAULT_TONE_SET in TONE_SETS


@pytest.mark.parametrize(("tone", "name"), EVERY)
def test_a_tone_is_as_long_in_every_set_as_the_timeline_thinks(tone: Tone, name: str) -> None:
    assert wave(tone, name).size == TONE_MS[tone] * 48


@pytest.mark.parametrize(
    ("tone", "longest_ms"),
    [(Tone.TICK, 150), (Tone.START, 450), (Tone.HALF, 450), (Tone.END, 450), (Tone.FINISH, 1_500)],
)
def test_a_tone_is_short_enough_for_its_place(tone: Tone, longest_ms: int) -> None:
    assert TONE_MS[tone] <= longest_ms


@pytest.mark.parametrize(("tone", "name"), EVERY)
def test_a_tone_begins_and_ends_without_a_click(tone: Tone, name: str) -> None:
    heard = wave(tone, name)
    assert abs(heard[0]) < 0.001
    assert abs(heard[-1]) < 0.001
    assert np.abs(np.diff(heard[:5])).max() < 0.05


@pytest.mark.parametrize(("tone", "name"), EVERY)
def test_a_tone_is_heard_within_5_ms_of_its_moment(tone: Tone, name: str) -> None:
    heard = np.abs(wave(tone, name))
    assert heard[: 5 * 48].max() > 0.4 * heard.max()


@pytest.mark.parametrize(("tone", "name"), EVERY)
def test_a_tone_leaves_room_for_a_voice(tone: Tone, name: str) -> None:
    assert 0.2 < np.abs(wave(tone, name)).max() <= 0.55


@pytest.mark.parametrize("name", TONE_SETS)
def test_the_tones_of_a_set_can_be_told_apart(name: str) -> None:
    assert len({tone_pcm(tone, name) for tone in Tone}) == len(Tone)


def test_a_set_that_does_not_exist_sounds_like_the_default() -> None:
    assert tone_pcm(Tone.TICK, "no such set") == tone_pcm(Tone.TICK, DEFAULT_TONE_SET)


def test_a_maker_keeps_nobody_waiting_and_makes_the_rest_of_the_set_too() -> None:
    tone_pcm.cache_clear()
    maker = ToneMaker()
    asked = maker.tone(Tone.END, "bell")
    futures = dict(maker._made)
    maker._thread.shutdown(wait=True)
    assert asked is None
    assert set(futures) == {(tone, "bell") for tone in Tone}
    assert next(iter(futures)) == (Tone.END, "bell")
    assert all(maker.tone(tone, "bell") == tone_pcm(tone, "bell") for tone in Tone)
