"""What the coach needs to be heard: the contract that every output keeps."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

STREAM_RATE = 48_000
"""Frames a second of everything given to a speaker: mono, signed 16 bit, in the byte order of the machine."""


class Channel(StrEnum):
    """What a sound is, because voice and tones each have their own volume and their own way to be late."""

    VOICE = "voice"
    TONE = "tone"


Dropped = tuple[int, Channel]
"""The moment (ns) and the channel of a sound that was scheduled, and now will not begin."""


class Speaker(Protocol):
    """Plays sounds at moments of the session's clock. No call blocks, whatever the device does."""

    @property
    def lead_ms(self) -> int:
        """How far ahead of its moment a sound must be scheduled to be exact, whatever stalls."""
        ...

    @property
    def jump_lead_ms(self) -> int:
        """The same right after :meth:`silence`, which takes a moment to be over."""
        ...

    @property
    def ready(self) -> bool:
        """Whether what is scheduled now can be heard, or waiting would be in vain."""
        ...

    @property
    def problem(self) -> str:
        """Why nothing can be heard, for a person; empty when all is well."""
        ...

    def open(self) -> None:
        """Take the output and keep it until :meth:`close`. Opening twice is opening once."""
        ...

    def close(self) -> None:
        """Drop everything and let the output go; it may be opened again."""
        ...

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        """Let ``pcm`` begin at a moment of the clock.

        Too late for that, a voice begins at once, and a tone more than 50 ms late is left out.
        """
        ...

    def cancel_pending(self) -> Sequence[Dropped]:
        """Drop what is scheduled and has not begun, and tell what it was; what sounds goes on to its end."""
        ...

    def silence(self) -> None:
        """Drop everything, what sounds included."""
        ...

    def set_volume(self, channel: Channel, percent: int) -> None: ...

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the one thing it says
        """While muted, sounds go by unheard and keep their time."""
        ...
