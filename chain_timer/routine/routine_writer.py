"""Routines written as TOML a person can live with, and into the file that a person wrote."""

from collections.abc import Mapping

from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Hold, Side
from chain_timer.routine.exercise_writer import exercise_values, known_names, work_values
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.routine.routine_reader import routine_from
from chain_timer.routine.toml_merge import merge_table, rewritten
from chain_timer.routine.toml_tables import TextTable, new_blocks
from chain_timer.routine.toml_text import Block, Document, Group, NotMergedError, read_document
from chain_timer.routine.toml_values import table_text
from chain_timer.units import duration_text

Values = dict[str, object]


def routine_text(routine: Routine, known: Mapping[str, Exercise], before: str = "") -> str:
    """Write the text of a routine's file: what ``routine_from`` reads back as an equal routine.

    Exercises that are not just so in ``known`` are written into the file as well. With the text that the
    file had ``before``, all that says the same stays as it is: comments, order, and the author's way of
    writing. Exercises that the file defines and the routine no longer uses stay too, unless they would come
    in the way of others.
    """
    fresh = _fresh(routine, known)
    if not before.strip():
        return fresh

    def read(text: str) -> Routine | None:
        try:
            return routine_from(text, routine.id, known, known_names())
        except FileProblemsError:
            return None

    return rewritten(before, fresh, read, lambda text, was: _merged(text, was, routine, known))


# --- as plain values -----------------------------------------------------------------------------------


def _top_values(routine: Routine) -> Values:
    values: Values = {"name": routine.name}
    if routine.summary:
        values["summary"] = routine.summary
    if routine.coaching is not None:
        values["coaching"] = routine.coaching.value
    return values | _duration("rest", routine.rest_ms)


def _circuit_values(circuit: Circuit) -> Values:
    values: Values = {"name": circuit.name} if circuit.name else {}
    if circuit.rounds != 1:
        values["rounds"] = circuit.rounds
    values |= _duration("rest", circuit.rest_ms) | _duration("round_rest", circuit.round_rest_ms)
    return values | {"exercises": [_item_values(item) for item in circuit.items]}


def _item_values(item: Item) -> Values:
    values: Values = {"exercise": item.exercise.id, **_work_values(item), **_sides_values(item)}
    if item.sets != 1:
        values["sets"] = item.sets
    return values | _duration("rest", item.rest_ms)


def _work_values(item: Item) -> Values:
    # A hold of its own is written even where it is as long as the usual one.
    if item.fixed and isinstance(item.work, Hold):
        return _duration("hold", item.work.length_ms)
    return work_values(item.work, item.exercise.work)


def _sides_values(item: Item) -> Values:
    if not item.exercise.sided or not item.sides or item.sides == (Side.RIGHT, Side.LEFT):
        return {}
    sides = [side.value for side in item.sides]
    return {"sides": sides[0] if len(sides) == 1 else sides}


def _duration(key: str, length_ms: int | None) -> Values:
    return {} if length_ms is None else {key: duration_text(length_ms)}


def _definitions(routine: Routine, known: Mapping[str, Exercise]) -> dict[str, Values]:
    return {each.id: exercise_values(each) for each in routine.exercises if known.get(each.id) != each}


# --- a file of our own ---------------------------------------------------------------------------------


def _fresh(routine: Routine, known: Mapping[str, Exercise]) -> str:
    circuits = [_circuit_values(circuit) for circuit in routine.circuits]
    top = _top_values(routine)
    if _is_plain(circuits):
        text = table_text(top | circuits[0])
    else:
        text = table_text(top) + "".join(f"\n[[circuit]]\n{table_text(circuit)}" for circuit in circuits)
    own = (
        new_blocks(("exercise", key), values, listed=False)
        for key, values in _definitions(routine, known).items()
    )
    return text + "".join(block.text for blocks in own for block in blocks)


def _is_plain(circuits: list[Values]) -> bool:
    return len(circuits) == 1 and set(circuits[0]) == {"exercises"}


# --- into a file that is there -------------------------------------------------------------------------


def _merged(text: str, was: Routine, routine: Routine, known: Mapping[str, Exercise]) -> str:
    document = read_document(text)
    whole = TextTable.whole(document)
    merge_table(whole, _top_values(was), _top_values(routine))
    old = [_circuit_values(circuit) for circuit in was.circuits]
    new = [_circuit_values(circuit) for circuit in routine.circuits]
    if whole.has("exercises") and _is_plain(new):
        merge_table(whole, {"exercises": old[0]["exercises"]}, {"exercises": new[0]["exercises"]})
    else:
        if whole.has("exercises"):
            _make_circuit(document)
        merge_table(whole, {"circuit": old}, {"circuit": new})
    _merge_definitions(document, was, routine, known)
    return document.text


def _make_circuit(document: Document) -> None:
    """Move the exercises of the whole routine, as they are written, below a header."""
    top = document.top
    part = next((part for part in top.parts if part.key == ("exercises",)), None)
    if part is None:
        raise NotMergedError("the exercises are not in one place")
    top.take_out(part, keep_lead=part is document.first_part)
    body = Group(parts=[part])
    document.blocks.insert(0, Block("\n", "[[circuit]]\n", ("circuit",), listed=True, body=body))


def _merge_definitions(
    document: Document, was: Routine, routine: Routine, known: Mapping[str, Exercise]
) -> None:
    old, new = _definitions(was, known), _definitions(routine, known)
    there = TextTable.whole(document).table("exercise")
    used_before = {exercise.id for exercise in was.exercises}
    for exercise in routine.exercises:
        key = exercise.id
        found = there.table(key) if there else None
        if found is not None and key in old and key in new:
            merge_table(found, old[key], new[key])
            continue
        if there is not None and (key in new or key in old or key not in used_before):
            there.remove(key)
        if key in new:
            document.blocks += new_blocks(("exercise", key), new[key], listed=False)
