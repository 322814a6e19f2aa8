"""Files of other programs read one after the other into one parcel, and what a person is told of it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from chain_timer.exchange.formats import InFormat
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError, Problem, plain
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine
from chain_timer.units import whole_minutes
from chain_timer.window.plain_view import safe_lines
from chain_timer.window.setup_facts import work_text

MOST_FILES = 200
"""Chosen at once; each may hold thousands."""
_MOST_PICTURE_BYTES = 256 * 1024 * 1024
"""Of all files together: they lie in memory until a person has chosen."""
_STEPS = 1_000
"""How finely the progress of one file counts in that of all."""
_EVERY = 64
_ROWS_EVERY = 8
_LONGEST_TITLE = 300
_MOST_FILES_TOLD = 6


@dataclass(frozen=True, slots=True)
class FileFound:
    """What one file holds."""

    name: str
    format: str
    exercises: int
    routines: int

    @property
    def holds(self) -> str:
        """In words; empty where all that is in it is here already."""
        return counted(self.exercises, self.routines) if self.exercises or self.routines else ""


@dataclass(frozen=True, slots=True)
class BringRow:
    """A routine or an exercise as a line of the list."""

    id: str
    """Of the line: a routine and an exercise may be called the same."""
    thing_id: str
    name: str
    detail: str
    findable: str
    """All that a search looks at, casefolded."""
    is_routine: bool
    is_there: bool
    """Whether the library has one of this name already."""
    needs: frozenset[str] = frozenset()
    """Ids of the new exercises that a routine cannot be without."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was found in files."""

    parcel: Parcel = field(default_factory=Parcel)
    files: tuple[FileFound, ...] = ()
    failures: tuple[str, ...] = ()
    """Why files could not be used, one line each or more."""
    unknown: tuple[str, ...] = ()
    """The names of files that no format is known for."""
    rows: tuple[BringRow, ...] = ()
    """Routines first, then exercises."""
    losses: int = 0
    """How much could not be taken over."""
    losses_text: str = ""
    """A line for each, whole files first; safe to show."""


def read_files(
    paths: Sequence[Path],
    formats: Sequence[InFormat],
    known: Known,
    routine_ids: Collection[str],
    progress: Progress,
) -> Findings:
    """Read files, each by its content; one that cannot be used costs no other. For a thread.

    ``routine_ids`` are those of all routines there are. Raises CanceledError.
    """
    chosen = paths[:MOST_FILES]
    reading = _Reading(formats, known)
    whole = len(chosen) * _STEPS
    for number, path in enumerate(chosen):
        progress(number * _STEPS, whole)
        reading.read(path, partial(_within, progress, number * _STEPS, whole))
    progress(whole, whole)
    if len(paths) > MOST_FILES:
        reading.failures.append(
            _tr("{count} more files were left out: {most} can be brought in at once").format(
                count=f"{len(paths) - MOST_FILES:,}", most=MOST_FILES
            )
        )
    return reading.findings(routine_ids, progress)


class _Reading:
    """Collects the parcels of files into one, in which every id is there once."""

    def __init__(self, formats: Sequence[InFormat], known: Known) -> None:
        self._formats = formats
        self._known = known
        self._everything: dict[str, Exercise] = {}
        """What there is already and what files before brought, so that it is known again."""
        self._known_titles: set[str] = set()
        """The casefolded names of all exercises there are already."""
        self._routines: dict[str, Routine] = {}
        self._exercises: list[Exercise] = []
        self._pictures: dict[str, bytes] = {}
        self._picture_bytes = 0
        self._losses: list[tuple[str, Problem]] = []
        self._files: list[FileFound] = []
        self.failures: list[str] = []
        self._unknown: list[str] = []

    def read(self, path: Path, progress: Progress) -> None:
        name = plain(path.name)
        try:
            source = Source.read(path)
            self._recall(progress)
            found = next((each for each in self._formats if each.recognizes(source)), None)
            if found is None:
                self._unknown.append(name)
                return
            known = Known(self._everything, self._known.names)
            parcel = found.read(source, known, progress)
        except FileProblemsError as error:
            self.failures += [f"{name}: {problem}" for problem in error.problems]
            return
        self._files.append(FileFound(name, found.name, len(parcel.exercises), len(parcel.routines)))
        self._add(name, parcel)

    def _recall(self, progress: Progress) -> None:
        """Look at what there is already, own files too, before it is needed first."""
        if not self._everything:
            for count, (key, exercise) in enumerate(self._known.exercises.items()):
                if count % _EVERY == 0:
                    progress(0, 1)
                self._everything[key] = exercise
                self._known_titles.add(exercise.name.casefold())

    def _add(self, name: str, parcel: Parcel) -> None:
        self._losses += [(name, problem) for problem in parcel.losses]
        pictures = self._add_pictures(name, parcel.pictures)
        for exercise in parcel.exercises:
            made = replace(exercise, picture=pictures.get(exercise.picture, ""))
            self._exercises.append(made)
            self._everything[made.id] = made
        for routine in parcel.routines:
            made_id = _free(routine.id, self._routines)
            self._routines[made_id] = replace(routine, id=made_id)

    def _add_pictures(self, file: str, pictures: Mapping[str, bytes]) -> Mapping[str, str]:
        """Keep pictures, each under a name that no other file has; give those by the names they had."""
        self._picture_bytes += sum(map(len, pictures.values()))
        if self._picture_bytes > _MOST_PICTURE_BYTES:
            self._losses.append((file, Problem("pictures", "they are too many at once", "bring it in alone")))
            return {}
        names = {name: _free(name, self._pictures) for name in pictures}
        self._pictures.update({names[name]: data for name, data in pictures.items()})
        return names

    def findings(self, routine_ids: Collection[str], progress: Progress) -> Findings:
        told = (_placed(name, loss) if len(self._files) > 1 else loss for name, loss in self._losses)
        parcel = Parcel(tuple(self._routines.values()), tuple(self._exercises), self._pictures, tuple(told))
        rows = _rows(parcel, self._known.names, self._known_titles, routine_ids, progress)
        unknown = (_tr("{name}: it is nothing we know").format(name=name) for name in self._unknown)
        lines = (*self.failures, *unknown, *map(str, parcel.losses))
        return Findings(
            parcel,
            tuple(self._files),
            tuple(self.failures),
            tuple(self._unknown),
            tuple(rows),
            len(lines),
            safe_lines(lines),
        )


