"""Poses read from the tables of a figure's file, each alone or with what it takes over from another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from chain_timer.figure.numbers import number, numbers, word
from chain_timer.figure.pose import (
    Arm,
    Crossed,
    FreeArm,
    FreeLeg,
    Held,
    InHands,
    Kneeling,
    Leg,
    OnBack,
    OnBody,
    OnFloor,
    OnProp,
    Part,
    Planted,
    Pose,
    Standing,
    Swung,
)
from chain_timer.figure.skeleton import LIMITS, SIDES
from chain_timer.figure.vectors import Vec
from chain_timer.routine.table import Place, Report, Table, as_table

L = TypeVar("L", Leg, Arm)

_AHEAD = (-2.0, 2.0)
_OUT = (-1.0, 1.0)
_HIPS_EXAMPLE = "hips = [0, 0.93]"
_FOOT_EXAMPLE = "{ at = [0, 0.10] }"
_ARM_EXAMPLE = "{ raised = 0, out = 8, bent = 8 }"
_PROP_EXAMPLE = "{ at = [0.3, 0, 1.2] }"

_FLOOR = numbers("[0, 0.10]", _AHEAD, _OUT)
_PLACE = numbers("[0.3, 0, 1.2]", _AHEAD, _OUT, (0.0, 3.0))
_SWING = numbers("[70, 0.5]", (-90.0, 200.0), (0.05, 1.2))
_HIPS_FLAT = numbers("[0, 0.93]", _AHEAD, (0.0, 2.0))
_HIPS_FULL = numbers("[0, 0, 0.93]", _AHEAD, _OUT, (0.0, 2.0))
_SHARE = number(0.0, 1.0)
_SWIVEL = number(-180.0, 180.0)
_KNEE_OUT = number(-100.0, 100.0)
_TOES_UP = number(-90.0, 60.0)
_FOOT_TURN = number(-60.0, 90.0)
_BENT = number(0.0, 150.0)
_LEG_RAISED = number(-60.0, 160.0)
_ARM_RAISED = number(-90.0, 230.0)
_LIMB_OUT = number(-60.0, 89.0)
_GRIP = number(0.0, 1.0)
_SHIFT = number(-0.3, 0.3)

_FREE_LEG, _CROSSED, _FREE_ARM = FreeLeg(), Crossed(), FreeArm()
_ON_BODY = OnBody(Part.THIGH)

_NUMBERS: Mapping[str, Callable[[object], float]] = {
    "lean": number(-120.0, 180.0),
    "tilt": number(-60.0, 60.0),
    "turn": number(-180.0, 180.0),
    "waist": number(*LIMITS["waist"]),
    "ribs": number(*LIMITS["ribs"]),
    "twist": number(-60.0, 60.0),
    "neck": number(*LIMITS["neck"]),
    "look": number(-90.0, 90.0),
    "shrug": number(-0.1, 0.1),
    "back": number(-0.1, 0.1),
}
_ARM_CONTACTS = ("floor", "prop", *(part.value for part in Part))
_HELD_WORDS: Mapping[str, Held] = {"back": OnBack(), "hands": InHands()}


@dataclass(frozen=True, slots=True)
class PoseParts:
    """What the table of one pose says; what it leaves out it takes from another, or from how people stand."""

    hips: Vec | None
    legs: Mapping[str, Leg]
    arms: Mapping[str, Arm]
    numbers: Mapping[str, float]
    prop: Held | None

    def over(self, base: "PoseParts") -> "PoseParts":
        """Fill in from another pose; a limb that is given is given whole."""
        return PoseParts(
            self.hips or base.hips,
            {**base.legs, **self.legs},
            {**base.arms, **self.arms},
            {**base.numbers, **self.numbers},
            self.prop or base.prop,
        )

    def pose(self, place: Place, prop: Held | None) -> Pose | None:
        """Make the pose with what is moved where it is; None after telling what it lacks."""
        if self.hips is None:
            place.problem("hips are missing", f"add a line like {_HIPS_EXAMPLE}")
        missing = [side for side in SIDES if side not in self.legs]
        if missing:
            what = "feet are missing" if len(missing) > 1 else f"the {missing[0]} foot is missing"
            key = "feet" if len(missing) > 1 else f"{missing[0]}_foot"
            place.problem(what, f"add a line like {key} = {_FOOT_EXAMPLE}")
        crossed = [side for side in SIDES if isinstance(self.legs.get(side), Crossed)]
        if crossed == list(SIDES):
            place.problem("only one leg can rest on the other", "say where the foot of the other one is")
        if self.hips is None or missing or crossed == list(SIDES):
            return None
        return Pose(
            self.hips,
            self.legs["right"],
            self.legs["left"],
            self.arms.get("right", FreeArm()),
            self.arms.get("left", FreeArm()),
            prop=prop,
            **self.numbers,
        )


def parts_in(table: Table) -> PoseParts:
    """Read what a pose says of itself. ``from`` is left to whoever knows the other poses."""
    parts = PoseParts(
        _hips_in(table),
        _limbs_in(table, "feet", "foot", _leg_from),
        _limbs_in(table, "arms", "arm", _arm_from),
        dict(_numbers_in(table)),
        _prop_in(table),
    )
    table.has("from")
    table.close()
    return parts


def _numbers_in(table: Table) -> Iterator[tuple[str, float]]:
    for name, read in _NUMBERS.items():
        if (found := table.get(name, read, None)) is not None:
            yield name, found


def _hips_in(table: Table) -> Vec | None:
    value = table.raw("hips")
    if isinstance(value, list) and len(value) == 3:  # noqa: PLR2004 - forward, left, up
        full = table.get("hips", _HIPS_FULL, None)
        return (full[0], full[1], full[2]) if full else None
    flat = table.get("hips", _HIPS_FLAT, None)
    return (flat[0], 0.0, flat[1]) if flat else None


def _limbs_in(table: Table, both: str, noun: str, read: Callable[[str, Table], L | None]) -> dict[str, L]:
    """Read the limbs of both sides: from the key that means both, and over it from those of one side."""
    found: dict[str, L] = {}
    for key, sides in ((both, SIDES), *((f"{side}_{noun}", (side,)) for side in SIDES)):
        if not table.has(key):
            continue
        for number_of_side, side in enumerate(sides):
            # What is wrong with both is told once.
            place = table.place.at(key) if number_of_side == 0 else Place(Report())
            limb = as_table(table.raw(key), place, _FOOT_EXAMPLE if noun == "foot" else _ARM_EXAMPLE)
            if limb is not None and (value := read(side, limb)) is not None:
                found[side] = value
    return found


def _leg_from(side: str, table: Table) -> Leg | None:
    if table.has("at"):
        return _planted(side, table)
    if table.has("kneel"):
        return _kneeling(side, table)
    if table.has("on"):
        return _crossed(table)
    leg = FreeLeg(
        table.get("raised", _LEG_RAISED, _FREE_LEG.raised),
        table.get("out", _LIMB_OUT, _FREE_LEG.out),
        table.get("bent", _BENT, _FREE_LEG.bent),
        table.get("toes_up", _TOES_UP, _FREE_LEG.toes_up),
        table.get("knee", _KNEE_OUT, _FREE_LEG.knee),
    )
    table.close()
    return _if_any(table, leg, 'at = [forward, out], kneel, on = "thigh", or raised = 30')


def _planted(side: str, table: Table) -> Leg | None:
    at = table.get("at", _FLOOR, None)
    turn = table.get("turn", _FOOT_TURN, 0.0)
    toes_up = table.get("toes_up", _TOES_UP, 0.0)
    knee = table.get("knee", _KNEE_OUT, 0.0)
    table.close()
    return Planted(_on_side(side, at), turn, toes_up, knee) if at else None


def _kneeling(side: str, table: Table) -> Leg | None:
    at = table.get("kneel", _FLOOR, None)
    knee = table.get("knee", _KNEE_OUT, 0.0)
    table.close()
    return Kneeling(_on_side(side, at), knee) if at else None


def _crossed(table: Table) -> Leg:
    table.get("on", word(["thigh"]), None)
    crossed = Crossed(
        table.get("along", _SHARE, _CROSSED.along),
        table.get("knee", _KNEE_OUT, _CROSSED.knee),
        table.get("toes_up", _TOES_UP, _CROSSED.toes_up),
    )
    table.close()
    return crossed


def _arm_from(side: str, table: Table) -> Arm | None:
    if table.has("on"):
        contact = table.get("on", word(_ARM_CONTACTS), None)
        if contact is None:
            return None
        return _touching(side, contact, table)
    arm = FreeArm(
        table.get("raised", _ARM_RAISED, _FREE_ARM.raised),
        table.get("out", _LIMB_OUT, _FREE_ARM.out),
        table.get("bent", _BENT, _FREE_ARM.bent),
        table.get("elbow", _SWIVEL, _FREE_ARM.elbow),
    )
    table.close()
    return _if_any(table, arm, 'on = "prop", or raised = 30')


def _touching(side: str, contact: str, table: Table) -> Arm | None:
    elbow = table.get("elbow", _SWIVEL, 0.0)
    arm: Arm | None
    if contact == "floor":
        if not table.has("at"):
            table.place.problem("at is missing", "add at = [0.5, 0.2]")
        at = table.get("at", _FLOOR, None)
        turn = table.get("turn", _FOOT_TURN, 0.0)
        arm = OnFloor(_on_side(side, at), turn, elbow) if at else None
    elif contact == "prop":
        arm = OnProp(table.get("out", _GRIP, 0.0), elbow)
    else:
        along = table.get("along", _SHARE, _ON_BODY.along)
        whose = table.get("side", word(SIDES), "")
        arm = OnBody(Part(contact), along, whose, table.get("shift", _SHIFT, 0.0), elbow)
    table.close()
    return arm


def _if_any(table: Table, limb: L, example: str) -> L | None:
    if table.keys:
        return limb
    table.place.problem("it says nothing", f"write {example}")
    return None


def _on_side(side: str, at: tuple[float, ...]) -> tuple[float, float]:
    """Turn a distance outward into one to the left."""
    return (at[0], -at[1] if side == "right" else at[1])


def _prop_in(table: Table) -> Held | None:
    value = table.raw("prop")
    if value is None:
        return None
    if isinstance(value, str):
        held = table.get("prop", word(tuple(_HELD_WORDS)), None)
        return _HELD_WORDS[held] if held else None
    where = as_table(value, table.place.at("prop"), _PROP_EXAMPLE)
    if where is None:
        return None
    at, swing = where.get("at", _PLACE, None), where.get("swing", _SWING, None)
    where.close()
    if where.has("at") == where.has("swing"):
        where.place.problem("it needs either at or swing", f"write it like {_PROP_EXAMPLE}")
    if at:
        return Standing((at[0], at[1], at[2]))
    return Swung(swing[0], swing[1]) if swing else None
