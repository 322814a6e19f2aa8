"""``check``: everything that is wrong with files, at once, each with its place and remedy."""

from argparse import Namespace
from pathlib import Path

from chain_timer.cli.errors import DONE, WRONG_INPUT
from chain_timer.cli.home import Home
from chain_timer.figure.figure_reader import check_figure_file, holds_figure
from chain_timer.problems import Problem, plain
from chain_timer.routine.library import Library

_LONGEST = 1_000


def check(arguments: Namespace) -> int:
    """Print the problems of each file, or that it is fine."""
    library, found = Home().library, 0
    for name in arguments.files:
        problems = _problems(Path(name), library)
        found += len(problems)
        for problem in problems:
            print(plain(f"{name}: {problem}", _LONGEST))
        if not problems:
            print(plain(f"{name}: fine", _LONGEST))
    return WRONG_INPUT if found else DONE


def _problems(path: Path, library: Library) -> tuple[Problem, ...]:
    if holds_figure(path):
        return check_figure_file(path, library.by_exercise_id)
    return library.check_file(path)
