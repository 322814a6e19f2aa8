"""FIT plans as sports watches take them: what they ask for comes in, and what is damaged is told, quickly."""

import struct
from time import process_time

import pytest
from helpers import fits
from helpers.fits import (
    REST,
    counted,
    enum,
    file_id,
    fit,
    message_bytes,
    opened,
    plan,
    repeat,
    string,
    timed,
    uint16,
    uint32,
    whole,
    workout,
)
from helpers.own_things import known, library
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange import fit_workout
from chain_timer.exchange.fit_messages import MOST_STEPS
from chain_timer.exchange.parcel import CanceledError, Parcel, no_progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Hold, Reps, Side, Step
from chain_timer.routine.exercise_reader import USUAL_TEMPO
from chain_timer.routine.routine import Routine

PULLUP = library().by_exercise_id["pullup"]
STRETCH = library().by_exercise_id["standing-hamstring-stretch"]


def read(data: bytes) -> Parcel:
    return fit_workout.read(Source(data, "plan.fit"), known(), no_progress)


def only(data: bytes) -> Routine:
    (found,) = read(data).routines
    return found


def told(data: bytes) -> list[str]:
    return [str(loss) for loss in read(data).losses]


def refused(data: bytes) -> list[str]:
    with pytest.raises(FileProblemsError) as caught:
        read(data)
    return [str(problem) for problem in caught.value.problems]


def done(routine: Routine) -> list[tuple[object, ...]]:
    """Each exercise with its work and the rest after it."""
    return [(item.exercise.name, item.work, item.rest_ms) for item in routine.items]


# --- single steps ----------------------------------------------------------------------------------------


def test_times_are_holds_and_rests_are_rests() -> None:
    routine = only(plan(timed(0, "Plank", 45), timed(1, "Rest", 15, REST), timed(2, "Bridge", 30.5)))
    assert done(routine) == [("Plank", Hold(45_000), 15_000), ("Bridge", Hold(30_500), 0)]
    assert routine.name == "Intervals"


def test_a_recovery_is_a_rest_and_rests_in_a_row_are_one() -> None:
    routine = only(
        plan(timed(0, "A", 30), timed(1, "Jog", 15, 4), timed(2, "Rest", 5, REST), timed(3, "B", 30))
    )
    assert done(routine)[0] == ("A", Hold(30_000), 20_000)


def test_counts_are_reps() -> None:
    assert only(plan(counted(0, "Swing", 12))).items[0].work == Reps(12, USUAL_TEMPO)


def test_reps_of_an_exercise_we_know_have_its_tempo() -> None:
    assert isinstance(PULLUP.work, Reps)
    item = only(plan(counted(0, "Pullup", 6))).items[0]
    assert (item.exercise, item.work) == (PULLUP, Reps(6, PULLUP.work.tempo))


def test_open_steps_wait_until_they_are_done() -> None:
    assert only(plan(opened(0, "Swing"))).items[0].work == Reps(1, USUAL_TEMPO, self_paced=True)


def test_an_open_step_may_say_in_its_notes_how_many() -> None:
    routine = only(plan(opened(0, "Swing", string(8, "8 reps at your own pace. Hinge."))))
    assert routine.items[0].work == Reps(8, USUAL_TEMPO, self_paced=True)
    assert [step.right for step in routine.items[0].exercise.steps] == ["Hinge."]


def test_notes_are_steps() -> None:
    parcel = read(plan(timed(0, "Plank", 45, 0, string(8, "Lie down. Lift {up}!"))))
    assert [step.right for step in parcel.exercises[0].steps] == ["Lie down.", "Lift (up)!"]


def test_the_description_is_the_summary() -> None:
    routine = only(fit(file_id(), workout("A", string(17, "Short and hard.")), timed(0, "B", 30)))
    assert (routine.name, routine.summary) == ("A", "Short and hard.")


