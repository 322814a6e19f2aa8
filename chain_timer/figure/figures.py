"""The figures there are: each is read when it is first asked for, and kept."""

import logging
from pathlib import Path

from chain_timer.figure.figure import Figure
from chain_timer.figure.figure_reader import check_figure, read_figure
from chain_timer.problems import FileProblemsError
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.words import slug

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

    def _from_file(self, exercise_id: str) -> Figure | None:
        if exercise_id != slug(exercise_id):  # never a path
            return None
        path = self._folder / f"{exercise_id}.toml"
        try:
            return read_figure(path, trusted=self._trusted) if path.is_file() else None
        except FileProblemsError as error:
            _log.warning("A figure cannot be used: %s", error)
        except OSError:  # a name too long for a file
            _log.warning("The figure of %r cannot be looked for", exercise_id[:100])
        return None
