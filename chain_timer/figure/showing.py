"""An exercise shown on its own, over and over: its steps one after another, then a little of the work."""

from bisect import bisect_right
from dataclasses import dataclass

from chain_timer.figure.choreography import Performance, Shot, pose_at
from chain_timer.figure.figures import Figures
from chain_timer.routine.exercise import Exercise, Side
from chain_timer.timeline.demonstration import demonstration


@dataclass(frozen=True, slots=True)
class Showing:
    """The movement of an exercise with a beginning and an end."""

    performance: Performance
    marks_ms: tuple[int, ...]
    """Where each step begins."""
    reached_ms: tuple[int, ...]
    """Where the pose of each step is reached."""
    work_ms: int
    """Where the work begins: the hold, or the first repetition."""
    moves: bool
    """Whether there is a movement to show; an exercise without a figure has none."""

    @property
    def length_ms(self) -> int:
        return self.performance.timeline.duration_ms

    def step_at(self, position_ms: int) -> int | None:
        """Give the step that is shown; None from the work on."""
        if position_ms >= self.work_ms or not self.marks_ms:
            return None
        return max(0, bisect_right(self.marks_ms, position_ms) - 1)


def showing(exercise: Exercise, side: Side | None, figures: Figures) -> Showing:
    """Lay out an exercise, on one side if it has sides."""
    timeline = demonstration(exercise, (side,))
    told = timeline.segments[0]
    cues = [cue for cue in told.cues if cue.step is not None]
    marks, reached = ([cue.offset_ms for cue in cues], [cue.end_ms for cue in cues])
    moves = figures.figure_for(exercise) is not None
    return Showing(Performance(timeline, figures), tuple(marks), tuple(reached), told.length_ms, moves)


def shot_in(shown: Showing, position_ms: int) -> Shot | None:
    """Give what the figure does at a position; one that only stands where the exercise has none."""
    return pose_at(shown.performance, position_ms)
