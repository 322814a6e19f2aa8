"""Plain text and CSV: lists as people write them, and what is none; written and read again."""

import pytest
from helpers.timer_files import (
    known,
    library,
    losses,
    only_routine,
    parcel,
    reads_or_refuses,
    routines,
    source,
    spans,
    written,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chain_timer.exchange.parcel import CanceledError
from chain_timer.exchange.text_lists import read, recognizes, write_csv, write_text
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Hold, Reps, Tempo
from chain_timer.routine.exercise_reader import USUAL_TEMPO
from chain_timer.routine.routine import Circuit, Item, Routine

TEXT = """Morning stretch

# every day
1. Plank - 30 s
2. Side plank, right side: 45 sec (10s rest)
- Squats x 12
Rest 0:20

Child's pose 1 min 30
"""


def only_span(line: str) -> tuple[str, float, float]:
    """What a line becomes; a line after it shows its rest."""
    first, last = spans(only_routine(read, f"{line}\nLast 1s", "list.txt"))
    assert last == ("Last", 1, 0)
    return first


def exercise(name: str) -> Exercise:
    return Exercise(name.casefold(), name, (), Hold(30_000))


def routine_of(*names: str, rest_ms: int = 0) -> Routine:
    items = tuple(Item(exercise(name), Hold(30_000)) for name in names)
    return Routine("r", "R", (Circuit(items, rest_ms=rest_ms),))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Plank 30s", ("Plank", 30, 0)),
        ("Plank: 1 min 30 sec", ("Plank", 90, 0)),
        ("Plank 1 min 30", ("Plank", 90, 0)),
        ("Plank, 1 min. 30 sec.", ("Plank", 90, 0)),
        ("Plank (0:45)", ("Plank", 45, 0)),
        ("30s Plank", ("Plank", 30, 0)),
        ("- [x] Plank \u2013 1m30s", ("Plank", 90, 0)),
        ("* Plank 30s, rest 10s", ("Plank", 30, 10)),
        ("3) Plank 30s (10s rest)", ("Plank", 30, 10)),
        ("Plank 30s 10s", ("Plank", 30, 10)),
        ("Plank, 30, 10", ("Plank", 30, 10)),
        ("Plank; 1,5; 0,5", ("Plank", 1.5, 0.5)),
        ("Plank\t0:30\t10s", ("Plank", 30, 10)),
        ("Plank | 30 | rest 10", ("Plank", 30, 10)),
        ('"Plank, on elbows", 30', ("Plank, on elbows", 30, 0)),
        ("Plank, right side 30s", ("Plank, right side", 30, 0)),
        ("90/90 hip switch 40s", ("90/90 hip switch", 40, 0)),
        ("Планка 30s", ("Планка", 30, 0)),
        ("Push-ups x 10", ("Push-ups", 50, 0)),
        ("10 x Push-ups", ("Push-ups", 50, 0)),
        ("Push-ups: 10 reps, rest 20s", ("Push-ups", 50, 20)),
        ("Push-ups x 10 each side", ("Push-ups, each side", 50, 0)),
    ],
)
def test_a_line_says_name_time_and_rest_in_many_ways(line: str, wanted: tuple[str, float, float]) -> None:
    assert only_span(line) == wanted


@pytest.mark.parametrize(
    ("line", "sets", "seconds"), [("Squats 3x12", 3, 60), ("Plank 3 x 30s", 3, 30), ("2x Plank 30s", 2, 30)]
)
def test_a_line_may_say_sets(line: str, sets: int, seconds: int) -> None:
    (item,) = only_routine(read, line, "list.txt").items
    assert (item.sets, item.work.length_ms) == (sets, seconds * 1000)


def test_a_whole_list_becomes_a_routine() -> None:
    routine = only_routine(read, TEXT, "list.txt")
    assert routine.name == "Morning stretch"
    assert spans(routine) == [
        ("Plank", 30, 0),
        ("Side plank, right side", 45, 10),
        ("Squats", 60, 20),
        ("Child's pose", 90, 0),
    ]
    assert losses(read, TEXT, "list.txt") == []


def test_without_a_title_the_file_gives_its_name() -> None:
    assert only_routine(read, "Plank 30s", "My list.txt").name == "My list"


def test_a_line_not_understood_is_told_with_its_number() -> None:
    content = "Plank 30s\n\n# why\nsee you tomorrow\nSquats x 5"
    assert losses(read, content, "list.txt") == [
        'line 4: "see you tomorrow" is no exercise with a time or reps; it was left out'
    ]


def test_a_cell_too_many_is_told() -> None:
    assert losses(read, "Plank, 30, keep your back straight", "list.txt") == [
        'line 1: "keep your back straight" has no place here; it was left out'
    ]


