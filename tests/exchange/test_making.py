"""Exercises and routines made out of what other programs say: clean, bounded, each with its id."""

from dataclasses import replace
from typing import Any

import pytest
from helpers.incoming import assert_sound, known, source_of, told
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange import making
from chain_timer.exchange.making import Maker
from chain_timer.exchange.parcel import Known
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo
from chain_timer.routine.exercise_reader import USUAL_HOLD, USUAL_TEMPO
from chain_timer.routine.routine import Circuit
from chain_timer.routine.words import slug


@pytest.fixture
def maker() -> Maker:
    return Maker(source_of({}, "My file.json"), known())


def lost(maker: Maker) -> list[str]:
    return [str(loss) for loss in maker.losses]


def exercise(name: str = "Heel raise", *lines: str, **changes: Any) -> Exercise:
    made = Exercise("", name, tuple(Step(line, line) for line in lines), USUAL_HOLD)
    return replace(made, **changes)


# --- single values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  two\n words\t", "two words"),
        ("\x1b[31mred\x07", "[31mred"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u200b", ""),
        (None, ""),
        (5, ""),
        (["a"], ""),
    ],
)
def test_a_line_is_clean(maker: Maker, text: object, line: str) -> None:
    assert maker.line(text, "here") == line
    assert lost(maker) == []


def test_a_line_that_is_too_long_is_cut_and_told(maker: Maker) -> None:
    assert maker.line("a" * 301, "here") == "a" * 299 + "…"
    assert lost(maker) == ["here: it has more than 300 characters; it was cut"]


def test_text_behind_much_space_is_not_lost_without_a_word(maker: Maker) -> None:
    assert maker.line("a" + " " * 3_000 + "b", "here") == "a…"
    assert lost(maker) == ["here: it has more than 300 characters; it was cut"]


@pytest.mark.parametrize(
    ("length_ms", "taken_ms", "messages"),
    [
        (45_000, 45_000, []),
        (0, 1_000, ["x: it is too short; 1s was taken"]),
        (-5, 1_000, ["x: it is too short; 1s was taken"]),
        (10**15, 3_600_000, ["x: it is too long; 1h was taken"]),
    ],
)
def test_a_hold_is_bounded(maker: Maker, length_ms: int, taken_ms: int, messages: list[str]) -> None:
    assert maker.hold(length_ms, "x") == Hold(taken_ms)
    assert lost(maker) == messages


def test_rest_reps_rounds_and_sets_are_bounded(maker: Maker) -> None:
    assert maker.rest_ms(-1, "a") == 0
    assert maker.rest_ms(10**9, "b") == 1_800_000
    assert maker.reps(0, "c") == Reps(1, USUAL_TEMPO)
    assert maker.rounds(5_000, "d") == 100
    assert maker.sets(21, "e") == 20
    assert lost(maker) == [
        "a: it is too short; 0s was taken",
        "b: it is too long; 30m was taken",
        "c: 0 reps cannot be; 1 was taken",
        "d: 5,000 rounds cannot be; 100 was taken",
        "e: 21 sets cannot be; 20 was taken",
    ]


@pytest.mark.parametrize("tempo", [Tempo(0, 0, 0), Tempo(30_000, 30_000, 1)])
def test_a_tempo_that_no_one_can_keep_is_the_usual(maker: Maker, tempo: Tempo) -> None:
    assert maker.reps(5, "x", tempo) == Reps(5, USUAL_TEMPO)
    assert lost(maker) == ["x: a rep must take 0.5s to 1m; our usual tempo was taken"]


def test_losses_end_somewhere(maker: Maker) -> None:
    for number in range(1_500):
        maker.lost(f"entry {number}", "lost")
    maker.exercise(exercise())
    losses = maker.parcel().losses
    assert len(losses) == 201
    assert str(losses[-1]) == "and 1,300 more"


# --- steps -------------------------------------------------------------------------------------------


