"""Routines read from the tables of a file: their circuits, and the exercises they use or define."""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from chain_timer.routine.exercise import Exercise, Reps, Side
from chain_timer.routine.exercise_reader import (
    LINE,
    LONGEST_NAME,
    NAME,
    USUAL_TEMPO,
    exercise_in,
    id_of,
    work_in,
)
from chain_timer.routine.finder import Finder
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Circuit, Coaching, Item, Routine
from chain_timer.routine.table import Place, Report, Table, as_table, safe_key
from chain_timer.routine.toml_file import parse_toml, read_toml, source_text
from chain_timer.routine.values import choice, duration, shown, whole
from chain_timer.routine.words import did_you_mean, slug
from chain_timer.units import HOUR_MS, MINUTE_MS

MOST_SETS = 10_000
LONGEST_ROUTINE_MS = 7 * 24 * HOUR_MS
LONGEST_REST_MS = 30 * MINUTE_MS
MOST_ROUNDS = 100
MOST_IN_A_ROW = 20
"""Sets of one exercise before the next one."""

_REST = duration(0, LONGEST_REST_MS, "30s")
_ROUNDS = whole(1, MOST_ROUNDS)
_SETS = whole(1, MOST_IN_A_ROW)
_SIDE = choice(Side)
_OWN_EXAMPLE = "[exercise.my-move] on a line of its own"
_TOP_KEYS = ("name", "summary", "coaching")


def read_routine(path: Path, exercises: Mapping[str, Exercise] | Finder, names: Names) -> Routine:
    """Read the routine of a file. Raises FileProblemsError with everything that is wrong with it.

    Who reads many makes one Finder for all: the names of thousands of exercises are then looked up once.
    """
    return routine_of(read_toml(path), source_text(path), path.stem, exercises, names)


def routine_from(
    toml: str, routine_id: str, exercises: Mapping[str, Exercise] | Finder, names: Names
) -> Routine:
    """Read a routine from the text of a file. Raises FileProblemsError as :func:`read_routine` does."""
    return routine_of(parse_toml(toml, routine_id), routine_id, routine_id, exercises, names)


def routine_of(
    values: dict[str, object],
    source: str,
    name: str,
    exercises: Mapping[str, Exercise] | Finder,
    names: Names,
) -> Routine:
    """Build the routine that plain values describe. Raises FileProblemsError with all that is wrong."""
    report = Report()
    top = Place(report)
    known = exercises if isinstance(exercises, Finder) else Finder(exercises)
    routine = _routine_in(Table(values, top), id_of(name, top), known, names)
    _check_size(routine, top)
    report.raise_if_any(source)
    return routine


def _routine_in(table: Table, routine_id: str, exercises: Finder, names: Names) -> Routine:
    routine = Routine(
        id=routine_id,
        name=table.required("name", NAME, routine_id, 'name = "Morning stretch"'),
        summary=table.get("summary", LINE, ""),
        rest_ms=table.get("rest", _REST, None),
        coaching=table.get("coaching", choice(Coaching), None),
        circuits=_circuits_in(table, _Exercises(_own_exercises(table, names), exercises)),
    )
    table.close(("rounds", "round_rest"), "it belongs to a [[circuit]]")
    return routine


def _own_exercises(table: Table, names: Names) -> dict[str, Exercise]:
    own: dict[str, Exercise] = {}
    if not table.has("exercise"):
        return own
    if isinstance(table.raw("exercise"), list):
        remedy = "define your own as [exercise.my-move], and use them in exercises = [ … ]"
        table.place.problem("[[exercise]] stands outside a circuit", remedy)
        return own
    definitions = table.table("exercise", _OWN_EXAMPLE)
    for key, value in definitions.items() if definitions else ():
        named = safe_key(key) or '""'
        place = table.place.at(f"exercise {named}")
        if not key or slug(key) != key or len(key) > LONGEST_NAME:
            place.problem(
                "this is no id", f"use letters, digits and hyphens, like {slug(key)[:40] or 'my-move'}"
            )
        if (definition := as_table(value, place, _OWN_EXAMPLE)) is not None:
            own[key] = exercise_in(definition, key, names)
    return own


class _Exercises:
    """The exercises a routine may use, found by id or by name: those of its own, and those it is given."""

    def __init__(self, own: Mapping[str, Exercise], known: Finder) -> None:
        self._own = own
        self._own_by_name = {exercise.name.casefold(): exercise for exercise in own.values()}
        self._known = known

    def find(self, name: object, place: Place) -> Exercise | None:
        """Give the exercise of that id or name; tells the problem and gives None when there is none."""
        if not isinstance(name, str):
            place.problem(f"{shown(name)} is not text", 'name an exercise, like "pullup"')
            return None
        found = self._own.get(name) or self._found(name)
        if found is None:
            # Looking for what was meant takes time that a full report has no use for.
            remedy = "" if place.report.is_full else self._remedy(name)
            place.problem(f"there is no exercise {shown(name)}", remedy)
        return found

    def _found(self, name: str) -> Exercise | None:
        known = self._known.find(name)
        if known is not None and known.id == name:
            return known
        mine = self._own_by_name.get(name.casefold())
        # One of its own with the same id stands in the place of the one that is known.
        return mine if mine is not None or known is None or known.id in self._own else known

    def _remedy(self, name: str) -> str:
        known = chain(self._known.suggested(), self._own)
        return did_you_mean(slug(name[:LONGEST_NAME]), known, "chain-timer list tells which there are")


