"""What formats want to be told: when a calendar comes round, on which paper a sheet is printed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from chain_timer.drawing.theme import SMALL
from chain_timer.exchange.calendar_entry import DAYS, USUAL_ALARM, Plan, read_plan
from chain_timer.exchange.formats import OutFormat
from chain_timer.problems import ChainTimerError
from chain_timer.window.basics import PlainLabel
from chain_timer.window.chips import Chips
from chain_timer.window.fields import LevelPicker
from chain_timer.window.labeled import beneath, beside

_USUAL_DAYS = ("mo", "we", "fr")
_USUAL_TIME = "07:30"
_USUAL_WEEKS = 12
"""What is proposed as the end: long enough for a habit."""
_FIELD_WIDTH = 130
_ENDLESS, _ENDS = "endless", "ends"


class Options(QWidget):
    """Fields whose values are the wishes for one kind of file."""

    changed = Signal()

    def set_inset(self, left: int) -> None:
        """Stand as far to the right as the words above it."""
        box = self.layout()
        if box is not None:
            box.setContentsMargins(left, 4 if left else 0, 12 if left else 0, 12 if left else 0)

    @property
    def wishes(self) -> Mapping[str, str]:
        """What a person chose, by the names that the format knows."""
        return {}

    @property
    def problem(self) -> str:
        """What has to be put right first; empty when all is well."""
        return ""

    def begin(self, today: str) -> None:
        """Be ready for another routine, on a day like 2026-01-05."""


class PaperOptions(Options):
    """On which paper it is printed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        papers = [("a4", self.tr("A4")), ("letter", self.tr("US Letter"))]
        self.paper = LevelPicker(self.tr("Paper"), papers, self)
        self._chosen = _usual_paper()
        self.paper.show_level(self._chosen)
        self.paper.chosen.connect(self._choose)
        rows = _rows(self)
        rows.addWidget(beside(self.tr("Paper"), self.paper, self))

    @property
    def wishes(self) -> Mapping[str, str]:
        return {"paper": self._chosen}

    def _choose(self, paper: str) -> None:
        self._chosen = paper
        self.changed.emit()


