"""Packages of openWorkout (Android): a plan of days, each a list of exercises, with a person's own pictures.

The package is a zip whose entries are named from the root, ``/database.json`` and ``/image/NAME``, and its
JSON the plan as the program keeps it: ``PackageUtils.java`` and ``WorkoutItem.java`` of its sources.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from chain_timer.exchange.archive import LARGEST_PICTURE, Archive
from chain_timer.exchange.making import Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise import Exercise, Work
from chain_timer.routine.exercise_reader import PICTURE_NAME
from chain_timer.routine.routine import Circuit, Item
from chain_timer.routine.words import slug
from chain_timer.units import SECOND_MS

_DATABASE = "database.json"
_MARK = b'"workoutSessions"'
_MOST_ITEMS = 20_000
"""Of all days; a month of fifty exercises a day is a tenth of it."""
_LONGEST_STEM = 80
# What the program starts a new exercise with, and what a plan means that leaves a value out.
_USUAL_PREPARE, _USUAL_WORK, _USUAL_REST, _USUAL_REPS = 5, 30, 20, 5
_NO_DESCRIPTION = frozenset({"", "no description"})
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_UNSAFE = re.compile(r"[^\w.-]+")


def recognizes(source: Source) -> bool:
    """Whether it is a package with openWorkout's plan in it."""
    archive = Archive(source, rooted=True)
    return _DATABASE in archive.names and _MARK in (archive.read(_DATABASE) or b"")


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Make a routine of each day. Raises FileProblemsError when there is no plan in it that can be read."""
    archive = Archive(source, rooted=True)
    data = archive.read(_DATABASE)
    if data is None:
        raise FileProblemsError(
            source.name, archive.problems or source.problem("", "there is no plan in it").problems
        )
    plan = Source(data, f"{source.name}, {_DATABASE}").checked_json()
    if not isinstance(plan, dict) or not isinstance(plan.get("workoutSessions"), list):
        raise source.problem(_DATABASE, "there is no plan in it", "export it once more")
    return _Reading(source, archive, known).parcel(plan, progress)


class _Reading:
    """One plan on its way in, with the exercises and pictures met so far."""

    def __init__(self, source: Source, archive: Archive, known: Known) -> None:
        self._archive = archive
        self._maker = Maker(source, known)
        self._exercises: dict[tuple[str, str, str], Exercise] = {}
        self._pictures: dict[str, str] = {}
        self._items_left = _MOST_ITEMS
        self._videos = 0
        self._built_in_pictures = 0

    def parcel(self, plan: Mapping[str, object], progress: Progress) -> Parcel:
        title = self._maker.name(plan.get("name"), "", self._maker.source.stem)
        sessions = plan["workoutSessions"]
        days = _ordered(sessions if isinstance(sessions, list) else [])
        for number, (place, day) in enumerate(days, 1):
            progress(number - 1, len(days))
            self._day(day, f"session {place}", title, alone=len(days) == 1)
        self._tell_what_stayed()
        return self._maker.parcel()

    def _day(self, day: object, where: str, title: str, *, alone: bool) -> None:
        entries = day.get("workoutItems") if isinstance(day, dict) else None
        if not isinstance(day, dict) or not isinstance(entries, list):
            self._maker.lost(where, "there are no exercises in it", "it was left out")
            return
        name = self._maker.line(day.get("name"), where)
        items = self._items(_ordered(entries), where)
        self._maker.routine(title if alone else f"{title}, {name or where}", [Circuit(items)], where)

    def _items(self, entries: Sequence[tuple[int, object]], where: str) -> tuple[Item, ...]:
        items: list[Item] = []
        for place, entry in entries:
            here = f"{where}, exercise {place}"
            if not isinstance(entry, dict):
                self._maker.lost(here, "it is no exercise", "it was left out")
                continue
            if self._items_left == 0:
                self._maker.lost(here, f"there are more than {_MOST_ITEMS:,} exercises", "these were taken")
                break
            self._items_left -= 1
            prepare_ms = _seconds(entry.get("prepTime"), _USUAL_PREPARE)
            if items:
                # Theirs counts to an exercise after the rest before it; ours is one rest that does both.
                rest_ms = self._maker.rest_ms((items[-1].rest_ms or 0) + prepare_ms, here)
                items[-1] = replace(items[-1], rest_ms=rest_ms)
            items.append(self._item(entry, here))
        return tuple(items)

    def _item(self, entry: Mapping[str, object], where: str) -> Item:
        work = self._work(entry, where)
        exercise = self._exercise(entry, work, where)
        rest_ms = self._maker.rest_ms(_seconds(entry.get("breakTime"), _USUAL_REST), where)
        return self._maker.item(exercise, work, rest_ms)

    def _work(self, entry: Mapping[str, object], where: str) -> Work:
        if entry.get("isTimeMode") is not False:
            return self._maker.hold(_seconds(entry.get("workoutTime"), _USUAL_WORK), where)
        # Theirs waits for a tap after the last rep.
        count = _whole(entry.get("repetitionCount"), _USUAL_REPS)
        return self._maker.reps(count, where, self_paced=True)

    def _exercise(self, entry: Mapping[str, object], work: Work, where: str) -> Exercise:
        description = entry.get("description")
        told = description.strip() if isinstance(description, str) else ""
        picture = self._picture(entry, where)
        self._videos += entry.get("isVideoPathExternal") is True
        if told.casefold() in _NO_DESCRIPTION and not picture:
            return self._maker.named(entry.get("name"), where)
        name = self._maker.name(entry.get("name"), where, "Exercise").replace("{", "(").replace("}", ")")
        # Days repeat their exercises; what differs in its time or count alone is the same exercise.
        key = (name, told, picture)
        if key not in self._exercises:
            steps = (
                () if told.casefold() in _NO_DESCRIPTION else self._maker.steps(_SENTENCES.split(told), where)
            )
            made = Exercise("", name, steps, work, picture=picture, source="openWorkout")
            self._exercises[key] = self._maker.exercise(made)
        return self._exercises[key]

    # --- pictures ------------------------------------------------------------------------------------

    def _picture(self, entry: Mapping[str, object], where: str) -> str:
        """Give the name our exercise calls its picture by, which is then among those that come along."""
        path = entry.get("imagePath")
        if not isinstance(path, str) or not path:
            return ""
        if entry.get("isImagePathExternal") is not True:
            self._built_in_pictures += 1
            return ""
        base = PurePosixPath(unquote(path[:2000])).name
        if base not in self._pictures:
            self._pictures[base] = self._taken(base, where)
        return self._pictures[base]

    def _taken(self, base: str, where: str) -> str:
        name = _picture_name(base, set(self._pictures.values()))
        if not PICTURE_NAME.fullmatch(name):
            self._maker.lost(where, "its picture is of a kind we do not show", "it goes without")
            return ""
        entry = f"image/{base}"
        data = self._archive.read(entry, LARGEST_PICTURE)
        if data is None:
            if entry not in self._archive.names:
                self._maker.lost(where, "its picture is not in the package", "it goes without")
            return ""
        self._maker.picture(name, data)
        return name

    def _tell_what_stayed(self) -> None:
        for problem in self._archive.problems:
            self._maker.lost(problem.where, problem.what, problem.remedy)
        if self._built_in_pictures:
            self._maker.lost(
                "pictures",
                "some are part of openWorkout and not in the package",
                "these exercises go without",
            )
        if self._videos:
            self._maker.lost("videos", "a video cannot be brought in", "pictures and words were")


def _ordered(entries: Sequence[object]) -> list[tuple[int, object]]:
    """Give entries with their place in the file, ordered as theirs are: by ``orderNr`` if all have one."""
    numbered = list(enumerate(entries, 1))
    orders = [entry.get("orderNr") if isinstance(entry, dict) else None for entry in entries]
    numbers = [order for order in orders if isinstance(order, int) and order >= 0]
    if len(numbers) < len(entries):
        return numbered
    return [pair for _, pair in sorted(zip(numbers, numbered, strict=True), key=lambda pair: pair[0])]


def _whole(value: object, usual: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else usual


def _seconds(value: object, usual: int) -> int:
    return _whole(value, usual) * SECOND_MS


def _picture_name(base: str, taken: Collection[str]) -> str:
    """Make a name that our files may use of theirs, and no other picture has; the ending stays."""
    path = PurePosixPath(base)
    stem = slug(_UNSAFE.sub("-", path.stem))[:_LONGEST_STEM] or "picture"
    found = f"{stem}{path.suffix.lower()}"
    return found if found not in taken else f"{stem}-{len(taken) + 1}{path.suffix.lower()}"
