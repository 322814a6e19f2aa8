"""How much sound lies ready, and how often it is looked after: what promises and their keeping share."""

from chain_timer.sound.speaker import STREAM_RATE

FRAMES_A_MS = STREAM_RATE // 1_000
FILL_MS = 232
"""What lies ready for the device: a sound thread that comes 180 ms late is not heard. Stalls of 150 ms were
measured to make it up to 160 ms late, because the interpreter is not handed over at once."""
LONGEST_STEP_MS = 49
STEPS_MS = (37, 48, 41, 46, 39, LONGEST_STEP_MS, 43, 38, 47, 40, 45)
"""Between looks at the device; uneven, so that they do not fall into step with its blocks."""
QUICK_STEPS_MS = (3, 8, 5, 11, 4, 7, 9)
"""Between looks while there is something to find out or to wait for."""
HUSH_FRAMES = 30 * FRAMES_A_MS
"""What follows the moment of a silence: the fade of the mixer."""
REST_FRAMES = HUSH_FRAMES + 40 * FRAMES_A_MS
"""After a silence nothing new begins for so long, or its first syllable would fall into the fade."""
