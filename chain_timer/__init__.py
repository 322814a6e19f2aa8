"""Chain Timer: a guided workout timer with a voice and exact time."""

__version__ = "0.1.0"
