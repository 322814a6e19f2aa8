"""TimeR Machine (github.com/timer-machine/timer-machine-android): its backups and shared timers.

A timer is a list of steps done for a number of loops, where a step may be a group with a list and loops of
its own. Lengths are milliseconds. A step that halts has none: it waits for the person. Notifier steps ring
between others, and a timer may have one step before everything and one after.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chain_timer.exchange.json_values import Fields
from chain_timer.exchange.making import MOST_ROUTINES, Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.exchange.spans import Spans, is_rest
from chain_timer.routine.routine_reader import MOST_SETS
from chain_timer.units import SECOND_MS

NAME = "TimeR Machine"
_MOST_DEPTH = 20
"""Groups within groups; the program's own editor makes one level."""
_TRASH = 2
"""The id of the folder of what was thrown away."""
_DEFAULT_FOLDERS = frozenset({1, _TRASH})
_SIGNAL_MS = 10 * SECOND_MS
"""A start or end step of up to this length, the program's own default, is a signal and no exercise."""
_NOT_TAKEN = {"timerStamps": "when its timers ran", "schedulers": "when its timers start by themselves"}


def recognizes(source: Source) -> bool:
    """Whether it is a backup, or timers shared."""
    value = source.json
    timers = value.get("timers") if isinstance(value, dict) else None
    if not isinstance(timers, list):
        return False
    return any(
        isinstance(timer, dict) and timer.keys() >= {"loop", "steps"} for timer in timers[:MOST_ROUTINES]
    )


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Read every timer as a routine. Raises FileProblemsError when there is none in it."""
    maker = Maker(source, known)
    document = Fields.of(source.checked_json(), "", maker)
    if document is not None:
        _tell_what_stays(document, maker)
        spans = Spans(maker, NAME)
        timers = list(document.objects("timers", "timer", MOST_ROUTINES))
        for done, timer in enumerate(timers):
            progress(done, len(timers))
            if not spans.is_spent:
                _read_timer(timer, spans, maker)
    return maker.parcel()


def _tell_what_stays(document: Fields, maker: Maker) -> None:
    for key, meaning in _NOT_TAKEN.items():
        if any(True for _ in document.entries(key, key, MOST_ROUTINES)):
            maker.lost(key, f"{meaning} has no place here", "it was left out")
    folders = document.objects("folders", "folder", MOST_ROUTINES)
    if any(folder.count("id", 1) not in _DEFAULT_FOLDERS for folder in folders):
        maker.lost("folders", "routines here have no folders", "all timers were put together")


@dataclass(frozen=True, slots=True)
class _Step:
    """One step; groups are lists of them."""

    label: str
    length_ms: int
    where: str
    halts: bool
    notifies: bool


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    loop: int
    steps: tuple["_Step | _Group", ...]
    where: str

    @property
    def has_loops(self) -> bool:
        """Whether something within it repeats."""
        return any(isinstance(step, _Group) and (step.loop > 1 or step.has_loops) for step in self.steps)

    def unrolled(self) -> list[_Step]:
        """Give its steps, once through, with all loops within written out; not many more than fit."""
        found: list[_Step] = []
        for step in self.steps:
            if isinstance(step, _Step):
                found.append(step)
            elif inner := step.unrolled():
                room = MOST_SETS * 2 - len(found)
                found += inner * max(1, min(step.loop, room // len(inner) + 1))
            if len(found) > MOST_SETS * 2:
                break
        return found


def _read_timer(timer: Fields, spans: Spans, maker: Maker) -> None:
    where = timer.where
    if timer.count("folderId", 1) == _TRASH:
        maker.lost(where, "it is in the trash", "it was left out")
        return
    steps = tuple(_steps_in(timer, maker, 1))
    whole = _Group("", timer.count("loop", 1), steps, where)
    _take_end("startStep", timer, spans, maker)
    _take_group(whole, spans, maker)
    _take_end("endStep", timer, spans, maker)
    more = timer.inner("more")
    if more is not None and more.count("triggerTimerId", 0):
        maker.lost(where, "it starts another timer at its end", "the other is a routine of its own")
    maker.routine(timer.text("name"), spans.circuits(where), where)


def _steps_in(fields: Fields, maker: Maker, depth: int) -> Iterator[_Step | _Group]:
    for each in fields.objects("steps", "step", MOST_SETS):
        if not (each.text("step_type") == "group" or each.has("steps")):
            yield _step(each)
        elif depth >= _MOST_DEPTH:
            maker.lost(each.where, f"it lies {depth} groups deep", "it was left out")
        else:
            steps = tuple(_steps_in(each, maker, depth + 1))
            yield _Group(each.text("name"), each.count("loop", 1), steps, each.at("loop"))


def _step(fields: Fields) -> _Step:
    kinds = {behavior.text("type") for behavior in fields.objects("behaviour", "behaviour", MOST_SETS)}
    length_ms = round(fields.number("length", 0))
    return _Step(
        fields.text("label"), length_ms, fields.where, "HALT" in kinds, fields.text("type") == "NOTIFIER"
    )


def _take_end(key: str, timer: Fields, spans: Spans, maker: Maker) -> None:
    """Take the step before or after everything, unless it is but the signal of the start or end."""
    if not timer.has(key) or (fields := timer.inner(key)) is None:
        return
    step = _step(fields)
    if step.length_ms <= _SIGNAL_MS and not step.halts:
        maker.lost(step.where, "it only tells that the timer starts or ends", "our own signals are used")
        return
    spans.begin(1, step.where)
    _take_step(step, spans, maker)


def _take_group(group: _Group, spans: Spans, maker: Maker) -> None:
    """Take a group: its loops are rounds, and loops within its loops are written out."""
    if group.loop != 1:
        if group.has_loops:
            maker.lost(group.where, "it has loops within loops", "the inner ones were written out")
        spans.begin(group.loop, group.where, maker.name(group.name, group.where, ""))
        for each in group.unrolled():
            if spans.is_full:
                break
            _take_step(each, spans, maker)
        return
    spans.begin(1, group.where, maker.name(group.name, group.where, ""))
    for step in group.steps:
        if isinstance(step, _Group):
            _take_group(step, spans, maker)
            spans.begin(1, group.where)
        else:
            _take_step(step, spans, maker)


def _take_step(step: _Step, spans: Spans, maker: Maker) -> None:
    if step.notifies or is_rest(step.label):
        if step.halts:
            maker.lost(step.where, "a rest cannot wait for you here", "its length was taken")
        spans.rest(step.length_ms, step.where)
    elif step.halts:
        spans.work(step.label, maker.reps(1, step.where, self_paced=True), step.where)
    else:
        spans.hold(step.label, step.length_ms, step.where)
