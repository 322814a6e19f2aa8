"""Every problem of a file at once, each with its place and its remedy."""

from collections.abc import Callable

import pytest

from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise_reader import exercise_from
from chain_timer.routine.library import Library

ProblemsOf = Callable[[str | bytes], list[str]]

NAMED = 'name = "Tried"\n'
TOP = NAMED + 'exercises = ["pullup"]\n'
STEPS = 'name = "Tried"\nsteps = ["Stand tall."]\n'


def item(entry: str) -> str:
    return f"{NAMED}[[circuit]]\nexercises = [\n  {{ {entry} }},\n]\n"


ROUTINES = {
    "": [
        'name is missing; add a line like name = "Morning stretch"',
        'there are no exercises; add a line like exercises = ["pullup"]',
    ],
    NAMED + "exercises = []": ["there are no exercises; name at least one"],
    NAMED + "circuit = []": ["there are no exercises; name at least one"],
    NAMED + "[[circuit]]\nrounds = 2": [
        'circuit 1: there are no exercises; add a line like exercises = ["pullup"]'
    ],
    NAMED + "[circuit]\nrounds = 2": ["circuit: it has single brackets; write [[circuit]]"],
    NAMED + "circuit = 3": ["circuit: 3 is not a list; write it like circuit = [ … ]"],
    NAMED + "circuit = [3]": ["circuit 1: 3 is not a table; write it like [[circuit]] on a line of its own"],
    NAMED + "exercises = { a = 1 }": [
        "exercises: a table is not a list; write it like exercises = [ … ]",
    ],
    NAMED + 'exercises = ["pulup", 3, nan, { hold = "45x" }, true]': [
        'exercise 1: there is no exercise "pulup"; did you mean pullup?',
        'exercise 2: 3 is not text; name an exercise, like "pullup"',
        'exercise 3: nan is not text; name an exercise, like "pullup"',
        'exercise 4: exercise is missing; say which, like exercise = "pullup"',
        'exercise 4, hold: "45x" is not a duration; write it like 45s',
        'exercise 5: true is not text; name an exercise, like "pullup"',
    ],
    NAMED + 'exercises = ["../../etc/passwd"]': [
        'exercise 1: there is no exercise "../../etc/passwd"; chain-timer list tells which there are'
    ],
    TOP + "[[circuit]]\n": [
        "it has both exercises and circuits; put the exercises into a [[circuit]]",
    ],
    NAMED + '[[circuit]]\nexercises = ["pullup"]\n[[circuit.exercise]]\nexercise = "pullup"': [
        "circuit 1: it has both exercises and [[circuit.exercise]]; keep the one you mean"
    ],
    NAMED + '[[exercise]]\nname = "pullup"': [
        (
            "[[exercise]] stands outside a circuit; define your own as [exercise.my-move], "
            "and use them in exercises = [ … ]"
        ),
        'there are no exercises; add a line like exercises = ["pullup"]',
    ],
    'name = 7\nsummary = []\nrest = true\ncoaching = "ful"\nexercises = ["pullup"]': [
        "name: 7 is not text; put it in quotes",
        "summary: a list is not text; put it in quotes",
        "rest: true is not a duration; write it like 30s",
        'coaching: "ful" is not one of full, cues, names, silent; did you mean full?',
    ],
    TOP + "coaching = 1.5": [
        "coaching: 1.5 is not one of full, cues, names, silent; use full, cues, names or silent"
    ],
    TOP + "rounds = 3": ['"rounds" is not known here; it belongs to a [[circuit]]'],
    TOP + "sumary = 1": ['"sumary" is not known here; did you mean summary?'],
    TOP + "Title = 1": ['"Title" is not known here; did you mean name?'],
    TOP + "rest = 00:45:00": ["rest: 00:45:00 is not a duration; write it like 30s"],
    TOP + 'rest = "31m"': ['rest: "31m" is too long; use 0s to 30m'],
    TOP + "rest = -1": ["rest: -1 is too short; use 0s to 30m"],
    TOP + "rest = 0x" + "f" * 5_000: ["rest: this number is too long; use 0s to 30m"],
    TOP + "rest = inf": ["rest: inf is not a duration; write it like 30s"],
    NAMED + '[[circuit]]\nrounds = 0\nexercises = ["pullup"]\ncoaching = "full"': [
        "circuit 1, rounds: 0 is too few; use 1 to 100",
        'circuit 1: "coaching" is not known here; it belongs above the first [[circuit]]',
    ],
    NAMED + '[[circuit]]\nrounds = 101\nexercises = ["pullup"]': [
        "circuit 1, rounds: 101 is too many; use 1 to 100"
    ],
    item('exercise = "pullup", hold = "0s"'): [
        'circuit 1, exercise 1, hold: "0s" is too short; use 1s to 1h'
    ],
    item('exercise = "pullup", hold = 3601'): ["circuit 1, exercise 1, hold: 3601 is too long; use 1s to 1h"],
    item('exercise = "pullup", hold = ""'): [
        "circuit 1, exercise 1, hold: empty text is not a duration; write it like 45s"
    ],
    item('exercise = "pullup", reps = 0'): ["circuit 1, exercise 1, reps: 0 is too few; use 1 to 1000"],
    item('exercise = "pullup", reps = "8"'): [
        'circuit 1, exercise 1, reps: "8" is not a whole number; use 1 to 1000, without quotes'
    ],
    item('exercise = "pullup", hold = 5, reps = 5'): [
        "circuit 1, exercise 1: it has both hold and reps; keep the one you mean"
    ],
    item('exercise = "downward-facing-dog", tempo = { down = "1s" }, self_paced = true'): [
        "circuit 1, exercise 1, tempo: this is for reps only; add reps = 8, or leave it out",
        "circuit 1, exercise 1, self_paced: this is for reps only; add reps = 8, or leave it out",
    ],
    item('exercise = "pullup", tempo = { dwn = "3s" }'): [
        'circuit 1, exercise 1, tempo: "dwn" is not known here; did you mean down?',
        (
            "circuit 1, exercise 1, tempo: a rep must take 0.5s to 1m; "
            'write it like { down = "3s", pause = "1s", up = "2s" }'
        ),
    ],
    item('exercise = "pullup", tempo = "3-1-2"'): [
        (
            'circuit 1, exercise 1, tempo: "3-1-2" is not a table; '
            'write it like { down = "3s", pause = "1s", up = "2s" }'
        )
    ],
    item('exercise = "pullup", self_paced = "yes"'): [
        (
            'circuit 1, exercise 1, self_paced: "yes" is neither true nor false; '
            "write true or false, without quotes"
        )
    ],
    item('exercise = "pullup", sides = "right"'): [
        "circuit 1, exercise 1, sides: Pullup works both sides at once; leave sides out"
    ],
    item('exercise = "standing-hamstring-stretch", sides = "rigth"'): [
        'circuit 1, exercise 1, sides: "rigth" is not one of right, left; did you mean right?'
    ],
    item('exercise = "standing-hamstring-stretch", sides = []'): [
        'circuit 1, exercise 1, sides: it is empty; write ["right", "left"], or leave it out'
    ],
    item('exercise = "standing-hamstring-stretch", sides = ["left", "left"]'): [
        "circuit 1, exercise 1, sides: it names a side twice; use sets = 2 to do it again"
    ],
    item('exercise = "pullup", sets = 21, rest = "x"'): [
        "circuit 1, exercise 1, sets: 21 is too many; use 1 to 20",
        'circuit 1, exercise 1, rest: "x" is not a duration; write it like 30s',
    ],
    item('exercise = "pullup", sets = 1.5'): [
        "circuit 1, exercise 1, sets: 1.5 is not a whole number; use 1 to 20, without quotes"
    ],
    item('exercise = "pullup", duration = "45s"'): [
        'circuit 1, exercise 1: "duration" is not known here; did you mean hold?'
    ],
    item('exercise = "no such thing at all", holdd = 3, reps = 0'): [
        (
            'circuit 1, exercise 1: there is no exercise "no such thing at all"; '
            "chain-timer list tells which there are"
        ),
        "circuit 1, exercise 1, reps: 0 is too few; use 1 to 1000",
        'circuit 1, exercise 1: "holdd" is not known here; did you mean hold?',
    ],
    TOP + '[exercise."../a"]\nname = "A"\nsteps = ["B."]': [
        "exercise ../a: this is no id; use letters, digits and hyphens, like a"
    ],
    TOP + '[exercise.""]\nname = "A"\nsteps = ["B."]': [
        'exercise "": this is no id; use letters, digits and hyphens, like my-move'
    ],
    TOP + "[exercise]\na = 3": [
        "exercise a: 3 is not a table; write it like [exercise.my-move] on a line of its own",
    ],
    TOP + '[exercise.a]\nname = "A"\nsteps = [""]\nhold = "45x"': [
        "exercise a, step 1: it is empty; write at least a word",
        'exercise a, hold: "45x" is not a duration; write it like 45s',
    ],
}

