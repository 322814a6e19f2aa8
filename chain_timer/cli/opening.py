"""Opening the window, and what to do where there can be none. Imports little: the window should be quick."""

# ruff: noqa: PLC0415 - what the window does without is imported where it is needed

import os
from pathlib import Path

from chain_timer.cli.display import find_display, qt_missing
from chain_timer.cli.errors import UsageError
from chain_timer.cli.home import Home
from chain_timer.cli.qt_imports import import_qt
from chain_timer.cli.welcome_due import is_first_start
from chain_timer.problems import FileProblemsError, quoted


def open_window(name: str = "", *, hidden: bool = False) -> int:
    """Open the window, on a routine if one is named, or on what a file of another kind holds.

    Without a display, a routine is followed in the terminal.
    """
    home = Home()
    brought = _to_bring_in(name)
    routine = home.routine(name, _commands()) if name and not brought else None
    display = find_display()
    if display.usable:
        try:
            import_qt()
            from chain_timer.cli.window_face import run_window
        except ImportError as error:
            reason = qt_missing(error)
        else:
            is_first = not name and not hidden and is_first_start(home.folders)
            return run_window(home, routine, brought, hidden=hidden, is_first=is_first)
    else:
        reason = display.problem
    if brought:
        raise UsageError(
            f"{quoted(name)} is no routine of ours, and there is no window to show what is in it ({reason}); "
            "chain-timer import takes it in"
        )
    from chain_timer.cli.faces import follow_here

    return follow_here(home, routine, reason)


def _to_bring_in(name: str) -> tuple[Path, ...]:
    """Give the file that is named, where it is one and holds no routine of our own kind."""
    if not os.path.isfile(name):  # noqa: PTH113 - Path.is_file raises on names that are too long
        return ()
    from chain_timer.exchange.own_toml import is_routine
    from chain_timer.routine.toml_file import read_toml

    path = Path(name)
    if path.suffix.lower() != ".toml":
        return (path,)
    try:
        return () if is_routine(read_toml(path)) else (path,)
    except FileProblemsError:
        return ()  # a routine with problems, which are told


def _commands() -> tuple[str, ...]:
    from chain_timer.cli.arguments import SHAPES

    return tuple(SHAPES)
