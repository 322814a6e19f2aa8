"""The poses of an exercise as a sheet shows them: one for each step, then those of the work."""

from collections.abc import Iterator
from dataclasses import dataclass

from chain_timer.figure.figure import Figure
from chain_timer.figure.pose import Pose
from chain_timer.routine.exercise import Exercise, Reps, Side


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A pose with its name in the file, and what it is, in words."""

    name: str
    words: str
    pose: Pose
    """Of the right side."""


def keyframes(figure: Figure, exercise: Exercise | None, side: Side | None) -> tuple[Keyframe, ...]:
    """Give every pose at least once: the steps in order with their words, and around them all others.

    A pose that is there already under another name is not given again.

    Without an exercise the words of the steps are not known.
    """
    first, *steps = _of_steps(figure, exercise, side)
    before = [_named(figure, figure.ready, "Ready")] if figure.ready != first.pose else []
    shown = [*before, first, *steps]
    for other in _others(figure, exercise, side):
        if other.pose not in [each.pose for each in shown]:
            shown.append(other)
    return tuple(shown)


def still_pose(figure: Figure, exercise: Exercise | None = None) -> Pose:
    """Give the pose that tells the most: what is held, or where a repetition turns back."""
    if figure.hold is not None:
        return figure.hold
    up_first = exercise is not None and isinstance(exercise.work, Reps) and exercise.work.tempo.up_first
    turn = figure.up if up_first else figure.down
    return turn.to[-1] if turn is not None else figure.steps[-1]


def _of_steps(figure: Figure, exercise: Exercise | None, side: Side | None) -> Iterator[Keyframe]:
    told = [step.text(side) for step in exercise.steps] if exercise is not None else []
    for index, (name, pose) in enumerate(zip(figure.step_names, figure.steps, strict=True)):
        words = told[index] if index < len(told) else ""
        yield Keyframe(name, f"{index + 1}. {words}".rstrip(), pose)


def _others(figure: Figure, exercise: Exercise | None, side: Side | None) -> Iterator[Keyframe]:
    if figure.hold is not None:
        yield _named(figure, figure.hold, "Hold")
    for phase, words in ((figure.down, "Down"), (figure.up, "Up")):
        for pose in phase.to if phase is not None else ():
            yield _named(figure, pose, words)
    out = exercise.out.text(side) if exercise is not None and exercise.out is not None else "Afterward"
    yield _named(figure, figure.out, out)
    for name, pose in figure.poses.items():
        yield Keyframe(name, "", pose)


def _named(figure: Figure, pose: Pose, words: str) -> Keyframe:
    return Keyframe(next(name for name, each in figure.poses.items() if each == pose), words, pose)
