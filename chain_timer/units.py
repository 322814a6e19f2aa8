"""Durations as text: whole milliseconds inside, ``45``, ``45s``, ``1m30s`` or ``0:45`` at the edges."""

import re

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS

_UNITS = re.compile(
    r"(?:(?P<h>\d{1,4})\s*h(?:ours?|rs?)?)?\s*"
    r"(?:(?P<m>\d{1,5})\s*m(?:in(?:ute)?s?)?)?\s*"
    r"(?:(?P<s>\d{1,6}(?:\.\d{1,3})?)\s*s(?:ec(?:ond)?s?)?)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,5}):(?P<s>[0-5]\d(?:\.\d{1,3})?)", re.ASCII)
_BARE = re.compile(r"(?P<s>\d{1,6}(?:\.\d{1,3})?)", re.ASCII)
DURATIONS = (_BARE, _CLOCK, _UNITS)
"""The ways to write one, tried in this order."""
LONGEST_DURATION_TEXT = 40


def parse_duration(text: str) -> int:
    """Whole milliseconds for ``45``, ``45s``, ``1m30s``, ``1.5s``, ``0:45`` or ``1:02:03``.

    Raises ValueError when the text is no duration.
    """
    trimmed = text.strip()
    if trimmed and len(trimmed) <= LONGEST_DURATION_TEXT:
        for pattern in DURATIONS:
            if match := pattern.fullmatch(trimmed):
                parts = match.groupdict()
                return (
                    int(parts.get("h") or 0) * HOUR_MS
                    + int(parts.get("m") or 0) * MINUTE_MS
                    + _seconds_ms(parts.get("s") or "0")
                )
    shown = trimmed[:LONGEST_DURATION_TEXT]
    raise ValueError(f"{shown!r} is not a duration; write it like 45s, 1m30s or 0:45")


def _seconds_ms(text: str) -> int:
    # By digits, not by float: 1.001 s must be 1001 ms and never 1000.
    whole, _, fraction = text.partition(".")
    return int(whole) * SECOND_MS + int(fraction.ljust(3, "0") or 0)


def clock_text(ms: int) -> str:
    """``M:SS`` or ``H:MM:SS``, cut to whole seconds."""
    seconds = ms // SECOND_MS
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def stamp_text(ms: int) -> str:
    """``M:SS.mmm``: an exact place on a timeline."""
    minutes, rest = divmod(ms, MINUTE_MS)
    return f"{minutes}:{rest // SECOND_MS:02}.{rest % SECOND_MS:03}"


def duration_text(ms: int) -> str:
    """``45s``, ``1m30s``, ``2m``, ``1h5m``, ``1.5s``: what :func:`parse_duration` reads back unchanged."""
    seconds, fraction = divmod(ms, SECOND_MS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    decimals = f".{fraction:03}".rstrip("0") if fraction else ""
    parts = [f"{hours}h" if hours else "", f"{minutes}m" if minutes else ""]
    if seconds or fraction or not (hours or minutes):
        parts.append(f"{seconds}{decimals}s")
    return "".join(parts)


def whole_minutes(ms: int) -> int:
    """Minutes for a person choosing by length: rounded, and never less than one."""
    return max(1, (ms + MINUTE_MS // 2) // MINUTE_MS)


def countdown_seconds(remaining_ms: int) -> int:
    """The digits a countdown shows: 45 for the whole first second, 1 for the last one, 0 when it is over."""
    return -(-remaining_ms // SECOND_MS)
