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
SERVER_MS = 80
"""PulseAudio's share of what lies ready, kept filled by a thread of Qt's. Qt asks for 16 ms, in blocks of
5.33 ms: 190 wake-ups a second, and a rounding in each by which the server's clock runs 150 ppm fast. With
80 ms the blocks are 20.0 ms. On two cores with nine programs at work, that thread came too late for a block
or two in 4 of 54 sessions with 40 ms, and in none of 12 with 80; all tones are heard 36 ms later by it."""
HUSH_FRAMES = 60 * FRAMES_A_MS
"""What follows the moment of a silence before the device is turned up again: the fade of the mixer, and what
the server has yet to play when the last of it has left us."""
REST_FRAMES = HUSH_FRAMES + 15 * FRAMES_A_MS
"""After a silence nothing new begins for so long, or its first syllable would fall into the fade."""
LEAD_MS = FILL_MS + LONGEST_STEP_MS
"""What is scheduled so long before its moment is in time."""
JUMP_LEAD_MS = FILL_MS + REST_FRAMES // FRAMES_A_MS
"""And so long before it, right after a silence."""
