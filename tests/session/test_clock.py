import time

import pytest

from chain_timer.session.clock import SystemClock


def test_it_never_goes_back() -> None:
    clock = SystemClock()
    moments = [clock.now_ns() for _ in range(1_000)]
    assert moments == sorted(moments)


def test_without_sleep_the_time_slept_does_not_change() -> None:
    clock = SystemClock()
    slept_ms = clock.slept_ms()
    assert all(abs(clock.slept_ms() - slept_ms) <= 1 for _ in range(1_000))


def test_a_system_without_a_clock_that_counts_sleep_reports_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    monkeypatch.delattr(time, "CLOCK_MONOTONIC_RAW", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert abs(SystemClock().slept_ms()) <= 1
