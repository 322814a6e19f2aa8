"""Between what a person set about reminders, the clock, and what tells of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.problems import ChainTimerError, plain
from chain_timer.system.notifier import Message, Notifier, Reply
from chain_timer.system.reminders import (
    Standing,
    Week,
    begin,
    look,
    next_look,
    put_off,
    read_hours,
    read_reminders,
    settle,
    time_text,
    wall_at,
)
from chain_timer.window.wall_timer import WallTimer

if TYPE_CHECKING:
    from chain_timer.session.clock import Moment
    from chain_timer.system.autostart import AutostartEntry
    from chain_timer.system.settings import Settings
    from chain_timer.system.settings_store import SettingsStore


_LONGEST_NAME = 80
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LastSession:
    """What a reminder needs to know of the history."""

    routine_id: str
    """Of the session before this one; that of the default routine before the first."""
    routine_name: str
    trained_ms: int | None = None
    """When the last session that counts as done ended, in milliseconds since 1970; None before the first."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """What reminders need from elsewhere."""

    now: Callable[[], Moment]
    moment_at: Callable[[int], Moment]
    """A moment, in milliseconds since 1970, with the time zone that holds here then."""
    notifier: Callable[[], Notifier]
    """Makes what shows notifications; called when the first one is to be shown."""
    last_session: Callable[[], LastSession]
    """Looks into the history. Slow: for a thread. Raises ChainTimerError where it cannot be read."""
    usual: LastSession
    """What is taken for that while it is not known."""
    autostart: AutostartEntry | None = None
    """Starting with the desktop; None where there is no such thing."""


Aside = Callable[[Callable[[], LastSession], Callable[[LastSession], None]], None]
"""Does work aside, and hands its outcome over in the thread of the window."""


class ReminderBridge(QObject):
    """Lives as long as the program. Nothing runs while there is no reminder."""

    start_requested = Signal(str)
    """The id of a routine whose session is to begin."""
    show_requested = Signal()
    """A person wants to see the window."""
    message_requested = Signal(object)
    """A :class:`Message` that no notification could show: the tray may, or the window."""
    notice_requested = Signal(object)
    """A :class:`Message` that a person went to: the window should say it with its answers."""
    changed = Signal()
    """What comes next is another, or notifications began or ceased to work."""
    _replied = Signal(str)
    _arrived = Signal(str)

    def __init__(
        self,
        store: SettingsStore,
        reminding: Reminding,
        *,
        is_playing: Callable[[], bool],
        aside: Aside,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.autostart = reminding.autostart
        self.trouble = ""
        """Why notifications cannot be shown, in a sentence; empty while they can, as far as is known."""
        self._reminding = reminding
        self._is_playing = is_playing
        self._aside = aside
        self._last = reminding.usual
        self._notifier: Notifier | None = None
        self._message: Message | None = None
        self._closed = False
        self._week = _week(store.settings)
        self._standing = begin(self._week, self._now_ms(), self._offset_at)
        self.timer = WallTimer(self)
        self.timer.due.connect(self.look)
        # From the thread of the notifications to that of the window.
        self._replied.connect(self._take_reply)
        self._arrived.connect(self._take_arrival)
        self._forget_settings = store.on_change(self._hear_settings)
        self._aim()

    # --- what others ask -----------------------------------------------------------------------------

    def look(self) -> None:
        """See what is due now, tell it, and wait for what comes next."""
        told, standing = self._looked(None)
        if told:  # perhaps: who has trained is not reminded
            self._ask_history(self._look_again)
        else:
            self._standing = standing
            self._aim()

    def tell(self) -> None:
        """Show a reminder now, due or not."""
        self._ask_history(self._tell)

    def ask_routine(self) -> None:
        """Find out which routine would start; :attr:`changed` says that it is known."""
        self._ask_history(self.changed.emit)

    def start(self) -> None:
        """Have the usual routine begin, unless a session is underway."""
        self._standing = replace(self._standing, later_ms=None)
        self._withdraw()
        self.show_requested.emit()
        if not self._is_playing():
            self.start_requested.emit(self._last.routine_id)
        self._aim()

    def put_off(self) -> None:
        """Remind again in a quarter of an hour."""
        self._withdraw()
        self._standing = put_off(self._week, self._standing, self._now_ms(), self._offset_at)
        self._aim()

    def close(self) -> None:
        """End everything. The program is going."""
        self._closed = True
        self._forget_settings()
        self.timer.stop()
        if self._notifier is not None:
            self._notifier.close()
            self._notifier = None

    @property
    def routine_name(self) -> str:
        """The routine that would start, as far as is known."""
        return self._last.routine_name

    def next_text(self) -> str:
        """Say when the next reminder comes."""
        now_ms = self._now_ms()
        next_ms = next_look(self._week, self._standing, now_ms, self._offset_at)
        if next_ms is None:
            return self.tr("No reminder is coming")
        today, then = wall_at(now_ms, self._offset_at), wall_at(next_ms, self._offset_at)
        days = (then.date() - today.date()) // timedelta(days=1)
        day = {0: self.tr("today"), 1: self.tr("tomorrow")}.get(days) or self._day_name(then.weekday())
        return self.tr("Next reminder: {day}, {time}").format(day=day, time=time_text(then.time()))

    # --- within --------------------------------------------------------------------------------------

    def _looked(self, trained_ms: int | None) -> tuple[bool, Standing]:
        now_ms, trains = self._now_ms(), self._is_playing()
        return look(self._week, self._standing, now_ms, self._offset_at, trains=trains, trained_ms=trained_ms)

    def _look_again(self) -> None:
        told, self._standing = self._looked(self._last.trained_ms)
        if told:
            self._tell()
        self._aim()

    def _tell(self) -> None:
        self._message = message = Message(
            self.tr("Time for {routine}").format(routine=plain(self._last.routine_name, _LONGEST_NAME)),
            self.tr("Start now, or be reminded in 15 minutes."),
            start=self.tr("Start"),
            later=self.tr("Later"),
        )
        if self._notifier is None:
            self._notifier = self._reminding.notifier()
        self._notifier.show(message, self._replied.emit, self._arrived.emit)

    def _ask_history(self, then: Callable[[], None]) -> None:
        reminding = self._reminding

        def last() -> LastSession:
            try:
                return reminding.last_session()
            except (ChainTimerError, OSError, RuntimeError, ValueError) as error:
                # Better one too many than none at all.
                _log.warning("reminding without the history: %s", error)
                return reminding.usual

        def take(session: LastSession) -> None:
            self._last = session
            if not self._closed:
                then()

        self._aside(last, take)

    def _aim(self) -> None:
        now_ms = self._now_ms()
        self.timer.aim(next_look(self._week, self._standing, now_ms, self._offset_at), now_ms)
        self.changed.emit()

    def _withdraw(self) -> None:
        self._message = None
        if self._notifier is not None:
            self._notifier.withdraw()

    def _take_reply(self, reply: str) -> None:
        if reply == Reply.START:
            self.start()
        elif reply == Reply.LATER:
            self.put_off()
        else:
            self.show_requested.emit()
            self._ask_in_window()

    def _ask_in_window(self) -> None:
        if self._message is not None and not self._is_playing():
            self.notice_requested.emit(self._message)

    def _take_arrival(self, failure: str) -> None:
        told = self.tr("Notifications cannot be shown: {reason}.").format(reason=failure) if failure else ""
        self._say_trouble(told)
        if failure and self._message is not None:
            self.message_requested.emit(self._message)

    def _say_trouble(self, text: str) -> None:
        if text != self.trouble:
            self.trouble = text
            self.changed.emit()

    def _hear_settings(self, settings: Settings, changed: frozenset[str]) -> None:
        if changed & {"reminders", "quiet"}:
            self._week = _week(settings)
            # Who sets a time that was an hour ago does not want to hear of it now.
            self._standing = settle(self._week, self._standing, self._now_ms(), self._offset_at)
            self._aim()

    def _now_ms(self) -> int:
        return self._reminding.now().ms

    def _offset_at(self, ms: int) -> int:
        return self._reminding.moment_at(ms).offset_min

    def _day_name(self, day: int) -> str:
        from chain_timer.window.reminder_rows import day_names  # noqa: PLC0415 - only a page needs the rest

        return day_names()[day]


def _week(settings: Settings) -> Week:
    return Week(read_reminders(settings.reminders), read_hours(settings.quiet))
