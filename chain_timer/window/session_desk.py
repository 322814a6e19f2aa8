"""Sessions in the window: begun, gone on with, done again, and left for the page one came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.window.player_page import PlayerPage
from chain_timer.window.session_bridge import SessionBridge

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chain_timer.figure.figures import Figures
    from chain_timer.routine.names import Names
    from chain_timer.routine.routine import Coaching, Routine
    from chain_timer.session.journal import Left
    from chain_timer.timeline.options import Options
    from chain_timer.window.frame import Frame
    from chain_timer.window.own_pictures import OwnPictures
    from chain_timer.window.parts import WindowParts


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session that is wanted."""

    routine: Routine
    options: Options
    position_ms: int = 0
    """Where to begin."""
    left: Left | None = None
    """What was left in the middle, where this goes on with that."""
    after: QWidget | None = None
    """The page to come back to; None for the library."""


class SessionDesk(QObject):
    """One player page and what leads through its sessions; made for the first one."""

    begun = Signal()
    ended = Signal(object)
    """The session is over, and no page is shown yet; with the page to come back to, or None."""
    coaching_taken = Signal(object, bool)
    """A level of coaching was chosen, and whether it says something about the routine's next session."""

    def __init__(
        self, frame: Frame, parts: WindowParts, *, names: Names, figures: Figures, pictures: OwnPictures
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._parts = parts
        self._wanted: Wanted | None = None
        self.page = PlayerPage(frame)
        self.page.stage.show_pictures(pictures)
        self.session = SessionBridge(self.page, names, figures, self)
        self.session.ended.connect(self._end)
        self.session.again_requested.connect(self._start_again)
        self.session.coaching_chosen.connect(self._take_coaching)
        self.page.mute_requested.connect(self._toggle_mute)
        self.page.full_screen_requested.connect(self._toggle_full_screen)

    def start(self, wanted: Wanted) -> None:
        """Begin a session, in place of the one that is there."""
        self._wanted = wanted
        self.begun.emit()
        self._frame.show_page(self.page)
        self.show_muted(muted=self._parts.store.settings.muted)
        self.page.show_full_screen(self._frame.isFullScreen())
        conductor = self._parts.make_conductor(wanted.routine, wanted.options, wanted.left)
        self.session.begin(conductor, wanted.position_ms)

    def show_muted(self, *, muted: bool) -> None:
        """Show whether there is sound."""
        self.page.show_muted(muted)

    def close(self) -> None:
        """The window goes."""
        self.session.close()

    def _start_again(self) -> None:
        if self._wanted is not None:
            self.start(replace(self._wanted, left=None))

    def _end(self) -> None:
        if self._frame.isFullScreen():
            self._frame.toggle_full_screen()
        self.ended.emit(self._wanted.after if self._wanted else None)

    def _take_coaching(self, coaching: Coaching) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        self._wanted = replace(wanted, options=replace(wanted.options, coaching=coaching))
        # What is tried out in the editor says nothing about the routine's next session.
        self.coaching_taken.emit(coaching, wanted.after is None)

    def _toggle_mute(self) -> None:
        self._parts.store.change(muted=not self._parts.store.settings.muted)

    def _toggle_full_screen(self) -> None:
        self.page.show_full_screen(self._frame.toggle_full_screen())
