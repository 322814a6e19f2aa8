"""The last line of a session, left on the terminal."""

from chain_timer.problems import plain
from chain_timer.session.player import Player
from chain_timer.units import clock_text


def summary(player: Player) -> str:
    """Say what was done, or how far it came."""
    timeline, position_ms = player.timeline, player.position_ms()
    name = plain(timeline.routine_name)
    if position_ms >= timeline.duration_ms:
        return f"Well done: {name}, {clock_text(timeline.duration_ms)}."
    return f"{name}: left at {clock_text(position_ms)} of {clock_text(timeline.duration_ms)}."
