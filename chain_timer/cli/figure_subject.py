"""What ``figure`` is about: an exercise by name, or the file of a figure that somebody is writing."""

from dataclasses import dataclass
from pathlib import Path

from chain_timer.cli.home import Home
from chain_timer.figure.figure import Figure
from chain_timer.figure.figure_reader import check_fit, holds_figure, read_figure
from chain_timer.problems import FileProblemsError, NotFoundError, Problem, plain
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise, Side
from chain_timer.routine.toml_file import read_toml, source_text


@dataclass(frozen=True, slots=True)
class Subject:
    """A figure with its exercise, which a file may not have yet."""

    path: Path
    figure: Figure
    exercise: Exercise | None
    side: Side
    """The one to show first; of an exercise without sides, the left is the mirrored picture."""
    problems: tuple[Problem, ...]
    """Where figure and exercise do not go together: there can be poses then, but no movement."""

    @property
    def title(self) -> str:
        if self.exercise is None:
            return plain(self.figure.id)
        if self.exercise.sided:
            return plain(f"{self.exercise.name}, {self.side} {self.exercise.side_noun}")
        return plain(self.exercise.name + (", mirrored" if self.side is Side.LEFT else ""))

    @property
    def leading(self) -> str:
        """The side that leads, empty where none does."""
        return self.side if self.exercise is not None and self.exercise.sided else ""

    def moving_exercise(self) -> Exercise:
        """Give the exercise that a movement needs. Raises FileProblemsError where it does not fit."""
        if self.exercise is None or self.problems:
            raise FileProblemsError(source_text(self.path), self.problems)
        return self.exercise


def find_subject(home: Home, name: str, side: Side) -> Subject:
    """Find a figure. Raises NotFoundError, or FileProblemsError with all that is wrong with its file."""
    if name.endswith(".toml") or "/" in name or "\\" in name:
        return _subject(home, Path(name), side)
    exercise = home.library.exercise(name)
    # One of their own takes the place of what ships, as files do elsewhere.
    for folder in (figures_folder(home), resource_path("figures")):
        path = folder / f"{exercise.id}.toml"
        if path.is_file():
            return _subject(home, path, side)
    raise NotFoundError(
        f"There is no figure of {plain(exercise.name)} yet; write one (docs/figures.md tells how): "
        f"{source_text(figures_folder(home) / exercise.id)}.toml"
    )


def figures_folder(home: Home) -> Path:
    """Where a person keeps figures of their own."""
    return home.folders.exercises.parent / "figures"


def _subject(home: Home, path: Path, side: Side) -> Subject:
    if not holds_figure(path):
        read_toml(path)  # what cannot be read at all is told as that
        problem = Problem("", "this is no figure", "name the file of a figure, or an exercise by its name")
        raise FileProblemsError(source_text(path), [problem])
    figure = read_figure(path)
    exercises = home.library.by_exercise_id
    return Subject(path, figure, exercises.get(figure.id), side, check_fit(figure, exercises))
