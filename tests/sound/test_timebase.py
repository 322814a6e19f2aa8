"""The mapping from the clock to the stream, against simulated sound servers."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from chain_timer.sound.buffering import QUICK_STEPS_MS, STEPS_MS
from chain_timer.sound.timebase import Timebase

MS = 1_000_000
SECOND = 1_000 * MS
RATE = 48_000
START = 987_654_321_000


@dataclass
class Server:
    """Takes frames in blocks, by a clock of its own."""

    ppm: float = 0.0
    block: int = 480
    rolls_at: int = 0
    gulp: int = 1_920
    """Frames taken at once before it runs."""
    lost: Callable[[int], float] = lambda _: 0.0
    """Frames' worth of interruption until a moment after the start (ns)."""

    def true_frame(self, since: int) -> float:
        return self.gulp + (since - self.rolls_at) * RATE * (1 + self.ppm / 1e6) / SECOND - self.lost(since)

    def played(self, since: int) -> int:
        if since < self.rolls_at:
            return self.gulp
        return self.gulp + int(self.true_frame(since) - self.gulp) // self.block * self.block


def looks(timebase: Timebase, seconds: float, late_ms: Callable[[int], float]) -> Iterator[int]:
    """Moments (ns after the start) at which the stream is looked at; the device is asked then, not later."""
    since, step = 0, 0
    while since < seconds * SECOND:
        yield since
        steps = STEPS_MS if timebase.settled else QUICK_STEPS_MS
        since += int(max(0.1, steps[step % len(steps)] + late_ms(step)) * MS)
        step += 1


def listen(
    server: Server, seconds: float, late_ms: Callable[[int], float] = lambda _: 0.1
) -> list[tuple[int, float]]:
    """Give the error (ms) of the mapping 0.3 s ahead, at each look at which there is a mapping."""
    timebase, errors = Timebase(), []
    for since in looks(timebase, seconds, late_ms):
        timebase.observe(START + since, server.played(since))
        if timebase.ready:
            ahead = since + 300 * MS
            errors.append(
                (since, (timebase.frame_at(START + ahead) - server.true_frame(ahead)) * 1_000 / RATE)
            )
    return errors


def spread(errors: list[tuple[int, float]], after_s: float = 0.0) -> float:
    late = [error for since, error in errors if since >= after_s * SECOND]
    return max(late) - min(late)


def jitter(seed: int = 1) -> Callable[[int], float]:
    dice = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    return lambda _: dice.expovariate(1 / 0.4)


def test_an_even_stream_is_mapped_to_the_frame() -> None:
    errors = listen(Server(), 30, jitter())
    assert spread(errors, after_s=1) < 0.4
    assert spread(errors, after_s=20) < 0.1


def test_a_stream_is_known_within_a_quarter_of_a_second() -> None:
    since, error = listen(Server(), 1)[0]
    assert since < 250 * MS
    assert abs(error) < 8


def test_the_first_second_is_mapped_as_all_others() -> None:
    errors = listen(Server(block=1_024), 60, jitter())
    assert spread(errors, after_s=0.5) < 2.5
    assert spread(errors, after_s=1) < 1


@pytest.mark.parametrize("rolls_at_ms", [0, 40, 333, 1_372, 2_000])
def test_what_was_seen_before_the_stream_ran_leaves_no_trace(rolls_at_ms: int) -> None:
    errors = listen(Server(rolls_at=rolls_at_ms * MS), rolls_at_ms / 1_000 + 10, jitter())
    assert errors[0][0] >= rolls_at_ms * MS
    assert spread(errors, after_s=rolls_at_ms / 1_000 + 0.5) < 1


@pytest.mark.parametrize("ppm", [-200, -20, 123, 200])
def test_a_drifting_sound_card_is_followed_for_half_an_hour(ppm: int) -> None:
    errors = listen(Server(ppm=ppm), 1_800, jitter())
    assert spread(errors, after_s=1) < 2


@pytest.mark.parametrize("ppm", [-200, 200])
def test_following_never_jumps(ppm: int) -> None:
    errors = [error for since, error in listen(Server(ppm=ppm), 300, jitter()) if since > SECOND]
    assert max(abs(b - a) for a, b in itertools.pairwise(errors)) < 0.1


def test_looks_that_come_150_ms_late_change_nothing() -> None:
    quiet = jitter()
    errors = listen(Server(), 120, lambda step: 150 if step % 23 == 9 else quiet(step))
    assert spread(errors, after_s=1) < 1


def test_looks_that_come_in_bursts_change_nothing() -> None:
    errors = listen(Server(), 60, lambda step: 0.1 if step < 200 else -40 if step % 5 else 250)
    assert spread(errors, after_s=1) < 0.5


def test_a_slow_look_after_the_device_was_asked_is_no_lead() -> None:
    """Between the question and the clock a thread may be held up: the device then seems late."""
    timebase, server, delay = Timebase(), Server(), 0
    for step, since in enumerate(looks(timebase, 60, jitter())):
        asked = since + delay
        delay += 90 * MS if step % 7 == 3 else 0
        timebase.observe(START + since + delay, server.played(asked))
    ahead = 200 * SECOND
    assert timebase.settled
    assert abs(timebase.frame_at(START + ahead) - server.true_frame(ahead)) < RATE // 1_000


@pytest.mark.parametrize("lost_ms", [10, 60, 400])
def test_after_an_interruption_it_is_exact_again_within_two_seconds(lost_ms: int) -> None:
    errors = listen(Server(lost=lambda t: lost_ms * RATE // 1_000 if t > 20 * SECOND else 0), 40, jitter())
    assert spread([e for e in errors if e[0] < 19.7 * SECOND or e[0] > 23 * SECOND], after_s=1) < 1


def test_an_interruption_is_no_reason_to_answer_with_something_old() -> None:
    timebase, server = Timebase(), Server()
    for since in looks(timebase, 5, lambda _: 0.1):
        timebase.observe(START + since, server.played(since))
    timebase.restart()
    assert not timebase.ready
    assert not timebase.settled
