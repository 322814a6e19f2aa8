"""Just Another Workout Timer (github.com/blockbasti/just_another_workout_timer): its backups, in and out.

A backup holds workouts, each with sets of exercises that are done for a number of repetitions; all times
are whole seconds. Its backup cuts every letter to eight bits: what is not Latin-1 is lost in it, and may even
break the JSON. What it shares as a single workout is whole.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from chain_timer.exchange.giving import Given
from chain_timer.exchange.json_values import Fields
from chain_timer.exchange.laps import Lap, laps_of, losses_of, stable_id, whole_seconds
from chain_timer.exchange.making import MOST_ROUTINES, Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import LARGEST_TEXT, Source, parse_json
from chain_timer.exchange.spans import Spans, is_rest
from chain_timer.problems import Problem
from chain_timer.routine.routine_reader import MOST_SETS
from chain_timer.units import SECOND_MS, duration_text

NAME = "Just Another Workout Timer"
_VERSION = 2
_USUAL_SECONDS = 30
"""What the program takes where a duration is missing."""
_MENDED = {code: " " if chr(code).isspace() else "?" for code in range(32)}
_NEVER_MOVED = -1
"""The position of a workout that nobody has dragged: it is sorted by its title."""


def recognizes(source: Source) -> bool:
    """Whether it is a backup, or a single workout as the program keeps and shares it."""
    if b'"sets"' not in source.data:
        return False
    value = _document(source)
    if not isinstance(value, dict):
        return False
    workouts = value.get("workouts", [value])
    return isinstance(workouts, list) and any(_is_workout(workout) for workout in workouts[:MOST_ROUTINES])


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Read every workout as a routine. Raises FileProblemsError when there is none in it."""
    maker = Maker(source, known)
    value = _document(source)
    if not isinstance(value, dict):
        raise source.problem("", "this is no backup", "export it once more")
    if source.is_damaged_text or source.json is None:
        maker.lost(
            "",
            "its backup damages letters beyond a-z",
            "check the names; a workout that it shares on its own is whole",
        )
    document = Fields(value if "workouts" in value else {"workouts": [value]}, "", maker)
    workouts = list(document.objects("workouts", "workout", MOST_ROUTINES))
    spans = Spans(maker, NAME)
    for done, workout in enumerate(workouts):
        progress(done, len(workouts))
        if not spans.is_spent:
            _read_workout(workout, spans, maker)
    return maker.parcel()


def _document(source: Source) -> object:
    """Give its JSON, also where letters that were cut to eight bits became control characters."""
    if source.json is not None:
        return source.json
    if len(source.data) > LARGEST_TEXT or not source.data.lstrip().startswith(b"{"):
        return None
    try:
        return parse_json(source.data.decode("latin-1").translate(_MENDED))
    except ValueError:
        return None


def _is_workout(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("sets"), list):
        return False
    return all(isinstance(each, dict) and "exercises" in each for each in value["sets"][:1])


def _read_workout(workout: Fields, spans: Spans, maker: Maker) -> None:
    for each in workout.objects("sets", "set", MOST_SETS):
        spans.begin(each.count("repetitions", 1), each.at("repetitions"))
        for exercise in each.objects("exercises", "exercise", MOST_SETS):
            if spans.is_full:
                break
            _read_exercise(exercise, spans)
    maker.routine(workout.text("title"), spans.circuits(workout.where), workout.where)


def _read_exercise(exercise: Fields, spans: Spans) -> None:
    name = exercise.text("name")
    length_ms = exercise.seconds_ms("duration", _USUAL_SECONDS * SECOND_MS)
    if is_rest(name):
        spans.rest(length_ms, exercise.at("duration"))
    else:
        spans.hold(name, length_ms, exercise.at("duration"))


# --- out ---------------------------------------------------------------------------------------------


def write(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write a backup with the one routine, which the program's *Import a backup* takes."""
    laps = laps_of(given)
    sets: list[_Set] = []
    for done, lap in enumerate(laps):
        progress(done, len(laps))
        sets.extend(_sets_of(lap, is_last=done == len(laps) - 1))
    workout = {
        "title": given.routine.name,
        "sets": [_set_fields(each, given.routine.id, number) for number, each in enumerate(sets)],
        "version": _VERSION,
        "position": _NEVER_MOVED,
    }
    # In ASCII alone, because its own backups have nothing else that survives.
    file.write(json.dumps({"workouts": [workout]}, ensure_ascii=True).encode("ascii"))
    return (*losses_of(given, laps), *_rest_losses(laps))


class _Set(NamedTuple):
    """A set as the program keeps it."""

    repetitions: int
    exercises: list[tuple[str, int]]
    """Names and seconds."""


def _sets_of(lap: Lap, *, is_last: bool) -> Iterator[_Set]:
    exercises: list[tuple[str, int]] = []
    for turn in lap.turns:
        exercises += [(turn.name, max(1, whole_seconds(turn.length_ms))), *_rest(turn.rest_ms)]
    last_ms = lap.turns[-1].rest_ms
    work = exercises[: len(exercises) - len(_rest(last_ms))]
    if lap.rounds == 1:
        yield _Set(1, work if is_last else exercises)
        return
    yield _Set(lap.rounds, [*work, *_rest(lap.round_rest_ms)])
    # Whatever ends a set comes after its last repetition too; only what is wanted beyond that is added.
    if more := _rest(last_ms - lap.round_rest_ms):
        yield _Set(1, more)


def _rest(length_ms: int) -> list[tuple[str, int]]:
    return [("Rest", whole_seconds(length_ms))] if whole_seconds(length_ms) > 0 else []


def _set_fields(each: _Set, routine_id: str, number: int) -> dict[str, object]:
    return {
        "repetitions": each.repetitions,
        "id": stable_id(routine_id, number),
        "exercises": [
            {"name": name, "id": stable_id(routine_id, number, at), "duration": seconds}
            for at, (name, seconds) in enumerate(each.exercises)
        ],
    }


def _rest_losses(laps: tuple[Lap, ...]) -> Iterator[Problem]:
    for lap in laps:
        if lap.rounds > 1 and lap.round_rest_ms > lap.turns[-1].rest_ms:
            rest = duration_text(lap.round_rest_ms)
            what = f"the rest of {rest} between rounds belongs to each round"
            yield Problem(lap.turns[-1].name, what, "it comes after the last one too")
