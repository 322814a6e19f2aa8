"""A timeline: all segments end to end, and all marks in order."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from chain_timer.timeline.segment import Cue, Key, Segment


class MarkKind(StrEnum):
    """What can happen at a moment; at one moment they come in this order."""

    START = "start"
    CUE = "cue"
    GATE = "gate"
    END = "end"


@dataclass(frozen=True, slots=True)
class Mark:
    """Anything that happens at a moment of the timeline."""

    at_ms: int
    kind: MarkKind
    index: int
    """The segment it belongs to; for the end, the last one."""
    cue: Cue | None = None


class Timeline:
    """Segments end to end. A segment owns its start and not its end."""

    __slots__ = ("_starts", "duration_ms", "routine_id", "routine_name", "segments")

    def __init__(self, routine_id: str, routine_name: str, segments: Sequence[Segment]) -> None:
        self.routine_id = routine_id
        self.routine_name = routine_name
        self.segments = tuple(segments)
        ends = list(accumulate((segment.length_ms for segment in self.segments), initial=0))
        self.duration_ms = ends.pop()
        self._starts = ends

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[object, ...]:
        return (self.routine_id, self.routine_name, self.segments)

    def start_of(self, index: int) -> int:
        return self._starts[index]

    def end_of(self, index: int) -> int:
        return self._starts[index] + self.segments[index].length_ms

    def index_at(self, position_ms: int) -> int:
        """The segment a position lies in; positions outside belong to the first or the last.

        Segments of no length are never lived in, except where nothing follows them.
        """
        return max(0, bisect_right(self._starts, position_ms) - 1)

    def index_of(self, key: Key) -> int | None:
        """Where the segment with this key is, if this timeline has it."""
        found = bisect_right(self.segments, key, key=lambda segment: segment.key) - 1
        return found if found >= 0 and self.segments[found].key == key else None

    @property
    def estimated(self) -> bool:
        """Whether a part is done at the person's own pace, so that the length is no promise."""
        return any(segment.gate for segment in self.segments)

    def marks(self) -> Iterator[Mark]:
        """Every mark, in order."""
        for index in range(len(self.segments)):
            yield from self.marks_of(index)

    def marks_of(self, index: int) -> Iterator[Mark]:
        """The marks of one segment; those of the last one close with the end of the timeline.

        Cues at the moment of a gate come before it; all others of a gated segment belong to its waiting
        time, which no clock knows, and a compiler sets none there.
        """
        segment, start = self.segments[index], self._starts[index]
        yield Mark(start, MarkKind.START, index)
        early = [cue for cue in segment.cues if not segment.gate or cue.offset_ms == 0]
        for cue in early:
            yield Mark(start + cue.offset_ms, MarkKind.CUE, index, cue)
        if segment.gate:
            yield Mark(start, MarkKind.GATE, index)
        if index == len(self.segments) - 1:
            yield Mark(self.duration_ms, MarkKind.END, index)

    def cues_between(self, from_ms: int, to_ms: int) -> Iterator[Mark]:
        """The cue marks with ``from_ms <= at_ms < to_ms``, in order."""
        if not self.segments:
            return
        # Segments of no length that start at the first moment count too.
        for index in range(max(0, bisect_left(self._starts, from_ms) - 1), len(self.segments)):
            if self._starts[index] >= to_ms:
                return
            for mark in self.marks_of(index):
                if mark.kind is MarkKind.CUE and from_ms <= mark.at_ms < to_ms:
                    yield mark

    def phrases(self, from_index: int = 0) -> Iterator[str]:
        """Every phrase said from a segment on, once, in the order they are first said."""
        seen: set[str] = set()
        for index in range(from_index, len(self.segments)):
            for cue in self.segments[index].cues:
                if cue.words and cue.words not in seen:
                    seen.add(cue.words)
                    yield cue.words
