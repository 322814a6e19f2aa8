"""The progress of holds: where a plan is, what to suggest for the next session, and the line of a chart.

A suggestion is asked and never imposed. It goes up by one small step after holds that went well, and back to
what was really held after those that did not.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice, pairwise

from chain_timer.history.days import DAYS_A_WEEK, day_number, week_begin, week_number
from chain_timer.history.kept import HoldPoint
from chain_timer.history.middle import middle
from chain_timer.history.plan import HoldPlan
from chain_timer.history.words import counted, spelled
from chain_timer.problems import Problem
from chain_timer.session.record import Ending, Feeling
from chain_timer.timeline.options import LONGEST_HOLD_MS, SHORTEST_HOLD_MS, USUAL_HOLD_MS
from chain_timer.units import SECOND_MS

STEP_MS = 5 * SECOND_MS
"""What a hold grows by, or goes back by, from one session to the next."""
MOST_WEEKS = 52
LONG_ABSENCE_DAYS = 14
"""After so many days without a session a hold does not grow."""
MOST_POINTS = 400
"""Points of a chart: a few for every finger's breadth of a large window."""
_AHEAD_DAYS = 1
"""Who flew east over the date line has a session of tomorrow; what lies later is of a clock set wrong."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The hold that is asked for before the next session."""

    hold_ms: int
    why: str
    """In plain words, with the numbers it comes from."""
    after: str = ""
    """The id of the session it follows from; empty where a plan begins without one."""

    @property
    def mark(self) -> tuple[str, int]:
        """What to remember of one that was declined: it is not made again before something new was held."""
        return self.after, self.hold_ms


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far a plan is."""

    week: int
    """From 1; the last one when its time is over."""
    weeks: int
    held_ms: int | None
    """What was held last since it began; None as long as nothing was."""
    target_ms: int
    share: float
    """How much of the way from its first hold to its last is behind, from 0 to 1."""
    is_over: bool
    """Whether its time is up."""
    is_reached: bool
    """Whether its last hold was once held to the end."""
    sentence: str


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """The holds of a day, or of some weeks where there are too many days; the median of their sessions."""

    first: date
    last: date
    planned_ms: int
    held_ms: int
    sessions: int
    all_done: bool
    """Whether in each of them every hold was held to its end."""


@dataclass(frozen=True, slots=True)
class HoldChart:
    """What a chart of holds over time shows."""

    points: tuple[ChartPoint, ...]
    plan: tuple[tuple[date, int], ...]
    """The days on which the plan's hold changes, with what it is from then on; last, the plan's last day."""


def plan_problems(plan: HoldPlan) -> tuple[Problem, ...]:
    """Everything that is wrong with a new plan: nothing when it can be followed."""
    bounds = f"use {spelled(SHORTEST_HOLD_MS)} to {spelled(LONGEST_HOLD_MS)}"
    found: list[Problem] = []
    for where, hold_ms in (("first hold", plan.from_ms), ("last hold", plan.to_ms)):
        if hold_ms < SHORTEST_HOLD_MS:
            found.append(Problem(where, f"{spelled(hold_ms)} is too short", bounds))
        elif hold_ms > LONGEST_HOLD_MS:
            found.append(Problem(where, f"{spelled(hold_ms)} is too long", bounds))
    if plan.from_ms >= plan.to_ms:
        what = f"{spelled(plan.to_ms)} is not longer than {spelled(plan.from_ms)}"
        found.append(Problem("last hold", what, "choose a longer last hold, or a shorter first one"))
    if not 1 <= plan.weeks <= MOST_WEEKS:
        what = f"{plan.weeks:,} weeks cannot be planned"
        found.append(Problem("weeks", what, f"use 1 to {MOST_WEEKS} weeks"))
    if bool(plan.exercise_id) == bool(plan.routine_id):
        found.append(Problem("", "A plan is for one exercise or for one routine", "choose one of them"))
    return tuple(found)


def target(plan: HoldPlan, day: date) -> int:
    """Give the hold a plan asks for on a day, in milliseconds.

    It grows in steps of 5 s, each as many days apart, and is the plan's last hold before its last week ends.
    """
    steps = -(-max(0, plan.to_ms - plan.from_ms) // STEP_MS)
    days = _weeks(plan) * DAYS_A_WEEK
    gone = day.toordinal() - plan.begun.toordinal()
    if steps == 0 or gone >= days:
        return plan.to_ms
    # With fewer days than steps some are left out, so that the last one still comes in time.
    taken = gone * (steps + 1) // days if steps < days else gone * steps // (days - 1)
    return min(plan.to_ms, plan.from_ms + max(0, taken) * STEP_MS)


def suggested(
    points: Sequence[HoldPoint],
    plan: HoldPlan | None,
    today: date,
    *,
    safety: str,
    declined: Collection[tuple[str, int]] = (),
) -> Suggestion | None:
    """Suggest the next session's hold from what was really held, oldest first; None leaves it as it was.

    ``safety`` is the program's sentence about pain, said after a session that was painful; ``declined`` the
    marks of suggestions that were turned down. Without a plan a hold grows after two sessions in a row that
    went well, up to the 60 s that are usual. With one, a session that felt easy or good is enough, and the
    hold is never more than a step ahead of the plan.
    """
    last = tuple(islice(_newest_first(points, today), 2))
    followed = plan if plan is not None and _is_followed(plan, today) else None
    found = _suggestion(last, followed, today, safety)
    return None if found is None or found.mark in declined else found


def progress_of(plan: HoldPlan, points: Sequence[HoldPoint], today: date) -> PlanProgress:
    """Tell how far a plan is, from what was held since it began; of one that was ended, how far it came."""
    day = today if plan.ended is None else min(today, plan.ended)
    weeks = _weeks(plan)
    week = (day.toordinal() - plan.begun.toordinal()) // DAYS_A_WEEK + 1
    held = [each for each in _newest_first(points, day) if day_number(each.started) >= plan.begun.toordinal()]
    held_ms = next((_whole_seconds(each.held_ms) for each in held if each.held_ms > 0), None)
    way_ms = max(1, plan.to_ms - plan.from_ms)
    come_ms = 0 if held_ms is None else held_ms - plan.from_ms
    is_reached = any(_went_well(each) and _whole_seconds(each.held_ms) >= plan.to_ms for each in held)
    share = 1.0 if is_reached else min(max(come_ms / way_ms, 0.0), 1.0)
    target_ms = target(plan, day)
    told = _PlanWords(min(max(week, 1), weeks), weeks, held_ms, target_ms, plan.to_ms)
    return PlanProgress(
        week=told.week,
        weeks=weeks,
        held_ms=held_ms,
        target_ms=target_ms,
        share=share,
        is_over=week > weeks,
        is_reached=is_reached,
        sentence=told.sentence(is_over=week > weeks, is_reached=is_reached),
    )


def chart(points: Sequence[HoldPoint], plan: HoldPlan | None = None, most: int = MOST_POINTS) -> HoldChart:
    """Put what was held on a line: a point a day, or a week where these are too many, or several weeks."""
    return HoldChart(tuple(_drawn(points, max(1, most))), () if plan is None else tuple(_plan_line(plan)))


def _suggestion(
    last: Sequence[HoldPoint], plan: HoldPlan | None, today: date, safety: str
) -> Suggestion | None:
    if last and _went_badly(last[0]):
        return _back(last[0], safety)
    if plan is not None and (not last or day_number(last[0].started) < plan.begun.toordinal()):
        return _beginning(plan, last)
    if not last or today.toordinal() - day_number(last[0].started) >= LONG_ABSENCE_DAYS:
        return None
    return _up_alone(last) if plan is None else _up_by_plan(last, plan, today)


def _beginning(plan: HoldPlan, last: Sequence[HoldPoint]) -> Suggestion | None:
    hold_ms = _bounded(plan.from_ms)
    if last and last[0].planned_ms == hold_ms:
        return None
    after = last[0].session_id if last else ""
    return Suggestion(hold_ms, f"Your plan begins with holds of {spelled(hold_ms)}.", after)


def _up_alone(last: Sequence[HoldPoint]) -> Suggestion | None:
    if not _both_went_well(last):
        return None
    held = f"You held {spelled(last[0].planned_ms)} to the end twice in a row"
    return _up(last, USUAL_HOLD_MS[1], held)


def _up_by_plan(last: Sequence[HoldPoint], plan: HoldPlan, today: date) -> Suggestion | None:
    newest = last[0]
    told = newest.feeling in {Feeling.EASY, Feeling.GOOD}
    if not (_went_well(newest) if told else _both_went_well(last)):
        return None
    target_ms = target(plan, today)
    held = f"You held {spelled(newest.planned_ms)} to the end, and your plan is at {spelled(target_ms)}"
    return _up(last[:1] if told else last, min(plan.to_ms, target_ms + STEP_MS), held)


def _up(well: Sequence[HoldPoint], most_ms: int, held: str) -> Suggestion | None:
    planned_ms = well[0].planned_ms
    longer_ms = min(_floored(each.held_ms) for each in well)
    hold_ms = min(max(planned_ms + STEP_MS, longer_ms), most_ms, LONGEST_HOLD_MS)
    if hold_ms <= planned_ms or hold_ms < SHORTEST_HOLD_MS:
        return None
    if longer_ms > planned_ms:
        held = f"You held {spelled(longer_ms)} where {spelled(planned_ms)} were planned"
    return Suggestion(hold_ms, f"{held}; next would be {spelled(hold_ms)}.", well[0].session_id)


def _back(last: HoldPoint, safety: str) -> Suggestion | None:
    """Go back by a step, or as far as what was really held; an author's own shorter hold stays."""
    planned_ms, is_painful = last.planned_ms, last.feeling is Feeling.PAINFUL
    held_ms = _floored(last.held_ms) if last.held_ms > 0 else planned_ms
    hold_ms = max(min(planned_ms - STEP_MS, held_ms), min(SHORTEST_HOLD_MS, planned_ms))
    hold_ms = min(hold_ms, LONGEST_HOLD_MS)
    if hold_ms == planned_ms and not is_painful:
        return None
    easier = f"{spelled(hold_ms)} would be easier"
    if is_painful:
        then = easier if hold_ms < planned_ms else "there is no shorter hold"
        why = f"Holds of {spelled(planned_ms)} were painful last time; {then}. {safety}".strip()
    elif _is_short(last):
        why = f"Last time you held {spelled(last.held_ms)} of {spelled(planned_ms)}; {easier}."
    else:
        why = f"Your last session, with holds of {spelled(planned_ms)}, was broken off; {easier}."
    return Suggestion(hold_ms, why, last.session_id)