EXERCISES = {
    "": [
        'name is missing; add a line like name = "Calf raise"',
    ],
    'name = "A"\npicture = "../a.png"': [
        (
            'picture: "../a.png" is no picture\'s name; '
            'put the picture beside this file and name it, like picture = "my-move.png"'
        ),
    ],
    'name = "A"\nsteps = "Stand."': ['steps: "Stand." is not a list; write it like steps = [ … ]'],
    'name = "A"\nsteps = ["' + "x" * 301 + '", 3]': [
        "step 1: it has 301 characters; use at most 300",
        "step 2: 3 is not text; put it in quotes",
    ],
    'name = "A"\nsteps = [' + '"B.",' * 21 + "]": ["steps: there are more than 20; use at most 20"],
    'name = "A"\nsteps = ["Lift your {side} heel."]': [
        'step 1: "{side}" needs an exercise with sides; add sides = true'
    ],
    'name = "A"\nsides = true\nsteps = ["Lift your {leg}.", "{0.__class__}"]': [
        'step 1: "{leg}" stands for nothing; write {side} or {other}',
        'step 2: "{0.__class__}" stands for nothing; write {side} or {other}',
    ],
    STEPS + 'side_noun = "leg"': ["side_noun: this exercise has no sides; add sides = true"],
    STEPS + 'sides = ["right"]': [
        "sides: a list is neither true nor false; write true or false, without quotes"
    ],
    STEPS + 'key_cue = "Mind your {side} foot."': [
        'key_cue: "{side}" is only for steps; write it without a side'
    ],
    STEPS + 'muscles = ["glute", "wings", 3]\nequipment = ["Chairs"]': [
        'muscle 1: "glute" is no muscle we know; did you mean glutes?',
        (
            'muscle 2: "wings" is no muscle we know; known are trapezius, rear-shoulders, rhomboids, lats, '
            "erector-spinae, glutes, hamstrings, calves, shoulders, arms, upper-body, core, hips, quadriceps"
        ),
        (
            "muscle 3: 3 is no muscle we know; known are trapezius, rear-shoulders, rhomboids, lats, "
            "erector-spinae, glutes, hamstrings, calves, shoulders, arms, upper-body, core, hips, quadriceps"
        ),
        'equipment 1: "Chairs" is no equipment we know; did you mean chair?',
    ],
    STEPS + 'instructions = "x"': ['"instructions" is not known here; did you mean steps?'],
    STEPS + 'reps = 8\ntempo = { down = "2m", up = "1s" }': ['tempo, down: "2m" is too long; use 0s to 1m'],
}