def test_a_plan_without_a_name_is_called_like_its_file() -> None:
    assert only(fit(file_id(), timed(0, "B", 30))).name == "plan"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ((uint16(10, 28), uint16(11, 2)), "Back squats"),
        ((uint16(10, 28),), "Squat"),
        ((uint16(10, 28), uint16(11, 60_000)), "Squat"),
        ((uint16(10, 28), uint16(11, 7)), "Our own squat"),
        ((enum(7, 2),), "Warm-up"),
        ((enum(7, 3),), "Cool-down"),
        ((), "Running"),
    ],
)
def test_a_step_without_a_name_takes_the_best_there_is(fields: tuple[fits.Field, ...], name: str) -> None:
    title = (fits.TITLE, [uint16(0, 28), uint16(1, 7), string(2, "Our own squat")])
    step = fits.step(0, "", enum(1, fits.TIME), uint32(2, 30_000), *fields)
    assert only(fit(file_id(), workout("A", enum(4, 1)), step, title)).items[0].exercise.name == name


def test_a_step_of_which_nothing_is_known_goes_by_its_number() -> None:
    assert only(plan(timed(0, "A", 30), timed(1, "", 30))).items[1].exercise.name == "Step 2"


# --- sides -----------------------------------------------------------------------------------------------


def test_right_and_left_of_an_exercise_are_one_with_both_sides() -> None:
    name = f"{STRETCH.name}, {{}} {STRETCH.side_noun}"
    steps = (
        timed(0, name.format("right"), 30),
        timed(1, "Change sides", 6, REST),
        timed(2, name.format("left"), 30),
    )
    (item,) = only(plan(*steps)).items
    assert (item.exercise, item.sides, item.rest_ms) == (STRETCH, (Side.RIGHT, Side.LEFT), 0)


def test_sides_with_a_rest_or_other_work_between_them_stay_apart() -> None:
    name = f"{STRETCH.name}, {{}} {STRETCH.side_noun}"
    apart = plan(
        timed(0, name.format("right"), 30), timed(1, "Rest", 6, REST), timed(2, name.format("left"), 30)
    )
    assert [item.sides for item in only(apart).items] == [(Side.RIGHT,), (Side.LEFT,)]
    other = plan(timed(0, name.format("right"), 30), timed(1, name.format("left"), 40))
    assert [item.sides for item in only(other).items] == [(Side.RIGHT,), (Side.LEFT,)]


def test_an_exercise_of_ours_without_sides_is_done_once_for_each() -> None:
    items = only(plan(timed(0, "Pullup, right arm", 30), timed(1, "Pullup, left arm", 30))).items
    assert [(item.exercise, item.sides) for item in items] == [(PULLUP, ()), (PULLUP, ())]


def test_a_new_exercise_with_sides_has_the_words_of_each() -> None:
    steps = (
        timed(0, "Pigeon, right leg", 30, 0, string(8, "Right knee down. Lean.")),
        timed(1, "Pigeon, left leg", 30, 0, string(8, "Left knee down. Lean.")),
    )
    (found,) = read(plan(*steps)).exercises
    assert (found.name, found.sided, found.side_noun) == ("Pigeon", True, "leg")
    assert found.steps == (Step("Right knee down.", "Left knee down."), Step("Lean.", "Lean."))


def test_an_exercise_of_ours_with_sides_takes_both_and_it_is_told() -> None:
    data = plan(timed(0, STRETCH.name, 30))
    assert only(data).items[0].sides == (Side.RIGHT, Side.LEFT)
    assert told(data) == [f'step 1: "{STRETCH.name}" is done on each side here; it takes twice the time']


# --- repeats ---------------------------------------------------------------------------------------------


def test_a_repeat_is_a_circuit_with_rounds() -> None:
    steps = (timed(0, "A", 30), timed(1, "Rest", 10, REST), timed(2, "B", 30), timed(3, "Rest", 60, REST))
    (circuit,) = only(plan(*steps, repeat(4, 0, 3))).circuits
    assert circuit.rounds == 3
    assert [item.rest_ms for item in circuit.items] == [10_000, 60_000]


