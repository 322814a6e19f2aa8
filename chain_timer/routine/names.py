"""What muscles and equipment are called, and the program's words about itself and safety."""

from collections.abc import Iterable
from dataclasses import dataclass

from chain_timer.resources import resource_path
from chain_timer.routine.toml_file import read_toml


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle or group of muscles that exercises name."""

    id: str
    name: str
    group: str
    """``lower`` or ``upper`` body."""
    chain: bool
    """Whether it is one of the posterior chain."""


@dataclass(frozen=True, slots=True)
class Names:
    """What ids of muscles and equipment are called; an id nobody knows is its own name."""

    muscles: dict[str, Muscle]
    equipment: dict[str, str]
    no_equipment: str = "No equipment"

    def muscle_name(self, muscle_id: str) -> str:
        muscle = self.muscles.get(muscle_id)
        return muscle.name if muscle else muscle_id

    def equipment_name(self, equipment_id: str) -> str:
        return self.equipment.get(equipment_id, equipment_id)

    def muscle_text(self, ids: Iterable[str]) -> str:
        """Name muscles in a line: ``Hamstrings, glutes``; empty when there are none."""
        return _sentence([self.muscle_name(muscle_id) for muscle_id in ids])

    def equipment_text(self, ids: Iterable[str]) -> str:
        """Name equipment in a line: ``Chair, mat`` or ``No equipment``."""
        return _sentence([self.equipment_name(thing) for thing in ids]) or self.no_equipment


@dataclass(frozen=True, slots=True)
class About:
    """What the program says of itself and of safety, where a person sees it and not in the way."""

    safety: str
    chain: str
    why: str
    dose: str


def built_in_names() -> Names:
    muscles = read_toml(resource_path("muscles.toml"))
    equipment = read_toml(resource_path("equipment.toml"))
    things = equipment["equipment"]
    return Names(
        {key: _muscle(key, value) for key, value in muscles.items() if isinstance(value, dict)},
        {key: str(value["name"]) for key, value in things.items()} if isinstance(things, dict) else {},
        str(equipment["none"]),
    )


def read_about() -> About:
    values = read_toml(resource_path("about.toml"))
    return About(*(str(values[key]).strip() for key in ("safety", "chain", "why", "dose")))


def _muscle(muscle_id: str, values: dict[str, object]) -> Muscle:
    return Muscle(muscle_id, str(values["name"]), str(values["group"]), bool(values.get("chain")))


def _sentence(names: list[str]) -> str:
    return ", ".join([*names[:1], *(name[:1].lower() + name[1:] for name in names[1:])])
