"""Changes to a routine: what moves where, and what is chosen then."""

from collections.abc import Callable

import pytest

from chain_timer.routine.editing import (
    Edited,
    Place,
    add,
    add_circuit,
    change_circuits,
    change_items,
    choose,
    complete,
    duplicate,
    move,
    new_item,
    places_of,
    remove,
    shift,
    with_usual_work,
    with_work,
)
from chain_timer.routine.exercise import Exercise, Hold, Side
from chain_timer.routine.routine import Circuit, Routine

EMPTY = Edited(Routine("", "", (Circuit(()),)))


def exercise(name: str, *, sided: bool = False) -> Exercise:
    return Exercise(name, name, (), Hold(30_000), sided=sided)


def edited(*circuits: str, chosen: tuple[Place, ...] = ()) -> Edited:
    """``edited("ab", "c")`` has a and b in one circuit and c in another."""
    made = tuple(Circuit(tuple(new_item(exercise(letter)) for letter in letters)) for letters in circuits)
    return Edited(Routine("r", "R", made), chosen)


def letters(given: Edited) -> list[str]:
    return ["".join(item.exercise.id for item in circuit.items) for circuit in given.routine.circuits]


def chosen(given: Edited) -> str:
    return "".join(
        "#" if place.is_circuit else given.routine.circuits[place.circuit].items[place.item].exercise.id
        for place in given.chosen
    )


def at(*numbers: int) -> tuple[Place, ...]:
    """Places in the first circuit."""
    return tuple(Place(0, number) for number in numbers)


def test_places_come_as_a_person_reads_them() -> None:
    assert list(places_of(edited("ab", "c").routine)) == [
        Place(0),
        Place(0, 0),
        Place(0, 1),
        Place(1),
        Place(1, 0),
    ]


def test_the_first_exercise_finds_a_circuit_even_where_there_is_none() -> None:
    added = add(Edited(Routine("", "", ())), [new_item(exercise("a"))])
    assert (letters(added), chosen(added)) == (["a"], "a")


def test_what_is_added_comes_after_what_is_chosen_and_is_chosen_then() -> None:
    added = add(edited("ab", "c", chosen=at(0)), [new_item(exercise("x")), new_item(exercise("y"))])
    assert (letters(added), chosen(added)) == (["axyb", "c"], "xy")


def test_what_is_added_to_a_chosen_circuit_comes_at_its_end() -> None:
    assert letters(add(edited("ab", "c", chosen=(Place(0),)), [new_item(exercise("x"))])) == ["abx", "c"]


def test_without_a_choice_it_comes_at_the_end() -> None:
    assert letters(add(edited("ab", "c"), [new_item(exercise("x"))])) == ["ab", "cx"]


def test_an_exercise_with_sides_comes_with_both() -> None:
    assert new_item(exercise("a", sided=True)).sides == (Side.RIGHT, Side.LEFT)


def test_a_circuit_comes_after_the_one_that_is_chosen() -> None:
    made = add_circuit(edited("a", "b", chosen=at(0)))
    assert (letters(made), made.chosen) == (["a", "", "b"], (Place(1),))


@pytest.mark.parametrize(
    ("before", "places", "after", "then"),
    [
        (("abc",), at(1), ["ac"], "c"),
        (("abc",), at(2), ["ab"], "b"),
        (("abc",), at(0, 2), ["b"], "b"),
        (("abc", "d"), (Place(0),), ["d"], "d"),
        (("ab", "c"), (Place(0, 1), Place(1, 0)), ["a", ""], "#"),
        (("a",), (Place(0),), [], ""),
        (("abc",), (), ["abc"], "c"),
    ],
)
def test_removing_chooses_what_comes_next(
    before: tuple[str, ...], places: tuple[Place, ...], after: list[str], then: str
) -> None:
    left = remove(edited(*before, chosen=places))
    assert (letters(left), chosen(left)) == (after, then)


def test_a_copy_comes_behind_what_is_chosen() -> None:
    copied = duplicate(edited("abc", chosen=at(0, 1)))
    assert (letters(copied), copied.chosen) == (["ababc"], at(2, 3))


def test_a_circuit_is_copied_with_all_in_it() -> None:
    copied = duplicate(edited("ab", "c", chosen=(Place(0), Place(1))))
    assert (letters(copied), copied.chosen) == (["ab", "ab", "c", "c"], (Place(1), Place(3)))


