"""OpenHIIT (github.com/a-mabe/OpenHIIT): its exported timers, in and out.

An export is a list of timers. A timer has one time for all work, one for all rest and one for the break
between rounds, a number of intervals with their names, and restarts: one fewer than the rounds. Before 2025
it was one flat object whose exercises stood as JSON within a text.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import BinaryIO

from chain_timer.exchange.giving import Given
from chain_timer.exchange.json_values import Fields
from chain_timer.exchange.laps import Lap, Turn, laps_of, losses_of, stable_id, whole_seconds
from chain_timer.exchange.making import MOST_ROUTINES, Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.exchange.spans import Spans
from chain_timer.problems import Problem
from chain_timer.routine.routine import Circuit
from chain_timer.routine.words import slug
from chain_timer.units import SECOND_MS, duration_text

NAME = "OpenHIIT"
_USUAL_READY_SECONDS = 10
_BLUE = 4280391411
"""The color the program gives a new timer."""
_WARM_UP, _COOL_DOWN, _WORK = "Warm-up", "Cool-down", "Work"
_WARM_UPS = frozenset({"warm-up", "warmup"})
_COOL_DOWNS = frozenset({"cool-down", "cooldown"})
_SOUNDS = {
    "workSound": "short-whistle",
    "restSound": "short-rest-beep",
    "halfwaySound": "short-halfway-beep",
    "endSound": "long-bell",
    "countdownSound": "countdown-beep",
    "breakSound": "horn",
}
"""Those of a new timer."""
_NEW_KEYS = frozenset({"timeSettings", "activeIntervals"})
_OLD_KEYS = frozenset({"numExercises", "exercises"})


def recognizes(source: Source) -> bool:
    """Whether it is a list of its timers, of either kind."""
    value = source.json
    if not isinstance(value, list):
        return False
    return any(
        isinstance(timer, dict) and (timer.keys() >= _NEW_KEYS or timer.keys() >= _OLD_KEYS)
        for timer in value[:MOST_ROUTINES]
    )


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Read every timer as a routine. Raises FileProblemsError when there is none in it."""
    maker = Maker(source, known)
    document = Fields({"timers": source.checked_json()}, "", maker)
    timers = list(document.objects("timers", "timer", MOST_ROUTINES))
    spans = Spans(maker, NAME)
    for done, timer in enumerate(timers):
        progress(done, len(timers))
        if spans.is_spent:
            break
        if timer.has("timeSettings") or not timer.has("numExercises"):
            _read_timer(timer, spans, maker)
        else:
            _read_old_timer(timer, spans, maker)
    return maker.parcel()


@dataclass(frozen=True, slots=True)
class _Times:
    """What a timer says of time, in milliseconds."""

    work_ms: int
    rest_ms: int
    break_ms: int
    warm_up_ms: int
    cool_down_ms: int
    ready_ms: int
    restarts: int


def _read_timer(timer: Fields, spans: Spans, maker: Maker) -> None:
    times = timer.inner("timeSettings")
    if times is None:
        maker.lost(timer.where, "it says no times", "it was left out")
        return
    names = timer.opened_list("activities")
    plan = _Plan(names, timer.count("activeIntervals", len(names)), _times_in(times, "workTime", "restarts"))
    maker.routine(timer.text("name"), _circuits(plan, spans, maker, timer.where), timer.where)


def _read_old_timer(timer: Fields, spans: Spans, maker: Maker) -> None:
    names = timer.opened_list("exercises")
    work = "exerciseTime" if timer.has("exerciseTime") else "workTime"
    plan = _Plan(names, timer.count("numExercises", len(names)), _times_in(timer, work, "iterations"))
    maker.routine(timer.text("title"), _circuits(plan, spans, maker, timer.where), timer.where)


