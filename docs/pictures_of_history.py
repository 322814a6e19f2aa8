"""The pages of what was done, for the pictures of every page: a year of somebody who keeps at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from chain_timer.history.history import Opener
from chain_timer.history.keeper import Keeper
from chain_timer.history.plan import HoldPlan
from chain_timer.routine.routine_writer import routine_text
from chain_timer.session.clock import Moment
from chain_timer.session.journal import Beat, Left, Opening
from chain_timer.session.record import Ending, Feeling, Outcome, Part, SessionRecord, past
from chain_timer.session.recorder import opening_of
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.window.history_page import MUSCLES, PROGRESS, HistoryPage
from chain_timer.window.history_parts import HistoryParts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pictures import Scene

    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.timeline.timeline import Timeline
    from chain_timer.window.parts import WindowParts

NOW = Moment(round(datetime(2026, 3, 18, 18, 30, tzinfo=UTC).timestamp() * 1_000), 60)
WEEKS = 44
MOST_WAITS = 400
ROUTINES = (
    "posterior-chain-stretch",
    "desk-break",
    "hamstrings-and-calves",
    "posterior-chain-stretch",
    "swing-and-hinge",
)
FEELINGS = (Feeling.GOOD, None, Feeling.EASY, Feeling.HARD, Feeling.GOOD, None)
SECOND_MS = 1_000


def now() -> Moment:
    return NOW


@cache
def timeline_of(routine: Routine, hold_ms: int) -> Timeline:
    options = Options(hold_ms=hold_ms)
    return compile_routine(routine, options, load_phrases(), estimated_lengths())


def year(library: Library) -> Iterator[SessionRecord]:
    """Give three or four sessions a week, with holds that grow from 30 to 50 seconds."""
    chance = Random(7)  # noqa: S311 - the same pictures each time
    number = 0
    for week in range(WEEKS):
        for day in sorted(chance.sample(range(7), chance.choice((2, 3, 3, 4)))):
            back = timedelta(weeks=WEEKS - 1 - week, days=NOW.day.weekday() - day)
            at = NOW.local - back - timedelta(minutes=chance.randrange(20, 300))
            if at.date() > NOW.day:
                continue
            number += 1
            routine = library.routine(ROUTINES[number % len(ROUTINES)])
            hold_ms = (30 + 5 * (week // 10)) * SECOND_MS
            yield record(number, routine, hold_ms, at, broken_off=chance.random() < 0.07)  # noqa: PLR2004


def record(
    number: int, routine: Routine, hold_ms: int, at: datetime, *, broken_off: bool = False
) -> SessionRecord:
    parts = tuple(parts_of(timeline_of(routine, hold_ms)))
    planned_ms = sum(part.planned_ms for part in parts)
    work_ms = sum(part.planned_ms for part in parts if part.kind.is_work)
    started = Moment(round(at.timestamp() * 1_000), NOW.offset_min)
    if broken_off:
        parts = parts[: len(parts) // 2]
    return SessionRecord(
        id=f"{number:032x}",
        started=started,
        ended_ms=started.ms + sum(part.actual_ms for part in parts),
        routine_id=routine.id,
        routine_name=routine.name,
        content=routine_text(routine, {}),
        planned_ms=planned_ms,
        planned_work_ms=work_ms,
        ending=Ending.BROKEN_OFF if broken_off else Ending.FINISHED,
        parts=parts,
        exercises=tuple(past(exercise) for exercise in routine.exercises),
        feeling=FEELINGS[number % len(FEELINGS)],
    )


def parts_of(timeline: Timeline) -> Iterator[Part]:
    for segment in timeline.segments:
        reps = segment.reps.count if segment.reps else None
        yield Part(
            kind=segment.kind,
            planned_ms=segment.length_ms,
            actual_ms=segment.length_ms,
            outcome=Outcome.DONE,
            exercise_id=segment.exercise.id if segment.exercise else "",
            side=segment.side,
            set_number=segment.set_number,
            sets=segment.sets,
            reps=reps,
            reps_done=reps,
        )


def with_history(made: Scene, parts: WindowParts, keeper: Keeper) -> WindowParts:
    """Give the window a history that is thrown away."""

    def history_parts(library: Callable[[], Library]) -> HistoryParts:
        return HistoryParts(
            open=Opener(made.folder / "history", now),
            now=now,
            library=library,
            names=made.library.names,
            goal=lambda: 2,
            set_goal=lambda _goal: None,
            options_for=lambda _routine: Options(),
            duration_ms=lambda routine, options: parts.compile(routine, options).duration_ms,
        )

    return replace(parts, keeper=lambda: keeper, now=now, history=history_parts)


def filled(made: Scene, *, plan: bool = False) -> None:
    history, _ = Opener(made.folder / "history", now)()
    for each in year(made.library):
        history.add(each)
    if plan:
        begun = NOW.day - timedelta(weeks=4)
        name = "Standing hamstring stretch"
        history.set_plan(
            HoldPlan("1" * 32, name, 40_000, 60_000, begun, 6, exercise_id="standing-hamstring-stretch")
        )
    history.close()


def shown(made: Scene) -> HistoryPage:
    """Show the page, with all that is read for it."""
    made.bridge.begin()
    made.frame.page_requested.emit("history")
    page = made.frame.stack.currentWidget()
    if not isinstance(page, HistoryPage):
        raise TypeError("the history does not open")
    wait(made)
    return page


def wait(made: Scene) -> None:
    for _ in range(MOST_WAITS):
        made.settle()
        made.frame.thread().msleep(2)


def history_empty(made: Scene) -> None:
    shown(made)


def history(made: Scene) -> None:
    filled(made)
    shown(made)


def history_muscles(made: Scene) -> None:
    filled(made)
    shown(made).picker.chosen.emit(MUSCLES)
    wait(made)


def history_progress(made: Scene) -> None:
    filled(made, plan=True)
    shown(made).picker.chosen.emit(PROGRESS)
    wait(made)


def history_session(made: Scene) -> None:
    filled(made)
    page = shown(made)
    page.sessions.list.choose(0)
    page.sessions.list.opened.emit(list(year(made.library))[-1].id)
    wait(made)


def resume(made: Scene) -> None:
    """The offer to go on, with what a crash would have left."""
    routine = made.library.routine("posterior-chain-stretch")
    timeline = timeline_of(routine, 30_000)
    index = [n for n, each in enumerate(timeline.segments) if each.kind.is_work][3]
    segment = timeline.segments[index]
    position_ms = timeline.start_of(index) + 12_000
    opening: Opening = opening_of(routine, Options(), NOW)
    visit = Part(
        segment.kind,
        segment.length_ms,
        12_000,
        Outcome.BROKEN_OFF,
        exercise_id=segment.exercise.id if segment.exercise else "",
        side=segment.side,
    )
    left = Left(opening, (), Beat(NOW.ms, position_ms, segment.key, 12_000, visit, 0, 0, {}))
    made.bridge.begin()
    wait(made)
    made.bridge._past.resuming._offer(left)  # noqa: SLF001 - as the keeper would bring it


def suggested(made: Scene) -> None:
    filled(made)
    made.open(made.library.routine("posterior-chain-stretch"))
    wait(made)


def keeper_of(made: Scene) -> Keeper:
    return Keeper(made.folder / "history", now)
