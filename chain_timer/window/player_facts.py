"""What the player page is told: a segment in words, and a moment of it in digits."""

from bisect import bisect_left
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from chain_timer.drawing.chain import Link
from chain_timer.routine.exercise import Exercise, Reps, Side
from chain_timer.routine.names import Names
from chain_timer.timeline.segment import Kind, Segment
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import SECOND_MS, clock_text, countdown_seconds, duration_text
from chain_timer.window.cards import chain_links
from chain_timer.window.setup_facts import side_text, work_text

_LONGEST_IN_SECONDS = 100
_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """A segment as a person reads it."""

    kind: Kind
    kind_word: str
    name: str
    side: str
    muscles: str
    links: tuple[Link, ...]
    steps: tuple[str, ...]
    lit: int | None
    """The step that is lit from the start."""
    place: str
    """``2 of 5``."""
    next_text: str
    amount: str

    @property
    def announcement(self) -> str:
        """What a screen reader says when it begins."""
        return ". ".join(part for part in (self.kind_word, self.name, self.side, self.amount) if part)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the session. Equal moments look the same."""

    position_ms: int
    digits: str
    suffix: str
    caption: str
    fraction: float
    """What is left of the segment, 0 to 1."""
    left: str


class Script:
    """A timeline put into words; made once a timeline, because what it counts takes a look at all of it."""

    def __init__(self, timeline: Timeline, names: Names) -> None:
        self.timeline = timeline
        self._names = names
        self._works = [index for index, segment in enumerate(timeline.segments) if segment.kind.is_work]
        self._estimated = timeline.estimated

    def facts(self, index: int) -> SegmentFacts:
        segment, names = self.timeline.segments[index], self._names
        exercise = segment.exercise
        working = exercise.muscles if exercise else ()
        return SegmentFacts(
            kind=segment.kind,
            kind_word=kind_word(segment.kind),
            name=exercise.name if exercise else self.timeline.routine_name,
            side=_side_line(self.timeline, index),
            muscles=" · ".join(names.muscle_name(muscle) for muscle in working),
            links=chain_links(working, exercise.also if exercise else (), names),
            steps=_steps(segment),
            lit=_lit_first(segment),
            place=self._place(index),
            next_text=next_text(self.timeline, index),
            amount=_amount(segment),
        )

    def moment(self, index: int, position_ms: int, lead_ms: int = 0) -> Moment:
        """Give what to show at a position; with a lead, the get-ready count before it moves."""
        timeline, segment = self.timeline, self.timeline.segments[index]
        remaining_ms = max(0, timeline.end_of(index) - position_ms)
        fraction = min(1.0, remaining_ms / segment.length_ms) if segment.length_ms else 0.0
        left = left_text(max(0, timeline.duration_ms - position_ms), estimated=self._estimated)
        digits, suffix, caption = _digits(remaining_ms), "", ""
        if lead_ms > 0:
            digits = str(countdown_seconds(lead_ms))
            caption = QCoreApplication.translate("player", "Get ready")
        elif segment.kind is Kind.REPS and segment.reps:
            offset_ms = position_ms - timeline.start_of(index)
            digits, suffix, caption = _count(segment.reps, segment, offset_ms)
        return Moment(position_ms, digits, suffix, caption, fraction, left)

    def step_at(self, index: int, position_ms: int) -> int | None:
        """Give the step that is lit at a position, if one is."""
        segment = self.timeline.segments[index]
        offset_ms = position_ms - self.timeline.start_of(index)
        told = [cue.step for cue in segment.cues if cue.step is not None and cue.offset_ms <= offset_ms]
        return told[-1] if told else _lit_first(segment)

    def is_worth_asking(self, position_ms: int) -> bool:
        """Whether leaving here would lose work that was done."""
        if not self._works or not self.timeline.segments:
            return False
        here = self.timeline.segments[self.timeline.index_at(position_ms)]
        return here.kind is not Kind.FINISH and position_ms > self.timeline.start_of(self._works[0])

    def _place(self, index: int) -> str:
        if not self._works:
            return ""
        number = min(bisect_left(self._works, index) + 1, len(self._works))
        text = QCoreApplication.translate("player", "{number} of {count}")
        return text.format(number=number, count=len(self._works))


def _digits(remaining_ms: int) -> str:
    seconds = countdown_seconds(remaining_ms)
    return str(seconds) if seconds < _LONGEST_IN_SECONDS else clock_text(seconds * SECOND_MS)


def left_text(left_ms: int, *, estimated: bool) -> str:
    text = QCoreApplication.translate("player", "{time} left").format(
        time=clock_text(countdown_seconds(left_ms) * SECOND_MS)
    )
    return f"~{text}" if estimated else text


def kind_word(kind: Kind) -> str:
    translate = QCoreApplication.translate
    return {
        Kind.PREPARE: translate("player", "Get into position"),
        Kind.INSTRUCT: translate("player", "How to"),
        Kind.HOLD: translate("player", "Hold"),
        Kind.REPS: translate("player", "Reps"),
        Kind.SWITCH: translate("player", "Switch sides"),
        Kind.REST: translate("player", "Rest"),
        Kind.FINISH: translate("player", "Well done"),
    }[kind]


def next_text(timeline: Timeline, index: int) -> str:
    """Say in a few words what follows a segment; empty where nothing does."""
    if index + 1 >= len(timeline.segments):
        return ""
    segment, following = timeline.segments[index], timeline.segments[index + 1]
    if following.kind is Kind.SWITCH and following.side and following.exercise:
        side = side_text(following.side, following.exercise.side_noun).lower()
        return QCoreApplication.translate("player", "Switch to the {side}").format(side=side)
    name = following.exercise.name if following.exercise else ""
    if following.kind is Kind.REST:
        rest = QCoreApplication.translate("player", "Rest {length}, then {name}")
        return rest.format(length=duration_text(following.length_ms), name=name)
    return _simply_next(segment, following) or name


def _simply_next(segment: Segment, following: Segment) -> str:
    if following.kind is Kind.FINISH:
        return QCoreApplication.translate("player", "The end")
    if following.kind is Kind.INSTRUCT and following.exercise is segment.exercise:
        return QCoreApplication.translate("player", "How to do it")
    if following.kind.is_work and not segment.kind.is_work:
        return f"{kind_word(following.kind)}, {_amount(following)}"
    return ""


def _lit_first(segment: Segment) -> int | None:
    """Light what is to be remembered from the start on."""
    return 0 if segment.kind.is_work and segment.exercise and segment.exercise.key_cue else None


def _steps(segment: Segment) -> tuple[str, ...]:
    exercise = segment.exercise
    if exercise is None or segment.kind is Kind.FINISH:
        return ()
    steps = tuple(step.text(segment.side) for step in exercise.steps[:_MOST_STEPS])
    reminder = (exercise.key_cue,) if segment.kind.is_work and exercise.key_cue else ()
    return reminder + steps


def _side_line(timeline: Timeline, index: int) -> str:
    segment = timeline.segments[index]
    parts = []
    if segment.side and segment.exercise and segment.kind is not Kind.FINISH:
        parts.append(_sides(timeline, index, segment.exercise, segment.side))
    translate = QCoreApplication.translate
    if segment.sets > 1:
        parts.append(
            translate("player", "set {number} of {count}").format(
                number=segment.set_number, count=segment.sets
            )
        )
    if segment.gate:
        parts.append(translate("player", "at your own pace"))
    if segment.rounds > 1:
        text = translate("player", "round {number} of {count}")
        parts.append(text.format(number=segment.round_number, count=segment.rounds))
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]


def _sides(timeline: Timeline, index: int, exercise: Exercise, side: Side) -> str:
    line = side_text(side, exercise.side_noun)
    following = next((s for s in timeline.segments[index + 1 : index + 4] if s.kind is Kind.SWITCH), None)
    if following is None or following.exercise is not exercise or following.side in {None, side}:
        return line
    other = QCoreApplication.translate("player", "then {side}")
    word = side_text(Side.LEFT if side is Side.RIGHT else Side.RIGHT, "").strip().lower()
    return f"{line}  →  {other.format(side=word)}"


def _amount(segment: Segment) -> str:
    if segment.kind is Kind.REPS and segment.reps:
        return work_text(segment.reps)
    return duration_text(segment.length_ms) if segment.kind is Kind.HOLD else ""


def _count(reps: Reps, segment: Segment, offset_ms: int) -> tuple[str, str, str]:
    """Give the digits, their suffix and the caption of reps at a moment."""
    translate = QCoreApplication.translate
    if segment.gate:
        return str(reps.count), "", translate("player", "reps")
    rep_ms = reps.tempo.rep_ms
    number = min(reps.count, offset_ms // rep_ms + 1) if rep_ms else 1
    return str(number), f" / {reps.count}", ""
