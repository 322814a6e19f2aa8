"""The journals of sessions that run: a file for each, in a folder of their own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from chain_timer.problems import FileProblemsError
from chain_timer.routine.names import Names
from chain_timer.routine.routine_reader import routine_from
from chain_timer.routine.routine_writer import routine_text
from chain_timer.session.journal import (
    LARGEST_JOURNAL,
    Beat,
    Left,
    Opening,
    entry_line,
    opening_line,
    read_journal,
)
from chain_timer.session.record import Part
from chain_timer.system.files import set_aside
from chain_timer.system.growing_file import GrowingFile

ENDING = ".journal"
_DAMAGED = ".damaged"
_MOST_UNWRITTEN = 100_000


class Journal:
    """The journal of one session. What the disk does not take is written when it takes something again."""

    def __init__(self, path: Path, opening: Opening) -> None:
        self._path = path
        self._file: GrowingFile | None = None
        self._unwritten: list[Part | Beat] = []
        self._begun = False
        self.opening = opening

    @classmethod
    def gone_on_with(cls, path: Path, file: GrowingFile, opening: Opening) -> "Journal":
        """Give the journal that a session left behind."""
        journal = cls(path, opening)
        journal._file, journal._begun = file, True
        return journal

    @property
    def has_unwritten(self) -> bool:
        return bool(self._unwritten) or not self._begun

    def add(self, entry: Part | Beat) -> None:
        """Take an entry, to be written with :meth:`write`."""
        if isinstance(entry, Beat) and self._unwritten and isinstance(self._unwritten[-1], Beat):
            self._unwritten.pop()  # the newer one says all of it
        if len(self._unwritten) < _MOST_UNWRITTEN:
            self._unwritten.append(entry)

    def write(self) -> None:
        """Write what is not written yet. Raises OSError; nothing is lost by it."""
        if self._file is None:
            self._file = GrowingFile(self._path)
        if not self._begun:
            self._file.cut(0)
            self._file.append(opening_line(self.opening))
            self._begun = True
        if self._unwritten:
            self._file.append(b"".join(entry_line(each) for each in self._unwritten))
            self._unwritten.clear()

    def remove(self) -> None:
        """Remove it: it has nothing to tell any more. Raises OSError."""
        file, self._file = self._file, None
        if file is not None:
            file.remove()

    def close(self) -> None:
        """Leave it for another time."""
        file, self._file = self._file, None
        if file is not None:
            file.close()


def journal_path(folder: Path, session_id: str) -> Path:
    """Give the file of a session's journal."""
    return folder / f"{session_id}{ENDING}"


def with_content(opening: Opening) -> Opening:
    """Give what a session began with, its routine written out."""
    if opening.content or opening.routine is None:
        return opening
    return replace(opening, content=routine_text(opening.routine, {}))


def left_behind(folder: Path) -> Iterator[tuple[Left, Journal]]:
    """Give what sessions left behind that nobody plays any more, the newest first.

    What is no journal is set aside, an empty one removed. Raises OSError where the folder cannot be read.
    """
    try:
        paths = sorted(folder.glob(f"*{ENDING}"), key=_age)
    except FileNotFoundError:
        return
    for path in paths:
        found = _read(path)
        if found is not None:
            yield found


def _read(path: Path) -> tuple[Left, Journal] | None:
    try:
        file = GrowingFile(path)
    except OSError:
        return None  # it runs, in another window or terminal; or nobody may read it
    try:
        read = read_journal(file.read(LARGEST_JOURNAL))
    except (OSError, ValueError):
        read = None
    if read is None:
        _put_away(path, file)
        return None
    left, whole = read
    try:
        file.cut(whole)
    except OSError:
        file.close()
        return None
    return left, Journal.gone_on_with(path, file, left.opening)


def _put_away(path: Path, file: GrowingFile) -> None:
    """Remove a journal in which nothing stands, keep any other that cannot be read out of the way."""
    try:
        if file.is_empty:
            file.remove()
        else:
            file.close()
            set_aside(path, _DAMAGED)
    except OSError:
        return


def _age(path: Path) -> tuple[int, str]:
    try:
        return -path.stat().st_mtime_ns, path.name
    except OSError:
        return 0, path.name


def playable(left: Left, names: Names) -> Left | None:
    """Give what was left with its routine, ready to be gone on with; None where that cannot be read."""
    opening = left.opening
    try:
        routine = routine_from(opening.content, opening.routine_id, {}, names)
    except FileProblemsError:
        return None
    return left._replace(opening=replace(opening, routine=routine))
