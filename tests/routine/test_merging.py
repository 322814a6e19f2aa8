"""A file that a person wrote stays theirs: only the lines that say something else are other ones."""

import difflib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.routine.exercise import Hold, Reps, Step, Tempo
from chain_timer.routine.exercise_reader import exercise_from
from chain_timer.routine.exercise_writer import exercise_text
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Coaching, Item, Routine
from chain_timer.routine.routine_reader import routine_from
from chain_timer.routine.routine_writer import routine_text
from chain_timer.routine.toml_merge import paired
from chain_timer.routine.toml_text import NotMergedError, read_document

LIBRARY = Library.built_in()
KNOWN = dict(LIBRARY.by_exercise_id)
DOG = Item(KNOWN["downward-facing-dog"], KNOWN["downward-facing-dog"].work)

SATURDAY = """\
# Saturday, by Ann
# (for the garden)

name = "Saturday"     # the name
# why so long
rest = 45             # seconds

# --- the strong part ---

# heavy first
[[circuit]]           # one
name = "Strength"
rounds = 3
# in this order!
exercises = [         # four
  # warm up well
  "Kettlebell swing", # fast
  { exercise = "back-squat", reps = 6, tempo = { down = "4s", up = "2s" } },  # slow
  # only with a bar
  { exercise = "pullup", reps = 4, self_paced = true }, # wait
  { exercise = "romanian-deadlift", hold = "0:40" }
  # the end
]
# end of one

# then long
[[circuit]]
name = 'Stretch'

# left first
[[circuit.exercise]]
exercise = "standing-hamstring-stretch"   # both
hold = "0:45"      # as told
sides = ["left", "right"]

# own
[[circuit.exercise]]
exercise = "calf-raise"

# mine
[exercise.calf-raise]
name = "Calf raise" # heels
steps = [
  "Stand tall.", # very
  "Lift your heels, then lower them slowly.",
]
muscles = ["calves"]
reps = 12
tempo = { up = "1s", pause = "1s", down = "2s" } # even
# bye
"""
PLAIN = '# Mine\nexercises = ["pullup", "Back squat"]  # two\nname = "X"\n'
DOTTED = """\
name="I"
circuit = [ { rounds = 2, exercises = ["pullup"] }, { exercises = ["pullup", "back-squat"] } ]
exercise.pullup.name = "Mine"   # d
exercise.pullup.tempo.down = "1s"
exercise.pullup.reps = 3
exercise.pullup.tempo.up = "1s" # u
"""

Change = Callable[[Routine], Routine]


def read(text: str) -> Routine:
    return routine_from(text, "tried", KNOWN, LIBRARY.names)


def changed(before: str, change: Change) -> str:
    """The file after a change, which it has to say exactly."""
    routine = change(read(before))
    text = routine_text(routine, KNOWN, before)
    assert read(text) == routine
    return text


def diff(before: str, change: Change) -> list[str]:
    """The lines that went and came."""
    lines = difflib.ndiff(before.splitlines(), changed(before, change).splitlines())
    return [line for line in lines if line.startswith(("-", "+"))]