def test_what_stands_before_and_after_a_repeat_are_circuits_of_their_own() -> None:
    steps = (timed(0, "Warm", 60), timed(1, "A", 30), repeat(2, 1, 2), timed(3, "Cool", 60))
    circuits = only(plan(*steps)).circuits
    assert [(each.rounds, len(each.items)) for each in circuits] == [(1, 1), (2, 1), (1, 1)]


def test_a_rest_that_begins_a_round_lies_between_rounds_and_before_the_first() -> None:
    steps = (timed(0, "Warm", 60), timed(1, "Rest", 20, REST), timed(2, "A", 30), repeat(3, 1, 2))
    first, second = only(plan(*steps)).circuits
    assert first.items[0].rest_ms == 20_000
    assert (second.items[0].rest_ms, second.round_rest_ms) == (0, 20_000)


def test_a_repeat_within_a_repeat_is_unrolled() -> None:
    steps = (timed(0, "A", 30), timed(1, "B", 30), repeat(2, 1, 2), timed(3, "C", 30), repeat(4, 0, 5))
    (circuit,) = only(plan(*steps)).circuits
    assert circuit.rounds == 5
    assert [item.exercise.name for item in circuit.items] == ["A", "B", "B", "C"]


def test_steps_are_in_the_order_of_their_indexes() -> None:
    data = plan(timed(2, "C", 30), repeat(3, 1, 2), timed(0, "A", 30), timed(1, "B", 30))
    assert [(each.rounds, each.items[0].exercise.name) for each in only(data).circuits] == [
        (1, "A"),
        (2, "B"),
    ]


def test_steps_with_one_index_are_in_the_order_they_stand() -> None:
    data = plan(timed(5, "A", 30), timed(5, "B", 30), repeat(5, 0, 2))
    (circuit,) = only(data).circuits
    assert (circuit.rounds, len(circuit.items)) == (2, 2)


@pytest.mark.parametrize(("first", "times"), [(7, 2), (1, 2), (0, 0), (0xFFFFFFFF, 2)])
def test_a_repeat_of_nothing_is_told(first: int, times: int) -> None:
    data = plan(timed(0, "A", 30), repeat(1, first, times))
    assert told(data) == ["step 2: it repeats nothing that comes before it; it was left out"]


def test_a_repeat_without_end_is_told_and_done_once() -> None:
    data = plan(timed(0, "A", 30), repeat(1, 0, 0xFFFFFFFE))
    assert only(data).circuits[0].rounds == 1
    assert "far too much" in told(data)[0]


def test_a_plan_that_begins_with_a_rest_begins_with_its_first_exercise() -> None:
    assert told(plan(timed(0, "Rest", 10, REST), timed(1, "A", 30))) == [
        "step 1: it begins with a rest; your own time to get ready is used"
    ]


# --- what cannot be kept ---------------------------------------------------------------------------------


def test_a_distance_waits_until_it_is_done() -> None:
    data = plan(fits.step(0, "Run", enum(1, fits.DISTANCE), uint32(2, 100_000)))
    assert only(data).items[0].work == Reps(1, USUAL_TEMPO, self_paced=True)
    assert told(data) == ["step 1: it lasts by distance; it waits until you are done"]


def test_a_rest_without_a_time_takes_half_a_minute() -> None:
    data = plan(timed(0, "A", 30), fits.step(1, "Rest", enum(1, fits.OPEN), enum(7, REST)), timed(2, "B", 30))
    assert only(data).items[0].rest_ms == 30_000
    assert told(data) == ["step 2: this rest has no time; 30s was taken"]


def test_targets_and_weights_are_told_once() -> None:
    steps = [timed(at, "A", 30, 0, uint16(12, 500)) for at in range(3)]
    aimed = [(number, [*fields, enum(3, 1)]) for number, fields in steps]
    aimed = [(number, [each for each in fields if each != enum(3, 2)]) for number, fields in aimed]
    assert [problem.split(";")[0] for problem in told(plan(*aimed))] == [
        "steps: targets such as heart rate or power cannot be kept",
        "steps: weights cannot be kept",
    ]


