"""Exercises written as TOML a person can live with, and into the file that a person wrote."""

from functools import cache

from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Hold, Reps, Tempo, Work
from chain_timer.routine.exercise_reader import USUAL_TEMPO, exercise_from
from chain_timer.routine.names import Names, built_in_names
from chain_timer.routine.sentences import sentence_of
from chain_timer.routine.toml_merge import merge_table, rewritten
from chain_timer.routine.toml_tables import TextTable
from chain_timer.routine.toml_text import read_document
from chain_timer.routine.toml_values import table_text
from chain_timer.units import duration_text


def exercise_text(exercise: Exercise, before: str = "") -> str:
    """Write the text of an exercise's file: what ``exercise_from`` reads back as an equal exercise.

    With the text that the file had ``before``, all that says the same stays as it is, comments too.
    """
    fresh = _fresh(exercise)
    if not before.strip():
        return fresh

    def read(text: str) -> Exercise | None:
        try:
            return exercise_from(text, exercise.id, known_names())
        except FileProblemsError:
            return None

    def merge(text: str, was: Exercise) -> str:
        document = read_document(text)
        merge_table(TextTable.whole(document), exercise_values(was), exercise_values(exercise))
        return document.text

    return rewritten(before, fresh, read, merge)


@cache
def known_names() -> Names:
    """The muscles and equipment there are, read once."""
    return built_in_names()


def _fresh(exercise: Exercise) -> str:
    values = exercise_values(exercise)
    said = {key: value for key, value in values.items() if key not in _LAST}
    last = {key: value for key, value in values.items() if key in _LAST}
    return f"{table_text(said)}\n{table_text(last)}"


_LAST = frozenset({"hold", "reps", "tempo", "self_paced", "picture", "source", "license"})
"""The keys below the empty line: the usual work, and what is about the exercise itself."""


def exercise_values(exercise: Exercise) -> dict[str, object]:
    """An exercise as the plain values of its table, in the order they are written."""
    values = {
        "name": exercise.name,
        "summary": exercise.summary,
        "muscles": list(exercise.muscles),
        "also": list(exercise.also),
        "equipment": list(exercise.equipment),
        "equipment_note": exercise.equipment_note,
        "key_cue": exercise.key_cue,
        "easier": exercise.easier,
        "sides": exercise.sided,
        "side_noun": exercise.side_noun if exercise.side_noun != "side" else "",
        "steps": [sentence_of(step) for step in exercise.steps],
        "out": sentence_of(exercise.out) if exercise.out else "",
        **_usual_work(exercise.work),
        "picture": exercise.picture,
        "source": exercise.source,
        "license": exercise.license,
    }
    return {key: value for key, value in values.items() if value}


def _usual_work(work: Work) -> dict[str, object]:
    if isinstance(work, Hold):
        return {"hold": duration_text(work.length_ms)}
    return {"reps": work.count, "tempo": tempo_values(work.tempo), "self_paced": work.self_paced}


def work_values(work: Work, usual: Work) -> dict[str, object]:
    """What an entry of a routine has to say for this work, where this is the exercise's usual one."""
    if isinstance(work, Hold):
        return {} if work == usual else {"hold": duration_text(work.length_ms)}
    is_other_kind = not isinstance(usual, Reps)
    base = usual if isinstance(usual, Reps) else Reps(1, USUAL_TEMPO)
    values: dict[str, object] = {}
    if is_other_kind or work.count != base.count:
        values["reps"] = work.count
    if work.tempo != base.tempo:
        values["tempo"] = tempo_values(work.tempo)
    if work.self_paced != base.self_paced:
        values["self_paced"] = work.self_paced
    return values


def tempo_values(tempo: Tempo) -> dict[str, object]:
    """A tempo by its phases, in the order they are done: the order tells which way comes first."""
    phases = {"down": tempo.down_ms, "pause": tempo.pause_ms, "up": tempo.up_ms}
    first, last = ("up", "down") if tempo.up_first else ("down", "up")
    # A first phase of no time is named where it alone tells the order.
    is_named = phases[first] or tempo.up_first or phases[last]
    return {
        phase: duration_text(phases[phase])
        for phase in (first, "pause", last)
        if phases[phase] or (phase == first and is_named)
    }
