"""The real window in a program of its own, steered from inside, and telling in lines what it shows.

Arguments: what to do, one word each, in this order; then those of Chain Timer itself follow ``--``.
``start`` starts the routine that is open; ``open:ID`` opens one of the library; ``set:KEY=NUMBER`` changes
a setting when the session runs; ``fail`` lets Qt call what fails; ``quit`` closes the window when the
session is over; ``skip`` leaves the welcome, and ``leave`` closes the window on the library.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from chain_timer.__main__ import main
from chain_timer.session.events import SegmentStarted, State
from chain_timer.window import app
from chain_timer.window.bridge import Bridge
from chain_timer.window.welcome_page import WelcomePage

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY_MS = 50


class SteeredBridge(Bridge):
    """Does what was asked for, one thing after the other, as soon as each can be done."""

    wishes: tuple[str, ...] = ()

    def begin(self) -> None:
        super().begin()
        self._wishes_left = list(self.wishes)
        self._said: set[str] = set()
        self._steps = QTimer(self)
        self._steps.timeout.connect(self._step)
        self._steps.start(_EVERY_MS)

    def _step(self) -> None:
        self._tell_cards()
        self._tell_session()
        if self._wishes_left and self._do(self._wishes_left[0]):
            self._wishes_left.pop(0)

    def _do(self, wish: str) -> bool:
        kind, _, value = wish.partition(":")
        steps: dict[str, Callable[[str], bool]] = {
            "open": self._wish_open,
            "start": self._wish_start,
            "set": self._wish_set,
            "fail": self._wish_fail,
            "quit": self._wish_quit,
            "skip": self._wish_skip,
            "leave": self._wish_leave,
        }
        return steps[kind](value)

    def _wish_open(self, name: str) -> bool:
        known = name in self._library.by_routine_id
        if known:
            self._frame.library.routine_opened.emit(name)
            say(f"opened {name}")
        return known

    def _wish_start(self, _: str) -> bool:
        setup = self._setup
        if setup is None:
            return False
        setup.page.start_requested.emit()
        session = self.session._session if self.session else None  # what a person sees as the running one
        if session is None:
            return False
        session.player.listen(self._hear)
        say("started")
        if session.player.state is State.PLAYING:
            self._tell_segment(session.player.index)  # all was ready, and it began before anybody listened
        return True

    def _wish_set(self, change: str) -> bool:
        if "playing" not in self._said:
            return False
        key, _, value = change.partition("=")
        self._parts.store.change(**{key: int(value)})
        say(f"set {key}")
        return True

    def _wish_fail(self, _: str) -> bool:
        QTimer.singleShot(0, lambda: int("no number"))
        return True

    def _wish_quit(self, _: str) -> bool:
        over = "finished" in self._said
        if over:
            self._frame.close()
        return over

    def _wish_skip(self, _: str) -> bool:
        page = self._frame.stack.currentWidget()
        welcomed = isinstance(page, WelcomePage) and page.figure is not None
        if welcomed:
            page.skip_requested.emit()
            say("skipped")
        return welcomed

    def _wish_leave(self, _: str) -> bool:
        shown = self._frame.stack.currentWidget() is self._frame.library
        if shown:
            say("library")
            self._frame.close()
        return shown

    def _tell_cards(self) -> None:
        if not hasattr(self._frame.library, "grid"):
            return  # behind the welcome, which comes first
        count = self._frame.library.grid.model().rowCount()
        self._once(f"cards {count}")
        if self._frame.library.problems.isVisible():
            self._once(f"problems {self._frame.library.problems.details.text()!r}")

    def _tell_session(self) -> None:
        session = self.session._session if self.session else None
        if session is not None and session.player.state is State.PLAYING:
            self._once("playing")
        if session is not None and session.player.state is State.FINISHED:
            self._once("finished")

    def _hear(self, event: object) -> None:
        if isinstance(event, SegmentStarted):
            self._tell_segment(event.index)

    def _tell_segment(self, index: int) -> None:
        self._once(f"segment {index}")

    def _once(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            say(text)


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is how a test hears of it


if __name__ == "__main__":
    SteeredBridge.wishes = tuple(sys.argv[1 : sys.argv.index("--")])
    sys.argv[1:] = sys.argv[sys.argv.index("--") + 1 :]
    app.Bridge = SteeredBridge  # type: ignore[misc]
    sys.exit(main())
