"""``history``: what was done, in the terminal and as files, whole or not at all."""

import csv
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from helpers.past import PARTS, START, session

from chain_timer.cli import history_choosing, history_command
from chain_timer.cli.arguments import parse
from chain_timer.exchange.history_json import read_history_json
from chain_timer.exchange.history_out import HISTORY_FORMATS
from chain_timer.history.history import History, open_history
from chain_timer.routine.table import Report
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling, SessionRecord

Run = Callable[..., Any]
DAY_MS = 86_400_000
NOW = Moment(START.ms + 4 * DAY_MS, START.offset_min)  # 2026-01-09
EVENING = [session(number) for number in range(1, 4)]
DESK = replace(
    session(4, feeling=None, ending=Ending.BROKEN_OFF, parts=PARTS[:3]),
    routine_id="desk",
    routine_name="Desk \x1b[31mbreak\u202e",
)
DESK_BACK = replace(DESK, routine_name="Desk [31mbreak")
"""As the reader of JSON gives it."""
LATER = [session(number, feeling=Feeling.HARD) for number in range(6, 18)]


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command at a known moment."""
    told = history_command.tell_history
    monkeypatch.setattr(history_command, "tell_history", lambda arguments: told(arguments, lambda: NOW))
    return run


@pytest.fixture
def keep(home: Path) -> Callable[..., None]:
    """Put sessions into the history."""

    def kept(*records: SessionRecord) -> None:
        history, problems = open_history(home / "history", lambda: NOW)
        with closing(history):
            for record in records:
                history.add(record)
        assert problems == ()

    return kept


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to write into."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def back(data: bytes) -> list[SessionRecord]:
    report = Report()
    found = list(read_history_json(BytesIO(data), "x.json", report))
    assert report.problems == ()
    return found


# --- told ------------------------------------------------------------------------------------------------


def test_an_empty_history_says_so_warmly_and_makes_nothing(run: Run, home: Path) -> None:
    done = run("history")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Nothing here yet: your first session will be the first line. chain-timer play begins one\n"
    )
    assert not (home / "history").exists()


def test_the_last_sessions_totals_and_streaks_are_told(run: Run, keep: Callable[..., None]) -> None:
    keep(*EVENING, DESK)
    done = run("history")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "2026-01-08 07:30      0:43  Desk [31mbreak  broken off",
        "2026-01-07 07:30      2:12  Evening         good",
        "2026-01-06 07:30      2:12  Evening         good",
        "2026-01-05 07:30      2:12  Evening         good",
        "",
        "4 sessions, 7 min 21 s, on 4 days since 2026-01-05",
        "Days in a row: 0 (longest 3)",
        "Weeks in a row with 2 days: 1 (longest 1)",
    ]


def test_ten_are_listed_unless_more_are_wished(run: Run, keep: Callable[..., None]) -> None:
    keep(*EVENING, DESK, *LATER)
    lines = run("history").out.splitlines()
    assert lines[10] == "… and 6 earlier sessions; --last 16 lists all"
    assert run("history", "--last", "16").out.splitlines()[16] == ""
    assert run("history", "--last", "15").out.splitlines()[15].startswith("… and 1 earlier session;")


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (("--since", "2026-01-07"), ["08", "07"]),
        (("--until", "2026-01-06"), ["06", "05"]),
        (("--since", "2026-01-06", "--until", "2026-01-07"), ["07", "06"]),
        (("--routine", "Evening"), ["07", "06", "05"]),
        (("--routine", "evening", "--last", "1"), ["07"]),
        (("--routine", "desk"), ["08"]),
        (("--until", "2026-01-07", "--last", "2"), ["07", "06"]),
    ],
)
def test_some_can_be_chosen(
    run: Run, keep: Callable[..., None], options: tuple[str, ...], days: list[str]
) -> None:
    keep(*EVENING, DESK)
    data = json.loads(run("history", "--json", *options).out)
    assert [each["started"][8:10] for each in data["sessions"]] == days
    lines = run("history", *options).out.splitlines()
    assert [line[8:10] for line in lines if line.startswith("2026-01-")] == days
    assert [record.started.day.day for record in back(export(run, *options))] == sorted(map(int, days))


def export(run: Run, *options: str) -> bytes:
    done = run("history", "export", "-", "--as", "json", *options)
    assert (done.code, done.err) == (0, "")
    text: str = done.out
    return text.encode()


def test_days_are_those_of_the_place_wherever_it_is(run: Run, keep: Callable[..., None]) -> None:
    far = replace(EVENING[0], id="f" * 32, started=Moment(START.ms + 60_000, -11 * 60))
    keep(EVENING[0], far, EVENING[1])
    data = json.loads(run("history", "--json", "--until", "2026-01-04").out)
    assert [each["id"] for each in data["sessions"]] == ["f" * 32]
    data = json.loads(run("history", "--json", "--since", "2026-01-05").out)
    assert [each["id"][-1] for each in data["sessions"]] == ["2", "1"]


def test_streaks_are_not_told_of_some_days_alone(run: Run, keep: Callable[..., None]) -> None:
    keep(*EVENING)
    assert "in a row" not in run("history", "--since", "2026-01-06").out
    assert "sessions of Evening" in run("history", "--routine", "evening").out


def test_where_nothing_fits_it_says_how_many_there_are(run: Run, keep: Callable[..., None]) -> None:
    keep(*EVENING)
    done = run("history", "--since", "2027-01-01")
    assert (done.code, done.out) == (
        0,
        "No session fits; there are 3 in all: chain-timer history lists the last ones\n",
    )


def test_the_data_is_ascii_with_totals_and_streaks(run: Run, keep: Callable[..., None]) -> None:
    keep(*EVENING, DESK)
    done = run("history", "--json")
    assert done.out.isascii()
    data = json.loads(done.out)
    assert data["totals"] == {
        "sessions": 4,
        "done": 3,
        "played_ms": 440_500,
        "work_ms": 310_500,
        "days": 4,
        "first": "2026-01-05",
    }
    assert data["streak_days"] == {"current": 0, "longest": 3}
    assert data["streak_weeks"] == {"current": 1, "longest": 1}
    assert data["sessions"][1] == {
        "id": "0" * 31 + "3",
        "started": "2026-01-07T07:30:00+01:00",
        "routine": "evening",
        "name": "Evening",
        "ending": "finished",
        "done": True,
        "planned_ms": 190_000,
        "played_ms": 132_500,
        "feeling": "good",
        "note": "Slept well.",
    }


def test_what_was_wrong_with_the_history_is_told(run: Run, home: Path, keep: Callable[..., None]) -> None:
    keep(*EVENING)
    keep()  # opened once more, it is copied
    (home / "history" / "history.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
    done = run("history")
    assert done.code == 0
    assert done.err
    assert "Evening" in done.out  # out of the copy of the day, or nothing would be there


def test_a_history_that_cannot_be_opened_is_told(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "history").write_text("mine", encoding="utf-8")
    done = run("history")
    assert (done.code, done.out) == (1, "")
    assert "cannot be opened" in done.err


# --- given out -------------------------------------------------------------------------------------------


BEGINNINGS = {
    "csv": b"\xef\xbb\xbfsession,started,",
    "json": b'{"format": "chain-timer-history", "format_version": 1,',
    "calendar": b"BEGIN:VCALENDAR\r\n",
    "tcx": b"<?xml",
    "fit-files": b"PK\x03\x04",
}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_every_format_is_written_by_its_ending_and_told(
    run: Run, out: Path, keep: Callable[..., None], form: str
) -> None:
    keep(*EVENING)
    (found,) = (each for each in HISTORY_FORMATS if each.id == form)
    name = f"history{found.suffix.upper()}"
    done = run("history", "export", name)
    assert (done.code, done.out) == (0, f"{name}: 3 sessions, {found.name}, {kib(out / name)} KiB\n")
    assert (out / name).read_bytes().startswith(BEGINNINGS[form])
    assert (done.err == "") == (form == "json")
    again = run("history", "export", "other", "--as", form)
    assert again.code == 0
    assert (out / "other").read_bytes() == (out / name).read_bytes()


def kib(path: Path) -> int:
    return max(1, round(path.stat().st_size / 1024))


def test_one_session_is_a_fit_file(run: Run, out: Path, keep: Callable[..., None]) -> None:
    keep(*EVENING)
    done = run("history", "export", "x.fit")
    assert (done.code, names_in(out)) == (2, [])
    assert "A FIT activity holds one session, and these are 3; add --last 1, or choose a name" in done.err
    assert run("history", "export", "--last", "1", "x.fit").code == 0
    assert (out / "x.fit").read_bytes()[8:12] == b".FIT"


def test_formats_are_all_tried_here() -> None:
    assert {each.id for each in HISTORY_FORMATS} == {*BEGINNINGS, "fit"}


def test_help_lists_the_formats(run: Run) -> None:
    said = run("history", "--help").out
    for each in HISTORY_FORMATS:
        assert f"\n  {each.id:<12} {each.suffix:<12} {each.about}\n" in said


def test_everything_comes_back_from_json(run: Run, out: Path, keep: Callable[..., None]) -> None:
    keep(*EVENING, *LATER)
    assert run("history", "export", "all.json").code == 0
    assert back((out / "all.json").read_bytes()) == [*EVENING, *LATER]


def test_a_table_goes_through_a_pipe(run: Run, keep: Callable[..., None]) -> None:
    keep(*EVENING)
    done = run("history", "export", "-", "--as", "csv")
    rows = list(csv.DictReader(StringIO(done.out.removeprefix("\ufeff"))))
    assert len(rows) == 3 * len(PARTS)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export",), "Name the file to write: chain-timer history export history.csv"),
        (("export", "x.doc"), '"x.doc" does not end like a format we know; add --as FORMAT'),
        (("export", "x", "--as", "jsn"), 'There is no format "jsn"; did you mean json?'),
        (("export", "-"), "Nothing tells the format; add --as with one of csv, json, calendar, tcx"),
        (
            ("export", "-", "--as", "fit"),
            "FIT activity: this goes into a file and not to the standard output",
        ),
        (("export", "none/x.csv"), 'There is no folder "none"'),
        (("export", "x.csv", "--json"), "--json is for the list"),
        (("export", "x.csv", "y.csv"), "y.csv is one word too many"),
        (("exprot", "x.csv"), '"exprot" is not known here; did you mean chain-timer history export'),
        (("--as", "csv"), "--as goes with a file: chain-timer history export --as …"),
        (("--force",), "--force goes with a file"),
        (("--since", "2026-02-30"), '"2026-02-30" is not a day; write it like 2026-01-05'),
        (("--since", "monday"), '"monday" is not a day'),
        (
            ("--since", "2026-02-01", "--until", "2026-01-01"),
            "--until 2026-01-01 is before --since 2026-02-01",
        ),
        (("--last", "0"), '"0" is not a whole number from 1 to'),
        (("--routine", " "), "--routine needs a name"),
        (("--routine", "evning"), 'There is no session of a routine "evning"; did you mean evening?'),
        (("--sinec", "2026-01-01"), "There is no option --sinec; did you mean --since?"),
        (("export", "x.csv", "--since", "2027-01-01"), "There is no session to write"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    run: Run, out: Path, keep: Callable[..., None], arguments: tuple[str, ...], told: str
) -> None:
    keep(*EVENING)
    done = run("history", *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert names_in(out) == []


def test_nothing_is_written_over_unless_it_is_forced(run: Run, out: Path, keep: Callable[..., None]) -> None:
    keep(*EVENING)
    (out / "x.csv").write_text("mine", encoding="utf-8")
    done = run("history", "export", "x.csv")
    assert (done.code, done.err) == (
        2,
        '"x.csv" is there already; choose another name, or add --force\n',
    )
    assert (out / "x.csv").read_text(encoding="utf-8") == "mine"
    assert run("history", "export", "x.csv", "--force").code == 0
    assert (out / "x.csv").read_text(encoding="utf-8") != "mine"


def test_a_full_disk_is_told_and_leaves_nothing(
    run: Run, out: Path, keep: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    keep(*EVENING)
    monkeypatch.setattr("chain_timer.system.files._sync", full)
    done = run("history", "export", "x.csv")
    assert (done.code, done.err.splitlines()[-1]) == (
        1,
        '"x.csv" could not be written: no space left on device',
    )
    assert names_in(out) == []


def test_an_interrupt_leaves_nothing(
    run: Run, out: Path, keep: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(*EVENING)
    records = History.records

    def interrupted(*arguments: Any, **options: Any) -> Iterator[SessionRecord]:
        for number, record in enumerate(records(*arguments, **options)):
            if number == 2:
                raise KeyboardInterrupt
            yield record

    monkeypatch.setattr(History, "records", interrupted)
    assert run("history", "export", "x.zip").code == 130
    assert names_in(out) == []


def test_many_of_the_last_are_read_page_by_page(
    run: Run, out: Path, keep: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_choosing, "_PAGE", 3)
    keep(*EVENING, DESK, *LATER)
    assert run("history", "export", "x.json", "--last", "14").code == 0
    assert back((out / "x.json").read_bytes()) == [EVENING[2], DESK_BACK, *LATER]
    assert run("history", "export", "x.zip", "--until", "2026-01-15", "--last", "8").code == 0
    assert len(zipfile.ZipFile(out / "x.zip").namelist()) == 8


def test_options_may_stand_before_the_command() -> None:
    found = parse(["--since", "2026-01-01", "--last", "3", "history", "export", "x.csv"])
    assert (found.command, found.action, found.out, found.last) == ("history", "export", "x.csv", 3)


def test_the_real_program_writes_to_a_pipe(start: Run, keep: Callable[..., None]) -> None:
    keep(*EVENING)
    done = start("history", "export", "-", "--as", "tcx")
    assert done.code == 0
    assert done.out.count("<Activity ") == 3
