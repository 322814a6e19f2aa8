"""The history as a table: a row a part, as spreadsheets read it and without anything they would carry out."""

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from helpers.past import PARTS, REPS, given_out, names, notes, session
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange.text_lines import unguarded
from chain_timer.session.record import SessionRecord


def rows(*records: SessionRecord) -> list[dict[str, str]]:
    data, _ = given_out("csv", records)
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_a_part_is_a_row_with_what_was_planned_and_done() -> None:
    found = rows(session())
    assert len(found) == len(PARTS)
    assert found[4] == {
        "session": "0" * 31 + "1",
        "started": "2026-01-05T07:30:00+01:00",
        "day": "2026-01-05",
        "routine": "Evening",
        "ending": "finished",
        "feeling": "good",
        "note": "Slept well.",
        "part": "5",
        "kind": "hold",
        "exercise": "Wall calf stretch",
        "side": "left",
        "set": "1",
        "round": "1",
        "planned_s": "30",
        "actual_s": "21.5",
        "pause_s": "90",
        "reps_planned": "",
        "reps_done": "",
        "outcome": "skipped",
    }
    assert (found[6]["set"], found[6]["reps_planned"], found[6]["reps_done"]) == ("2", "10", "9")


def test_lines_end_as_the_standard_has_it_and_the_file_says_it_is_utf_8() -> None:
    data, _ = given_out("csv", [session(note="a\nb")])
    assert data.startswith(b"\xef\xbb\xbfsession,started,day,")
    assert data.count(b"\r\n") == 1 + len(PARTS)
    assert data.endswith(b"\r\n")
    assert {row["note"] for row in rows(session(note="a\r\nb"))} == {"a\nb"}


def test_a_session_without_parts_has_a_row() -> None:
    (row,) = rows(session(parts=()))
    assert (row["session"], row["part"], row["outcome"]) == ("0" * 31 + "1", "", "")


def test_the_day_is_that_of_the_place() -> None:
    late = session().started
    found = rows(session(started=replace(late, ms=late.ms + 16 * 3_600_000, offset_min=600)))
    assert (found[0]["started"], found[0]["day"]) == ("2026-01-06T08:30:00+10:00", "2026-01-06")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"])
def test_what_a_spreadsheet_would_carry_out_is_only_text(text: str) -> None:
    found = rows(session(note=text, routine_name=text))
    assert found[0]["note"].startswith("'")
    assert unguarded(found[0]["routine"]) == text.strip()


def test_characters_that_are_no_letters_are_left_out() -> None:
    assert rows(session(note="a\x00b\x1b[31mc\ud800"))[0]["note"] == "ab[31mc"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(names, notes, st.text(max_size=20))
def test_any_text_stays_in_its_cell_and_is_no_formula(name: str, note: str, wild: str) -> None:
    found = rows(session(routine_name=name, note=note, parts=(REPS,)), session(2, note=wild, parts=(REPS,)))
    assert len(found) == 2
    assert unguarded(found[0]["routine"]) == name
    assert not any(re.match(r"[=+\-@\t\r\n]", cell) for row in found for cell in row.values())
