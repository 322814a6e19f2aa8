"""NOW: a position on a timeline.

Owns the clock, the transport and the player; knows nothing of screens, voices or sound.
"""
