"""What the figure does in each segment of a timeline: its moves, decided from the timeline alone.

Each segment begins where the one before it ended, as long as the exercise is the same; another exercise is a
cut. So no segment has to be played to know where the next one starts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chain_timer.figure.courses import Course, course, phases_of, start_of_work, way_in, way_out
from chain_timer.figure.figure import Ease, Figure, Phase
from chain_timer.figure.figures import Figures
from chain_timer.figure.moves import Move, eased
from chain_timer.figure.pose import Pose, mirrored_pose
from chain_timer.routine.exercise import Exercise, Reps, Side, Tempo
from chain_timer.routine.exercise_reader import USUAL_TEMPO
from chain_timer.timeline.segment import Cue, Kind, Segment
from chain_timer.timeline.timeline import Timeline

WAY_IN_MS = 2_000
"""How long before work the figure leaves for it, where no steps are told."""
STEP_MS = 1_400
"""The longest move into the pose of a step."""
_SHORTEST_STEP_MS = 600
LATE_IN_MS = 1_500
"""How long it takes into a hold that nothing led to; out of the other side it takes as long again."""
OUT_MS = 1_500
"""How long each part of the way out takes."""
TURN_MS = 1_200
"""How long it takes to turn to the other side."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the figure does in a segment."""

    figure: Figure
    exercise: Exercise
    moves: tuple[Move, ...]
    """In order, none begins before the one before it is over; at least one."""
    rep_ms: int = 0
    """How long the moves take when they are repeated; 0 when they are not."""
    reps: int = 0
    endless: bool = False
    """Whether they are repeated until the person says done."""
    opening: tuple[Move, ...] = ()
    """In the place of the first repetition's first move, where that starts elsewhere than the others."""
    breathes: bool = False
    stands: bool = False
    """Whether it shows no movement at all: the exercise has no figure of its own."""

    def elapsed_ms(self, offset_ms: int, waited_ms: int) -> int:
        """Give how long it has been shown: only repetitions go on while the position waits."""
        return offset_ms + waited_ms if self.rep_ms else offset_ms

    def place(self, elapsed_ms: int, *, waits: bool) -> tuple[Move, int]:
        """Give the move in progress, or the last that is over, and the moment of it."""
        if self.opening and elapsed_ms < self.opening[-1].end_ms:
            return _begun(self.opening, elapsed_ms), elapsed_ms
        at_ms = self._in_rep(elapsed_ms, endless=self.endless and waits) if self.rep_ms else elapsed_ms
        return _begun(self.moves, at_ms), at_ms

    def _in_rep(self, elapsed_ms: int, *, endless: bool) -> int:
        """Give the moment of the repetition; after the last one, its end."""
        over = elapsed_ms >= self.reps * self.rep_ms and not endless
        return self.rep_ms if over else elapsed_ms % self.rep_ms

    def mirrored_at(self, elapsed_ms: int, length_ms: int) -> float:
        """Give how far the figure has turned to its left side: 0 for the right one, 1 for the left one."""
        moves = (*self.opening, *self.moves)
        before, after = (float(move.side is Side.LEFT) for move in (moves[0], moves[-1]))
        if before == after:
            return after
        turn_ms = next(move.at_ms for move in moves if move.side is moves[-1].side)
        # Around that moment, and all of it within the segment.
        from_ms = max(0, min(turn_ms - TURN_MS // 2, length_ms - TURN_MS))
        gone = (elapsed_ms - from_ms) / max(1, min(TURN_MS, length_ms))
        return before + (after - before) * eased(min(1.0, max(0.0, gone)), Ease.SMOOTH)


def _begun(moves: Sequence[Move], at_ms: int) -> Move:
    begun = [move for move in moves if move.at_ms <= at_ms]
    return begun[-1] if begun else moves[0]


@dataclass(frozen=True, slots=True)
class _Act:
    """An exercise as a segment has it: on its side, for time or in repetitions."""

    figure: Figure
    exercise: Exercise
    side: Side | None
    by_reps: bool
    tempo: Tempo

    @property
    def start(self) -> Pose:
        """Where work starts and ends."""
        return self.on_side((self._start,))[0]

    @property
    def ready(self) -> Pose:
        return self.on_side((self.figure.ready,))[0]

    @property
    def way_in(self) -> Course:
        return self.on_side(way_in(self.figure, self._start))

    @property
    def way_out(self) -> Course:
        return self.on_side(way_out(self.figure, self._start))

    @property
    def holds(self) -> bool:
        """Whether a pose is held; an exercise that has none is repeated for the time instead."""
        return not self.by_reps and self.figure.hold is not None

    def on_side(self, poses: Sequence[Pose]) -> Course:
        return tuple(map(mirrored_pose, poses)) if self.side is Side.LEFT else tuple(poses)

    @property
    def _start(self) -> Pose:
        return start_of_work(self.figure, by_reps=self.by_reps, up_first=self.tempo.up_first)


def scene_of(timeline: Timeline, index: int, figures: Figures) -> Scene | None:
    """Give what the figure does in a segment; None where there is no exercise."""
    segment, before = timeline.segments[index], _before(timeline, index)
    act = _act(segment, figures)
    left = _act(before, figures) if before is not None and before.kind.is_work else None
    if segment.kind is Kind.FINISH:
        return _finish(segment, left) if left is not None else None
    if act is None:
        return _standing(segment, figures)
    if left is not None and left.exercise != act.exercise:
        left = None
    following = timeline.segments[index + 1] if index + 1 < len(timeline.segments) else None
    works_next = following is not None and following.kind.is_work and following.key.slot == segment.key.slot
    if segment.kind is Kind.INSTRUCT:
        return _instruct(segment, act, works_next=works_next)
    if not segment.kind.is_work:
        return _lead(segment, act, left, works_next=works_next)
    led = before is not None and before.key.slot == segment.key.slot
    return _hold(segment, act, left, led=led) if act.holds else _repeated(segment, act, left)


def _standing(segment: Segment, figures: Figures) -> Scene | None:
    """Show where the muscles are, and no movement: nobody has drawn that of this exercise."""
    exercise = segment.exercise
    figure = figures.standing_for(exercise) if exercise is not None else None
    if exercise is None or figure is None:
        return None
    return Scene(figure, exercise, (Move(0, 0, (figure.ready,), segment.side),), stands=True)


def _before(timeline: Timeline, index: int) -> Segment | None:
    """Give the segment that is played before this one; those of no length are not."""
    while index > 0:
        index -= 1
        if timeline.segments[index].length_ms > 0:
            return timeline.segments[index]
    return None


def _act(segment: Segment, figures: Figures) -> _Act | None:
    exercise = segment.exercise
    figure = figures.figure_for(exercise) if exercise is not None else None
    if exercise is None or figure is None:
        return None
    work = segment.reps or exercise.work
    tempo = work.tempo if isinstance(work, Reps) else USUAL_TEMPO
    return _Act(figure, exercise, segment.side, segment.reps is not None, tempo)


# --- what is not work ----------------------------------------------------------------------------


def _finish(segment: Segment, left: _Act) -> Scene:
    return Scene(left.figure, left.exercise, (_way_out(left, segment.length_ms),))


def _way_out(left: _Act, room_ms: int) -> Move:
    way = left.way_out
    return Move(0, min(OUT_MS * (len(way) - 1), room_ms), way, left.side)


def _lead(segment: Segment, act: _Act, left: _Act | None, *, works_next: bool) -> Scene:
    """Out of the work before, if it was the same exercise, then being ready, then into the work."""
    length_ms = segment.length_ms
    goal = act.way_in if works_next else (act.ready,)
    if left is None:
        into_ms = min(WAY_IN_MS, length_ms)
        return Scene(act.figure, act.exercise, (Move(length_ms - into_ms, into_ms, goal, act.side),))
    into_ms = length_ms // 2 if segment.kind is Kind.SWITCH else min(WAY_IN_MS, length_ms // 2)
    out = _way_out(left, length_ms - into_ms)
    if segment.kind is Kind.SWITCH:
        out = Move(0, length_ms - into_ms, out.way, out.side)
    into = Move(length_ms - into_ms, into_ms, course((left.ready, *goal)), act.side)
    return Scene(act.figure, act.exercise, _turning(left, out, into))


def _turning(left: _Act, out: Move, into: Move) -> tuple[Move, Move, Move]:
    """Out of the work before, being ready, then into the next, which may be that of the other side."""
    # From here on it is the other side's turn, however long the figure stands.
    return out, Move(out.end_ms, 0, (left.ready,), into.side), into


def _instruct(segment: Segment, act: _Act, *, works_next: bool) -> Scene:
    moves = [Move(0, 0, (act.ready,), act.side), *_told(segment.cues, act)]
    if works_next:
        from_ms = max(moves[-1].end_ms, segment.length_ms - WAY_IN_MS)
        into_ms = min(STEP_MS, segment.length_ms - from_ms)
        moves.append(Move(from_ms, into_ms, course((moves[-1].way[-1], act.start)), act.side))
    return Scene(act.figure, act.exercise, tuple(moves))


def _told(cues: Sequence[Cue], act: _Act) -> Iterator[Move]:
    """Give the move of each step that is told: into its pose while it is said."""
    pose, from_ms = act.ready, 0
    for cue in cues:
        if cue.step is None or cue.step >= len(act.figure.steps):
            continue
        goal = act.on_side((act.figure.steps[cue.step],))[0]
        move = Move(
            max(from_ms, cue.offset_ms),
            min(STEP_MS, max(_SHORTEST_STEP_MS, cue.length_ms)),
            course((pose, goal)),
            act.side,
        )
        yield move
        pose, from_ms = goal, move.end_ms


# --- work ----------------------------------------------------------------------------------------


def _hold(segment: Segment, act: _Act, left: _Act | None, *, led: bool) -> Scene:
    turns = left is not None and left.side is not act.side
    way = (act.start,) if led or left is not None else act.way_in
    into = Move(0, min(LATE_IN_MS * (1 + turns), segment.length_ms), way, act.side)
    moves = (into,) if left is None else _straight_on(left, act, into)
    return Scene(act.figure, act.exercise, moves, breathes=True)


def _straight_on(left: _Act, act: _Act, move: Move) -> tuple[Move, ...]:
    """Lead into a move from the work before, of the same exercise, where nothing lies between them."""
    if left.side is act.side:
        return (replace(move, way=course((left.start, *move.way))),)
    half_ms = move.length_ms // 2
    out = Move(0, half_ms, left.way_out, left.side)
    way = course((left.ready, *act.way_in, *move.way))
    return _turning(left, out, Move(half_ms, move.length_ms - half_ms, way, act.side, move.ease))


def _repeated(segment: Segment, act: _Act, left: _Act | None) -> Scene:
    """Repetitions at their tempo, as many as there is time for; none is begun that cannot be finished."""
    rep_ms = max(1, min(act.tempo.rep_ms, segment.length_ms))
    reps = segment.length_ms // rep_ms
    if segment.reps is not None and not segment.gate:
        reps = min(reps, segment.reps.count)
    moves = tuple(_rep(act, rep_ms))
    opening: tuple[Move, ...] = ()
    if left is not None and (left.start != act.start or left.side is not act.side):
        opening = _straight_on(left, act, moves[0])
    return Scene(act.figure, act.exercise, moves, rep_ms, reps, segment.gate, opening)


def _rep(act: _Act, rep_ms: int) -> Iterator[Move]:
    first_ms, pause_ms, second_ms = _phase_lengths(act.tempo)
    down, up = phases_of(act.figure)
    first, second = (up, down) if act.tempo.up_first else (down, up)
    whole_ms = first_ms + pause_ms + second_ms
    turn_ms, back_ms, end_ms = (ms * rep_ms // whole_ms for ms in (first_ms, first_ms + pause_ms, whole_ms))
    yield _phase(act, 0, turn_ms, second.to[-1], first)
    yield _phase(act, back_ms, end_ms - back_ms, first.to[-1], second)


def _phase(act: _Act, at_ms: int, length_ms: int, start: Pose, phase: Phase) -> Move:
    way = act.on_side(course((start, *phase.to)))
    return Move(at_ms, length_ms, way, act.side, phase.ease)


def _phase_lengths(tempo: Tempo) -> tuple[int, int, int]:
    """Give the lengths of the first way, the pause and the way back.

    A way that takes no time is lent some: nobody jumps.
    """
    down_ms, pause_ms, up_ms = tempo.down_ms, tempo.pause_ms, tempo.up_ms
    if not down_ms + up_ms:
        down_ms = up_ms = pause_ms // 4
        pause_ms -= down_ms + up_ms
    elif not down_ms or not up_ms:
        moving_ms = down_ms + up_ms
        down_ms, up_ms = moving_ms // 2, moving_ms - moving_ms // 2
    return (up_ms, pause_ms, down_ms) if tempo.up_first else (down_ms, pause_ms, up_ms)