def test_an_exercise_of_ours_keeps_its_tempo() -> None:
    (item,) = only_routine(read, "Pullup x 8", "list.txt").items
    pullup = library().by_exercise_id["pullup"].work
    assert isinstance(pullup, Reps)
    assert item.work == Reps(8, pullup.tempo)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("name,duration,rest", "Plank,45,15"),
        ("Rest,Exercise,Time", "15,Plank,45s"),
        ("Exercise;Duration (min);Rest [s]", "Plank;0,75;15"),
        ("\u00dcbung\tDauer\tPause", "Plank\t0:45\t0:15"),
        ("exercise,seconds,reps,rest", "Plank,45,,15"),
    ],
)
def test_a_header_names_the_columns_in_any_order(header: str, row: str) -> None:
    content = f"{header}\r\n{row}\r\n{row}\r\n"
    assert recognizes(source(content, "list.csv"))
    assert spans(only_routine(read, content, "list.csv")) == [("Plank", 45, 15), ("Plank", 45, 0)]


def test_a_column_that_has_no_place_is_told() -> None:
    assert losses(read, "name,time,notes\nPlank,30,slowly", "list.csv") == [
        'line 1: the column "notes" has no place here; it was left out'
    ]


def test_sets_may_have_a_column() -> None:
    (item,) = only_routine(read, "name,sets,reps\nSquats,3,12", "list.csv").items
    assert (item.sets, item.work) == (3, Reps(12, USUAL_TEMPO))


def test_a_mark_of_the_encoding_is_no_letter() -> None:
    content = "name,time\r\nPlank,30\r\n".encode("utf-8-sig")
    assert spans(only_routine(read, content, "list.csv")) == [("Plank", 30, 0)]


def test_utf_16_is_read() -> None:
    assert spans(only_routine(read, "\u00dcbung 30s".encode("utf-16"), "list.txt")) == [("\u00dcbung", 30, 0)]


def test_another_encoding_is_read_with_a_warning() -> None:
    content = "\u00dcbung 30s".encode("latin-1")
    assert spans(only_routine(read, content, "list.txt")) == [("\u00dcbung", 30, 0)]
    assert losses(read, content, "list.txt") == [
        "it is not UTF-8: letters beyond a-z may be wrong; save it as UTF-8 if they are"
    ]


def test_an_apostrophe_that_guards_a_formula_is_taken_off() -> None:
    assert spans(only_routine(read, "name,time\n'=cmd,30\n'tis,30", "list.csv")) == [
        ("=cmd", 30, 0),
        ("'tis", 30, 0),
    ]


@pytest.mark.parametrize("content", [TEXT, "Plank 30s", "name,duration\nPlank,30", "Rest 5s\nPlank x 3\nbye"])
def test_a_list_is_recognized(content: str) -> None:
    assert recognizes(source(content, "list.txt"))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Rest 30s",
        "I slept for 30 minutes, and then we talked for 2 hours about the weather.\nNothing else.",
        "Dear Anna,\n\nsee you at 10:30 in the park. Bring 3 friends.\n\nBest,\nTom",
        "Shopping\nmilk\nbread\nboil the eggs 5 min\nbutter\n",
        "<html><body>Plank 30s</body></html>",
        "<?xml version='1.0'?>\n<a>Plank 30s</a>",
        '{"name": "Plank 30s"}',
        "[1, 2",
        "def wait():\n    sleep(30)\n    return 5\n",
        "#!/bin/sh\nsleep 30s\n",
        'name = "Plank"\nhold = "30s"\nrest = "10s"\n',
        "BEGIN:VCALENDAR\nDURATION 30s\n",
        "name,age\nAnna,30\nTom,41\n",
        "city;population\nBerlin;3645000\nRome;2873000\n",
        "2026-01-01,30\n2026-01-02,45\n",
        "10:30 Standup\n11:00 Lunch\n",
        "def f(x):\n  x = 30s\n",
        "Plank 30s\x00",
        "\x1b[31mPlank 30s\x07\x01",
    ],
)
def test_what_is_no_list_is_not_recognized(content: str) -> None:
    assert not recognizes(source(content, "list.txt"))


def test_our_own_files_are_not_taken_for_lists() -> None:
    for folder in library().folders:
        for path in folder.rglob("*.toml"):
            assert not recognizes(source(path.read_bytes(), path.name)), path.name


def test_a_list_without_exercises_is_refused_with_every_line() -> None:
    with pytest.raises(FileProblemsError, match='line 2: "or that"'):
        parcel(read, "this\nor that\n", "list.txt")


def test_times_beyond_bounds_are_told() -> None:
    assert losses(read, "Run 3h\nWalk 0s\nRest 2h\nStep x 9999", "list.txt") == [
        "line 1: it is too long; 1h was taken",
        'line 2: "Walk" takes no time; it was left out',
        "line 4: 9,999 reps cannot be; 1,000 was taken",
        "line 3: it is too long; 30m was taken",
    ]


def test_a_list_too_long_is_refused() -> None:
    with pytest.raises(FileProblemsError, match="too large: 10,001 sets"):
        parcel(read, "Plank 30s\n" * 12_000, "list.txt")


def test_a_person_may_have_enough_of_reading() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    with pytest.raises(CanceledError):
        read(source("Plank 30s"), known(), enough)


