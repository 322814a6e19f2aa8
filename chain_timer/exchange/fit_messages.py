"""The messages of FIT files, by the numbers of the FIT profile, for whoever makes sense of them.

Whatever is wrong with a file, what came before it is given. fitdecode decodes single messages; how much it
may decode is bounded here, as some definitions of messages cost it minutes.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from chain_timer.exchange.parcel import Progress
from chain_timer.exchange.source import Source
from chain_timer.problems import Problem

WORKOUT_FILE = 5
"""The ``file`` type of what is planned; others are recordings, courses, settings."""
FILE_ID, WORKOUT, STEP, TITLE = 0, 26, 27, 264
MOST_FILES = 100
MOST_STEPS = 0xFFF + 1
"""Of all files together; as many as ``message_index`` can number."""
LARGEST_BYTES = 1024 * 1024
"""Of what is decoded; the 4,096 steps that can be numbered come to half of it, with long names."""
_MOST_WORK = 120_000
"""Fields of all messages together; 4,096 steps with 20 each come to two thirds of it, in half a second."""

_MARK = b".FIT"
_HEADER = struct.Struct("<BBHI4s")
_CRC_SIZE = 2
_TAKEN = "what came before was taken"

Values = Mapping[int, Any]
"""The values of a message by the numbers of its fields, as they were stored."""


@dataclass(frozen=True, slots=True)
class FitFile:
    """What one file says of a plan; several may follow each other in one."""

    type: int | None
    """The ``file`` type; None where it does not say."""
    workout: Values = field(default_factory=dict)
    steps: tuple[Values, ...] = ()
    titles: Mapping[tuple[object, object], object] = field(default_factory=dict)
    """What exercises are called, by category and number."""


def is_fit(source: Source) -> bool:
    """Whether it begins as a FIT file does."""
    return source.data[8:12] == _MARK


def files_of(source: Source, progress: Progress) -> tuple[list[FitFile], list[Problem]]:
    """Give all files in a file, and what is wrong with them. Raises nothing of its own."""
    problems: list[Problem] = []
    budget = _Budget()
    files: list[FitFile] = []
    start = 0
    while start < len(source.data):
        progress(start, len(source.data))
        end = _end(source.data, start)
        where = f"part {len(files) + 1}" if files or end < len(source.data) else ""
        if end == start or len(files) == MOST_FILES:
            problems.append(Problem(where, "what follows is not FIT, or too much of it", _TAKEN))
            break
        files.append(_file(source.data[start:end], budget, _Trouble(problems, where)))
        start = end
    return files, problems


class _Budget:
    """How much may still be decoded."""

    def __init__(self) -> None:
        self.bytes_left = LARGEST_BYTES
        self.work_left = _MOST_WORK
        self.steps_left = MOST_STEPS


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Where problems of one file go."""

    problems: list[Problem]
    where: str

    def tell(self, what: str, instead: str = _TAKEN) -> None:
        problem = Problem(self.where, what, instead)
        if problem not in self.problems:  # header and file have a checksum each
            self.problems.append(problem)


def _end(data: bytes, start: int) -> int:
    """Give where a file ends that starts here; the start itself where none does."""
    if len(data) - start < _HEADER.size:
        return start
    header_size: int
    body_size: int
    header_size, _, _, body_size, mark = _HEADER.unpack_from(data, start)
    if mark != _MARK or header_size < _HEADER.size:
        return start
    return min(start + header_size + body_size + _CRC_SIZE, len(data))


def _file(data: bytes, budget: _Budget, trouble: _Trouble) -> FitFile:
    kind: int | None = None
    workout: Values = {}
    steps: list[Values] = []
    titles: dict[tuple[object, object], object] = {}
    for number, values in _messages(data, budget, trouble):
        if number == FILE_ID and kind is None:
            kind = values.get(0)
            if kind is not None and kind != WORKOUT_FILE:
                break  # nothing of a recording is looked at
        elif number == WORKOUT and not workout:
            workout = values
        elif number == STEP:
            if not budget.steps_left:
                trouble.tell(f"it has more than {MOST_STEPS:,} steps")
                break
            budget.steps_left -= 1
            steps.append(values)
        elif number == TITLE:
            titles.setdefault((values.get(0), values.get(1)), values.get(2))
    return FitFile(kind, workout, tuple(steps), titles)


def _messages(data: bytes, budget: _Budget, trouble: _Trouble) -> Iterator[tuple[int, Values]]:
    import fitdecode  # noqa: PLC0415 - a large profile, wanted for these files alone

    # What fitdecode raises of broken files: it checks some of them with assert, and looks up the rest.
    broken = (
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
        AttributeError,
        AssertionError,
        struct.error,
    )
    reader = fitdecode.FitReader(
        BytesIO(data[: budget.bytes_left + 1]),
        processor=None,
        check_crc=fitdecode.CrcCheck.READONLY,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    )
    if len(data) > budget.bytes_left:
        trouble.tell("it is larger than a plan should be", "the first 1 MiB was looked at")
    budget.bytes_left = max(0, budget.bytes_left - len(data))
    try:
        with reader:
            for frame in reader:
                if not _may_go_on(frame, budget, trouble):
                    return
                if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                    yield frame.global_mesg_num, _values(frame)
    except fitdecode.FitEOFError:
        trouble.tell("it is cut short")
    except (fitdecode.FitError, *broken):
        trouble.tell("it is damaged")


def _may_go_on(frame: Any, budget: _Budget, trouble: _Trouble) -> bool:  # noqa: ANN401 - fitdecode has no types
    """Check a frame before the next is decoded; a definition before the messages that follow it."""
    if getattr(frame, "matched", True) is False or getattr(frame, "crc_matched", None) is False:
        trouble.tell("its checksum is wrong, so something in it may be", "all that could be read was taken")
    if hasattr(frame, "fields"):
        budget.work_left -= 1 + len(frame.fields)
    elif hasattr(frame, "field_defs"):
        fields = [each.def_num for each in frame.field_defs]
        size = len(fields) + len(frame.dev_field_defs)
        budget.work_left -= 1 + size
        if len(set(fields)) < len(fields):
            # With 255 times a field of many meanings, each message would take a tenth of a second.
            trouble.tell("it has a message that says one thing several times")
            return False
    if budget.work_left < 0:
        trouble.tell("it is larger than a plan should be")
        return False
    return True


def _values(frame: Any) -> Values:  # noqa: ANN401 - fitdecode has no types
    return {
        each.field_def.def_num: each.raw_value
        for each in frame.fields
        if each.field_def is not None and not each.field_def.is_dev
    }