def lines(maker: Maker, *texts: object) -> list[str]:
    return [step.right for step in maker.steps(texts, "steps")]


def test_a_text_is_a_step(maker: Maker) -> None:
    assert lines(maker, "Stand. Bend.", "", None, 7, " \n ", "Hold {side}.") == [
        "Stand. Bend.",
        "Hold (side).",
    ]


def test_a_long_text_is_divided_after_sentences(maker: Maker) -> None:
    first, second = "Bend " + "far " * 50 + "down.", "Rise " + "slowly " * 30 + "up!"
    assert lines(maker, f"{first} {second} Rest.") == [first, f"{second} Rest."]


def test_a_long_sentence_is_divided_between_words_and_no_word_is_lost(maker: Maker) -> None:
    text = "reach " * 100
    assert [len(line) for line in lines(maker, text)] == [299, 299]
    assert " ".join(lines(maker, text)) == text.strip()


def test_a_word_without_end_is_divided_where_it_must(maker: Maker) -> None:
    assert [len(line) for line in lines(maker, "a" * 700)] == [300, 300, 100]


def test_more_steps_than_there_may_be_are_put_together(maker: Maker) -> None:
    texts = [f"Do number {number}." for number in range(30)]
    found = lines(maker, *texts)
    assert len(found) <= 20
    assert " ".join(found) == " ".join(texts)
    assert lost(maker) == []


def test_what_does_not_fit_into_twenty_steps_is_told(maker: Maker) -> None:
    assert len(lines(maker, *["far " * 70] * 30)) == 20
    assert lost(maker) == ["steps: it has more than 20 steps; the first 20 were taken"]


def test_a_text_without_end_is_told(maker: Maker) -> None:
    assert len(lines(maker, "Do it. " * 5_000)) == 20
    assert lost(maker)[0] == "steps: it has more than 12,000 characters; it was cut"


def test_all_text_together_is_bounded_and_told_once(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_MOST_TEXT", 10)
    assert lines(maker, "Stand on it.", "Bend.", "Rise.") == ["Stand on it."]
    assert lost(maker) == ["steps: the file has more text than can be kept; later steps were left out"]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.text(st.sampled_from("ab .!?\n{\u00e9"), max_size=900), max_size=5))
def test_dividing_keeps_every_letter(texts: list[str]) -> None:
    maker = Maker(source_of({}), known())
    found = lines(maker, *texts)
    assert all(0 < len(line) <= 300 for line in found)
    kept = "".join("".join(texts).replace("{", "(").split())
    assert "".join("".join(found).split()) == kept


# --- exercises ---------------------------------------------------------------------------------------


def test_an_exercise_is_called_by_its_name(maker: Maker) -> None:
    assert maker.exercise(exercise("Heel raise, à deux")).id == "heel-raise-à-deux"


def test_exercises_of_one_name_are_told_apart(maker: Maker) -> None:
    ids = [maker.exercise(exercise("Raise", line)).id for line in ("One.", "Two.", "Three.")]
    assert ids == ["raise", "raise-2", "raise-3"]


def test_the_same_twice_is_one(maker: Maker) -> None:
    assert maker.exercise(exercise("Raise", "Up.")) is maker.exercise(exercise("Raise", "Up."))
    assert len(maker.parcel().exercises) == 1


def test_an_exercise_never_takes_the_id_of_one_that_ships(maker: Maker) -> None:
    assert maker.exercise(exercise("Pullup", "Otherwise.")).id == "pullup-2"


def test_one_that_we_have_just_so_is_ours(maker: Maker) -> None:
    ours = known().exercises["pullup"]
    assert maker.exercise(replace(ours, id="")) == ours
    maker.exercise(exercise())
    assert [each.name for each in maker.parcel().exercises] == ["Heel raise"]


