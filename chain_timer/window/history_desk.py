"""What was done, in the window: kept, offered again where it was left, shown, suggested from, given out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_timer.window.resuming import Resuming

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_timer.routine.library import Library
    from chain_timer.session.clock import Moment
    from chain_timer.window.frame import Frame
    from chain_timer.window.history_bridge import HistoryBridge
    from chain_timer.window.history_giving import HistoryGiving
    from chain_timer.window.history_parts import HistoryParts, SessionsWanted
    from chain_timer.window.history_reader import HistoryReader
    from chain_timer.window.look import Look
    from chain_timer.window.resuming import SessionKeeper
    from chain_timer.window.setup_bridge import SetupBridge
    from chain_timer.window.ways import Ways

# ruff: noqa: PLC0415 - the page is imported when it is first shown


class HistoryDesk(QObject):
    """Lives as long as the window; the history is opened when it is first asked something."""

    def __init__(
        self,
        frame: Frame,
        look: Look,
        *,
        keeper: SessionKeeper,
        now: Callable[[], Moment],
        history: Callable[[Callable[[], Library]], HistoryParts] | None,
        ways: Ways,
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._look = look
        self._history = history
        self._ways = ways
        self.resuming = Resuming(frame, keeper, now)
        self.resuming.kept.connect(self.refresh)

    @property
    def has_page(self) -> bool:
        """Whether there is a history to show."""
        return self._history is not None

    def show(self) -> None:
        """Show the page."""
        self._bridge.show()
        self._frame.show_page(self._bridge.page, "history")

    def advise(self, setup: SetupBridge) -> None:
        """Suggest holds on the page of set-up, whenever a routine is opened there."""
        from chain_timer.routine.names import read_about
        from chain_timer.window.hold_advice import HoldAdvice

        if self._history is not None:
            HoldAdvice(setup, self._reader, self._parts.now, lambda: read_about().safety)

    def refresh(self) -> None:
        """Take that something new is kept."""
        if "_bridge" in self.__dict__:
            self._bridge.refresh()

    def close(self) -> None:
        """The window goes: wait until everything is on disk."""
        self.resuming.close()
        for name in ("_giving", "_bridge", "_reader"):
            if name in self.__dict__:
                getattr(self, name).close()

    @cached_property
    def _parts(self) -> HistoryParts:
        if self._history is None:
            raise AssertionError("there is no history to show")
        return self._history(self._ways.library)

    @cached_property
    def _reader(self) -> HistoryReader:
        from chain_timer.window.history_reader import HistoryReader

        return HistoryReader(self._parts.open, self)

    @cached_property
    def _bridge(self) -> HistoryBridge:
        from chain_timer.window.history_bridge import HistoryBridge
        from chain_timer.window.history_page import HistoryPage

        page = HistoryPage(self._parts.names, self._frame)
        bridge = HistoryBridge(page, self._parts, self)
        bridge.back_requested.connect(self._ways.show_library)
        bridge.again_requested.connect(self._ways.open_routine)
        bridge.routine_requested.connect(self._open_by_id)
        bridge.export_requested.connect(self._give_out)
        self._look.dress(page)
        return bridge

    @cached_property
    def _giving(self) -> HistoryGiving:
        from chain_timer.window.history_giving import HistoryGiving

        return HistoryGiving(self._bridge.page, self._parts.open)

    def _give_out(self, wanted: SessionsWanted) -> None:
        self._giving.give_out(wanted)

    def _open_by_id(self, routine_id: str) -> None:
        routine = self._ways.library().by_routine_id.get(routine_id)
        if routine is not None:
            self._ways.open_routine(routine)
