"""Every format the history can be given out as, one line each; each module is loaded when it is asked for."""

# ruff: noqa: PLC0415 - that is what the small functions are for

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_timer.problems import ChainTimerError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from chain_timer.exchange.history_pieces import WriteHistory
    from chain_timer.exchange.parcel import Progress
    from chain_timer.session.record import SessionRecord


@dataclass(frozen=True, slots=True)
class HistoryFormat:
    """A kind of file the history can be given out as."""

    id: str
    name: str
    suffix: str
    """With its dot: ``.csv``."""
    about: str
    """One line for a person who chooses: what it is good for."""
    write: WriteHistory
    is_text: bool = True
    """Whether it can go through a pipe or be looked at in a terminal."""
    is_single: bool = False
    """Whether it holds one session only."""


def write_history(
    form: HistoryFormat,
    records: Iterable[SessionRecord],
    count: int,
    file: BinaryIO,
    progress: Progress,
) -> tuple[Problem, ...]:
    """Write sessions, oldest first, of which there are so many, and give what the format could not hold.

    The file has not taken its place yet; only an archive seeks in it, and does without where that cannot be.
    Raises ChainTimerError when there is nothing to write, or more than fits; CanceledError when ``progress``
    does, and OSError.
    """
    if count < 1:
        raise ChainTimerError("There is no session to write; the file was not made")
    if form.is_single and count > 1:
        remedy = " or ".join(each.name for each in HISTORY_FORMATS if not each.is_single)
        raise ChainTimerError(f"A {form.name} holds one session, and these are {count:,}; choose {remedy}")
    return form.write(records, count, file, progress)


def history_format(format_id: str) -> HistoryFormat | None:
    """Find a format by its id."""
    return next((each for each in HISTORY_FORMATS if each.id == format_id), None)


def _late(load: Callable[[], WriteHistory]) -> WriteHistory:
    def write(
        records: Iterable[SessionRecord], count: int, file: BinaryIO, progress: Progress
    ) -> tuple[Problem, ...]:
        return load()(records, count, file, progress)

    return write


def _to_csv() -> WriteHistory:
    from chain_timer.exchange import history_csv

    return history_csv.write


def _to_json() -> WriteHistory:
    from chain_timer.exchange import history_json

    return history_json.write


def _to_calendar() -> WriteHistory:
    from chain_timer.exchange import history_calendar

    return history_calendar.write


def _to_tcx() -> WriteHistory:
    from chain_timer.exchange import history_tcx

    return history_tcx.write


def _to_fit() -> WriteHistory:
    from chain_timer.exchange import history_fit

    return history_fit.write_one


def _to_fit_files() -> WriteHistory:
    from chain_timer.exchange import history_fit

    return history_fit.write_many


HISTORY_FORMATS: tuple[HistoryFormat, ...] = (
    HistoryFormat("csv", "CSV table", ".csv", "a row for each part, for spreadsheets", _late(_to_csv)),
    HistoryFormat("json", "JSON", ".json", "everything, for programs and for keeping", _late(_to_json)),
    HistoryFormat("calendar", "calendar", ".ics", "an entry for each session", _late(_to_calendar)),
    HistoryFormat("tcx", "TCX activities", ".tcx", "for training diaries and sports sites", _late(_to_tcx)),
    HistoryFormat(
        "fit",
        "FIT activity",
        ".fit",
        "one session, for training diaries and sports sites",
        _late(_to_fit),
        is_text=False,
        is_single=True,
    ),
    HistoryFormat(
        "fit-files",
        "archive of FIT activities",
        ".zip",
        "many sessions, a FIT file for each",
        _late(_to_fit_files),
        is_text=False,
    ),
)
"""In the order a person chooses from."""
