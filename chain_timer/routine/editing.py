"""Changes to a routine, each a pure function: the routine before, the routine after, what is chosen then."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from chain_timer.routine.exercise import Exercise, Hold, Side, Work
from chain_timer.routine.routine import Circuit, Item, Routine

HEAD = -1
"""In the place of an item: the circuit itself."""


class Place(NamedTuple):
    """A circuit of a routine, or an exercise in it; places sort as a person reads them."""

    circuit: int
    item: int = HEAD

    @property
    def is_circuit(self) -> bool:
        return self.item == HEAD


@dataclass(frozen=True, slots=True)
class Edited:
    """A routine as it is being edited: it may still be empty."""

    routine: Routine
    chosen: tuple[Place, ...] = ()
    """What is chosen, in order."""


def places_of(routine: Routine) -> Iterator[Place]:
    """Give every place: each circuit, followed by its exercises."""
    for number, circuit in enumerate(routine.circuits):
        yield Place(number)
        yield from (Place(number, index) for index in range(len(circuit.items)))


def item_at(routine: Routine, place: Place) -> Item:
    return routine.circuits[place.circuit].items[place.item]


def new_item(exercise: Exercise) -> Item:
    """Give an exercise with its usual work, on both sides where it has sides."""
    return Item(exercise, exercise.work, (Side.RIGHT, Side.LEFT) if exercise.sided else ())


def add(edited: Edited, items: Sequence[Item]) -> Edited:
    """Put exercises after the last one that is chosen, or at the end."""
    circuits = list(edited.routine.circuits) or [Circuit(())]
    last = max(edited.chosen, default=Place(len(circuits) - 1, len(circuits[-1].items) - 1))
    number, index = last.circuit, last.item + 1
    if last.is_circuit:
        index = len(circuits[number].items)
    circuits[number] = _with_items(circuits[number], index, items)
    chosen = tuple(Place(number, index + offset) for offset in range(len(items)))
    return Edited(replace(edited.routine, circuits=tuple(circuits)), chosen)


def add_circuit(edited: Edited) -> Edited:
    """Put an empty circuit after the one that is chosen, or at the end."""
    circuits = list(edited.routine.circuits)
    number = max((place.circuit for place in edited.chosen), default=len(circuits) - 1) + 1
    circuits.insert(number, Circuit(()))
    return Edited(replace(edited.routine, circuits=tuple(circuits)), (Place(number),))


def remove(edited: Edited) -> Edited:
    """Take out what is chosen; a circuit with all its exercises. What comes next is chosen then."""
    gone = _whole(edited)
    all_places = list(places_of(edited.routine))
    kept = [place for place in all_places if place not in gone]
    routine, moved = _arranged(edited.routine, kept)
    after = next((place for place in kept if gone and place > max(gone) and not place.is_circuit), None)
    near = after or next((place for place in reversed(kept) if not gone or place < max(gone)), None)
    return Edited(routine, (moved[near],) if near is not None else ())


def duplicate(edited: Edited) -> Edited:
    """Put a copy of all that is chosen behind it."""
    chosen = sorted(edited.chosen)
    heads = {place.circuit for place in chosen if place.is_circuit}
    if heads:
        circuits = [
            copy
            for number, circuit in enumerate(edited.routine.circuits)
            for copy in ([circuit, circuit] if number in heads else [circuit])
        ]
        places = tuple(Place(number + before + 1) for before, number in enumerate(sorted(heads)))
        return Edited(replace(edited.routine, circuits=tuple(circuits)), places)
    if not chosen:
        return edited
    copies = [item_at(edited.routine, place) for place in chosen]
    return add(replace(edited, chosen=(chosen[-1],)), copies)


def shift(edited: Edited, by: int) -> Edited:
    """Move what is chosen one place up (-1) or down (1), over the border of a circuit too."""
    heads = [place for place in edited.chosen if place.is_circuit]
    if heads:
        return _shift_circuits(edited, {place.circuit for place in heads}, by)
    rows = [place for place in places_of(edited.routine) if place != Place(0)]
    marked = {place for place in rows if place in set(edited.chosen)}
    order = range(len(rows)) if by < 0 else range(len(rows) - 1, -1, -1)
    for index in order:
        neighbor = index + (-1 if by < 0 else 1)
        if rows[index] in marked and 0 <= neighbor < len(rows) and rows[neighbor] not in marked:
            rows[index], rows[neighbor] = rows[neighbor], rows[index]
    return _reordered(edited, [Place(0), *rows])


def move(edited: Edited, before: Place | None) -> Edited:
    """Move what is chosen before a place, or to the end."""
    heads = {place.circuit for place in edited.chosen if place.is_circuit}
    if heads:
        target = len(edited.routine.circuits) if before is None else before.circuit
        if before is not None and not before.is_circuit:
            target += 1
        return _move_circuits(edited, heads, target)
    marked = set(edited.chosen)
    rows = list(places_of(edited.routine))
    moved = [place for place in rows if place in marked]
    if before is not None and before in rows:
        at = rows.index(before)
        # Nothing stands before the first circuit: there it becomes the first in it.
        at = max(1, at)
    else:
        at = len(rows)
    front = [place for place in rows[:at] if place not in marked]
    back = [place for place in rows[at:] if place not in marked]
    return _reordered(edited, [*front, *moved, *back])


def change_items(edited: Edited, change: Callable[[Item], Item]) -> Edited:
    """Change every exercise that is chosen; those of a chosen circuit too."""
    chosen = _whole(edited)
    circuits = tuple(
        replace(
            circuit,
            items=tuple(
                change(item) if Place(number, index) in chosen else item
                for index, item in enumerate(circuit.items)
            ),
        )
        for number, circuit in enumerate(edited.routine.circuits)
    )
    return replace(edited, routine=replace(edited.routine, circuits=circuits))


def change_circuits(edited: Edited, change: Callable[[Circuit], Circuit]) -> Edited:
    """Change every circuit in which something is chosen."""
    numbers = {place.circuit for place in edited.chosen}
    circuits = tuple(
        change(circuit) if number in numbers else circuit
        for number, circuit in enumerate(edited.routine.circuits)
    )
    return replace(edited, routine=replace(edited.routine, circuits=circuits))


def choose(edited: Edited, places: Iterable[Place]) -> Edited:
    """Choose other places; those that are not there are left out."""
    there = set(places_of(edited.routine))
    return replace(edited, chosen=tuple(sorted(there & set(places))))


# --- changes of one exercise -----------------------------------------------------------------------------


def with_work(item: Item, work: Work) -> Item:
    """Give an exercise other work; a hold that is said so stays when a session's slider moves all others."""
    return replace(item, work=work, fixed=isinstance(work, Hold))


