"""All poses of a figure's file: each with what it takes over from others, and whether a body can do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from chain_timer.figure.figure import Thing
from chain_timer.figure.pose import (
    FreeLeg,
    Held,
    InHands,
    OnBack,
    OnProp,
    Pose,
    Prop,
    Standing,
    Swung,
)
from chain_timer.figure.pose_reader import PoseParts, parts_in
from chain_timer.figure.soundness import check_pose
from chain_timer.problems import Problem, quoted
from chain_timer.routine.table import Place, Table, as_table, safe_key
from chain_timer.routine.values import BadValueError, shown, text
from chain_timer.routine.words import clean_line, did_you_mean

MOST_POSES = 40
_POSES_EXAMPLE = "[poses.tall] on a line of its own"
_NAME = text(40)
_NOWHERE = -1.0
"""A height that no pose can be given."""


class _Handling(NamedTuple):
    """How a thing can be held, and how that is written."""

    ways: tuple[type[Held], ...]
    example: str


_HANDLINGS: Mapping[Prop, _Handling] = {
    Prop.KETTLEBELL: _Handling((Standing, Swung), "prop = { at = [0.3, 0, 0.235] }"),
    Prop.KETTLEBELLS: _Handling((InHands,), 'prop = "hands"'),
    Prop.BARBELL: _Handling((Standing, Swung, OnBack), "prop = { at = [0.3, 0, 0.2] }"),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the poses of a figure have to do with."""

    moved: Prop | None
    things: tuple[Thing, ...]

    @property
    def bar(self) -> Held | None:
        """The bar that is hung from; hands grip it where nothing is moved."""
        bars = [thing for thing in self.things if thing.kind is Prop.PULLUP_BAR]
        return Standing(bars[0].at) if bars and self.moved is None else None


@dataclass(frozen=True, slots=True)
class Poses:
    """The poses that can be done, by name, and the names of all there are."""

    sound: Mapping[str, Pose]
    names: tuple[str, ...]

    def pose(self, name: str) -> Pose:
        """Give a pose by its name; in the place of one that cannot be done, one that is like no other."""
        if name in self.sound:
            return self.sound[name]
        number = self.names.index(name) if name in self.names else -1
        return Pose((float(number), 0.0, _NOWHERE), FreeLeg(), FreeLeg())

    def name(self, value: object) -> str:
        """Read the name of a pose. Raises BadValueError."""
        if isinstance(value, str) and value in self.names:
            return value
        word = _NAME(value)
        listed = ", ".join(safe_key(name) for name in self.names[:10])
        otherwise = f"the poses are {listed}" if listed else "add one"
        raise BadValueError(f"there is no pose {quoted(word)}", did_you_mean(word, self.names, otherwise))


def poses_in(table: Table, around: Surroundings, *, trusted: bool) -> Poses:
    """Read all poses; those of a trusted file are not tried out."""
    found = table.table("poses", _POSES_EXAMPLE)
    if found is None or not found.keys:
        if not table.has("poses") or found is not None:
            table.place.problem("there are no poses", f"add {_POSES_EXAMPLE}")
        return Poses({}, ())
    if len(found.keys) > MOST_POSES:
        found.place.problem(f"there are more than {MOST_POSES}", f"use at most {MOST_POSES}")
    names = found.keys[:MOST_POSES]
    reader = _Reader(found, names, around, trusted=trusted)
    sound = {name: pose for name in names if (pose := reader.pose(name)) is not None}
    return Poses(sound, found.keys)


