"""The figures there are: each is read when it is first asked for, and kept."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from chain_timer.figure.figure import Figure, View
from chain_timer.figure.figure_reader import check_figure, read_figure
from chain_timer.figure.muscles import AREAS, is_in_front
from chain_timer.problems import FileProblemsError
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.words import slug

_FROM_THE_FRONT = View(turn=58, height=7)
"""The standing figure's own view is from behind."""

_log = logging.getLogger(__name__)


class Figures:
    """Figures by the id of their exercise, out of a folder of files named by it."""

    def __init__(self, folder: Path, *, trusted: bool = False) -> None:
        self._folder = folder
        self._trusted = trusted
        self._read: dict[str, Figure | None] = {}

    @classmethod
    def built_in(cls) -> "Figures":
        """What ships with the program. Nothing is read yet."""
        # The tests have tried out every pose of it.
        return cls(resource_path("figures"), trusted=True)

    def figure(self, exercise_id: str) -> Figure | None:
        """Give the figure of an exercise; None where there is none, or none that can be used."""
        if exercise_id not in self._read:
            self._read[exercise_id] = self._from_file(exercise_id)
        return self._read[exercise_id]

    def figure_for(self, exercise: Exercise) -> Figure | None:
        """Give the figure of an exercise if it shows what the exercise says.

        A person's own exercise may stand in the place of one that ships and have other steps.
        """
        figure = self.figure(exercise.id)
        return figure if figure is not None and not check_figure(figure, exercise) else None

    def standing_for(self, exercise: Exercise) -> Figure | None:
        """Give a figure that only stands, seen from where more of the exercise's muscles are.

        It is for an exercise that has none of its own, and one and the same for all of them.
        """
        back, front = self._standing
        return front if _shows_in_front(exercise) else back

    @cached_property
    def _standing(self) -> tuple[Figure | None, Figure | None]:
        """The standing figure from behind, and from the front."""
        figure = _from_path(resource_path("standing.toml"), trusted=True)
        return figure, replace(figure, view=_FROM_THE_FRONT) if figure is not None else None

    def _from_file(self, exercise_id: str) -> Figure | None:
        if exercise_id != slug(exercise_id):  # never a path
            return None
        return _from_path(self._folder / f"{exercise_id}.toml", trusted=self._trusted)


def _from_path(path: Path, *, trusted: bool) -> Figure | None:
    try:
        return read_figure(path, trusted=trusted) if path.is_file() else None
    except FileProblemsError as error:
        _log.warning("A figure cannot be used: %s", error)
    except OSError:  # a name too long for a file
        _log.warning("The figure %r cannot be looked for", path.name[:100])
    return None


def _shows_in_front(exercise: Exercise) -> bool:
    """Whether more is seen from the front: the main muscles first, then those that help."""
    main, also = _balance(exercise.muscles), _balance(exercise.also)
    return (main, also) > (0, 0)


def _balance(muscles: Iterable[str]) -> int:
    """Count the muscles in front against those behind; what no figure can show does not count."""
    return sum(1 if is_in_front(muscle) else -1 for muscle in muscles if muscle in AREAS)
