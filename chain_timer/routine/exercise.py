"""An exercise: one movement or stretch, with what a person needs to know to do it."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """The half of the body at work, for exercises done on each side."""

    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Hold:
    """Work measured in time in one position."""

    length_ms: int


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long one repetition takes, by its phases, in milliseconds; a phase of zero is left out."""

    down_ms: int
    pause_ms: int
    up_ms: int
    up_first: bool = False
    """True when a repetition starts with the way up, as a pullup does; the pause is always in the middle."""

    @property
    def rep_ms(self) -> int:
        return self.down_ms + self.pause_ms + self.up_ms


@dataclass(frozen=True, slots=True)
class Reps:
    """Work measured in repetitions with a tempo; self-paced ones wait until the person says done."""

    count: int
    tempo: Tempo
    self_paced: bool = False

    @property
    def length_ms(self) -> int:
        return self.count * self.tempo.rep_ms


Work = Hold | Reps


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction sentence, and the same sentence with right and left exchanged."""

    right: str
    left: str

    def text(self, side: Side | None) -> str:
        return self.left if side is Side.LEFT else self.right


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement or stretch: its name, steps, muscles and equipment, and its usual work."""

    id: str
    name: str
    steps: tuple[Step, ...]
    """May be none: what another program brought along often has but a name."""
    work: Work
    sided: bool = False
    side_noun: str = "side"
    """What "right" and "left" are said of: ``leg`` gives "right leg"."""
    muscles: tuple[str, ...] = ()
    """Ids of the main muscles (``resources/muscles.toml``)."""
    also: tuple[str, ...] = ()
    """Ids of the muscles that help."""
    equipment: tuple[str, ...] = ()
    """Ids of the equipment (``resources/equipment.toml``)."""
    key_cue: str = ""
    """The one thing to remember, said at coaching level *cues*."""
    easier: str = ""
    """An easier way to do it, shown with the steps; empty when there is none."""
    summary: str = ""
    out: Step | None = None
    """How to leave the position, said after the work and never before it."""
    equipment_note: str = ""
    """Which kind of equipment, or what may stand in for it; shown, never said."""
    picture: str = ""
    """The name of its own picture, which lies beside its file; empty when it has none."""
    source: str = ""
    """Where it comes from: a collection, a program, a person; shown, never said."""
    license: str = ""
    """What others who made it ask of those who use it; shown, never said."""
