"""A session on a clock that a test moves, kept in a real folder by a real keeper."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Event

from helpers.stage import Stage

from chain_timer.history.history import open_history
from chain_timer.history.keeper import Keeper
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Routine
from chain_timer.session.clock import Moment
from chain_timer.session.journal import Left
from chain_timer.session.record import SessionRecord
from chain_timer.session.recorder import Recorder, opening_of
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.timeline import Timeline

BEGUN_MS = 1_770_000_000_000
WAIT_S = 20.0


@cache
def built_in() -> Library:
    return Library.built_in()


@cache
def timeline_of(routine: Routine) -> Timeline:
    return compile_routine(routine, Options(), load_phrases(), estimated_lengths())


class KeptSession:
    """One session, recorded into a keeper."""

    def __init__(self, keeper: Keeper, name: str = "desk-break", left: Left | None = None) -> None:
        routine = left.opening.routine if left else built_in().routine(name)
        assert routine is not None
        self.timeline = timeline_of(routine)
        self.stage = Stage(self.timeline)
        self.player = self.stage.player
        self.wall_ms = BEGUN_MS
        self.recorder = Recorder(
            self.player,
            keeper,
            lambda: opening_of(routine, Options(), self.now()),
            clock=self.stage.clock,
            now=self.now,
            left=left,
        )
        if left is not None and left.beat is not None:
            self.player.seek(left.beat.position_ms)

    def now(self) -> Moment:
        return Moment(self.wall_ms, 0)

    def play(self, ms: int) -> None:
        self.player.play()
        self.advance(ms)

    def advance(self, ms: int) -> None:
        for passed in range(0, ms, 1_000):
            step_ms = min(1_000, ms - passed)
            self.stage.clock.advance(step_ms)
            self.wall_ms += step_ms
            self.player.tick()
            self.recorder.beat()

    def finish(self) -> None:
        """Play to the end, and leave."""
        self.play(self.timeline.duration_ms)
        self.recorder.drop()


def settle(keeper: Keeper) -> None:
    """Wait until the keeper's thread has done all that was asked for."""
    done = Event()
    keeper._thread.submit(done.set)
    assert done.wait(WAIT_S)


def left_of(keeper: Keeper) -> Left | None:
    """What a keeper finds that was left in the middle."""
    found: list[Left | None] = []
    keeper.look_for_left(built_in().names, found.append)
    settle(keeper)
    return found[0]


def kept_in(folder: Path, now: Callable[[], Moment] = lambda: Moment(BEGUN_MS)) -> list[SessionRecord]:
    """Every session in a history, oldest first."""
    history, problems = open_history(folder, now)
    assert problems == ()
    try:
        return list(history.records())
    finally:
        history.close()
