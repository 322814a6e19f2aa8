"""What every command stands on: a person's folders, settings and library."""

# ruff: noqa: PLC0415 - the window is painted before there is a library or a word

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from chain_timer.cli.printing import notice, notice_problems
from chain_timer.problems import NotFoundError, Problem, quoted
from chain_timer.system.folders import Folders, find_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chain_timer.history.history import Opener
    from chain_timer.history.keeper import Keeper
    from chain_timer.routine.catalog import Pace
    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.system.settings import Settings
    from chain_timer.system.settings_store import SettingsStore
    from chain_timer.timeline.phrases import Phrases


class Home:
    """Read when first asked for, so that a command pays for what it uses."""

    def __init__(self, folders: Folders | None = None) -> None:
        self.folders = folders or find_folders()

    @cached_property
    def built_in(self) -> Library:
        from chain_timer.routine.library import Library

        return Library.built_in()

    @cached_property
    def library(self) -> Library:
        """What ships, with the person's own files."""
        return self._with_own()

    def read_library(self, pace: Pace) -> Library:
        """Give the same, read at a pace where it has not been read before."""
        if "library" not in self.__dict__:
            self.__dict__["library"] = self._with_own(pace)
        return self.library

    def _with_own(self, pace: Pace | None = None) -> Library:
        from chain_timer.routine.catalog_file import CatalogFile
        from chain_timer.session.clock import today_ns

        kept = CatalogFile(self.folders.cache / "library.jsonl", today_ns)
        return self.built_in.with_own(self.folders.routines.parent, kept, pace)

    @cached_property
    def phrases(self) -> Phrases:
        from chain_timer.timeline.phrases import load_phrases

        return load_phrases()

    @cached_property
    def store(self) -> SettingsStore:
        from chain_timer.system.settings_store import SettingsStore

        store = SettingsStore(self.folders.settings, notice=notice)
        notice_problems(store.problems)
        return store

    @cached_property
    def keeper(self) -> Keeper:
        """What keeps the sessions; :meth:`kept` closes it."""
        from chain_timer.history.keeper import Keeper
        from chain_timer.session.clock import now

        return Keeper(self.folders.history, now, opener=self.open_history)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Close the keeper in the end, if there was one."""
        try:
            yield
        finally:
            if "keeper" in self.__dict__:
                self.keeper.close()

    @cached_property
    def open_history(self) -> Opener:
        """Opens the history, for whoever wants it, in a thread."""
        from chain_timer.history.history import Opener
        from chain_timer.session.clock import now

        return Opener(self.folders.history, now, tell=self._tell_of_history)

    def _tell_of_history(self, problems: Iterable[Problem]) -> None:
        self.keeper.tell(problems)

    @property
    def settings(self) -> Settings:
        return self.store.settings

    @property
    def clips(self) -> Path:
        """Where rendered phrases are kept."""
        return self.folders.cache / "clips"

    def routine(self, name: str | None, commands: Iterable[str] = ()) -> Routine:
        """Find a routine by id, title or file; the default one without a name.

        Raises NotFoundError, with a suggestion out of routines and ``commands``, or FileProblemsError.
        """
        from chain_timer.routine.library import DEFAULT_ROUTINE

        try:
            return self.library.routine(name or DEFAULT_ROUTINE)
        except NotFoundError:
            if name is None:
                raise
            # One of their own that could not be read is there too, and tells its problems.
            for path in (name, self.folders.routines / f"{name}.toml"):
                if os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises on names that are too long
                    return self.library.read_routine(Path(path))
            raise NotFoundError(self._missing(name, tuple(commands))) from None

    def _missing(self, name: str, commands: tuple[str, ...]) -> str:
        from chain_timer.routine.words import did_you_mean, slug

        what = "routine or command" if commands else "routine"
        if self._is_exercise(name):
            return f"{quoted(name)} is an exercise; chain-timer show tells about it, routines use it"
        known = (*commands, *self.library.by_routine_id)
        remedy = did_you_mean(slug(name[:200]), known, "chain-timer list tells which there are")
        return f"There is no {what} {quoted(name)}; {remedy}"

    def _is_exercise(self, name: str) -> bool:
        try:
            self.library.exercise(name)
        except NotFoundError:
            return False
        return True