QUOTES = 'put text in quotes, like hold = "45s"'
SYNTAX = {
    "name = Morning": f"line 1, column 8: not valid TOML: invalid value; {QUOTES}",
    'name = "x"\nrest = 45s': "line 2, column 10: not valid TOML: "
    f"expected newline or end of document after a statement; {QUOTES}",
    "rest = 1\nrest = 2\n": "line 2, column 9: not valid TOML: cannot overwrite a value; say it only once",
    'name = "x': "at the end: not valid TOML: unterminated string; end the text with a quote",
    'name = "x"\n\0': "line 2, column 1: not valid TOML: invalid statement",
    "exercises = " + "[" * 100_000: "it is nested too deeply; use lists of plain entries",
    "exercises = " + "{a=" * 100_000: "it is nested too deeply; use lists of plain entries",
    "a." * 900_000 + "a = 1": "it has a key of too many parts; write short keys",
    '"a" . ' * 300_000 + "a = 1": "it has a key of too many parts; write short keys",
    "[" + "a." * 900_000 + "a]": "it has a key of too many parts; write short keys",
    "#" * (2 * 1024 * 1024 + 1): "it is larger than 2 MiB; split it into several files",
}


@pytest.mark.parametrize(("content", "lines"), ROUTINES.items(), ids=range(len(ROUTINES)))
def test_a_broken_routine_has_all_its_problems_told(
    problems_of: ProblemsOf, content: str, lines: list[str]
) -> None:
    assert problems_of(content) == lines


