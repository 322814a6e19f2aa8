"""A session as the messages of a FIT activity: a lap and a set for each piece of it.

What has to be in one: https://developer.garmin.com/fit/file-types/activity/.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from chain_timer.exchange.fit_exercises import Number, numbers_of, unknown
from chain_timer.exchange.history_pieces import Piece, elapsed_ms, pieces_of
from chain_timer.problems import plain
from chain_timer.session.record import PastExercise, SessionRecord
from chain_timer.timeline.kinds import Kind
from chain_timer.units import MINUTE_MS, SECOND_MS

EPOCH_MS = 631_065_600_000
"""The end of 1989, from which FIT counts its seconds."""
_LARGEST_UINT16, _LARGEST_UINT32 = 2**16 - 2, 2**32 - 2
_MOST_NUMBERED = 0xFFF
"""All these bits together mean none; the others have meanings of their own."""
_LONGEST_TEXT = 254
"""Bytes of UTF-8: the size of a field is a single byte, and the text ends with a zero."""

# Each shape of a message has a number of its own, or it would have to be defined anew each time.
_FILE_ID, _TITLE, _EVENT, _RECORD, _REST, _HOLD, _REPS, _LAP, _SESSION, _ACTIVITY = range(10)
_UNNUMBERED = 6
"""Added to the number of a set or a lap that has no index any more."""


class ActivityMaker:
    """Makes files of sessions, one after the other.

    The messages that come often are made once and filled in anew: making one takes a hundred times as long.
    """

    def __init__(self) -> None:
        self._often: dict[int, Any] = {}

    def file_of(self, record: SessionRecord) -> bytes:
        """Give the whole file, with its definitions and checksums."""
        from fit_tool.definition_message import DefinitionMessage  # noqa: PLC0415 - 0.1 s only this needs
        from fit_tool.record import Record  # noqa: PLC0415 - as above

        defined: dict[int, bytes] = {}
        body = bytearray()
        for message in self._messages(record):
            definition = DefinitionMessage.from_data_message(message)
            data = Record.from_message(definition).to_bytes()
            if defined.get(message.local_id) != data:
                defined[message.local_id] = data
                body += data
            message.set_definition_message(definition)
            body += Record.from_message(message).to_bytes()
        return _whole(bytes(body))

    # --- messages, which have no types in fit-tool -------------------------------------------------------

    def _messages(self, record: SessionRecord) -> Iterator[Any]:
        pieces = pieces_of(record) or (Piece(record.started.ms, elapsed_ms(record), 0),)
        numbers, end = numbers_of(record.exercises), pieces[-1]
        yield _file_id(record)
        yield from _titles(record.exercises, numbers)
        yield self._timer(record.started.ms, is_start=True)
        for index, piece in enumerate(pieces):
            yield self._point(piece.start_ms)
            if piece.paused_ms and piece is not end:
                yield self._timer(piece.start_ms + piece.played_ms)
                yield self._timer(piece.end_ms, is_start=True)
            yield self._set(piece, index, numbers)
            yield self._lap(piece, index)
        yield self._point(end.end_ms)
        yield self._timer(end.start_ms + end.played_ms, is_last=True)
        yield _session(record, pieces)
        yield _activity(record, pieces)

    def _blank(self, kind: Callable[..., Any], number: int) -> Any:  # noqa: ANN401 - fit-tool has no types
        if number not in self._often:
            self._often[number] = kind(local_id=number)
        return self._often[number]

    def _timer(self, ms: int, *, is_start: bool = False, is_last: bool = False) -> Any:  # noqa: ANN401 - as above
        from fit_tool.profile.messages.event_message import EventMessage  # noqa: PLC0415 - as above
        from fit_tool.profile.profile_type import Event, EventType  # noqa: PLC0415 - as above

        message = self._blank(EventMessage, _EVENT)
        message.timestamp = _second(ms)
        message.event = Event.TIMER
        stop = EventType.STOP_ALL if is_last else EventType.STOP
        message.event_type = EventType.START if is_start else stop
        return message

    def _point(self, ms: int) -> Any:  # noqa: ANN401 - as above
        """Give a record, of which an activity must have some; there is nothing but the time to tell."""
        from fit_tool.profile.messages.record_message import RecordMessage  # noqa: PLC0415 - as above

        message = self._blank(RecordMessage, _RECORD)
        message.timestamp = _second(ms)
        return message

    def _set(self, piece: Piece, index: int, numbers: Mapping[str, Number]) -> Any:  # noqa: ANN401 - as above
        from fit_tool.profile.messages.set_message import SetMessage  # noqa: PLC0415 - as above
        from fit_tool.profile.profile_type import SetType  # noqa: PLC0415 - as above

        part = piece.part
        reps = part.reps_done if part else None
        shape = (_REST if part is None else _HOLD) if reps is None else _REPS
        message = self._blank(SetMessage, shape + _unnumbered(index))
        message.timestamp = _second(piece.end_ms)
        message.start_time = _second(piece.start_ms)
        message.duration = _seconds(piece.played_ms)
        message.set_type = (SetType.ACTIVE if part else SetType.REST).value
        if part is not None:
            category, name = numbers.get(part.exercise_id) or unknown()
            message.category, message.category_subtype = [category], [name]
        if reps is not None:
            message.repetitions = min(reps, _LARGEST_UINT16)
        return _numbered(message, index)

    def _lap(self, piece: Piece, index: int) -> Any:  # noqa: ANN401 - as above
        from fit_tool.profile.messages.lap_message import LapMessage  # noqa: PLC0415 - as above
        from fit_tool.profile.profile_type import (  # noqa: PLC0415 - as above
            Event,
            EventType,
            Intensity,
            LapTrigger,
        )

        message = self._blank(LapMessage, _LAP + _unnumbered(index))
        message.timestamp = _second(piece.end_ms)
        message.start_time = _second(piece.start_ms)
        message.total_elapsed_time = _seconds(piece.played_ms + piece.paused_ms)
        message.total_timer_time = _seconds(piece.played_ms)
        message.event, message.event_type = Event.LAP, EventType.STOP
        message.lap_trigger = LapTrigger.MANUAL
        message.intensity = Intensity.ACTIVE if piece.is_work else Intensity.REST
        return _numbered(message, index)


def _file_id(record: SessionRecord) -> Any:  # noqa: ANN401 - fit-tool has no types
    from fit_tool.profile.messages.file_id_message import FileIdMessage  # noqa: PLC0415 - as above
    from fit_tool.profile.profile_type import FileType, Manufacturer  # noqa: PLC0415 - as above

    message = FileIdMessage(local_id=_FILE_ID)
    message.type = FileType.ACTIVITY
    message.manufacturer = Manufacturer.DEVELOPMENT.value
    message.product = 0
    # Programs tell recordings apart by these and the time: the same session is the same one. Zero means none.
    message.serial_number = zlib.crc32(record.id.encode()) or 1
    message.time_created = _second(record.started.ms)
    return message


def _titles(exercises: Iterable[PastExercise], numbers: Mapping[str, Number]) -> Iterator[Any]:
    """Name what was done: the profile has but numbers, and none for most exercises."""
    from fit_tool.profile.messages.exercise_title_message import (  # noqa: PLC0415 - as above
        ExerciseTitleMessage,
    )

    for index, exercise in enumerate(islice(exercises, _MOST_NUMBERED)):
        message = ExerciseTitleMessage(local_id=_TITLE)
        message.message_index = index
        message.exercise_category, message.exercise_name = numbers[exercise.id]
        message.workout_step_name = _cut(exercise.name)
        yield message


def _session(record: SessionRecord, pieces: tuple[Piece, ...]) -> Any:  # noqa: ANN401 - as above
    from fit_tool.profile.messages.session_message import SessionMessage  # noqa: PLC0415 - as above
    from fit_tool.profile.profile_type import (  # noqa: PLC0415 - as above
        Event,
        EventType,
        SessionTrigger,
        Sport,
        SubSport,
    )

    message = SessionMessage(local_id=_SESSION)
    message.message_index = 0
    message.timestamp = _second(pieces[-1].end_ms)
    message.start_time = _second(record.started.ms)
    message.total_elapsed_time = _seconds(sum(piece.played_ms + piece.paused_ms for piece in pieces))
    message.total_timer_time = _seconds(sum(piece.played_ms for piece in pieces))
    message.sport = Sport.TRAINING
    message.sub_sport = SubSport.STRENGTH_TRAINING if _is_strength(record) else SubSport.FLEXIBILITY_TRAINING
    message.sport_profile_name = _cut(record.routine_name)
    message.first_lap_index = 0
    message.num_laps = min(len(pieces), _LARGEST_UINT16)
    message.event, message.event_type = Event.SESSION, EventType.STOP
    message.trigger = SessionTrigger.ACTIVITY_END
    return message


def _activity(record: SessionRecord, pieces: tuple[Piece, ...]) -> Any:  # noqa: ANN401 - as above
    from fit_tool.profile.messages.activity_message import ActivityMessage  # noqa: PLC0415 - as above
    from fit_tool.profile.profile_type import Activity, Event, EventType  # noqa: PLC0415 - as above

    end_ms = pieces[-1].end_ms
    message = ActivityMessage(local_id=_ACTIVITY)
    message.timestamp = _second(end_ms)
    message.local_timestamp = (end_ms + record.started.offset_min * MINUTE_MS - EPOCH_MS) // SECOND_MS
    message.total_timer_time = _seconds(sum(piece.played_ms for piece in pieces))
    message.num_sessions = 1
    message.type = Activity.MANUAL
    message.event, message.event_type = Event.ACTIVITY, EventType.STOP
    return message


# --- values ----------------------------------------------------------------------------------------------


def _whole(body: bytes) -> bytes:
    from fit_tool.fit_file_header import FitFileHeader  # noqa: PLC0415 - as above
    from fit_tool.utils.crc import crc16  # noqa: PLC0415 - as above

    data = bytes(FitFileHeader(records_size=len(body)).to_bytes()) + body
    checksum: int = crc16(data)
    return data + checksum.to_bytes(2, "little")


def _numbered(message: Any, index: int) -> Any:  # noqa: ANN401 - as above
    if index < _MOST_NUMBERED:
        message.message_index = index
    return message


def _unnumbered(index: int) -> int:
    return 0 if index < _MOST_NUMBERED else _UNNUMBERED


def _is_strength(record: SessionRecord) -> bool:
    """Whether more of the work was reps than holds."""
    reps_ms = sum(part.actual_ms for part in record.parts if part.kind is Kind.REPS)
    return 2 * reps_ms > record.work_ms


def _cut(text: str) -> str:
    """Cut text to what a field holds, never within a letter, and show that it was cut."""
    clean = plain(text, _LONGEST_TEXT)
    data = clean.encode()
    if len(data) <= _LONGEST_TEXT:
        return clean
    return data[: _LONGEST_TEXT - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def _second(ms: int) -> int:
    return ms // SECOND_MS * SECOND_MS


def _seconds(ms: int) -> float:
    return min(ms, _LARGEST_UINT32) / SECOND_MS
