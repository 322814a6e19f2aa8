"""Whether there is sound, in words for a person."""

from dataclasses import dataclass
from enum import StrEnum


class SoundKind(StrEnum):
    CLOSED = "closed"
    OPENING = "opening"
    READY = "ready"
    NO_LIBRARY = "no library"
    NO_DEVICE = "no device"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class SoundState:
    kind: SoundKind
    problem: str = ""
    """What happened and what to do, for a person; empty when there is nothing to do."""


CLOSED = SoundState(SoundKind.CLOSED)
OPENING = SoundState(SoundKind.OPENING)
READY = SoundState(SoundKind.READY)
NO_DEVICE = SoundState(
    SoundKind.NO_DEVICE,
    "No sound output was found, so this goes on without sound. Plug in headphones or speakers, "
    "or look at the sound settings of your computer.",
)
LOST = SoundState(
    SoundKind.LOST,
    "The sound output does not answer, so this goes on without sound. It comes back when the output does.",
)
GONE = SoundState(
    SoundKind.LOST,
    "The sound server of your computer has stopped, so this goes on without sound. "
    "Start Chain Timer again to hear it.",
)


def no_library(reason: object) -> SoundState:
    """Say that Qt has no sound on this computer: a library of the system is missing, most likely."""
    problem = f"This goes on without sound: Qt's sound library cannot be loaded ({reason})"
    return SoundState(SoundKind.NO_LIBRARY, problem)
