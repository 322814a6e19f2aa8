"""What would be said at a level of coaching: read from a timeline, so that it is what a session says."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from chain_timer.timeline.kinds import Kind
from chain_timer.timeline.timeline import Timeline

_MOST = 2
_WORK = frozenset({Kind.HOLD, Kind.REPS})


def example_of(timeline: Timeline) -> str:
    """Give the first words of a session, in quotation marks; that there are none, where there are none."""
    said = list(_said(timeline))
    if not said:
        return QCoreApplication.translate(
            "welcome", "No words at all: a tone to start, one halfway, one to end."
        )
    more = " …" if len(said) > _MOST else ""
    words = f"“{' '.join(said[:_MOST])}{more}”"
    if len(said) == 1:
        tones = QCoreApplication.translate("welcome", "Tones for everything else.")
        return f"{words} {tones}"
    return words


def _said(timeline: Timeline) -> Iterator[str]:
    """Give what is said until the first piece of work is over."""
    for segment in timeline.segments:
        yield from (cue.words for cue in segment.cues if cue.words)
        if segment.kind in _WORK:
            return
