"""The routines as cards: what is on each, and the list of those that a search leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject

from chain_timer.drawing.chain import Effort, Link
from chain_timer.drawing.strip import Block, blocks_of
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import whole_minutes
from chain_timer.window.found_model import FoundModel


@dataclass(frozen=True, slots=True)
class Outline:
    """A routine's course in time, as far as a card shows it."""

    duration_ms: int
    estimated: bool
    blocks: tuple[Block, ...]

    @property
    def length_text(self) -> str:
        minutes = whole_minutes(self.duration_ms)
        text = QCoreApplication.translate("cards", "{minutes} min").format(minutes=minutes)
        return f"~{text}" if self.estimated else text


@dataclass(frozen=True, slots=True)
class Card:
    """What is on a card before its course in time is known."""

    id: str
    name: str
    count_text: str
    equipment_text: str
    links: tuple[Link, ...]
    muscles: tuple[str, ...]
    """The names of the muscles that work most."""
    findable: str
    """All that a search looks at, casefolded."""
    exercises: tuple[Exercise, ...] = ()

    def line(self, outline: Outline | None) -> str:
        parts = [self.count_text, outline.length_text if outline else "", self.equipment_text]
        return " · ".join(part for part in parts if part)


def outline_of(timeline: Timeline) -> Outline:
    return Outline(timeline.duration_ms, timeline.estimated, blocks_of(timeline))


def card_of(routine: Routine, names: Names) -> Card:
    exercises = routine.exercises
    helping = tuple(muscle for exercise in exercises for muscle in exercise.also)
    words = [
        routine.name,
        routine.summary,
        *(exercise.name for exercise in exercises),
        *(names.muscle_name(muscle) for muscle in (*routine.muscles, *helping)),
        *(names.equipment_name(thing) for thing in routine.equipment),
    ]
    return Card(
        routine.id,
        routine.name,
        _count_text(routine),
        names.equipment_text(routine.equipment).lower(),
        chain_links(routine.muscles, helping, names),
        tuple(names.muscle_name(muscle) for muscle in routine.muscles),
        " ".join(words).casefold(),
        tuple(exercises),
    )


def told_apart(cards: Sequence[Card]) -> list[Card]:
    """Put first an exercise that no other card shows, where there is one: pictures should differ."""
    taken: set[str] = set()
    first: dict[str, Exercise] = {}
    # Those with the fewest exercises choose first: they have the least choice.
    for card in sorted(cards, key=lambda each: len(each.exercises)):
        found = next((each for each in card.exercises if each.id not in taken), None)
        if found is not None:
            taken.add(found.id)
            first[card.id] = found
    return [_led_by(card, first[card.id]) if card.id in first else card for card in cards]


def _led_by(card: Card, exercise: Exercise) -> Card:
    others = tuple(each for each in card.exercises if each is not exercise)
    return replace(card, exercises=(exercise, *others))


def chain_links(working: Sequence[str], helping: Sequence[str], names: Names) -> tuple[Link, ...]:
    """Give the posterior chain, neck to ankles, with how much each of it does."""
    return tuple(
        Link(muscle.name, _effort(muscle.id, working, helping))
        for muscle in names.muscles.values()
        if muscle.chain
    )


def _effort(muscle: str, working: Sequence[str], helping: Sequence[str]) -> Effort:
    if muscle in working:
        return Effort.WORKS
    return Effort.HELPS if muscle in helping else Effort.NONE


def _count_text(routine: Routine) -> str:
    count = len(routine.exercises)
    translate = QCoreApplication.translate
    if all(isinstance(item.work, Hold) for item in routine.items):
        text = translate("cards", "1 stretch") if count == 1 else translate("cards", "{count} stretches")
    else:
        text = translate("cards", "1 exercise") if count == 1 else translate("cards", "{count} exercises")
    return text.format(count=count)


class CardModel(FoundModel[Card]):
    """The cards a search leaves, each with its course in time once that is known."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outlines: dict[str, Outline] = {}
        self._awaited: set[str] = set()
        self.wants_outline: Callable[[str], None] = lambda _id: None
        """Called once for each card that is about to be drawn; the answer is :meth:`show_outline`."""

    def show_outline(self, card_id: str, outline: Outline) -> None:
        self._outlines[card_id] = outline
        row = self.row_of(card_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def forget_outlines(self) -> None:
        """Ask again for each that is drawn: a setting changed how long routines take."""
        self._awaited.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def outline(self, card_id: str) -> Outline | None:
        if card_id not in self._awaited:
            self._awaited.add(card_id)
            self.wants_outline(card_id)
        return self._outlines.get(card_id)

    def spoken(self, item: Card) -> str:
        return f"{item.name}, {item.line(self._outlines.get(item.id))}"
