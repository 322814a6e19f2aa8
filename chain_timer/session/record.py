"""What is kept of a session: what was planned and what was really done, part by part."""

from dataclasses import dataclass
from enum import StrEnum

from chain_timer.routine.exercise import Exercise, Side
from chain_timer.session.clock import Moment
from chain_timer.timeline.kinds import Kind


class Outcome(StrEnum):
    """How a part ended."""

    DONE = "done"
    SKIPPED = "skipped"
    """Left for what follows, or passed over altogether."""
    REPEATED = "repeated"
    """Left for its own start, or for something before it."""
    BROKEN_OFF = "broken off"
    """The session ended in it."""


class Ending(StrEnum):
    """How a session ended."""

    FINISHED = "finished"
    """Its last piece of work was left behind, however much of it was skipped."""
    BROKEN_OFF = "broken off"


class Feeling(StrEnum):
    """How a session felt, in one tap."""

    EASY = "easy"
    GOOD = "good"
    HARD = "hard"
    PAINFUL = "painful"


@dataclass(frozen=True, slots=True)
class PastExercise:
    """An exercise as it was when it was done, for nobody knows what becomes of its file."""

    id: str
    name: str
    muscles: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    side_noun: str = "side"


@dataclass(frozen=True, slots=True)
class Part:
    """One visit to a segment; who goes back to it visits it twice."""

    kind: Kind
    planned_ms: int
    """As it was laid out, before anything was added to it or taken from it."""
    actual_ms: int
    """Time it was really done, waiting for the person at a gate included and pauses left out."""
    outcome: Outcome
    paused_ms: int = 0
    exercise_id: str = ""
    """What was done, or in prepare and rest what would come next; empty where nothing followed."""
    side: Side | None = None
    set_number: int = 1
    sets: int = 1
    round_number: int = 1
    rounds: int = 1
    reps: int | None = None
    """How many were planned; None where work is a hold, or no work at all."""
    reps_done: int | None = None


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session, as it is kept for good."""

    id: str
    """32 hexadecimal digits, made when it began: however often it is kept, it is there once."""
    started: Moment
    ended_ms: int
    """Milliseconds since 1970; never before :attr:`started`, whatever was done to the clock."""
    routine_id: str
    routine_name: str
    content: str
    """The routine as it was played: TOML that holds every exercise it needs."""
    planned_ms: int
    """The whole length as it was laid out."""
    planned_work_ms: int
    """What of it was holds and reps."""
    ending: Ending
    parts: tuple[Part, ...] = ()
    """In the order they were done."""
    exercises: tuple[PastExercise, ...] = ()
    """Every one of the routine, once, in the order they first come."""
    feeling: Feeling | None = None
    note: str = ""
    """At most :data:`LONGEST_NOTE` characters."""
    changed_ms: int = 0
    """When feeling or note were last told, in milliseconds since 1970: of two, the newer one counts."""

    @property
    def played_ms(self) -> int:
        return sum(part.actual_ms for part in self.parts)

    @property
    def paused_ms(self) -> int:
        return sum(part.paused_ms for part in self.parts)

    @property
    def work_ms(self) -> int:
        """Time in holds and reps."""
        return sum(part.actual_ms for part in self.parts if part.kind.is_work)

    @property
    def is_done(self) -> bool:
        """Whether it counts for days and streaks: at least half of its planned work was really done.

        The one definition of "done"; a part of a session is done when its outcome says so.
        """
        return self.planned_work_ms > 0 and 2 * self.work_ms >= self.planned_work_ms


LONGEST_NOTE = 2_000


def past(exercise: Exercise) -> PastExercise:
    """Give what is kept of an exercise."""
    return PastExercise(exercise.id, exercise.name, exercise.muscles, exercise.also, exercise.side_noun)
