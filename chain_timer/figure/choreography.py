"""What the figure does at a position of the timeline: the same on screen, in a picture, in a film."""

from dataclasses import dataclass
from math import cos, pi

from chain_timer.figure.body import Body
from chain_timer.figure.figure import Figure
from chain_timer.figure.figures import Figures
from chain_timer.figure.pose import Pose
from chain_timer.figure.scenes import Scene, scene_of
from chain_timer.figure.solver import solve_between
from chain_timer.routine.exercise import Exercise, Side
from chain_timer.timeline.demonstration import HOLD_MS
from chain_timer.timeline.timeline import Timeline

BREATH_MS = HOLD_MS
"""A slow breath takes about as long, in and out; a hold is so many whole ones."""
_MOST_KEPT = 16


@dataclass(frozen=True, slots=True)
class Shot:
    """The figure at a moment: on its way between two poses, or standing in one."""

    figure: Figure
    exercise: Exercise
    side: Side | None
    start: Pose
    """On its side: mirrored already for the left."""
    goal: Pose
    share: float
    """0 at the start, 1 at the goal, and in between as fast as natural."""
    breath: float
    """0 to 1: how far the chest is filled."""
    mirrored: float
    """0 on the right side, 1 on the left; in between where it turns from the one to the other."""
    moving: bool
    """Whether it is between two poses, or turning to its other side."""
    stands: bool = False
    """Whether it stands in for a movement that nobody has drawn."""

    def body(self) -> Body:
        return solve_between(self.start, self.goal, self.share, self.breath)


class Performance:
    """A timeline with the figures that show it; what a segment shows is found when it is first asked for."""

    def __init__(self, timeline: Timeline, figures: Figures) -> None:
        self.timeline = timeline
        self._figures = figures
        self._scenes: dict[int, Scene | None] = {}

    def scene(self, index: int) -> Scene | None:
        if index not in self._scenes:
            if len(self._scenes) >= _MOST_KEPT:
                self._scenes.clear()
            self._scenes[index] = scene_of(self.timeline, index, self._figures)
        return self._scenes[index]


def pose_at(performance: Performance, position_ms: int, waited_ms: int = 0) -> Shot | None:
    """Give what the figure does at a position; None where there is no exercise.

    ``waited_ms`` is the time spent at a gate, where the position stands still and the person goes on.
    """
    timeline = performance.timeline
    if not timeline.segments:
        return None
    index = timeline.index_at(position_ms)
    scene = performance.scene(index)
    if scene is None:
        return None
    length_ms = timeline.segments[index].length_ms
    offset_ms = min(max(0, position_ms - timeline.start_of(index)), length_ms)
    elapsed_ms = scene.elapsed_ms(offset_ms, waited_ms)
    move, at_ms = scene.place(elapsed_ms, waits=waited_ms > 0)
    start, goal, share = move.place(at_ms)
    breath = _breath(offset_ms, length_ms) if scene.breathes else 0.0
    mirrored = scene.mirrored_at(elapsed_ms, length_ms)
    moving = start != goal or mirrored not in {0.0, 1.0}
    figure, exercise = scene.figure, scene.exercise
    return Shot(figure, exercise, move.side, start, goal, share, breath, mirrored, moving, scene.stands)


def _breath(offset_ms: int, length_ms: int) -> float:
    breaths = max(1, round(length_ms / BREATH_MS))
    return (1.0 - cos(2.0 * pi * breaths * offset_ms / max(1, length_ms))) / 2.0
