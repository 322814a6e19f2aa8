"""Homes with something in them, and a clock that stands still, for backups."""

import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

from chain_timer.exchange.restoring import Desk
from chain_timer.history.history import History, open_history
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling, Outcome, Part, PastExercise, SessionRecord
from chain_timer.system.folders import Folders
from chain_timer.timeline.kinds import Kind

NOW = Moment(1_795_430_280_000, 60)  # 2026-11-23, 11:38 local
EXERCISE = '# Mine.\nname = "Wall lean"  # as grandma did\nsteps = ["Lean in."]\nhold = "45s"\n'
PICTURED = 'name = "Door pull"\nsteps = ["Pull."]\npicture = "door.png"\n'
ROUTINE = (
    'name = "Evening"\n\n# Slowly.\nexercises = ["wall-lean", { exercise = "door-pull", hold = "1m" }]\n'
)
BROKEN = b"name = [\xff\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
DRAFT = '{"format": 1, "of": "", "digest": "", "text": "name = 1", "title": "New"}'
SETTINGS = '# My own words.\n[voice]\nrate = 180\n\n[look]\ntheme = "dark"\n'
REMEMBERED = "[routines.evening]\nhold_ms = 60000\n"
FULL: Mapping[str, bytes | str] = {
    "exercises/wall-lean.toml": EXERCISE,
    "exercises/door-pull.toml": PICTURED,
    "exercises/door.png": PICTURE,
    "routines/evening.toml": ROUTINE,
    "routines/windows.toml": ROUTINE.replace("\n", "\r\n"),
    "routines/broken.toml": BROKEN,
    "drafts/abc-1.json": DRAFT,
    "settings/settings.toml": SETTINGS,
    "settings/remembered.toml": REMEMBERED,
}


def record(number: int, note: str = "") -> SessionRecord:
    """Give a session of its own day."""
    started = Moment(NOW.ms - number * 86_400_000, 60)
    exercise = PastExercise("wall-lean", "Wall lean", ("calves",))
    parts = (
        Part(Kind.PREPARE, 10_000, 10_000, Outcome.DONE),
        Part(Kind.HOLD, 45_000, 44_000 + number, Outcome.DONE, exercise_id="wall-lean"),
    )
    return SessionRecord(
        f"{number:032x}", started, started.ms + 60_000, "evening", "Evening", ROUTINE, 55_000, 45_000,
        Ending.FINISHED, parts, (exercise,), Feeling.GOOD, note, started.ms,
    )  # fmt: skip


def opened(folder: Path) -> History:
    """Open a history as the program does."""
    return open_history(folder, lambda: NOW)[0]


def with_sessions(root: Path, *records: SessionRecord) -> Path:
    with closing(opened(root / "history")) as history:
        for each in records:
            history.add(each)
    return root


def sessions(root: Path) -> list[SessionRecord]:
    with closing(opened(root / "history")) as history:
        return list(history.records())


def no_history(folder: Path) -> Any:
    raise AssertionError(f"nobody has a history in {folder}")


def folders_in(root: Path) -> Folders:
    places = ("settings", "routines", "exercises", "history", "cache", "logs")
    return Folders(**{name: root / name for name in places})


def desk_in(root: Path, opened: Callable[[Path], Any] = no_history) -> Desk:
    return Desk(folders_in(root), opened, lambda: NOW)


def filled(root: Path, files: Mapping[str, bytes | str] = FULL) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def contents(root: Path) -> dict[str, bytes]:
    """Give everything a person has in a home, but for the history."""
    kept = ("exercises", "routines", "drafts", "settings")
    found = (path for each in kept for path in (root / each).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}


def as_bytes(files: Mapping[str, bytes | str]) -> dict[str, bytes]:
    return {name: each if isinstance(each, bytes) else each.encode() for name, each in sorted(files.items())}


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """Change what is in an archive, and nothing of its own list."""
    found = entries(path)
    change(found)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    path.write_bytes(file.getvalue())


def listed(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what a backup says of itself."""

    def relisted(found: dict[str, bytes]) -> None:
        values = json.loads(found["manifest.json"])
        change(values)
        found["manifest.json"] = json.dumps(values).encode()

    repacked(path, relisted)
