"""Which poses a figure goes through: into the work, through a repetition, and out of it."""

from collections.abc import Iterable
from itertools import takewhile

from chain_timer.figure.figure import Figure, Phase
from chain_timer.figure.pose import Pose

Course = tuple[Pose, ...]
"""Poses in order, no two neighbors the same; the first is where it starts."""


def course(poses: Iterable[Pose]) -> Course:
    """Leave out poses that change nothing."""
    kept: list[Pose] = []
    for pose in poses:
        if not kept or kept[-1] != pose:
            kept.append(pose)
    return tuple(kept)


def start_of_work(figure: Figure, *, by_reps: bool, up_first: bool) -> Pose:
    """The pose that work starts and ends in: the one held, or where a repetition begins.

    A stretch that is done in repetitions begins each of them where the exercise does.
    """
    if figure.down is not None and figure.up is not None and (by_reps or figure.hold is None):
        return (figure.down if up_first else figure.up).to[-1]
    if figure.hold is None or by_reps:
        return figure.ready
    return figure.hold


def phases_of(figure: Figure) -> tuple[Phase, Phase]:
    """The ways down and up; a stretch that is done in repetitions goes into it and out again."""
    if figure.down is not None and figure.up is not None:
        return figure.down, figure.up
    goal = figure.hold or figure.steps[-1]
    return Phase(way_in(figure, goal)[1:] or (goal,)), Phase(course((figure.out, figure.ready)))


def way_in(figure: Figure, start: Pose) -> Course:
    """From being ready to the pose that work starts in, through the steps that lead there.

    Steps of a repetition itself are no way into it.
    """
    at_work = [start, *(pose for phase in (figure.down, figure.up) if phase for pose in phase.to)]
    leading = takewhile(lambda step: step not in at_work, figure.steps)
    return course((figure.ready, *leading, start))


def way_out(figure: Figure, end: Pose) -> Course:
    """From where work ended back to being ready."""
    return course((end, figure.out, figure.ready))
