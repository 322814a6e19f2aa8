"""The painter: puts views on the terminal from a thread of its own, and only what has changed.

A terminal may refuse to take output for as long as it likes: a slow line, a selection in a Windows
console, a frozen tmux. The session's loop must not wait for it, so it only hands over the latest view.
"""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from chain_timer.terminal.palette import Palette
from chain_timer.terminal.screen import screen
from chain_timer.terminal.sheet import Letters, Row
from chain_timer.terminal.view import View

# Alternate screen, no cursor, no wrapping, pastes marked as such; and all of it taken back.
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
_LEAVE = "\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
_LEAVE_WAIT_S = 1.0

Frame = tuple[View, int, int]
"""A view, and the width and height to show it at."""


class Painter:
    """Shows the latest view. Entered it takes the screen, left it gives it back, whatever happened."""

    def __init__(self, write: Callable[[str], None], letters: Letters, palette: Palette) -> None:
        self._write = write
        self._letters = letters
        self._palette = palette
        self._wish = threading.Condition()
        self._frame: Frame | None = None
        self._leaving = False
        self._thread: threading.Thread | None = None
        self._rows: tuple[Row, ...] = ()
        self._size = (0, 0)
        self.gone = False
        """Whether the terminal takes no more output, as far as can be known."""

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.give_back()

    def take(self) -> None:
        """Take the screen, empty."""
        self._leaving, self._frame, self._rows, self._size = False, None, (), (0, 0)
        self._thread = threading.Thread(target=self._paint_all, name="painter", daemon=True)
        self._thread.start()

    def give_back(self) -> None:
        """Give the screen back as it was; a terminal that is stuck is left as it is after a moment."""
        if self._thread is None:
            return
        with self._wish:
            self._leaving = True
            self._wish.notify()
        self._thread.join(_LEAVE_WAIT_S)
        self.gone = self.gone or self._thread.is_alive()
        self._thread = None

    def show(self, view: View, width: int, height: int) -> None:
        """Have a view shown soon; one not yet shown is left out for it."""
        with self._wish:
            self._frame = (view, width, height)
            self._wish.notify()

    def _paint_all(self) -> None:
        try:
            self._write(_ENTER)
            try:
                while (frame := self._next()) is not None:
                    self._write(self._painted(*frame))
            finally:
                self._write(_LEAVE)
        except (OSError, ValueError):
            # A terminal that hung up, or a closed stream: a face asks, the session goes by its own rules.
            self.gone = True

    def _next(self) -> Frame | None:
        with self._wish:
            self._wish.wait_for(lambda: self._leaving or self._frame is not None)
            frame, self._frame = self._frame, None
            return None if self._leaving else frame

    def _painted(self, view: View, width: int, height: int) -> str:
        rows = screen(view, width, height, self._letters)
        paint = self._palette.paint
        before = self._rows if self._size == (width, height) else ()
        # Cleared in the ground's color: beyond the edge of a terminal that grows, too.
        out = [] if before else [paint(" ", "text").replace(" ", "\x1b[2J")]
        for index, row in enumerate(rows):
            if index < len(before) and before[index] == row:
                continue
            out.append(f"\x1b[{index + 1};1H{paint(' ' * width, 'text')}")
            out += (f"\x1b[{index + 1};{column + 1}H{paint(text, style)}" for column, text, style in row)
        self._rows, self._size = rows, (width, height)
        return "".join(out)
