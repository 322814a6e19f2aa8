from collections.abc import Callable
from dataclasses import replace

import pytest
from helpers.cases import Compile, MakeExercise, MakeItem, MakeRoutine

from chain_timer.routine.exercise import Reps, Tempo
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Routine
from chain_timer.timeline.fit import Duration, fit
from chain_timer.timeline.options import MOST_ROUNDS, Options

MakeDuration = Callable[[Routine, list[Options]], Duration]

TARGETS_MIN = (3, 5, 8, 12, 30, 180)


@pytest.fixture
def duration(compiled: Compile) -> MakeDuration:
    """Make a duration of a routine that counts how often it was asked."""

    def of(routine: Routine, asked: list[Options]) -> Duration:
        def duration_ms(options: Options) -> int:
            asked.append(options)
            return compiled(routine, hold_ms=options.hold_ms, rounds=options.rounds).duration_ms

        return duration_ms

    return of


@pytest.mark.parametrize("minutes", TARGETS_MIN)
def test_it_is_never_over_the_target_when_the_least_is_not(
    library: Library, duration: MakeDuration, minutes: int
) -> None:
    for routine in library.routines:
        chosen = fit(routine, minutes * 60_000, Options(), duration(routine, []))
        least_ms = duration(routine, [])(Options(hold_ms=30_000, rounds=1))
        assert chosen.fits == (least_ms <= minutes * 60_000)


@pytest.mark.parametrize("minutes", TARGETS_MIN)
def test_holds_stay_between_30_and_60_seconds_and_rounds_in_bounds(
    library: Library, duration: MakeDuration, minutes: int
) -> None:
    for routine in library.routines:
        chosen = fit(routine, minutes * 60_000, Options(), duration(routine, []))
        assert chosen.hold_ms is None or 30_000 <= chosen.hold_ms <= 60_000
        assert 1 <= chosen.rounds <= MOST_ROUNDS


@pytest.mark.parametrize("minutes", TARGETS_MIN)
def test_what_it_says_is_what_its_options_give(
    library: Library, duration: MakeDuration, minutes: int
) -> None:
    for routine in library.routines:
        chosen = fit(routine, minutes * 60_000, Options(), duration(routine, []))
        assert chosen.duration_ms == duration(routine, [])(chosen.options)
        assert chosen.options.rounds == chosen.rounds
        assert chosen.options.hold_ms == chosen.hold_ms


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [6, 12])
def test_no_other_choice_comes_clearly_closer(library: Library, duration: MakeDuration, minutes: int) -> None:
    target_ms = minutes * 60_000
    for routine in (library.routine("desk-break"), library.routine("posterior-chain-stretch")):
        asked = duration(routine, [])
        chosen = fit(routine, target_ms, Options(), asked)
        every = [
            asked(Options(hold_ms=hold_ms, rounds=rounds))
            for rounds in range(1, 8)
            for hold_ms in range(30_000, 61_000, 1_000)
        ]
        best_ms = max(length_ms for length_ms in every if length_ms <= target_ms)
        # Choices within twenty seconds are as good as each other; a bucket may begin just before.
        assert best_ms - chosen.duration_ms < 20_000


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [1, *TARGETS_MIN, 100_000])
def test_it_compiles_two_dozen_times_at_most(library: Library, duration: MakeDuration, minutes: int) -> None:
    for routine in library.routines:
        asked = []
        fit(routine, minutes * 60_000, Options(), duration(routine, asked))
        assert len(asked) <= 24


def test_a_routine_far_too_long_is_compiled_once(library: Library) -> None:
    asked = []

    def duration_ms(options: Options) -> int:
        asked.append(options)
        return 10**9

    assert not fit(library.routines[0], 60_000, Options(), duration_ms).fits
    assert len(asked) == 1


def test_it_says_what_it_chose_and_when_that_is_too_long(library: Library, duration: MakeDuration) -> None:
    routine = library.routine("desk-break")
    assert str(fit(routine, 10 * 60_000, Options(), duration(routine, []))).startswith("2 rounds, holds of ")
    assert str(fit(routine, 30_000, Options(), duration(routine, []))).startswith(
        "Even the shortest takes longer."
    )


def test_without_holds_only_rounds_are_chosen(
    routine: MakeRoutine, item: MakeItem, stretch: MakeExercise, duration: MakeDuration
) -> None:
    pulls = routine(item(stretch(), Reps(10, Tempo(2_000, 0, 2_000))))
    chosen = fit(pulls, 10 * 60_000, Options(), duration(pulls, []))
    assert chosen.hold_ms is None
    assert chosen.rounds > 1
    assert "hold" not in str(chosen)


def test_a_reckoning_that_is_off_never_leads_over_the_target(library: Library) -> None:
    """The time of one and two rounds says little of what three take here."""

    def duration_ms(options: Options) -> int:
        rounds, hold_s = options.rounds, options.hold_ms // 1_000
        return 1_000 * (rounds * hold_s * 2 + (rounds - 2) ** 3 * 7)

    for target_s in range(60, 3_000, 37):
        chosen = fit(library.routines[0], target_s * 1_000, Options(), duration_ms)
        least_ms = duration_ms(replace(Options(), rounds=1, hold_ms=30_000))
        assert chosen.fits == (least_ms <= target_s * 1_000)
