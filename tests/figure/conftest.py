"""What the tests of figures are handed: a stretch and a lift of their own, and all that ship."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from helpers.bodies import LIFT, STRETCH

from chain_timer.figure.choreography import Performance
from chain_timer.figure.figure import Figure
from chain_timer.figure.figure_reader import read_figure
from chain_timer.figure.figures import Figures
from chain_timer.problems import FileProblemsError
from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Exercise, Side
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.lengths import Lengths, estimated_lengths
from chain_timer.timeline.options import Options
from chain_timer.timeline.phrases import load_phrases
from chain_timer.timeline.timeline import Timeline


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.built_in()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two figures in a folder: one that holds a stretch on each side, one that swings a bell."""
    made = tmp_path_factory.mktemp("figures")
    (made / "standing-hamstring-stretch.toml").write_text(STRETCH)
    (made / "kettlebell-swing.toml").write_text(LIFT)
    return made


@pytest.fixture
def figures(folder: Path) -> Figures:
    return Figures(folder)


@pytest.fixture
def fold(figures: Figures) -> Figure:
    """The tests' own figure of a stretch."""
    found = figures.figure("standing-hamstring-stretch")
    assert found is not None
    return found


@pytest.fixture
def bell(figures: Figures) -> Figure:
    """The tests' own figure of a swing."""
    found = figures.figure("kettlebell-swing")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def all_figures(folder: Path) -> Mapping[str, Figure]:
    """Every figure that ships, and those of the tests' own."""
    found = {f"own {path.stem}": read_figure(path) for path in sorted(folder.glob("*.toml"))}
    shipped = Figures.built_in()
    for path in sorted(resource_path("figures").glob("*.toml")):
        # What is wrong with one that cannot be read, another test tells.
        if (figure := shipped.figure(path.stem)) is not None:
            found[path.stem] = figure
    return found


@pytest.fixture(scope="session")
def all_performances(
    folder: Path, compiled: Callable[..., Timeline], library: Library
) -> Mapping[str, Performance]:
    """Each exercise that has a figure, told in full, by name; and with the tests' own figures."""
    found: dict[str, Performance] = {}
    for name, figures in (("own", Figures(folder)), ("shipped", Figures.built_in())):
        for exercise in library.exercises:
            if figures.figure(exercise.id) is not None:
                found[f"{name} {exercise.id}"] = Performance(compiled(exercise), figures)
    return found


@pytest.fixture(scope="session")
def compiled() -> Callable[..., Timeline]:
    """Compile exercises, one after another, with usual lengths unless others are given."""
    phrases = load_phrases()

    def compile_them(*wanted: Exercise | Item, lengths: Lengths | None = None, **options: object) -> Timeline:
        items = tuple(each if isinstance(each, Item) else item_of(each) for each in wanted)
        routine = Routine("made-up", "Made up", (Circuit(items),))
        chosen = partial(Options, **options)()  # type: ignore[arg-type] # any option by name
        return compile_routine(routine, chosen, phrases, lengths or estimated_lengths())

    return compile_them


def item_of(exercise: Exercise, **more: object) -> Item:
    sides = (Side.RIGHT, Side.LEFT) if exercise.sided else ()
    return partial(Item, exercise, exercise.work, sides)(**more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def item() -> Callable[..., Item]:
    return item_of


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[[str | bytes], list[str]]:
    """Every problem line of a figure's file with this content."""

    def read(content: str | bytes) -> list[str]:
        path = tmp_path / "tried.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            read_figure(path)
        except FileProblemsError as error:
            return [str(problem) for problem in error.problems]
        return []

    return read
