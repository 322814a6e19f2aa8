"""Settings and remembered choices on disk: read forgivingly, saved aside, shared by instances."""

import threading
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from chain_timer.problems import Problem, plain
from chain_timer.system.saver import Later, Saver, call_later
from chain_timer.system.settings import REMEMBERED, SETTINGS, Remembered, Setting, Settings
from chain_timer.system.toml_file import TomlFile

SETTINGS_NAME = "settings.toml"
REMEMBERED_NAME = "remembered.toml"
MOST_REMEMBERED = 300
_ROUTINES = "routines"
_BY_KEY = {setting.key: setting for setting in SETTINGS}

Listener = Callable[[Settings, frozenset[str]], None]


def _ignore(_notice: str) -> None:
    """Tell nobody."""


class SettingsStore:
    """The settings now (:attr:`settings`), and the one way to change them (:meth:`change`).

    Changes count at once and reach the disk within half a second; :meth:`close` waits for that. When the disk
    refuses, ``notice`` gets one text (from the saving thread) and the session goes on with what was chosen.
    """

    def __init__(
        self, folder: Path, *, notice: Callable[[str], None] = _ignore, later: Later = call_later
    ) -> None:
        self._settings_file = TomlFile(folder / SETTINGS_NAME)
        self._remembered_file = TomlFile(folder / REMEMBERED_NAME)
        self._notice = notice
        self._listeners: list[Listener] = []
        self._guard = threading.Lock()
        self._changed: dict[str, Any] = {}
        self._newly_remembered: dict[str, Remembered] = {}
        self._wants_file = False
        self._refused = False
        self._saver = Saver(self._save, later)
        self.settings, self.problems = self._load()
        self._known: dict[str, Any] | None = None

    def change(self, **values: bool | int | str) -> None:
        """Take new values: listeners hear of those that differ. Raises ValueError when one cannot be used."""
        for key, value in values.items():
            if key not in _BY_KEY:
                raise ValueError(f"there is no setting {key}")
            if refusal := _BY_KEY[key].refusal(value):
                raise ValueError(f"{key}: {refusal}")
        changed: dict[str, Any] = {k: v for k, v in values.items() if getattr(self.settings, k) != v}
        if not changed:
            return
        with self._guard:
            self.settings = replace(self.settings, **changed)
            self._changed.update(changed)
        self._saver.soon()
        for listener in tuple(self._listeners):
            listener(self.settings, frozenset(changed))

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Tell ``listener`` the new settings and the changed keys, in the thread that changed them.

        Returns the way to stop that.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def remembered(self, routine_id: str) -> Remembered:
        """What was last chosen for this routine; what is not usable counts as never chosen."""
        with self._guard:
            if routine_id in self._newly_remembered:
                return self._newly_remembered[routine_id]
        if self._known is None:
            table, problems = self._remembered_file.read()
            self.problems += problems
            self._known = _table(table.get(_ROUTINES))
        values, _ = _usable(_table(self._known.get(routine_id)), REMEMBERED, "")
        return Remembered(**values)

    def remember(self, routine_id: str, choices: Remembered) -> None:
        """Keep the choices for next time; of the routines not met for longest, some are forgotten."""
        with self._guard:
            self._newly_remembered[routine_id] = choices
        self._saver.soon()

    def keep_file(self) -> None:
        """Have a file of settings from now on, also with nothing chosen: it says that a person was here."""
        with self._guard:
            self._wants_file = True
        self._saver.soon()

    def reread(self) -> None:
        """Read anew what is remembered of routines: something else has written it."""
        with self._guard:
            self._known = None

    def close(self) -> None:
        """Save what is not saved yet. Blocks until the disk has it; never raises."""
        self._saver.now()

    def _load(self) -> tuple[Settings, tuple[Problem, ...]]:
        table, problems = self._settings_file.read()
        values: dict[str, Any] = {}
        found = list(problems)
        for section in dict.fromkeys(setting.section for setting in SETTINGS):
            declared = [setting for setting in SETTINGS if setting.section == section]
            usable, wrong = _usable(_table(table.get(section)), declared, section)
            values |= usable
            found += wrong
        return Settings(**values), tuple(found)

    def _save(self) -> None:
        with self._guard:
            changed, self._changed = self._changed, {}
            remembered = dict(self._newly_remembered)
            wants_file, self._wants_file = self._wants_file, False
        try:
            if changed or (wants_file and not self._settings_file.path.exists()):
                self._settings_file.merge(lambda document: self._put(document, changed))
            changed, wants_file = {}, False
            if remembered:
                self._remembered_file.merge(lambda document: _put_remembered(document, remembered))
        except OSError as error:
            self._keep_for_later(changed, error, wants_file=wants_file)
        else:
            self._refused = False
            self._forget_saved(remembered)

    def _put(self, document: MutableMapping[str, Any], changed: Mapping[str, Any]) -> None:
        # A file that is gone, or was damaged and set aside just now, gets everything back that was chosen.
        values = changed if document else {**_chosen(self.settings), **changed}
        for key, value in values.items():
            section = _BY_KEY[key].section
            if not isinstance(document.get(section), MutableMapping):
                document[section] = {}
            document[section][key] = value

    def _keep_for_later(self, changed: Mapping[str, Any], error: OSError, *, wants_file: bool) -> None:
        with self._guard:
            self._changed = {**changed, **self._changed}
            self._wants_file = self._wants_file or wants_file
        if not self._refused:
            self._refused = True
            folder = plain(str(self._settings_file.path.parent))
            reason = error.strerror or "the disk refused"
            self._notice(
                f"Settings are not saved: {reason} ({folder}). They last until you close Chain Timer."
            )

    def _forget_saved(self, remembered: Mapping[str, Remembered]) -> None:
        with self._guard:
            self._known = None
            for routine_id, choices in remembered.items():
                if self._newly_remembered.get(routine_id) is choices:
                    del self._newly_remembered[routine_id]


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _usable(
    table: Mapping[str, Any], declared: Iterable[Setting], section: str
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    for setting in declared:
        if setting.key not in table:
            continue
        if refusal := setting.refusal(table[setting.key]):
            remedy = f"{setting.default!r} is used instead"
            problems.append(Problem(f"{section}.{setting.key}", refusal, remedy))
        else:
            values[setting.key] = table[setting.key]
    return values, problems


def _chosen(settings: Settings) -> dict[str, Any]:
    values = {setting.key: getattr(settings, setting.key) for setting in SETTINGS}
    return {key: value for key, value in values.items() if value != _BY_KEY[key].default}


def _put_remembered(document: MutableMapping[str, Any], remembered: Mapping[str, Remembered]) -> None:
    # Rebuilt rather than edited in place: the order of the routines is the order they were last chosen in.
    known = document.get(_ROUTINES)
    routines = {str(key): dict(_plain_table(value)) for key, value in _plain_table(known).items()}
    for routine_id, choices in remembered.items():
        values = {setting.key: getattr(choices, setting.key) for setting in REMEMBERED}
        kept = routines.pop(routine_id, {})
        routines[routine_id] = {k: v for k, v in {**kept, **values}.items() if v is not None}
    newest = list(routines.items())[-MOST_REMEMBERED:]
    if known is not None:
        del document[_ROUTINES]
    document[_ROUTINES] = dict(newest)


def _plain_table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
