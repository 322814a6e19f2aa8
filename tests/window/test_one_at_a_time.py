"""One piece of work at a time, and what becomes of it."""

import pytest

from chain_timer.exchange.parcel import CanceledError
from chain_timer.problems import ChainTimerError
from chain_timer.window.one_at_a_time import OneAtATime, outcome_of
from chain_timer.window.underway import Underway


class Shown:
    def __init__(self) -> None:
        self.told: list[str] = []
        self.turn = OneAtATime(lambda _underway, words: self.told.append(words), lambda: self.told.append(""))


def test_a_second_one_does_not_begin_before_the_first_is_over() -> None:
    shown = Shown()
    first = shown.turn.begins("first")
    assert shown.turn.begins("second") is None
    assert first is not None
    assert shown.turn.ends(first)
    assert shown.turn.begins("third") is not None
    assert shown.told == ["first", "", "third"]


def test_who_dropped_it_hears_of_its_end_no_more() -> None:
    shown = Shown()
    first = shown.turn.begins("first")
    assert first is not None
    shown.turn.drop()
    assert first.is_canceled
    assert not shown.turn.is_busy
    second = shown.turn.begins("second")
    assert not shown.turn.ends(first)
    assert shown.turn.is_busy
    assert second is not None
    assert not second.is_canceled


def test_what_is_canceled_is_busy_until_it_says_so() -> None:
    shown = Shown()
    first = shown.turn.begins("first")
    assert first is not None
    shown.turn.cancel()
    assert shown.turn.is_busy
    with pytest.raises(CanceledError):
        first(1, 2)


def _canceled() -> None:
    raise CanceledError


def _failed() -> None:
    raise ChainTimerError("no room")


def _broken() -> None:
    raise KeyError("oops")


def test_the_outcome_of_what_was_canceled_is_none() -> None:
    underway = Underway()
    assert outcome_of(underway, lambda: 5) == 5
    assert outcome_of(underway, _canceled) is None
    assert not underway.is_broken


def test_a_failure_that_is_told_is_no_mistake_of_ours() -> None:
    underway = Underway()
    with pytest.raises(ChainTimerError):
        outcome_of(underway, _failed)
    assert not underway.is_broken
    with pytest.raises(KeyError):
        outcome_of(underway, _broken)
    assert underway.is_broken
