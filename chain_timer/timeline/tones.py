"""How long each tone lasts, in every tone set: the compiler needs to know, and the synthesis obeys."""

from collections.abc import Mapping

from chain_timer.timeline.segment import Tone

TONE_MS: Mapping[Tone, int] = {
    Tone.START: 450,
    Tone.HALF: 400,
    Tone.TICK: 120,
    Tone.END: 450,
    Tone.FINISH: 1500,
}
