"""The clock of a session: the only place that asks what time it is."""

import time
from typing import Protocol

NANOSECONDS_A_MS = 1_000_000


class Clock(Protocol):
    """Time that stands still while the computer sleeps, and how long it has slept."""

    def now_ns(self) -> int:
        """Nanoseconds since some fixed moment, not counting sleep; never goes back."""
        ...

    def slept_ms(self) -> int:
        """Milliseconds of sleep since that moment; only its changes mean something."""
        ...
