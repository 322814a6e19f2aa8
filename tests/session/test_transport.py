import random

from helpers.stage import FakeClock

from chain_timer.session.clock import FastClock
from chain_timer.session.transport import Transport


def test_a_halted_position_stands_still(clock: FakeClock) -> None:
    transport = Transport(clock)
    transport.halt(5_000)
    clock.advance(10_000)
    assert (transport.position_ms(), transport.running) == (5_000, False)


def test_a_running_position_moves_with_the_clock(clock: FakeClock) -> None:
    transport = Transport(clock)
    transport.run(5_000)
    clock.advance(1_234)
    assert (transport.position_ms(), transport.running) == (6_234, True)


def test_a_position_never_runs_ahead_of_the_clock_by_a_part_of_a_millisecond(clock: FakeClock) -> None:
    transport = Transport(clock)
    transport.run(0)
    clock.ns += 999_999
    assert transport.position_ms() == 0
    clock.ns += 1
    assert transport.position_ms() == 1


def test_nothing_drifts_however_often_it_is_asked(clock: FakeClock) -> None:
    transport = Transport(clock)
    transport.run(0)
    source = random.Random(1)  # noqa: S311 - repeatable, not secret
    passed_ns = 0
    for _ in range(10_000):
        step_ns = source.randrange(50_000_000)
        passed_ns += step_ns
        clock.ns += step_ns
        assert transport.position_ms() == passed_ns // 1_000_000


def test_a_lead_is_counted_to_its_last_millisecond(clock: FakeClock) -> None:
    transport = Transport(clock)
    transport.run(2_000, lead_ms=3_000)
    clock.ns += 2_999_000_001
    assert (transport.lead_ms(), transport.position_ms()) == (1, 2_000)
    clock.ns += 999_999
    assert (transport.lead_ms(), transport.position_ms()) == (0, 2_000)


def test_a_shift_renames_the_moment_and_loses_no_part_of_a_millisecond(clock: FakeClock) -> None:
    transport = Transport(clock)
    transport.run(0)
    clock.ns += 1_500_600_000
    transport.shift(9_000)
    assert transport.position_ms() == 9_000
    clock.ns += 400_000
    assert transport.position_ms() == 9_001


def test_a_shift_while_getting_ready_keeps_the_lead(clock: FakeClock) -> None:
    transport = Transport(clock)
    transport.run(1_000, lead_ms=3_000)
    clock.advance(1_000)
    transport.shift(4_000)
    assert (transport.position_ms(), transport.lead_ms()) == (4_000, 2_000)


def test_what_is_due_when_is_known_only_while_running(clock: FakeClock) -> None:
    transport = Transport(clock)
    assert transport.due_ns(1_000) is None
    transport.run(500)
    assert transport.due_ns(1_500) == clock.now_ns() + 1_000_000_000


def test_a_rehearsal_runs_faster(clock: FakeClock) -> None:
    fast = FastClock(clock, 60)
    start_ns = fast.now_ns()
    clock.advance(1_000)
    assert fast.now_ns() - start_ns == 60_000 * 1_000_000
    clock.sleep(5_000)
    assert fast.slept_ms() == clock.slept_ms()
