"""Shelves: exercises or routines by id, of which a person's own are read when they are asked for."""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar

from chain_timer.problems import FileProblemsError

MOST_KEPT = 1_000
"""Values read from files that are remembered: of exercises two or three megabytes."""


class Titled(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Titled)


class Shelf(Mapping[str, T]):
    """What ships is held, an own file is read on access; one that turns out broken counts as missing.

    May be used from several threads.
    """

    def __init__(
        self,
        held: Mapping[str, T],
        own: Mapping[str, Titled],
        marks: Mapping[str, object],
        path_of: Callable[[str], Path],
        read: Callable[[Path], T],
    ) -> None:
        """Take what is held, and by id what is known of own files: names, versions, paths, their reader."""
        self._held = {key: value for key, value in held.items() if key not in own}
        self._own = own
        self._marks = marks
        self._path_of = path_of
        self._read = read
        self._ids = tuple(dict.fromkeys((*held, *own)))
        self._kept: dict[str, T | None] = {}
        self._most = MOST_KEPT
        self._lock = Lock()

    def __getitem__(self, key: str) -> T:
        found = self._held.get(key)
        if found is None:
            found = self._read_once(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, key: object) -> bool:
        """Whether there is one by this id, as far as is known without reading it."""
        return key in self._own or key in self._held

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Shelf):
            return self._held == other._held and self._marks == other._marks
        return isinstance(other, Mapping) and self.keys() == other.keys() and super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]

    def values(self) -> ValuesView[T]:
        """All that can be read, each read when its turn comes."""
        return _Values(self)

    def items(self) -> ItemsView[str, T]:
        return _Items(self)

    def titles(self) -> Iterator[Titled]:
        """Everything with its id and name, without reading any file."""
        return (self._own[key] if key in self._own else self._held[key] for key in self._ids)

    def mark(self, key: str) -> object:
        """What tells this version of one from another, without reading it."""
        return self._marks[key] if key in self._own else self._held.get(key)

    def path(self, key: str) -> Path | None:
        """Give the file of an own one, which need not be called by its id; None for one that ships."""
        return self._path_of(key) if key in self._own else None

    def is_unread(self, key: str) -> bool:
        """Whether it would have to be read from its file now."""
        return key in self._own and key not in self._kept

    @cached_property
    def id_by_name(self) -> Mapping[str, str]:
        """The ids by casefolded name; of two with the same name the later one counts."""
        return {each.name.casefold(): each.id for each in self.titles()}

    @contextmanager
    def all_kept(self) -> Iterator[None]:
        """Remember everything that is read meanwhile, for who goes through all."""
        self._most = len(self._ids)
        try:
            yield
        finally:
            self._most = MOST_KEPT
            with self._lock:
                for key in tuple(self._kept)[:-MOST_KEPT]:
                    del self._kept[key]

    def _read_once(self, key: str) -> T | None:
        if key not in self._own:
            return None
        with self._lock:
            if key in self._kept:
                # To the end of the queue: what was used long ago goes first.
                self._kept[key] = found = self._kept.pop(key)
                return found
        try:
            found = self._read(self._path_of(key))
        except FileProblemsError:
            found = None
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return found


class _Values(ValuesView[T]):
    def __init__(self, shelf: Shelf[T]) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def __iter__(self) -> Iterator[T]:
        return (value for _, value in _readable(self._shelf))


class _Items(ItemsView[str, T]):
    def __init__(self, shelf: Shelf[T]) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return _readable(self._shelf)


def _readable(shelf: Shelf[T]) -> Iterator[tuple[str, T]]:
    return ((key, value) for key in shelf if (value := shelf.get(key)) is not None)


def titles_in(by_id: Mapping[str, T]) -> Iterable[Titled]:
    """Give id and name of everything, without reading a file."""
    return by_id.titles() if isinstance(by_id, Shelf) else by_id.values()


def id_named(name: str, by_id: Mapping[str, T]) -> str | None:
    """Give the id of the first with this name, in any letters."""
    wanted = name.casefold()
    return next((each.id for each in titles_in(by_id) if each.name.casefold() == wanted), None)
