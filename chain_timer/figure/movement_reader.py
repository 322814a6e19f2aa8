"""How a figure moves, read from its file: the pose of each step, what is held, the ways down and up."""

from collections.abc import Callable
from dataclasses import dataclass

from chain_timer.figure.figure import Ease
from chain_timer.figure.poses_reader import Poses
from chain_timer.routine.exercise_reader import MOST_STEPS
from chain_timer.routine.table import Table
from chain_timer.routine.values import choice

NO_POSE = ""
"""No pose is called that."""
_MOST_ON_A_WAY = 10
_EXAMPLE = "[movement] on a line of its own"
_PHASE_EXAMPLE = '{ to = ["bottom"] }'


@dataclass(frozen=True, slots=True)
class NamedWay:
    """A way of a repetition, by the names of its poses."""

    to: tuple[str, ...]
    ease: Ease


_NO_WAY = NamedWay((NO_POSE,), Ease.SMOOTH)


@dataclass(frozen=True, slots=True)
class Movement:
    """Everything by the names of poses; in the place of what was told to be wrong stands ``NO_POSE``."""

    ready: str
    steps: tuple[str, ...]
    hold: str | None
    out: str
    down: NamedWay | None
    up: NamedWay | None


def movement_in(table: Table, poses: Poses) -> Movement:
    """Read the movement, and tell what is wrong with it."""
    if not table.has("movement"):
        table.place.problem("movement is missing", f"add {_EXAMPLE}")
    found = table.table("movement", _EXAMPLE)
    if found is None:
        return Movement(NO_POSE, (NO_POSE,), NO_POSE, NO_POSE, None, None)
    ready = found.required("ready", poses.name, NO_POSE, 'ready = "tall"')
    steps = _names_in(found, "steps", "step", poses.name, MOST_STEPS)
    if not found.has("steps"):
        found.place.problem("steps are missing", 'add a line like steps = ["tall", "fold"]')
    elif found.raw("steps") == []:
        found.place.at("steps").problem("there are none", "name one pose for each step")
    hold = found.get("hold", poses.name, NO_POSE) if found.has("hold") else None
    out = found.get("out", poses.name, NO_POSE) if found.has("out") else ready
    down, up = _way_in(found, "down", poses.name), _way_in(found, "up", poses.name)
    for one, other in (("down", "up"), ("up", "down")):
        if found.has(one) and not found.has(other):
            found.place.problem(f"there is a way {one} and none {other}", f"add [movement.{other}]")
            down, up = down or _NO_WAY, up or _NO_WAY
    if not any(found.has(key) for key in ("hold", "down", "up")):
        found.place.problem(
            "it neither holds a pose nor goes down and up",
            "add hold, or [movement.down] and [movement.up]",
        )
        hold = NO_POSE
    found.close()
    return Movement(ready, steps, hold, out, down, up)


def _names_in(table: Table, key: str, noun: str, name: Callable[[object], str], most: int) -> tuple[str, ...]:
    """Read a list of poses. What is no pose keeps its place: those around it do not follow each other."""
    found: list[str] = []
    for count, (place, entry) in enumerate(table.entries(key, noun), 1):
        if count > most:
            table.place.at(key).problem(f"there are more than {most}", f"use at most {most}")
            found.append(NO_POSE)
            break
        found.append(place.read(entry, name, NO_POSE))
    return tuple(found) or (NO_POSE,)


def _way_in(table: Table, key: str, name: Callable[[object], str]) -> NamedWay | None:
    if not table.has(key):
        return None
    found = table.table(key, _PHASE_EXAMPLE)
    if found is None:
        return _NO_WAY
    to = _names_in(found, "to", "to", name, _MOST_ON_A_WAY)
    if not found.has("to") or found.raw("to") == []:
        found.place.problem("it goes nowhere", 'add a line like to = ["bottom"]')
    ease = found.get("ease", choice(Ease), Ease.SMOOTH)
    found.close()
    return NamedWay(to, ease)
