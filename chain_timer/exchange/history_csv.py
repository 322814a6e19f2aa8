"""The history given out as CSV, RFC 4180 in UTF-8: a row for each part of each session.

What a spreadsheet would take for a formula gets an apostrophe in front: cells that begin with ``=``, ``+``,
``-``, ``@``, a tab or a carriage return, also in their full width (see
https://owasp.org/www-community/attacks/CSV_Injection). A name that begins so after an apostrophe gets one
more, so that taking off one always gives back what it was.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import BinaryIO

from chain_timer.exchange.history_pieces import by_id
from chain_timer.exchange.parcel import Progress
from chain_timer.exchange.text_lines import guarded
from chain_timer.problems import Problem
from chain_timer.session.record import Part, SessionRecord
from chain_timer.units import SECOND_MS

COLUMNS = (
    "session",
    "started",
    "day",
    "routine",
    "ending",
    "feeling",
    "note",
    "part",
    "kind",
    "exercise",
    "side",
    "set",
    "round",
    "planned_s",
    "actual_s",
    "pause_s",
    "reps_planned",
    "reps_done",
    "outcome",
)
"""A session without parts has one row, in which all from ``part`` on are empty."""
_WHOLE_SESSION = 7
_LOST = Problem("", "a table has no place for the routine as it was played", "JSON keeps all")


def write(
    records: Iterable[SessionRecord], count: int, file: BinaryIO, progress: Progress
) -> tuple[Problem, ...]:
    """Write the table, session by session."""
    # With the mark of UTF-8, without which spreadsheets take it for an older encoding.
    file.write(f"\ufeff{','.join(COLUMNS)}\r\n".encode())
    for done, record in enumerate(records):
        progress(done, count)
        file.write(_rows_text(record).encode())
    progress(count, count)
    return (_LOST,)


def _rows_text(record: SessionRecord) -> str:
    text = StringIO(newline="")
    csv.writer(text).writerows(_rows(record))
    return text.getvalue()


def _rows(record: SessionRecord) -> Iterator[tuple[str, ...]]:
    session = _session_cells(record)
    if not record.parts:
        yield (*session, *[""] * (len(COLUMNS) - _WHOLE_SESSION))
    names = {exercise_id: _cell(exercise.name) for exercise_id, exercise in by_id(record).items()}
    for number, part in enumerate(record.parts, 1):
        yield (*session, str(number), *_part_cells(part, names))


def _session_cells(record: SessionRecord) -> tuple[str, ...]:
    local = record.started.local
    return (
        record.id,
        local.isoformat(timespec="seconds"),
        local.date().isoformat(),
        _cell(record.routine_name),
        record.ending,
        record.feeling or "",
        _cell(record.note),
    )


def _part_cells(part: Part, names: dict[str, str]) -> tuple[str, ...]:
    return (
        part.kind,
        names.get(part.exercise_id, "") or _cell(part.exercise_id),
        part.side or "",
        str(part.set_number),
        str(part.round_number),
        _seconds(part.planned_ms),
        _seconds(part.actual_ms),
        _seconds(part.paused_ms),
        "" if part.reps is None else str(part.reps),
        "" if part.reps_done is None else str(part.reps_done),
        part.outcome,
    )


def _cell(text: str) -> str:
    """Clean text of what is no letter, but for the ends of lines, and of what is a formula."""
    if text.isprintable():
        return guarded(text.strip())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (letter for letter in lines if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"})
    return guarded("".join(kept).strip())


def _seconds(ms: int) -> str:
    seconds, fraction = divmod(ms, SECOND_MS)
    return f"{seconds}.{fraction:03}".rstrip("0") if fraction else str(seconds)
