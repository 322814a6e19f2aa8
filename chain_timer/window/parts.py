"""What the window is given: narrow things, put together elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    # Named here and not needed: what stands behind these is loaded when it is used.
    from chain_timer.conductor import Conductor
    from chain_timer.exchange.restoring import Desk
    from chain_timer.routine.catalog import Pace
    from chain_timer.routine.exercise import Exercise
    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.session.clock import Moment
    from chain_timer.session.journal import Left
    from chain_timer.speech.voices import Voice
    from chain_timer.system.settings_store import SettingsStore
    from chain_timer.timeline.options import Options
    from chain_timer.timeline.segment import Tone
    from chain_timer.timeline.timeline import Timeline
    from chain_timer.window.exchange_desk import Giving
    from chain_timer.window.history_parts import HistoryParts
    from chain_timer.window.keeping import Keeping
    from chain_timer.window.resuming import SessionKeeper
    from chain_timer.window.welcome_parts import Greeter


@dataclass(frozen=True, slots=True)
class WindowParts:
    """Everything the window uses; calls that take long say so and are made from a thread."""

    library: Callable[[], Library]
    """What ships with the program: a few milliseconds, once."""
    own_library: Callable[[], Library]
    """The library with a person's own files. Slow: for a thread."""
    store: SettingsStore
    options_for: Callable[[Routine], Options]
    """What a person last chose for a routine, or what its author and the settings say."""
    compile: Callable[[Routine, Options], Timeline]
    """With estimated lengths of speech; slow for routines of thousands of sets."""
    rehearse: Callable[[Routine, Options], None]
    """Have the phrases rendered ahead, while a person looks at the set-up page."""
    make_conductor: Callable[[Routine, Options, Left | None], Conductor]
    """For a session from its start, or for one that was left in the middle."""
    voices: Callable[[], tuple[Voice, ...]]
    """The voices of this computer. Slow: for a thread."""
    try_voice: Callable[[str], None]
    """Let a phrase be heard with the settings as they are."""
    try_tone: Callable[[Tone], None]
    picture_of: Callable[[Exercise], bytes | None] = lambda _exercise: None
    """The bytes of a person's own picture of an exercise, if there is one. Slow: for a thread."""
    rest: Callable[[], None] = lambda: None
    """The library is shown: nothing has to stand ready."""
    read_library: Callable[[Pace], Library] | None = None
    """The library with a person's own files, read at a pace; without it, :attr:`own_library` is used."""
    own_folders: tuple[Path, ...] = ()
    """Where a person's own files lie, to notice when they change."""
    keeping: Callable[[], Keeping] | None = None
    """Puts together what a person's own things are kept with; None where nothing can be kept."""
    giving: Callable[[], Giving] | None = None
    """Puts together what is needed to give a routine out; None where nothing can be."""
    keeper: Callable[[], SessionKeeper] | None = None
    """Gives what keeps sessions; None where none are kept."""
    now: Callable[[], Moment] | None = None
    """The time of day; given with :attr:`keeper`."""
    history: Callable[[Callable[[], Library]], HistoryParts] | None = None
    """Puts together what the history is shown with, for a library as it is; given with :attr:`keeper`."""
    backups: Callable[[], Desk] | None = None
    """Puts together what backups are made and brought back with; None where nothing can be kept."""
    bring_in: tuple[Path, ...] = ()
    """Files to open the page to import with."""
    open_on: Routine | None = None
    """The routine to open on; None opens the library."""
    report: Callable[[], str] | None = None
    """Makes a report for who has a question. Slow: for a thread."""
    welcome: Callable[[], Greeter] | None = None
    """Gives what the welcome is heard with; None where there is no welcome."""
    is_first: bool = False
    """Whether the window opens for the very first time, and so on the welcome; given with :attr:`welcome`."""
