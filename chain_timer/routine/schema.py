"""JSON Schemas of exercise and routine files, made of what the readers know, for editors to go by.

In draft 7 and with every key of a table in one place: that is what Taplo, and so Even Better TOML in VS Code,
understands whole. Of newer drafts it takes over some keywords and passes over others without a word
(https://github.com/tamasfe/taplo/issues/497). What a schema cannot say, the readers tell all the same.
"""

import re
from collections.abc import Iterable, Mapping

from chain_timer.routine.exercise import Side
from chain_timer.routine.exercise_reader import (
    LONGEST_HOLD_MS,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_NOUN,
    LONGEST_REP_MS,
    MOST_NAMED,
    MOST_REPS,
    MOST_STEPS,
    PICTURE_NAME,
    SHORTEST_HOLD_MS,
    USUAL_HOLD,
)
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Coaching
from chain_timer.routine.routine_reader import LONGEST_REST_MS, MOST_IN_A_ROW, MOST_ROUNDS
from chain_timer.units import DURATIONS, LONGEST_DURATION_TEXT, SECOND_MS, duration_text

DRAFT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, object]

# Signs nobody sees: they make no name. In escapes, so that the file is plain ASCII.
_UNSEEN = (
    r"\s\u0000-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\ue000-\uf8ff\ufeff\ufff9-\ufffb"
)
_SOMETHING = f"[^{_UNSEEN}]"
_ANY_BRACES = r"\{[^{}]*\}"
_OTHER_BRACES = r"\{(?!(?:side|other)\})[^{}]*\}"
_ID = r"^(?!-)(?![\s\S]*--)(?![\s\S]*-$)[^\u0000-,./:-`{-\u007f]+$"
_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(\?P<\w+>|\(\?.|[a-z]")
_SPACE = r"[ \t\n\r\f\v]"


def exercise_schema(names: Names) -> Schema:
    """Give the schema of an exercise's file: the same keys as those of an exercise within a routine."""
    return {
        "$schema": DRAFT,
        "title": "An exercise of Chain Timer",
        "description": "One movement or stretch. A file goes by its name: my-move.toml holds my-move.",
        **_exercise(names),
        "definitions": _definitions(("line", "unsided", "sentence", "hold", "phase")),
    }


def routine_schema(names: Names, exercises: Iterable[str] = ()) -> Schema:
    """Give the schema of a routine's file; ``exercises`` are ids an editor offers among others."""
    known = sorted(exercises)
    return {
        "$schema": DRAFT,
        "title": "A routine of Chain Timer",
        "description": "The whole plan: exercises in circuits, with rests and rounds.",
        **_table(_routine_keys(), required=("name",)),
        **_one_of_two("exercises", "circuit"),
        "definitions": {
            **_definitions(("line", "unsided", "sentence", "hold", "phase", "rest")),
            "name": {"type": "string", **_offered(known, "string")},
            "item": _item(known),
            "items": {"type": "array", "minItems": 1, "items": _ref("item")},
            "circuit": {
                "title": "A circuit",
                "description": "Exercises done one after another for a number of rounds.",
                **_table(_circuit_keys()),
                **_one_of_two("exercises", "exercise"),
            },
            "exercise": {"title": "An exercise of your own", **_exercise(names)},
        },
    }


# --- an exercise -------------------------------------------------------------------------------------


def _exercise(names: Names) -> Schema:
    return {
        **_table(_exercise_keys(names), required=("name",)),
        "not": {"required": ["hold", "reps"]},
        "dependencies": {
            "tempo": ["reps"],
            "self_paced": ["reps"],
            "side_noun": _with_sides(),
        },
        # A step names a side only where there are some.
        "if": _with_sides(),
        "else": {"properties": {"steps": {"items": _ref("unsided")}, "out": _ref("unsided")}},
    }


def _with_sides() -> Schema:
    return {"required": ["sides"], "properties": {"sides": {"const": True}}}


def _exercise_keys(names: Names) -> Schema:
    muscles = {muscle_id: muscle.name for muscle_id, muscle in names.muscles.items()}
    return {
        "name": _text("The exercise's name, in any language.", LONGEST_NAME, ["Wall calf stretch"]),
        "summary": _said("line", "One line that tells what it is for.", "Lengthens one calf at a time."),
        "muscles": _ids("The muscles that work.", muscles, ["calves"]),
        "also": _ids("The muscles that help.", muscles, ["hamstrings"]),
        "equipment": _ids("What it takes to do it.", names.equipment, ["chair"]),
        "equipment_note": _said(
            "line",
            "Which kind of equipment, or what may stand in for it; never said.",
            "A wall or a heavy table.",
        ),
        **_told_keys(),
        **_work_keys(),
        **_origin_keys(),
    }


def _told_keys() -> Schema:
    """Give the keys of what is said and shown while it is done."""
    return {
        "key_cue": _said("unsided", "The one thing to remember.", "Back heel down."),
        "easier": _said("unsided", "An easier way to do it.", "Stand closer to the wall."),
        "sides": {
            "type": "boolean",
            "default": False,
            "description": "Whether it is done on the right, then on the left.",
        },
        "side_noun": {
            **_text('What has the sides: leg makes it "right leg".', LONGEST_NOUN, ["leg"]),
            "default": "side",
        },
        "steps": {
            "type": "array",
            "maxItems": MOST_STEPS,
            "items": _ref("sentence"),
            "default": [],
            "description": (
                f"Up to {MOST_STEPS} sentences, best each one movement in one breath, about 15 words. "
                "With sides, {side} and {other} become right and left, and change places for the other side."
            ),
            "examples": [["Stand tall, hands on the wall.", "Step your {side} foot back."]],
        },
        "out": _said("sentence", "Said after the hold, never before it.", "Step back in slowly."),
    }


def _origin_keys() -> Schema:
    """Give the keys that tell about the exercise itself."""
    return {
        "picture": {
            "type": "string",
            "maxLength": LONGEST_NAME,
            "pattern": rf"^\s*{_portable(PICTURE_NAME)}\s*$",
            "description": "A picture (PNG, JPEG, WebP or SVG) beside this file: a name and no path.",
            "examples": ["wall-calf-stretch.png"],
        },
        "source": _said("line", "Where the exercise comes from; never said.", "My physiotherapist"),
        "license": _said("line", "What its authors ask of those who use it; never said.", "CC BY 4.0"),
    }


def _work_keys() -> Schema:
    phases = {
        "down": _described("phase", "The way down."),
        "pause": _described("phase", "The pause between the two ways."),
        "up": _described("phase", "The way up."),
    }
    return {
        "hold": {
            **_described("hold", "Do it for this long."),
            "default": duration_text(USUAL_HOLD.length_ms),
        },
        "reps": {**_whole(MOST_REPS, "Do it this many times."), "examples": [8, 12]},
        "tempo": {
            **_table(phases),
            "minProperties": 1,
            "description": (
                "How long each part of a rep takes, in the order you do them: down first or up first, pause "
                "between. A rep takes 0.5s to 1m."
            ),
            "examples": [{"down": "3s", "pause": "1s", "up": "2s"}],
        },
        "self_paced": {
            "type": "boolean",
            "default": False,
            "description": "Wait until you say that the reps are done.",
        },
    }


# --- a routine ---------------------------------------------------------------------------------------


def _routine_keys() -> Schema:
    return {
        "name": _text("The routine's name, in any language.", LONGEST_NAME, ["After work"]),
        "summary": _said("line", "One line that tells what it is for.", "Strong first, then long."),
        "coaching": {
            "enum": [level.value for level in Coaching],
            "description": "How much the voice says; leave it out to follow your settings.",
        },
        "rest": _described("rest", "Rest between exercises."),
        "exercises": _described("items", "The exercises, by file name or by title; or use [[circuit]]."),
        "circuit": {
            "type": "array",
            "minItems": 1,
            "items": _ref("circuit"),
            "description": "The parts of the routine, each written [[circuit]].",
        },
        "exercise": {
            "type": "object",
            "propertyNames": {"maxLength": LONGEST_NAME, "pattern": _ID},
            "additionalProperties": _ref("exercise"),
            "description": (
                "Exercises of your own, each written [exercise.my-move], so that one file is all you have to "
                "share."
            ),
        },
    }


def _circuit_keys() -> Schema:
    return {
        "name": _text("What the circuit is called.", LONGEST_NAME, ["Strength"]),
        "rounds": {**_whole(MOST_ROUNDS, "How many times it is done."), "default": 1},
        "rest": _described("rest", 'Rest between exercises, instead of the routine\'s; "0s" for none.'),
        "round_rest": _described("rest", "Rest between rounds; otherwise the same as rest."),
        "exercises": _described("items", "The exercises, by file name or by title."),
        "exercise": _described("items", "The same, each written [[circuit.exercise]], with room to write."),
    }


def _item(known: list[str]) -> Schema:
    side = {"enum": [side.value for side in Side]}
    keys: Schema = {
        "exercise": _described("name", "Which exercise, by file name or by title."),
        **_work_keys(),
        "sides": {
            "anyOf": [
                side,
                {"type": "array", "items": side, "minItems": 1, "maxItems": 2, "uniqueItems": True},
            ],
            "description": "Which side, or both in which order.",
            "examples": [["left", "right"], "right"],
        },
        "sets": {**_whole(MOST_IN_A_ROW, "Times in a row."), "default": 1},
        "rest": _described("rest", "Rest after each set."),
    }
    keys["hold"] = _described("hold", "Do it for this long, whatever the exercise usually is.")
    return {
        "title": "An exercise of the routine",
        "description": "An exercise by file name or by title, or a table with what is special about it here.",
        **_table(keys, required=("exercise",)),
        "type": ["string", "object"],
        **_offered(known, "string", "object"),
        "dependencies": {"hold": {"not": _any_of(("reps", "tempo", "self_paced"))}},
    }


def _offered(known: list[str], *others: str) -> Schema:
    """Have an editor offer some ids, and let everything else be."""
    return {"anyOf": [{"enum": known}, {"type": list(others)}]} if known else {}


# --- values ------------------------------------------------------------------------------------------


def _definitions(wanted: tuple[str, ...]) -> Schema:
    line: Schema = {"type": "string", "maxLength": LONGEST_LINE, "pattern": _SOMETHING}
    every: Mapping[str, Schema] = {
        "line": line,
        "unsided": {**line, "not": {"pattern": _ANY_BRACES}},
        "sentence": {**line, "not": {"pattern": _OTHER_BRACES}},
        "hold": _duration(SHORTEST_HOLD_MS, LONGEST_HOLD_MS, ["30s", "1m30s"]),
        "phase": _duration(0, LONGEST_REP_MS, ["3s", "1.5s"]),
        "rest": _duration(0, LONGEST_REST_MS, ["30s", "1m30s", "0s"]),
    }
    return {name: every[name] for name in wanted}


def _duration(least_ms: int, most_ms: int, examples: list[str]) -> Schema:
    ways = "|".join(_portable(pattern) for pattern in DURATIONS)
    short = rf"(?=[\s\S]{{0,{LONGEST_DURATION_TEXT - 1}}}\S\s*$)"
    # Each keyword looks at values of its own type; so what is wrong is told by itself.
    return {
        "type": ["string", "integer"],
        "pattern": rf"^\s*{short}(?:{ways})\s*$",
        "minimum": -(-least_ms // SECOND_MS),
        "maximum": most_ms // SECOND_MS,
        "title": f"{duration_text(least_ms)} to {duration_text(most_ms)}",
        "examples": examples,
    }


def _portable(pattern: re.Pattern[str]) -> str:
    """Write a pattern so that it means the same to every editor: ASCII digits, letters of either case."""

    def piece(found: re.Match[str]) -> str:
        text = found[0]
        if text == r"\d":
            return "[0-9]"
        if text == r"\s":
            return _SPACE
        if text.startswith("(?P<"):
            return "(?:"
        if text.startswith("["):
            return text.replace(r"\d", "0-9")
        return f"[{text}{text.upper()}]" if text.isalpha() else text

    return f"(?:{_PIECE.sub(piece, pattern.pattern)})"


def _table(keys: Mapping[str, object], required: tuple[str, ...] = ()) -> Schema:
    needed: Schema = {"required": list(required)} if required else {}
    return {"type": "object", "properties": dict(keys), **needed, "additionalProperties": False}


def _one_of_two(one: str, other: str) -> Schema:
    return {"oneOf": [{"required": [one]}, {"required": [other]}]}


def _any_of(keys: tuple[str, ...]) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _described(name: str, description: str) -> Schema:
    # Beside a $ref, draft 7 looks at nothing else.
    return {"allOf": [_ref(name)], "description": description}


def _said(name: str, description: str, example: str) -> Schema:
    return {**_described(name, description), "examples": [example]}


def _text(description: str, longest: int, examples: list[str]) -> Schema:
    return {
        "type": "string",
        "maxLength": longest,
        "pattern": _SOMETHING,
        "description": description,
        "examples": examples,
    }


def _whole(most: int, description: str) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "description": f"{description} 1 to {most:,}."}


def _ids(description: str, known: Mapping[str, str], example: list[str]) -> Schema:
    return {
        "type": "array",
        "maxItems": MOST_NAMED,
        "items": {"enum": list(known)},
        "default": [],
        "description": description,
        "examples": [example],
    }
