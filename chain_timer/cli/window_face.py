"""The window with everything it is put together from. Importing this needs Qt."""

from importlib import import_module

from chain_timer.cli.home import Home
from chain_timer.routine.routine import Routine

_app = import_module("chain_timer.window.app")


def run_window(home: Home, routine: Routine | None) -> int:
    """Open the window, and give the exit code when it is closed."""
    return int(_app.run(home, routine))
