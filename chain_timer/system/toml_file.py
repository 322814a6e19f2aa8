"""A TOML file that several instances share: read forgivingly, changed key by key, never lost."""

import tomllib
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from chain_timer.problems import Problem
from chain_timer.system.files import folder_locked, read_bytes_bounded, set_aside, write_text_atomic

LARGEST_BYTES = 1024 * 1024
DAMAGED_SUFFIX = ".damaged"

Edit = Callable[[MutableMapping[str, Any]], None]


class TomlFile:
    """Unreadable is not empty: a damaged file is kept beside the new one, one out of reach is left alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """What the file says, and what is wrong with it; an empty table without a file. Never raises."""
        try:
            return tomllib.loads(self._text()), ()
        except FileNotFoundError:
            return {}, ()
        except OSError as error:
            problem = Problem(str(self.path), f"cannot be read ({error.strerror})", "check its permissions")
            return {}, (problem,)
        except (ValueError, RecursionError) as error:
            return {}, (self._damaged(error),)

    def merge(self, edit: Edit) -> None:
        """Change only what ``edit`` changes in what the file says now. Raises OSError; then nothing changed.

        Comments, order and keys of other versions stay. Blocks on the disk: keep it off the event loop.
        """
        with folder_locked(self.path.parent):
            document = self._document()
            edit(document)
            import tomlkit  # noqa: PLC0415 -- 0.03 s that only a change needs

            write_text_atomic(self.path, tomlkit.dumps(document), keep_previous=True)

    def _text(self) -> str:
        return read_bytes_bounded(self.path, LARGEST_BYTES).decode("utf-8-sig")

    def _document(self) -> MutableMapping[str, Any]:
        import tomlkit  # noqa: PLC0415 -- 0.03 s that only a change needs

        try:
            return tomlkit.parse(self._text())
        except FileNotFoundError:
            return tomlkit.document()
        except (ValueError, RecursionError):
            set_aside(self.path, DAMAGED_SUFFIX)
            return tomlkit.document()

    def _damaged(self, error: Exception) -> Problem:
        reason = str(error) if isinstance(error, ValueError) else "it is nested too deep"
        try:
            aside = set_aside(self.path, DAMAGED_SUFFIX)
        except OSError:
            return Problem(str(self.path), f"is damaged ({reason})", "mend or remove it")
        return Problem(str(self.path), f"was damaged ({reason})", f"it is kept as {aside.name}")
