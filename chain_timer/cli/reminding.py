"""What reminders are put together from: the clock, the history, the desktop."""

# ruff: noqa: PLC0415 - after the first paint, and each thing when somebody is to be reminded

from __future__ import annotations

import logging
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from chain_timer.window.reminder_bridge import LastSession, Reminding

if TYPE_CHECKING:
    from chain_timer.cli.home import Home
    from chain_timer.history.history import History
    from chain_timer.system.autostart import AutostartEntry
    from chain_timer.system.notifier import Notifier

_log = logging.getLogger(__name__)
TRAY_OPTION = "--tray"
_LOOKED_AT = 50
"""Sessions among which the last one that counts as done is looked for: older ones matter to no reminder."""


def reminding_of(home: Home) -> Reminding:
    """Put it together; nothing is opened or loaded before it is needed."""
    from chain_timer.routine.library import DEFAULT_ROUTINE
    from chain_timer.session.clock import moment_at, now

    routine = home.built_in.routine(DEFAULT_ROUTINE)
    usual = LastSession(routine.id, routine.name)

    def look_back() -> LastSession:
        history, problems = home.open_history()
        for problem in problems:
            _log.warning("%s", problem)
        with closing(history):
            return last_session(history, usual)

    return Reminding(
        now=now,
        moment_at=moment_at,
        notifier=lambda: _notifier(home.folders.cache),
        last_session=look_back,
        usual=usual,
        autostart=_autostart(),
    )


def last_session(history: History, usual: LastSession) -> LastSession:
    """Find what was played last, and when a session that counts as done ended. Raises HistoryError."""
    entries = history.entries(0, _LOOKED_AT)
    if not entries:
        return usual
    done = next((entry for entry in entries if entry.is_done), None)
    record = None if done is None else history.record(done.id)
    newest = entries[0]
    return LastSession(newest.routine_id, newest.routine_name, None if record is None else record.ended_ms)


def _notifier(cache: Path) -> Notifier:
    from chain_timer.system.notifier import DesktopNotifications
    from chain_timer.window.tray import icon_file

    return DesktopNotifications("Chain Timer", lambda: icon_file(cache))


def _autostart() -> AutostartEntry | None:
    from chain_timer.system.autostart import AutostartEntry, autostart_folder
    from chain_timer.system.own_process import own_command

    folder = autostart_folder(os.environ, Path(os.path.expanduser("~")))  # noqa: PTH111 - never raises
    if folder is None:
        return None
    return AutostartEntry(folder, own_command((TRAY_OPTION,)))
