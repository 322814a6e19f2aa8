"""Where one can go from a page of one's own things, and what has to be told elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.timeline.options import Options
    from chain_timer.window.exercise_facts import ExerciseFacts


@dataclass(frozen=True, slots=True)
class Ways:
    """Where one can go from here, and what has to be told elsewhere."""

    library: Callable[[], Library]
    facts: Callable[[], Sequence[ExerciseFacts]]
    """What lists show of all exercises."""
    show_library: Callable[[], None]
    open_routine: Callable[[Routine], None]
    play: Callable[[Routine, Options, int, QWidget], None]
    """Play from a position on, and come back to a page."""
    show_exercises: Callable[[str], None]
    """With the one of this id chosen."""
    look_again: Callable[[], None]
    """Many files of one's own have changed."""
    take_file: Callable[[Path], None]
    """A file of one's own has changed, came, or is gone."""
