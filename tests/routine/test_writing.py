"""What is written reads back as what it was, and looks like what a person would write."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo, Work
from chain_timer.routine.exercise_reader import USUAL_HOLD, USUAL_TEMPO, exercise_from
from chain_timer.routine.exercise_writer import exercise_text
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Coaching, Item, Routine
from chain_timer.routine.routine_reader import MOST_SETS, routine_from
from chain_timer.routine.routine_writer import routine_text
from chain_timer.routine.sentences import sentence_of
from chain_timer.routine.words import clean_line, slug

LIBRARY = Library.built_in()
KNOWN = dict(LIBRARY.by_exercise_id)
NAMES = LIBRARY.names
BOTH = (Side.RIGHT, Side.LEFT)
thorough = settings(max_examples=100, deadline=None, derandomize=True)


# --- routines and exercises such as the reader makes -----------------------------------------------------


def lines(longest: int) -> st.SearchStrategy[str]:
    odd = st.sampled_from(
        ['"', "'", "\\", "#", "[", "]", "=", ",", "🧘‍♀️", "é", "ش", "\u200d", " ", "'''", '"""']
    )
    written = st.lists(st.one_of(odd, st.text(max_size=3)), min_size=1, max_size=4).map("".join)
    return written.map(clean_line).filter(lambda line: 0 < len(line) <= longest and clean_line(line) == line)


def sentences(*, sided: bool) -> st.SearchStrategy[str]:
    marks = ["{side}", "{other}"] if sided else []
    words = st.one_of(
        st.sampled_from(["right", "Left", "your", "bright", "leftover", "lefright", *marks]),
        lines(20).filter(lambda line: not {"{", "}"} & set(line)),
    )
    return (
        st.lists(words, min_size=1, max_size=6).map(" ".join).map(clean_line).filter(lambda line: line != "")
    )


def seconds(least: int, most: int) -> st.SearchStrategy[int]:
    return st.one_of(
        st.integers(least, min(most, 90)).map(lambda each: each * 1_000),
        st.integers(least * 1_000, most * 1_000),
    )


tempos = st.builds(Tempo, *(st.sampled_from([0, 500, 1_000, 2_001]) for _ in range(3)), st.booleans()).filter(
    lambda tempo: tempo.rep_ms >= 500
)
works: st.SearchStrategy[Work] = st.one_of(
    st.builds(Hold, seconds(1, 3_600)),
    st.builds(Reps, st.integers(1, 99), st.one_of(st.just(USUAL_TEMPO), tempos), st.booleans()),
)


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """Read from text, as every exercise is."""
    sided = draw(st.booleans())
    written = draw(st.lists(sentences(sided=sided), max_size=4))
    out = draw(st.one_of(st.none(), sentences(sided=sided)))
    maybe = st.sampled_from(["", "", draw(lines(60)).replace("{", "(").replace("}", ")")])
    muscles = st.lists(st.sampled_from(sorted(NAMES.muscles)), max_size=3).map(tuple)
    name = draw(lines(60))
    return Exercise(
        id=slug(name)[:200] or "move",
        name=name,
        steps=tuple(said(sentence, sided=sided) for sentence in written),
        work=draw(works),
        sided=sided,
        side_noun=draw(st.sampled_from(["side", "leg"])) if sided else "side",
        muscles=draw(muscles),
        also=draw(muscles),
        equipment=draw(st.sampled_from([(), ("chair", "mat")])),
        key_cue=draw(maybe),
        easier=draw(maybe),
        summary=draw(maybe),
        out=said(out, sided=sided) if out else None,
        equipment_note=draw(maybe),
        picture=draw(st.sampled_from(["", "Ann's bild.JPG"])),
        source=draw(maybe),
        license=draw(maybe),
    )


def said(sentence: str, *, sided: bool) -> Step:
    toml = f"name = 'A'\nsides = {'true' if sided else 'false'}\nsteps = [{_basic(sentence)}]"
    return exercise_from(toml, "a", NAMES).steps[0]