def _went_badly(point: HoldPoint) -> bool:
    return point.feeling is Feeling.PAINFUL or point.ending is Ending.BROKEN_OFF or _is_short(point)


def _went_well(point: HoldPoint) -> bool:
    return point.all_done and point.feeling is not Feeling.HARD and not _went_badly(point)


def _both_went_well(last: Sequence[HoldPoint]) -> bool:
    return len(last) > 1 and all(map(_went_well, last)) and last[0].planned_ms == last[1].planned_ms


def _is_short(point: HoldPoint) -> bool:
    return _whole_seconds(point.held_ms) < _whole_seconds(point.planned_ms)


def _newest_first(points: Sequence[HoldPoint], today: date) -> Iterator[HoldPoint]:
    """Give what tells something: something was held, or it hurt; nothing of a clock that ran ahead."""
    latest = today.toordinal() + _AHEAD_DAYS
    for point in reversed(points):
        tells = point.held_ms > 0 or point.feeling is Feeling.PAINFUL
        if tells and point.planned_ms > 0 and day_number(point.started) <= latest:
            yield point


def _is_followed(plan: HoldPlan, today: date) -> bool:
    return plan.begun <= today and (plan.ended is None or today < plan.ended)


def _weeks(plan: HoldPlan) -> int:
    return min(max(plan.weeks, 1), MOST_WEEKS)


