"""The tone sets a person can choose from, as data: what is struck when, and how it rings."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from chain_timer.timeline.segment import Tone

DEFAULT_TONE_SET = "soft"


@dataclass(frozen=True, slots=True)
class Partial:
    """One sine of a timbre."""

    ratio: float
    """Of its pitch to the note's."""
    level: float
    fade_ms: int
    """Until it has fallen to a third."""


@dataclass(frozen=True, slots=True)
class Note:
    hertz: float
    at_ms: int = 0
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class ToneSet:
    title: str
    attack_ms: float
    """From silence to full: long enough to be no click, short enough to mark a moment."""
    timbre: tuple[Partial, ...]
    notes: Mapping[Tone, tuple[Note, ...]]


def _melody(a: float) -> Mapping[Tone, tuple[Note, ...]]:
    """Rise at the start, fall at the end, one high note halfway, a low tick, and a chord to finish on."""
    fourth, fifth, octave = a * 4 / 3, a * 3 / 2, a * 2
    return MappingProxyType(
        {
            Tone.START: (Note(a), Note(fifth, 110)),
            Tone.HALF: (Note(fourth, 0, 0.8),),
            Tone.TICK: (Note(a, 0, 0.8),),
            Tone.END: (Note(fifth), Note(a, 130)),
            Tone.FINISH: (Note(a), Note(a * 5 / 4, 160), Note(fifth, 320), Note(octave, 480)),
        }
    )


TONE_SETS: Mapping[str, ToneSet] = MappingProxyType(
    {
        "soft": ToneSet(
            "Soft",
            4.0,
            (Partial(1, 1.0, 150), Partial(2, 0.22, 90), Partial(3, 0.06, 50)),
            _melody(587.33),
        ),
        "bell": ToneSet(
            "Bell",
            1.5,
            (Partial(1, 1.0, 260), Partial(2.0, 0.45, 190), Partial(2.76, 0.3, 120), Partial(5.4, 0.14, 45)),
            _melody(659.26),
        ),
        "wood": ToneSet(
            "Wood",
            1.0,
            (Partial(1, 1.0, 55), Partial(3.93, 0.35, 18), Partial(9.2, 0.12, 7)),
            _melody(440.0),
        ),
    }
)