@pytest.mark.parametrize(
    ("before", "places", "by", "after", "then"),
    [
        (("abc",), at(1), -1, ["bac"], "b"),
        (("abc",), at(1), 1, ["acb"], "b"),
        (("abc",), at(0), -1, ["abc"], "a"),
        (("abc",), at(2), 1, ["abc"], "c"),
        (("abcd",), at(1, 2), -1, ["bcad"], "bc"),
        (("abcd",), at(0, 1), -1, ["abcd"], "ab"),
        (("abcd",), at(0, 3), 1, ["bacd"], "ad"),
        (("ab", "cd"), (Place(1, 0),), -1, ["abc", "d"], "c"),
        (("ab", "cd"), (Place(0, 1),), 1, ["a", "bcd"], "b"),
        (("ab", "cd"), (Place(1),), -1, ["cd", "ab"], "#"),
        (("ab", "cd"), (Place(0),), -1, ["ab", "cd"], "#"),
    ],
)
def test_shifting_moves_by_one_and_over_the_border_of_circuits(
    before: tuple[str, ...], places: tuple[Place, ...], by: int, after: list[str], then: str
) -> None:
    shifted = shift(edited(*before, chosen=places), by)
    assert (letters(shifted), chosen(shifted)) == (after, then)


@pytest.mark.parametrize(
    ("before", "places", "target", "after"),
    [
        (("abcd",), at(3), Place(0, 1), ["adbc"]),
        (("abcd",), at(0, 2), None, ["bdac"]),
        (("abcd",), at(0, 1), Place(0, 1), ["abcd"]),
        (("ab", "cd"), at(0), Place(1), ["ba", "cd"]),
        (("ab", "cd"), at(0), Place(1, 0), ["b", "acd"]),
        (("ab", "cd"), (Place(1, 1),), Place(0), ["dab", "c"]),
        (("ab", "cd", "e"), (Place(2),), Place(0), ["e", "ab", "cd"]),
        (("ab", "cd", "e"), (Place(0),), None, ["cd", "e", "ab"]),
        (("ab", "cd", "e"), (Place(0),), Place(1, 1), ["cd", "ab", "e"]),
    ],
)
def test_dragging_puts_what_is_chosen_before_a_row(
    before: tuple[str, ...], places: tuple[Place, ...], target: Place | None, after: list[str]
) -> None:
    assert letters(move(edited(*before, chosen=places), target)) == after


@pytest.mark.parametrize("change", [lambda e: shift(e, 1), lambda e: move(e, None), duplicate, remove])
def test_no_change_loses_or_doubles_a_circuits_own_wishes(change: Callable[[Edited], Edited]) -> None:
    routine = Routine("r", "R", (Circuit((new_item(exercise("a")),), 3, 5_000, 9_000, "A"), Circuit(())))
    circuits = change(Edited(routine, (Place(0, 0),))).routine.circuits
    wishes = [(each.rounds, each.rest_ms, each.round_rest_ms, each.name) for each in circuits]
    assert wishes == [(3, 5_000, 9_000, "A"), (1, None, None, "")]


def test_the_holds_of_all_that_is_chosen_change_together() -> None:
    changed = change_items(edited("abc", chosen=at(0, 2)), lambda item: with_work(item, Hold(45_000)))
    items = changed.routine.items
    assert [item.work for item in items] == [Hold(45_000), Hold(30_000), Hold(45_000)]
    assert [item.fixed for item in items] == [True, False, True]


def test_a_chosen_circuit_stands_for_all_its_exercises() -> None:
    changed = change_items(edited("ab", "c", chosen=(Place(0),)), lambda item: with_work(item, Hold(5_000)))
    assert [item.fixed for item in changed.routine.items] == [True, True, False]


def test_the_usual_work_comes_back() -> None:
    item = new_item(exercise("a"))
    assert with_usual_work(with_work(item, Hold(45_000))) == item


def test_the_circuit_of_a_chosen_exercise_can_be_changed() -> None:
    changed = change_circuits(
        edited("a", "b", chosen=(Place(1, 0),)), lambda circuit: Circuit(circuit.items, 4)
    )
    assert [circuit.rounds for circuit in changed.routine.circuits] == [1, 4]


def test_only_what_is_there_can_be_chosen() -> None:
    assert choose(edited("a"), [Place(0, 0), Place(0, 7), Place(3)]).chosen == at(0)


def test_circuits_in_which_nothing_is_done_are_left_out_in_the_end() -> None:
    assert len(complete(edited("a", "", "b").routine).circuits) == 2
    assert complete(EMPTY.routine).circuits == ()
