"""``check``: everything that is wrong with files, at once, each with its place and remedy."""

from argparse import Namespace
from pathlib import Path

from chain_timer.cli.errors import DONE, WRONG_INPUT
from chain_timer.cli.home import Home
from chain_timer.problems import plain

_LONGEST = 1_000


def check(arguments: Namespace) -> int:
    """Print the problems of each file, or that it is fine."""
    library, found = Home().library, 0
    for name in arguments.files:
        problems = library.check_file(Path(name))
        found += len(problems)
        for problem in problems:
            print(plain(f"{name}: {problem}", _LONGEST))
        if not problems:
            print(plain(f"{name}: fine", _LONGEST))
    return WRONG_INPUT if found else DONE
