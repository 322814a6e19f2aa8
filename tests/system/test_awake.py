import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from chain_timer.system.awake import Awake

LONG_S = 10


@dataclass
class FakeMode:
    active: bool = True


@dataclass
class FakeSystem:
    """Grants, refuses or hangs, and counts; ``turn`` is told of every entering and leaving."""

    mode: FakeMode = field(default_factory=FakeMode)
    error: BaseException | None = None
    hang: threading.Event | None = None
    entered: int = 0
    left: int = 0
    turn: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def keep(self) -> Iterator[FakeMode]:
        with self.turn:
            self.entered += 1
            self.turn.notify_all()
        if self.hang is not None:
            self.hang.wait(LONG_S)
        if self.error is not None:
            raise self.error
        yield self.mode
        with self.turn:
            self.left += 1
            self.turn.notify_all()

    def wait(self, fact: Callable[[], bool]) -> bool:
        with self.turn:
            return self.turn.wait_for(fact, LONG_S)


def awake_threads() -> int:
    return sum(thread.name == "awake" for thread in threading.enumerate())


def test_the_screen_stays_on_from_start_to_stop() -> None:
    system = FakeSystem()
    awake = Awake(system.keep)
    assert awake.works is None
    awake.start()
    assert system.wait(lambda: system.entered == 1)
    assert system.left == 0
    awake.stop()
    assert system.wait(lambda: system.left == 1)
    assert awake.works is True


def test_it_can_be_started_again_and_uses_one_thread() -> None:
    system = FakeSystem()
    awake = Awake(system.keep)
    before = awake_threads()
    for session in (1, 2, 3):
        awake.start()
        awake.start()
        assert system.wait(lambda session=session: system.entered == session)
        awake.stop()
        assert system.wait(lambda session=session: system.left == session)
    assert awake_threads() == before + 1


@pytest.mark.parametrize("error", [OSError("no bus"), ImportError("no wakepy"), RuntimeError("odd")])
def test_a_system_that_fails_is_silent_and_visible(error: Exception) -> None:
    system = FakeSystem(error=error)
    awake = Awake(system.keep)
    awake.start()
    assert system.wait(lambda: system.entered == 1)
    awake.stop()
    awake.start()
    assert system.wait(lambda: system.entered == 2)
    assert awake.works is False


def test_a_system_that_refuses_is_visible() -> None:
    system = FakeSystem(mode=FakeMode(active=False))
    awake = Awake(system.keep)
    awake.start()
    awake.stop()
    awake.start()
    assert system.wait(lambda: system.entered >= 1)
    awake.stop()
    assert system.wait(lambda: system.left == system.entered)
    assert awake.works is False


def test_a_bus_that_hangs_stalls_nobody_and_piles_up_no_threads() -> None:
    system = FakeSystem(hang=threading.Event())
    awake = Awake(system.keep)
    before = awake_threads()
    for _ in range(5):
        awake.start()
        awake.stop()
    assert awake.works is None
    assert awake_threads() == before + 1
    assert system.hang is not None
    system.hang.set()
    assert system.wait(lambda: system.left == system.entered)
