"""What each muscle got over the last days, beside the dose that is usual."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.history.dose import (
    MONTH_DAYS,
    SOURCE,
    WEEK_DAYS,
    MuscleDose,
    Standing,
    doses,
    first_day,
    missing,
    sentence,
    served,
    summary,
)
from chain_timer.history.kept import Work
from chain_timer.routine.names import built_in_names
from chain_timer.session.clock import Moment
from chain_timer.session.record import PastExercise

NAMES = built_in_names()
TODAY = date(2026, 3, 18)
CHAIN = [
    "trapezius",
    "rear-shoulders",
    "rhomboids",
    "lats",
    "erector-spinae",
    "glutes",
    "hamstrings",
    "calves",
]
thorough = settings(max_examples=100, deadline=None, derandomize=True)


def noon(day: date) -> Moment:
    return Moment(int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000))


def held(
    seconds: float,
    *,
    gone: int = 0,
    muscles: tuple[str, ...] = ("hamstrings",),
    also: tuple[str, ...] = (),
    sets: int = 1,
    session: str = "",
) -> Work:
    """A hold on both sides at once, some days ago."""
    ms = int(seconds * 1000)
    exercise = PastExercise("stretch", "Stretch", muscles, also)
    return Work(session or f"on {gone}", noon(TODAY - timedelta(days=gone)), exercise, ms, sets, 0, ms, sets)


def lifted(
    sets: int,
    *,
    gone: int = 0,
    muscles: tuple[str, ...] = ("glutes",),
    also: tuple[str, ...] = (),
    side_sets: int | None = None,
) -> Work:
    """Sets of eight reps, some days ago."""
    exercise = PastExercise("lift", "Lift", muscles, also)
    at = noon(TODAY - timedelta(days=gone))
    return Work(f"on {gone}", at, exercise, 0, sets, 8 * sets, 0, sets if side_sets is None else side_sets)


def dose_of(muscle: str, *works: Work, span_days: int = WEEK_DAYS) -> MuscleDose:
    (found,) = (dose for dose in doses(works, TODAY, NAMES, span_days) if dose.muscle == muscle)
    return found


# --- what counts -----------------------------------------------------------------------------------------


def test_of_nothing_every_muscle_misses_everything() -> None:
    found = doses([], TODAY, NAMES)
    assert [dose.muscle for dose in found] == list(NAMES.muscles)
    assert {(dose.standing, dose.share) for dose in found} == {(Standing.MISSING, 0.0)}


def test_the_chain_comes_first_and_what_nobody_knows_last() -> None:
    works = [held(60, muscles=("zygomaticus", "quadriceps", "calves")), held(60, muscles=("anconeus",))]
    order = [dose.muscle for dose in doses(works, TODAY, NAMES)]
    assert order[:8] == CHAIN
    assert order[8:-2] == [muscle for muscle in NAMES.muscles if muscle not in CHAIN]
    assert order[-2:] == ["anconeus", "zygomaticus"]


def test_a_minute_in_all_on_a_day_is_the_dose_of_that_day() -> None:
    assert dose_of("hamstrings", held(30), held(30)).days == 1
    assert dose_of("hamstrings", held(30), held(28)).days == 0


def test_two_sessions_of_a_day_count_together() -> None:
    found = dose_of("hamstrings", held(30, session="morning"), held(30, session="evening"))
    assert (found.days, found.sessions) == (1, 2)


def test_halves_of_two_days_are_no_dose() -> None:
    assert dose_of("hamstrings", held(30, gone=0), held(30, gone=1)).days == 0


def test_a_hold_left_in_its_last_second_was_held() -> None:
    assert dose_of("hamstrings", held(59)).days == 1
    assert dose_of("hamstrings", held(58.9)).days == 0


def test_thirty_seconds_for_each_leg_are_no_minute_for_either() -> None:
    exercise = PastExercise("stretch", "Stretch", ("hamstrings",))
    work = Work("a", noon(TODAY), exercise, 60_000, 2, 0, side_hold_ms=30_000, side_sets=1)
    found = dose_of("hamstrings", work)
    assert (found.hold_ms, found.sets, found.days) == (30_000, 1, 0)


def test_two_sets_of_reps_are_a_dose() -> None:
    assert dose_of("glutes", lifted(2)).days == 1
    assert dose_of("glutes", lifted(1)).days == 0


def test_one_set_for_each_side_is_one_set() -> None:
    assert dose_of("glutes", lifted(2, side_sets=1)).days == 0


def test_many_short_holds_are_no_sets_of_reps() -> None:
    found = dose_of("hamstrings", held(20, sets=4))
    assert (found.sets, found.days) == (4, 0)


def test_half_a_dose_held_and_half_a_dose_of_reps_are_none() -> None:
    assert dose_of("glutes", held(30, muscles=("glutes",)), lifted(1)).days == 0


def test_what_only_helps_counts_for_half_and_is_told_apart() -> None:
    found = dose_of("calves", held(30, muscles=("calves",)), held(60, also=("calves",)))
    assert (found.hold_ms, found.helped_ms, found.days) == (30_000, 60_000, 1)
    assert dose_of("calves", held(60, also=("calves",))).days == 0
    assert dose_of("core", lifted(4, also=("core",))).days == 1
    assert dose_of("core", lifted(3, also=("core",))).days == 0


def test_a_muscle_that_works_is_no_helper_besides() -> None:
    found = dose_of("calves", held(40, muscles=("calves", "calves"), also=("calves",)))
    assert (found.hold_ms, found.helped_ms, found.sets) == (40_000, 0, 1)


def test_reps_and_sessions_are_counted() -> None:
    found = dose_of("glutes", lifted(3, gone=1), lifted(2, gone=0), held(10, muscles=("glutes",), gone=0))
    assert (found.reps, found.sets, found.sessions, found.days) == (40, 6, 2, 2)


def test_what_was_left_at_once_is_nothing() -> None:
    assert dose_of("hamstrings", held(0, sets=0)).standing is Standing.MISSING


# --- which days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span_days", "gone", "days"),
    [(7, 6, 1), (7, 7, 0), (28, 27, 1), (28, 28, 0), (7, 0, 1), (7, -1, 0)],
)
def test_a_span_ends_today_and_has_no_day_more(span_days: int, gone: int, days: int) -> None:
    assert dose_of("hamstrings", held(60, gone=gone), span_days=span_days).days == days


def test_works_are_wanted_since_the_first_day_of_the_span() -> None:
    assert first_day(TODAY, WEEK_DAYS) == date(2026, 3, 12)
    assert first_day(TODAY, MONTH_DAYS) == date(2026, 2, 19)
    assert first_day(date.min, MONTH_DAYS) == date.min


def test_the_day_is_that_of_the_place_where_it_was_done() -> None:
    exercise = PastExercise("stretch", "Stretch", ("hamstrings",))
    late = Moment(noon(TODAY).ms, 13 * 60)  # Auckland: already tomorrow
    early = Moment(noon(TODAY - timedelta(days=7)).ms, 13 * 60)  # already the first day of the span
    works = [Work(str(at), at, exercise, 60_000, 1, 0, 60_000, 1) for at in (late, early)]
    assert dose_of("hamstrings", *works).days == 1
    assert dose_of("hamstrings", early_of(works)).days == 1


def early_of(works: list[Work]) -> Work:
    return min(works, key=lambda work: work.started)


# --- how it stands ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span_days", "days", "standing", "share"),
    [
        (7, 1, Standing.SOME, 0.5),
        (7, 2, Standing.SERVED, 1.0),
        (7, 3, Standing.SERVED, 1.0),
        (7, 4, Standing.MORE, 1.0),
        (28, 7, Standing.SOME, 7 / 8),
        (28, 8, Standing.SERVED, 1.0),
        (28, 12, Standing.SERVED, 1.0),
        (28, 13, Standing.MORE, 1.0),
    ],
)
def test_two_to_three_days_a_week_are_usual(
    span_days: int, days: int, standing: Standing, share: float
) -> None:
    found = dose_of("hamstrings", *(held(60, gone=gone) for gone in range(days)), span_days=span_days)
    assert (found.standing, found.share) == (standing, share)


def test_too_little_is_some_and_not_missing() -> None:
    assert dose_of("calves", held(5, also=("calves",))).standing is Standing.SOME


def test_one_side_alone_is_some_and_no_dose() -> None:
    exercise = PastExercise("stretch", "Stretch", ("hamstrings",))
    found = dose_of("hamstrings", Work("a", noon(TODAY), exercise, 90_000, 2, 0, 0, 0))
    assert (found.standing, found.days) == (Standing.SOME, 0)
    assert sentence(found, NAMES) == "Hamstrings: a beginning, on 0 of 2 days"


def test_served_and_missing_are_in_the_order_of_the_chain() -> None:
    twice = [held(60, gone=gone, muscles=("hamstrings", "quadriceps", "glutes")) for gone in (1, 3)]
    found = doses(twice, TODAY, NAMES)
    assert [dose.muscle for dose in served(found)] == ["glutes", "hamstrings", "quadriceps"]
    gap = [dose.muscle for dose in missing(found, NAMES)]
    assert gap == [muscle for muscle in CHAIN if muscle not in {"glutes", "hamstrings"}]


# --- how it is said --------------------------------------------------------------------------------------


def test_a_sentence_says_what_a_muscle_got() -> None:
    found = dose_of("hamstrings", held(120, sets=2), held(150, gone=2, sets=4))
    assert sentence(found, NAMES) == "Hamstrings: 4 min 30 s held, 6 sets, on 2 of 2 days"


@pytest.mark.parametrize(
    ("works", "said"),
    [
        ((), "Calves: nothing in the last 7 days"),
        ((held(45, muscles=("calves",)),), "Calves: 45 s held, 1 set, on 0 of 2 days"),
        ((held(45, also=("calves",)),), "Calves: 45 s helping, on 0 of 2 days"),
        ((lifted(3, also=("calves",)),), "Calves: 3 sets helping, on 0 of 2 days"),
        ((lifted(2, muscles=("calves",)),), "Calves: 2 sets, on 1 of 2 days"),
        (
            tuple(held(60, gone=gone, muscles=("calves",)) for gone in range(5)),
            "Calves: 5 min held, 5 sets, on 5 days, where 2 are usual",
        ),
    ],
)
def test_every_amount_has_its_words(works: tuple[Work, ...], said: str) -> None:
    assert sentence(dose_of("calves", *works), NAMES) == said


def test_a_name_from_outside_is_plain_text() -> None:
    wild = "\x1b[31m\u202eevil\n" + "x" * 500
    found = doses([held(60, muscles=(wild,))], TODAY, NAMES)
    said = sentence(found[-1], NAMES)
    assert said.isprintable()
    assert len(said) < 120
    assert summary([found[-1]], NAMES) == ""


def test_a_summary_names_what_is_served_and_what_is_missing() -> None:
    rest = tuple(muscle for muscle in CHAIN if muscle not in {"calves", "lats"})
    found = doses([held(60, gone=gone, muscles=rest) for gone in (0, 2)], TODAY, NAMES)
    well = "Trapezius, rear shoulders, rhomboids, lower back, glutes, hamstrings"
    assert summary(found, NAMES) == f"Well served: {well}. Missing: Lats, calves."


def test_a_summary_of_nothing_names_the_whole_chain() -> None:
    assert summary(doses([], TODAY, NAMES), NAMES).startswith("Missing: Trapezius, rear shoulders, ")


def test_the_source_can_be_looked_up() -> None:
    assert "doi:10.1249/MSS.0b013e318213fefb" in SOURCE


# --- always ----------------------------------------------------------------------------------------------

muscles = st.sampled_from(["hamstrings", "calves", "core", "unheard-of", ""])
some_works = st.lists(
    st.builds(
        lambda gone, ms, sets, reps, main, also, sided: Work(
            f"session {gone}",
            noon(TODAY - timedelta(days=gone)),
            PastExercise("a", "A", tuple(main), tuple(also)),
            ms,
            sets,
            reps,
            ms // 2 if sided else ms,
            sets // 2 if sided else sets,
        ),
        st.integers(-40, 40),
        st.integers(0, 200_000),
        st.integers(0, 6),
        st.integers(0, 40),
        st.lists(muscles, max_size=3),
        st.lists(muscles, max_size=3),
        st.booleans(),
    ),
    max_size=30,
)
spans = st.sampled_from([1, WEEK_DAYS, MONTH_DAYS])


@thorough
@given(some_works, spans)
def test_every_muscle_is_there_once_and_within_bounds(works: list[Work], span_days: int) -> None:
    found = doses(works, TODAY, NAMES, span_days)
    assert set(Counter(dose.muscle for dose in found).values()) == {1}
    for dose in found:
        assert 0 <= dose.days <= span_days
        assert 0 <= dose.share <= 1
        assert (dose.share == 1) == dose.is_served == (dose.standing in {Standing.SERVED, Standing.MORE})
        assert (dose.standing is Standing.MISSING) == (dose.sessions == 0)
        assert sentence(dose, NAMES).isprintable()


@thorough
@given(some_works, some_works, spans)
def test_more_work_never_makes_a_dose_smaller(few: list[Work], more: list[Work], span_days: int) -> None:
    before = {dose.muscle: dose for dose in doses(few, TODAY, NAMES, span_days)}
    after = {dose.muscle: dose for dose in doses([*few, *more], TODAY, NAMES, span_days)}
    assert before.keys() <= after.keys()
    assert all(after[muscle].days >= dose.days for muscle, dose in before.items())
    assert all(after[muscle].hold_ms >= dose.hold_ms for muscle, dose in before.items())


@thorough
@given(some_works, spans, st.randoms(use_true_random=False))
def test_the_order_of_works_does_not_matter(works: list[Work], span_days: int, order: random.Random) -> None:
    shuffled = list(works)
    order.shuffle(shuffled)
    assert doses(shuffled, TODAY, NAMES, span_days) == doses(works, TODAY, NAMES, span_days)
