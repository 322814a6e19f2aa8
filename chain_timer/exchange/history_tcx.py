"""The history given out as TCX, the Training Center XML of Garmin, which many programs read.

An activity for each session, and in it a lap for each piece of work and for each time between two of them.
The order of elements is that of the schema, TrainingCenterDatabasev2.xsd, which asks for distance and
calories: nobody measured them, so they are zero. Programs take the time of a lap from its points: one stands
at its start, one at its end and, as some make nothing of two, one in the middle.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import BinaryIO
from xml.etree.ElementTree import Element, SubElement, tostring

from chain_timer import __version__
from chain_timer.exchange.history_pieces import Piece, done_lines, elapsed_ms, pieces_of
from chain_timer.exchange.parcel import Progress
from chain_timer.history.rows import LATEST_MS
from chain_timer.history.words import counted
from chain_timer.problems import Problem
from chain_timer.session.clock import Moment
from chain_timer.session.record import SessionRecord
from chain_timer.units import SECOND_MS

NAMESPACE = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
_HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Activities>
"""
_FOOT = "</Activities>\n</TrainingCenterDatabase>\n"
_NO_XML = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 may not hold, not even as a reference, or had better not: https://www.w3.org/TR/xml/#charsets"""
_LOST = Problem("", "TCX counts no reps and knows no exercises", "they stand in the notes")


def write(
    records: Iterable[SessionRecord], count: int, file: BinaryIO, progress: Progress
) -> tuple[Problem, ...]:
    """Write the activities, one by one."""
    file.write(_HEAD.encode())
    for done, record in enumerate(records):
        progress(done, count)
        file.write(tostring(_activity(record), encoding="utf-8", xml_declaration=False) + b"\n")
    file.write(_FOOT.encode())
    progress(count, count)
    return (_LOST,)


def _activity(record: SessionRecord) -> Element:
    activity = Element("Activity", Sport="Other")
    _add(activity, "Id", _time(record.started.ms))
    # There has to be a lap, also where no time went by.
    for piece in pieces_of(record) or [Piece(record.started.ms, elapsed_ms(record), 0)]:
        activity.append(_lap(piece))
    _add(activity, "Notes", _clean("\n".join([record.routine_name, *done_lines(record)])))
    activity.append(_creator())
    return activity


def _lap(piece: Piece) -> Element:
    lap = Element("Lap", StartTime=_time(piece.start_ms))
    _add(lap, "TotalTimeSeconds", f"{piece.played_ms / SECOND_MS:.3f}")
    _add(lap, "DistanceMeters", "0")
    _add(lap, "Calories", "0")
    _add(lap, "Intensity", "Active" if piece.is_work else "Resting")
    _add(lap, "TriggerMethod", "Manual")
    track = SubElement(lap, "Track")
    for place in range(3):
        _add(SubElement(track, "Trackpoint"), "Time", _time(piece.start_ms + piece.played_ms * place // 2))
    if notes := ", ".join(_facts(piece)):
        _add(lap, "Notes", _clean(notes))
    return lap


def _facts(piece: Piece) -> Iterator[str]:
    part = piece.part
    if part is None:
        return
    yield piece.name or part.kind
    if part.sets > 1:
        yield f"set {part.set_number} of {part.sets}"
    if part.rounds > 1:
        yield f"round {part.round_number} of {part.rounds}"
    if part.reps_done is not None:
        yield counted(part.reps_done, "rep")
    yield part.outcome


def _creator() -> Element:
    creator = Element("Creator", {"xsi:type": "Device_t"})
    _add(creator, "Name", "Chain Timer")
    _add(creator, "UnitId", "0")
    _add(creator, "ProductID", "0")
    version = SubElement(creator, "Version")
    major, minor = __version__.split(".")[:2]
    _add(version, "VersionMajor", major)
    _add(version, "VersionMinor", minor)
    return creator


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _clean(text: str) -> str:
    return _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _time(ms: int) -> str:
    utc = Moment(min(ms, LATEST_MS)).local.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='milliseconds')}Z"
