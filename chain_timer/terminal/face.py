"""The terminal face, full screen: one loop that lets time pass, hears keys and shows what has changed."""

import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from chain_timer.conductor import Conductor
from chain_timer.routine.names import Names
from chain_timer.session.clock import NANOSECONDS_A_MS, Clock, SystemClock
from chain_timer.session.events import State
from chain_timer.terminal.hands_free import HandsFree
from chain_timer.terminal.keyboard import Keyboard, Taken, keyboard_of
from chain_timer.terminal.signals import INTERRUPTED, Signals
from chain_timer.terminal.steering import Steering
from chain_timer.terminal.summary import summary
from chain_timer.terminal.view import Extras, Sight, View, strip_cells
from chain_timer.terminal.writing import writer_of
from chain_timer.units import SECOND_MS

if TYPE_CHECKING:
    # rich comes in when a screen is painted, not when a program is started.
    from chain_timer.terminal.painter import Painter

_TICK_S = 0.05
_STARTING_S = 0.02
_STILL_S = 0.5
"""Between two looks while nothing moves; keys and signals end the wait at once."""
_SHORTEST_S = 0.005
_LINGER_MS = 700
"""The end stays for a moment, and its tone fades out."""
_USUAL_SIZE = (80, 24)


def play_in_terminal(
    conductor: Conductor,
    names: Names,
    *,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    set_muted: Callable[[bool], None] = lambda _muted: None,
    muted: bool = False,
    clock: Clock | None = None,
) -> int:
    """Play a session in a terminal until its end, or until the person leaves.

    The conductor stays its owner's, to close. Gives the exit code: 0, 130 after Ctrl-C, 143 after SIGTERM.
    """
    from chain_timer.terminal.painter import Painter  # noqa: PLC0415 - brings rich in
    from chain_timer.terminal.palette import palette_of  # noqa: PLC0415 - brings rich in
    from chain_timer.terminal.sheet import Letters  # noqa: PLC0415 - brings rich in

    source, out = stdin or sys.stdin, stdout or sys.stdout
    steering = Steering(conductor, clock or SystemClock(), set_muted, muted=muted)
    painter = Painter(writer_of(out), Letters(out.encoding or "ascii"), palette_of(out))
    with Signals() as signals:
        keyboard = keyboard_of(source, signals)
        face = Face(
            conductor=conductor,
            names=names,
            steering=steering,
            keyboard=keyboard,
            signals=signals,
            painter=painter,
            size=lambda: size_of(out),
        )
        with painter, Taken(keyboard):
            code = face.play(clock or SystemClock())
    if not painter.gone:
        out.write(face.last_words)
        out.flush()
    return code


class Face:
    """The loop of a session in a terminal."""

    def __init__(
        self,
        *,
        conductor: Conductor,
        names: Names,
        steering: Steering,
        keyboard: Keyboard,
        signals: Signals,
        painter: "Painter",
        size: Callable[[], tuple[int, int]],
    ) -> None:
        self._conductor = conductor
        self._sight = Sight(names)
        self._steering = steering
        self._keyboard = keyboard
        self._signals = signals
        self._painter = painter
        self._size = size
        self._shown: tuple[View, int, int] | None = None
        self.last_words = ""

    def play(self, clock: Clock) -> int:
        """Play to the end; gives the exit code."""
        conductor = self._conductor
        hands_free = HandsFree(conductor, clock)
        conductor.on_notice = self._steering.tell
        conductor.start()
        while conductor.player.state is not State.FINISHED:
            if not self._keyboard.present:
                hands_free.look()
            self.show()
            self._hear(self._keyboard.keys(self._pace_s()))
            if (code := self._leaving()) is not None:
                return code
            conductor.poll()
        self._linger(clock)
        self.last_words = f"{summary(self._conductor.player)}\n"
        return 0

    def show(self) -> None:
        """Have the painter show what is, if it is another than before."""
        steering, (width, height) = self._steering, self._size()
        extras = Extras(
            muted=steering.muted,
            coaching=self._conductor.coaching.value,
            notice=steering.notice,
            question=steering.question,
            shows_keys=steering.shows_keys,
            starting=self._conductor.starting,
            hands_free=not self._keyboard.present,
        )
        view = self._sight.view(self._conductor.player, steering.outline, strip_cells(width), extras)
        if (view, width, height) != self._shown:
            self._shown = (view, width, height)
            self._painter.show(*self._shown)

    def _pace_s(self) -> float:
        """How long to wait for a key: not beyond the moment at which the seconds change."""
        player = self._conductor.player
        if self._conductor.starting:
            return _STARTING_S
        if player.state is not State.PLAYING or not player.timeline.segments:
            return _STILL_S
        left_ms = player.lead_ms() or player.timeline.end_of(player.index) - player.position_ms()
        return min(_TICK_S, max(_SHORTEST_S, (left_ms % SECOND_MS + 1) / SECOND_MS))

    def _hear(self, keys: list[str]) -> None:
        for key in keys:
            self._steering.press(key)
        if self._signals.take("SIGTSTP"):
            self._suspend()
        if self._signals.take("SIGCONT"):
            self._take_again()

    def _leaving(self) -> int | None:
        code = INTERRUPTED if self._steering.interrupted else self._signals.exit_code
        if code is None and not self._steering.left:
            return None
        if self._conductor.player.state is not State.READY:
            self.last_words = f"{summary(self._conductor.player)}\n"
        if code in {None, INTERRUPTED}:
            self._conductor.leave()
        return code or 0

    def _suspend(self) -> None:
        """Stop as Ctrl-Z asks, with the session paused and the terminal as the shell wants it."""
        self._conductor.pause()
        self._keyboard.give_back()
        self._painter.give_back()
        with self._signals.set_aside("SIGTSTP"):
            os.kill(os.getpid(), signal.SIGTSTP)
        self._take_again()

    def _take_again(self) -> None:
        # Also after a stop that could not be noticed: the shell has changed the terminal meanwhile.
        self._signals.take("SIGCONT")
        self._painter.give_back()
        self._keyboard.take()
        self._painter.take()
        self._shown = None

    def _linger(self, clock: Clock) -> None:
        until_ns = clock.now_ns() + _LINGER_MS * NANOSECONDS_A_MS
        while clock.now_ns() < until_ns and self._signals.exit_code is None:
            self.show()
            self._keyboard.keys(_TICK_S)


def size_of(out: TextIO) -> tuple[int, int]:
    """Columns and rows of a terminal; the usual ones where it does not know itself."""
    try:
        size = os.get_terminal_size(out.fileno())
    except (OSError, ValueError, AttributeError):
        return _USUAL_SIZE
    return (size.columns or _USUAL_SIZE[0], size.lines or _USUAL_SIZE[1])