def _basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def items(draw: st.DrawFn, pool: list[Exercise]) -> Item:
    exercise = draw(st.sampled_from(pool))
    work = draw(st.one_of(st.just(exercise.work), works))
    sides: tuple[Side, ...] = ()
    if exercise.sided:
        sides = draw(st.sampled_from([BOTH, BOTH[::-1], BOTH[:1], BOTH[1:]]))
    fixed = isinstance(work, Hold) and (work != exercise.work or draw(st.booleans()))
    rest_ms = draw(st.one_of(st.none(), st.just(0), seconds(0, 1_800)))
    return Item(exercise, work, sides, draw(st.sampled_from([1, 1, 2])), rest_ms, fixed)


rests = st.one_of(st.none(), st.just(0), seconds(0, 1_800))


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    invented = draw(st.lists(exercises(), max_size=3, unique_by=lambda each: each.id))
    pool = list({**KNOWN, **{each.id: each for each in invented}}.values())
    circuits = st.builds(
        Circuit,
        st.lists(items(pool), min_size=1, max_size=5).map(tuple),
        st.sampled_from([1, 1, 3]),
        rests,
        rests,
        st.one_of(st.just(""), lines(40)),
    )
    plain = st.lists(items(pool), min_size=1, max_size=6).map(lambda found: (Circuit(tuple(found)),))
    return Routine(
        "tried",
        draw(lines(60)),
        draw(st.one_of(plain, st.lists(circuits, min_size=1, max_size=4).map(tuple))),
        draw(st.one_of(st.just(""), lines(100))),
        draw(rests),
        draw(st.one_of(st.none(), st.sampled_from(Coaching))),
    )


def read(text: str) -> Routine:
    return routine_from(text, "tried", KNOWN, NAMES)


# --- as equal values -------------------------------------------------------------------------------------


@pytest.mark.slow
@thorough
@given(routines())
def test_every_routine_reads_back_equal(routine: Routine) -> None:
    assert read(routine_text(routine, KNOWN)) == routine


@pytest.mark.slow
@thorough
@given(routines(), routines())
def test_a_routine_written_into_any_other_file_reads_back_equal(routine: Routine, other: Routine) -> None:
    assert read(routine_text(routine, KNOWN, routine_text(other, KNOWN))) == routine


@pytest.mark.slow
@thorough
@given(routines(), st.text(alphabet="ab=\"[]{}#,.\n '\\1", max_size=60))
def test_whatever_the_file_held_before_the_routine_reads_back_equal(routine: Routine, before: str) -> None:
    assert read(routine_text(routine, KNOWN, before)) == routine


@pytest.mark.slow
@thorough
@given(exercises())
def test_every_exercise_reads_back_equal(exercise: Exercise) -> None:
    assert exercise_from(exercise_text(exercise), exercise.id, NAMES) == exercise


@pytest.mark.slow
@thorough
@given(exercises(), exercises())
def test_an_exercise_written_into_any_other_file_reads_back_equal(
    exercise: Exercise, other: Exercise
) -> None:
    text = exercise_text(exercise, exercise_text(other))
    assert exercise_from(text, exercise.id, NAMES) == exercise


@pytest.mark.slow
@thorough
@given(sentences(sided=True))
def test_every_step_is_turned_back_into_a_sentence_that_says_the_same(sentence: str) -> None:
    step = said(sentence, sided=True)
    assert said(sentence_of(step), sided=True) == step


