"""A routine given out as a FIT file for sports watches: a step for each piece of work and for each rest."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, BinaryIO

from chain_timer.exchange.fit_steps import INDEX_BITS, REPEAT, Lasts
from chain_timer.exchange.fit_workout import CHANGE_SIDES, OWN_PACE
from chain_timer.exchange.giving import Given
from chain_timer.exchange.laps import Lap, Turn, laps_of
from chain_timer.exchange.parcel import Progress
from chain_timer.problems import ChainTimerError, Problem, quoted
from chain_timer.timeline.layout import SWITCH_MS
from chain_timer.units import duration_text

SUFFIX = ".fit"
MOST_STEPS = INDEX_BITS
"""What a step can be numbered with, less the one that means none."""
_LONGEST_TEXT = 254
"""Bytes of UTF-8: the size of a field is a single byte, and the text ends with a zero."""
_CREATED_MS = 1_577_836_800_000
"""The start of 2020: the same routine is the same file, whenever it is written."""
_REST = "Rest"
_ACTIVE, _RESTING = 0, 1
_LARGEST_TIME_MS = 2**32 - 2


@dataclass(frozen=True, slots=True)
class _Step:
    """One step; of a repeat the index of the first step it repeats, and how many times that is done."""

    name: str
    lasts: int
    amount: int
    intensity: int = _ACTIVE
    notes: str = ""
    times: int = 0


def write(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write the session as the person has set it. Raises ChainTimerError when it has more steps than fit."""
    laps = laps_of(given)
    steps: list[_Step] = []
    for number, lap in enumerate(laps):
        _add(lap, steps, is_last=number == len(laps) - 1)
        if len(steps) > MOST_STEPS:
            what = f"{quoted(given.routine.name)} comes to more than {MOST_STEPS:,} steps"
            raise ChainTimerError(f"{what}, the most a FIT file can number; give it fewer sets or rounds")
    file.write(_encoded(given.routine.name, given.routine.summary, steps, progress))
    return tuple(_losses(given, laps))


# --- steps -----------------------------------------------------------------------------------------------


def _add(lap: Lap, steps: list[_Step], *, is_last: bool) -> None:
    """Add a circuit, with its rounds as a repeat where the rest after the last of them allows it.

    A repeat ends each round with the same rest. Where another follows the last round, that one stands on its
    own; after the very last exercise it does not matter.
    """
    end = lap.turns[-1]
    if lap.rounds == 1:
        steps += _round(lap.turns, end.rest_ms)
        return
    together = lap.rounds if is_last or end.rest_ms == lap.round_rest_ms else lap.rounds - 1
    first = len(steps)
    steps += _round(lap.turns, lap.round_rest_ms)
    if together > 1:
        steps.append(_Step("", REPEAT, first, times=together))
    if together < lap.rounds:
        steps += _round(lap.turns, end.rest_ms)


def _round(turns: Sequence[Turn], end_rest_ms: int) -> Iterator[_Step]:
    for turn, after in pairwise(turns):
        yield _work(turn)
        if turn.rest_ms:
            yield _rest(_REST, turn.rest_ms)
        elif turn.side and after.side and turn.side is not after.side and turn.exercise == after.exercise:
            yield _rest(CHANGE_SIDES, SWITCH_MS)
    yield _work(turns[-1])
    if end_rest_ms:
        yield _rest(_REST, end_rest_ms)


def _rest(name: str, length_ms: int) -> _Step:
    return _Step(name, Lasts.TIME, length_ms, _RESTING)


def _work(turn: Turn) -> _Step:
    name, notes = _name(turn), _notes(turn)
    if turn.reps is None:
        return _Step(name, Lasts.TIME, turn.length_ms, notes=notes)
    if turn.reps.self_paced:
        return _Step(name, Lasts.OPEN, 0, notes=notes)
    return _Step(name, Lasts.REPS, turn.reps.count, notes=notes)


def _name(turn: Turn) -> str:
    """Name the work with its side, which stays when a long name is cut."""
    side = turn.name.removeprefix(turn.exercise.name) if turn.side else ""
    return _cut(turn.exercise.name, _LONGEST_TEXT - len(side.encode())) + side


def _notes(turn: Turn) -> str:
    return _cut(_whole_notes(turn), _LONGEST_TEXT)


def _whole_notes(turn: Turn) -> str:
    steps = [step.text(turn.side) for step in turn.exercise.steps]
    if turn.reps is None or not turn.reps.self_paced:
        return " ".join(steps)
    reps = "rep" if turn.reps.count == 1 else "reps"
    return " ".join([f"{turn.reps.count} {reps} {OWN_PACE}.", *steps])


