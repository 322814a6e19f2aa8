"""Opening the window, and what to do where there can be none. Imports little: the window should be quick."""

# ruff: noqa: PLC0415 - what the window does without is imported where it is needed

from chain_timer.cli.display import find_display, qt_missing
from chain_timer.cli.home import Home
from chain_timer.cli.qt_imports import import_qt


def open_window(name: str = "") -> int:
    """Open the window, on a routine if one is named; without a display, follow it in the terminal."""
    home = Home()
    routine = home.routine(name, _commands()) if name else None
    display = find_display()
    if display.usable:
        try:
            import_qt()
            from chain_timer.cli.window_face import run_window
        except ImportError as error:
            reason = qt_missing(error)
        else:
            return run_window(home, routine)
    else:
        reason = display.problem
    from chain_timer.cli.faces import follow_here

    return follow_here(home, routine, reason)


def _commands() -> tuple[str, ...]:
    from chain_timer.cli.arguments import SHAPES

    return tuple(SHAPES)
