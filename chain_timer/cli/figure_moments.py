"""The moments of a figure that are drawn: poses as they are written, and those on the way. Needs Qt."""

from collections.abc import Iterator
from dataclasses import replace

from chain_timer.cli.errors import UsageError
from chain_timer.cli.figure_subject import Subject
from chain_timer.drawing.figure import Picture, glow_of
from chain_timer.drawing.figure_sheet import Cell
from chain_timer.figure.body import Body
from chain_timer.figure.choreography import Performance, pose_at
from chain_timer.figure.figure import Figure
from chain_timer.figure.figures import Figures
from chain_timer.figure.keyframes import keyframes, still_pose
from chain_timer.figure.pose import Pose, mirrored_pose
from chain_timer.figure.solver import solve
from chain_timer.problems import plain, quoted
from chain_timer.routine.exercise import Side
from chain_timer.routine.words import did_you_mean
from chain_timer.timeline.demonstration import demonstration, one_movement
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import SECOND_MS

_MOST_NAMED = 20
_MOST_DIGITS = 4


def picture_of(subject: Subject, pose: Pose) -> Picture:
    """Give a pose as it is on the subject's side."""
    left = subject.side is Side.LEFT
    return _picture(subject, solve(mirrored_pose(pose) if left else pose), subject.side)


def picture_at(subject: Subject, at: str | None) -> Picture:
    """Give a pose by its name or its step's number, or the one that tells the most. Raises UsageError."""
    if at is None:
        return picture_of(subject, still_pose(subject.figure, subject.exercise))
    return picture_of(subject, _pose(subject, at))


def picture_on_the_way(subject: Subject, share: float) -> Picture:
    """Give a moment of one repetition, or of the way into the hold."""
    timeline = one_movement(subject.moving_exercise(), subject.side)
    return _shown(subject, _performance(subject, timeline), round(share * timeline.duration_ms))


def cells(subject: Subject) -> tuple[Cell, ...]:
    """Give every pose of a figure with its words."""
    return tuple(
        Cell(each.name, each.words, picture_of(subject, each.pose))
        for each in keyframes(subject.figure, subject.exercise, subject.side)
    )


class Film:
    """The movement of a figure on one side, or on both in turn, a picture at a time."""

    def __init__(self, subject: Subject, sides: tuple[Side, ...], fps: int) -> None:
        self._subject = subject
        self._performance = _performance(subject, demonstration(subject.moving_exercise(), sides))
        self._fps = fps

    def __len__(self) -> int:
        return self._performance.timeline.duration_ms * self._fps // SECOND_MS

    def __getitem__(self, index: int) -> Picture:
        return _shown(self._subject, self._performance, index * SECOND_MS // self._fps)

    def __iter__(self) -> Iterator[Picture]:
        return (self[index] for index in range(len(self)))


def _pose(subject: Subject, at: str) -> Pose:
    poses, steps = subject.figure.poses, subject.figure.steps
    if at in poses:
        return poses[at]
    if at.isascii() and at.isdigit():
        number = int(at) if len(at) <= _MOST_DIGITS else 0
        if 1 <= number <= len(steps):
            return steps[number - 1]
        what, remedy = "step", "a share of the movement is written with a point, like 0.5"
    else:
        what = "pose"
        listed = ", ".join(plain(name, 40) for name in list(poses)[:_MOST_NAMED])
        remedy = did_you_mean(at[:200], poses, f"the poses are {listed}")
    raise UsageError(f"There is no {what} {quoted(at)}; the steps are 1 to {len(steps)}, and {remedy}")


class _OneFigure(Figures):
    """A figure that was read already, whatever its file is called."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject.path.parent)
        self._one = subject.figure

    def figure(self, exercise_id: str) -> Figure | None:
        return self._one if exercise_id == self._one.id else None


def _performance(subject: Subject, timeline: Timeline) -> Performance:
    return Performance(timeline, _OneFigure(subject))


def _shown(subject: Subject, performance: Performance, position_ms: int) -> Picture:
    shot = pose_at(performance, position_ms)
    if shot is None:
        raise AssertionError("a figure that fits its exercise shows all of it")
    made = _picture(subject, shot.body(), shot.side)
    return replace(made, mirrored=float(shot.mirrored))


def _picture(subject: Subject, body: Body, side: Side | None) -> Picture:
    exercise = subject.exercise
    leading = str(side) if side is not None and subject.leading else ""
    glow = glow_of(exercise.muscles, exercise.also, leading) if exercise else glow_of((), ())
    return Picture(subject.figure, body, glow, float(side is Side.LEFT))
