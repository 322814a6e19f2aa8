"""What a person may change about a routine without rewriting it."""

from dataclasses import dataclass

from chain_timer.routine.routine import Coaching
from chain_timer.units import MINUTE_MS, SECOND_MS

SHORTEST_HOLD_MS = 5 * SECOND_MS
LONGEST_HOLD_MS = 10 * MINUTE_MS
# The span a stretch is usually held for; content facts: hold 30 to 60 seconds, the person's choice.
USUAL_HOLD_MS = (30 * SECOND_MS, 60 * SECOND_MS)
LONGEST_REST_MS = 30 * MINUTE_MS
MOST_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Options:
    """A person's choices for one session; None leaves it as the routine's author wrote it."""

    hold_ms: int | None = None
    """For the holds whose length the author left open, or for all where none is left open."""
    rest_ms: int | None = None
    rounds: int | None = None
    """For the circuits that the author repeats, or for all where none is repeated."""
    coaching: Coaching = Coaching.FULL
    prepare_ms: int = 10 * SECOND_MS
    """Time to get into place before the first exercise; longer where the announcement needs it."""
    usual_rest_ms: int = 15 * SECOND_MS
    """Rest where neither the person nor the author said anything."""
