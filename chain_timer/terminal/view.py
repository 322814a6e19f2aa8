"""What a screen shows of a session at a moment, as one value: when it is the same, nothing is painted."""

from dataclasses import dataclass
from enum import StrEnum

from chain_timer.problems import plain
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.names import Names
from chain_timer.session.events import State
from chain_timer.session.player import Player
from chain_timer.terminal.outline import KIND_WORDS, Outline, amount_text, side_text
from chain_timer.timeline.segment import Key, Kind, Segment
from chain_timer.units import SECOND_MS, clock_text, countdown_seconds

_MOST_SECONDS = 99
"""Longer times are shown as minutes and seconds."""


class Mood(StrEnum):
    """The state of a session as a person meets it."""

    STARTING = "starting"
    READYING = "readying"
    PLAYING = "playing"
    PAUSED = "paused"
    WAITING = "waiting"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class View:
    """Everything shown, in words; where it stands is the screen's affair."""

    routine: str
    place: str
    left: str
    kind: Kind
    heading: str
    name: str
    announced: bool
    """Whether the name is of what comes next."""
    side: str
    sets: str
    muscles: str
    big: str
    unit: str
    steps: tuple[str, ...]
    lit: int | None
    key_cue: str
    easier: str
    next_up: str
    mood: Mood
    banner: str
    passed: int
    """Cells of the strip that lie behind."""
    progress: int
    """Cells of the segment's bar that lie behind."""
    strip: tuple[Kind, ...]
    muted: bool = False
    coaching: str = ""
    notice: str = ""
    question: str = ""
    shows_keys: bool = False


@dataclass(frozen=True, slots=True)
class Extras:
    """What a face shows besides the session itself."""

    muted: bool = False
    coaching: str = ""
    notice: str = ""
    question: str = ""
    shows_keys: bool = False
    starting: bool = False
    hands_free: bool = False
    """True where no key can be pressed, and waiting ends by itself."""


def view_of(player: Player, outline: Outline, names: Names, cells: int, extras: Extras) -> View:
    """Look at a session; ``cells`` is the width of the screen, which strip and bar are counted in."""
    timeline = player.timeline
    position_ms = player.position_ms()
    mood = _mood(player, extras)
    segment = _segment(player)
    offset_ms = position_ms - timeline.start_of(player.index) if timeline.segments else 0
    exercise = segment.exercise
    big, unit = _big(segment, offset_ms, mood, player.lead_ms())
    left_ms = countdown_seconds(timeline.duration_ms - position_ms) * SECOND_MS
    return View(
        routine=plain(timeline.routine_name),
        place=outline.place(player.index),
        left=f"{'~' if timeline.estimated else ''}{clock_text(left_ms)} left",
        kind=segment.kind,
        heading=KIND_WORDS[segment.kind],
        name=plain(exercise.name) if exercise else "",
        announced=segment.kind in {Kind.PREPARE, Kind.REST},
        side=_side(segment, outline, player.index),
        sets=_sets(segment),
        muscles=plain(names.muscle_text(exercise.muscles)) if exercise else "",
        big=big,
        unit=unit,
        steps=_steps(segment, exercise),
        lit=_lit(segment, offset_ms),
        key_cue=plain(exercise.key_cue) if exercise else "",
        easier=plain(exercise.easier) if exercise else "",
        next_up=outline.next_up(player.index) if timeline.segments else "",
        mood=mood,
        banner=_banner(mood, segment, hands_free=extras.hands_free),
        passed=position_ms * cells // max(1, timeline.duration_ms),
        progress=offset_ms * cells // max(1, segment.length_ms),
        strip=outline.strip(cells),
        muted=extras.muted,
        coaching=extras.coaching,
        notice=plain(extras.notice),
        question=extras.question,
        shows_keys=extras.shows_keys,
    )


_NOTHING = Segment(Kind.FINISH, 0, Key(0, 0))
"""What a timeline without segments is at."""


def _segment(player: Player) -> Segment:
    segments = player.timeline.segments
    return segments[player.index] if segments else _NOTHING


def _mood(player: Player, extras: Extras) -> Mood:
    if player.state is State.PLAYING:
        return Mood.READYING if player.lead_ms() > SECOND_MS else Mood.PLAYING
    if player.state is State.READY:
        return Mood.STARTING if extras.starting else Mood.PAUSED
    return Mood(player.state.value)


def _big(segment: Segment, offset_ms: int, mood: Mood, lead_ms: int) -> tuple[str, str]:
    """Give the largest thing on the screen, and the words under it."""
    if mood is Mood.READYING:
        return str(countdown_seconds(lead_ms)), ""
    if segment.kind is Kind.FINISH:
        return "✓", ""
    if segment.reps is not None and segment.kind is Kind.REPS:
        if segment.gate:
            return str(segment.reps.count), "reps at your own pace"
        rep = min(offset_ms // max(1, segment.reps.tempo.rep_ms) + 1, segment.reps.count)
        return str(rep), f"of {amount_text(segment)}"
    left = countdown_seconds(segment.length_ms - offset_ms)
    return (str(left) if left <= _MOST_SECONDS else clock_text(left * SECOND_MS)), ""


def _side(segment: Segment, outline: Outline, index: int) -> str:
    text = side_text(segment)
    if not text:
        return ""
    other = outline.other_side(index)
    return text[:1].upper() + text[1:] + (f" → then {other}" if other else "")


def _sets(segment: Segment) -> str:
    parts = []
    if segment.kind is Kind.FINISH:
        return ""
    if segment.sets > 1:
        parts.append(f"Set {segment.set_number} of {segment.sets}")
    if segment.rounds > 1:
        parts.append(f"Round {segment.round_number} of {segment.rounds}")
    return " · ".join(parts)


def _steps(segment: Segment, exercise: Exercise | None) -> tuple[str, ...]:
    return tuple(plain(step.text(segment.side)) for step in exercise.steps) if exercise else ()


def _lit(segment: Segment, offset_ms: int) -> int | None:
    """Find the step that is being spoken, or was last."""
    lit = None
    for cue in segment.cues:
        if cue.offset_ms > offset_ms:
            break
        lit = cue.step if cue.step is not None else lit
    return lit


def _banner(mood: Mood, segment: Segment, *, hands_free: bool) -> str:
    if mood is Mood.PAUSED:
        return "Paused – Space goes on"  # noqa: RUF001 - a dash is meant
    if mood is Mood.WAITING:
        seconds = countdown_seconds(segment.length_ms)
        if hands_free:
            return f"Goes on after {seconds} seconds"
        return "Waiting – Space says done"  # noqa: RUF001 - a dash is meant
    return {Mood.READYING: "Get ready", Mood.STARTING: "Starting …"}.get(mood, "")
