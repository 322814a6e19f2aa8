"""A timeline changed while it plays: the same position, found again in the new one."""

from bisect import bisect_left, bisect_right
from dataclasses import replace

from chain_timer.timeline.segment import Anchor, Cue, Segment
from chain_timer.timeline.timeline import Timeline


def stretched(segment: Segment, length_ms: int) -> Segment:
    """Make a segment longer or shorter; its cues keep their distance to the start, middle or end.

    Cues that fall out of a shorter segment are left out, and words that would now overlap the ones
    before them lose to these, except the count at the end, which always stays.
    """
    grown_ms = length_ms - segment.length_ms
    shift = {Anchor.START: 0, Anchor.MIDDLE: length_ms // 2 - segment.length_ms // 2, Anchor.END: grown_ms}
    moved = [replace(cue, offset_ms=cue.offset_ms + shift[cue.anchor]) for cue in segment.cues]
    ending = [cue for cue in moved if cue.anchor is Anchor.END and cue.offset_ms >= 0]
    limit_ms = min((cue.offset_ms for cue in ending if cue.words), default=length_ms)
    kept: list[Cue] = []
    spoken_ms = 0
    for cue in sorted((cue for cue in moved if cue.anchor is not Anchor.END), key=_offset):
        if cue.words and (cue.offset_ms < spoken_ms or cue.end_ms > limit_ms):
            continue
        if cue.end_ms <= length_ms:
            kept.append(cue)
            spoken_ms = cue.end_ms if cue.words else spoken_ms
    return replace(segment, length_ms=length_ms, cues=tuple(sorted([*kept, *ending], key=_offset)))


def with_segment(timeline: Timeline, index: int, segment: Segment) -> Timeline:
    segments = list(timeline.segments)
    segments[index] = segment
    return Timeline(timeline.routine_id, timeline.routine_name, segments)


def carried_over(old: Timeline, new: Timeline, position_ms: int) -> int:
    """Find the position in a new timeline that means what a position means in the old one.

    The same segment, the same cue in it, the same time since that cue. Where the new timeline lacks the
    segment (steps are no longer spoken, say), the start of the one that follows.
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
    if old.length_ms == new.length_ms or old.kind is not new.kind:
        return min(offset_ms, new.length_ms)
    before = bisect_right(old.cues, offset_ms, key=_offset) - 1
    if before >= 0 and len(old.cues) == len(new.cues) and old.cues[before].anchor is Anchor.START:
        since_ms = offset_ms - old.cues[before].offset_ms
        limit_ms = new.cues[before + 1].offset_ms if before + 1 < len(new.cues) else new.length_ms
        return min(new.cues[before].offset_ms + since_ms, limit_ms)
    return min(offset_ms, new.length_ms)


def _offset(cue: Cue) -> int:
    return cue.offset_ms
