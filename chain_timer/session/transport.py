"""The transport: a position on the timeline computed from a clock, running or halted."""

from chain_timer.session.clock import NANOSECONDS_A_MS, Clock


class Transport:
    """Base plus elapsed. Nothing counts down, so nothing drifts and a stall costs nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._base_ms = 0
        self._anchor_ns: int | None = None

    @property
    def running(self) -> bool:
        return self._anchor_ns is not None

    def position_ms(self) -> int:
        if self._anchor_ns is None:
            return self._base_ms
        return self._base_ms + max(0, self._clock.now_ns() - self._anchor_ns) // NANOSECONDS_A_MS

    def lead_ms(self) -> int:
        """How long until the position begins to move; zero when it moves or is halted."""
        if self._anchor_ns is None:
            return 0
        return max(0, -((self._clock.now_ns() - self._anchor_ns) // NANOSECONDS_A_MS))

    def due_ns(self, position_ms: int) -> int | None:
        """When, on the clock, a position is reached; None while halted."""
        if self._anchor_ns is None:
            return None
        return self._anchor_ns + (position_ms - self._base_ms) * NANOSECONDS_A_MS

    def run(self, from_ms: int, lead_ms: int = 0) -> None:
        """Move on from a position, beginning after a lead."""
        self._base_ms = from_ms
        self._anchor_ns = self._clock.now_ns() + lead_ms * NANOSECONDS_A_MS

    def halt(self, at_ms: int) -> None:
        self._base_ms = at_ms
        self._anchor_ns = None

    def shift(self, to_ms: int) -> None:
        """Give the present moment another position, without the clock noticing: the timeline changed."""
        self._base_ms += to_ms - self.position_ms()
