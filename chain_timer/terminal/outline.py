"""What of a timeline stays the same while it plays: the count of its work, its strip, what follows what."""

from chain_timer.problems import plain
from chain_timer.routine.exercise import Side
from chain_timer.timeline.segment import Kind, Segment
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import duration_text

KIND_WORDS: dict[Kind, str] = {
    Kind.PREPARE: "Prepare",
    Kind.INSTRUCT: "How it goes",
    Kind.HOLD: "Hold",
    Kind.REPS: "Reps",
    Kind.SWITCH: "Switch sides",
    Kind.REST: "Rest",
    Kind.FINISH: "Well done",
}
_LOOK_AHEAD = 8


class Outline:
    """One timeline, looked through once: a session of ten thousand segments costs no more per tick."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._numbers: list[int] = []
        works = 0
        for segment in timeline.segments:
            # What leads to a piece of work already counts as that piece.
            self._numbers.append(works if segment.kind.is_work or segment.kind is Kind.FINISH else works + 1)
            works += segment.kind.is_work
            if segment.kind.is_work:
                self._numbers[-1] += 1
        self.works = works
        self._strip: tuple[Kind, ...] = ()

    def place(self, index: int) -> str:
        """Say which piece of work a segment belongs to: ``4 of 5``; empty where there is just one."""
        if self.works < 2 or not self._numbers:  # noqa: PLR2004 - one of one says nothing
            return ""
        return f"{min(self._numbers[index], self.works)} of {self.works}"

    def begun(self, index: int) -> bool:
        """Whether any work lies at or before a segment, so that leaving would lose it."""
        timeline = self.timeline
        if not self._numbers or timeline.segments[index].kind is Kind.FINISH:
            return False
        return self._numbers[index] > 1 or timeline.segments[index].kind.is_work

    def strip(self, cells: int) -> tuple[Kind, ...]:
        """Give the kind of every cell of a strip in proportion; empty for a timeline of no length."""
        timeline = self.timeline
        if not timeline.duration_ms:
            return ()
        if len(self._strip) != cells:
            # The middle of each cell decides.
            moments = ((2 * cell + 1) * timeline.duration_ms // (2 * cells) for cell in range(cells))
            self._strip = tuple(timeline.segments[timeline.index_at(moment)].kind for moment in moments)
        return self._strip

    def other_side(self, index: int) -> Side | None:
        """Give the side that the same exercise goes on with after this one, if it does."""
        segments = self.timeline.segments
        now = segments[index]
        for segment in segments[index + 1 : index + 1 + _LOOK_AHEAD] if now.side else ():
            if segment.exercise is not now.exercise or segment.kind in {Kind.REST, Kind.PREPARE}:
                return None
            if segment.side is not now.side:
                return segment.side
        return None

    def next_up(self, index: int) -> str:
        """Say what comes after a segment; empty at the end."""
        segments = self.timeline.segments
        if index + 1 >= len(segments):
            return ""
        now, following = segments[index], segments[index + 1]
        text = _following_text(following)
        if following.kind is Kind.REST and following.exercise is not None:
            return f"{text}, then {plain(following.exercise.name)}"
        if following.exercise is not None and following.exercise is not now.exercise:
            return f"{plain(following.exercise.name)}, {text[:1].lower()}{text[1:]}"
        return text


def _following_text(segment: Segment) -> str:
    if segment.kind is Kind.SWITCH and segment.side and segment.exercise:
        return f"Switch to the {side_text(segment)}"
    if segment.kind is Kind.REPS and segment.reps is not None:
        return amount_text(segment)
    if segment.kind is Kind.FINISH:
        return "The end"
    if segment.kind is Kind.INSTRUCT:
        return "How it goes, step by step"
    return f"{KIND_WORDS[segment.kind]} {duration_text(segment.length_ms // 1000 * 1000)}"


def side_text(segment: Segment) -> str:
    """Say which side: ``right leg``."""
    if segment.side is None or segment.exercise is None:
        return ""
    return f"{segment.side} {plain(segment.exercise.side_noun, 40)}"


def amount_text(segment: Segment) -> str:
    """Say how many reps: ``8 reps``, ``8 reps at your own pace``."""
    if segment.reps is None:
        return ""
    reps = f"{segment.reps.count} rep{'' if segment.reps.count == 1 else 's'}"
    return f"{reps} at your own pace" if segment.reps.self_paced else reps
