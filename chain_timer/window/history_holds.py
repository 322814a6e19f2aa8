"""What two views of the history show, read and reckoned aside: the dose of each muscle, and the holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chain_timer.history.dose import MuscleDose, doses, first_day
from chain_timer.history.filling import Duration, Filling, OptionsFor, filling
from chain_timer.history.history import History
from chain_timer.history.kept import HoldPoint
from chain_timer.history.plan import HoldPlan
from chain_timer.history.progress import HoldChart, PlanProgress, chart, progress_of
from chain_timer.routine.library import Library
from chain_timer.session.record import PastExercise


@dataclass(frozen=True, slots=True)
class MuscleFacts:
    """What each muscle got lately, and the routine that would fill the gap."""

    span_days: int
    doses: tuple[MuscleDose, ...]
    filling: Filling | None


def read_muscles(
    history: History,
    today: date,
    span_days: int,
    *,
    library: Library,
    options_for: OptionsFor,
    duration_ms: Duration,
) -> MuscleFacts:
    works = history.works(first_day(today, span_days), today)
    found = doses(works, today, library.names, span_days)
    return MuscleFacts(span_days, found, filling(library, found, options_for, duration_ms))


@dataclass(frozen=True, slots=True)
class Subject:
    """What holds are looked at of: an exercise or a routine. One of the ids is given."""

    name: str
    exercise_id: str = ""
    routine_id: str = ""


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """The holds of an exercise or a routine over time, and the plan for them."""

    subject: Subject
    points: tuple[HoldPoint, ...]
    chart: HoldChart
    plan: HoldPlan | None
    """The one that is followed; None where there is none."""
    progress: PlanProgress | None


def read_subjects(history: History) -> tuple[Subject, ...]:
    """Give everything of which there may be holds: first the exercises, then the routines."""
    return (
        *(_subject_of(exercise) for exercise in history.exercises()),
        *(Subject(routine.name, routine_id=routine.id) for routine in history.routines()),
    )


def _subject_of(exercise: PastExercise) -> Subject:
    return Subject(exercise.name, exercise_id=exercise.id)


def read_followed(history: History, subjects: Sequence[Subject]) -> Subject | None:
    """Give what is planned for, of several the newest; else the first there is."""
    plans = sorted(history.plans(), key=lambda each: (each.begun, each.changed_ms), reverse=True)
    ids = [(plan.exercise_id, plan.routine_id) for plan in plans if plan.ended is None]
    by_ids = {(subject.exercise_id, subject.routine_id): subject for subject in subjects}
    planned = (by_ids[each] for each in ids if each in by_ids)
    return next(planned, subjects[0] if subjects else None)


def read_progress(history: History, subject: Subject, today: date) -> ProgressFacts:
    points = history.holds(exercise_id=subject.exercise_id, routine_id=subject.routine_id)
    ids = (subject.exercise_id, subject.routine_id)
    followed = [
        plan for plan in history.plans() if (plan.exercise_id, plan.routine_id) == ids and plan.ended is None
    ]
    plan = max(followed, key=lambda each: (each.begun, each.changed_ms), default=None)
    progress = progress_of(plan, points, today) if plan else None
    return ProgressFacts(subject, points, chart(points, plan), plan, progress)