def test_a_repeat_until_a_measurement_is_done_once() -> None:
    data = plan(timed(0, "A", 30), fits.step(1, "", enum(1, 10), uint32(2, 0)))
    assert told(data) == ["step 2: it repeats until a measurement says stop; it is done once"]


@pytest.mark.parametrize(("kind", "word"), [(4, "activity"), (6, "course"), (200, "something else")])
def test_a_recording_is_refused_as_what_it_is(kind: int, word: str) -> None:
    assert refused(fit(file_id(kind), timed(0, "A", 30))) == [
        f"this is a FIT file of the kind {word}, not a plan; choose a workout file"
    ]


def test_a_plan_without_steps_is_refused() -> None:
    assert refused(fit(file_id(), workout())) == ["there are no steps in it; export it once more"]


def test_steps_without_a_kind_of_file_are_taken() -> None:
    assert len(only(fit(timed(0, "A", 30))).items) == 1


def test_names_are_shown_without_control_characters() -> None:
    assert only(plan(timed(0, "A\x1b[31m\u202eB\nC", 30))).items[0].exercise.name == "A[31mB C"


# --- damage ----------------------------------------------------------------------------------------------

STEPS = (timed(0, "A", 30), timed(1, "Rest", 10, REST), timed(2, "B", 30))
CUT = "it is cut short; what came before was taken"


def test_of_a_file_that_is_cut_short_the_beginning_is_taken() -> None:
    data = plan(*STEPS)
    shortened = data[: -len(message_bytes(STEPS[2]))]
    assert [item.exercise.name for item in only(shortened).items] == ["A"]
    assert told(shortened) == [CUT]


@pytest.mark.parametrize("place", [12, -1])
def test_a_wrong_checksum_is_told_and_all_is_taken(place: int) -> None:
    data = bytearray(plan(*STEPS))
    data[place] ^= 0x55
    assert len(only(bytes(data)).items) == 2
    assert told(bytes(data)) == [
        "its checksum is wrong, so something in it may be; all that could be read was taken"
    ]


def test_a_message_that_was_never_defined_ends_the_reading() -> None:
    body = b"".join(message_bytes(each) for each in (file_id(), workout(), STEPS[0])) + b"\x07junk"
    assert len(only(whole(body)).items) == 1
    assert told(whole(body)) == ["it is damaged; what came before was taken"]


def test_plans_one_after_another_are_all_taken() -> None:
    parcel = read(plan(*STEPS) + fit(file_id(4), workout()) + plan(timed(0, "C", 30)))
    assert [routine.exercises[0].name for routine in parcel.routines] == ["A", "C"]
    assert [loss.what for loss in parcel.losses] == ["this is a FIT file of the kind activity, not a plan"]


def test_what_follows_a_plan_and_is_none_is_told() -> None:
    assert told(plan(*STEPS) + b"and more") == [
        "part 2: what follows is not FIT, or too much of it; what came before was taken"
    ]


def test_text_where_a_number_belongs_and_lists_are_no_surprise() -> None:
    odd = (
        fits.STEP,
        [string(1, "x"), (2, fits.UINT32, bytes(12)), string(254, "y"), enum(0, 3), string(7, "z")],
    )
    assert len(only(plan(odd, STEPS[0])).items) == 2


@pytest.mark.parametrize("data", [b"", b"FIT", b"\x0e\x20\0\0\0\0\0\0.fit", b"PK\x03\x04\0\0\0\0.FI"])
def test_other_files_are_not_recognized(data: bytes) -> None:
    assert not fit_workout.recognizes(Source(data, "x"))
    assert fit_workout.recognizes(Source(plan(*STEPS), "x"))


# --- bounds ----------------------------------------------------------------------------------------------


def definition(number: int, fields: list[tuple[int, int]], repeats: int) -> bytes:
    """Give a definition with fields of these numbers and sizes, and messages full of ones."""
    head = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    head += b"".join(struct.pack("<BBB", each, size, 2) for each, size in fields)
    return head + (b"\0" + b"\1" * sum(size for _, size in fields)) * repeats


