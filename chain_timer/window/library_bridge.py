"""Between the library, a person's own files, and the page that shows the routines."""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from chain_timer.routine.exercise import Exercise
    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.timeline.options import Options
    from chain_timer.timeline.timeline import Timeline
    from chain_timer.window.background import Background
    from chain_timer.window.exercise_facts import ExerciseFacts
    from chain_timer.window.library_keeper import LibraryKeeper, Shown
    from chain_timer.window.library_page import LibraryPage
    from chain_timer.window.library_watch import LibraryWatch
    from chain_timer.window.parts import WindowParts

    Compile = Callable[[Routine, Options, Callable[[Timeline], None]], None]
    """Lays a routine out: at once, or aside where that would hold up the window."""

# ruff: noqa: PLC0415 - the routines that ship are shown before what own files need is loaded

_LONGEST_WAIT_MS = 1_500
_OUTLINES_AT_ONCE = 6
"""Laid out before the window looks at other things: a few milliseconds."""


class LibraryBridge(QObject):
    """Knows the library as it is now, and has the page show it."""

    exercises_changed = Signal()
    looked = Signal()
    """Own files were looked at, and the library is as they are."""
    listed = Signal()
    """Told once: a person's own files are listed, or it takes so long that other things go on."""

    library: Library

    def __init__(
        self,
        page: LibraryPage,
        *,
        parts: WindowParts,
        background: Background,
        compile_with: Compile,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._parts = parts
        self._background = background
        self._compile = compile_with
        self._shown: Shown | None = None
        self._routines_shown: Mapping[str, Routine] = {}
        self._exercises_shown: Mapping[str, Exercise] = {}
        self._watch: LibraryWatch | None = None
        self._waiting = self._closed = False
        self._outlines_due: deque[str] = deque()
        page.outline_requested.connect(self._queue_outline)

    @property
    def facts(self) -> tuple[ExerciseFacts, ...]:
        """What lists show of all exercises."""
        from chain_timer.window.exercise_facts import facts_of

        ready = None if self._shown is None else self._shown.facts
        return facts_of(self.library) if ready is None else ready

    def open(self) -> None:
        """Show the routines that ship, ready for keys."""
        from chain_timer.window.cards import cards_of

        self.library = library = self._parts.library()
        self._routines_shown, self._exercises_shown = library.by_routine_id, library.by_exercise_id
        self._page.show_cards(cards_of(self.library))
        self._page.choose_first()

    def begin(self) -> None:
        """Have own files read, and looked at again whenever they may have changed."""
        from chain_timer.window.library_watch import LibraryWatch

        read = self._parts.read_library
        self._keeper.begin(read if read is not None else lambda _pace: self._parts.own_library())
        self._waiting = True
        self._keeper.reading.connect(self._wait_no_more)
        QTimer.singleShot(_LONGEST_WAIT_MS, self._wait_no_more)
        if self._parts.own_folders:
            self._watch = LibraryWatch(self._parts.own_folders, self)
            self._watch.changed.connect(self._keeper.look_again)

    def changed(self, path: Path | None = None) -> None:
        """Take what this program did to own files: one it wrote at once, others as soon as they are read.

        What is written is in the library right after; lists show it a moment later.
        """
        if path is None:
            self._keeper.look_again()
        else:
            self.library = self._keeper.take_file(path) or self.library

    def missed(self) -> None:
        """Look again: a file went or broke since it was listed, which will be told."""
        self._keeper.look_again()

    def rest(self) -> None:
        """Look at no files while a session runs."""
        self._keeper.rest()

    def go_on(self) -> None:
        """Look at what came meanwhile."""
        self._keeper.go_on()

    def close(self) -> None:
        """Hear no more of files, and draw nothing more. The window is going."""
        self._closed, self._waiting = True, False
        self._outlines_due.clear()
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def take(self, library: Library) -> None:
        """Show a library."""
        from chain_timer.window.library_keeper import shown_of

        self._take(shown_of(library, self._shown))

    @cached_property
    def _keeper(self) -> LibraryKeeper:
        from chain_timer.window.library_keeper import LibraryKeeper

        keeper = LibraryKeeper(self._background, self)
        keeper.found.connect(self._take)
        keeper.reading.connect(self._page.show_reading)
        return keeper

    def _take(self, shown: Shown) -> None:
        """Show what has been got ready, as far as it is not what is shown already."""
        library = self.library = shown.library
        self._page.show_problems([str(problem) for problem in library.problems])
        if library.by_routine_id != self._routines_shown:
            self._page.show_cards(shown.cards)
        self._routines_shown = library.by_routine_id
        self._wait_no_more()
        if shown.facts is None:
            return  # the exercises follow
        self._shown = shown
        if library.by_exercise_id != self._exercises_shown:
            self.exercises_changed.emit()
        self._exercises_shown = library.by_exercise_id
        self.looked.emit()

    def _wait_no_more(self) -> None:
        if self._waiting:
            self._waiting = False
            self.listed.emit()

    # --- outlines ------------------------------------------------------------------------------------

    def _queue_outline(self, routine_id: str) -> None:
        # Asked for while cards are being painted; answered after that, a few at a time.
        if self._closed:
            return
        if not self._outlines_due:
            QTimer.singleShot(0, self._outline_some)
        self._outlines_due.append(routine_id)

    def _outline_some(self) -> None:
        library = self.library
        some = [self._outlines_due.popleft() for _ in range(min(_OUTLINES_AT_ONCE, len(self._outlines_due)))]
        own = [each for each in some if library.is_unread(each)]
        for each in some:
            routine = None if each in own else library.by_routine_id.get(each)
            if routine is not None:
                self._outline(routine)
        if own:
            # Their files are read aside, and laid out when they are there.
            self._background.run(lambda: library.read_ahead(own), lambda read: self._outline_read(own, read))
        if self._outlines_due:
            QTimer.singleShot(0, self._outline_some)

    def _outline_read(self, wanted: Sequence[str], read: Sequence[Routine]) -> None:
        for routine in read:
            self._queue_outline(routine.id)
        if len(read) < len(wanted):
            self.missed()

    def _outline(self, routine: Routine) -> None:
        from chain_timer.window.cards import outline_of

        def tell(timeline: Timeline) -> None:
            self._page.show_outline(routine.id, outline_of(timeline))

        self._compile(routine, self._parts.options_for(routine), tell)