def _times_in(fields: Fields, work: str, restarts: str) -> _Times:
    return _Times(
        work_ms=fields.seconds_ms(work, 0),
        rest_ms=max(0, fields.seconds_ms("restTime", 0)),
        break_ms=max(0, fields.seconds_ms("breakTime", 0)),
        warm_up_ms=fields.seconds_ms("warmupTime", 0),
        cool_down_ms=fields.seconds_ms("cooldownTime", 0),
        ready_ms=fields.seconds_ms("getReadyTime", 0),
        restarts=max(0, fields.count(restarts, 0)),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a timer says, of either kind."""

    names: Sequence[object]
    count: int
    """How many intervals there are, whatever the names."""
    times: _Times


def _circuits(plan: _Plan, spans: Spans, maker: Maker, where: str) -> tuple[Circuit, ...]:
    times, named, count = plan.times, len(plan.names), max(0, plan.count)
    if times.ready_ms not in {0, _USUAL_READY_SECONDS * SECOND_MS}:
        ready = duration_text(max(0, times.ready_ms))
        maker.lost(where, f"it gives {ready} to get ready", "your own time to get ready is used")
    if named > count:
        maker.lost(where, f"it names {named:,} but does {count:,}", "the others were left out")
    warm_up = _alone(_WARM_UP, times.warm_up_ms, times.rest_ms, where, maker)
    main = _main(plan, spans, maker, where)
    cool_down = _alone(_COOL_DOWN, times.cool_down_ms, 0, where, maker)
    return (*warm_up, *main, *cool_down) if main else ()


def _alone(name: str, length_ms: int, rest_ms: int, where: str, maker: Maker) -> tuple[Circuit, ...]:
    if length_ms <= 0:
        return ()
    work = maker.hold(length_ms, where)
    item = maker.item(maker.named(name, where, work, NAME), work)
    return (Circuit((item,), rest_ms=maker.rest_ms(rest_ms, where) or None, name=name),)


def _main(plan: _Plan, spans: Spans, maker: Maker, where: str) -> tuple[Circuit, ...]:
    spans.begin(plan.times.restarts + 1, where)
    for number in range(max(0, plan.count)):
        name = plan.names[number] if number < len(plan.names) else ""
        spans.hold(name if isinstance(name, str) and name.strip() else _WORK, plan.times.work_ms, where)
        if spans.is_full or plan.times.work_ms <= 0:
            break
    return tuple(_with_rests(circuit, plan.times, where, maker) for circuit in spans.circuits(where))


def _with_rests(circuit: Circuit, times: _Times, where: str, maker: Maker) -> Circuit:
    """Put in the rests, of which none comes after the last round."""
    rest_ms = maker.rest_ms(times.rest_ms, where)
    between_ms = maker.rest_ms(times.break_ms or times.rest_ms, where)
    *before, last = circuit.items
    return replace(
        circuit,
        items=(*before, replace(last, rest_ms=0 if rest_ms else None)),
        rest_ms=rest_ms or None,
        round_rest_ms=between_ms if circuit.rounds > 1 and between_ms else None,
    )


# --- out ---------------------------------------------------------------------------------------------


def write(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write a list of timers: one where all work takes the same time, else one for each circuit."""
    laps = laps_of(given)
    parts = _parts(laps)
    timers: list[dict[str, object]] = []
    losses = list(losses_of(given, laps))
    for number, part in enumerate(parts):
        progress(number, len(parts))
        name = _name(given, part, number, len(parts))
        timers.append(_timer(name, part, stable_id(given.routine.id, number), number))
        losses.extend(_losses(part))
    if len(parts) > 1:
        what = "it has one time for all work and one for all rest"
        losses.append(Problem("", what, f"{len(parts)} timers were written, one after another"))
    # Read back only when it begins with a bracket: no mark of the encoding may stand before it.
    file.write(json.dumps(timers, ensure_ascii=True).encode("ascii"))
    return tuple(losses)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one timer can hold: one circuit, with something single before and after it."""

    main: Lap
    warm_up: Turn | None = None
    cool_down: Turn | None = None

    @property
    def work_seconds(self) -> int:
        return max(1, _most_common(whole_seconds(turn.length_ms) for turn in self.main.turns))

    @property
    def rests_seconds(self) -> list[int]:
        """Every rest but that between rounds; the program rests after the warm-up too."""
        before = [] if self.warm_up is None else [self.warm_up]
        return [whole_seconds(turn.rest_ms) for turn in (*before, *self.main.turns[:-1])]

    @property
    def rest_seconds(self) -> int:
        """The one that comes most often, where none between sides is none at all: who changes needs time."""
        pairs = pairwise(self.main.turns)
        rests = [
            whole_seconds(turn.rest_ms)
            for turn, following in pairs
            if turn.rest_ms or not turn.side or turn.exercise.id != following.exercise.id
        ]
        return _most_common(rests or self.rests_seconds)

    @property
    def break_seconds(self) -> int:
        return whole_seconds(self.main.round_rest_ms) if self.main.rounds > 1 else 0


def _parts(laps: tuple[Lap, ...]) -> list[_Part]:
    warm_up = laps[0].turns[0] if len(laps) > 1 and _is_alone(laps[0], _WARM_UPS) else None
    laps = laps[1:] if warm_up else laps
    cool_down = laps[-1].turns[0] if len(laps) > 1 and _is_alone(laps[-1], _COOL_DOWNS) else None
    mains = _joined(laps[:-1] if cool_down else laps)
    parts = [_Part(lap) for lap in mains]
    if parts:
        parts[0] = replace(parts[0], warm_up=warm_up)
        parts[-1] = replace(parts[-1], cool_down=cool_down)
    return parts


def _is_alone(lap: Lap, names: frozenset[str]) -> bool:
    return lap.rounds == 1 and len(lap.turns) == 1 and slug(lap.turns[0].name) in names


def _joined(laps: tuple[Lap, ...]) -> tuple[Lap, ...]:
    """Give one lap with every round written out, where all times are the same; else the laps themselves."""
    turns = tuple(turn for lap in laps for turn in lap.unrolled())
    lengths = {turn.length_ms for turn in turns}
    rests = {turn.rest_ms for turn in turns[:-1]}
    return (Lap(turns, 1, 0),) if len(laps) > 1 and len(lengths) == 1 and len(rests) == 1 else laps


def _name(given: Given, part: _Part, number: int, whole: int) -> str:
    if whole == 1:
        return given.routine.name
    return f"{given.routine.name} {number + 1}" + (f": {part.main.name}" if part.main.name else "")


def _timer(name: str, part: _Part, timer_id: str, number: int) -> dict[str, object]:
    names = [turn.name for turn in part.main.turns]
    times = {
        "id": stable_id(timer_id, "times"),
        "timerId": timer_id,
        "workTime": part.work_seconds,
        "restTime": part.rest_seconds,
        "breakTime": part.break_seconds,
        "warmupTime": _seconds(part.warm_up),
        "cooldownTime": _seconds(part.cool_down),
        "getReadyTime": _USUAL_READY_SECONDS,
        "restarts": part.main.rounds - 1,
    }
    intervals = _intervals(part)
    return {
        "id": timer_id,
        "name": name,
        "timerIndex": number,
        "totalTime": sum(intervals),
        "intervals": len(intervals),
        "activeIntervals": len(names),
        "activities": names,
        "showMinutes": 0,
        "color": _BLUE,
        "timeSettings": times,
        "soundSettings": {"id": stable_id(timer_id, "sounds"), "timerId": timer_id, **_SOUNDS},
    }


def _intervals(part: _Part) -> list[int]:
    """Give the seconds of all stretches, as the program lays them out; those of no length are none."""
    count, rounds = len(part.main.turns), part.main.rounds
    seconds = [_USUAL_READY_SECONDS, _seconds(part.warm_up), part.rest_seconds if part.warm_up else 0]
    seconds += [part.work_seconds] * (count * rounds) + [part.rest_seconds] * ((count - 1) * rounds)
    seconds += [part.break_seconds or part.rest_seconds] * (rounds - 1)
    return [each for each in (*seconds, _seconds(part.cool_down)) if each > 0]


def _losses(part: _Part) -> Iterator[Problem]:
    work = duration_text(part.work_seconds * SECOND_MS)
    odd = {
        turn.name: turn.length_ms
        for turn in part.main.turns
        if max(1, whole_seconds(turn.length_ms)) != part.work_seconds
    }
    for name, length_ms in odd.items():
        what = "all work of a timer takes the same time"
        yield Problem(name, what, f"{work} was written instead of {duration_text(length_ms)}")
    rest = duration_text(part.rest_seconds * SECOND_MS)
    if len(set(part.rests_seconds)) > 1:
        yield Problem("", "all rests of a timer take the same time", f"{rest} was written for each")
    if part.main.rounds > 1 and not part.break_seconds and part.rest_seconds:
        yield Problem("", "there is always a rest between rounds", f"it will be {rest}")
    if part.cool_down and whole_seconds(part.main.turns[-1].rest_ms):
        yield Problem(part.cool_down.name, "there is no rest before it", "the rest was left out")


def _seconds(turn: Turn | None) -> int:
    return max(1, whole_seconds(turn.length_ms)) if turn else 0


def _most_common(values: Iterable[int]) -> int:
    """Give what comes most often, of several the largest; 0 for nothing."""
    counted = Counter(values)
    return max(counted, key=lambda value: (counted[value], value), default=0)
