"""Import and export in the window: the two pages, and where one comes from and goes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from chain_timer.exchange.giving import Given
    from chain_timer.exchange.taking import Taken
    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Routine
    from chain_timer.window.background import Background
    from chain_timer.window.bring_bridge import BringBridge
    from chain_timer.window.frame import Frame
    from chain_timer.window.give_bridge import GiveBridge
    from chain_timer.window.in_order import InOrder
    from chain_timer.window.keeping import Keeping
    from chain_timer.window.look import Look

# ruff: noqa: PLC0415 - the pages and their formats are loaded when they are first shown


@dataclass(frozen=True, slots=True)
class Giving:
    """What is needed to give a routine out; put together elsewhere."""

    given_of: Callable[[Routine, Mapping[str, str]], Given]
    """A routine with everything a format may want of it, and a person's wishes for the format."""
    done_with: Callable[[Given], None]
    """Called in the thread that wrote: what was there to speak can go."""
    today: Callable[[], str]
    """The day, like 2026-01-05."""


class ExchangeDesk(QObject):
    """Shows the page to import or the one to export, each made when it is first wanted."""

    taken = Signal(object)
    """A :class:`~chain_timer.exchange.taking.Taken`: there are more own files, or fewer."""
    show_requested = Signal(object)
    """The same, to be shown."""
    left = Signal()
    """Nobody wants to import any more."""
    gave = Signal(object)
    """The routine whose export page was left."""

    def __init__(
        self,
        frame: Frame,
        *,
        keeping: Keeping,
        giving: Giving | None,
        look: Look,
        library: Callable[[], Library],
        disk: InOrder,
        background: Background,
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._keeping = keeping
        self._giving = giving
        self._look = look
        self._library = library
        self._disk = disk
        self._background = background
        self._bring: BringBridge | None = None
        self._give: GiveBridge | None = None
        self._given: Routine | None = None

    def bring_in(self, paths: Sequence[Path] = ()) -> None:
        """Show the page to import, with the files that are known already."""
        bring = self._bringing()
        bring.begin()
        self._frame.show_page(bring.page)
        bring.open_files(paths)

    def give_out(self, routine: Routine) -> None:
        """Show the page to export a routine."""
        give = self._giving_bridge()
        if give is not None:
            self._given = routine
            give.open_routine(routine)
            self._frame.show_page(give.page)

    def close(self) -> None:
        """The window goes: what runs is canceled. Before the disk is waited for."""
        if self._bring is not None:
            self._bring.close()
        if self._give is not None:
            self._give.close()

    def _bringing(self) -> BringBridge:
        if self._bring is None:
            from chain_timer.drawing.own_picture import taken_in
            from chain_timer.exchange.formats import IN_FORMATS
            from chain_timer.exchange.parcel import Known
            from chain_timer.exchange.taking import Shelves
            from chain_timer.window.bring_bridge import BringBridge

            def shelves() -> Shelves:
                library = self._library()
                known = Known(library.by_exercise_id, library.names)
                ids = tuple(library.by_routine_id)
                return Shelves(self._keeping.routines, self._keeping.exercises, known, ids)

            self._bring = bring = BringBridge(
                self._frame,
                shelves=shelves,
                formats=IN_FORMATS,
                take_picture=taken_in,
                disk=self._disk,
                background=self._background,
            )
            bring.left.connect(self.left)
            bring.taken.connect(self.taken)
            bring.taken_back.connect(self.taken)
            bring.show_requested.connect(self._show)
            self._look.dress(bring.page)
        return self._bring

    def _giving_bridge(self) -> GiveBridge | None:
        if self._give is None and self._giving is not None:
            from chain_timer.exchange.formats import OUT_FORMATS
            from chain_timer.window.give_bridge import GiveBridge

            self._give = give = GiveBridge(
                self._frame,
                given_of=self._giving.given_of,
                formats=OUT_FORMATS,
                today=self._giving.today,
                done_with=self._giving.done_with,
            )
            give.left.connect(self._leave_giving)
            self._look.dress(give.page)
        return self._give

    def _show(self, taken: Taken) -> None:
        self.show_requested.emit(taken)

    def _leave_giving(self) -> None:
        self.gave.emit(self._given)
