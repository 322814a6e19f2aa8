"""What other programs can hold of a session: pieces of work with the time between them, end to end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO

from chain_timer.exchange.parcel import Progress
from chain_timer.history.words import counted, spelled
from chain_timer.problems import Problem
from chain_timer.session.record import Ending, Outcome, Part, PastExercise, SessionRecord

WriteHistory = Callable[[Iterable[SessionRecord], int, BinaryIO, Progress], tuple[Problem, ...]]
"""Writes sessions, oldest first, of which there are so many; gives what the format could not hold.

Sessions are taken one by one, and none is kept in memory. Raises ChainTimerError when it cannot be done at
all, CanceledError, and OSError of the file.
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A visit to a hold or to reps; or everything between two of them together."""

    start_ms: int
    """Milliseconds since 1970."""
    played_ms: int
    paused_ms: int
    """Nobody knows when in it: it is laid after what was played."""
    part: Part | None = None
    """What was done; None where nothing was."""
    name: str = ""
    """Of what was done, with its side: ``Wall calf stretch, left leg``."""

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.played_ms + self.paused_ms

    @property
    def is_work(self) -> bool:
        return self.part is not None


def pieces_of(record: SessionRecord) -> tuple[Piece, ...]:
    """Give the pieces of a session, without those that took no time; their times follow from its start.

    A session of which no parts are known is one piece without work, as long as the whole.
    """
    if not record.parts:
        length_ms = elapsed_ms(record)
        return (Piece(record.started.ms, length_ms, 0),) if length_ms else ()
    return tuple(_pieces(record))


def elapsed_ms(record: SessionRecord) -> int:
    """Give how long a session went on, pauses included.

    It is added up, since the clock may have been set meanwhile, and since a session that was taken up again
    on the next morning did not go on all night.
    """
    if record.parts:
        return record.played_ms + record.paused_ms
    return max(0, record.ended_ms - record.started.ms)


def part_name(part: Part, exercises: dict[str, PastExercise]) -> str:
    """Name what a part was about, with its side; empty where nobody knows."""
    exercise = exercises.get(part.exercise_id)
    name = exercise.name if exercise else part.exercise_id
    if part.side is None or not name:
        return name
    return f"{name}, {part.side} {exercise.side_noun if exercise else 'side'}"


def by_id(record: SessionRecord) -> dict[str, PastExercise]:
    return {exercise.id: exercise for exercise in record.exercises}


def done_lines(record: SessionRecord) -> Iterator[str]:
    """Say what was done, in words for people: a line for the whole, one for each exercise, then the rest."""
    if facts := ", ".join(_facts(record)):
        yield facts
    exercises = by_id(record)
    works: dict[str, list[Part]] = {}
    for part in record.parts:
        if part.kind.is_work:
            works.setdefault(part.exercise_id, []).append(part)
    for exercise_id, parts in works.items():
        name = exercises[exercise_id].name if exercise_id in exercises else exercise_id
        yield f"{name}: {_work_words(parts)}"
    if record.note:
        yield record.note


def _pieces(record: SessionRecord) -> Iterator[Piece]:
    exercises = by_id(record)
    start_ms = record.started.ms
    for key, group in groupby(enumerate(record.parts), key=_piece_key):
        parts = [part for _, part in group]
        played_ms = sum(part.actual_ms for part in parts)
        paused_ms = sum(part.paused_ms for part in parts)
        if played_ms + paused_ms == 0:
            continue
        if key < 0:
            piece = Piece(start_ms, played_ms, paused_ms)
        else:
            piece = Piece(start_ms, played_ms, paused_ms, parts[0], part_name(parts[0], exercises))
        yield piece
        start_ms = piece.end_ms


def _piece_key(numbered: tuple[int, Part]) -> int:
    """Keep each piece of work by itself, and what lies between them together."""
    number, part = numbered
    return number if part.kind.is_work else -1


def _facts(record: SessionRecord) -> Iterator[str]:
    if record.parts:
        yield f"{spelled(record.played_ms)}, {spelled(record.work_ms)} of it work"
    if record.ending is Ending.BROKEN_OFF:
        yield "broken off"
    if record.feeling is not None:
        yield f"felt {record.feeling}"


def _work_words(parts: list[Part]) -> str:
    done = [part for part in parts if part.outcome is Outcome.DONE]
    reps = sum(part.reps_done or 0 for part in parts)
    words = [counted(len(done), "set"), counted(reps, "rep") if reps else ""]
    words.append(spelled(sum(part.actual_ms for part in parts)))
    skipped = sum(1 for part in parts if part.outcome is Outcome.SKIPPED)
    words.append(f"{skipped:,} skipped" if skipped else "")
    return ", ".join(filter(None, words))
