"""What a player tells its listeners: facts, each with the position it happened at."""

from dataclasses import dataclass
from enum import StrEnum

from chain_timer.timeline.segment import Cue


class State(StrEnum):
    READY = "ready"
    PLAYING = "playing"
    PAUSED = "paused"
    WAITING = "waiting"
    """At a gate, until the person says done."""
    FINISHED = "finished"


class Reason(StrEnum):
    """Why a state changed, where it was not the person's command or the timeline's course."""

    NONE = ""
    SLEEP = "sleep"


@dataclass(frozen=True, slots=True)
class StateChanged:
    at_ms: int
    state: State
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class SegmentStarted:
    """A segment began, or a jump landed in it."""

    at_ms: int
    index: int


@dataclass(frozen=True, slots=True)
class CueReached:
    at_ms: int
    cue: Cue


@dataclass(frozen=True, slots=True)
class Jumped:
    """The position changed by command."""

    at_ms: int
    from_ms: int
    done: bool = False
    """Whether the person said done at a gate, and left nothing out."""


@dataclass(frozen=True, slots=True)
class TimelineChanged:
    """The timeline is another one; the position now lies at ``at_ms`` of it."""

    at_ms: int
    from_ms: int
    """Where it lay on the one before."""


Event = StateChanged | SegmentStarted | CueReached | Jumped | TimelineChanged