def _within(progress: Progress, start: int, whole: int, done: int, of: int) -> None:
    """Tell the progress of one file as a part of that of all."""
    share = min(1.0, max(0.0, done / of)) if of > 0 else 0.0
    progress(start + int(share * _STEPS), whole)


def _free(name: str, taken: Collection[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _placed(file: str, loss: Problem) -> Problem:
    return replace(loss, where=f"{file}, {loss.where}" if loss.where else file)


def _tr(text: str) -> str:
    return QCoreApplication.translate("import", text)


# --- in words ------------------------------------------------------------------------------------------


def counted(exercises: int, routines: int) -> str:
    """Say how many: ``873 exercises and 2 routines``."""
    parts = []
    if exercises or not routines:
        text = _tr("1 exercise") if exercises == 1 else _tr("{count} exercises")
        parts.append(text.format(count=f"{exercises:,}"))
    if routines:
        text = _tr("1 routine") if routines == 1 else _tr("{count} routines")
        parts.append(text.format(count=f"{routines:,}"))
    return _tr(" and ").join(parts)


def file_lines(files: Sequence[FileFound]) -> list[str]:
    """Say of each file what it holds, a line each; of very many the first ones."""
    here = _tr("everything in it is yours already")
    lines = [f"{each.format}: {each.holds or here} ({each.name})" for each in files[:_MOST_FILES_TOLD]]
    if len(files) > _MOST_FILES_TOLD:
        lines.append(_tr("and {count} more files").format(count=f"{len(files) - _MOST_FILES_TOLD:,}"))
    return lines


def losses_title(count: int) -> str:
    """Say how much could not be taken over."""
    if not count:
        return _tr("Everything could be taken over.")
    text = (
        _tr("One thing could not be taken over")
        if count == 1
        else _tr("{count} things could not be taken over")
    )
    return text.format(count=f"{count:,}")


def details_words(losses: int) -> str:
    """Say what else there is to see, where there is no room for it."""
    return _tr("What was found, and what was not") if not losses else f"{losses_title(losses)} …"


def _rows(
    parcel: Parcel,
    names: Names,
    exercise_names: Collection[str],
    routine_ids: Collection[str],
    progress: Progress,
) -> Iterator[BringRow]:
    """Put everything into words, at the pace of who looks at the progress."""
    new = {exercise.id for exercise in parcel.exercises}
    making: list[Callable[[], BringRow]] = [
        *(
            partial(_routine_row, each, names, new, is_there=each.id in routine_ids)
            for each in parcel.routines
        ),
        *(
            partial(_exercise_row, each, names, is_there=each.name.casefold() in exercise_names)
            for each in parcel.exercises
        ),
    ]
    for count, make in enumerate(making):
        if count % _ROWS_EVERY == 0:
            progress(1, 1)
        yield make()


def _routine_row(routine: Routine, names: Names, new: Collection[str], *, is_there: bool) -> BringRow:
    exercises = routine.exercises
    minutes = _tr("about {minutes} min").format(minutes=f"{whole_minutes(_length_ms(routine)):,}")
    words = (
        routine.name,
        routine.summary,
        *(each.name for each in exercises[:_EVERY]),
        names.muscle_text(routine.muscles),
    )
    return BringRow(
        id=f"routine/{routine.id}",
        thing_id=routine.id,
        name=plain(routine.name, _LONGEST_TITLE),
        detail=f"{counted(len(exercises), 0)} · {minutes}",
        findable=" ".join(words).casefold(),
        is_routine=True,
        is_there=is_there,
        needs=frozenset(each.id for each in exercises if each.id in new),
    )


def _exercise_row(exercise: Exercise, names: Names, *, is_there: bool) -> BringRow:
    work = work_text(exercise.work)
    if exercise.sided:
        work = QCoreApplication.translate("exercises", "{amount} on each side").format(amount=work)
    muscles = names.muscle_text(exercise.muscles)
    equipment = names.equipment_text(exercise.equipment)
    license_ = plain(exercise.license, _LONGEST_TITLE)
    return BringRow(
        id=f"exercise/{exercise.id}",
        thing_id=exercise.id,
        name=plain(exercise.name, _LONGEST_TITLE),
        detail=" · ".join(part for part in (muscles, work, license_) if part),
        findable=f"{exercise.name} {muscles} {equipment} {exercise.summary} {license_}".casefold(),
        is_routine=False,
        is_there=is_there,
    )


def _length_ms(routine: Routine) -> int:
    """Roughly: work and rest, without what is said."""
    whole = 0
    for circuit in routine.circuits:
        rest_ms = circuit.rest_ms if circuit.rest_ms is not None else routine.rest_ms or 0
        for item in circuit.items:
            after_ms = item.rest_ms if item.rest_ms is not None else rest_ms
            work_ms = max(1, len(item.sides)) * item.work.length_ms
            whole += circuit.rounds * item.sets * (work_ms + after_ms)
    return whole