def _bounded(hold_ms: int) -> int:
    return min(max(hold_ms, SHORTEST_HOLD_MS), LONGEST_HOLD_MS)


def _whole_seconds(ms: int) -> int:
    # To the nearest: a hold that ended a hundredth of a second early was held.
    return (ms + SECOND_MS // 2) // SECOND_MS * SECOND_MS


def _floored(held_ms: int) -> int:
    return _whole_seconds(held_ms) // STEP_MS * STEP_MS


def _date(number: int) -> date:
    return date.fromordinal(min(max(number, 1), date.max.toordinal()))


def _drawn(points: Sequence[HoldPoint], most: int) -> Iterator[ChartPoint]:
    numbered = sorted(((day_number(point.started), point) for point in points), key=lambda each: each[0])
    if not numbered:
        return
    first, last = numbered[0][0], numbered[-1][0]
    bucket = 1
    if len({number for number, _ in numbered}) > most:
        bucket = DAYS_A_WEEK * -(-(week_number(last) - week_number(first) + 1) // most)
    begin = week_begin(first)
    for _, group in groupby(numbered, key=lambda each: (each[0] - begin) // bucket):
        yield _chart_point(tuple(group))


def _chart_point(group: Sequence[tuple[int, HoldPoint]]) -> ChartPoint:
    points = [point for _, point in group]
    return ChartPoint(
        first=_date(group[0][0]),
        last=_date(group[-1][0]),
        planned_ms=middle(point.planned_ms for point in points),
        held_ms=middle(point.held_ms for point in points),
        sessions=len(points),
        all_done=all(point.all_done for point in points),
    )


def _plan_line(plan: HoldPlan) -> Iterator[tuple[date, int]]:
    length = min(_weeks(plan) * DAYS_A_WEEK, date.max.toordinal() - plan.begun.toordinal() + 1)
    days = [plan.begun + timedelta(days=number) for number in range(length)]
    targets = [(day, target(plan, day)) for day in days]
    yield targets[0]
    yield from (after for before, after in pairwise(targets) if after[1] != before[1])
    if len(targets) > 1 and targets[-1][1] == targets[-2][1]:
        yield targets[-1]


@dataclass(frozen=True, slots=True)
class _PlanWords:
    """The numbers of a plan's progress, and how they are said."""

    week: int
    weeks: int
    held_ms: int | None
    target_ms: int
    to_ms: int

    def sentence(self, *, is_over: bool, is_reached: bool) -> str:
        if is_reached:
            return f"You held {spelled(self.to_ms)} to the end: your plan is reached."
        if is_over:
            held = f"you hold {spelled(self.held_ms)}" if self.held_ms else "nothing was held"
            over = f"{counted(self.weeks, 'week')} {'is' if self.weeks == 1 else 'are'} over"
            return f"Your {over}: {held} of {spelled(self.to_ms)}."
        head = f"Week {self.week} of {self.weeks}: "
        if self.held_ms is None:
            return f"{head}your plan is at {spelled(self.target_ms)}, and nothing was held yet."
        return f"{head}you hold {spelled(self.held_ms)}, and your plan is at {spelled(self.target_ms)}."
