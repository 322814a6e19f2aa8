"""The routines as cards: what is on each, and the list of those that a search leaves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QObject

from chain_timer.drawing.chain import Effort, Link
from chain_timer.drawing.strip import Block, blocks_of
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.library import Library
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine
from chain_timer.routine.sketch import RoutineSketch, sketch_of
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import whole_minutes
from chain_timer.window.found_model import FoundModel

_AT_ONCE = 128
_MOST_OUTLINES = 300
"""Kept; of one that is seen again later the course is made again."""


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
    """What is on a card before its course in time is known; what only a card in sight needs is made then."""

    sketch: RoutineSketch
    names: Names = field(compare=False)
    mark: object = None
    """Tells one version of a routine from another that looks the same."""
    lead: Exercise | None = None
    """The exercise whose picture is shown, if it has one."""

    @property
    def id(self) -> str:
        return self.sketch.id

    @property
    def name(self) -> str:
        return self.sketch.name

    @property
    def findable(self) -> str:
        return self.sketch.findable

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The one that leads, and then the others. Those of own files are only sketched."""
        lead = self.lead
        if lead is None:
            return self.sketch.exercises
        return (lead, *(each for each in self.sketch.exercises if each is not lead))

    @property
    def links(self) -> tuple[Link, ...]:
        return chain_links(self.sketch.muscles, self.sketch.helping, self.names)

    @property
    def muscles(self) -> tuple[str, ...]:
        """The names of the muscles that work most."""
        return tuple(self.names.muscle_name(muscle) for muscle in self.sketch.muscles)

    def line(self, outline: Outline | None) -> str:
        equipment = self.names.equipment_text(self.sketch.equipment).lower()
        parts = [_count_text(self.sketch), outline.length_text if outline else "", equipment]
        return " · ".join(part for part in parts if part)


def outline_of(timeline: Timeline) -> Outline:
    return Outline(timeline.duration_ms, timeline.estimated, blocks_of(timeline))


def card_of(routine: Routine | RoutineSketch, names: Names, mark: object = None) -> Card:
    sketch = sketch_of(routine, names) if isinstance(routine, Routine) else routine
    return Card(sketch, names, mark)


def cards_of(
    library: Library,
    before: Mapping[str, Card] | None = None,
    breathe: Callable[[], None] = lambda: None,
) -> tuple[Card, ...]:
    """Give the cards of all routines. Of those there were before, the ones that still hold are taken over.

    Thousands take a tenth of a second: for a thread, that breathes between a few.
    """
    cards, were = list[Card](), before or {}
    for count, sketch in enumerate(library.routine_sketches):
        mark, known = library.routine_mark(sketch.id), were.get(sketch.id)
        same = known is not None and known.sketch is sketch and known.mark == mark
        cards.append(known if known is not None and same else card_of(sketch, library.names, mark))
        if count % _AT_ONCE == 0:
            breathe()
    return tuple(told_apart(cards))


def told_apart(cards: Sequence[Card]) -> list[Card]:
    """Put first an exercise that no other card shows, where there is one: pictures should differ."""
    taken: set[str] = set()
    first: dict[str, Exercise] = {}
    # Those with the fewest exercises choose first: they have the least choice.
    for card in sorted(cards, key=lambda each: len(each.sketch.exercises)):
        found = next((each for each in card.sketch.exercises if each.id not in taken), None)
        if found is not None:
            taken.add(found.id)
            first[card.id] = found
    return [_led_by(card, first.get(card.id)) for card in cards]


def _led_by(card: Card, lead: Exercise | None) -> Card:
    return card if card.lead is lead else replace(card, lead=lead)


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


def _count_text(routine: RoutineSketch) -> str:
    count = len(routine.exercises)
    translate = QCoreApplication.translate
    if routine.only_holds:
        text = translate("cards", "1 stretch") if count == 1 else translate("cards", "{count} stretches")
    else:
        text = translate("cards", "1 exercise") if count == 1 else translate("cards", "{count} exercises")
    return text.format(count=count)


class CardModel(FoundModel[Card]):
    """The cards a search leaves, each with its course in time once that is known."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outlines: dict[str, Outline] = {}
        self._awaited: dict[str, object] = {}
        """The cards whose course was asked for, and which version of them."""
        self.wants_outline: Callable[[str], None] = lambda _id: None
        """Called once for each card that is about to be drawn; the answer is :meth:`show_outline`."""

    def show_items(self, items: Sequence[Card]) -> None:
        super().show_items(items)
        marks = {card.id: card.mark for card in self._all}
        for card_id in [each for each, mark in self._awaited.items() if marks.get(each, each) != mark]:
            self._forget(card_id)

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

    def outline(self, card: Card) -> Outline | None:
        if card.id not in self._awaited:
            if len(self._awaited) >= _MOST_OUTLINES:
                self._forget(next(iter(self._awaited)))
            self._awaited[card.id] = card.mark
            self.wants_outline(card.id)
        return self._outlines.get(card.id)

    def spoken(self, item: Card) -> str:
        return f"{item.name}, {item.line(self._outlines.get(item.id))}"

    def _forget(self, card_id: str) -> None:
        self._awaited.pop(card_id, None)
        self._outlines.pop(card_id, None)
