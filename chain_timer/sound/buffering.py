"""How much sound lies ready, and how often it is looked after: what promises and their keeping share."""

from chain_timer.sound.speaker import STREAM_RATE

FRAMES_A_MS = STREAM_RATE // 1_000
FILL_MS = 220
"""What lies ready for the device: a sound thread that comes 149 ms late is not heard."""
LONGEST_STEP_MS = 71
STEPS_MS = (51, 70, 57, 65, 53, LONGEST_STEP_MS, 61, 55, 68, 59, 63)
"""Between looks at the device; uneven, so that they do not fall into step with its blocks."""
QUICK_STEPS_MS = (3, 8, 5, 11, 4, 7, 9)
"""Between looks while there is something to find out or to wait for."""
HUSH_FRAMES = 30 * FRAMES_A_MS
"""What follows the moment of a silence: the fade of the mixer."""
REST_FRAMES = HUSH_FRAMES + 40 * FRAMES_A_MS
"""After a silence nothing new begins for so long, or its first syllable would fall into the fade."""