class _Reader:
    """Reads the tables of the poses, then puts each together with those it comes from."""

    def __init__(self, table: Table, names: tuple[str, ...], around: Surroundings, *, trusted: bool) -> None:
        self._place = table.place
        self._around = around
        self._trusted = trusted
        self._parts: dict[str, PoseParts] = {}
        self._bases: dict[str, str] = {}
        self._unsound: set[str] = set()
        for name in names:
            self._read(table, name, names)

    def pose(self, name: str) -> Pose | None:
        """Give a pose that a body can do; None after telling what is wrong with it."""
        line = self._line(name)
        if line is None:
            return None
        parts = self._parts[line[-1]]
        for each in reversed(line[:-1]):
            parts = self._parts[each].over(parts)
        place = self._at(name)
        told = self._told()
        pose = parts.pose(place, self._prop(parts, place))
        if pose is not None and self._told() == told and not self._trusted:
            check_pose(pose, self._around.moved, place)
        return pose if self._told() == told else None

    def _read(self, table: Table, name: str, names: tuple[str, ...]) -> None:
        told = self._told()
        if not clean_line(name):
            self._place.problem("a pose has no name", "write it like [poses.tall]")
        pose = as_table(table.raw(name), self._at(name), "[poses.tall] with lines below it")
        if pose is not None:
            base = pose.get("from", lambda value: _base(value, name, names), None)
            self._parts[name] = parts = parts_in(pose)
            self._check_handling(parts.prop, self._at(name).at("prop"))
            if base is not None:
                self._bases[name] = base
        if self._told() != told:
            self._unsound.add(name)

    def _line(self, name: str) -> list[str] | None:
        """Name the poses a pose comes from, itself first; None where one of them is not known."""
        line = [name]
        while (base := self._bases.get(line[-1])) is not None:
            if base in line:
                # Told once, at the first of them; the others come from it.
                if name == base and name == min(line, key=self._order):
                    circle = ", ".join(safe_key(each) for each in [*line, base])
                    self._at(name).at("from").problem(f"it goes in a circle: {circle}", "leave out one from")
                return None
            line.append(base)
        return None if self._unsound.intersection(line) else line

    def _order(self, name: str) -> int:
        return list(self._parts).index(name)

    def _prop(self, parts: PoseParts, place: Place) -> Held | None:
        prop = parts.prop or self._around.bar
        moved = self._around.moved
        if parts.prop is not None and moved is None:
            place.at("prop").problem("nothing is moved", 'add moved = "kettlebell" above the poses')
        elif parts.prop is None and moved is not None:
            is_there = "are" if moved is Prop.KETTLEBELLS else "is"
            what = f"it does not say where the {moved} {is_there}"
            place.problem(what, f"add {_HANDLINGS[moved].example}")
        else:
            self._check_grip(parts, prop, place)
        return prop

    def _check_handling(self, prop: Held | None, place: Place) -> None:
        moved = self._around.moved
        if prop is None or moved is None or isinstance(prop, _HANDLINGS[moved].ways):
            return
        are = "kettlebells are" if moved is Prop.KETTLEBELLS else f"a {moved} is"
        place.problem(f"{are} not held like that", f"write {_HANDLINGS[moved].example}")

    @staticmethod
    def _check_grip(parts: PoseParts, prop: Held | None, place: Place) -> None:
        for side, arm in parts.arms.items():
            if not isinstance(arm, OnProp):
                continue
            if prop is None:
                place.at(f"{side}_arm").problem("there is nothing to grip", 'add moved, or a "pullup-bar"')
            elif isinstance(prop, InHands):
                place.at(f"{side}_arm").problem("what is in the hands goes with them", "say how the arm is")

    def _at(self, name: str) -> Place:
        return self._place.at(safe_key(name))

    def _told(self) -> tuple[Problem, ...]:
        # Not how many: past the first hundred only the last changes, which says how many more there are.
        return self._place.report.problems


def _base(value: object, name: str, names: tuple[str, ...]) -> str:
    if value == name:
        raise BadValueError("it comes from itself", "name another pose")
    if isinstance(value, str) and value in names:
        return value
    if not isinstance(value, str):
        raise BadValueError(f"{shown(value)} is not text", "put it in quotes")
    raise BadValueError(
        f"there is no pose {shown(value)}", did_you_mean(value, names, "name one of this file")
    )
