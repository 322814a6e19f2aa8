"""WHEN: a routine laid out in time.

Owns segments, cues, marks and the compiler that places them; knows no clock and plays nothing.
"""
