import json
from dataclasses import replace

from helpers.cases import Compile, MakeExercise, MakeItem, MakeRoutine

from chain_timer.routine.exercise import Reps
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Coaching
from chain_timer.timeline.transcript import as_data, transcript


def test_a_line_a_mark(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(
        routine(item(stretch(steps=0))), lambda words: 100 * len(words.split()), coaching=Coaching.CUES
    )
    assert list(transcript(timeline)) == [
        " 0:00.000  prepare   Move 1, 10s",
        " 0:00.000  say       Next: Move 1. Thirty seconds.",
        " 0:07.000  tone      [tick]",
        " 0:08.000  tone      [tick]",
        " 0:09.000  tone      [tick]",
        " 0:10.000  hold      Move 1, 30s",
        " 0:10.000  tone      [start]",
        " 0:10.450  say       Hold. Stay tall.",
        " 0:25.000  say       Halfway. [half]",
        " 0:37.000  say       Three. [tick]",
        " 0:38.000  say       Two. [tick]",
        " 0:39.000  say       One. [tick]",
        " 0:40.000  finish    4s",
        " 0:40.000  tone      [end]",
        " 0:40.675  say       Well done. One exercise in one minute.",
        " 0:41.625  tone      [finish]",
        " 0:44.000  end",
    ]


def test_a_gate_says_that_it_waits_and_its_length_is_no_promise(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise, own_pace: Reps
) -> None:
    lines = list(transcript(compiled(routine(item(stretch(), own_pace)), coaching=Coaching.SILENT)))
    assert any(line.endswith("reps      Move 1, 5 reps, ~20s") for line in lines)
    assert any(line.endswith("gate      waits until you say done") for line in lines)


def test_hostile_names_are_printed_in_one_plain_line(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    odd = replace(stretch(), name="a\x1b[2J\u202eb\nc" + "x" * 5_000)
    for line in transcript(compiled(routine(item(odd)))):
        assert line.isprintable()
        assert len(line) < 1_000


def test_data_is_plain_and_complete(compiled: Compile, library: Library) -> None:
    for routine in library.routines:
        timeline = compiled(routine)
        data = json.loads(json.dumps(as_data(timeline)))
        assert data["duration_ms"] == sum(segment["duration_ms"] for segment in data["segments"])
        assert len(data["cues"]) == sum(len(segment.cues) for segment in timeline.segments)
        assert {"start_ms", "duration_ms", "kind", "exercise", "side"} <= data["segments"][0].keys()
        assert {"at_ms", "length_ms", "words", "tone"} == data["cues"][0].keys()


def test_data_of_nothing_is_nothing(compiled: Compile, routine: MakeRoutine) -> None:
    data = as_data(compiled(routine()))
    assert (data["duration_ms"], data["segments"], data["cues"]) == (0, [], [])
