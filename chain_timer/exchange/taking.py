"""Taking in: a parcel, or what a person chose of it, becomes files of their own, all of it or nothing."""

from collections import ChainMap
from collections.abc import Callable, Collection, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from chain_timer.exchange.parcel import Known, Parcel, Progress, no_progress
from chain_timer.problems import ChainTimerError, Problem
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_writer import exercise_text
from chain_timer.routine.own_files import OwnFiles, disk_told
from chain_timer.routine.routine import Item, Routine
from chain_timer.routine.routine_writer import routine_text
from chain_timer.system.files import write_bytes_atomic

TakePicture = Callable[[bytes], tuple[bytes, str]]
"""Makes a picture from outside harmless: gives its bytes and its ending. Raises ChainTimerError."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where things are taken in, and what is there already."""

    routines: OwnFiles
    exercises: OwnFiles
    known: Known
    routine_ids: Collection[str] = ()
    """Of all routines there are: none of them is given to a new one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What has been written."""

    routines: tuple[Path, ...] = ()
    exercises: tuple[Path, ...] = ()
    pictures: tuple[Path, ...] = ()
    losses: tuple[Problem, ...] = ()
    """Pictures that could not be used."""

    @property
    def paths(self) -> tuple[Path, ...]:
        return (*self.routines, *self.exercises, *self.pictures)


def chosen_of(parcel: Parcel, routine_ids: Collection[str], exercise_ids: Collection[str]) -> Parcel:
    """Give the part of a parcel that a person wants; what a routine needs comes along."""
    routines = tuple(routine for routine in parcel.routines if routine.id in routine_ids)
    needed = {exercise.id for routine in routines for exercise in routine.exercises} | set(exercise_ids)
    exercises = tuple(exercise for exercise in parcel.exercises if exercise.id in needed)
    named = {exercise.picture for exercise in exercises}
    pictures = {name: data for name, data in parcel.pictures.items() if name in named}
    return Parcel(routines, exercises, pictures, parcel.losses)


def take(
    parcel: Parcel, shelves: Shelves, take_picture: TakePicture, progress: Progress = no_progress
) -> Taken:
    """Write everything of a parcel into the folders of own routines and own exercises.

    Blocks on the disk. Raises NotSavedError, or what ``progress`` raises; then nothing of it stays.
    """
    taking = _Taking(parcel, shelves, take_picture)
    try:
        taking.write(progress)
    except BaseException:
        take_back(taking.taken())
        raise
    return taking.taken()


def take_back(taken: Taken) -> None:
    """Remove what was written; what cannot be removed stays."""
    for path in taken.paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


class _Taking:
    """Knows everything that is written so far."""

    def __init__(self, parcel: Parcel, shelves: Shelves, take_picture: TakePicture) -> None:
        self._parcel = parcel
        self._shelves = shelves
        self._take_picture = take_picture
        # Laid over what there is, which need not be read for it.
        self._ours: ChainMap[str, Exercise] = ChainMap(
            {}, cast("MutableMapping[str, Exercise]", shelves.known.exercises)
        )
        self._named: dict[str, Exercise] = {}
        """The exercises of the parcel under the names they got."""
        self._routines: list[Path] = []
        self._exercises: list[Path] = []
        self._pictures: list[Path] = []
        self._losses: list[Problem] = []

    def taken(self) -> Taken:
        return Taken(
            tuple(self._routines), tuple(self._exercises), tuple(self._pictures), tuple(self._losses)
        )

    def write(self, progress: Progress) -> None:
        exercises, routines = self._parcel.exercises, self._parcel.routines
        whole = len(exercises) + len(routines)
        for done, exercise in enumerate(exercises):
            progress(done, whole)
            made = self._write_exercise(exercise)
            self._ours[made.id] = self._named[exercise.id] = made
        for done, routine in enumerate(routines, len(exercises)):
            progress(done, whole)
            text = routine_text(self._as_named(routine), self._ours)
            kept = self._shelves.routines.new(text, routine.id, self._shelves.routine_ids)
            self._routines.append(kept.path)
        progress(whole, whole)

    def _write_exercise(self, exercise: Exercise) -> Exercise:
        picture, files = self._picture_of(exercise), self._shelves.exercises
        bare = replace(exercise, picture="")
        kept = files.new(exercise_text(bare), exercise.id, tuple(self._ours))
        self._exercises.append(kept.path)
        made = replace(bare, id=kept.path.stem)
        if picture is None:
            return made
        data, suffix = picture
        path = kept.path.with_suffix(suffix)
        with disk_told(path.name, path.parent, "is not saved"):
            write_bytes_atomic(path, data)
        self._pictures.append(path)
        made = replace(made, picture=path.name)
        files.save(kept, exercise_text(made, kept.text))
        return made

    def _picture_of(self, exercise: Exercise) -> tuple[bytes, str] | None:
        data = self._parcel.pictures.get(exercise.picture) if exercise.picture else None
        if data is None:
            return None
        try:
            return self._take_picture(data)
        except ChainTimerError as error:
            self._losses.append(Problem(exercise.name, f"its picture cannot be used: {error}"))
            return None

    def _as_named(self, routine: Routine) -> Routine:
        def named(item: Item) -> Item:
            return replace(item, exercise=self._named.get(item.exercise.id, item.exercise))

        circuits = tuple(
            replace(circuit, items=tuple(named(item) for item in circuit.items))
            for circuit in routine.circuits
        )
        return replace(routine, circuits=circuits)