WORDS = st.sampled_from(
    [
        *(
            "Plank",
            "30s",
            "0:45",
            "x",
            "12",
            "3x12",
            "rest",
            "Rest",
            "1h",
            "99999999",
            "5m30s",
            "reps",
            "name",
        ),
        *("time", "\u00dc", "1.", ",", ";", "\t", "|", '"', "'", "-", "#", ":", "(", ")", "\r", "\n", "\n"),
    ]
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_words_are_read_or_refused(content: str) -> None:
    reads_or_refuses(read, recognizes, content.encode())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@example(b"a," * 300_000)
@example(b"1:" * 300_000)
@example(b"1 x " * 120)
@example(b'"' * 400 + b"\n" + b"name,time\n" * 2)
@example(b"name,time\n" + b'"' * 200_000 + b"\n")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reads_or_refuses(read, recognizes, data)


# --- out ---------------------------------------------------------------------------------------------


def test_a_table_has_a_header_and_a_row_for_each() -> None:
    data, told = written(write_csv, routine_of("Plank", "Lunges", rest_ms=1_500))
    assert data.decode("utf-8-sig") == ('exercise,seconds,reps,rest\r\n"Plank",30,,1.5\r\n"Lunges",30,,0\r\n')
    assert told == []


def test_a_text_has_a_title_and_a_line_for_each() -> None:
    items = (
        Item(exercise("Plank"), Hold(90_000), rest_ms=15_000),
        Item(exercise("Dips"), Reps(8, USUAL_TEMPO)),
    )
    data, _ = written(write_text, Routine("r", "Morning", (Circuit(items),)))
    assert data.decode() == "Morning\n\nPlank - 1m30s, rest 15s\nDips x 8\n"


def test_rounds_are_written_out_and_told() -> None:
    circuit = Circuit(routine_of("A", "B").items, rounds=2, rest_ms=5_000, round_rest_ms=60_000)
    data, told = written(write_csv, Routine("r", "R", (circuit,)))
    assert [each[0] for each in spans(only_routine(read, data, "r.csv"))] == ["A", "B", "A", "B"]
    assert told == ["rounds have no place in it; each was written out"]


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-2", "@SUM(A1)", "'=1", "''-x", "\uff1dx", "'tis", '"so"', "#1", "//x", "1. A"]
)
def test_no_name_is_a_formula_and_every_name_comes_back(name: str) -> None:
    data, _ = written(write_csv, routine_of(f"{name} z"))
    cell = data.decode("utf-8-sig").splitlines()[1].split('",')[0].removeprefix('"')
    assert not cell.startswith(("=", "+", "-", "@", "\uff1d"))
    assert spans(only_routine(read, data, "r.csv")) == [(f"{name} z", 30, 0)]


def test_reps_are_kept_in_a_table_and_what_cannot_be_is_told() -> None:
    items = (Item(exercise("Dips"), Reps(8, Tempo(3_000, 0, 1_000), self_paced=True)),)
    data, told = written(write_csv, Routine("r", "R", (Circuit(items),)))
    (item,) = only_routine(read, data, "r.csv").items
    assert (item.work.length_ms, isinstance(item.work, Reps) and item.work.count) == (32_000, 8)
    assert told == ["Dips: it cannot wait until you are done; its usual time was written"]


def test_a_text_tells_which_tempo_it_cannot_hold() -> None:
    items = (
        Item(exercise("Dips"), Reps(8, Tempo(3_000, 0, 1_000))),
        Item(exercise("Rows"), Reps(8, USUAL_TEMPO)),
    )
    _, told = written(write_text, Routine("r", "R", (Circuit(items),)))
    assert told == ["Dips: a tempo has no place in it; only the reps were written"]


@pytest.mark.parametrize("title", ["Back stretch 10 min", "Name, time", "Squats x 12", "Arms, legs"])
def test_a_title_is_not_taken_for_an_exercise(title: str) -> None:
    routine = Routine("r", title, routine_of("A", "B", rest_ms=5_000).circuits)
    data, _ = written(write_text, routine)
    assert recognizes(source(data, "r.txt"))
    assert only_routine(read, data, "r.txt").name == title
    assert spans(only_routine(read, data, "r.txt")) == [("A", 30, 5), ("B", 30, 0)]


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(routines(st.integers(1_000, 3_600_000)))
def test_a_table_comes_back_with_names_times_and_rests(routine: Routine) -> None:
    data, _ = written(write_csv, routine)
    assert recognizes(source(data, "r.csv"))
    assert spans(only_routine(read, data, "r.csv")) == spans(routine)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(routines(st.integers(1_000, 3_600_000)))
def test_a_text_comes_back_with_names_times_and_rests(routine: Routine) -> None:
    data, _ = written(write_text, routine)
    assert recognizes(source(data, "r.txt"))
    again = only_routine(read, data, "r.txt")
    assert spans(again) == spans(routine)
    assert again.name == routine.name
