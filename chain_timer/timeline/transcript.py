"""A timeline as text and as plain data: what a person can read, paste and compare."""

from collections.abc import Iterator

from chain_timer.problems import plain
from chain_timer.timeline.segment import Cue, Segment
from chain_timer.timeline.timeline import Mark, MarkKind, Timeline
from chain_timer.units import duration_text, stamp_text


def transcript(timeline: Timeline) -> Iterator[str]:
    """Give one mark a line: the moment, the kind, the text."""
    for mark in timeline.marks():
        yield f"{stamp_text(mark.at_ms):>9}  {_kind(timeline, mark):<8}  {_text(timeline, mark)}".rstrip()


def _kind(timeline: Timeline, mark: Mark) -> str:
    if mark.kind is MarkKind.START:
        return timeline.segments[mark.index].kind.value
    if mark.cue is not None:
        return "say" if mark.cue.words else "tone"
    return mark.kind.value


def _text(timeline: Timeline, mark: Mark) -> str:
    if mark.kind is MarkKind.START:
        return segment_text(timeline.segments[mark.index])
    if mark.cue is not None:
        return _cue_text(mark.cue)
    return "waits until you say done" if mark.kind is MarkKind.GATE else ""


def _cue_text(cue: Cue) -> str:
    tone = f"[{cue.tone}]" if cue.tone else ""
    return " ".join(part for part in (plain(cue.words, 600), tone) if part)


def segment_text(segment: Segment) -> str:
    """Say what a segment is in a line: exercise, side, length."""
    parts = []
    if segment.exercise is not None:
        parts.append(plain(segment.exercise.name))
    if segment.side is not None and segment.exercise is not None:
        parts.append(f"{segment.side} {plain(segment.exercise.side_noun)}")
    if segment.reps is not None and segment.kind.is_work:
        parts.append(f"{segment.reps.count} reps")
    length = duration_text(segment.length_ms)
    parts.append(f"~{length}" if segment.gate else length)
    return ", ".join(parts)


def as_data(timeline: Timeline) -> dict[str, object]:
    """Give a timeline as plain values, for JSON; times in whole milliseconds."""
    return {
        "routine": timeline.routine_id,
        "name": timeline.routine_name,
        "duration_ms": timeline.duration_ms,
        "estimated": timeline.estimated,
        "segments": [_segment_data(timeline, index) for index in range(len(timeline.segments))],
        "cues": [_cue_data(mark.at_ms, mark.cue) for mark in timeline.marks() if mark.cue is not None],
    }


def _segment_data(timeline: Timeline, index: int) -> dict[str, object]:
    segment = timeline.segments[index]
    return {
        "start_ms": timeline.start_of(index),
        "duration_ms": segment.length_ms,
        "kind": segment.kind.value,
        "exercise": segment.exercise.id if segment.exercise else None,
        "side": segment.side.value if segment.side else None,
        "gate": segment.gate,
    }


def _cue_data(at_ms: int, cue: Cue) -> dict[str, object]:
    return {
        "at_ms": at_ms,
        "length_ms": cue.length_ms,
        "words": cue.words,
        "tone": cue.tone.value if cue.tone else None,
    }
