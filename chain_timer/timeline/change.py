"""A timeline changed while it plays: the same position, found again in the new one."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import replace

from chain_timer.timeline.layout import without_words
from chain_timer.timeline.segment import Anchor, Cue, Kind, Segment
from chain_timer.timeline.timeline import Timeline

_TIMED_BY_PERSON = frozenset({Kind.HOLD, Kind.REPS, Kind.REST})
"""Kinds whose length is chosen, not as long as what is said: the time spent in them counts."""


def stretched(segment: Segment, length_ms: int) -> Segment:
    """Make a segment longer or shorter; its cues keep their distance to the start, middle or end.

    Cues that fall out of a shorter segment are left out, and words that would now overlap the ones
    before them lose to these, except the count at the end, which stays as far as it fits. Lengths are tried
    from the segment as it was compiled, so that what gave way comes back when there is room again.
    """
    origin = segment.origin or segment
    shift_ms = {
        Anchor.START: 0,
        Anchor.MIDDLE: length_ms // 2 - origin.length_ms // 2,
        Anchor.END: length_ms - origin.length_ms,
    }
    moved = [replace(cue, offset_ms=cue.offset_ms + shift_ms[cue.anchor]) for cue in origin.cues]
    inside = [cue for cue in moved if 0 <= cue.offset_ms < length_ms]
    ending = [cue for cue in inside if cue.anchor is Anchor.END]
    limit_ms = min((cue.offset_ms for cue in ending if cue.words), default=length_ms)
    others = _without_overlaps([cue for cue in inside if cue.anchor is not Anchor.END], limit_ms)
    kept = [cue for cue in [*others, *ending] if cue.end_ms <= length_ms]
    return replace(origin, length_ms=length_ms, cues=tuple(sorted(kept, key=_offset)), origin=origin)


def _without_overlaps(cues: list[Cue], limit_ms: int) -> Iterator[Cue]:
    """Give cues in order; words that overlap others or a limit are left out, their tones are not."""
    spoken_ms = 0
    for cue in sorted(cues, key=_offset):
        if not cue.words:
            yield cue
        elif spoken_ms <= cue.offset_ms and cue.end_ms <= limit_ms:
            spoken_ms = cue.end_ms
            yield cue
        elif cue.tone:
            yield without_words(cue)


def with_segment(timeline: Timeline, index: int, segment: Segment) -> Timeline:
    segments = list(timeline.segments)
    segments[index] = segment
    return Timeline(timeline.routine_id, timeline.routine_name, segments)


def carried_over(old: Timeline, new: Timeline, position_ms: int) -> int:
    """Find the position in a new timeline that means what a position means in the old one.

    The same segment, the same cue in it, the same time since that cue; never so far that a cue still to
    come would be passed over. Where a chosen length was changed, the time already spent counts instead.
    Where the new timeline lacks the segment (steps are no longer spoken, say), the start of the one that
    follows.
    """
    if not old.segments or not new.segments:
        return 0
    index = old.index_at(position_ms)
    segment, offset_ms = old.segments[index], position_ms - old.start_of(index)
    found = new.index_of(segment.key)
    if found is None:
        following = bisect_left(new.segments, segment.key, key=lambda other: other.key)
        return new.start_of(min(following, len(new.segments) - 1))
    return new.start_of(found) + _same_place(segment, new.segments[found], offset_ms)


def _same_place(old: Segment, new: Segment, offset_ms: int) -> int:
    if offset_ms >= old.length_ms:
        return new.length_ms
    if old.kind is not new.kind:
        return 0
    known = _pairs(old, new)
    passed = bisect_right(known, offset_ms, key=lambda pair: pair[0].offset_ms)
    spends = old.kind in _TIMED_BY_PERSON and old.length_ms != new.length_ms
    shift_ms = 0
    if passed and not spends:
        here, there = known[passed - 1]
        shift_ms = there.offset_ms - here.offset_ms
    ahead = [there.offset_ms for _, there in known[passed:] if not spends or there.anchor is Anchor.END]
    # One millisecond before what is still to come, so that it does come.
    limit_ms = min([*ahead, new.length_ms]) - 1
    return max(0, min(offset_ms + shift_ms, limit_ms))


def _pairs(old: Segment, new: Segment) -> list[tuple[Cue, Cue]]:
    """Find the cues of one layout in another, in the old order.

    What is left over on both sides are the same things worded differently, as lengths allowed.
    """
    here, there = dict(_identities(old)), dict(_identities(new))
    same = [(cue, there[name]) for name, cue in here.items() if name in there]
    only_old = [cue for name, cue in here.items() if name not in there]
    only_new = [cue for name, cue in there.items() if name not in here]
    reworded = zip(reversed(only_old), reversed(only_new), strict=False)
    return sorted([*same, *reworded], key=lambda pair: pair[0].offset_ms)


def _identities(segment: Segment) -> Iterator[tuple[Hashable, Cue]]:
    """Name each cue so that the same cue has the same name in another layout of its segment."""
    seen: Counter[Hashable] = Counter()
    for cue in segment.cues:
        what = (cue.words, cue.tone, cue.step, cue.anchor)
        seen[what] += 1
        yield (what, seen[what]), cue


def _offset(cue: Cue) -> int:
    return cue.offset_ms
