"""The settings of a backup beside those that are here, for a person to see where they differ."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chain_timer.exchange.backup_layout import SETTINGS
from chain_timer.exchange.zip_entry import RefusedError
from chain_timer.system.files import read_bytes_bounded
from chain_timer.system.settings import SETTINGS as DECLARED
from chain_timer.system.settings_store import SETTINGS_NAME
from chain_timer.system.toml_file import LARGEST_BYTES

IN_BACKUP = f"{SETTINGS}/{SETTINGS_NAME}"

Value = bool | int | str


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting that is not here as it is in the backup."""

    key: str
    label: str
    here: Value
    there: Value


def checked_settings(data: bytes) -> bytes:
    """Give a file of settings that can be read as one. Raises RefusedError."""
    if len(data) > LARGEST_BYTES:
        raise RefusedError(f"it is larger than {LARGEST_BYTES // 1024 // 1024} MiB")
    _table(data)
    return data


def setting_changes(folder: Path, data: bytes) -> tuple[SettingChange, ...]:
    """Compare the settings of a backup with those of a folder. Raises RefusedError for what are none."""
    try:
        here = _values(_table(read_bytes_bounded(folder / SETTINGS_NAME, LARGEST_BYTES)))
    except (OSError, ValueError, RefusedError):
        here = _values({})  # as the program reads what it cannot read
    return tuple(_changes(here, _values(_table(data))))


def _changes(here: Mapping[str, Value], there: Mapping[str, Value]) -> Iterator[SettingChange]:
    for setting in DECLARED:
        if here[setting.key] != there[setting.key]:
            yield SettingChange(setting.key, setting.label, here[setting.key], there[setting.key])


def _values(table: Mapping[str, object]) -> dict[str, Value]:
    """Give all settings as the program takes them: what cannot be used counts as never set."""
    found: dict[str, Value] = {}
    for setting in DECLARED:
        section = table.get(setting.section)
        value = section.get(setting.key, setting.default) if isinstance(section, dict) else setting.default
        found[setting.key] = setting.default if setting.refusal(value) else value
    return found


def _table(data: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise RefusedError("these are no settings: it is no valid TOML") from None
