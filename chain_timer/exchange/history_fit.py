"""The history given out as FIT activities: what sports watches record, and what comes of a session here.

A file holds one activity, so many sessions are a zip archive with a file for each. The format knows whole
seconds of the day, and thousandths of lengths.
"""

from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

from chain_timer.exchange.fit_activity import EPOCH_MS, ActivityMaker
from chain_timer.exchange.history_pieces import elapsed_ms
from chain_timer.exchange.parcel import Progress
from chain_timer.problems import ChainTimerError, Problem, plain, quoted
from chain_timer.routine.words import slug
from chain_timer.session.record import SessionRecord
from chain_timer.units import MINUTE_MS, SECOND_MS

EARLIEST_MS, LATEST_MS = EPOCH_MS + 0x1000_0000 * SECOND_MS, EPOCH_MS + 0xFFFF_FFFE * SECOND_MS
"""July 1998 and 2126: smaller numbers count from when a device was switched on, larger ones do not fit."""
_LONGEST_FILE_NAME = 60
_LOST = Problem("", "FIT has no place for notes, feelings, and which side it was", "JSON keeps all")


def write_one(
    records: Iterable[SessionRecord], count: int, file: BinaryIO, progress: Progress
) -> tuple[Problem, ...]:
    """Write one session. Raises ChainTimerError for several, and for what FIT has no time for."""
    found = list(islice(records, 2))
    if count > 1 or len(found) != 1:
        raise ChainTimerError("A FIT file holds one session; choose a single one, or a zip archive for many")
    if not _has_time(found[0]):
        raise ChainTimerError(f"{_day_text(found[0])}: FIT has no number for it; choose another format")
    progress(0, 1)
    file.write(ActivityMaker().file_of(found[0]))
    progress(1, 1)
    return (_LOST,)


def write_many(
    records: Iterable[SessionRecord], count: int, file: BinaryIO, progress: Progress
) -> tuple[Problem, ...]:
    """Write an archive with a file for each session; the few FIT has no time for are left out and told."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # noqa: PLC0415 - for this format alone

    maker, left_out = ActivityMaker(), list[str]()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for done, record in enumerate(records):
            progress(done, count)
            if _has_time(record):
                stamp = record.started.local.timetuple()[:6]
                archive.writestr(
                    ZipInfo(_file_name(record), stamp), maker.file_of(record), compress_type=ZIP_DEFLATED
                )
            else:
                left_out.append(_day_text(record))
    progress(count, count)
    return (
        _LOST,
        *(Problem(each, "FIT has no number for this time", "it was left out") for each in left_out),
    )


def _has_time(record: SessionRecord) -> bool:
    local_ms = record.started.ms + record.started.offset_min * MINUTE_MS
    earliest, latest = sorted((record.started.ms, local_ms))
    return earliest >= EARLIEST_MS and latest + elapsed_ms(record) <= LATEST_MS


def _day_text(record: SessionRecord) -> str:
    return f"{record.started.day.isoformat()}, {quoted(record.routine_name)}"


def _file_name(record: SessionRecord) -> str:
    name = slug(plain(record.routine_name))[:_LONGEST_FILE_NAME] or "session"
    return f"{record.started.local:%Y-%m-%d-%H%M%S}-{name}-{record.id[:8]}.fit"
