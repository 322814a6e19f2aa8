"""Reminders, the tray and the window, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from chain_timer.window.background import Background
from chain_timer.window.reminder_bridge import ReminderBridge
from chain_timer.window.residence import Residence

if TYPE_CHECKING:
    from chain_timer.system.settings_store import SettingsStore
    from chain_timer.window.bridge import Bridge
    from chain_timer.window.frame import Frame
    from chain_timer.window.reminder_bridge import Reminding

_LOOK_AGAIN_MS = 250
_LOOKS = 20
"""How often a routine is looked for that is not there yet: a person's own files are read aside."""


class ReminderDesk(QObject):
    """Lives as long as the window."""

    def __init__(
        self,
        frame: Frame,
        bridge: Bridge,
        store: SettingsStore,
        reminding: Reminding,
        *,
        hidden: bool = False,
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._bridge = bridge
        self._has_begun = not hidden
        self._wanted = ""
        """The id of the routine that is to start and is not there yet."""
        self._looks = 0
        self._background = Background(self)
        self.reminders = ReminderBridge(
            store, reminding, is_playing=self.is_playing, aside=self._background.run, parent=self
        )
        self.residence = Residence(
            frame,
            store,
            self.reminders,
            is_playing=self.is_playing,
            leave_page=self.leave_finished,
            hidden=hidden,
        )
        self.reminders.start_requested.connect(self.start)

    def is_playing(self) -> bool:
        """Whether there is a session that is not over."""
        session, page = self._bridge.session, self._bridge.player
        return session is not None and session.running and page is not None and not self._is_over()

    def leave_finished(self) -> None:
        """Give back a session that is over and still shown."""
        if self._is_over() and self._bridge.player is not None:
            self._bridge.player.left.emit()

    def start(self, routine_id: str) -> None:
        """Start a routine as one was last chosen to do it, as soon as it is there."""
        self._wanted, self._looks = routine_id, _LOOKS
        self._start_wanted()

    def take_begin(self) -> None:
        """The window was seen for the first time, and has its library."""
        self._has_begun = True
        self._start_wanted()

    def close(self) -> None:
        """End everything. The program is going."""
        self._wanted = ""
        self._background.close()
        self.residence.close()
        self.reminders.close()

    def _start_wanted(self) -> None:
        if not self._wanted or not self._has_begun:
            return
        # As a person would: the set-up of the routine, and Start.
        self._frame.library.routine_opened.emit(self._wanted)
        page = self._frame.stack.currentWidget()
        from chain_timer.window.setup_page import SetupPage  # noqa: PLC0415 - who is not reminded needs none

        if isinstance(page, SetupPage):
            self._wanted = ""
            page.start_requested.emit()
        elif self._looks > 0:
            self._looks -= 1
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self._start_wanted)

    def _is_over(self) -> bool:
        session, page = self._bridge.session, self._bridge.player
        running = session is not None and session.running and page is not None
        return running and page is not None and page.finish.isVisibleTo(page)
