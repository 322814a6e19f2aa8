"""What the sound thread is told to do, and who does it where Qt's sound library cannot be loaded."""

from collections.abc import Callable
from queue import SimpleQueue
from typing import Protocol

from chain_timer.sound.mixer import Mixer
from chain_timer.sound.sound_state import SoundState

Report = Callable[[SoundState], None]


class Playing(Protocol):
    """What plays on the sound thread."""

    def play(self, mixer: Mixer, report: Report) -> None: ...

    def hush(self, frame: int) -> None: ...

    def close(self) -> None: ...

    def leave(self) -> None: ...


Command = Callable[[Playing], None]


class Silent:
    """Answers each wish to play with the reason why nothing will be heard."""

    def __init__(self, state: SoundState) -> None:
        self._state = state
        self._left = False

    def obey(self, commands: SimpleQueue[Command]) -> None:
        """Do what is commanded, and wait for more, until it is to leave."""
        while not self._left:
            commands.get()(self)

    def play(self, mixer: Mixer, report: Report) -> None:  # noqa: ARG002 - there is nothing to play it with
        report(self._state)

    def hush(self, frame: int) -> None: ...

    def close(self) -> None: ...

    def leave(self) -> None:
        self._left = True
