"""The middle of numbers, without all of the statistics module: that takes a session a megabyte of memory."""

from collections.abc import Iterable


def middle(numbers: Iterable[int]) -> int:
    """Give the median, of two in the middle the lower one. Raises IndexError where there is none."""
    ordered = sorted(numbers)
    return ordered[(len(ordered) - 1) // 2]