def with_usual_work(item: Item) -> Item:
    """Give an exercise its own usual work back."""
    return replace(item, work=item.exercise.work, fixed=False)


def complete(routine: Routine) -> Routine:
    """Leave out the circuits in which nothing is done."""
    return replace(routine, circuits=tuple(circuit for circuit in routine.circuits if circuit.items))


# --- arranging -------------------------------------------------------------------------------------------


def _with_items(circuit: Circuit, index: int, items: Sequence[Item]) -> Circuit:
    return replace(circuit, items=(*circuit.items[:index], *items, *circuit.items[index:]))


def _whole(edited: Edited) -> set[Place]:
    """Give what is chosen, with all exercises of a circuit that is."""
    heads = {place.circuit for place in edited.chosen if place.is_circuit}
    chosen = set(edited.chosen)
    return {place for place in places_of(edited.routine) if place.circuit in heads or place in chosen}


def _reordered(edited: Edited, rows: Sequence[Place]) -> Edited:
    routine, moved = _arranged(edited.routine, rows)
    return Edited(routine, tuple(sorted(moved[place] for place in edited.chosen)))


def _arranged(routine: Routine, rows: Sequence[Place]) -> tuple[Routine, dict[Place, Place]]:
    """Give the routine with its places in this order, and where each of them is then."""
    circuits: list[Circuit] = []
    items: list[list[Item]] = []
    moved: dict[Place, Place] = {}
    for place in rows:
        if place.is_circuit:
            circuits.append(routine.circuits[place.circuit])
            items.append([])
            moved[place] = Place(len(circuits) - 1)
        else:
            items[-1].append(item_at(routine, place))
            moved[place] = Place(len(circuits) - 1, len(items[-1]) - 1)
    made = tuple(replace(circuit, items=tuple(own)) for circuit, own in zip(circuits, items, strict=True))
    return replace(routine, circuits=made), moved


def _shift_circuits(edited: Edited, heads: set[int], by: int) -> Edited:
    order = list(range(len(edited.routine.circuits)))
    for index in order[:] if by < 0 else order[::-1]:
        neighbor = index + by
        if order[index] in heads and 0 <= neighbor < len(order) and order[neighbor] not in heads:
            order[index], order[neighbor] = order[neighbor], order[index]
    return _circuits_in(edited, heads, order)


def _move_circuits(edited: Edited, heads: set[int], target: int) -> Edited:
    numbers = range(len(edited.routine.circuits))
    front = [number for number in numbers if number < target and number not in heads]
    back = [number for number in numbers if number >= target and number not in heads]
    return _circuits_in(edited, heads, [*front, *sorted(heads), *back])


def _circuits_in(edited: Edited, heads: set[int], order: Sequence[int]) -> Edited:
    circuits = tuple(edited.routine.circuits[number] for number in order)
    chosen = tuple(Place(index) for index, number in enumerate(order) if number in heads)
    return Edited(replace(edited.routine, circuits=circuits), chosen)
