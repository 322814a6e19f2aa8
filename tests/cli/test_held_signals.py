"""Ctrl-C held back while files are written."""

import signal
import threading
from collections.abc import Iterator

import pytest

from chain_timer.cli.errors import StoppedError
from chain_timer.cli.held_signals import signals_held


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """What was there before is there again."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    assert {number: signal.getsignal(number) for number in before} == before
    for number, handler in before.items():
        signal.signal(number, handler)


def test_an_interrupt_waits_until_it_is_asked_for() -> None:
    steps: list[str] = []

    def interrupted() -> None:
        with signals_held() as look:
            look()
            signal.raise_signal(signal.SIGINT)
            steps.append("went on")
            look()
            steps.append("went too far")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert steps == ["went on"]


def test_one_that_nobody_asked_for_comes_at_the_end() -> None:
    steps: list[str] = []

    def interrupted() -> None:
        with signals_held():
            signal.raise_signal(signal.SIGINT)
            steps.append("went on")
        steps.append("went too far")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert steps == ["went on"]


def test_a_second_one_does_not_wait() -> None:
    steps: list[str] = []

    def interrupted() -> None:
        with signals_held():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            steps.append("went too far")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert steps == []


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="no such signal")
def test_a_request_to_end_is_carried_out_as_it_would_have_been() -> None:
    def stop(number: int, _frame: object) -> None:
        raise StoppedError(number)

    before = signal.signal(signal.SIGTERM, stop)

    def stopped() -> None:
        with signals_held() as look:
            signal.raise_signal(signal.SIGTERM)
            look()

    try:
        with pytest.raises(StoppedError) as caught:
            stopped()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert caught.value.exit_code == 128 + signal.SIGTERM


def test_an_error_within_is_told_and_not_covered() -> None:
    def failing() -> None:
        with signals_held():
            raise ValueError("this one")

    with pytest.raises(ValueError, match="this one"):
        failing()


def test_other_threads_hold_nothing() -> None:
    handled: list[object] = []

    def held() -> None:
        with signals_held() as look:
            look()
            handled.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=held)
    thread.start()
    thread.join()
    assert handled == [signal.getsignal(signal.SIGINT)]
