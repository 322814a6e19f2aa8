"""Where everything lives on this computer. Only paths: a folder is made when something is written to it."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP = "chain-timer"
HOME_VARIABLE = "CHAIN_TIMER_HOME"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one person; with CHAIN_TIMER_HOME all of them are inside that one."""

    settings: Path
    routines: Path
    exercises: Path
    history: Path
    cache: Path
    logs: Path


def find_folders(environ: Mapping[str, str] | None = None) -> Folders:
    """Find the folders by the customs of this system, or by CHAIN_TIMER_HOME where that is set."""
    home = (os.environ if environ is None else environ).get(HOME_VARIABLE, "").strip()
    return _inside(Path(home).expanduser().absolute()) if home else _by_custom()


def can_be_made(folder: Path) -> bool:
    """Whether something could be written into a folder, there or not yet: looks, and leaves no trace."""
    for place in (folder, *folder.parents):
        if os.path.lexists(place):
            return place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    return False


def _inside(root: Path) -> Folders:
    return Folders(
        settings=root / "settings",
        routines=root / "routines",
        exercises=root / "exercises",
        history=root / "history",
        cache=root / "cache",
        logs=root / "logs",
    )


def _by_custom() -> Folders:
    import platformdirs  # noqa: PLC0415 -- not needed with CHAIN_TIMER_HOME

    data = platformdirs.user_data_path(APP, appauthor=False)
    folders = Folders(
        settings=platformdirs.user_config_path(APP, appauthor=False),
        routines=data / "routines",
        exercises=data / "exercises",
        history=data / "history",
        cache=platformdirs.user_cache_path(APP, appauthor=False),
        logs=platformdirs.user_log_path(APP, appauthor=False),
    )
    # Without any home a "~" would stay in the paths, and files would land wherever the program was started.
    return folders if data.is_absolute() else _inside(Path(tempfile.gettempdir()) / f"{APP}-{os.getpid()}")