def _circuits_in(table: Table, known: _Exercises) -> tuple[Circuit, ...]:
    if table.has("exercises"):
        if table.has("circuit"):
            table.place.problem("it has both exercises and circuits", "put the exercises into a [[circuit]]")
        return (Circuit(_items_in(table, "exercises", known)),)
    if not table.has("circuit"):
        table.place.problem("there are no exercises", 'add a line like exercises = ["pullup"]')
        return ()
    if isinstance(table.raw("circuit"), dict):
        table.place.at("circuit").problem("it has single brackets", "write [[circuit]]")
        return ()
    if table.raw("circuit") == []:
        table.place.problem("there are no exercises", "name at least one")
    tables = (
        as_table(value, place, "[[circuit]] on a line of its own")
        for place, value in table.entries("circuit", "circuit")
    )
    return tuple(_circuit_in(circuit, known) for circuit in tables if circuit is not None)


def _circuit_in(table: Table, known: _Exercises) -> Circuit:
    key = "exercise" if table.has("exercise") else "exercises"
    if table.has("exercises") and key == "exercise":
        table.place.problem("it has both exercises and [[circuit.exercise]]", "keep the one you mean")
    circuit = Circuit(
        name=table.get("name", NAME, ""),
        rounds=table.get("rounds", _ROUNDS, 1),
        rest_ms=table.get("rest", _REST, None),
        round_rest_ms=table.get("round_rest", _REST, None),
        items=_items_in(table, key, known),
    )
    table.close(_TOP_KEYS, "it belongs above the first [[circuit]]")
    return circuit


def _items_in(table: Table, key: str, known: _Exercises) -> tuple[Item, ...]:
    if not table.has(key):
        table.place.problem("there are no exercises", 'add a line like exercises = ["pullup"]')
    elif table.raw(key) == []:
        table.place.problem("there are no exercises", "name at least one")
    items = (_item_in(value, place, known) for place, value in table.entries(key, "exercise"))
    return tuple(item for item in items if item is not None)


def _item_in(value: object, place: Place, known: _Exercises) -> Item | None:
    if not isinstance(value, dict):
        exercise = known.find(value, place)
        return None if exercise is None else Item(exercise, exercise.work, _both_sides(exercise))
    table = Table(value, place)
    if not table.has("exercise"):
        place.problem("exercise is missing", 'say which, like exercise = "pullup"')
    exercise = known.find(table.raw("exercise"), place) if table.has("exercise") else None
    item = _item_of(table, exercise or _STAND_IN, complete=exercise is not None)
    table.close()
    return item if exercise else None


def _item_of(table: Table, exercise: Exercise, *, complete: bool) -> Item:
    return Item(
        exercise=exercise,
        work=work_in(table, exercise.work),
        sides=_sides_in(table, exercise, complete=complete),
        sets=table.get("sets", _SETS, 1),
        rest_ms=table.get("rest", _REST, None),
        fixed=table.has("hold"),
    )


def _both_sides(exercise: Exercise) -> tuple[Side, ...]:
    return (Side.RIGHT, Side.LEFT) if exercise.sided else ()


def _sides_in(table: Table, exercise: Exercise, *, complete: bool) -> tuple[Side, ...]:
    if not table.has("sides"):
        return _both_sides(exercise)
    place = table.place.at("sides")
    raw = table.raw("sides")
    if isinstance(raw, list):
        sides = tuple(side for entry in raw[:3] if (side := place.read(entry, _SIDE, None)) is not None)
    else:
        sides = tuple(side for side in (place.read(raw, _SIDE, None),) if side is not None)
    if complete and not exercise.sided:
        place.problem(f"{exercise.name} works both sides at once", "leave sides out")
    if isinstance(raw, list) and not raw:
        place.problem("it is empty", 'write ["right", "left"], or leave it out')
    if len(set(sides)) < len(sides):
        place.problem("it names a side twice", "use sets = 2 to do it again")
    return sides


_STAND_IN = Exercise("", "", (), Reps(1, USUAL_TEMPO))
"""Lets the rest of an entry be checked when its exercise is not known: with reps, every key may stand."""


def _check_size(routine: Routine, place: Place) -> None:
    sets = sum(circuit.rounds * sum(item.sets for item in circuit.items) for circuit in routine.circuits)
    if sets > MOST_SETS:
        place.problem(f"it comes to {sets:,} sets", f"use at most {MOST_SETS:,}")
    length_ms = sum(circuit.rounds * _length_ms(circuit.items) for circuit in routine.circuits)
    if length_ms > LONGEST_ROUTINE_MS:
        place.problem(f"it takes {length_ms // HOUR_MS:,} hours", "make it shorter than a week")


def _length_ms(items: Iterable[Item]) -> int:
    return sum(
        item.sets * (max(1, len(item.sides)) * item.work.length_ms + (item.rest_ms or 0)) for item in items
    )
