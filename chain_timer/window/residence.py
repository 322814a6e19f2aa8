"""Where the program stays when its window is closed: in the tray, if a person wants that and there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from chain_timer.window.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_timer.system.notifier import Message
    from chain_timer.system.settings import Settings
    from chain_timer.system.settings_store import SettingsStore
    from chain_timer.window.frame import Frame
    from chain_timer.window.reminder_bridge import ReminderBridge
    from chain_timer.window.tray import Tray

TRAY_WAIT_MS = 3_000
"""How long a start without a window waits before it asks for the tray: when somebody has just logged in, the
tray may be a little later than the programs, and Qt remembers the first answer for good."""


class Residence(QObject):
    """Hides the window instead of closing it, and brings it up again."""

    def __init__(
        self,
        frame: Frame,
        store: SettingsStore,
        reminders: ReminderBridge,
        *,
        is_playing: Callable[[], bool],
        leave_page: Callable[[], None] = lambda: None,
        quit_program: Callable[[], None] = QApplication.quit,
        hidden: bool = False,
    ) -> None:
        """``leave_page`` is called when the window is hidden: a session that is over is given back then.

        With ``hidden`` the window is not shown, and the program is in the tray whatever the settings say.
        """
        super().__init__(frame)
        self._frame = frame
        self._reminders = reminders
        self._is_playing = is_playing
        self._leave_page = leave_page
        self._quit = quit_program
        self._wanted = store.settings.tray or hidden
        self._said = False
        """Whether a person was told where the window went."""
        self._reminds = False
        """Whether the message that the tray shows is a reminder."""
        self.tray: Tray | None = None
        frame.installEventFilter(self)
        self._forget_settings = store.on_change(self._hear_settings)
        reminders.show_requested.connect(self.bring_up)
        reminders.message_requested.connect(self._show_message)
        reminders.notice_requested.connect(self._show_notice)
        reminders.changed.connect(self._tell_tray)
        if hidden:
            QTimer.singleShot(TRAY_WAIT_MS, self, self._settle_hidden)
        else:
            self._settle()

    @property
    def is_in_tray(self) -> bool:
        """Whether the program goes on in the tray when the window is closed."""
        return self.tray is not None

    def bring_up(self) -> None:
        """Show the window in front of others."""
        frame = self._frame
        if frame.isMinimized():
            frame.showNormal()
        frame.show()
        frame.raise_()
        frame.activateWindow()

    def close(self) -> None:
        """Give back the tray. The program is going."""
        self._forget_settings()
        self._frame.removeEventFilter(self)
        self._wanted = False
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched is self._frame:
            return self._take_close(event)
        return False

    def _take_close(self, event: QEvent) -> bool:
        if not self.is_in_tray:
            return False
        # What the program or the system closes is closed; only who closes the window means the window alone.
        if not self._by_person(event) or self._is_playing():
            QTimer.singleShot(0, self._quit)
            return False
        event.ignore()
        self._leave_page()
        self._frame.hide()
        self._say_where()
        return True

    def _by_person(self, event: QEvent) -> bool:
        application = QGuiApplication.instance()
        saves = isinstance(application, QGuiApplication) and application.isSavingSession()
        return event.spontaneous() and not saves

    def _say_where(self) -> None:
        if self.tray is not None and not self._said:
            self._said = True
            self._reminds = False
            self.tray.show_message(
                self.tr("Chain Timer goes on in the tray"), self.tr("Quit it from there, or open it again.")
            )

    # --- the tray ------------------------------------------------------------------------------------

    def _hear_settings(self, settings: Settings, changed: frozenset[str]) -> None:
        if "tray" in changed:
            self._wanted = settings.tray
            self._settle()

    def _settle_hidden(self) -> None:
        self._settle()
        if self.tray is None and not self._frame.isVisible():
            self._frame.showMinimized()  # without a tray nobody could find it otherwise

    def _settle(self) -> None:
        """Have the tray as it is wanted, where there is one."""
        if self._wanted and self.tray is None:
            from chain_timer.window.tray import Tray  # noqa: PLC0415 - only for who wants it

            if Tray.is_there():
                self._take(Tray(self))
        elif not self._wanted and self.tray is not None:
            self.tray.close()
            self.tray = None
        # A hidden window, and one that was closed, should not end the program while it lives in the tray.
        QApplication.setQuitOnLastWindowClosed(self.tray is None)

    def _take(self, tray: Tray) -> None:
        self.tray = tray
        tray.open_requested.connect(self.bring_up)
        tray.start_requested.connect(self._reminders.start)
        tray.quit_requested.connect(self._quit)
        tray.message_clicked.connect(self._take_click)
        tray.about_to_open.connect(self._tell_tray)
        tray.about_to_open.connect(self._reminders.ask_routine)
        self._tell_tray()
        self._reminders.ask_routine()
        tray.show()

    def _tell_tray(self) -> None:
        if self.tray is not None:
            self.tray.show_routine(self._reminders.routine_name)
            self.tray.show_next(self._reminders.next_text())

    # --- messages that no notification could show ----------------------------------------------------

    def _show_message(self, message: Message) -> None:
        if self.tray is not None:
            self._reminds = True
            self.tray.show_message(message.title, message.text)
        else:
            self.bring_up()
            self._show_notice(message)

    def _show_notice(self, message: Message) -> None:
        answers = ((message.start, self._reminders.start), (message.later, self._reminders.put_off))
        if not isinstance(getattr(self._frame.stack.currentWidget(), "notice", None), Notice):
            self._leave_page()
            self._frame.page_requested.emit("routines")
        page = self._frame.stack.currentWidget()
        notice = getattr(page, "notice", self._frame.library.notice)
        notice.show_notice(f"{message.title}: {message.text}", answers)

    def _take_click(self) -> None:
        """A message of the tray has no buttons: a click on a reminder means to start."""
        if self._reminds:
            self._reminders.start()
        else:
            self.bring_up()
