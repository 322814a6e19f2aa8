"""The history given out as a calendar: iCalendar, RFC 5545, an entry for each session that was.

The id of an entry is made from the id of its session, so that a calendar that is given the same session again
puts it in its own place. Times are in UTC, which every calendar shows in the time of the place.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from chain_timer.exchange.history_pieces import done_lines, elapsed_ms
from chain_timer.exchange.laps import whole_seconds
from chain_timer.exchange.parcel import Progress
from chain_timer.problems import Problem, plain
from chain_timer.session.clock import Moment
from chain_timer.session.record import LONGEST_NOTE, SessionRecord

_MAKER = b"-//Chain Timer//Chain Timer//EN"
_LONGEST_NAME = 200
_MOST_LINES = 100
_LOST = Problem("", "a calendar has no place for single sets and pauses", "it has what each exercise came to")


def write(
    records: Iterable[SessionRecord], count: int, file: BinaryIO, progress: Progress
) -> tuple[Problem, ...]:
    """Write the entries, one by one."""
    # By hand, as the library would hold all entries at once.
    file.write(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:" + _MAKER + b"\r\n")
    for done, record in enumerate(records):
        progress(done, count)
        file.write(_entry(record))
    file.write(b"END:VCALENDAR\r\n")
    progress(count, count)
    return (_LOST,)


def _entry(record: SessionRecord) -> bytes:
    from icalendar import Event  # noqa: PLC0415 - takes a quarter of a second

    told = _utc(max(record.changed_ms, record.ended_ms))
    event = Event()
    event.add("uid", f"{record.id}@chain-timer")
    event.add("dtstamp", told)
    event.add("last-modified", told)
    event.add("summary", plain(record.routine_name, _LONGEST_NAME))
    event.add("description", _description(record))
    event.add("dtstart", _utc(record.started.ms))
    event.add("duration", timedelta(seconds=max(1, whole_seconds(elapsed_ms(record)))))
    event.add("transp", "TRANSPARENT")  # what is over keeps nobody busy
    return bytes(event.to_ical())


def _description(record: SessionRecord) -> str:
    lines = [line for text in done_lines(record) for line in text.splitlines()]
    more = len(lines) - _MOST_LINES
    shown = [plain(line, LONGEST_NOTE) for line in lines[:_MOST_LINES]]
    return "\n".join([*shown, f"and {more:,} more lines"] if more > 0 else shown)


def _utc(ms: int) -> datetime:
    # The format knows no parts of a second.
    return Moment(ms).local.astimezone(UTC).replace(microsecond=0)
