"""Routines on their way in and out of other timers' files, for the tests of those formats."""

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO

from hypothesis import strategies as st

from chain_timer.exchange.giving import Given, Write
from chain_timer.exchange.parcel import Known, Parcel, Progress, no_progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError, Problem
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import Phrases, load_phrases
from chain_timer.timeline.slots import unrolled

Read = Callable[[Source, Known, Progress], Parcel]
Recognizes = Callable[[Source], bool]
Span = tuple[str, float, float]
"""A name, seconds, and the seconds of rest after it; 0 after the last."""

library = cache(Library.built_in)
phrases: Callable[[], Phrases] = cache(load_phrases)


def known() -> Known:
    return Known(library().by_exercise_id, library().names)


def source(content: object, name: str = "file.json") -> Source:
    """A file of these bytes, this text, or this as JSON."""
    if isinstance(content, bytes):
        return Source(content, name)
    return Source((content if isinstance(content, str) else json.dumps(content)).encode(), name)


def parcel(read: Read, content: object, name: str = "file.json") -> Parcel:
    return read(source(content, name), known(), no_progress)


def only_routine(read: Read, content: object, name: str = "file.json") -> Routine:
    (routine,) = parcel(read, content, name).routines
    return routine


def losses(read: Read, content: object, name: str = "file.json") -> list[str]:
    return [str(problem) for problem in parcel(read, content, name).losses]


def spans(routine: Routine) -> list[Span]:
    """What is done when: the routine as a simple timer would go through it."""
    slots = list(unrolled(routine, Options()))
    names = [
        f"{slot.exercise.name}, {slot.side.value} {slot.exercise.side_noun}"
        if slot.side
        else slot.exercise.name
        for slot in slots
    ]
    rests = [*(0 if slot.follows_side else slot.rest_ms for slot in slots[1:]), 0]
    return [
        (name, slot.work.length_ms / 1000, rest_ms / 1000)
        for name, slot, rest_ms in zip(names, slots, rests, strict=True)
    ]


def rounds(routine: Routine) -> list[int]:
    return [circuit.rounds for circuit in routine.circuits]


def given(routine: Routine, options: Options | None = None) -> Given:
    return Given(
        routine,
        lambda: compile_routine(routine, options or Options(), phrases(), estimated_lengths()),
        library().names,
        library().by_exercise_id,
    )


def written(write: Write, routine: Routine, options: Options | None = None) -> tuple[bytes, list[str]]:
    """The bytes of the file, and what it could not hold."""
    file = BytesIO()
    problems: tuple[Problem, ...] = write(given(routine, options), file, no_progress)
    return file.getvalue(), [str(problem) for problem in problems]


def reads_or_refuses(read: Read, recognizes: Recognizes, data: bytes) -> None:
    """Any bytes are told apart, and read or refused with a reason; a routine read can be laid out."""
    tried = Source(data, "tried")
    recognizes(tried)
    try:
        found = read(tried, known(), no_progress)
    except FileProblemsError:
        return
    for routine in found.routines:
        assert routine.pieces() <= 20_000
        for item in routine.items:
            assert item.work.length_ms >= 500
            assert 0 <= (item.rest_ms or 0) <= 30 * 60_000
        assert all(1 <= circuit.rounds <= 100 for circuit in routine.circuits)


# --- made up -----------------------------------------------------------------------------------------

NAMES = st.text(st.sampled_from("abcdefghijk ÄÖüßéñЖдя運動🏃'-.,"), min_size=1, max_size=30).map(
    lambda text: f"Q{' '.join(text.split())}z"
)
"""Names as people write them, and none that is a rest."""


@st.composite
def routines(draw: st.DrawFn, lengths_ms: st.SearchStrategy[int]) -> Routine:
    """A routine of holds and rests, with rounds."""
    circuits = st.builds(
        Circuit,
        items=st.lists(_items(lengths_ms), min_size=1, max_size=4).map(tuple),
        rounds=st.integers(1, 4),
        rest_ms=_rests(),
        round_rest_ms=_rests(),
    )
    return Routine("made-up", draw(NAMES), tuple(draw(st.lists(circuits, min_size=1, max_size=3))))


def _items(lengths_ms: st.SearchStrategy[int]) -> st.SearchStrategy[Item]:
    holds = st.builds(Hold, lengths_ms)
    exercises = st.builds(_exercise, NAMES)
    return st.builds(Item, exercise=exercises, work=holds, sets=st.integers(1, 2), rest_ms=_rests())


def _exercise(name: str) -> Exercise:
    return Exercise(name.casefold(), name, (), Hold(30_000))


def _rests() -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, 200).map(lambda seconds: seconds * 1000)


# --- other things in their places --------------------------------------------------------------------

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**19), 10**19)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def spoiled(draw: st.DrawFn, value: object) -> object:
    """A document with anything at all in some of its places, keys gone, and lists doubled."""
    fate = draw(st.integers(0, 15))
    if fate == 0:
        return draw(ANYTHING)
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if draw(st.integers(0, 20))}
        return {key: draw(spoiled(inner)) for key, inner in kept.items()}
    if isinstance(value, list):
        found = [draw(spoiled(inner)) for inner in value]
        return found * 2 if fate == 1 else found
    return value
