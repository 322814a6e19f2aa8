"""A segment: a stretch of the timeline of one kind, with the cues heard in it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from chain_timer.routine.exercise import Exercise, Reps, Side
from chain_timer.timeline.kinds import Kind as Kind  # noqa: PLC0414 - handed on: a segment is of a kind


class Tone(StrEnum):
    """The tones of a session; how each sounds is the tone set's affair."""

    START = "start"
    HALF = "half"
    TICK = "tick"
    END = "end"
    FINISH = "finish"


class Anchor(StrEnum):
    """What a cue keeps its distance to when its segment is made longer or shorter."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to hear at a moment of a segment: words, a tone, or both."""

    offset_ms: int
    """From the start of its segment."""
    length_ms: int
    words: str = ""
    tone: Tone | None = None
    step: int | None = None
    """The index of the step these words are, so that a face can light it."""
    anchor: Anchor = Anchor.START

    @property
    def end_ms(self) -> int:
        return self.offset_ms + self.length_ms


class Key(NamedTuple):
    """What a segment is, whatever the options: the same segment has the same key in every compile."""

    slot: int
    """The ordinal of the side of a set of an item of a round; what leads to it shares it."""
    order: int
    """The place of the kind within its slot."""


@dataclass(frozen=True, slots=True)
class Segment:
    kind: Kind
    length_ms: int
    key: Key
    cues: tuple[Cue, ...] = ()
    exercise: Exercise | None = None
    """What is being done, or in prepare and rest what comes next; None only where nothing follows."""
    side: Side | None = None
    reps: Reps | None = None
    gate: bool = False
    """True when playing waits at its start until the person says done; its length is then an estimate."""
    set_number: int = 1
    sets: int = 1
    round_number: int = 1
    rounds: int = 1
    origin: "Segment | None" = field(default=None, compare=False, repr=False)
    """As it was compiled, where it was made longer or shorter since: what gave way comes back from here."""
