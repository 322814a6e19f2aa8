"""Drafts: what a person writes, kept every little while, so that not even a crash costs it."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from chain_timer.problems import Problem
from chain_timer.routine.own_files import digest_of, disk_told
from chain_timer.routine.toml_file import LARGEST_FILE, source_text
from chain_timer.system.files import read_bytes_bounded, set_aside, write_bytes_atomic

MOST_DRAFTS = 100
DAMAGED_SUFFIX = ".damaged"
_ENDING = ".json"
_LARGEST_BYTES = 4 * LARGEST_FILE
"""JSON writes some characters with two."""
_MOST_LOOKED_AT = 10_000
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_FORMAT = 1


class Standing(StrEnum):
    """What has become of the file that a draft began from."""

    NEW = "new"
    """It began from none."""
    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Draft:
    """A routine being written, not saved yet."""

    of: str
    """The name of the file it began from; empty for a new one."""
    digest: str
    """Of that file's bytes as it began; empty for a new one."""
    text: str
    """The routine as TOML."""
    title: str

    def standing(self, folder: Path) -> Standing:
        """Tell whether the file it began from, in this folder, is still the same. Never raises."""
        if not self.of:
            return Standing.NEW
        try:
            data = read_bytes_bounded(folder / self.of, LARGEST_FILE)
        except FileNotFoundError:
            return Standing.GONE
        except (OSError, ValueError):
            return Standing.CHANGED
        return Standing.SAME if digest_of(data) == self.digest else Standing.CHANGED


class Drafts:
    """The drafts in a folder, each in a file of its own. Blocks on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, draft_id: str, draft: Draft) -> None:
        """Keep a draft, in place of the one of this id before it. Raises NotSavedError."""
        path = self._path(draft_id)
        values = {"format": _FORMAT, **asdict(draft)}
        data = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
        with disk_told(draft.title or draft_id, self.folder, "is not kept as a draft"):
            if len(data) > _LARGEST_BYTES:
                raise ValueError("it is too large")
            write_bytes_atomic(path, data)

    def forget(self, draft_id: str) -> None:
        """Remove a draft that is saved, or not wanted. Raises NotSavedError."""
        path = self._path(draft_id)
        with disk_told(path.name, self.folder, "is not removed"):
            path.unlink(missing_ok=True)

    def all(self) -> tuple[tuple[tuple[str, Draft], ...], tuple[Problem, ...]]:
        """Every draft with its id, the newest first, and what is wrong with the others. Never raises.

        A damaged one is kept aside; of more than a hundred the oldest are left alone.
        """
        found: list[tuple[str, Draft]] = []
        problems: list[Problem] = []
        for path in self._files(problems):
            try:
                found.append((path.stem, _draft_in(read_bytes_bounded(path, _LARGEST_BYTES))))
            except FileNotFoundError:
                continue
            except OSError as error:
                reason = (error.strerror or "unknown error").lower()
                problems.append(
                    Problem(source_text(path), f"cannot be read: {reason}", "check its permissions")
                )
            except (ValueError, RecursionError):
                problems.append(_damaged(path))
        return tuple(found), tuple(problems)

    def _path(self, draft_id: str) -> Path:
        """Give the file of a draft. Raises ValueError for what is no id: that is a mistake of ours."""
        if not _ID.fullmatch(draft_id):
            raise ValueError(f"{draft_id!r} is no id of a draft")
        return self.folder / f"{draft_id}{_ENDING}"

    def _files(self, problems: list[Problem]) -> list[Path]:
        try:
            paths = (path for path in self.folder.iterdir() if _is_draft(path))
            newest = sorted(islice(paths, _MOST_LOOKED_AT), key=_age)
        except FileNotFoundError:
            return []
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            problems.append(
                Problem(source_text(self.folder), f"cannot be read: {reason}", "check its permissions")
            )
            return []
        if len(newest) > MOST_DRAFTS:
            what = f"it holds more than {MOST_DRAFTS} drafts, and the oldest are left out"
            problems.append(Problem(source_text(self.folder), what, "save or remove some of them"))
        return newest[:MOST_DRAFTS]


def _is_draft(path: Path) -> bool:
    return path.suffix == _ENDING and bool(_ID.fullmatch(path.stem))


def _age(path: Path) -> tuple[int, str]:
    try:
        return -path.stat().st_mtime_ns, path.name
    except OSError:
        return 0, path.name


def _draft_in(data: bytes) -> Draft:
    """Read a draft. Raises ValueError or RecursionError when it is damaged."""
    values = json.loads(data.decode())
    if not isinstance(values, dict) or values.get("format") != _FORMAT:
        raise ValueError("this is no draft")
    draft = Draft(*(_text_in(values, key) for key in ("of", "digest", "text", "title")))
    if draft.of and (Path(draft.of).name != draft.of or "\\" in draft.of or "\0" in draft.of):
        raise ValueError("it began from no file of ours")
    return draft


def _text_in(values: Mapping[str, object], key: str) -> str:
    value = values.get(key)
    if isinstance(value, str):
        value.encode()  # half a character is a ValueError too
        return value
    raise ValueError(f"{key} is no text")


def _damaged(path: Path) -> Problem:
    try:
        aside = set_aside(path, DAMAGED_SUFFIX)
    except OSError:
        return Problem(source_text(path), "this draft is damaged", "mend or remove it")
    return Problem(source_text(path), "this draft is damaged", f"it is kept as {aside.name}")