@pytest.mark.slow
def test_the_largest_routine_is_written_into_its_file_without_delay() -> None:
    each = [Item(KNOWN["pullup"], Hold(45_000), (), fixed=True), Item(KNOWN["pullup"], KNOWN["pullup"].work)]
    routine = Routine("tried", "Large", (Circuit(tuple(each * (MOST_SETS // 2))),))
    text = routine_text(routine, KNOWN)
    changed = replace(routine, circuits=(Circuit(routine.items[::-1]),))
    assert read(routine_text(changed, KNOWN, text)) == changed


# --- as text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("routine_id", ["desk-break", "hamstrings-and-calves", "posterior-chain-stretch"])
def test_a_simple_routine_is_written_as_those_that_ship_are(routine_id: str) -> None:
    shipped = (resource_path() / "routines" / f"{routine_id}.toml").read_text(encoding="utf-8")
    assert routine_text(LIBRARY.by_routine_id[routine_id], KNOWN) == shipped


def test_a_routine_of_circuits_is_written_as_those_that_ship_are() -> None:
    path = resource_path() / "routines" / "whole-posterior-chain.toml"
    shipped = path.read_text(encoding="utf-8").replace('"60s"', '"1m"')
    assert routine_text(LIBRARY.by_routine_id["whole-posterior-chain"], KNOWN) == shipped


@pytest.mark.parametrize("exercise_id", sorted(KNOWN))
def test_an_exercise_is_written_as_those_that_ship_are(exercise_id: str) -> None:
    shipped = (resource_path() / "exercises" / f"{exercise_id}.toml").read_text(encoding="utf-8")
    assert exercise_text(KNOWN[exercise_id]) == shipped


def test_an_exercise_nobody_else_knows_is_written_into_the_routine() -> None:
    move = Exercise("утро", "Утро", (Step("Up.", "Up."),), USUAL_HOLD)
    routine = Routine("tried", "A", (Circuit((Item(move, Hold(45_000), fixed=True),)),))
    assert routine_text(routine, KNOWN) == (
        'name = "A"\nexercises = [\n  { exercise = "утро", hold = "45s" },\n]\n\n'
        '[exercise."утро"]\nname = "Утро"\nsteps = [\n  "Up.",\n]\nhold = "30s"\n'
    )


def test_what_is_as_usual_is_not_written() -> None:
    moves = (
        Item(KNOWN["pullup"], KNOWN["pullup"].work),
        Item(KNOWN["pullup"], replace(KNOWN["pullup"].work, count=3)),
        Item(KNOWN["standing-hamstring-stretch"], USUAL_HOLD, BOTH[1:]),
        Item(KNOWN["downward-facing-dog"], USUAL_HOLD, fixed=True),
        Item(KNOWN["downward-facing-dog"], Reps(8, USUAL_TEMPO, self_paced=True), (), 2, 0),
    )
    text = routine_text(Routine("tried", "A", (Circuit(moves),)), KNOWN)
    assert text.splitlines()[2:-1] == [
        '  "pullup",',
        '  { exercise = "pullup", reps = 3 },',
        '  { exercise = "standing-hamstring-stretch", sides = "left" },',
        '  { exercise = "downward-facing-dog", hold = "30s" },',
        '  { exercise = "downward-facing-dog", reps = 8, self_paced = true, sets = 2, rest = "0s" },',
    ]


def test_quotes_are_written_so_that_a_person_can_read_them() -> None:
    routine = Routine("tried", 'Say "ah"', (Circuit((Item(KNOWN["pullup"], KNOWN["pullup"].work),)),))
    assert routine_text(routine, KNOWN).startswith("name = 'Say \"ah\"'\n")
    both = replace(routine, name='It\'s "ah"')
    assert routine_text(both, KNOWN).startswith('name = "It\'s \\"ah\\""\n')


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        (
            "{side} foot on your {other} knee.",
            Step("Right foot on your left knee.", "Left foot on your right knee."),
        ),
        ("Turn left, {side} first.", Step("Turn left, right first.", "Turn left, left first.")),
        ("Left and right alike.", Step("Left and right alike.", "Left and right alike.")),
        ("{other}{side}", Step("Leftright", "Rightleft")),
        ("Up{other} {side}ward", Step("Upleft rightward", "Upright leftward")),
    ],
)
def test_a_sentence_is_found_again_from_what_the_sides_say(sentence: str, step: Step) -> None:
    assert said(sentence, sided=True) == step
    assert sentence_of(step) == sentence


def test_two_sides_that_no_sentence_can_say_are_said_as_the_right_one_is() -> None:
    assert sentence_of(Step("Foot up.", "Hand up.")) == "Foot up."
