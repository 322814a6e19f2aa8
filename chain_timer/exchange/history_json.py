"""The history given out as JSON with everything there is, and read back the same.

``{"format": "chain-timer-history", "format_version": 1, "sessions": [ … ]}``: what it is comes before the
sessions, also where a program puts keys into the order of the alphabet. A session has the keys of
:class:`SessionRecord`; moments are text as ISO 8601 has it, with the time zone of the place. Both ways go
session by session, so that many years need no more memory than one day.
"""

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from chain_timer.exchange.history_json_session import data_of, session_in
from chain_timer.exchange.json_stream import JsonStream, StreamError
from chain_timer.exchange.parcel import Progress, no_progress
from chain_timer.exchange.source import parse_json
from chain_timer.problems import FileProblemsError, Problem, quoted
from chain_timer.routine.table import Place, Report
from chain_timer.routine.values import shown
from chain_timer.session.record import SessionRecord

FORMAT = "chain-timer-history"
VERSION = 1
MOST_SESSIONS = 1_000_000
_EVERY = 50
"""Sessions between two words about progress."""


def write(
    records: Iterable[SessionRecord], count: int, file: BinaryIO, progress: Progress
) -> tuple[Problem, ...]:
    """Write all of it in ASCII, a line for each session. Nothing is lost."""
    file.write(f'{{"format": "{FORMAT}", "format_version": {VERSION}, "sessions": ['.encode())
    for done, record in enumerate(records):
        progress(done, count)
        file.write(f"{',' if done else ''}\n{json.dumps(data_of(record))}".encode())
    file.write(b"\n]}\n")
    progress(count, count)
    return ()


def read_history_json(
    file: BinaryIO, name: str, report: Report, progress: Progress = no_progress
) -> Iterator[SessionRecord]:
    """Give the sessions of a file one by one, as soon as each is read.

    ``name`` is what a person knows the file by. What is wrong goes to the report with its place; a session
    with a problem is not given, and one that is there twice is given once. Where the file itself is broken in
    the middle, what came before was given. Raises FileProblemsError, before any session is given, when it is
    no such file or one of a newer version; CanceledError, and OSError of the file.
    """
    reading = _Reading(file, name, report, progress)
    try:
        yield from reading.sessions()
    except StreamError as error:
        problem = Problem(reading.where, f"not valid JSON: {error}", "what came before was taken")
        if not reading.is_known:
            raise FileProblemsError(name, [Problem(problem.where, problem.what, "export it again")]) from None
        report.add(problem.where, problem.what, problem.remedy)


class _Reading:
    def __init__(self, file: BinaryIO, name: str, report: Report, progress: Progress) -> None:
        self._file = file
        self._name = name
        self._report = report
        self._progress = progress
        self._stream = JsonStream(file)
        self._size = _size(file)
        self._said: dict[str, object] = {}
        self._ids: set[str] = set()
        self.is_known = False
        """Whether it has said that it is a history we can read."""
        self.where = ""
        self._is_full = False

    def sessions(self) -> Iterator[SessionRecord]:
        for key in self._stream.named():
            if key in self._said:
                raise StreamError(f"{quoted(key)} is there twice")
            if key == "sessions":
                self._said[key] = True
                self._check()
                yield from self._listed()
                if self._is_full:
                    return
            elif key in {"format", "format_version"}:
                self._said[key] = self._stream.value()
            else:
                self._stream.value()
                self._report.add("", f"{quoted(key)} is not known here", "it was left out")
        self._check()
        self._stream.check_end()
        if "sessions" not in self._said:
            self._report.add("", "sessions is missing", "nothing was taken")

    def _check(self) -> None:
        """Refuse what is no history of ours. Raises FileProblemsError."""
        if self.is_known:
            return
        form, version = self._said.get("format"), self._said.get("format_version")
        if form != FORMAT:
            self._refuse(f'"format" does not say {FORMAT} before the sessions', "choose a history as JSON")
        if type(version) is not int or version < 1:
            self._refuse(f'"format_version" is {shown(version)}', f"it should be {VERSION}")
        if isinstance(version, int) and version > VERSION:
            what = f"it is of version {shown(version)}, and {VERSION} is the newest known here"
            self._refuse(what, "bring Chain Timer up to date")
        self.is_known = True

    def _refuse(self, what: str, remedy: str) -> None:
        raise FileProblemsError(self._name, [Problem("", what, remedy)])

    def _listed(self) -> Iterator[SessionRecord]:
        if not self._stream.is_list():
            self._report.add("sessions", "it is not a list", 'write it like "sessions": [ … ]')
            self._stream.value()
            return
        for number, text in enumerate(self._stream.entries(), 1):
            self.where = f"session {number:,}"
            if number % _EVERY == 1:
                self._progress(min(self._file.tell(), self._size), self._size)
            if number > MOST_SESSIONS:
                self._report.add(self.where, f"there are more than {MOST_SESSIONS:,}", "divide the file")
                self._is_full = True
                return
            if (record := self._session(text)) is not None:
                yield record
            self.where = f"after session {number:,}"
        self.where = ""

    def _session(self, text: str) -> SessionRecord | None:
        place = Place(self._report, self.where)
        try:
            value = parse_json(text)
        except ValueError as error:
            place.problem(f"not valid JSON: {error}", "it was left out")
            return None
        record = session_in(value, place)
        if record is not None and record.id in self._ids:
            place.problem("it is there twice", "the first one was taken")
            return None
        if record is not None:
            self._ids.add(record.id)
        return record


def _size(file: BinaryIO) -> int:
    if not file.seekable():
        return 0
    here = file.tell()
    size = file.seek(0, 2)
    file.seek(here)
    return size
