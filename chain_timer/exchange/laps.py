"""What simple timers can hold of a routine: names with lengths and rests, round by round.

It is taken from the timeline, so it is the session as the person has set it. What our own voice needs, to get
ready, to instruct and to change sides, is not in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from chain_timer.exchange.giving import Given
from chain_timer.problems import Problem
from chain_timer.routine.exercise import Exercise, Reps, Side
from chain_timer.timeline.segment import Kind, Segment
from chain_timer.units import SECOND_MS, duration_text


@dataclass(frozen=True, slots=True)
class Turn:
    """One piece of work, and the rest after it."""

    name: str
    """With its side: ``Standing hamstring stretch, right leg``."""
    length_ms: int
    rest_ms: int
    """Of the last one of a lap: after the last round."""
    exercise: Exercise
    side: Side | None = None
    reps: Reps | None = None


@dataclass(frozen=True, slots=True)
class Lap:
    """A circuit: every turn of one round, and how many rounds there are."""

    turns: tuple[Turn, ...]
    rounds: int
    round_rest_ms: int
    """Between rounds; the rest after the last round is that of the last turn."""
    name: str = ""

    def unrolled(self) -> Iterator[Turn]:
        """Give every turn of every round."""
        *before, last = self.turns
        for round_number in range(1, self.rounds + 1):
            yield from before
            if round_number == self.rounds:
                yield last
            else:
                yield Turn(last.name, last.length_ms, self.round_rest_ms, last.exercise, last.side, last.reps)


def laps_of(given: Given) -> tuple[Lap, ...]:
    """Give the circuits of a routine as its timeline has them."""
    works = _works(given)
    laps: list[Lap] = []
    at = 0
    for circuit in given.routine.circuits:
        size = sum(item.sets * max(1, len(item.sides)) for item in circuit.items)
        if not size or at + size > len(works):
            continue
        rounds = works[at].segment.rounds
        after = at + size * rounds
        turns = [_turn(works[place], _rest_before(works, place + 1)) for place in range(at, at + size - 1)]
        turns.append(_turn(works[at + size - 1], _rest_before(works, after)))
        between_ms = _rest_before(works, at + size) if rounds > 1 else 0
        laps.append(Lap(tuple(turns), rounds, between_ms, circuit.name))
        at = after
    return tuple(laps)


def whole_seconds(length_ms: int) -> int:
    """Round to seconds, up from the half."""
    return (length_ms + SECOND_MS // 2) // SECOND_MS


def stable_id(*parts: object) -> str:
    """Make an id as phones give theirs, always the same one for the same routine and place."""
    return str(uuid5(NAMESPACE_URL, "/".join(["chain-timer", *map(str, parts)])))


def losses_of(
    given: Given, laps: tuple[Lap, ...], *, holds_reps: bool = False, holds_parts: bool = False
) -> Iterator[Problem]:
    """Tell what a timer of names and lengths cannot hold, each exercise once.

    ``holds_reps`` is for what can say how many; ``holds_parts`` for what knows parts of a second.
    """
    turns = list({_likeness(turn): turn for lap in laps for turn in lap.turns}.values())
    for turn in turns:
        if turn.reps is not None:
            yield from _reps_losses(turn.exercise, turn.reps, holds_reps=holds_reps)
        if not holds_parts and (turn.length_ms % SECOND_MS or turn.rest_ms % SECOND_MS):
            yield Problem(turn.name, "parts of a second have no place in it", "whole seconds were written")
    for name in dict.fromkeys(turn.exercise.name for turn in turns if turn.side is not None):
        yield Problem(name, "sides have no place in it", "right and left were written on their own")
    if any(exercise.steps for exercise in given.routine.exercises):
        yield Problem("", "how the exercises are done has no place in it", "their names were written")


class _Piece(NamedTuple):
    """A segment of work, and what lies before it."""

    segment: Segment
    exercise: Exercise
    rest_ms: int


def _works(given: Given) -> list[_Piece]:
    works: list[_Piece] = []
    rest_ms = 0
    for segment in given.timeline().segments:
        if segment.kind is Kind.REST:
            rest_ms += segment.length_ms
        elif segment.kind.is_work and segment.exercise is not None:
            works.append(_Piece(segment, segment.exercise, rest_ms))
            rest_ms = 0
    return works


def _rest_before(works: list[_Piece], place: int) -> int:
    return works[place].rest_ms if place < len(works) else 0


def _turn(piece: _Piece, rest_ms: int) -> Turn:
    segment, exercise = piece.segment, piece.exercise
    length_ms = segment.length_ms if segment.reps is None else segment.reps.length_ms
    return Turn(_name(exercise, segment.side), length_ms, rest_ms, exercise, segment.side, segment.reps)


def _name(exercise: Exercise, side: Side | None) -> str:
    return f"{exercise.name}, {side.value} {exercise.side_noun}" if side else exercise.name


def _likeness(turn: Turn) -> tuple[object, ...]:
    return (turn.exercise.id, turn.side, turn.length_ms, turn.reps, turn.rest_ms % SECOND_MS)


def _reps_losses(exercise: Exercise, reps: Reps, *, holds_reps: bool) -> Iterator[Problem]:
    if not holds_reps:
        instead = f"{reps.count:,} reps were written as {duration_text(reps.length_ms)}"
        yield Problem(exercise.name, "reps have no place in it", instead)
    if reps.self_paced:
        yield Problem(exercise.name, "it cannot wait until you are done", "its usual time was written")
