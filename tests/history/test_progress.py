"""The progress of holds: plans, what is suggested for the next session, and the line of a chart."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chain_timer.history.kept import HoldPoint
from chain_timer.history.plan import HoldPlan
from chain_timer.history.progress import (
    LONG_ABSENCE_DAYS,
    STEP_MS,
    ChartPoint,
    HoldChart,
    Suggestion,
    chart,
    plan_problems,
    progress_of,
    suggested,
    target,
)
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling
from chain_timer.timeline.options import LONGEST_HOLD_MS, SHORTEST_HOLD_MS

TODAY = date(2026, 3, 18)
SAFETY = "Stop if it hurts."
DAY_MS = 24 * 60 * 60 * 1000
PLAN = HoldPlan("a" * 32, "Hamstrings", 30_000, 60_000, date(2026, 3, 2), 6, exercise_id="stretch")
thorough = settings(max_examples=200, deadline=None, derandomize=True)


def at(day: date) -> Moment:
    return Moment(int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000))


def held(
    seconds: float = 30,
    of: float = 30,
    *,
    gone: int = 1,
    ending: Ending = Ending.FINISHED,
    all_done: bool = True,
    feeling: Feeling | None = None,
) -> HoldPoint:
    """The holds of a session some days ago: so many seconds were held of so many."""
    started = at(TODAY - timedelta(days=gone))
    held_ms, planned_ms = int(seconds * 1000), int(of * 1000)
    return HoldPoint(f"session {gone}", started, planned_ms, held_ms, ending, all_done, feeling)


def suggestion(
    *points: HoldPoint, plan: HoldPlan | None = None, **wishes: frozenset[tuple[str, int]]
) -> Suggestion | None:
    return suggested(points, plan, TODAY, safety=SAFETY, **wishes)


def asked_ms(*points: HoldPoint, plan: HoldPlan | None = None) -> int | None:
    found = suggestion(*points, plan=plan)
    return None if found is None else found.hold_ms


def plan_at(target_ms: int) -> HoldPlan:
    """A plan from 20 to 90 s that is at this hold today."""
    plan = HoldPlan("b" * 32, "Calves", 20_000, 90_000, TODAY, 10, exercise_id="stretch")
    for gone in range(plan.weeks * 7 + 1):
        begun = replace(plan, begun=TODAY - timedelta(days=gone))
        if target(begun, TODAY) == target_ms:
            return begun
    raise AssertionError(target_ms)


# --- plans -----------------------------------------------------------------------------------------------


def test_a_plan_gives_every_hold_the_same_days_and_is_there_in_its_last_week() -> None:
    holds = [target(PLAN, PLAN.begun + timedelta(days=number)) // 1000 for number in range(42)]
    assert holds == [seconds for seconds in (30, 35, 40, 45, 50, 55, 60) for _ in range(6)]


def test_before_a_plan_is_its_first_hold_and_after_it_its_last() -> None:
    assert target(PLAN, date(2020, 1, 1)) == 30_000
    assert target(PLAN, date(2030, 1, 1)) == 60_000
    assert target(PLAN, date.min) == 30_000
    assert target(PLAN, date.max) == 60_000


def test_a_plan_with_more_steps_than_days_still_comes_to_its_end() -> None:
    steep = replace(PLAN, to_ms=600_000, weeks=1)
    holds = [target(steep, PLAN.begun + timedelta(days=number)) for number in range(7)]
    assert holds[0] == 30_000
    assert holds[-1] == 600_000


def test_a_last_hold_between_two_steps_is_reached_exactly() -> None:
    assert target(replace(PLAN, to_ms=47_500), PLAN.begun + timedelta(days=41)) == 47_500


plans = st.builds(
    lambda from_ms, to_ms, weeks, begun: HoldPlan("c" * 32, "A", from_ms, to_ms, begun, weeks, "stretch"),
    st.integers(SHORTEST_HOLD_MS, LONGEST_HOLD_MS - 1),
    st.integers(SHORTEST_HOLD_MS + 1, LONGEST_HOLD_MS),
    st.integers(1, 52),
    st.dates(date(2025, 3, 1), date(2026, 6, 1)),
)


@thorough
@given(plans)
def test_a_plan_never_goes_back_and_ends_where_it_should(plan: HoldPlan) -> None:
    assume(plan.from_ms < plan.to_ms)
    assert plan_problems(plan) == ()
    holds = [target(plan, plan.begun + timedelta(days=number)) for number in range(-3, plan.weeks * 7 + 3)]
    assert all(before <= after for before, after in pairwise(holds))
    assert holds[3] == plan.from_ms
    assert holds[plan.weeks * 7 + 2] == plan.to_ms
    assert all((hold - plan.from_ms) % STEP_MS == 0 or hold == plan.to_ms for hold in holds)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"from_ms": 4_000}, "first hold: 4 s is too short; use 5 s to 10 min"),
        ({"to_ms": 601_000}, "last hold: 10 min 1 s is too long; use 5 s to 10 min"),
        (
            {"to_ms": 30_000},
            "last hold: 30 s is not longer than 30 s; choose a longer last hold, or a shorter first one",
        ),
        ({"weeks": 0}, "weeks: 0 weeks cannot be planned; use 1 to 52 weeks"),
        ({"weeks": 5_300}, "weeks: 5,300 weeks cannot be planned; use 1 to 52 weeks"),
        ({"exercise_id": ""}, "A plan is for one exercise or for one routine; choose one of them"),
        ({"routine_id": "too"}, "A plan is for one exercise or for one routine; choose one of them"),
    ],
)
def test_what_is_wrong_with_a_plan_is_told(change: dict[str, object], told: str) -> None:
    assert [str(problem) for problem in plan_problems(replace(PLAN, **change))] == [told]  # type: ignore[arg-type]


def test_every_problem_of_a_plan_is_told_at_once() -> None:
    assert len(plan_problems(HoldPlan("d" * 32, "", 0, -1, TODAY, -1))) == 5


def test_a_plan_without_problems_has_none() -> None:
    assert plan_problems(PLAN) == ()
    assert plan_problems(replace(PLAN, from_ms=5_000, to_ms=600_000, weeks=52)) == ()


# --- suggestions without a plan --------------------------------------------------------------------------


def test_who_has_held_nothing_is_asked_nothing() -> None:
    assert suggestion() is None
    assert suggestion(held(0, gone=2), held(0, gone=1)) is None


def test_after_two_sessions_that_went_well_a_hold_grows_by_a_step() -> None:
    found = suggestion(held(gone=3), held(gone=1))
    assert found == Suggestion(
        35_000, "You held 30 s to the end twice in a row; next would be 35 s.", "session 1"
    )


@pytest.mark.parametrize("feeling", [Feeling.EASY, Feeling.GOOD, None])
def test_once_is_not_enough_however_it_felt(feeling: Feeling | None) -> None:
    assert asked_ms(held(feeling=feeling)) is None
    assert asked_ms(held(25, 25, gone=3), held(feeling=feeling)) is None


@pytest.mark.parametrize(
    "point",
    [held(gone=3, feeling=Feeling.HARD), held(gone=3, all_done=False), held(20, gone=3), held(gone=3, of=31)],
)
def test_both_sessions_must_have_gone_well_at_the_same_length(point: HoldPoint) -> None:
    assert asked_ms(point, held(gone=1)) is None


def test_what_was_before_the_last_two_does_not_matter() -> None:
    assert asked_ms(held(gone=9, feeling=Feeling.PAINFUL), held(gone=3), held(gone=1)) == 35_000


def test_what_was_hard_stays_as_it_is() -> None:
    assert asked_ms(held(gone=3), held(gone=1, feeling=Feeling.HARD)) is None


def test_a_session_with_a_hold_left_out_stays_as_it_is() -> None:
    assert asked_ms(held(gone=3), held(gone=1, all_done=False)) is None


def test_a_hold_never_grows_beyond_a_minute_on_its_own() -> None:
    assert asked_ms(held(58, 58, gone=3), held(58, 58, gone=1)) == 60_000
    assert asked_ms(held(60, 60, gone=3), held(60, 60, gone=1)) is None
    assert asked_ms(held(90, 90, gone=3), held(90, 90, gone=1)) is None


def test_who_twice_held_longer_than_planned_is_asked_for_that() -> None:
    found = suggestion(held(47, gone=3), held(52, gone=1))
    assert found is not None
    assert found.hold_ms == 45_000
    assert found.why == "You held 45 s where 30 s were planned; next would be 45 s."
    assert asked_ms(held(300, gone=3), held(300, gone=1)) == 60_000


@pytest.mark.parametrize(("gone", "asked"), [(13, 35_000), (14, None), (400, None)])
def test_after_two_weeks_away_no_hold_grows(gone: int, asked: int | None) -> None:
    assert asked_ms(held(gone=gone + 1), held(gone=gone)) == asked


def test_a_hundredth_of_a_second_is_no_failure() -> None:
    assert asked_ms(held(29.98, gone=3), held(29.6, gone=1)) == 35_000


# --- back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "of", "asked"),
    [(38, 45, 35_000), (44, 45, 40_000), (12, 45, 10_000), (3, 45, 5_000), (45, 45, 40_000)],
)
def test_what_was_broken_off_goes_back_to_what_was_really_held(seconds: int, of: int, asked: int) -> None:
    assert asked_ms(held(seconds, of, ending=Ending.BROKEN_OFF, all_done=False)) == asked


def test_going_back_is_told_with_its_numbers() -> None:
    short = suggestion(held(38, 45, ending=Ending.BROKEN_OFF, all_done=False))
    left = suggestion(held(45, 45, ending=Ending.BROKEN_OFF, all_done=False))
    assert short is not None
    assert left is not None
    assert short.why == "Last time you held 38 s of 45 s; 35 s would be easier."
    assert left.why == "Your last session, with holds of 45 s, was broken off; 40 s would be easier."


def test_holds_that_most_were_left_early_go_back_though_the_session_was_finished() -> None:
    assert asked_ms(held(31, 45, all_done=False)) == 30_000


def test_pain_goes_back_and_is_told_with_care() -> None:
    found = suggestion(held(gone=3), held(gone=1, feeling=Feeling.PAINFUL))
    assert found is not None
    assert found.hold_ms == 25_000
    assert found.why == "Holds of 30 s were painful last time; 25 s would be easier. Stop if it hurts."


def test_pain_at_the_shortest_hold_is_told_all_the_same() -> None:
    found = suggestion(held(5, 5, feeling=Feeling.PAINFUL))
    assert found is not None
    assert found.hold_ms == 5_000
    assert found.why == "Holds of 5 s were painful last time; there is no shorter hold. Stop if it hurts."


def test_pain_counts_though_nothing_was_held() -> None:
    assert asked_ms(held(0, 45, feeling=Feeling.PAINFUL)) == 40_000


def test_nothing_else_speaks_of_pain() -> None:
    for points in ((held(gone=3), held(gone=1)), (held(20, ending=Ending.BROKEN_OFF),)):
        found = suggestion(*points)
        assert found is not None
        assert SAFETY not in found.why


def test_a_hold_shorter_than_the_shortest_is_its_authors_own() -> None:
    assert asked_ms(held(1, 3, ending=Ending.BROKEN_OFF)) is None


def test_even_after_a_year_pain_is_remembered() -> None:
    assert asked_ms(held(gone=400, feeling=Feeling.PAINFUL)) == 25_000


# --- with a plan -----------------------------------------------------------------------------------------


def test_a_plan_begins_with_its_first_hold() -> None:
    begins = Suggestion(30_000, "Your plan begins with holds of 30 s.")
    assert suggestion(plan=PLAN) == begins
    before = held(45, 45, gone=30)
    assert suggestion(before, plan=PLAN) == replace(begins, after="session 30")


def test_a_plan_that_begins_where_one_is_asks_nothing() -> None:
    assert suggestion(held(gone=30), plan=PLAN) is None


def test_a_plan_does_not_begin_over_pain() -> None:
    assert asked_ms(held(20, 20, gone=20, feeling=Feeling.PAINFUL), plan=PLAN) == 15_000


@pytest.mark.parametrize("feeling", [Feeling.EASY, Feeling.GOOD])
def test_with_a_plan_once_is_enough_where_it_felt_well(feeling: Feeling) -> None:
    found = suggestion(held(40, 40, feeling=feeling), plan=plan_at(50_000))
    assert found is not None
    assert found.hold_ms == 45_000
    assert found.why == "You held 40 s to the end, and your plan is at 50 s; next would be 45 s."


def test_with_a_plan_it_takes_two_sessions_of_which_nothing_was_told() -> None:
    plan = plan_at(50_000)
    assert asked_ms(held(40, 40), plan=plan) is None
    assert asked_ms(held(40, 40, gone=3), held(40, 40), plan=plan) == 45_000


@pytest.mark.parametrize(("at_s", "asked"), [(30, None), (35, None), (40, 45_000), (90, 45_000)])
def test_a_hold_is_at_most_a_step_ahead_of_its_plan(at_s: int, asked: int | None) -> None:
    plan = plan_at(at_s * 1000)
    assert asked_ms(held(40, 40, gone=2), held(40, 40), plan=plan) == (asked if at_s > 30 else None)


def test_a_plan_may_go_beyond_a_minute_but_not_beyond_its_end() -> None:
    plan = plan_at(90_000)
    assert asked_ms(held(70, 70, feeling=Feeling.GOOD), plan=plan) == 75_000
    assert asked_ms(held(87, 87, feeling=Feeling.GOOD), plan=plan) == 90_000
    assert asked_ms(held(90, 90, feeling=Feeling.GOOD), plan=plan) is None


@pytest.mark.parametrize("feeling", [Feeling.HARD, Feeling.PAINFUL])
def test_no_plan_drives_a_person_on_who_had_a_hard_time(feeling: Feeling) -> None:
    asked = asked_ms(held(40, 40, feeling=feeling), plan=plan_at(90_000))
    assert asked is None or asked < 40_000


def test_no_plan_drives_a_person_on_who_was_away() -> None:
    plan = plan_at(90_000)
    assert asked_ms(held(40, 40, gone=14, feeling=Feeling.EASY), plan=plan) is None


def test_with_a_plan_too_what_was_held_longer_than_planned_is_what_is_asked_for() -> None:
    points = held(40, 40, gone=3), held(52, 40, feeling=Feeling.GOOD)
    assert asked_ms(*points, plan=plan_at(50_000)) == 50_000


def test_a_plan_that_was_ended_or_has_not_begun_is_none() -> None:
    ended = replace(plan_at(90_000), ended=TODAY)
    later = replace(PLAN, begun=TODAY + timedelta(days=1))
    for plan in (ended, later):
        assert asked_ms(held(40, 40, feeling=Feeling.GOOD), plan=plan) is None
        assert asked_ms(held(gone=3), held(), plan=plan) == 35_000
    assert asked_ms(plan=later) is None


# --- declined, and clocks --------------------------------------------------------------------------------


def test_what_was_declined_is_not_asked_again_before_something_new_was_held() -> None:
    points = (held(gone=3), held(gone=2))
    found = suggestion(*points)
    assert found is not None
    declined = frozenset({found.mark})
    assert suggestion(*points, declined=declined) is None
    again = suggestion(*points, held(gone=1), declined=declined)
    assert again is not None
    assert again.hold_ms == 35_000


def test_another_hold_after_the_same_session_may_be_asked() -> None:
    assert suggestion(held(gone=3), held(gone=1), declined=frozenset({("session 1", 40_000)})) is not None


def test_what_a_fast_clock_put_into_the_future_tells_nothing() -> None:
    ahead = held(20, gone=-300, ending=Ending.BROKEN_OFF)
    assert asked_ms(held(gone=3), held(gone=1), ahead) == 35_000


def test_what_a_flight_put_into_tomorrow_does() -> None:
    assert asked_ms(held(gone=1), held(gone=-1, feeling=Feeling.PAINFUL)) == 25_000


points_of_all_kinds = st.lists(
    st.builds(
        held,
        st.integers(0, 700),
        st.integers(0, 700),
        gone=st.integers(-40, 40),
        ending=st.sampled_from(Ending),
        all_done=st.booleans(),
        feeling=st.sampled_from([None, *Feeling]),
    ),
    max_size=4,
    unique_by=lambda point: point.session_id,
).map(lambda points: sorted(points, key=lambda point: point.started))


@thorough
@given(points_of_all_kinds, st.one_of(st.none(), plans))
def test_a_suggestion_keeps_to_every_rule(points: list[HoldPoint], plan: HoldPlan | None) -> None:
    found = suggested(points, plan, TODAY, safety=SAFETY)
    if found is None:
        return
    assert found.why.isprintable()
    assert SHORTEST_HOLD_MS <= found.hold_ms <= LONGEST_HOLD_MS or found.hold_ms <= points[-1].planned_ms
    told = [point for point in points if point.session_id == found.after]
    assert bool(told) == bool(found.after)
    if found.why.startswith("Your plan begins"):
        assert plan is not None
        assert found.hold_ms == plan.from_ms
        return
    last = told[-1]
    assert (SAFETY in found.why) == (last.feeling is Feeling.PAINFUL)
    if found.hold_ms > last.planned_ms:
        assert last.all_done
        assert last.ending is Ending.FINISHED
        assert last.feeling not in {Feeling.HARD, Feeling.PAINFUL}
        assert (TODAY - last.started.day).days < LONG_ABSENCE_DAYS
        assert found.hold_ms <= max(last.planned_ms + STEP_MS, last.held_ms + 500)
        followed = plan is not None and plan.begun <= TODAY
        most_ms = min(plan.to_ms, target(plan, TODAY) + STEP_MS) if plan and followed else 60_000
        assert found.hold_ms <= most_ms


@thorough
@given(points_of_all_kinds, st.one_of(st.none(), plans))
def test_nothing_that_was_declined_is_asked(points: list[HoldPoint], plan: HoldPlan | None) -> None:
    found = suggested(points, plan, TODAY, safety=SAFETY)
    declined = frozenset() if found is None else frozenset({found.mark})
    assert suggested(points, plan, TODAY, safety=SAFETY, declined=declined) is None


# --- how far a plan is -----------------------------------------------------------------------------------


def test_a_plan_tells_its_week_what_is_held_and_where_it_is() -> None:
    found = progress_of(PLAN, [held(40, 40)], TODAY)
    assert (found.week, found.weeks, found.held_ms, found.target_ms) == (3, 6, 40_000, 40_000)
    assert found.share == pytest.approx(1 / 3)
    assert (found.is_over, found.is_reached) == (False, False)
    assert found.sentence == "Week 3 of 6: you hold 40 s, and your plan is at 40 s."


def test_before_anything_was_held_a_plan_says_so() -> None:
    earlier = held(55, 55, gone=60)
    found = progress_of(PLAN, [earlier], PLAN.begun)
    assert (found.held_ms, found.share, found.week) == (None, 0.0, 1)
    assert found.sentence == "Week 1 of 6: your plan is at 30 s, and nothing was held yet."


def test_a_plan_is_over_when_its_weeks_are() -> None:
    last_day = PLAN.begun + timedelta(days=41)
    assert not progress_of(PLAN, [], last_day).is_over
    found = progress_of(PLAN, [held(55, 55)], last_day + timedelta(days=1))
    assert (found.is_over, found.week) == (True, 6)
    assert found.sentence == "Your 6 weeks are over: you hold 55 s of 1 min."
    assert (
        progress_of(PLAN, [], date(2027, 1, 1)).sentence
        == "Your 6 weeks are over: nothing was held of 1 min."
    )


def test_one_week_is_one_week() -> None:
    found = progress_of(replace(PLAN, weeks=1), [], TODAY)
    assert found.sentence == "Your 1 week is over: nothing was held of 1 min."


def test_a_plan_once_reached_stays_reached() -> None:
    found = progress_of(PLAN, [held(60, 60, gone=3), held(40, 40, gone=1)], TODAY)
    assert (found.is_reached, found.share, found.held_ms) == (True, 1.0, 40_000)
    assert found.sentence == "You held 1 min to the end: your plan is reached."


def test_a_last_hold_that_hurt_reaches_no_plan() -> None:
    assert not progress_of(PLAN, [held(60, 60, feeling=Feeling.PAINFUL)], TODAY).is_reached


def test_a_plan_that_was_ended_tells_how_far_it_came() -> None:
    ended = replace(PLAN, ended=date(2026, 3, 10))
    found = progress_of(ended, [held(35, 35, gone=9), held(55, 55, gone=1)], date(2027, 1, 1))
    assert (found.week, found.held_ms, found.is_over) == (2, 35_000, False)


@thorough
@given(plans, points_of_all_kinds, st.dates())
def test_progress_stays_within_its_bounds(plan: HoldPlan, points: list[HoldPoint], today: date) -> None:
    found = progress_of(plan, points, today)
    assert 1 <= found.week <= found.weeks == plan.weeks
    assert 0 <= found.share <= 1
    assert found.sentence.isprintable()


@thorough
@given(
    st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12), st.integers(-(10**9), 10**9), st.dates()
)
def test_a_plan_from_elsewhere_may_be_as_wrong_as_it_likes(
    from_ms: int, to_ms: int, weeks: int, begun: date
) -> None:
    plan = HoldPlan("e" * 32, "A", from_ms, to_ms, begun, weeks, "stretch")
    points = [held(gone=3), held(feeling=Feeling.GOOD)]
    for point in (points, []):
        found = suggested(point, plan, TODAY, safety=SAFETY)
        assert found is None or SHORTEST_HOLD_MS <= found.hold_ms <= LONGEST_HOLD_MS
    assert 0 <= progress_of(plan, points, TODAY).share <= 1
    assert 1 <= len(chart(points, plan).plan) <= 52 * 7


# --- the chart -------------------------------------------------------------------------------------------


def test_a_chart_of_nothing_is_empty() -> None:
    assert chart([]) == HoldChart((), ())


def test_a_day_is_a_point_with_the_median_of_its_sessions() -> None:
    points = [held(20, gone=1, all_done=False), held(30, gone=1), held(28, gone=1), held(35, 35, gone=0)]
    yesterday = TODAY - timedelta(days=1)
    assert chart(points).points == (
        ChartPoint(yesterday, yesterday, 30_000, 28_000, 3, all_done=False),
        ChartPoint(TODAY, TODAY, 35_000, 35_000, 1, all_done=True),
    )


def test_the_line_of_a_plan_has_the_days_on_which_it_changes_and_its_last() -> None:
    days = [0, 6, 12, 18, 24, 30, 36, 41]
    holds = [30, 35, 40, 45, 50, 55, 60, 60]
    assert chart([], PLAN).plan == tuple(
        (PLAN.begun + timedelta(days=day), hold * 1000) for day, hold in zip(days, holds, strict=True)
    )


def test_too_many_days_become_weeks_that_begin_on_mondays() -> None:
    drawn = chart([held(gone=gone) for gone in range(500, -1, -1)]).points
    assert len(drawn) == 73
    assert {point.first.weekday() for point in drawn[1:]} == {0}
    assert drawn[-1] == ChartPoint(date(2026, 3, 16), TODAY, 30_000, 30_000, 3, all_done=True)


def test_four_hundred_days_stay_days() -> None:
    assert len(chart([held(gone=gone) for gone in range(400)]).points) == 400


@thorough
@given(st.lists(st.integers(-4_000, 4_000), max_size=60), st.integers(1, 20))
def test_a_chart_has_few_points_and_every_session_is_in_one(gone: list[int], most: int) -> None:
    drawn = chart([held(gone=each) for each in gone], most=most).points
    assert len(drawn) <= most
    assert sum(point.sessions for point in drawn) == len(gone)
    assert all(point.first <= point.last for point in drawn)
    assert all(before.last < after.first for before, after in pairwise(drawn))


@thorough
@given(st.integers(-(10**12), 10**13), st.integers(-14 * 60, 14 * 60))
def test_a_point_is_drawn_on_the_day_of_its_place(ms: int, offset_min: int) -> None:
    started = Moment(ms, offset_min)
    (point,) = chart([replace(held(), started=started)]).points
    assert point.first == started.day


def test_twenty_years_of_sessions_are_drawn_with_few_points() -> None:
    first = at(TODAY).ms - 7_300 * DAY_MS
    points = [replace(held(), started=Moment(first + number * DAY_MS // 7)) for number in range(51_000)]
    drawn = chart(points, PLAN).points
    assert 300 < len(drawn) <= 400
    assert sum(point.sessions for point in drawn) == 51_000
