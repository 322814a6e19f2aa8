"""Histories on the disk and sessions made up for them."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from chain_timer.history.database import database_in
from chain_timer.history.history import History, open_history
from chain_timer.problems import Problem
from chain_timer.routine.exercise import Side
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Outcome, Part, PastExercise, SessionRecord
from chain_timer.timeline.kinds import Kind

NOON_MS = 1_795_431_600_000
"""2026-11-23, 11:00 in Greenwich and noon in Berlin."""
DAY_MS = 24 * 3_600_000
NOW = Moment(NOON_MS, 60)
CALF = PastExercise("calf-stretch", "Calf stretch", ("calves",), ("achilles",), "leg")
SQUAT = PastExercise("squat", "Squat", ("glutes", "quadriceps"))
READY = Part(Kind.PREPARE, 5_000, 5_000, Outcome.DONE, exercise_id=CALF.id)
RIGHT = Part(Kind.HOLD, 30_000, 30_000, Outcome.DONE, 1_500, CALF.id, Side.RIGHT, 1, 2, 1, 3)
LEFT = replace(RIGHT, side=Side.LEFT, actual_ms=20_000, outcome=Outcome.SKIPPED)
REPS = Part(Kind.REPS, 40_000, 42_000, Outcome.DONE, 0, SQUAT.id, None, 2, 3, 1, 1, 10, 9)
PARTS = (READY, RIGHT, LEFT, REPS)


class Wall:
    """A clock on the wall that is set by hand."""

    def __init__(self, moment: Moment = NOW) -> None:
        self.moment = moment

    def __call__(self) -> Moment:
        return self.moment

    def forward(self, days: int = 0, ms: int = 0) -> None:
        self.moment = replace(self.moment, ms=self.moment.ms + days * DAY_MS + ms)


def session(number: int, parts: Sequence[Part] = PARTS, **changes: Any) -> SessionRecord:
    """Make the session of a number: one a day, the first of them today, and each before the one before."""
    started = Moment(NOON_MS - number * DAY_MS, 60)
    plain = SessionRecord(
        id=f"{number:032x}",
        started=started,
        ended_ms=started.ms + 150_000,
        routine_id="evening",
        routine_name="Evening",
        content='name = "Evening"\n',
        planned_ms=120_000,
        planned_work_ms=100_000,
        ending=Ending.FINISHED,
        parts=tuple(parts),
        exercises=(CALF, SQUAT),
    )
    return replace(plain, **changes)


@contextmanager
def opened(folder: Path, now: Wall | None = None) -> Iterator[History]:
    """Open a history that is in order."""
    history, problems = open_history(folder, now or Wall())
    with closing(history):
        assert problems == ()
        yield history


def filled(folder: Path, records: Sequence[SessionRecord], now: Wall | None = None) -> Path:
    """Keep sessions in a history, close it, and give its file."""
    with opened(folder, now) as history:
        for record in records:
            history.add(record)
    return database_in(folder)


def told_on_opening(
    folder: Path, now: Wall | None = None
) -> tuple[tuple[SessionRecord, ...], tuple[Problem, ...]]:
    """Open a history and give its sessions, and what was told."""
    history, problems = open_history(folder, now or Wall())
    with closing(history):
        return tuple(history.records()), problems


def ask(path: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the database itself, or change it behind the program's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(query, values).fetchall()


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
