"""What the welcome is given: something to be greeted with, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

NOTE = "♪"
"""Shown while a tone sounds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is heard, and shown meanwhile."""

    words: str
    """:data:`NOTE` for a tone."""
    at_ms: int
    """When it begins, counted from the first line."""
    length_ms: int

    @property
    def end_ms(self) -> int:
        return self.at_ms + self.length_ms


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why words or all of it cannot be heard, and what to do, for a person; empty when all is well."""

    voice: str = ""
    sound: str = ""

    def __bool__(self) -> bool:
        return bool(self.voice or self.sound)

    @property
    def leaves_tones(self) -> bool:
        """Whether it is the voice alone that cannot be heard."""
        return bool(self.voice) and not self.sound


@dataclass(frozen=True, slots=True)
class Heard:
    """What begins to be heard; with trouble, what would be."""

    lines: tuple[Line, ...]
    in_ms: int
    """How long until the first line."""
    trouble: Trouble


Begun = Callable[[Heard], None]
Ended = Callable[[Trouble], None]


class Greeter(Protocol):
    """Lets words and a tone be heard. Nothing here waits but :meth:`load`; callbacks come from a thread.

    What is heard to its end is followed by ``ended``; what a newer call or :meth:`hush` broke off is not.
    """

    def load(self) -> None:
        """Load what speaks and sounds. Slow: for a thread, and before everything else."""
        ...

    def prepare(self) -> None:
        """Have the greeting rendered, so that it is there when it is wanted. Makes no sound."""
        ...

    def greet(self, begun: Begun, ended: Ended) -> None:
        """Say how it sounds, count to a tone."""
        ...

    def say(self, words: str, begun: Begun, ended: Ended) -> None:
        """Say something else, with the settings as they are."""
        ...

    def hush(self) -> None:
        """Make no sound any more."""
        ...
