"""Lengths of time the way a person says them: ``4 min 30 s``."""

from chain_timer.units import SECOND_MS


def spelled(ms: int) -> str:
    """Say how long something was: ``45 s``, ``4 min 30 s``, ``2 h 5 min``.

    To the nearest second, from an hour to the minute begun; what was there at all is at least a second.
    """
    seconds = max(1 if ms > 0 else 0, (ms + SECOND_MS // 2) // SECOND_MS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:,} h {minutes} min" if minutes else f"{hours:,} h"
    parts = [f"{minutes} min" if minutes else "", f"{seconds} s" if seconds or not minutes else ""]
    return " ".join(part for part in parts if part)


def counted(count: int, noun: str) -> str:
    """Say how many: ``1 set``, ``6 sets``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(names: list[str]) -> str:
    """Join names in the middle of a sentence: ``calves, glutes and lower back``."""
    small = [name[:1].lower() + name[1:] for name in names]
    return " and ".join(part for part in (", ".join(small[:-1]), *small[-1:]) if part)
