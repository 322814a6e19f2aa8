"""Going on by itself where nobody can say done: a session without keyboard never waits for ever."""

from chain_timer.conductor import Conductor
from chain_timer.session.clock import NANOSECONDS_A_MS, Clock
from chain_timer.session.events import State


class HandsFree:
    """Says done when the estimated length of a self-paced part is over, and goes on after sleep.

    Call :meth:`look` on every tick.
    """

    def __init__(self, conductor: Conductor, clock: Clock) -> None:
        self._conductor = conductor
        self._clock = clock
        self._waits: tuple[int, int] | None = None

    def look(self) -> bool:
        """True when a wait was ended just now."""
        player = self._conductor.player
        if player.state is State.PAUSED:
            self._conductor.go_on()
        if player.state is not State.WAITING:
            self._waits = None
            return False
        if self._waits is None or self._waits[0] != player.index:
            length_ns = player.timeline.segments[player.index].length_ms * NANOSECONDS_A_MS
            self._waits = player.index, self._clock.now_ns() + length_ns
        if self._clock.now_ns() < self._waits[1]:
            return False
        self._conductor.done()
        return True
