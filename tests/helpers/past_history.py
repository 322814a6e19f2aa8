"""A history in memory, with the questions it was asked; it can be made to wait, and to fail."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

from chain_timer.history.errors import HistoryError
from chain_timer.history.kept import DayTotal, Entry, HoldPoint, PastRoutine, Work
from chain_timer.history.plan import HoldPlan
from chain_timer.session.record import Feeling, PastExercise, SessionRecord


class PastHistory:
    """Answers as the real one does, from the records it was given."""

    def __init__(self, records: Sequence[SessionRecord] = ()) -> None:
        self.kept = {record.id: record for record in records}
        self.asked: list[tuple[str, object]] = []
        self.may_answer = Event()
        self.may_answer.set()
        self.refusal = ""
        self.all_plans: dict[str, HoldPlan] = {}
        self.is_closed = False

    def count(self, what: str) -> int:
        """How often something was asked."""
        return sum(asked == what for asked, _ in self.asked)

    def _ask(self, what: str, about: object = None) -> None:
        self.asked.append((what, about))
        assert self.may_answer.wait(10)
        if self.refusal:
            raise HistoryError(self.refusal)

    def _newest(self, routine_id: str = "", day: date | None = None) -> list[SessionRecord]:
        found = sorted(self.kept.values(), key=lambda record: record.started.ms, reverse=True)
        return [
            record
            for record in found
            if (not routine_id or record.routine_id == routine_id) and day in {None, record.started.day}
        ]

    def add(self, record: SessionRecord) -> None:
        self._ask("add", record.id)
        self.kept[record.id] = record

    def feel(self, session_id: str, feeling: Feeling | None, note: str, changed_ms: int) -> None:
        self._ask("feel", (session_id, feeling, note))
        record = self.kept[session_id]
        self.kept[session_id] = replace(record, feeling=feeling, note=note, changed_ms=changed_ms)

    def remove(self, session_id: str) -> SessionRecord | None:
        self._ask("remove", session_id)
        return self.kept.pop(session_id, None)

    def record(self, session_id: str) -> SessionRecord | None:
        self._ask("record", session_id)
        return self.kept.get(session_id)

    def entries(
        self, first: int, count: int, *, routine_id: str = "", day: date | None = None
    ) -> tuple[Entry, ...]:
        self._ask("entries", (first, count, routine_id, day))
        return tuple(entry_of(record) for record in self._newest(routine_id, day)[first : first + count])

    def days(self, *, routine_id: str = "") -> tuple[DayTotal, ...]:
        self._ask("days", routine_id)
        by_day: dict[date, list[SessionRecord]] = {}
        for record in reversed(self._newest(routine_id)):
            by_day.setdefault(record.started.day, []).append(record)
        return tuple(
            DayTotal(
                day,
                len(of_day),
                sum(record.is_done for record in of_day),
                sum(record.played_ms for record in of_day),
                sum(record.work_ms for record in of_day),
            )
            for day, of_day in by_day.items()
        )

    def routines(self) -> tuple[PastRoutine, ...]:
        self._ask("routines")
        counts = Counter(record.routine_id for record in self.kept.values())
        names = {record.routine_id: record.routine_name for record in self.kept.values()}
        return tuple(PastRoutine(each, names[each], number) for each, number in counts.most_common())

    def works(self, since: date, until: date) -> tuple[Work, ...]:
        self._ask("works", (since, until))
        return ()

    def holds(
        self, *, exercise_id: str = "", routine_id: str = "", since: date | None = None
    ) -> tuple[HoldPoint, ...]:
        self._ask("holds", (exercise_id, routine_id, since))
        found = []
        for record in reversed(self._newest(routine_id)):
            held = [part for part in record.parts if part.exercise_id == exercise_id or routine_id]
            held = [part for part in held if part.kind.is_work and part.reps is None]
            if held:
                planned_ms, held_ms = held[0].planned_ms, held[0].actual_ms
                done = all(part.actual_ms >= part.planned_ms for part in held)
                point = (record.id, record.started, planned_ms, held_ms, record.ending, done)
                found.append(HoldPoint(*point, record.feeling))
        return tuple(found)

    def exercises(self) -> tuple[PastExercise, ...]:
        self._ask("exercises")
        known = {each.id: each for record in self.kept.values() for each in record.exercises}
        return tuple(sorted(known.values(), key=lambda exercise: exercise.name))

    def plans(self) -> tuple[HoldPlan, ...]:
        self._ask("plans")
        return tuple(self.all_plans.values())

    def set_plan(self, plan: HoldPlan) -> None:
        self._ask("set_plan", plan)
        self.all_plans[plan.id] = plan

    def end_plan(self, plan_id: str) -> None:
        self._ask("end_plan", plan_id)
        plan = self.all_plans[plan_id]
        self.all_plans[plan_id] = replace(plan, ended=plan.begun)

    def records(self, *, ids: Collection[str] = ()) -> tuple[SessionRecord, ...]:
        return tuple(record for record in self.kept.values() if not ids or record.id in ids)

    def write_copy(self, to: Path) -> None:
        raise NotImplementedError(to)

    def close(self) -> None:
        self.is_closed = True


def entry_of(record: SessionRecord) -> Entry:
    """Give a session as lists show it."""
    return Entry(
        record.id,
        record.started,
        record.routine_id,
        record.routine_name,
        record.ending,
        record.is_done,
        record.planned_ms,
        record.played_ms,
        record.feeling,
        record.note,
        tuple((part.kind, part.actual_ms) for part in record.parts),
    )
