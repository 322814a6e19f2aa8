"""The movement of one exercise: its figure in a loop, to pause, to go through by hand, on either side.

Of an exercise that has no figure it shows a picture, or a figure that stands, and there is nothing to play.
"""

from PySide6.QtCore import QEasingCurve, QSignalBlocker, Qt, QTimeLine, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chain_timer.figure.showing import Showing, shot_in
from chain_timer.routine.exercise import Side
from chain_timer.window.basics import IconButton
from chain_timer.window.calm_wheel import CalmSlider
from chain_timer.window.exercise_facts import ExerciseFacts
from chain_timer.window.fields import LevelPicker
from chain_timer.window.look import moves
from chain_timer.window.seen import SeenWidget
from chain_timer.window.stage import FADING_MS, MOVING_MS, Stage

_ROUNDS = 10
"""Played so often the figure rests: nobody may be looking any more."""
_STEP_MS, _PAGE_MS = 200, 2_000


class Movement(SeenWidget):
    """Told an exercise and its showing; asks for the other side, and tells which step is shown."""

    side_requested = Signal(object)
    step_shown = Signal(object)
    """The index of a step, or None while the work itself is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage(self)
        self.toggle = IconButton("play", "", self, ground="fill", padding=0.29)
        self.slider = CalmSlider(Qt.Orientation.Horizontal, self)
        self.sides = LevelPicker(
            self.tr("Side"),
            [(Side.RIGHT.value, self.tr("Right")), (Side.LEFT.value, self.tr("Left"))],
            self,
        )
        self._exercise_id = ""
        self._can_move = False
        self._showing: Showing | None = None
        self._step: int | None = None
        self._wanted: bool | None = None
        """Whether a person wants it to play; before anybody said, it does where motion is wanted."""
        self._line = QTimeLine(1, self)
        self._prepare()

    # --- told ----------------------------------------------------------------------------------------

    def show_exercise(self, facts: ExerciseFacts, side: Side | None, showing: Showing) -> None:
        """Show an exercise on a side from its beginning; the other side from where it is."""
        same = self._showing is not None and self._exercise_id == facts.id
        at_ms = self.position_ms if same else 0
        self._exercise_id = facts.id
        self._showing = showing
        self._line.stop()
        self._line.setDuration(max(1, showing.length_ms))
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, showing.length_ms)
        self.stage.show_muscles(facts.muscle_line, facts.links)
        self.sides.setVisible(side is not None)
        if side is not None:
            self.sides.show_level(side.value)
        self._can_move = showing.moves
        for widget in (self.toggle, self.slider):
            widget.setEnabled(self._can_move)
            widget.setVisible(self._can_move)
        self._line.setCurrentTime(at_ms)
        self._show(at_ms)
        self.follow()

    # --- asked ---------------------------------------------------------------------------------------

    @property
    def position_ms(self) -> int:
        return self.slider.value()

    @property
    def playing(self) -> bool:
        """Whether time passes here."""
        return self._line.state() is QTimeLine.State.Running

    def toggle_playing(self) -> None:
        self._wanted = not self.playing
        if self._wanted and self.position_ms >= self.slider.maximum():
            self.go_to(0)
        self.follow()

    def go_to(self, position_ms: int) -> None:
        """Show a moment; playing goes on from there."""
        self.slider.setValue(position_ms)

    def go_by(self, ms: int) -> None:
        """Go some way back or on; a movement that is gone through by hand no longer plays."""
        self._wanted = False
        self.follow()
        self.go_to(self.position_ms + ms)

    def go_to_step(self, index: int) -> None:
        """Show the pose of a step, and stay there."""
        if self._showing is None or not 0 <= index < len(self._showing.marks_ms):
            return
        self._wanted = False
        self.follow()
        self.go_to(self._showing.reached_ms[index])

    def go_by_step(self, count: int) -> None:
        if self._showing is None:
            return
        steps = len(self._showing.marks_ms)
        here = self._showing.step_at(self.position_ms)
        self.go_to_step(min(steps - 1, max(0, (steps if here is None else here) + count)))

    # --- time ----------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Play if that is wanted and anybody can see it."""
        wanted = moves(self) if self._wanted is None else self._wanted
        plays = wanted and self._can_move and self.stage.is_seen
        if plays and not self.playing:
            self._line.setUpdateInterval(MOVING_MS if moves(self) else FADING_MS)
            self._line.setCurrentTime(self.position_ms)
            self._line.resume()
        elif not plays and self.playing:
            self._line.setPaused(True)
        playing = self.playing
        self.toggle.show_icon(
            "pause" if playing else "play", self.tr("Pause") if playing else self.tr("Play")
        )

    def _tick(self) -> None:
        if not self.stage.is_seen:
            self.follow()
            return
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._line.currentTime())
        self._show(self._line.currentTime())

    def _slide(self, position_ms: int) -> None:
        # A line that runs would begin anew, and one at its end is at its beginning: the slider knows better.
        playing = self.playing
        if playing:
            self._line.setPaused(True)
        with QSignalBlocker(self._line):
            self._line.setCurrentTime(position_ms)
        if playing:
            self._line.resume()
        self._show(position_ms)

    def _rest(self) -> None:
        self._wanted = False
        self.go_to(0)
        self.follow()

    def _show(self, position_ms: int) -> None:
        if self._showing is None:
            return
        self.stage.show_shot(shot_in(self._showing, position_ms))
        step = self._showing.step_at(position_ms)
        if step != self._step:
            self._step = step
            self.step_shown.emit(step)

    # --- put together --------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._line.setEasingCurve(QEasingCurve.Type.Linear)
        self._line.setLoopCount(_ROUNDS)
        self._line.valueChanged.connect(lambda _share: self._tick())
        self._line.finished.connect(self._rest)
        self.slider.setSingleStep(_STEP_MS)
        self.slider.setPageStep(_PAGE_MS)
        self.slider.setAccessibleName(self.tr("Moment of the movement"))
        self.slider.valueChanged.connect(self._slide)
        self.toggle.clicked.connect(self.toggle_playing)
        self.sides.chosen.connect(lambda value: self.side_requested.emit(Side(value)))
        self.toggle.setFixedSize(44, 44)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.toggle)
        bar.addWidget(self.slider, 1)
        bar.addStretch()
        bar.addWidget(self.sides)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.stage, 1)
        rows.addLayout(bar)
