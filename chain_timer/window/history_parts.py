"""What the history page is given: narrow things, put together elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_timer.history.history import History
    from chain_timer.problems import Problem
    from chain_timer.routine.library import Library
    from chain_timer.routine.names import Names
    from chain_timer.routine.routine import Routine
    from chain_timer.session.clock import Moment
    from chain_timer.timeline.options import Options


@dataclass(frozen=True, slots=True)
class HistoryParts:
    """Everything the history page uses."""

    open: Callable[[], tuple[History, tuple[Problem, ...]]]
    """Opens the history, in a thread: what was wrong with it is told with it. Raises HistoryError."""
    now: Callable[[], Moment]
    library: Callable[[], Library]
    """The library as it is, for the routine that fills a gap; asked in the window's thread."""
    names: Names
    goal: Callable[[], int]
    """On how many days a week a person wants to do something, 1 to 7."""
    set_goal: Callable[[int], None]
    options_for: Callable[[Routine], Options]
    """The choices a person would start a routine with; asked in a thread."""
    duration_ms: Callable[[Routine, Options], int]
    """What a routine takes with these; asked in a thread."""


@dataclass(frozen=True, slots=True)
class SessionsWanted:
    """Which sessions are to be given out; as it comes, all of them."""

    ids: tuple[str, ...] = ()
    """These alone, where there are any."""
    routine_id: str = ""
    day: date | None = None
