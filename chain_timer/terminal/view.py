"""What a screen shows of a session at a moment, as one value: when it is the same, nothing is painted."""

from dataclasses import dataclass, replace
from enum import StrEnum

from chain_timer.problems import plain
from chain_timer.routine.names import Names
from chain_timer.session.events import State
from chain_timer.session.player import Player
from chain_timer.terminal.outline import KIND_WORDS, Outline, amount_text, side_text
from chain_timer.timeline.segment import Key, Kind, Segment
from chain_timer.units import SECOND_MS, clock_text, countdown_seconds

_MOST_SECONDS = 99
"""Longer times are shown as minutes and seconds."""
_ROOMY_WIDTH = 60


def margin_of(width: int) -> int:
    return 3 if width >= _ROOMY_WIDTH else 1


def strip_cells(width: int) -> int:
    """How many cells the session strip has on a screen of a width."""
    return max(1, width - 2 * margin_of(width))


class Mood(StrEnum):
    """The state of a session as a person meets it."""

    STARTING = "starting"
    READYING = "readying"
    PLAYING = "playing"
    PAUSED = "paused"
    WAITING = "waiting"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Scene:
    """What stays the same for as long as a segment lasts."""

    kind: Kind
    heading: str
    routine: str
    place: str
    name: str = ""
    announced: bool = False
    """Whether the name is of what comes next."""
    side: str = ""
    sets: str = ""
    muscles: str = ""
    steps: tuple[str, ...] = ()
    key_cue: str = ""
    easier: str = ""
    next_up: str = ""


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


@dataclass(frozen=True, slots=True)
class View:
    """Everything shown, in words; where it stands is the screen's affair."""

    scene: Scene
    extras: Extras
    mood: Mood
    left: str
    big: str
    unit: str
    lit: int | None
    banner: str
    strip: tuple[Kind, ...]
    passed: int
    """Cells of the strip that lie behind."""
    progress: int
    """Of the segment, in cells of the strip's width."""


class Sight:
    """Looks at a session, and keeps what does not change from one look to the next."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._seen: tuple[Outline, int] | None = None
        self._scene = Scene(Kind.FINISH, "", "", "")

    def view(self, player: Player, outline: Outline, cells: int, extras: Extras) -> View:
        """Look now; ``cells`` is the width of the session strip."""
        timeline, position_ms, lead_ms = player.timeline, player.position_ms(), player.lead_ms()
        segment = timeline.segments[player.index] if timeline.segments else _NOTHING
        offset_ms = position_ms - timeline.start_of(player.index) if timeline.segments else 0
        mood = _mood(player.state, lead_ms, starting=extras.starting)
        big, unit = _big(segment, offset_ms, mood, lead_ms)
        left_ms = countdown_seconds(timeline.duration_ms - position_ms) * SECOND_MS
        return View(
            scene=self._scene_of(outline, player.index, segment),
            extras=extras,
            mood=mood,
            left=f"{'~' if timeline.estimated else ''}{clock_text(left_ms)} left",
            big=big,
            unit=unit,
            lit=_lit(segment, offset_ms),
            banner=_banner(mood, segment, hands_free=extras.hands_free),
            strip=outline.strip(cells),
            passed=position_ms * cells // max(1, timeline.duration_ms),
            progress=_progress(segment, offset_ms, cells),
        )

    def _scene_of(self, outline: Outline, index: int, segment: Segment) -> Scene:
        if self._seen is None or self._seen[0] is not outline or self._seen[1] != index:
            self._seen = outline, index
            self._scene = scene_of(outline, index, segment, self._names)
        return self._scene


def scene_of(outline: Outline, index: int, segment: Segment, names: Names) -> Scene:
    exercise = segment.exercise
    scene = Scene(
        kind=segment.kind,
        heading=KIND_WORDS[segment.kind],
        routine=plain(outline.timeline.routine_name),
        place=outline.place(index),
        next_up=outline.next_up(index),
    )
    if exercise is None:
        return scene
    return replace(
        scene,
        name=plain(exercise.name),
        announced=segment.kind in {Kind.PREPARE, Kind.REST},
        side=_side(segment, outline, index),
        sets=_sets(segment),
        muscles=plain(names.muscle_text(exercise.muscles)),
        steps=tuple(plain(step.text(segment.side)) for step in exercise.steps),
        key_cue=plain(exercise.key_cue),
        easier=plain(exercise.easier),
    )


_NOTHING = Segment(Kind.FINISH, 0, Key(0, 0))
"""What a timeline without segments is at."""


def _mood(state: State, lead_ms: int, *, starting: bool) -> Mood:
    if state is State.PLAYING:
        # A short lead is the sound's, not the person's.
        return Mood.READYING if lead_ms > SECOND_MS else Mood.PLAYING
    if state is State.READY:
        return Mood.STARTING if starting else Mood.PAUSED
    return Mood(state.value)


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
    if segment.sets > 1:
        parts.append(f"Set {segment.set_number} of {segment.sets}")
    if segment.rounds > 1:
        parts.append(f"Round {segment.round_number} of {segment.rounds}")
    return " · ".join(parts)


def _lit(segment: Segment, offset_ms: int) -> int | None:
    """Find the step that is being spoken, or was last."""
    lit = None
    for cue in segment.cues:
        if cue.offset_ms > offset_ms:
            break
        lit = cue.step if cue.step is not None else lit
    return lit


def _progress(segment: Segment, offset_ms: int, cells: int) -> int:
    # In the step of the seconds: what is shown changes once a second, and calmly.
    left_ms = min(countdown_seconds(segment.length_ms - offset_ms) * SECOND_MS, segment.length_ms)
    return (segment.length_ms - left_ms) * cells // max(1, segment.length_ms)


def _banner(mood: Mood, segment: Segment, *, hands_free: bool) -> str:
    if mood is Mood.PAUSED:
        return "Paused – Space goes on"  # noqa: RUF001 - a dash is meant
    if mood is Mood.WAITING:
        seconds = countdown_seconds(segment.length_ms)
        if hands_free:
            return f"Goes on after {seconds} seconds"
        return "Waiting – Space says done"  # noqa: RUF001 - a dash is meant
    return {Mood.READYING: "Get ready", Mood.STARTING: "Starting …"}.get(mood, "")
