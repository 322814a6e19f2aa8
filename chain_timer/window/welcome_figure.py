"""The figure beside the words of the welcome: somebody who does an exercise, over and over."""

from PySide6.QtCore import QEasingCurve, QTimeLine
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chain_timer.figure.showing import Showing, shot_in
from chain_timer.timeline.demonstration import HOLD_MS
from chain_timer.window.look import moves
from chain_timer.window.seen import SeenWidget
from chain_timer.window.stage import MOVING_MS, Stage

_ROUNDS = 4
"""Gone through so often the figure rests: somebody reads, or went away."""
_SCALE_FROM = 700
"""The width of a stage on which things are as large as usual."""


class WelcomeFigure(SeenWidget):
    """Told a showing; plays it where motion is wanted and anybody sees it, else shows its work standing."""

    def __init__(self, showing: Showing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = showing
        self.stage = Stage(self)
        self._line = QTimeLine(max(1, showing.length_ms), self)
        self._line.setEasingCurve(QEasingCurve.Type.Linear)
        self._line.setLoopCount(_ROUNDS)
        self._line.valueChanged.connect(lambda _share: self._tick())
        self._line.finished.connect(self._rest)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.stage)
        self._rest()
        name = showing.performance.timeline.routine_name
        self.setAccessibleName(self.tr("A figure that does: {exercise}").format(exercise=name))

    @property
    def playing(self) -> bool:
        return self._line.state() is QTimeLine.State.Running

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stage.set_scale(self.width() / _SCALE_FROM)

    def follow(self) -> None:
        plays = self._showing.moves and moves(self) and self.isVisible() and self.stage.is_seen
        if plays and not self.playing:
            self._line.setUpdateInterval(MOVING_MS)
            self._line.resume()
        elif not plays and self.playing:
            self._line.setPaused(True)

    def _tick(self) -> None:
        if not self.stage.is_seen:
            self.follow()
            return
        self._show()

    def _rest(self) -> None:
        # Amid the work, which is what the exercise is known by.
        self._line.setCurrentTime(self._showing.work_ms + HOLD_MS // 2)
        self._show()

    def _show(self) -> None:
        self.stage.show_shot(shot_in(self._showing, self._line.currentTime()))
