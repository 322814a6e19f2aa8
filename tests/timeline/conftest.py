from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import cycle, product

import pytest
from helpers.cases import Case, Compile

from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Coaching, Item, Routine
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import Lengths, estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import Phrases, load_phrases
from chain_timer.timeline.timeline import Timeline

HOLDS_MS = (5_000, 30_000, 45_000, 600_000)
RESTS_MS = (0, 3_000, 15_000, 60_000)
ROUNDS = (1, 2, 3)
VOICES: Mapping[str, Lengths] = {
    "slow": estimated_lengths(80),
    "usual": estimated_lengths(150),
    "fast": estimated_lengths(300),
    "no length": lambda _words: 0,
    "a minute each": lambda _words: 60_000,
}


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.built_in()


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return load_phrases()


@pytest.fixture(scope="session")
def compiled(phrases: Phrases) -> Compile:
    """Compile a routine, with usual lengths unless others are given."""

    def compile_it(routine: Routine, lengths: Lengths | None = None, **options: object) -> Timeline:
        chosen = partial(Options, **options)()  # type: ignore[arg-type] # any option by name
        return compile_routine(routine, chosen, phrases, lengths or estimated_lengths())

    return compile_it


@pytest.fixture(scope="session")
def voices() -> Mapping[str, Lengths]:
    return VOICES


@pytest.fixture(scope="session")
def cases(library: Library, phrases: Phrases) -> list[Case]:
    """Every built-in routine at every level, hold and voice; rests and rounds take turns."""
    turns = cycle(product(RESTS_MS, ROUNDS))
    return list(_cases(library, phrases, turns))


def _cases(library: Library, phrases: Phrases, turns: Iterator[tuple[int, int]]) -> Iterator[Case]:
    for routine, coaching, hold_ms, voice in product(library.routines, Coaching, HOLDS_MS, VOICES):
        # Two of the twelve for each; five voices and twelve turns have no common divisor, so all meet.
        for rest_ms, rounds in (next(turns), next(turns)):
            options = Options(hold_ms=hold_ms, rest_ms=rest_ms, rounds=rounds, coaching=coaching)
            timeline = compile_routine(routine, options, phrases, VOICES[voice])
            starts = map(timeline.start_of, range(len(timeline.segments)))
            cues = tuple(
                (start + cue.offset_ms, cue)
                for start, segment in zip(starts, timeline.segments, strict=True)
                for cue in segment.cues
            )
            yield Case(routine, options, voice, timeline, cues)


def _stretch(number: int = 1, *, steps: int = 2, sided: bool = False) -> Exercise:
    said = tuple(
        Step(f"Do part {part} on the right.", f"Do part {part} on the left.") for part in range(steps)
    )
    return Exercise(
        f"move-{number}",
        f"Move {number}",
        said,
        Hold(30_000),
        sided=sided,
        side_noun="leg",
        key_cue="Stay tall.",
        out=Step("Come up slowly.", "Come up slowly."),
    )


def _item(exercise: Exercise, work: Hold | Reps | None = None, **more: object) -> Item:
    sides = (Side.RIGHT, Side.LEFT) if exercise.sided else ()
    return partial(Item, exercise, work or exercise.work, sides)(**more)  # type: ignore[arg-type]


def _routine(*items: Item, **more: object) -> Routine:
    circuit = partial(Circuit, items)(**more)  # type: ignore[arg-type] # any part of a circuit by name
    return Routine("made-up", "Made up", (circuit,))


@pytest.fixture(scope="session")
def stretch() -> Callable[..., Exercise]:
    return _stretch


@pytest.fixture(scope="session")
def item() -> Callable[..., Item]:
    return _item


@pytest.fixture(scope="session")
def routine() -> Callable[..., Routine]:
    return _routine


@pytest.fixture(scope="session")
def own_pace() -> Reps:
    return Reps(5, Tempo(2_000, 0, 2_000), self_paced=True)
