"""A player on a clock that a test moves."""

from collections.abc import Callable

from chain_timer.session.events import Event, SegmentStarted, StateChanged
from chain_timer.session.player import Player
from chain_timer.timeline.timeline import Timeline


class FakeClock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.ns = 7_000_000_123
        self._slept_ms = 500

    def now_ns(self) -> int:
        return self.ns

    def slept_ms(self) -> int:
        return self._slept_ms

    def advance(self, ms: int) -> None:
        self.ns += ms * 1_000_000

    def sleep(self, ms: int) -> None:
        self._slept_ms += ms


class Stage:
    """A player on a clock of its own, and everything it told."""

    def __init__(self, timeline: Timeline) -> None:
        self.clock = FakeClock()
        self.player = Player(self.clock, timeline)
        self.events: list[Event] = []
        self.player.listen(self.events.append)

    def advance(self, ms: int) -> None:
        self.clock.advance(ms)
        self.player.tick()

    def told(self) -> list[Event]:
        """What was told since last asked."""
        told, self.events[:] = list(self.events), []
        return told

    def states(self) -> list[str]:
        return [event.state.value for event in self.told() if isinstance(event, StateChanged)]

    def segments(self) -> list[int]:
        return [event.index for event in self.told() if isinstance(event, SegmentStarted)]


SetStage = Callable[[Timeline], Stage]
Compile = Callable[..., Timeline]
"""A routine, and options by name."""
Simple = Callable[..., Timeline]
"""The lengths of segments in milliseconds, and which of them are gates."""
