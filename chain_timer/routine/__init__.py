"""WHAT: exercises and routines as their authors wrote them, read from TOML with every problem told at once.

The values are in ``exercise`` and ``routine``; ``library`` is the door to all that ships or is one's own.
"""
