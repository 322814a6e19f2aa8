"""The chapters of an audio track, one for each piece of work and each rest; and the cue sheet of them."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chain_timer.problems import plain
from chain_timer.timeline.segment import Kind, Segment
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import SECOND_MS

LONGEST_TITLE = 150
MOST_TRACKS = 99
"""Of a cue sheet: it numbers them with two digits."""
_FRAMES_A_SECOND = 75
"""Of a compact disc, which a cue sheet counts in."""
_LONGEST_FILE_NAME = 255
_TITLES = {Kind.PREPARE: "Get ready", Kind.REST: "Rest", Kind.FINISH: "Well done"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a track that a player can jump to; it lasts until the next one begins."""

    start_ms: int
    end_ms: int
    title: str
    is_work: bool


def chapters_of(timeline: Timeline) -> tuple[Chapter, ...]:
    """Give a chapter for each piece of work and each rest, for getting ready and for the end.

    A piece of work begins with its instructions, or with the change of sides: whoever jumps to it hears what
    to do.
    """
    begun: list[Chapter] = []
    slot: int | None = None
    for index, segment in enumerate(timeline.segments):
        is_work = segment.kind not in _TITLES
        if is_work and segment.key.slot == slot:
            continue
        slot = segment.key.slot if is_work else None
        start_ms = timeline.start_of(index)
        begun.append(Chapter(start_ms, timeline.duration_ms, _title(segment), is_work))
    return tuple(
        chapter for chapter in _ended(begun, timeline.duration_ms) if chapter.end_ms > chapter.start_ms
    )


def chapters_that_fit(
    chapters: Sequence[Chapter], fits: Callable[[Sequence[Chapter]], bool]
) -> tuple[Chapter, ...]:
    """Give as many as there is room for: without the rests when there are too many, then without the last."""
    if not chapters or fits(chapters):
        return tuple(chapters)
    end_ms = chapters[-1].end_ms
    kept = [chapter for chapter in chapters if chapter.is_work]
    count = bisect_left(range(1, len(kept) + 1), 1, key=lambda tried: not fits(kept[:tried]))
    return tuple(_ended(kept[:count], end_ms))


def cue_sheet(timeline: Timeline, audio_name: str, title: str) -> str:
    """Write the chapters down for players that read a ``.cue`` file beside the audio file.

    For UTF-8. ``audio_name`` is the file's name without its folder. A cue sheet knows no way to write double
    quotes or control characters: the former become single ones, the latter are left out. More than 99 tracks
    it cannot have: then rests have none, and after that the last ones.
    """
    kind = "MP3" if audio_name.lower().endswith(".mp3") else "WAVE"
    lines = [f"TITLE {_quoted(title)}", f"FILE {_quoted(audio_name, _LONGEST_FILE_NAME)} {kind}"]
    fitting = chapters_that_fit(chapters_of(timeline), lambda tried: len(tried) <= MOST_TRACKS)
    for number, chapter in enumerate(fitting, 1):
        lines += [
            f"  TRACK {number:02} AUDIO",
            f"    TITLE {_quoted(chapter.title)}",
            f"    INDEX 01 {_disc_time(chapter.start_ms)}",
        ]
    return "\n".join(lines) + "\n"


def _ended(chapters: Sequence[Chapter], end_ms: int) -> list[Chapter]:
    """Let each chapter last until the next one begins."""
    starts = [*(chapter.start_ms for chapter in chapters), end_ms]
    return [
        Chapter(start_ms, next_ms, chapter.title, chapter.is_work)
        for chapter, (start_ms, next_ms) in zip(chapters, pairwise(starts), strict=True)
    ]


def _title(segment: Segment) -> str:
    if segment.kind in _TITLES or segment.exercise is None:
        return _TITLES.get(segment.kind, segment.kind.value)
    parts = [segment.exercise.name]
    if segment.side is not None:
        parts.append(f"{segment.side} {segment.exercise.side_noun}")
    if segment.sets > 1:
        parts.append(f"set {segment.set_number} of {segment.sets}")
    if segment.rounds > 1:
        parts.append(f"round {segment.round_number} of {segment.rounds}")
    return plain(", ".join(parts), LONGEST_TITLE)


def _quoted(text: str, limit: int = LONGEST_TITLE) -> str:
    return '"' + plain(text, limit).replace('"', "'") + '"'


def _disc_time(ms: int) -> str:
    # Rounded down: rather a hair of what comes before than a chapter whose first sound is cut off.
    frames = ms * _FRAMES_A_SECOND // SECOND_MS
    seconds, frames = divmod(frames, _FRAMES_A_SECOND)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes:02}:{seconds:02}:{frames:02}"
