"""The schemas that editors check files with say the same as the readers, as far as a schema can say it."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from chain_timer.problems import FileProblemsError
from chain_timer.resources import resource_path
from chain_timer.routine.exercise_reader import exercise_in
from chain_timer.routine.library import Library
from chain_timer.routine.routine_reader import routine_of
from chain_timer.routine.schema import exercise_schema, routine_schema
from chain_timer.routine.table import Place, Report, Table
from chain_timer.routine.toml_file import read_toml

LIBRARY = Library.built_in()
DOCS = Path(__file__).parents[2] / "docs"
EXERCISE = exercise_schema(LIBRARY.names)
ROUTINE = routine_schema(LIBRARY.names, LIBRARY.by_exercise_id)
CHECK_EXERCISE, CHECK_ROUTINE = Draft7Validator(EXERCISE), Draft7Validator(ROUTINE)

CANNOT_BE_SAID = {
    "how long a duration written as text is": r"is too short|is too long",
    "how long the parts of a rep are together": r"a rep must take",
    "which exercises there are": r"there is no exercise",
    "whether an exercise has sides": r"works both sides at once",
    "whether an exercise is usually held": r"this is for reps only",
    "how many sets a routine comes to, and how long": r"it comes to .* sets|it takes .* hours",
    "that 2.0 is no whole number": r"\d\.0 is not a",
}

Value = dict[str, Any]


def exercise_problems(values: Value) -> list[str]:
    report = Report()
    exercise_in(Table(values, Place(report)), "tried", LIBRARY.names)
    return [str(problem) for problem in report.problems]


def routine_problems(values: Value) -> list[str]:
    try:
        routine_of(values, "tried", "tried", LIBRARY.by_exercise_id, LIBRARY.names)
    except FileProblemsError as error:
        return [str(problem) for problem in error.problems]
    return []


def can_be_said(problem: str) -> bool:
    return not any(re.search(pattern, problem) for pattern in CANNOT_BE_SAID.values())


def check_agreement(check: Draft7Validator, problems: list[str], values: Value) -> None:
    refusals = [error.message for error in check.iter_errors(values)]
    if not problems:
        assert refusals == [], values
    elif any(map(can_be_said, problems)):
        assert refusals, (problems, values)


SIDED: Value = {
    "name": "Wall calf stretch",
    "summary": "Lengthens one calf.",
    "muscles": ["calves"],
    "also": ["hamstrings"],
    "equipment": ["chair"],
    "equipment_note": "A wall.",
    "key_cue": "Back heel down.",
    "easier": "Stand closer.",
    "sides": True,
    "side_noun": "leg",
    "steps": ["Stand tall.", "{side} foot back, {other} knee bent."],
    "out": "Step back in with the {side} foot.",
    "hold": "30s",
    "picture": "wall-calf-stretch.png",
    "source": "A book",
    "license": "CC BY 4.0",
}
LIFTED: Value = {
    "name": "Calf raise",
    "steps": ["Lift your heels."],
    "reps": 12,
    "tempo": {"up": "1s", "pause": 1, "down": "2s"},
    "self_paced": True,
}
WHOLE: Value = {
    "name": "Saturday",
    "summary": "Strong first.",
    "coaching": "cues",
    "rest": "45s",
    "circuit": [
        {
            "name": "Strength",
            "rounds": 3,
            "rest": 30,
            "round_rest": "1m30s",
            "exercises": [
                "kettlebell-swing",
                {"exercise": "back-squat", "reps": 6, "tempo": {"down": "4s", "up": "2s"}},
                {"exercise": "pullup", "reps": 4, "self_paced": True},
                {"exercise": "romanian-deadlift", "hold": "40s"},
            ],
        },
        {
            "exercise": [
                {
                    "exercise": "standing-hamstring-stretch",
                    "hold": "45s",
                    "sides": ["left", "right"],
                    "sets": 2,
                    "rest": "0s",
                },
                {"exercise": "Calf raise", "reps": 5},
            ]
        },
    ],
    "exercise": {"calf-raise": LIFTED, "wall-2": SIDED},
}
SHORT: Value = {"name": "After work", "exercises": ["pullup", "Downward-facing dog"]}


def with_(values: Value, path: str, value: object) -> Value:
    """A copy with another value at a place like ``circuit.0.rounds``; None takes it away."""
    made = copy.deepcopy(values)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    inner: Any = made
    for part in way:
        inner = inner[part]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return made


# --- the schemas themselves --------------------------------------------------------------------------


@pytest.mark.parametrize("schema", [EXERCISE, ROUTINE], ids=["exercise", "routine"])
def test_it_is_a_sound_schema(schema: Value) -> None:
    Draft7Validator.check_schema(schema)


def test_the_files_in_docs_are_those_made_now() -> None:
    made: Callable[[], dict[str, str]] = run_path(str(DOCS / "schemas.py"))["files"]
    there = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "schemas").iterdir()}
    assert there == made(), "run python docs/schemas.py"


def keys_of(schema: Any) -> Iterator[tuple[str, Value]]:
    if isinstance(schema, dict):
        for name, key in schema.get("properties", {}).items():
            if not (isinstance(key, dict) and set(key) == {"const"}):
                yield name, key
        for part in schema.values():
            yield from keys_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys_of(part)


@pytest.mark.parametrize("schema", [EXERCISE, ROUTINE], ids=["exercise", "routine"])
def test_every_key_is_explained(schema: Value) -> None:
    inner = {"steps", "out"}  # said again where there are no sides
    silent = [name for name, key in keys_of(schema) if "description" not in key and name not in inner]
    assert silent == []


@pytest.mark.parametrize("schema", [EXERCISE, ROUTINE], ids=["exercise", "routine"])
def test_what_an_editor_offers_is_allowed(schema: Value) -> None:
    for name, key in keys_of(schema):
        check = Draft7Validator({**key, "definitions": schema["definitions"]})
        for offered in (*key.get("examples", ()), *([key["default"]] if "default" in key else ())):
            assert check.is_valid(offered), name


def test_every_key_and_id_that_docs_tell_of_is_known() -> None:
    text = (DOCS / "format.md").read_text(encoding="utf-8")
    for key in EXERCISE["properties"]:  # type: ignore[attr-defined]
        assert re.search(rf"\b{key}\b", text), key
    for key in re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE):
        assert key in ROUTINE["definitions"]["item"]["properties"]  # type: ignore[index]


def test_no_pattern_needs_more_than_every_editor_has() -> None:
    # Rust and JavaScript know neither (?i) nor possessive repeats, nor (?P<name>…).
    for pattern in re.findall(r'"pattern": ("[^\n]*")', json.dumps([EXERCISE, ROUTINE], indent=1)):
        text = json.loads(pattern)
        assert not re.search(r"\(\?[iP]|[*+?}]\+|\\p|\\d|\\ud[89a-f]", text)
        assert text.isascii()


# --- agreement with the readers ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", sorted(resource_path("exercises").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_exercise_that_ships_is_valid(path: Path) -> None:
    assert [error.message for error in CHECK_EXERCISE.iter_errors(read_toml(path))] == []


@pytest.mark.parametrize("path", sorted(resource_path("routines").glob("*.toml")), ids=lambda path: path.stem)
def test_every_routine_that_ships_is_valid(path: Path) -> None:
    assert [error.message for error in CHECK_ROUTINE.iter_errors(read_toml(path))] == []


@pytest.mark.parametrize("values", [SIDED, LIFTED, {"name": "a"}], ids=["sided", "lifted", "name alone"])
def test_a_good_exercise_is_good_to_both(values: Value) -> None:
    assert exercise_problems(values) == []
    assert [error.message for error in CHECK_EXERCISE.iter_errors(values)] == []


@pytest.mark.parametrize("values", [WHOLE, SHORT], ids=["whole", "short"])
def test_a_good_routine_is_good_to_both(values: Value) -> None:
    assert routine_problems(values) == []
    assert [error.message for error in CHECK_ROUTINE.iter_errors(values)] == []


@pytest.mark.parametrize(
    "values",
    [
        {},
        with_(SIDED, "name", ""),
        with_(SIDED, "name", " \u200b\t"),
        with_(SIDED, "name", "x" * 201),
        with_(SIDED, "name", 5),
        with_(SIDED, "summary", "x" * 301),
        with_(SIDED, "muscles", ["calfs"]),
        with_(SIDED, "muscles", "calves"),
        with_(SIDED, "muscles", ["calves"] * 21),
        with_(SIDED, "equipment", [True]),
        with_(SIDED, "sides", "yes"),
        with_(SIDED, "sides", value=False),
        with_(SIDED, "sides", None),
        with_(SIDED, "side_noun", "x" * 31),
        with_(SIDED, "steps", ["Stand."] * 21),
        with_(SIDED, "steps.0", "Lift your {leg}."),
        with_(SIDED, "steps.0", "Lift your {}."),
        with_(SIDED, "out", ["Step back."]),
        with_(SIDED, "key_cue", "{side} heel down."),
        with_(SIDED, "hold", "soon"),
        with_(SIDED, "hold", 0),
        with_(SIDED, "hold", 3_601),
        with_(SIDED, "hold", value=True),
        with_(SIDED, "hold", 30.5),
        with_(SIDED, "hold", "1:75"),
        with_(SIDED, "hold", "45" + " " * 60 + "s"),
        with_(SIDED, "reps", 8),
        with_(SIDED, "tempo", {"down": "3s"}),
        with_(SIDED, "self_paced", value=True),
        with_(SIDED, "picture", "../secret.png"),
        with_(SIDED, "picture", ".hidden.png"),
        with_(SIDED, "picture", "move.gif"),
        with_(SIDED, "descripton", "typo"),
        with_(LIFTED, "reps", 0),
        with_(LIFTED, "reps", 1_001),
        with_(LIFTED, "reps", "8"),
        with_(LIFTED, "reps", None),
        with_(LIFTED, "tempo", {}),
        with_(LIFTED, "tempo", "2-1-2"),
        with_(LIFTED, "tempo.hold", "1s"),
        with_(LIFTED, "tempo.down", 61),
        with_(LIFTED, "steps.0", "Lift your {side} heel."),
    ],
    ids=lambda values: str(values)[-60:],
)
def test_a_bad_exercise_is_bad_to_both(values: Value) -> None:
    assert exercise_problems(values) != []
    assert not CHECK_EXERCISE.is_valid(values)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name": "Nothing to do"},
        with_(SHORT, "exercises", []),
        with_(SHORT, "exercises", "pullup"),
        with_(SHORT, "exercises.0", 5),
        with_(SHORT, "exercises.0", {"reps": 5}),
        with_(SHORT, "circuit", [{"exercises": ["pullup"]}]),
        with_(SHORT, "rounds", 3),
        with_(SHORT, "coaching", "loud"),
        with_(SHORT, "rest", 1_801),
        with_(SHORT, "rest", -1),
        with_(SHORT, "exercise", [LIFTED]),
        with_(SHORT, "exercise", {"My Move": LIFTED}),
        with_(SHORT, "exercise", {"-a": LIFTED}),
        with_(SHORT, "exercise", {"a--b": LIFTED}),
        with_(SHORT, "exercise", {"a_b": LIFTED}),
        with_(SHORT, "exercise", {"a": "text"}),
        with_(SHORT, "exercise", {"a": {"steps": []}}),
        with_(WHOLE, "circuit", {"exercises": ["pullup"]}),
        with_(WHOLE, "circuit.0", "Strength"),
        with_(WHOLE, "circuit.0.rounds", 101),
        with_(WHOLE, "circuit.0.coaching", "full"),
        with_(WHOLE, "circuit.0.exercise", [{"exercise": "pullup"}]),
        with_(WHOLE, "circuit.0.exercises", None),
        with_(WHOLE, "circuit.0.exercises.1.hold", "5s"),
        with_(WHOLE, "circuit.0.exercises.3.tempo", {"down": "2s"}),
        with_(WHOLE, "circuit.0.exercises.3.self_paced", value=False),
        with_(WHOLE, "circuit.1.exercise.0.sides", "both"),
        with_(WHOLE, "circuit.1.exercise.0.sides", []),
        with_(WHOLE, "circuit.1.exercise.0.sides", ["left", "left"]),
        with_(WHOLE, "circuit.1.exercise.0.sides", ["left", "right", "left"]),
        with_(WHOLE, "circuit.1.exercise.0.sets", 21),
        with_(WHOLE, "circuit.1.exercise.0.name", "x"),
        with_(WHOLE, "exercise.wall-2.sides", value=False),
    ],
    ids=lambda values: str(values)[:60],
)
def test_a_bad_routine_is_bad_to_both(values: Value) -> None:
    assert routine_problems(values) != []
    assert not CHECK_ROUTINE.is_valid(values)


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("how long a duration written as text is", with_(WHOLE, "circuit.0.exercises.3.hold", "2h")),
        (
            "how long the parts of a rep are together",
            with_(WHOLE, "exercise.calf-raise.tempo", {"up": "0.1s"}),
        ),
        ("which exercises there are", with_(SHORT, "exercises.0", "pushup")),
        (
            "whether an exercise has sides",
            with_(SHORT, "exercises.0", {"exercise": "pullup", "sides": "left"}),
        ),
        (
            "whether an exercise is usually held",
            with_(SHORT, "exercises.0", {"exercise": "downward-facing-dog", "self_paced": True}),
        ),
        (
            "how many sets a routine comes to, and how long",
            {
                "name": "Long",
                "circuit": [{"rounds": 100, "exercises": [{"exercise": "pullup", "sets": 20}] * 6}],
            },
        ),
        ("that 2.0 is no whole number", with_(WHOLE, "circuit.0.rounds", 2.0)),
    ],
)
def test_what_a_schema_cannot_say_the_reader_tells(said: str, values: Value) -> None:
    problems = routine_problems(values)
    assert any(re.search(CANNOT_BE_SAID[said], problem) for problem in problems)
    assert CHECK_ROUTINE.is_valid(values), "it can be said after all"


PLAIN = st.one_of(
    st.none().map(lambda _: {}),
    st.booleans(),
    st.integers(-5, 4_000),
    st.sampled_from([0.5, 2.0, [], [[]], "", " ", "\u200b", "x" * 31, "x" * 201, "x" * 301]),
    st.sampled_from(
        ["45s", "1m30s", "0:45", "1:00:00", "1 h", "90 MIN", "1.5s", "soon", "1m30", " 45 ", "٤٥"]
    ),
    st.sampled_from(
        ["{side} up", "{other}", "{foot} up", "{", "}{", "{{side}}", "a.png", "a.PNG", "a/b.png"]
    ),
    st.sampled_from(["calves", "chair", "pullup", "Pullup", "left", "right", "full", "calf-raise"]),
)
KEYS = [*sorted({name for schema in (EXERCISE, ROUTINE) for name, _ in keys_of(schema)}), "nonsense"]
NESTED = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=4,
)
Change = tuple[int, str, object, bool]
CHANGES = st.lists(
    st.tuples(st.integers(0, 500), st.sampled_from(KEYS), NESTED, st.booleans()), min_size=1, max_size=3
)


def containers(values: Any) -> Iterator[Any]:
    if isinstance(values, dict | list):
        yield values
        for inner in values.values() if isinstance(values, dict) else values:
            yield from containers(inner)


def changed(values: Value, changes: list[Change]) -> Value:
    """Put other values to some places, take some away, and add keys that may or may not be known."""
    made = copy.deepcopy(values)
    for number, key, value, takes in changes:
        found = list(containers(made))
        inner = found[number % len(found)]
        if isinstance(inner, list):
            if takes and len(inner) > 1:
                del inner[number % len(inner)]
            else:
                inner.append(copy.deepcopy(value))
        elif takes and inner:
            inner[list(inner)[number % len(inner)]] = copy.deepcopy(value)
        elif number % 3 and key in inner:
            del inner[key]
        else:
            inner[key] = copy.deepcopy(value)
    return made


@pytest.mark.slow
@settings(max_examples=400, deadline=None, derandomize=True)
@given(base=st.sampled_from([SIDED, LIFTED]), changes=CHANGES)
def test_reader_and_schema_agree_about_any_exercise(base: Value, changes: list[Change]) -> None:
    values = changed(base, changes)
    check_agreement(CHECK_EXERCISE, exercise_problems(values), values)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, derandomize=True)
@given(base=st.sampled_from([WHOLE, SHORT]), changes=CHANGES)
def test_reader_and_schema_agree_about_any_routine(base: Value, changes: list[Change]) -> None:
    values = changed(base, changes)
    check_agreement(CHECK_ROUTINE, routine_problems(values), values)
