"""How long each tone is: the compiler lays them out, and every tone set keeps to it."""

from collections.abc import Mapping
from types import MappingProxyType

from chain_timer.timeline.segment import Tone

TONE_MS: Mapping[Tone, int] = MappingProxyType(
    {Tone.START: 400, Tone.HALF: 400, Tone.TICK: 120, Tone.END: 450, Tone.FINISH: 1_400}
)
"""The same in every set, so that a change of set never moves a cue."""