@pytest.mark.parametrize(("content", "lines"), EXERCISES.items(), ids=range(len(EXERCISES)))
def test_a_broken_exercise_has_all_its_problems_told(
    library: Library, content: str, lines: list[str]
) -> None:
    with pytest.raises(FileProblemsError) as caught:
        exercise_from(content, "tried", library.names)
    assert [str(problem) for problem in caught.value.problems] == lines


@pytest.mark.parametrize(("content", "line"), SYNTAX.items(), ids=range(len(SYNTAX)))
def test_what_is_not_toml_is_told_with_its_line_and_column(
    problems_of: ProblemsOf, content: str, line: str
) -> None:
    assert problems_of(content) == [line]


def test_text_that_is_not_utf_8_is_told_with_its_line(problems_of: ProblemsOf) -> None:
    line = "line 2: this is not UTF-8 text; save it as UTF-8 text"
    assert problems_of(b'# first\nname = "caf\xe9"') == [line]
    assert problems_of('name = "x"'.encode("utf-16"))[0].startswith("line 1: this is not UTF-8 text")


def test_a_number_of_five_thousand_digits_is_a_problem_and_no_crash(problems_of: ProblemsOf) -> None:
    (line,) = problems_of("rest = " + "9" * 5_000)
    assert line.startswith("not valid TOML")
    assert line.endswith("write a smaller number")


def test_a_name_of_five_thousand_characters_is_a_problem(problems_of: ProblemsOf) -> None:
    content = f'name = "{"x" * 5_000}"\nexercises = ["pullup"]'
    assert problems_of(content) == ["name: it has 5,000 characters; use at most 200"]


def test_a_hundred_problems_are_listed_and_the_rest_counted(problems_of: ProblemsOf) -> None:
    lines = problems_of(NAMED + 'exercises = ["pulup", ' * 1 + '"pulup", ' * 2_499 + "]")
    assert len(lines) == 101
    assert lines[-1] == "and 2,400 more"


def test_the_error_names_the_file_on_every_line(library: Library) -> None:
    with pytest.raises(FileProblemsError) as caught:
        exercise_from("sides = 1", "my-move", library.names)
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == ["my-move", "my-move"]


def test_ten_thousand_sets_are_a_routine_and_one_more_is_a_problem(problems_of: ProblemsOf) -> None:
    entry = '"seated-figure-four-stretch",'
    assert problems_of(f"{NAMED}exercises = [{entry * 10_000}]") == []
    assert problems_of(f"{NAMED}exercises = [{entry * 10_001}]") == [
        "it comes to 10,001 sets; use at most 10,000"
    ]


def test_rounds_and_sets_count_toward_the_ten_thousand(problems_of: ProblemsOf) -> None:
    content = NAMED + "[[circuit]]\nrounds = 100\nexercises = [" + '{exercise="pullup",sets=20},' * 6 + "]"
    assert problems_of(content) == ["it comes to 12,000 sets; use at most 10,000"]


def test_a_routine_longer_than_a_week_is_a_problem(problems_of: ProblemsOf) -> None:
    content = NAMED + "exercises = [" + '{exercise="pullup",hold="1h"},' * 169 + "]"
    assert problems_of(content) == ["it takes 169 hours; make it shorter than a week"]


@pytest.mark.slow
def test_ten_thousand_entries_with_everything_said_fit_into_a_file(problems_of: ProblemsOf) -> None:
    entry = (
        '[[circuit.exercise]]\nexercise = "standing-hamstring-stretch-feet-together"\n'
        'hold = "45s"\nrest = "0s"\nsets = 1\n'
    )
    assert problems_of(NAMED + "[[circuit]]\n" + entry * 10_000) == []
