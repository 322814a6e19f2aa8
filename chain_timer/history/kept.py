"""What the history tells of sessions, without reading every part of them."""

from dataclasses import dataclass
from datetime import date

from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling, PastExercise
from chain_timer.timeline.kinds import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """A session as lists show it."""

    id: str
    started: Moment
    routine_id: str
    routine_name: str
    ending: Ending
    is_done: bool
    planned_ms: int
    played_ms: int
    feeling: Feeling | None
    note: str
    blocks: tuple[tuple[Kind, int], ...]
    """What its strip shows: each part with its milliseconds, in order."""


@dataclass(frozen=True, slots=True)
class DayTotal:
    """A day on which there was a session, by the date at the place where it began."""

    day: date
    sessions: int
    done: int
    """Those of them that count as done (:attr:`chain_timer.session.record.SessionRecord.is_done`)."""
    played_ms: int
    work_ms: int


@dataclass(frozen=True, slots=True)
class PastRoutine:
    """A routine of which there are sessions, by the last name it had."""

    id: str
    name: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Work:
    """What one session did of one exercise, all its sets and sides together."""

    session_id: str
    started: Moment
    exercise: PastExercise
    hold_ms: int
    """Time really held."""
    sets: int
    """Sets that were done; right and left of a set are two."""
    reps: int
    side_hold_ms: int
    """Time each side was held, for a muscle has one right and one left: of both sides the lesser, and what
    was held without sides added to it."""
    side_sets: int
    """Sets each side did, reckoned the same way."""


@dataclass(frozen=True, slots=True)
class HoldPoint:
    """The holds of one session, for the progress of an exercise or of a whole routine."""

    session_id: str
    started: Moment
    planned_ms: int
    """The hold most of them were planned with; of two the longer."""
    held_ms: int
    """The hold most of them were really held for: the median of those begun.

    Of two in the middle it is the shorter."""
    ending: Ending
    all_done: bool
    """Whether every one of them was held to its end; of one begun anew the new one counts."""
    feeling: Feeling | None


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge with the history of another machine: how many sessions, and what was at odds."""

    added: int
    known: int
    """That were here already just so, or were removed here."""
    removed: int
    """That were here and had been removed there."""
    updated: int
    """Whose feeling, note or parts are now those of the other machine."""
    conflicts: tuple[str, ...] = ()
    """Sessions whose parts were not the same here and there, by date and routine; the longer one stays."""
