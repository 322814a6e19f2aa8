"""Our own bundle: a routine with the exercises and pictures it needs, as one file to keep or send.

It is a zip archive of the same files a person writes, so that any archive program opens it in need::

    bundle.toml            format = 1
    routines/NAME.toml     or routine.toml
    exercises/NAME.toml
    pictures/NAME.png

Its ending is ``.chain-timer``, not ``.zip``: that says which program opens it, no other program claims it,
and neither browsers nor mail programs unpack it on the way. A Chain Timer folder that was zipped by hand is
read just the same.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import BinaryIO, TypeVar

from chain_timer.exchange.archive import LARGEST_PICTURE, Archive, is_crowded
from chain_timer.exchange.giving import Given
from chain_timer.exchange.own_toml import with_exercises, with_free_id
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.exchange.zip_entry import label
from chain_timer.problems import FileProblemsError, Problem, quoted
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_reader import exercise_from
from chain_timer.routine.finder import Finder
from chain_timer.routine.routine import Routine
from chain_timer.routine.routine_reader import routine_of
from chain_timer.routine.toml_file import LARGEST_FILE, parse_toml
from chain_timer.routine.words import slug

SUFFIX = ".chain-timer"
FORMAT = 1
_MANIFEST = "bundle.toml"
_EXERCISES, _ROUTINES, _PICTURES = "exercises", "routines", "pictures"
_MOST_PROBLEMS = 200
_LARGEST_TEXT = 2 * LARGEST_FILE
"""Bytes of all TOML together: what a library with a thousand exercises has, twice over."""
# An archive of the same content has the same bytes: the oldest date a zip can tell, and plain permissions.
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o100644 << 16
_LONGEST_ID = 80

T = TypeVar("T", dict[str, object], Exercise, Routine)


def recognizes(source: Source) -> bool:
    """Whether it is an archive with files of ours in their places, or one too full to look at."""
    if is_crowded(source):
        return True  # so that somebody tells it
    return any(
        name == _MANIFEST or _folder(name) in {_EXERCISES, _ROUTINES} for name in Archive(source).names
    )


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Take everything that is good. Raises FileProblemsError with all that is wrong when nothing is."""
    return _Reading(source, known).parcel(progress)