def _cut(text: str, most: int) -> str:
    """Cut text to so many bytes, never within a letter, and show that it was cut."""
    data = text.encode()
    if len(data) <= most:
        return text
    return data[: most - len("…".encode())].decode(errors="ignore").rstrip() + "…"


# --- what it cannot hold ---------------------------------------------------------------------------------


def _losses(given: Given, laps: tuple[Lap, ...]) -> Iterator[Problem]:
    turns = {turn.exercise.id: turn for lap in laps for turn in lap.turns}
    for turn in turns.values():
        name = turn.exercise.name
        if _name(turn) != turn.name:
            yield Problem(name, "its name is longer than a FIT file can hold", "it was cut")
        if _notes(turn) != _whole_notes(turn):
            yield Problem(
                name, "how it is done is longer than a FIT file can hold", "its beginning was written"
            )
        if turn.reps is not None and not turn.reps.self_paced:
            yield Problem(name, "the tempo of its reps has no place in a FIT file", "their count was written")
    if any(len(text.encode()) > _LONGEST_TEXT for text in (given.routine.name, given.routine.summary)):
        yield Problem("", "the routine's name or summary is longer than a FIT file can hold", "it was cut")
    if laps and laps[-1].rounds > 1 and laps[-1].round_rest_ms:
        rest = duration_text(laps[-1].round_rest_ms)
        yield Problem("", f"the watch rests {rest} after the last round too", "end it there")


# --- bytes -----------------------------------------------------------------------------------------------


def _encoded(name: str, summary: str, steps: list[_Step], progress: Progress) -> bytes:
    from fit_tool.fit_file_builder import FitFileBuilder  # noqa: PLC0415 - 0.1 s that only this needs

    builder = FitFileBuilder(auto_define=True)
    builder.add(_file_id(repr((name, steps)).encode()))
    builder.add(_workout(name, summary, len(steps)))
    for index, step in enumerate(steps):
        progress(index, len(steps))
        builder.add(_step_message(step, index))
    data: bytes = builder.build().to_bytes()
    progress(len(steps), len(steps))
    return bytes(data)


def _file_id(content: bytes) -> Any:  # noqa: ANN401 - fit-tool has no types
    from fit_tool.profile.messages.file_id_message import FileIdMessage  # noqa: PLC0415 - as above
    from fit_tool.profile.profile_type import FileType, Manufacturer  # noqa: PLC0415 - as above

    message = FileIdMessage(local_id=0)
    message.type = FileType.WORKOUT
    message.manufacturer = Manufacturer.DEVELOPMENT.value
    message.product = 0
    # Watches tell files apart by these: another routine has another number. Zero means none.
    message.serial_number = zlib.crc32(content) or 1
    message.time_created = _CREATED_MS
    return message


def _workout(name: str, summary: str, steps: int) -> Any:  # noqa: ANN401 - fit-tool has no types
    from fit_tool.profile.messages.workout_message import WorkoutMessage  # noqa: PLC0415 - as above
    from fit_tool.profile.profile_type import Sport, SubSport  # noqa: PLC0415 - as above

    message = WorkoutMessage(local_id=1)
    message.workout_name = _cut(name, _LONGEST_TEXT)
    if summary:
        message.workout_description = _cut(summary, _LONGEST_TEXT)
    # The sport whose plans may count reps.
    message.sport = Sport.TRAINING
    message.sub_sport = SubSport.STRENGTH_TRAINING
    # With the repeats, as the samples of the FIT SDK count.
    message.num_valid_steps = steps
    return message


def _step_message(step: _Step, index: int) -> Any:  # noqa: ANN401 - fit-tool has no types
    from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage  # noqa: PLC0415 - as above
    from fit_tool.profile.profile_type import (  # noqa: PLC0415 - as above
        Intensity,
        WorkoutStepDuration,
        WorkoutStepTarget,
    )

    message = WorkoutStepMessage(local_id=2 if step.times else 3)
    message.message_index = index
    message.duration_type = WorkoutStepDuration(step.lasts)
    message.target_type = WorkoutStepTarget.OPEN
    if step.times:
        message.duration_step = step.amount
        message.target_repeat_steps = step.times
        return message
    message.workout_step_name = step.name
    message.intensity = Intensity(step.intensity)
    if step.lasts == Lasts.TIME:
        message.duration_time = min(step.amount, _LARGEST_TIME_MS) / 1000
    elif step.lasts == Lasts.REPS:
        message.duration_reps = step.amount
    if step.notes:
        message.notes = step.notes
    return message
