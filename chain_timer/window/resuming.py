"""What a session left behind, offered again; and what could not be written down, told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chain_timer.units import clock_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_timer.routine.names import Names
    from chain_timer.session.clock import Moment
    from chain_timer.session.journal import Left
    from chain_timer.session.record import Feeling
    from chain_timer.window.frame import Frame


_LATER_MS = 3_000
"""After the start, until the history is checked: all that is seen comes first."""


class SessionKeeper(Protocol):
    """What keeps sessions (:class:`chain_timer.history.keeper.Keeper`); nothing here waits or raises."""

    def look_for_left(self, names: Names, then: Callable[[Left | None], None]) -> None: ...

    def make_ready(self) -> None: ...

    def decline(self, left: Left) -> None: ...

    def feel(self, session_id: str, feeling: Feeling | None, note: str) -> None: ...

    def listen(self, listener: Callable[[], None]) -> None: ...

    def untold(self) -> str: ...


class Resuming(QObject):
    """Offers to go on with a session that was left in the middle, on the first page there is."""

    go_on_requested = Signal(object)
    """The session that was left, to go on with."""
    settled = Signal()
    """Nothing was left, or it is decided what becomes of it."""
    kept = Signal()
    """Something new is in the history."""
    _found = Signal(object)
    _heard = Signal()

    def __init__(self, frame: Frame, keeper: SessionKeeper, now: Callable[[], Moment]) -> None:
        super().__init__(frame)
        self._frame = frame
        self._keeper = keeper
        self._now = now
        self._quiet = False
        self._closed = False
        self._is_offered = False
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(keeper.make_ready)
        # The keeper speaks from a thread of its own; a signal brings it here.
        self._found.connect(self._offer)
        self._heard.connect(self._hear)
        keeper.listen(self._pass_on)

    def look(self, names: Names) -> None:
        """Look for a session that was left; the answer comes as a notice or as :attr:`settled`."""
        self._keeper.look_for_left(names, self._pass_found)
        self._later.start()

    def rest(self) -> None:
        """A session runs, which is told itself what goes wrong."""
        self._quiet = True
        self._later.stop()

    def go_on(self) -> None:
        """No session runs any more."""
        self._quiet = False
        self._hear()

    def close(self) -> None:
        """The window goes."""
        self._closed = True
        self._later.stop()

    def _pass_found(self, left: Left | None) -> None:
        if not self._closed:
            self._found.emit(left)

    def _pass_on(self) -> None:
        if not self._closed:
            self._heard.emit()

    def _hear(self) -> None:
        self.kept.emit()
        if not self._quiet and (text := self._keeper.untold()):
            self._frame.tell(text)

    def _offer(self, left: Left | None) -> None:
        if left is None:
            self.settled.emit()
            return
        notice = self._frame.library.notice
        self._is_offered = True
        notice.close_button.clicked.connect(self._settle, Qt.ConnectionType.SingleShotConnection)

        def go_on() -> None:
            notice.hide()
            self.go_on_requested.emit(left)
            self._settle()

        def decline() -> None:
            notice.hide()
            self._keeper.decline(left)
            self._settle()

        notice.show_notice(
            self._question(left),
            [(self.tr("Go on"), go_on), (self.tr("Leave it at that"), decline)],
            focus=True,
        )

    def _settle(self) -> None:
        # Closed without an answer, it is offered again at the next start.
        if self._is_offered:
            self._is_offered = False
            self.settled.emit()

    def _question(self, left: Left) -> str:
        when = self._when(left)
        place = f" ({left.place})" if left.place else ""
        return self.tr("Go on with {routine} at {time}{place}?{when}").format(
            routine=left.opening.routine_name, time=clock_text(left.position_ms), place=place, when=when
        )

    def _when(self, left: Left) -> str:
        days = (self._now().day - left.opening.started.day).days
        if days <= 0:
            return ""
        return (
            self.tr(" It is from yesterday.") if days == 1 else self.tr(" It is {n} days old.").format(n=days)
        )
