"""What a file from outside holds, made into exercises and routines of ours, with what was lost on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chain_timer.problems import Problem
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine

Progress = Callable[[int, int], None]
"""Told how much is done of how much; raises CanceledError when a person had enough."""


class CanceledError(Exception):
    """A person had enough: whatever was under way leaves nothing behind."""


def no_progress(_done: int, _whole: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Known:
    """What we have already, so that a file's exercises can be known again."""

    exercises: Mapping[str, Exercise]
    """All exercises by id: those that ship, and a person's own."""
    names: Names


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a file holds. Nothing is written yet: a person looks at it first."""

    routines: tuple[Routine, ...] = ()
    """Each with an id of its own within the parcel."""
    exercises: tuple[Exercise, ...] = ()
    """The new ones, each with an id of its own within the parcel and none that :class:`Known` has for another
    exercise; those that the routines use and that are known already are not among them."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """By the name that exercises give in ``picture``: the bytes as they came, looked at by nobody yet."""
    losses: tuple[Problem, ...] = ()
    """What could not be taken over, each with its place in the file, and what was done instead."""

    @property
    def is_empty(self) -> bool:
        return not self.routines and not self.exercises