def write(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write the routine with all that others may lack; tells pictures that could not be read."""
    problems: list[Problem] = []
    entries = list(_entries(given, problems))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(entries):
            progress(number, len(entries))
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system, info.external_attr = _UNIX, _MODE
            # Pictures are packed already.
            info.compress_type = zipfile.ZIP_STORED if _folder(name) == _PICTURES else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    progress(len(entries), len(entries))
    return tuple(problems)


# --- out -------------------------------------------------------------------------------------------------


def _entries(given: Given, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    from chain_timer.routine.exercise_writer import exercise_text  # noqa: PLC0415 - it brings tomlkit along
    from chain_timer.routine.routine_writer import routine_text  # noqa: PLC0415 - it brings tomlkit along

    own = [each for each in given.routine.exercises if given.shipped.get(each.id) != each]
    pictures: dict[str, bytes] = {}
    yield _MANIFEST, f"format = {FORMAT}\n".encode()
    known = {each.id: each for each in given.routine.exercises}
    yield f"{_ROUTINES}/{given.routine.id}.toml", routine_text(given.routine, known).encode()
    for exercise in own:
        pictured = _with_picture(exercise, given, pictures, problems)
        yield f"{_EXERCISES}/{exercise.id}.toml", exercise_text(pictured).encode()
    yield from ((f"{_PICTURES}/{name}", data) for name, data in pictures.items())


def _with_picture(
    exercise: Exercise, given: Given, pictures: dict[str, bytes], problems: list[Problem]
) -> Exercise:
    """Put the exercise's picture with the others; without one that can be read, it names none."""
    if not exercise.picture or exercise.picture in pictures:
        return exercise
    data = given.picture(exercise)
    if data is None or len(data) > LARGEST_PICTURE:
        what = f"its picture {quoted(exercise.picture)} cannot be read or is larger than 8 MiB"
        problems.append(Problem(exercise.name, what, "it went without"))
        return replace(exercise, picture="")
    pictures[exercise.picture] = data
    return exercise


# --- in --------------------------------------------------------------------------------------------------


class _BothFinder(Finder):
    """Finds exercises of a bundle, and of ours those that it does not have; ours are read when asked for."""

    def __init__(self, theirs: Mapping[str, Exercise], ours: Mapping[str, Exercise]) -> None:
        super().__init__(ours)
        self._ours = ours
        self._theirs = Finder(theirs)
        self._their_ids = theirs

    def suggested(self) -> Iterator[str]:
        return chain(self._theirs.suggested(), super().suggested())

    def find(self, name: str) -> Exercise | None:
        # An id is surer than a name, whoever has it.
        return (
            self._their_ids.get(name) or self._ours.get(name) or self._theirs.find(name) or super().find(name)
        )


class _Reading:
    """One bundle on its way in: what was good so far, and what was not."""

    def __init__(self, source: Source, known: Known) -> None:
        self._source = source
        self._archive = Archive(source)
        self._known = known
        self._text_left = _LARGEST_TEXT
        self._losses: list[Problem] = []
        self._theirs: dict[str, Exercise] = {}
        """The bundle's exercises by the ids that its routines know them by."""
        self._renamed: dict[str, Exercise] = {}
        """Those of them that go by another id here, by the one they came with."""
        self._exercises: dict[str, Exercise] = {}
        self._routines: dict[str, Routine] = {}
        self._pictures: dict[str, bytes] = {}

    def parcel(self, progress: Progress) -> Parcel:
        self._check_format()
        work = [
            *((name, self._take_exercise) for name in self._in(_EXERCISES)),
            *((name, self._take_routine) for name in self._in(_ROUTINES)),
        ]
        for number, (name, take) in enumerate(work):
            progress(number, len(work))
            take(name)
        self._tell_others()
        losses = tuple(self._all_losses())
        if not self._exercises and not self._routines:
            nothing = Problem("", "everything in it is here already, or there is nothing in it")
            raise FileProblemsError(self._source.name, losses or (nothing,))
        return Parcel(tuple(self._routines.values()), tuple(self._exercises.values()), self._pictures, losses)

    def _check_format(self) -> None:
        values = self._values(_MANIFEST) if _MANIFEST in self._archive.names else {}
        number = values.get("format", FORMAT)
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            self._tell(_MANIFEST, "it does not say which format this is", "what is known of it was taken")
        elif number > FORMAT:
            what = f"a newer Chain Timer made this: format {quoted(number)}"
            self._tell(_MANIFEST, what, "what is known of it was taken")

    def _values(self, name: str) -> dict[str, object]:
        text = self._text(name)
        return (self._tried(name, lambda: parse_toml(text, name)) or {}) if text is not None else {}

    def _in(self, folder: str) -> Iterable[str]:
        return [name for name in self._archive.names if _folder(name) == folder and name.endswith(".toml")]

    def _take_exercise(self, name: str) -> None:
        text, their_id = self._text(name), _id(name)
        if text is None:
            return
        read = self._tried(name, lambda: exercise_from(text, their_id, self._known.names))
        if read is None:
            return
        if their_id in self._theirs:
            self._tell(name, f"another exercise is {quoted(their_id)} as well", "the first was taken")
            return
        pictured = self._theirs[their_id] = self._with_picture(read, name)
        exercise = with_free_id(pictured, self._known.exercises, self._exercises)
        if exercise.id != their_id:
            self._renamed[their_id] = exercise
        if self._known.exercises.get(exercise.id) != exercise:
            self._exercises[exercise.id] = exercise

    def _take_routine(self, name: str) -> None:
        text, routine_id = self._text(name), _id(name)
        if text is None:
            return
        finder = _BothFinder(self._theirs, self._known.exercises)
        names = self._known.names
        routine = self._tried(
            name, lambda: routine_of(parse_toml(text, name), name, routine_id, finder, names)
        )
        if routine is None:
            return
        if routine_id in self._routines:
            self._tell(name, f"another routine is {quoted(routine_id)} as well", "the first was taken")
            return
        # One that the routine defines itself may have the id of another; it stays as it is.
        theirs = {each.id for each in routine.exercises if self._theirs.get(each.id) == each}
        self._routines[routine_id] = with_exercises(
            routine, {their_id: each for their_id, each in self._renamed.items() if their_id in theirs}
        )

    def _with_picture(self, exercise: Exercise, name: str) -> Exercise:
        if not exercise.picture or exercise.picture in self._pictures:
            return exercise
        entry = next((each for each in self._archive.names if _is_picture(each, exercise.picture)), "")
        data = self._archive.read(entry, LARGEST_PICTURE) if entry else None
        if data is None:
            if not entry:
                self._tell(name, f"its picture {quoted(exercise.picture)} is not here", "it goes without")
            return replace(exercise, picture="")
        self._pictures[exercise.picture] = data
        return exercise

    # --- text and problems ---------------------------------------------------------------------------

    def _text(self, name: str) -> str | None:
        data = self._archive.read(name, LARGEST_FILE)
        if data is None:
            return None
        self._text_left -= len(data)
        if self._text_left < 0:
            self._tell(name, "all files together are larger than 4 MiB", "it was left out")
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            self._tell(name, "this is not UTF-8 text", "it was left out")
            return None

    def _tried(self, name: str, reading: Callable[[], T]) -> T | None:
        """Read, or tell all that is wrong by the name of the entry."""
        try:
            return reading()
        except FileProblemsError as error:
            for problem in error.problems:
                where = f"{label(name)}, {problem.where}" if problem.where else label(name)
                self._losses.append(replace(problem, where=where))
            return None

    def _tell(self, name: str, what: str, instead: str) -> None:
        self._losses.append(Problem(label(name), what, instead))

    def _tell_others(self) -> None:
        for name in self._archive.names:
            folder = _folder(name)
            if name == _MANIFEST or (folder in {_EXERCISES, _ROUTINES} and name.endswith(".toml")):
                continue
            if folder in {_EXERCISES, _PICTURES} and PurePosixPath(name).name in self._pictures:
                continue
            self._tell(name, "nothing here needs it", "it was left out")

    def _all_losses(self) -> Iterator[Problem]:
        losses = [*self._archive.problems, *self._losses]
        yield from losses[:_MOST_PROBLEMS]
        if len(losses) > _MOST_PROBLEMS:
            yield Problem("", f"and {len(losses) - _MOST_PROBLEMS:,} more")


def _folder(name: str) -> str:
    """Say which of our folders an entry lies in, however deep that is; a bare routine.toml is a routine."""
    path = PurePosixPath(name)
    return _ROUTINES if path.name == "routine.toml" else path.parent.name


def _is_picture(name: str, picture: str) -> bool:
    # Ours has a folder for them; in a person's own folder they lie beside the exercises.
    return _folder(name) in {_PICTURES, _EXERCISES} and PurePosixPath(name).name == picture


def _id(name: str) -> str:
    return slug(PurePosixPath(name).stem)[:_LONGEST_ID].strip("-") or "routine"
