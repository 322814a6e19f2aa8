"""Between the history and two of its views: what each muscle got, and how the holds come on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from chain_timer.history.dose import WEEK_DAYS
from chain_timer.history.plan import HoldPlan
from chain_timer.window.history_holds import (
    ProgressFacts,
    Subject,
    read_followed,
    read_muscles,
    read_progress,
    read_subjects,
)

if TYPE_CHECKING:
    from datetime import date

    from chain_timer.history.history import History
    from chain_timer.problems import ChainTimerError
    from chain_timer.window.history_muscles import MusclesView
    from chain_timer.window.history_parts import HistoryParts
    from chain_timer.window.history_progress import PlanWish, ProgressView
    from chain_timer.window.history_reader import HistoryReader

_MUSCLES, _PROGRESS = "muscles", "progress"


class MusclesBridge(QObject):
    """Reads the doses when they are looked at, and again when something changed since."""

    def __init__(
        self, view: MusclesView, reader: HistoryReader, parts: HistoryParts, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._reader = reader
        self._parts = parts
        self._span_days = WEEK_DAYS
        self._stale = True
        view.span_chosen.connect(self._choose_span)

    def forget(self) -> None:
        self._stale = True

    def show(self) -> None:
        if not self._stale:
            return
        self._stale = False
        parts = self._parts
        read = partial(
            read_muscles,
            today=parts.now().day,
            span_days=self._span_days,
            library=parts.library(),
            options_for=parts.options_for,
            duration_ms=parts.duration_ms,
        )
        self._reader.ask(_MUSCLES, read, self._view.show_muscles, self._fail)

    def _fail(self, error: ChainTimerError) -> None:
        self._stale = True  # what is looked at again is read again
        self._reader.failed.emit(str(error))

    def _choose_span(self, days: int) -> None:
        self._span_days = days
        self._stale = True
        self.show()


class ProgressBridge(QObject):
    """Reads what was held of one thing, and keeps the plan for it."""

    changed = Signal()

    def __init__(
        self, view: ProgressView, reader: HistoryReader, parts: HistoryParts, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._reader = reader
        self._parts = parts
        self._subject: Subject | None = None
        self._stale = True
        view.subject_chosen.connect(self._choose)
        view.plan_requested.connect(self._begin_plan)
        view.end_requested.connect(self._end_plan)

    def forget(self) -> None:
        self._stale = True

    def show(self) -> None:
        if self._stale:
            self._stale = False
            subject, today = self._subject, self._parts.now().day
            read = partial(_read, subject=subject, today=today)
            self._reader.ask(_PROGRESS, read, self._take, self._fail)

    def _fail(self, error: ChainTimerError) -> None:
        self._stale = True  # what is looked at again is read again
        self._reader.failed.emit(str(error))

    def _take(self, found: tuple[tuple[Subject, ...], ProgressFacts | None]) -> None:
        subjects, facts = found
        self._subject = facts.subject if facts else None
        self._view.show_subjects(subjects, self._subject)
        if facts is not None:
            self._view.show_progress(facts)

    def _choose(self, subject: Subject) -> None:
        self._subject = subject
        self._read_again()

    def _read_again(self) -> None:
        self._stale = True
        self.show()

    def _begin_plan(self, wish: PlanWish) -> None:
        now, subject = self._parts.now(), wish.subject
        plan = HoldPlan(
            id=uuid4().hex,
            name=subject.name,
            from_ms=wish.from_ms,
            to_ms=wish.to_ms,
            begun=now.day,
            weeks=wish.weeks,
            exercise_id=subject.exercise_id,
            routine_id=subject.routine_id,
            changed_ms=now.ms,
        )
        self._reader.change(lambda history: history.set_plan(plan), self._take_change)

    def _end_plan(self, plan_id: str) -> None:
        self._reader.change(lambda history: history.end_plan(plan_id), self._take_change)

    def _take_change(self, _none: None) -> None:
        self._read_again()
        self.changed.emit()


def _read(
    history: History, subject: Subject | None, today: date
) -> tuple[tuple[Subject, ...], ProgressFacts | None]:
    """Read what can be looked at and one of it: what was looked at, what is planned, or else the first."""
    subjects = read_subjects(history)
    wanted = subject if subject in subjects else read_followed(history, subjects)
    return subjects, None if wanted is None else read_progress(history, wanted, today)