def test_one_that_was_brought_in_before_under_a_number_is_known_again() -> None:
    before = Maker(source_of({}), known())
    second = before.exercise(exercise("Pullup", "Otherwise."))
    again = Maker(source_of({}), Known({**known().exercises, second.id: second}, known().names))
    assert again.exercise(exercise("Pullup", "Otherwise.")) is second
    assert again.exercise(exercise("Pullup", "A third way.")).id == "pullup-3"


@pytest.mark.parametrize("name", ["con", "AUX", "Com1", "lpt9", "nul"])
def test_no_exercise_is_called_as_a_device(maker: Maker, name: str) -> None:
    assert maker.exercise(exercise(name)).id == f"{name.lower()}-exercise"


@pytest.mark.parametrize("name", ["!!!", "…", "🏋"])
def test_a_name_without_letters_still_makes_an_id(maker: Maker, name: str) -> None:
    assert maker.exercise(exercise(name)).id == "exercise"


def test_braces_are_taken_out_where_they_would_mean_something(maker: Maker) -> None:
    made = maker.exercise(exercise(key_cue="Keep {it}.", easier="{side}"))
    assert (made.key_cue, made.easier) == ("Keep (it).", "(side)")


class Counted(dict[str, Exercise]):
    """Counts how often it is looked into."""

    looks = 0

    def get(self, key: str, default: Any = None) -> Any:
        self.looks += 1
        return super().get(key, default)


def test_the_numbers_of_many_alike_are_found_at_once() -> None:
    ours = Counted(known().exercises)
    maker = Maker(source_of({}), Known(ours, known().names))
    for number in range(1_000):
        maker.exercise(exercise("Raise", f"Do {number}."))
    assert maker.exercise(exercise("Raise", "One more.")).id == "raise-1001"
    assert ours.looks <= 2_000  # and not half a million


def test_more_exercises_than_there_may_be_are_told(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_EXERCISES", 2)
    first, _, third = (maker.exercise(exercise(name)) for name in ("One", "Two", "Three"))
    maker.exercise(exercise("Four"))
    maker.routine("Whole", [Circuit((maker.item(first), maker.item(third)))])
    maker.routine("Part", [Circuit((maker.item(first),))])
    parcel = maker.parcel()
    assert maker.is_full
    assert [each.name for each in parcel.exercises] == ["One", "Two"]
    assert [each.name for each in parcel.routines] == ["Part"]
    assert told(parcel) == [
        "it has more than 2 exercises; the others were left out",
        '"Whole" uses exercises that were left out; it was left out',
    ]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.text(st.characters(), max_size=260) | st.sampled_from(["con", "𐐀" * 200, "ﬃ" * 90]), max_size=4
    )
)
def test_any_name_makes_an_exercise_that_can_be_kept(names: list[str]) -> None:
    maker = Maker(source_of({}), known())
    for name in [*names, "Last"]:
        made = maker.exercise(exercise(maker.name(name, "name", "Exercise"), name[:20].strip() and "Up."))
        assert slug(made.id) == made.id
        assert len(made.id.encode()) <= 210
    assert maker.parcel().exercises


# --- exercises that are but a name -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Pullup", "PULLUP", " pullup\n", "pullup!"])
def test_a_name_that_we_know_is_our_exercise(maker: Maker, name: str) -> None:
    assert maker.named(name, "here") == known().exercises["pullup"]


def test_a_new_name_is_a_new_exercise_with_the_work_it_came_with(maker: Maker) -> None:
    made = maker.named("Heel {raise}", "here", Reps(5, USUAL_TEMPO), "A timer")
    assert made == Exercise("heel-raise", "Heel (raise)", (), Reps(5, USUAL_TEMPO), source="A timer")
    assert maker.named("heel {RAISE}", "there") is made


@pytest.mark.parametrize("name", [None, 5, "", " "])
def test_no_name_is_just_an_exercise(maker: Maker, name: object) -> None:
    assert maker.named(name, "here").name == "Exercise"


