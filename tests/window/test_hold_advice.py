"""Before a session a hold is suggested from what was really held; it is asked, and never imposed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from helpers.kept_session import BEGUN_MS

from chain_timer.history.history import open_history
from chain_timer.history.plan import HoldPlan
from chain_timer.routine.exercise import Side
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling, Outcome, Part, PastExercise, SessionRecord
from chain_timer.timeline.segment import Kind
from chain_timer.units import HOUR_MS
from chain_timer.window.history_reader import HistoryReader
from chain_timer.window.hold_advice import HoldAdvice

DAY_MS = 24 * HOUR_MS
EXERCISE = "seated-figure-four-stretch"
TODAY = Moment(BEGUN_MS).day


def held(days_ago: int, hold_ms: int, feeling: Feeling | None = None, *, whole: bool = True) -> SessionRecord:
    """A session of the desk break, with its four holds."""
    started = Moment(BEGUN_MS - days_ago * DAY_MS)
    actual_ms, outcome = (hold_ms, Outcome.DONE) if whole else (hold_ms // 2, Outcome.BROKEN_OFF)
    parts = tuple(
        Part(Kind.HOLD, hold_ms, actual_ms, outcome, exercise_id=EXERCISE, side=side)
        for side in (Side.RIGHT, Side.LEFT)
    )
    return SessionRecord(
        id=f"{days_ago:032x}",
        started=started,
        ended_ms=started.ms + 4 * hold_ms,
        routine_id="desk-break",
        routine_name="Desk break",
        content='name = "Desk break"\n',
        planned_ms=4 * hold_ms,
        planned_work_ms=2 * hold_ms,
        ending=Ending.FINISHED if whole else Ending.BROKEN_OFF,
        parts=parts,
        exercises=(PastExercise(EXERCISE, "Seated figure-four stretch", ("glutes",)),),
        feeling=feeling,
    )


@pytest.fixture
def advise(make_desk: Callable[..., Any], tmp_path: Path) -> Iterator[Callable[..., Any]]:
    readers: list[HistoryReader] = []

    def make(*records: SessionRecord, plan: HoldPlan | None = None) -> Any:
        history, _ = open_history(tmp_path / "history", lambda: Moment(BEGUN_MS))
        for record in records:
            history.add(record)
        if plan is not None:
            history.set_plan(plan)
        history.close()
        desk = make_desk()
        setup = desk.bridge._setup_bridge()
        reader = HistoryReader(
            lambda: open_history(tmp_path / "history", lambda: Moment(BEGUN_MS)), desk.frame
        )
        readers.append(reader)
        desk.reader = reader
        desk.advice = HoldAdvice(setup, reader, lambda: Moment(BEGUN_MS), lambda: "Stop if it hurts.")
        return desk

    yield make
    for reader in readers:
        reader.close()


def asked(desk: Any, name: str = "desk-break") -> str:
    """What is asked when a routine is opened; empty where nothing is."""
    page = desk.open(name)
    told: list[None] = []
    desk.reader.ask("settled", lambda _history: None, told.append)
    desk.qtbot.waitUntil(lambda: bool(told))
    desk.settle()
    return page.notice.text.text().replace("\u00a0", " ") if page.notice.isVisible() else ""


def answer(desk: Any, number: int) -> None:
    desk.setup.notice.buttons[number].click()
    desk.settle()


def test_two_good_sessions_ask_for_five_seconds_more(advise: Callable[..., Any]) -> None:
    desk = advise(held(3, 30_000), held(1, 30_000))
    assert "35" in asked(desk)
    assert desk.setup.choices.choices.hold_ms == 30_000


def test_what_is_accepted_is_chosen_and_remembered(advise: Callable[..., Any]) -> None:
    desk = advise(held(3, 30_000), held(1, 30_000))
    asked(desk)
    answer(desk, 0)
    assert desk.setup.choices.choices.hold_ms == 35_000
    assert desk.store.remembered("desk-break").hold_ms == 35_000
    assert not desk.setup.notice.isVisible()
    assert asked(desk) == ""


def test_what_is_declined_is_not_asked_again(advise: Callable[..., Any]) -> None:
    desk = advise(held(3, 30_000), held(1, 30_000))
    asked(desk)
    answer(desk, 1)
    assert desk.setup.choices.choices.hold_ms == 30_000
    assert asked(desk) == ""
    desk.setup.choices.choices_changed.emit(desk.setup.choices.choices)
    assert asked(desk) == ""


def test_a_session_broken_off_asks_to_go_back(advise: Callable[..., Any]) -> None:
    desk = advise(held(3, 30_000), held(1, 30_000, whole=False))
    assert "15" in asked(desk)


def test_who_chose_less_already_is_not_asked_to_go_back(advise: Callable[..., Any]) -> None:
    desk = advise(held(3, 30_000), held(1, 40_000, whole=False))
    desk.open("desk-break").choices.choices_changed.emit(replace(desk.setup.choices.choices, hold_ms=15_000))
    assert asked(desk) == ""


def test_a_painful_one_says_to_stop_if_it_hurts(advise: Callable[..., Any]) -> None:
    desk = advise(held(1, 30_000, Feeling.PAINFUL))
    assert "Stop if it hurts." in asked(desk)


def test_a_plan_of_an_exercise_counts_for_a_routine_that_has_it(advise: Callable[..., Any]) -> None:
    begun = date.fromordinal(TODAY.toordinal() - 14)
    plan = HoldPlan("1" * 32, "Seated figure-four stretch", 30_000, 60_000, begun, 6, exercise_id=EXERCISE)
    desk = advise(held(1, 30_000, Feeling.EASY), plan=plan)
    assert "your plan" in asked(desk)


def test_nothing_is_asked_without_a_history_or_a_hold(advise: Callable[..., Any]) -> None:
    desk = advise()
    assert asked(desk) == ""
    assert asked(desk, "swing-and-hinge") == ""


def test_a_late_answer_for_another_routine_is_dropped(advise: Callable[..., Any]) -> None:
    desk = advise(held(3, 30_000), held(1, 30_000))
    desk.open("desk-break")
    assert asked(desk, "hamstrings-and-calves") == ""
