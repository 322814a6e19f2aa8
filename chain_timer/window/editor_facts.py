"""What the editor is told of a routine: its rows in words, and where each lies in the session."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from chain_timer.routine.editing import Place, item_at
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.routine import Item, Routine
from chain_timer.timeline.options import Options
from chain_timer.timeline.slots import unrolled
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import duration_text
from chain_timer.window.cards import Outline, outline_of
from chain_timer.window.setup_facts import side_text, work_text


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the editor's list: a circuit, or an exercise in it."""

    place: Place
    title: str
    detail: str
    exercise: Exercise | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A routine's course in time, and which row each block of its strip belongs to."""

    outline: Outline
    places: tuple[Place | None, ...]
    """One for each block; None for what belongs to none, as the end."""
    starts_ms: tuple[int, ...]

    def place_at(self, position_ms: int) -> Place | None:
        """Give the row that a position belongs to."""
        found = None
        for place, start_ms in zip(self.places, self.starts_ms, strict=True):
            if start_ms > position_ms:
                break
            found = place
        return found

    def start_of(self, place: Place) -> int | None:
        """Give the first moment of a row; None where it is not reached."""
        for each, start_ms in zip(self.places, self.starts_ms, strict=True):
            if each is not None and (each == place or (place.is_circuit and each.circuit == place.circuit)):
                return start_ms
        return None


def course_of(routine: Routine, options: Options, timeline: Timeline) -> Course:
    places = {slot.number: Place(slot.circuit, slot.item) for slot in unrolled(routine, options)}
    segments = timeline.segments
    return Course(
        outline_of(timeline),
        tuple(places.get(segment.key.slot) for segment in segments),
        tuple(timeline.start_of(index) for index in range(len(segments))),
    )


def row_at(routine: Routine, place: Place) -> Row:
    """Put a row into words."""
    if place.is_circuit:
        return _circuit_row(routine, place)
    item = item_at(routine, place)
    return Row(place, item.exercise.name, " · ".join(_item_details(item)), item.exercise)


def _circuit_row(routine: Routine, place: Place) -> Row:
    translate = QCoreApplication.translate
    circuit = routine.circuits[place.circuit]
    title = circuit.name or (
        translate("editor", "Circuit {number}").format(number=place.circuit + 1)
        if len(routine.circuits) > 1
        else translate("editor", "Exercises")
    )
    details = []
    if circuit.rounds > 1:
        details.append(translate("editor", "{count} rounds").format(count=circuit.rounds))
    if circuit.rest_ms is not None:
        details.append(_rest_text(circuit.rest_ms))
    if circuit.round_rest_ms is not None and circuit.rounds > 1:
        length = duration_text(circuit.round_rest_ms)
        details.append(translate("editor", "{length} between rounds").format(length=length))
    if not circuit.items:
        details.append(translate("editor", "still empty"))
    return Row(place, title, " · ".join(details))


def _item_details(item: Item) -> Iterator[str]:
    translate = QCoreApplication.translate
    if item.sets > 1:
        yield translate("editor", "{count} sets").format(count=item.sets)
    yield work_text(item.work)
    if not isinstance(item.work, Hold) and item.work.tempo != getattr(item.exercise.work, "tempo", None):
        length = duration_text(item.work.tempo.rep_ms)
        yield translate("editor", "{length} a rep").format(length=length)
    if item.sides:
        first, *others = (side_text(side, item.exercise.side_noun) for side in item.sides)
        sides = [first.lower(), *(other.partition(" ")[0].lower() for other in others)]
        yield translate("editor", ", then ").join(sides)
    if item.rest_ms is not None:
        yield _rest_text(item.rest_ms)


def _rest_text(rest_ms: int) -> str:
    if not rest_ms:
        return QCoreApplication.translate("editor", "no rest")
    return QCoreApplication.translate("editor", "{length} rest").format(length=duration_text(rest_ms))
