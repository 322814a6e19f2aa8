"""How much of each exercise there is, in words that go with the timeline."""

import pytest
from helpers.outgoing import LIBRARY, item_of, own_exercise, routine_of, timeline_of

from chain_timer.routine.exercise import Hold, Reps, Side, Tempo, Work
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.amounts import Amounts, amounts, length_words, work_words
from chain_timer.timeline.options import Options

STRETCH = LIBRARY.exercise("standing-hamstring-stretch")
DOG = LIBRARY.exercise("downward-facing-dog")
SLOW = Tempo(3_000, 1_000, 2_000)


def of(routine: Routine, options: Options | None = None) -> list[Amounts]:
    return list(amounts(routine, timeline_of(routine, options)))


def words(routine: Routine, options: Options | None = None) -> list[str]:
    return [item.words for circuit in of(routine, options) for item in circuit.items]


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (Hold(30_000), "30s"),
        (Reps(8, SLOW), "8 reps, 3s down 1s pause 2s up"),
        (Reps(1, Tempo(1_000, 0, 1_500, up_first=True)), "1 rep, 1.5s up 1s down"),
        (Reps(12, SLOW, self_paced=True), "12 reps, at your own pace"),
    ],
)
def test_work_is_said_with_its_tempo(work: Work, said: str) -> None:
    assert work_words(work) == said


def test_what_is_done_on_each_side_is_said_of_each() -> None:
    assert words(routine_of(STRETCH, DOG)) == ["30s each leg", "30s"]


def test_one_side_alone_is_named() -> None:
    items = (Item(STRETCH, Hold(20_000), (Side.LEFT,)), Item(STRETCH, Reps(5, SLOW), (Side.RIGHT,), 2))
    said = words(Routine("a", "A", (Circuit(items),)))
    assert said == ["20s, left leg", "2 sets of 5 reps, right leg, 3s down 1s pause 2s up"]


def test_a_hold_that_a_person_chose_is_what_is_said() -> None:
    assert words(routine_of(STRETCH, DOG), Options(hold_ms=45_000)) == ["45s each leg", "45s"]


def test_rounds_and_rest_that_a_person_chose_are_what_is_said() -> None:
    (circuit,) = of(routine_of(STRETCH, DOG), Options(rounds=4, rest_ms=20_000))
    assert (circuit.facts, circuit.rounds) == ("4 rounds, 20s rest", 4)


def test_the_rest_between_rounds_is_said_where_it_is_another() -> None:
    items = (item_of(STRETCH), item_of(DOG))
    (circuit,) = of(Routine("a", "A", (Circuit(items, 3, 10_000, 90_000),)))
    assert circuit.facts == "3 rounds, 10s rest, 1m30s rest between rounds"


def test_without_rest_none_is_said() -> None:
    (circuit,) = of(Routine("a", "A", (Circuit((item_of(STRETCH), item_of(DOG)), 1, 0),)))
    assert circuit.facts == ""


def test_an_exercise_with_a_rest_of_its_own_says_so() -> None:
    moves = [own_exercise(number) for number in range(4)]
    own = [item_of(moves[0], rest_ms=60_000), item_of(moves[1], sets=3, rest_ms=0)]
    circuit = Circuit((*own, *map(item_of, moves[2:]), item_of(DOG), item_of(STRETCH)), 1, 15_000)
    said = words(Routine("a", "A", (circuit,)))
    assert said[:3] == ["30s, then 1m rest", "3 sets of 30s, then no rest", "30s"]


def test_circuits_without_a_name_are_numbered_where_there_are_more() -> None:
    first, second = Circuit((item_of(DOG),)), Circuit((item_of(STRETCH),), name="Stretch")
    routine = Routine("a", "A", (first, second))
    assert [circuit.name for circuit in of(routine)] == ["Circuit 1", "Stretch"]
    assert [item.number for circuit in of(routine) for item in circuit.items] == [1, 2]


def test_every_circuit_has_its_own_amounts() -> None:
    circuits = of(LIBRARY.routine("whole-posterior-chain"))
    assert [circuit.facts for circuit in circuits] == ["2 rounds, 1m rest", "15s rest"]
    assert [len(circuit.items) for circuit in circuits] == [4, 3]
    assert circuits[1].items[2].words == "30s"


def test_the_timeline_of_another_routine_changes_no_work() -> None:
    routine, other = routine_of(STRETCH, DOG), routine_of(own_exercise(1))
    (circuit,) = amounts(routine, timeline_of(other))
    assert [item.words for item in circuit.items] == ["30s each leg", "30s"]


def test_a_length_that_is_no_promise_is_said_with_a_tilde() -> None:
    own_pace = Item(DOG, Reps(3, SLOW, self_paced=True))
    assert length_words(timeline_of(routine_of(DOG))).count("~") == 0
    assert length_words(timeline_of(Routine("a", "A", (Circuit((own_pace,)),)))).startswith("~")
