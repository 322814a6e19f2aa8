"""Figures read from files: their poses, the pose of each step, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from chain_timer.figure.courses import Course, course, phases_of, start_of_work, way_in, way_out
from chain_timer.figure.figure import Figure, Phase, Thing, View
from chain_timer.figure.movement_reader import NamedWay, movement_in
from chain_timer.figure.numbers import number, numbers, word
from chain_timer.figure.pose import Prop
from chain_timer.figure.poses_reader import Poses, Surroundings, poses_in
from chain_timer.figure.soundness import check_way
from chain_timer.figure.vectors import Vec
from chain_timer.problems import FileProblemsError, Problem
from chain_timer.routine.exercise import Exercise, Hold
from chain_timer.routine.exercise_reader import id_of
from chain_timer.routine.table import Place, Report, Table, as_table, safe_key
from chain_timer.routine.toml_file import read_toml, source_text
from chain_timer.routine.values import BadValueError
from chain_timer.routine.words import did_you_mean

MOST_THINGS = 20

_TABLES = frozenset({"poses", "movement", "view"})
"""What only the file of a figure has."""
_STANDING = (Prop.CHAIR, Prop.MAT, Prop.RACK, Prop.PULLUP_BAR)
_MOVED = (Prop.KETTLEBELL, Prop.KETTLEBELLS, Prop.BARBELL)
_PLACE = numbers("[0, 0, 0]", (-3.0, 3.0), (-3.0, 3.0), (0.0, 3.0))
_TURN = number(-180.0, 180.0)
_HEIGHT = number(-20.0, 80.0)
_VIEW_EXAMPLE = "view = { turn = 35, height = 8 }"
_THING_EXAMPLE = '{ kind = "chair", at = [0, 0, 0] }'


def read_figure(path: Path, *, trusted: bool = False) -> Figure:
    """Read the figure of a file. Raises FileProblemsError with everything that is wrong with it.

    Whether a body can do its poses takes most of the time; a trusted file is not asked.
    """
    report = Report()
    figure_id = id_of(path.stem, Place(report))
    figure = _figure_in(Table(read_toml(path), Place(report)), figure_id, trusted=trusted)
    report.raise_if_any(source_text(path))
    return figure


def holds_figure(path: Path) -> bool:
    """Whether a file is there to be read as a figure, sound or not."""
    if path.absolute().parent.name == "figures":
        return True
    try:
        return not _TABLES.isdisjoint(read_toml(path))
    except FileProblemsError:
        return False


def check_figure_file(path: Path, exercises: Mapping[str, Exercise]) -> tuple[Problem, ...]:
    """Everything that is wrong with a figure's file by itself, then with it for its exercise."""
    try:
        return check_fit(read_figure(path), exercises)
    except FileProblemsError as error:
        return error.problems


def check_fit(figure: Figure, exercises: Mapping[str, Exercise]) -> tuple[Problem, ...]:
    """Tell where a figure does not go together with the exercise it is named after."""
    exercise = exercises.get(figure.id)
    if exercise is None:
        remedy = did_you_mean(figure.id, exercises, "name the file like the exercise")
        return (Problem("", f"there is no exercise {figure.id}", remedy),)
    return check_figure(figure, exercise)


def check_figure(figure: Figure, exercise: Exercise) -> tuple[Problem, ...]:
    """Tell where a figure and its exercise do not go together."""
    found: list[Problem] = []
    poses, steps = len(figure.steps), len(exercise.steps)
    if poses != steps:
        there_are = "there is 1 pose" if poses == 1 else f"there are {poses} poses"
        what = f"{there_are} for the {steps} steps of {exercise.id}"
        found.append(Problem("movement, steps", what, "name one pose for each step"))
    if isinstance(exercise.work, Hold):
        if figure.hold is None:
            what = f"hold is missing, and {exercise.id} is held"
            found.append(Problem("movement", what, 'add a line like hold = "fold"'))
    elif figure.down is None or figure.up is None:
        what = f"the ways down and up are missing, and {exercise.id} is done in reps"
        found.append(Problem("movement", what, "add [movement.down] and [movement.up]"))
    return tuple(found)


def _figure_in(table: Table, figure_id: str, *, trusted: bool) -> Figure:
    """Read a figure; with problems, which are told, only what is sound of it is as its author meant it."""
    view = _view_in(table)
    things = tuple(_things_in(table))
    moved = table.get("moved", word(_MOVED), None)
    around = Surroundings(Prop(moved) if moved else None, things)
    poses = poses_in(table, around, trusted=trusted)
    movement = movement_in(table, poses)
    table.close()
    figure = Figure(
        figure_id,
        view,
        things,
        around.moved,
        MappingProxyType(dict(poses.sound)),
        movement.steps,
        poses.pose(movement.ready),
        tuple(map(poses.pose, movement.steps)),
        poses.pose(movement.hold) if movement.hold is not None else None,
        poses.pose(movement.out),
        _phase(movement.down, poses),
        _phase(movement.up, poses),
    )
    if not trusted:
        _check_ways(figure, table.place)
    return figure


def _view_in(table: Table) -> View:
    found = table.table("view", _VIEW_EXAMPLE)
    if found is None:
        return View()
    view = View(found.get("turn", _TURN, View().turn), found.get("height", _HEIGHT, View().height))
    found.close()
    return view


def _things_in(table: Table) -> Iterator[Thing]:
    for count, (place, entry) in enumerate(table.entries("things", "thing"), 1):
        if count > MOST_THINGS:
            table.place.at("things").problem(
                f"there are more than {MOST_THINGS}", f"use at most {MOST_THINGS}"
            )
            return
        found = as_table(entry, place, _THING_EXAMPLE)
        if found is None:
            continue
        kind = found.required("kind", word(_STANDING), "", 'kind = "chair"')
        at = found.get("at", _place, (0.0, 0.0, 0.0))
        found.close()
        if kind:
            yield Thing(Prop(kind), at)


def _place(value: object) -> Vec:
    ahead, left, up = _PLACE(value)
    if left:
        what = f"it stands {abs(left):g} m to the {'left' if left > 0 else 'right'}"
        remedy = f"use [{ahead:g}, 0, {up:g}]: only what stands in the middle is the same for both sides"
        raise BadValueError(what, remedy)
    return (ahead, 0.0, up)


def _phase(way: NamedWay | None, poses: Poses) -> Phase | None:
    return Phase(tuple(map(poses.pose, way.to)), way.ease) if way else None


def _check_ways(figure: Figure, place: Place) -> None:
    """Tell what goes wrong between sound poses that follow each other, each way once."""
    names = {id(pose): safe_key(name) for name, pose in figure.poses.items()}
    checked: set[tuple[str, str]] = set()
    for start, goal in (pair for way in _ways(figure) for pair in pairwise(way)):
        if id(start) not in names or id(goal) not in names:
            continue
        between = (names[id(start)], names[id(goal)])
        if between not in checked:
            checked.add(between)
            check_way(start, goal, figure.moved, place.at(f"between {between[0]} and {between[1]}"))


def _ways(figure: Figure) -> Iterator[Course]:
    yield course((figure.ready, *figure.steps))
    down, up = phases_of(figure)
    yield course((up.to[-1], *down.to))
    yield course((down.to[-1], *up.to))
    for up_first in (False, True):
        start = start_of_work(figure, by_reps=figure.hold is None, up_first=up_first)
        yield way_in(figure, start)
        yield course((figure.steps[-1], start))
        yield way_out(figure, start)
