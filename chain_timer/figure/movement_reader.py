"""How a figure moves, read from its file: the pose of each step, what is held, the ways down and up."""

from collections.abc import Callable
from dataclasses import dataclass

from chain_timer.figure.figure import Ease
from chain_timer.figure.poses_reader import Poses
from chain_timer.routine.exercise_reader import MOST_STEPS
from chain_timer.routine.table import Table
from chain_timer.routine.values import choice

_MOST_ON_A_WAY = 10
_EXAMPLE = "[movement] on a line of its own"
_PHASE_EXAMPLE = '{ to = ["bottom"] }'


@dataclass(frozen=True, slots=True)
class Way:
    """A way of a repetition, by the names of its poses."""

    to: tuple[str, ...]
    ease: Ease


@dataclass(frozen=True, slots=True)
class Movement:
    """Everything by the names of poses; with problems, which are told, it is only good to go on with."""

    ready: str
    steps: tuple[str, ...]
    hold: str | None
    out: str
    down: Way | None
    up: Way | None


def movement_in(table: Table, poses: Poses) -> Movement | None:
    """Read the movement. None, after telling it, where there is none."""
    if not table.has("movement"):
        table.place.problem("movement is missing", f"add {_EXAMPLE}")
    found = table.table("movement", _EXAMPLE)
    if found is None:
        return None
    ready = found.required("ready", poses.name, "", 'ready = "tall"')
    steps = found.listed("steps", "step", poses.name, MOST_STEPS)
    if not found.has("steps"):
        found.place.problem("steps are missing", 'add a line like steps = ["tall", "fold"]')
    elif found.raw("steps") == []:
        found.place.at("steps").problem("there are none", "name one pose for each step")
    hold = found.get("hold", poses.name, None)
    out = found.get("out", poses.name, ready)
    down, up = _way_in(found, "down", poses.name), _way_in(found, "up", poses.name)
    for one, other in (("down", "up"), ("up", "down")):
        if found.has(one) and not found.has(other):
            found.place.problem(f"there is a way {one} and none {other}", f"add [movement.{other}]")
    if not any(found.has(key) for key in ("hold", "down", "up")):
        found.place.problem(
            "it neither holds a pose nor goes down and up",
            "add hold, or [movement.down] and [movement.up]",
        )
    found.close()
    return Movement(ready, steps, hold, out, down, up)


def _way_in(table: Table, key: str, name: Callable[[object], str]) -> Way | None:
    found = table.table(key, _PHASE_EXAMPLE)
    if found is None:
        return None
    to = found.listed("to", "to", name, _MOST_ON_A_WAY)
    if not found.has("to") or found.raw("to") == []:
        found.place.problem("it goes nowhere", 'add a line like to = ["bottom"]')
    ease = found.get("ease", choice(Ease), Ease.SMOOTH)
    found.close()
    return Way(to, ease)
