"""The holds of an exercise or a routine over time, and a plan to make them longer."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from chain_timer.drawing.theme import BODY, LEAD, SMALL
from chain_timer.history.plan import HoldPlan
from chain_timer.history.progress import MOST_WEEKS, STEP_MS
from chain_timer.problems import plain
from chain_timer.timeline.options import LONGEST_HOLD_MS, SHORTEST_HOLD_MS
from chain_timer.units import SECOND_MS, duration_text
from chain_timer.window.basics import PlainLabel
from chain_timer.window.fields import LengthField, Stepper
from chain_timer.window.history_holds import ProgressFacts, Subject
from chain_timer.window.history_words import counted, date_text
from chain_timer.window.hold_chart_view import HoldChartView
from chain_timer.window.labeled import beside
from chain_timer.window.page_area import PageArea
from chain_timer.window.setting_rows import VoiceBox

_WIDEST = 1240
_CHART = (220, 460)
"""The least height of the chart, in a low window and in a high one."""
_NARROW = 620
_LONGEST_NAME = 80
_MOST_SUBJECTS = 2_000
_USUAL_S = (5, 120)
_MARKED_S = (30, 60)
_USUAL_WEEKS = 6
_USUAL_FROM_MS, _USUAL_TO_MS = 30 * SECOND_MS, 60 * SECOND_MS


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What a person plans: from where to where, and in how many weeks."""

    subject: Subject
    from_ms: int
    to_ms: int
    weeks: int


