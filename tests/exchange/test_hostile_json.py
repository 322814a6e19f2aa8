"""The largest JSON that can be read costs little time, whatever is in it."""

import time
from collections.abc import Callable

import pytest
from helpers.incoming import known

from chain_timer.exchange import exercemus, feeel, free_exercise_db, plans
from chain_timer.exchange.parcel import Known, Parcel, Progress, no_progress
from chain_timer.exchange.source import LARGEST_TEXT, Source

Read = Callable[[Source, Known, Progress], Parcel]

LONGEST_S = 20
"""Of computing: a second or two where there is nothing else to do; what it must not be is minutes."""
FREE_EXERCISE_DB = '"name":"a","primaryMuscles":["x"],"instructions":'
EXERCEMUS = '"name":"a","primary_muscles":["x"],"instructions":'
PLAN = '{"name":"p","exercises":[{"name":"n","reps":3}]}'
FEEEL = '{"fullWorkout":{"workout":{"title":"t"},"workoutExercises":[{"exercise":1}'


def filled(head: str, entry: str, tail: str) -> str:
    """As many entries as fit, after the one in the head."""
    return head + f",{entry}" * ((LARGEST_TEXT - len(head + tail)) // (len(entry) + 1)) + tail


def collection(words: str) -> str:
    return filled(f"[{{{FREE_EXERCISE_DB}[]}}", f'{{{FREE_EXERCISE_DB}["{words}"]}}', "]")


HOSTILE: dict[str, tuple[Read, Callable[[], str]]] = {
    "entries without anything": (
        free_exercise_db.read,
        lambda: filled(f"[{{{FREE_EXERCISE_DB}[]}}", "{}", "]"),
    ),
    "short entries": (free_exercise_db.read, lambda: collection("a")),
    "sentences": (free_exercise_db.read, lambda: collection("Do it! " * 110)),
    "words about sides": (free_exercise_db.read, lambda: collection("repeat other side. " * 40)),
    "letters that are none": (free_exercise_db.read, lambda: collection("\\u200b" * 130)),
    "two long texts": (free_exercise_db.read, lambda: collection("a. " * 2_500_000)),
    "licensed entries": (
        exercemus.read,
        lambda: filled(f'{{"exercises":[{{{EXERCEMUS}[]}}', f'{{{EXERCEMUS}["b"]}}', "]}"),
    ),
    "plans": (plans.read, lambda: filled(f"[{PLAN}", PLAN, "]")),
    "one plan": (plans.read, lambda: filled(PLAN[:-2], '{"name":"n","reps":3}', "]}")),
    "numbers": (feeel.read, lambda: filled(FEEEL, '{"exercise":7}', "]}}")),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_sixteen_mebibytes_are_read_in_little_time(kind: str) -> None:
    read, text = HOSTILE[kind]
    source = Source(text().encode(), "hostile.json")
    assert len(source.data) > LARGEST_TEXT * 0.8
    began = time.process_time()
    parcel = read(source, known(), no_progress)
    assert time.process_time() - began < LONGEST_S
    assert parcel.losses
    assert len(parcel.losses) <= 201