def test_a_name_that_no_routine_uses_is_not_kept(maker: Maker) -> None:
    maker.routine("Used", [Circuit((maker.item(maker.named("Heel raise", "here")),))])
    maker.named("Toe raise", "here")
    assert [each.name for each in maker.parcel().exercises] == ["Heel raise"]


def test_an_exercise_of_the_file_stays_though_a_name_is_the_same(maker: Maker) -> None:
    maker.exercise(exercise("Heel raise"))
    maker.named("Heel raise", "here")
    assert [each.name for each in maker.parcel().exercises] == ["Heel raise"]


# --- routines ----------------------------------------------------------------------------------------


def test_an_exercise_with_sides_is_done_on_both(maker: Maker) -> None:
    assert maker.item(exercise(sided=True)).sides == (Side.RIGHT, Side.LEFT)
    assert maker.item(exercise()).sides == ()


def test_a_hold_of_its_own_is_fixed_and_the_usual_work_is_not(maker: Maker) -> None:
    assert maker.item(exercise(), Hold(5_000)).fixed
    assert not maker.item(exercise()).fixed
    assert not maker.item(exercise(), Reps(3, USUAL_TEMPO)).fixed


def test_a_routine_has_an_id_a_clean_summary_and_no_rest_of_ours(maker: Maker) -> None:
    circuit = Circuit((maker.item(maker.exercise(exercise())),))
    maker.routine("Short\x1b one", [circuit, Circuit(())], summary="Two\nlines")
    maker.routine(None, [circuit])
    first, second = maker.parcel().routines
    assert (first.id, first.name, first.summary, first.rest_ms) == ("short-one", "Short one", "Two lines", 0)
    assert first.circuits == (circuit,)
    assert (second.id, second.name) == ("my-file", "My file")
    assert_sound(maker.parcel())


def test_what_our_own_reader_would_refuse_is_left_out(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_ROUTINES", 1)
    item = maker.item(maker.exercise(exercise()), Hold(3_600_000), sets=20)
    maker.routine("Nothing", [Circuit(())], "routine 1")
    maker.routine("Large", [Circuit((item,) * 6, rounds=100)], "routine 2")
    maker.routine("Long", [Circuit((item,), rounds=9)], "routine 3")
    maker.routine("Good", [Circuit((item,), rounds=8)], "routine 4")
    maker.routine("Late", [Circuit((item,))], "routine 5")
    assert [each.name for each in maker.parcel().routines] == ["Good"]
    assert lost(maker) == [
        'routine 1: "Nothing" has no exercises; it was left out',
        'routine 2: "Large" is too large: 12,000 sets; it was left out',
        'routine 3: "Long" is too long: 180 hours; it was left out',
        'routine 5: "Late" comes after 1 others; it was left out',
    ]
    assert_sound(maker.parcel())


def test_with_more_items_than_can_be_taken_it_is_full(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_MOST_ITEMS", 2)
    maker.item(exercise())
    assert not maker.is_full
    maker.item(exercise())
    assert maker.is_full


# --- the parcel --------------------------------------------------------------------------------------


def test_nothing_is_refused_with_all_that_was_lost(maker: Maker) -> None:
    maker.lost("entry 1", "it has no name", "it was left out")
    maker.lost("entry 2", "it is no object", "it was left out")
    with pytest.raises(FileProblemsError) as error:
        maker.parcel()
    assert str(error.value).splitlines() == [
        "My file.json: entry 1: it has no name; it was left out",
        "My file.json: entry 2: it is no object; it was left out",
    ]


def test_nothing_at_all_is_refused_too(maker: Maker) -> None:
    with pytest.raises(FileProblemsError, match="there is nothing in it that we know; choose another file"):
        maker.parcel()


def test_pictures_go_along(maker: Maker) -> None:
    maker.exercise(exercise(picture="heel.png"))
    maker.picture("heel.png", b"bytes")
    assert maker.parcel().pictures == {"heel.png": b"bytes"}
