"""What the tests of bringing in share: documents, ways to damage them, and what a sound outcome is."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import tomlkit
from hypothesis import strategies as st

from chain_timer.exchange.parcel import Known, Parcel
from chain_timer.exchange.source import Source
from chain_timer.problems import plain
from chain_timer.routine.exercise import Exercise, Hold, Tempo, Work
from chain_timer.routine.exercise_reader import exercise_from
from chain_timer.routine.library import Library
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.routine.routine_reader import routine_from
from chain_timer.units import duration_text

_LIBRARY = Library.built_in()


def known() -> Known:
    """Everything that ships."""
    return Known({each.id: each for each in _LIBRARY.exercises}, _LIBRARY.names)


def source_of(document: object, name: str = "tried.json") -> Source:
    """A file with this as JSON."""
    return Source(json.dumps(document).encode(), name)


def told(parcel: Parcel) -> list[str]:
    return [str(loss) for loss in parcel.losses]


def assert_sound(parcel: Parcel) -> None:
    """All of it can be written as files of ours and is read again just so; every message is plain text."""
    ids = [each.id for each in parcel.exercises]
    assert len(set(ids)) == len(ids)
    shipped = known().exercises
    every = {**shipped, **{each.id: each for each in parcel.exercises}}
    for exercise in parcel.exercises:
        assert shipped.get(exercise.id) is None
        assert exercise_from(_exercise_toml(exercise), exercise.id, known().names) == exercise
    for routine in parcel.routines:
        assert _read_routine(routine, every, known().names) == routine
    for loss in parcel.losses:
        assert plain(str(loss), 10_000) == str(loss)


def _read_routine(routine: Routine, every: dict[str, Exercise], names: Names) -> Routine:
    values: dict[str, Any] = {"name": routine.name, "circuit": [_circuit(each) for each in routine.circuits]}
    if routine.summary:
        values["summary"] = routine.summary
    if routine.rest_ms is not None:
        values["rest"] = duration_text(routine.rest_ms)
    return routine_from(tomlkit.dumps(values), routine.id, every, names)


def _exercise_toml(exercise: Exercise) -> str:
    values: dict[str, Any] = {
        "name": exercise.name,
        "sides": exercise.sided,
        "side_noun": exercise.side_noun if exercise.sided else "",
        "steps": [step.right for step in exercise.steps],
        "muscles": list(exercise.muscles),
        "also": list(exercise.also),
        "equipment": list(exercise.equipment),
        "summary": exercise.summary,
        "key_cue": exercise.key_cue,
        "easier": exercise.easier,
        "equipment_note": exercise.equipment_note,
        "source": exercise.source,
        "license": exercise.license,
        **_work(exercise.work),
    }
    return tomlkit.dumps({key: value for key, value in values.items() if value or key == "sides"})


def _circuit(circuit: Circuit) -> dict[str, Any]:
    values: dict[str, Any] = {"rounds": circuit.rounds, "exercise": [_item(each) for each in circuit.items]}
    if circuit.rest_ms is not None:
        values["rest"] = duration_text(circuit.rest_ms)
    if circuit.round_rest_ms is not None:
        values["round_rest"] = duration_text(circuit.round_rest_ms)
    return values


def _item(item: Item) -> dict[str, Any]:
    works = _work(item.work) if item.fixed or not isinstance(item.work, Hold) else {}
    rests = {} if item.rest_ms is None else {"rest": duration_text(item.rest_ms)}
    return {"exercise": item.exercise.id, "sets": item.sets, **works, **rests}


def _work(work: Work) -> dict[str, Any]:
    if isinstance(work, Hold):
        return {"hold": duration_text(work.length_ms)}
    return {"reps": work.count, "tempo": _tempo(work.tempo), "self_paced": work.self_paced}


def _tempo(tempo: Tempo) -> dict[str, str]:
    phases = {"down": tempo.down_ms, "pause": tempo.pause_ms, "up": tempo.up_ms}
    keys = reversed(phases) if tempo.up_first else phases
    return {key: duration_text(phases[key]) for key in keys}


# --- damage ------------------------------------------------------------------------------------------

_ODD_TEXT = st.text(st.characters(), max_size=30) | st.sampled_from(
    [
        "",
        " ",
        "\x1b[31mred",
        "\u202egnp.exe",
        "a" * 5_000,
        "{side}",
        "{",
        "\ud800",
        "\u0301" * 50,
        "con",
        "x\0y",
    ]
)
_ODD_NUMBER = st.sampled_from([0, -1, 1, 10**18, -(10**18), 0.5, 1e300, -1e-300, 3.0]) | st.integers(-99, 999)
_LEAF = st.none() | st.booleans() | _ODD_NUMBER | _ODD_TEXT
_ODD = st.recursive(
    _LEAF,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_ODD_TEXT, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged(draw: st.DrawFn, document: object) -> object:
    """The document with a few of its values of another kind, missing, added or doubled."""
    values: Any = {"whole": deepcopy(document)}
    for _ in range(draw(st.integers(1, 5))):
        place, key = draw(st.sampled_from(list(_places(values))))
        way = draw(st.sampled_from(("replace", "replace", "remove", "add", "double")))
        if way == "replace" or place is values:
            place[key] = draw(_ODD)
        elif way == "remove":
            del place[key]
        elif isinstance(place, list):
            place.insert(key, deepcopy(place[key]) if way == "double" else draw(_ODD))
        else:
            place[draw(_ODD_TEXT)] = draw(_ODD)
    return values["whole"]


def _places(values: Any) -> Iterator[tuple[Any, Any]]:
    inner = values.items() if isinstance(values, dict) else enumerate(values)
    for key, value in inner:
        yield values, key
        if isinstance(value, dict | list):
            yield from _places(value)
