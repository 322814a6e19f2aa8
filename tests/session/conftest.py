from collections.abc import Callable
from functools import partial

import pytest
from helpers.stage import FakeClock, Stage

from chain_timer.routine.library import Library
from chain_timer.routine.routine import Routine
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.segment import Cue, Key, Kind, Segment, Tone
from chain_timer.timeline.timeline import Timeline


def _simple(*lengths_ms: int, gates: tuple[int, ...] = ()) -> Timeline:
    """Give segments with a tone at the start and, but for gated ones, another a second before the end."""
    return Timeline("simple", "Simple", [_segment(n, ms, gate=n in gates) for n, ms in enumerate(lengths_ms)])


def _segment(number: int, length_ms: int, *, gate: bool) -> Segment:
    cues = [Cue(0, 100, tone=Tone.START)]
    if not gate and length_ms >= 1_000:
        cues.append(Cue(length_ms - 1_000, 100, tone=Tone.TICK))
    return Segment(Kind.HOLD, length_ms, Key(number, 2), tuple(cues), gate=gate)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def simple() -> Callable[..., Timeline]:
    return _simple


@pytest.fixture(scope="session")
def stage() -> Callable[[Timeline], Stage]:
    return Stage


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.built_in()


@pytest.fixture(scope="session")
def compiled() -> Callable[..., Timeline]:
    phrases = load_phrases()

    def compile_it(routine: Routine, rate: int = 150, **options: object) -> Timeline:
        chosen = partial(Options, **options)()  # type: ignore[arg-type] # any option by name
        return compile_routine(routine, chosen, phrases, estimated_lengths(rate))

    return compile_it
