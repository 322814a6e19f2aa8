"""The entries of a zip archive, unfolded one by one in memory; nothing of it ever becomes a file by its name.

What an archive says of itself, its sizes above all, is the word of whoever made it: everything is counted
while it unfolds, and the counting ends the unfolding.
"""

import zipfile
from collections.abc import Iterator

from chain_timer.exchange.source import Source
from chain_timer.exchange.zip_entry import RefusedError, fault_of, label, start_of, unfolded
from chain_timer.problems import Problem

MOST_ENTRIES = 10_000
LARGEST_ENTRY = 16 * 1024 * 1024
LARGEST_PICTURE = 8 * 1024 * 1024
LARGEST_WHOLE = 128 * 1024 * 1024
_IN_DIRECTORY = b"PK\x01\x02"
_PIECE = 4096
_WHOLE = "the whole archive holds more than 128 MiB"


def is_crowded(source: Source) -> bool:
    """Whether it is an archive with more entries than we look at; counted without listing them."""
    return source.data.startswith(b"PK") and source.data.count(_IN_DIRECTORY) > MOST_ENTRIES


class Archive:
    """What can safely be read of an archive; what cannot is told in :attr:`problems`, each by its name."""

    def __init__(self, source: Source, *, rooted: bool = False) -> None:
        """Look at the names alone. With ``rooted`` they may start with a slash, which is left out."""
        self.problems: list[Problem] = []
        self._data = memoryview(source.data)
        self._left = LARGEST_WHOLE
        self._rooted = rooted
        self._entries: dict[str, zipfile.ZipInfo] = {}
        if is_crowded(source):
            self.problems.append(_crowd())
        elif source.archive is not None:
            self._list(source.archive.infolist())

    @property
    def names(self) -> tuple[str, ...]:
        """The entries that can be read, in the archive's order."""
        return tuple(self._entries)

    def read(self, name: str, most: int = LARGEST_ENTRY) -> bytes | None:
        """Unfold an entry; None when there is none of this name, or after telling why it cannot be had."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        try:
            return self._unfolded(entry, most)
        except RefusedError as error:
            self._tell(name, str(error))
        return None

    # --- names ---------------------------------------------------------------------------------------

    def _list(self, entries: list[zipfile.ZipInfo]) -> None:
        for entry in entries:
            # As it stands in the file: what zipfile makes of it differs from system to system.
            name = entry.orig_filename
            if self._rooted:
                name = name.removeprefix("/")
            fault = fault_of(name, entry)
            if name.endswith("/") and not fault:
                continue  # a folder: its files say where they are
            if fault:
                self._tell(name, fault)
            elif name in self._entries:
                self._tell(name, "it is there twice", "the first was taken")
            else:
                self._entries[name] = entry

    def _tell(self, name: str, what: str, instead: str = "it was left out") -> None:
        self.problems.append(Problem(label(name), what, instead))

    # --- content -------------------------------------------------------------------------------------

    def _unfolded(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        if self._left < 0:
            raise RefusedError(_WHOLE)
        found = bytearray()
        for part in unfolded(entry, self._pieces(entry), most):
            self._left -= len(part)
            if self._left < 0:
                raise RefusedError(_WHOLE)
            found += part
        return bytes(found)

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
        start = start_of(entry, lambda at, size: bytes(self._data[at : at + size]))
        if start + entry.compress_size > len(self._data):
            raise RefusedError("it is cut short")
        for used in range(0, entry.compress_size, _PIECE):
            piece = bytes(self._data[start + used : start + min(used + _PIECE, entry.compress_size)])
            yield piece, used + len(piece)


def _crowd() -> Problem:
    return Problem("", f"it has more than {MOST_ENTRIES:,} entries", "choose an archive with fewer files")