def items(circuit: int, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Change:
    def within(routine: Routine) -> Routine:
        circuits = list(routine.circuits)
        circuits[circuit] = replace(circuits[circuit], items=change(circuits[circuit].items))
        return replace(routine, circuits=tuple(circuits))

    return within


def item(circuit: int, index: int, change: Callable[[Item], Item]) -> Change:
    return items(circuit, lambda found: (*found[:index], change(found[index]), *found[index + 1 :]))


# --- single values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [SATURDAY, PLAIN, DOTTED, SATURDAY.replace("\n", "\r\n")])
def test_a_routine_that_did_not_change_leaves_every_byte(before: str) -> None:
    assert changed(before, lambda routine: routine) == before


def test_another_hold_changes_nothing_but_its_value() -> None:
    assert diff(SATURDAY, item(1, 0, lambda found: replace(found, work=Hold(60_000)))) == [
        '- hold = "0:45"      # as told',
        '+ hold = "1m"      # as told',
    ]


def test_a_new_value_comes_where_our_own_files_have_it() -> None:
    assert diff(SATURDAY, item(0, 1, lambda found: replace(found, sets=2))) == [
        '-   { exercise = "back-squat", reps = 6, tempo = { down = "4s", up = "2s" } },  # slow',
        '+   { exercise = "back-squat", reps = 6, tempo = { down = "4s", up = "2s" }, sets = 2 },  # slow',
    ]


def test_a_phase_more_leaves_the_others_as_they_are() -> None:
    work = Reps(6, Tempo(4_000, 1_000, 2_000))
    (_, line) = diff(SATURDAY, item(0, 1, lambda found: replace(found, work=work)))
    assert 'tempo = { down = "4s", pause = "1s", up = "2s" }' in line


def test_another_order_of_phases_is_written_in_that_order() -> None:
    work = Reps(6, Tempo(4_000, 0, 2_000, up_first=True))
    (_, line) = diff(SATURDAY, item(0, 1, lambda found: replace(found, work=work)))
    assert 'tempo = { up = "2s", down = "4s" }' in line


def test_a_name_alone_becomes_an_entry_that_keeps_the_name_as_written() -> None:
    assert diff(SATURDAY, item(0, 0, lambda found: replace(found, sets=2))) == [
        '-   "Kettlebell swing", # fast',
        '+   { exercise = "Kettlebell swing", sets = 2 }, # fast',
    ]


def test_an_entry_that_says_nothing_more_becomes_its_name_alone() -> None:
    usual = item(0, 3, lambda found: replace(found, work=found.exercise.work, fixed=False))
    assert diff(SATURDAY, usual) == [
        '-   { exercise = "romanian-deadlift", hold = "0:40" }',
        '+   "romanian-deadlift"',
    ]


def test_the_routines_own_values_change_in_place_and_go_with_their_comments() -> None:
    def change(routine: Routine) -> Routine:
        return replace(routine, name="Sunday", rest_ms=None, coaching=Coaching.CUES, summary="Long.")

    assert diff(SATURDAY, change) == [
        '- name = "Saturday"     # the name',
        '+ name = "Sunday"     # the name',
        "- # why so long",
        "- rest = 45             # seconds",
        '+ summary = "Long."',
        '+ coaching = "cues"',
    ]


def test_what_is_written_although_it_is_as_usual_stays() -> None:
    before = 'name = "A"\nexercises = [{ exercise = "pullup", sets = 1, reps = 5 }]\n'
    assert diff(before, lambda routine: replace(routine, name="B")) == ['- name = "A"', '+ name = "B"']


def test_lines_of_windows_stay_lines_of_windows() -> None:
    text = changed(PLAIN.replace("\n", "\r\n"), lambda routine: replace(routine, summary="S"))
    assert text == PLAIN.replace("\n", "\r\n") + 'summary = "S"\r\n'


# --- entries that come, go and move ----------------------------------------------------------------------


def test_a_new_entry_is_one_new_line() -> None:
    assert diff(SATURDAY, items(0, lambda found: (*found[:1], DOG, *found[1:]))) == [
        '+   "downward-facing-dog",'
    ]


def test_an_entry_after_the_last_one_gives_that_its_comma() -> None:
    assert diff(SATURDAY, items(0, lambda found: (*found, DOG))) == [
        '-   { exercise = "romanian-deadlift", hold = "0:40" }',
        '+   { exercise = "romanian-deadlift", hold = "0:40" },',
        '+   "downward-facing-dog",',
    ]


def test_an_entry_that_goes_takes_its_own_comments_along() -> None:
    assert diff(SATURDAY, items(0, lambda found: found[1:])) == [
        "-   # warm up well",
        '-   "Kettlebell swing", # fast',
    ]


def test_entries_that_change_places_take_their_own_comments_along() -> None:
    text = changed(SATURDAY, items(0, lambda found: found[::-1]))
    assert (
        '[         # four\n  { exercise = "romanian-deadlift", hold = "0:40" },\n  # only with a bar\n'
        '  { exercise = "pullup", reps = 4, self_paced = true }, # wait\n'
    ) in text
    assert '  # warm up well\n  "Kettlebell swing", # fast\n  # the end\n]\n# end of one\n' in text


def test_of_two_equal_entries_the_one_that_went_is_the_one_that_goes() -> None:
    before = 'name = "A"\nexercises = [\n  "pullup", # one\n  "back-squat",\n  "pullup", # two\n]\n'
    assert diff(before, items(0, lambda found: found[1:])) == ['-   "pullup", # one']


def test_tables_of_their_own_stay_so_and_so_do_new_ones() -> None:
    dog = replace(DOG, work=Hold(45_000), fixed=True)
    assert diff(SATURDAY, items(1, lambda found: (*found[:1], dog, *found[1:]))) == [
        "+ [[circuit.exercise]]",
        '+ exercise = "downward-facing-dog"',
        '+ hold = "45s"',
        "+ ",
    ]


def test_tables_that_change_places_take_their_own_comments_along() -> None:
    text = changed(SATURDAY, items(1, lambda found: found[::-1]))
    assert text.index("# own\n[[circuit.exercise]]\n") < text.index("# left first\n[[circuit.exercise]]\n")
    assert sorted(text) == sorted(SATURDAY)


def test_a_list_on_one_line_stays_on_it_until_it_is_too_long() -> None:
    assert changed(PLAIN, items(0, lambda found: found[::-1])).splitlines()[1] == (
        'exercises = ["Back squat", "pullup"]  # two'
    )
    text = changed(PLAIN, items(0, lambda found: tuple(replace(each, sets=3) for each in found * 3)))
    assert text.splitlines()[1:3] == ["exercises = [", '  { exercise = "pullup", sets = 3 },']
    assert "]  # two\n" in text


def test_several_entries_on_a_line_are_no_trouble() -> None:
    before = 'name = "A"\nexercises = [ "pullup", "back-squat",\n  "kettlebell-swing" # k\n  ]\n'
    assert "# k\n" in changed(before, items(0, lambda found: (*found[::-1], DOG)))


# --- circuits --------------------------------------------------------------------------------------------


def test_circuits_that_change_places_are_moved_whole() -> None:
    text = changed(SATURDAY, lambda routine: replace(routine, circuits=routine.circuits[::-1]))
    assert (
        text.index("# then long\n[[circuit]]\n")
        < text.index("# left first\n")
        < text.index("# heavy first\n")
    )
    assert text.index("# end of one\n") < text.index("# mine\n[exercise.calf-raise]\n")
    assert sorted(text) == sorted(SATURDAY)


def test_a_circuit_that_goes_leaves_what_stands_apart_from_it() -> None:
    text = changed(SATURDAY, lambda routine: replace(routine, circuits=routine.circuits[1:]))
    assert "# --- the strong part ---\n\n# then long\n[[circuit]]\n" in text
    assert "# heavy first" not in text


def test_a_new_circuit_comes_between_the_others() -> None:
    one = Circuit((DOG,), rounds=2, name="Between")

    def change(routine: Routine) -> Routine:
        return replace(routine, circuits=(routine.circuits[0], one, routine.circuits[1]))

    text = changed(SATURDAY, change)
    new = '[[circuit]]\nname = "Between"\nrounds = 2\nexercises = [\n  "downward-facing-dog",\n]\n\n'
    assert text.replace(new, "") == SATURDAY


def test_a_plain_list_is_moved_into_a_circuit_when_there_are_rounds() -> None:
    def change(routine: Routine) -> Routine:
        return replace(routine, circuits=(replace(routine.circuits[0], rounds=2),))

    assert changed(PLAIN, change) == (
        '# Mine\nname = "X"\n\n[[circuit]]\nrounds = 2\nexercises = ["pullup", "Back squat"]  # two\n'
    )


def test_a_circuit_among_others_is_found_again_by_what_it_holds() -> None:
    x, y, z = ([{"exercise": name}] for name in "xyz")
    old = [{"name": "A", "exercises": x}, {"name": "B", "exercises": y}]
    assert paired(old, [{"name": "C", "exercises": y}, {"exercises": z}]) == [1, None]


def test_inline_circuits_and_dotted_keys_stay_what_they_are() -> None:
    assert diff(DOTTED, lambda routine: replace(routine, circuits=routine.circuits[::-1]))[1] == (
        '+ circuit = [ { exercises = ["pullup", "back-squat"] }, { rounds = 2, exercises = ["pullup"] } ]'
    )


# --- exercises of the file itself ------------------------------------------------------------------------


def own(change: Callable[[Item], Item]) -> Change:
    return item(1, 1, change)


def test_an_exercise_of_the_file_changes_line_by_line() -> None:
    def change(found: Item) -> Item:
        steps = (found.exercise.steps[0], Step("Lift your heels.", "Lift your heels."))
        work = Reps(12, Tempo(2_000, 0, 1_000, up_first=True))
        return replace(
            found, exercise=replace(found.exercise, name="Heels", steps=steps, work=work), work=work
        )

    assert diff(SATURDAY, own(change)) == [
        '- name = "Calf raise" # heels',
        '+ name = "Heels" # heels',
        '-   "Lift your heels, then lower them slowly.",',
        '+   "Lift your heels.",',
        '- tempo = { up = "1s", pause = "1s", down = "2s" } # even',
        '+ tempo = { up = "1s", down = "2s" } # even',
    ]


def test_an_exercise_of_the_file_that_is_no_longer_used_is_not_lost() -> None:
    assert "# mine\n[exercise.calf-raise]\n" in changed(SATURDAY, items(1, lambda found: found[:1]))


def test_an_exercise_of_the_file_gives_way_to_the_known_one_of_its_id() -> None:
    before = 'name = "A"\nexercises = ["pullup"]\n\n# o\n[exercise.pullup]\nname = "Mine"\n'
    usual = Item(KNOWN["pullup"], KNOWN["pullup"].work)
    assert changed(before, items(0, lambda _: (usual,))) == 'name = "A"\nexercises = ["pullup"]\n'


def test_a_new_exercise_is_added_below_all() -> None:
    mine = replace(KNOWN["pullup"], name="Mine")
    text = changed(PLAIN, items(0, lambda found: (Item(mine, mine.work), *found[1:])))
    assert text.startswith(PLAIN)
    assert '\n[exercise.pullup]\nname = "Mine"\n' in text


def test_the_phases_of_a_dotted_tempo_change_in_place() -> None:
    work = Reps(3, Tempo(1_000, 0, 2_000))

    def quicker(found: Item) -> Item:
        return replace(found, exercise=replace(found.exercise, work=work), work=work)

    def change(routine: Routine) -> Routine:
        both = item(0, 0, quicker)(routine)
        return item(1, 0, quicker)(both)

    assert diff(DOTTED, change) == [
        '- exercise.pullup.tempo.up = "1s" # u',
        '+ exercise.pullup.tempo.up = "2s" # u',
    ]


# --- exercises in files of their own ---------------------------------------------------------------------

STRETCH = """\
# from the wall

sides = true          # first!
name = "Wall stretch"
# as I say it
steps = ["Step your {side} foot back.", 'Bend your "{other}" knee.'] # two
[tempo]
down = 2 # slowly
"""


def test_an_exercise_keeps_its_comments_its_order_and_its_sentences() -> None:
    before = STRETCH.replace("[tempo]\n", "reps = 3\n\n[tempo]\n")
    exercise = exercise_from(before, "wall", LIBRARY.names)
    other = replace(
        exercise,
        summary="S",
        steps=(Step("Stand.", "Stand."), *exercise.steps),
        work=Reps(3, Tempo(3_000, 0, 1_000)),
    )
    text = exercise_text(other, before)
    assert exercise_from(text, "wall", LIBRARY.names) == other
    assert text == before.replace('stretch"\n', 'stretch"\nsummary = "S"\n').replace(
        "steps = [", 'steps = ["Stand.", '
    ).replace("down = 2 # slowly\n", 'down = "3s" # slowly\nup = "1s"\n')


# --- when it cannot be --------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_gives_its_opening_comments_to_the_new_text() -> None:
    routine = read(PLAIN)
    text = routine_text(routine, KNOWN, "# Ann's\n# own\n\nname = 5 # no\nexercises = [\n")
    assert text == "# Ann's\n# own\n\n" + routine_text(routine, KNOWN)


def test_a_file_of_nothing_but_comments_keeps_them() -> None:
    assert routine_text(read(PLAIN), KNOWN, "# to do").startswith('# to do\nname = "X"\n')


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="ab=\"'[]{}#,.\n \\1", max_size=80))
def test_dividing_a_text_gives_all_of_it_back_or_says_so(text: str) -> None:
    whole = text if text.endswith("\n") or not text else f"{text}\n"
    with suppress(NotMergedError):
        assert read_document(text).text == whole


@pytest.mark.parametrize(
    "text", ["a = [" * 5_000, "a = " + "[" * 20_000, '"' * 20_000, "a." * 20_000 + "a = 1"]
)
def test_a_text_that_is_no_routine_is_never_divided_and_costs_no_time(text: str) -> None:
    assert read(routine_text(read(PLAIN), KNOWN, text)) == read(PLAIN)