class CalendarOptions(Options):
    """When it is done: on which days, at what time, from when on, until when, and the alarm before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = Chips(self.tr("Days"), (self.tr("not on this day"), self.tr("on this day")), self)
        names = (
            *(self.tr("Mon"), self.tr("Tue"), self.tr("Wed"), self.tr("Thu")),
            *(self.tr("Fri"), self.tr("Sat"), self.tr("Sun")),
        )
        self.days.show_choices(list(zip(DAYS, names, strict=True)))
        self.days.show_states(dict.fromkeys(_USUAL_DAYS, 1))
        # As high as its width asks for, and not as all days one beneath the other would be.
        policy = self.days.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.days.setSizePolicy(policy)
        self.time = self._line(self.tr("Time, like 07:30"), _USUAL_TIME)
        self.first = self._line(self.tr("From which day on, like 2026-01-05"), "")
        ends = [(_ENDLESS, self.tr("No end")), (_ENDS, self.tr("Until a day"))]
        self.ends = LevelPicker(self.tr("Until"), ends, self)
        self.until = self._line(self.tr("The last day, like 2026-03-31"), "")
        alarms = [
            *(
                ("0", self.tr("None")),
                (str(USUAL_ALARM), self.tr("{minutes} min").format(minutes=USUAL_ALARM)),
            ),
            *(("30", self.tr("30 min")), ("60", self.tr("1 hour"))),
        ]
        self.alarm = LevelPicker(self.tr("Alarm before it"), alarms, self)
        self.told = PlainLabel(tone="quiet").in_size(SMALL).wrapping()
        self.refusal = PlainLabel(tone="accent").in_size(SMALL).wrapping()
        self._ends, self._alarm, self._problem = _ENDLESS, str(USUAL_ALARM), ""
        self.ends.show_level(self._ends)
        self.alarm.show_level(self._alarm)
        self._arrange()
        self.days.changed.connect(self._look)
        self.ends.chosen.connect(self._choose_end)
        self.alarm.chosen.connect(self._choose_alarm)

    @property
    def wishes(self) -> Mapping[str, str]:
        wishes = {
            "days": ",".join(self.days.in_state(1)),
            "time": self.time.text(),
            "from": self.first.text(),
            "alarm": self._alarm,
        }
        return wishes | ({"until": self.until.text()} if self._ends == _ENDS else {})

    @property
    def problem(self) -> str:
        return self._problem

    def begin(self, today: str) -> None:
        self.first.setText(today)
        self._propose_end()
        self._look()

    def _choose_end(self, ends: str) -> None:
        self._ends = ends
        self._until_box.setVisible(ends == _ENDS)
        self._propose_end()
        self._look()

    def _propose_end(self) -> None:
        if self._ends == _ENDS and self.until.text().strip() <= self.first.text().strip():
            try:
                first = date.fromisoformat(self.first.text().strip())
                self.until.setText((first + timedelta(weeks=_USUAL_WEEKS)).isoformat())
            except (ValueError, OverflowError):
                self.until.clear()

    def _choose_alarm(self, minutes: str) -> None:
        self._alarm = minutes
        self._look()

    def _look(self) -> None:
        """Tell when the first time is, or what has to be put right."""
        try:
            told, self._problem = self._first_words(read_plan(self.wishes)), ""
        except ChainTimerError as error:
            told, self._problem = "", _as_labeled(str(error))
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self.refusal.setText(self._problem)
        self.refusal.setVisible(bool(self._problem))
        for line, name in ((self.time, "time"), (self.first, "from"), (self.until, "until")):
            _mark(line, wrong=f"{name.capitalize()}:" in self._problem)
        self.changed.emit()

    def _first_words(self, plan: Plan) -> str:
        day = QDate(plan.start.year, plan.start.month, plan.start.day)
        words = QLocale.c().toString(day, "dddd, MMMM d, yyyy")
        return self.tr("The first time is {day}, at {time}.").format(day=words, time=f"{plan.at:%H:%M}")

    def _line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setMaxLength(20)
        line.setAccessibleName(name)
        line.setToolTip(name)
        line.setFixedWidth(_FIELD_WIDTH)
        line.textEdited.connect(lambda _text: self._look())
        return line

    def _arrange(self) -> None:
        rows = _rows(self)
        rows.addWidget(beneath(self.tr("Days"), self.days, self))
        rows.addWidget(beside(self.tr("Time"), self.time, self, filling=False))
        rows.addWidget(beside(self.tr("From"), self.first, self, filling=False))
        rows.addWidget(beside(self.tr("Until"), self.ends, self))
        self._until_box = beside("", self.until, self, filling=False)
        self._until_box.hide()
        rows.addWidget(self._until_box)
        rows.addWidget(beneath(self.tr("Alarm before it"), self.alarm, self))
        rows.addWidget(self.told)
        rows.addWidget(self.refusal)


_OPTIONS: Mapping[str, Callable[[QWidget], Options]] = {"days": CalendarOptions, "paper": PaperOptions}
"""Who asks for wishes, by one of them that no others have."""


def options_for(made: OutFormat, parent: QWidget) -> Options | None:
    """Give the fields for what a format wants to be told; None where there is nothing."""
    asking = next((_OPTIONS[wish] for wish in made.wishes if wish in _OPTIONS), None)
    return None if asking is None else asking(parent)


def _rows(options: QWidget) -> QVBoxLayout:
    rows = QVBoxLayout(options)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(12)
    return rows


def _usual_paper() -> str:
    """Give what printers of the person's country hold."""
    imperial = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return "letter" if imperial else "a4"


def _as_labeled(problems: str) -> str:
    """Name wishes as their fields are called."""
    return "\n".join(line[:1].upper() + line[1:] for line in problems.splitlines())


def _mark(line: QLineEdit, *, wrong: bool) -> None:
    if bool(line.property("wrong")) != wrong:
        line.setProperty("wrong", wrong)
        line.style().polish(line)