HOSTILE = {
    "messages of nothing": definition(fits.STEP, [], 5_000_000),
    "fields named twice": definition(fits.STEP, [(2, 1)] * 64, 15_000),
    "as many fields as may be": definition(fits.STEP, [(each, 1) for each in range(64)], 15_000),
    "too many fields": definition(18, [(each, 1) for each in range(255)], 4_000),
    "other messages than steps": definition(18, [(each, 1) for each in range(64)], 15_000),
    "fields as large as may be": definition(18, [(each, 255) for each in range(64)], 60),
    "definitions alone": definition(fits.STEP, [(each, 1) for each in range(64)], 0) * 5_000,
    "repeats of repeats": b"".join(
        message_bytes(each) for each in [timed(0, "A", 30), *(repeat(at, 0, 2) for at in range(1, 4_000))]
    ),
    "repeats of much": b"".join(
        message_bytes(each)
        for each in [
            *(timed(at, "A", 30) for at in range(1_000)),
            repeat(1_000, 0, 10),
            *(repeat(at, 0, 1) for at in range(1_001, 4_000)),
        ]
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_file_made_to_take_long_does_not(body: bytes) -> None:
    data = fit(file_id())[:14] + message_bytes(file_id()) + body + b"\0\0"
    data = data[:4] + struct.pack("<I", len(data) - 16) + data[8:]
    began = process_time()
    try:
        parcel = read(data)
    except FileProblemsError as error:
        assert error.problems  # noqa: PT017 - what else may be wrong is told
    else:
        assert not parcel.is_empty
    assert process_time() - began < 2


@pytest.mark.slow
def test_of_more_steps_than_can_be_numbered_the_first_are_taken() -> None:
    body = b"".join(map(message_bytes, (file_id(), timed(0, "A", 1))))
    data = whole(body + _again(MOST_STEPS))
    assert len(only(data).items) == MOST_STEPS
    assert told(data) == ["it has more than 4,096 steps; what came before was taken"]


def _again(times: int) -> bytes:
    """Give that step so many times more, without its definition."""
    _, fields = timed(0, "A", 1)
    return (b"\0" + b"".join(data for _, _, data in fields)) * times


def test_a_person_who_had_enough_is_heard() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        fit_workout.read(Source(plan(*STEPS), "x"), known(), enough)


# --- anything at all -------------------------------------------------------------------------------------

RICH = (
    timed(0, "Pigeon, right leg", 30, 0, string(8, "Lean.")),
    timed(1, "Change sides", 6, REST),
    timed(2, "Pigeon, left leg", 30),
    counted(3, "Swing", 12),
    opened(4, "", uint16(10, 28)),
    repeat(5, 0, 3),
)


def taken_or_told(data: bytes) -> None:
    tried = Source(data, "x.fit")
    fit_workout.recognizes(tried)
    try:
        assert not fit_workout.read(tried, known(), no_progress).is_empty
    except FileProblemsError as error:
        assert error.problems  # noqa: PT017 - what else may be wrong is told


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6), st.integers(0, 10_000))
def test_a_plan_with_bytes_changed_is_taken_or_told(changes: list[tuple[int, int]], end: int) -> None:
    body = bytearray(plan(*RICH)[14:-2])
    for place, byte in changes:
        body[place % len(body)] = byte
    taken_or_told(whole(bytes(body)))
    taken_or_told(plan(*RICH)[: end % 400] + bytes(body))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 26, 27, 206, 207, 264]),
            st.lists(
                st.tuples(
                    st.sampled_from([0, 1, 2, 4, 7, 8, 10, 11, 12, 254]),
                    st.integers(0, 255),
                    st.binary(max_size=9),
                ),
                max_size=5,
            ),
        ),
        max_size=6,
    )
)
def test_messages_with_any_values_are_taken_or_told(messages: list[fits.Message]) -> None:
    taken_or_told(fit(file_id(), *messages, timed(0, "A", 30)))
