"""A real session in a process of its own, killed at some moment, and what is found of it afterwards."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from helpers.kept_session import kept_in, left_of
from helpers.watched import Watched, surroundings

from chain_timer.history.keeper import Keeper
from chain_timer.session.clock import now

PLAY = ("play", "posterior-chain-stretch", "--mute", "--coaching", "silent")
RESUME = ("resume", "--mute")
MOST_LOST_MS = 5_000


@dataclass(frozen=True, slots=True)
class Life:
    """One session, killed over and over, and gone on with each time."""

    lost_ms: tuple[int, ...]
    """How much of the position was lost at each death."""
    kept: int
    """How many sessions the history has in the end, after it was kept as broken off."""


def live(home: Path, deaths: int, chance: random.Random, *, longest_s: float = 8.0) -> Life:
    """Play, kill at random moments, go on; then leave it at that."""
    position_ms, lost = 0, []
    for death in range(deaths):
        command = PLAY if death == 0 else RESUME
        position_ms += _played_ms(home, command, chance.uniform(0.3, longest_s))
        found_ms = _left_ms(home)
        lost.append(position_ms - found_ms)
        position_ms = found_ms
    with Watched(["-m", "chain_timer", "resume", "--end"], surroundings(home)) as ending:
        ending.end()
        assert ending.code == 0, ending.err
    return Life(tuple(lost), len(kept_in(home / "history", now)))


def _played_ms(home: Path, command: tuple[str, ...], after_s: float) -> int:
    """Kill -9 so long after the position began to move; gives how far it moved."""
    with Watched(["-m", "chain_timer", *command], surroundings(home)) as session:
        session.wait_for("  prepare" if command is PLAY else "  ")
        begun_s = session.said[0].at_s
        time.sleep(max(0.0, begun_s + after_s - time.monotonic()))
        moved_ms = round((time.monotonic() - begun_s) * 1_000)
        session.process.kill()
        session.end()
    return moved_ms


def _left_ms(home: Path) -> int:
    keeper = Keeper(home / "history", now)
    try:
        left = left_of(keeper)
        assert left is not None, "nothing was left to go on with"
        return left.position_ms
    finally:
        keeper.close()