class ProgressView(PageArea):
    """Told what was held of something; asks for something else, to begin a plan, and to end one."""

    subject_chosen = Signal(object)
    plan_requested = Signal(object)
    end_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subjects: tuple[Subject, ...] = ()
        self.box = VoiceBox(self)
        self.box.setAccessibleName(self.tr("Exercise or routine"))
        self.chart = HoldChartView(self)
        self.nothing = PlainLabel(
            self.tr("Nothing was held yet. As soon as it was, you see here how it goes on."), tone="quiet"
        )
        self.nothing.in_size(BODY).wrapping()
        self.plan = PlanPanel(self)
        self._arrange()
        self.box.activated.connect(self._choose)
        self.plan.plan_requested.connect(self.plan_requested)
        self.plan.end_requested.connect(self.end_requested)

    def show_subjects(self, subjects: Sequence[Subject], chosen: Subject | None) -> None:
        """Show what can be looked at, by exercises and routines."""
        self._subjects = tuple(subjects[:_MOST_SUBJECTS])
        model = QStandardItemModel(self)
        for subject in self._subjects:
            name = plain(subject.name, _LONGEST_NAME)
            text = self.tr("{name} (whole routine)").format(name=name) if subject.routine_id else name
            model.appendRow(QStandardItem(text))
        with QSignalBlocker(self.box):
            self.box.show_items(model)
            row = self._subjects.index(chosen) if chosen in self._subjects else 0
            self.box.setCurrentIndex(row if self._subjects else -1)
        held = bool(self._subjects)
        for widget in (self.box, self.chart, self.plan):
            widget.setVisible(held)
        self.nothing.setVisible(not held)

    def show_progress(self, facts: ProgressFacts) -> None:
        self.chart.show_chart(facts.chart)
        self.plan.show_progress(facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_body(_WIDEST)
        self.chart.setMinimumHeight(min(_CHART[1], max(_CHART[0], self.height() * 2 // 5)))

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._subjects):
            self.subject_chosen.emit(self._subjects[row])

    def _arrange(self) -> None:
        rows = QVBoxLayout(self.body)
        rows.setSpacing(12)
        for widget in (self.box, self.nothing, self.chart, self.plan):
            rows.addWidget(widget)
        rows.addStretch(1)
        self.setWidget(self.body)


class PlanPanel(QFrame):
    """The plan that is followed with how far it is, or the fields for a new one."""

    plan_requested = Signal(object)
    end_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._subject: Subject | None = None
        self._plan: HoldPlan | None = None
        self.title = PlainLabel().in_size(LEAD, QFont.Weight.DemiBold).wrapping()
        self.sentence = PlainLabel().in_size(BODY).wrapping()
        self.hint = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        bounds = (SHORTEST_HOLD_MS, LONGEST_HOLD_MS)
        self.first = LengthField(self.tr("First hold"), _USUAL_S, bounds, parent=self, marked_s=_MARKED_S)
        self.last = LengthField(self.tr("Last hold"), _USUAL_S, bounds, parent=self, marked_s=_MARKED_S)
        self.weeks = Stepper(self.tr("Weeks"), 1, MOST_WEEKS, self)
        self.refusal = PlainLabel(tone="accent").in_size(SMALL).wrapping()
        self.begin = QPushButton(self.tr("Start this plan"), self)
        self.begin.setObjectName("primary")
        self.end = QPushButton(self.tr("End this plan"), self)
        self._arrange()
        for field in (self.first, self.last):
            field.changed.connect(self._judge)
            field.refused.connect(self._refuse)
        self.weeks.changed.connect(self._judge)
        self.begin.clicked.connect(self._ask_to_begin)
        self.end.clicked.connect(self._ask_to_end)

    def show_progress(self, facts: ProgressFacts) -> None:
        is_new = facts.subject != self._subject or bool(facts.plan) != bool(self._plan)
        self._subject, self._plan = facts.subject, facts.plan
        plan, progress = facts.plan, facts.progress
        for box in self._fields:
            box.setVisible(plan is None)
        self.begin.setVisible(plan is None)
        self.end.setVisible(plan is not None)
        if plan is None or progress is None:
            self.title.setText(self.tr("Plan longer holds"))
            self.sentence.setText(
                self.tr("Before each session you are asked for the next hold; nothing is decided for you.")
            )
            if is_new:
                self._propose(facts)
        else:
            self.title.setText(_plan_text(plan, self.tr("From {first} to {last} in {weeks}")))
            self.sentence.setText(progress.sentence)
            self.hint.setText(self.tr("Since {day}.").format(day=date_text(plan.begun)))
        self.hint.setVisible(plan is not None)
        self._refuse("")

    def _propose(self, facts: ProgressFacts) -> None:
        """Begin with what was held last, and end with the usual minute or with half as much again."""
        held_ms = next((point.held_ms for point in reversed(facts.points) if point.held_ms > 0), 0)
        first_ms = held_ms // STEP_MS * STEP_MS or _USUAL_FROM_MS
        first_ms = min(max(first_ms, SHORTEST_HOLD_MS), LONGEST_HOLD_MS - STEP_MS)
        last_ms = _USUAL_TO_MS if first_ms < _USUAL_TO_MS else min(first_ms * 3 // 2, LONGEST_HOLD_MS)
        self.first.show_length(first_ms)
        self.last.show_length(last_ms)
        self.weeks.show_number(_USUAL_WEEKS)
        self.begin.setEnabled(True)

    def _judge(self) -> None:
        too_short = self.first.ms >= self.last.ms
        self._refuse(self.tr("Choose a last hold that is longer than the first.") if too_short else "")

    def _refuse(self, reason: str) -> None:
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))
        self.begin.setEnabled(not reason)

    def _ask_to_begin(self) -> None:
        if self._subject is not None and self.first.ms < self.last.ms:
            wish = PlanWish(self._subject, self.first.ms, self.last.ms, self.weeks.number)
            self.plan_requested.emit(wish)

    def _ask_to_end(self) -> None:
        if self._plan is not None:
            self.end_requested.emit(self._plan.id)

    def _arrange(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 18)
        rows.setSpacing(12)
        self._fields = (
            beside(self.tr("From"), self.first, self),
            beside(self.tr("To"), self.last, self),
            beside(self.tr("In weeks"), self.weeks, self, filling=False),
        )
        for widget in (self.title, self.sentence, self.hint, *self._fields, self.refusal):
            rows.addWidget(widget)
        for button in (self.begin, self.end):
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _plan_text(plan: HoldPlan, text: str) -> str:
    weeks = counted(plan.weeks, "week", "weeks")
    first, last = duration_text(plan.from_ms), duration_text(plan.to_ms)
    return text.format(first=first, last=last, weeks=weeks)
