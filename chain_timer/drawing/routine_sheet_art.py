"""The picture of an exercise on a printed sheet: what is held, or where a repetition starts and turns."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from chain_timer.drawing.figure import Drawing, Picture, drawing_of, glow_of, paint_drawing
from chain_timer.drawing.figure_things import Shadow
from chain_timer.drawing.theme import Theme
from chain_timer.figure.figure import Figure
from chain_timer.figure.figures import Figures
from chain_timer.figure.keyframes import still_pose
from chain_timer.figure.pose import Pose, mirrored_pose
from chain_timer.figure.solver import solve
from chain_timer.routine.exercise import Exercise, Reps, Side

_ROUND = 70.0
"""The corners of a card, in tenths of a point."""
_DENSITY = 2.4
"""A figure is drawn for 300 dots an inch: only its shadow has any."""
_MARGIN = 0.07
_ARROW = 0.07
"""How long and how far down the arrow is, as a part of the picture's height."""

Image = QImage
"""For those who draw nothing themselves, and know no Qt."""
OwnPicture = Callable[[Exercise], Image | None]
"""The picture that came with an exercise, ready to be drawn; None where there is none."""


class Artist:
    """Draws what there is of each exercise."""

    def __init__(self, figures: Figures, own: OwnPicture, theme: Theme) -> None:
        self._figures = figures
        self._own = own
        self._theme = theme
        self._known: dict[str, bool] = {}
        self._shadows: dict[tuple[int, int], QImage] = {}

    def has(self, exercise: Exercise) -> bool:
        """Whether there is anything to draw."""
        if exercise.id not in self._known:
            figure = self._figures.figure_for(exercise)
            # Looked at now and again when it is drawn: kept, a thousand of them would take gigabytes.
            self._known[exercise.id] = figure is not None or self._own(exercise) is not None
        return self._known[exercise.id]

    def paint(self, painter: QPainter, rect: QRectF, exercise: Exercise, side: Side | None) -> None:
        """Draw a card with the exercise on it."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.stage_inner))
        painter.drawRoundedRect(rect, _ROUND, _ROUND)
        margin = _MARGIN * rect.height()
        room = rect.adjusted(margin, margin, -margin, -margin)
        figure = self._figures.figure_for(exercise)
        if figure is None:
            _paint_image(painter, room, self._own(exercise))
            return
        poses = key_poses(figure, exercise)
        alone = replace(figure, poses={str(number): pose for number, pose in enumerate(poses)})
        width = room.width() / len(poses)
        for number, pose in enumerate(poses):
            part = QRectF(room.left() + number * width, room.top(), width, room.height())
            self._paint_pose(painter, part, (alone, pose), exercise, side)
        if len(poses) > 1:
            middle = QPointF(room.center().x(), room.top() + _ARROW * room.height())
            self._paint_arrow(painter, middle, _ARROW * room.height() / 2)

    def _paint_pose(
        self,
        painter: QPainter,
        rect: QRectF,
        posed: tuple[Figure, Pose],
        exercise: Exercise,
        side: Side | None,
    ) -> None:
        figure, pose = posed
        left = side is Side.LEFT
        glow = glow_of(exercise.muscles, exercise.also, str(side) if exercise.sided and side else "")
        body = solve(mirrored_pose(pose) if left else pose)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(rect.topLeft())
        painter.scale(_DENSITY, _DENSITY)
        room = QRectF(0, 0, rect.width() / _DENSITY, rect.height() / _DENSITY)
        drawing = drawing_of(room, Picture(figure, body, glow, float(left)), self._theme)
        self._paint_shadow(painter, drawing.shadow)
        paint_drawing(painter, Drawing(None, drawing.marks))
        painter.restore()

    def _paint_shadow(self, painter: QPainter, shadow: Shadow | None) -> None:
        """Draw a shadow; of one size always the same image, which a PDF then holds once."""
        if shadow is not None:
            image = self._shadows.setdefault((shadow.width, shadow.height), shadow.image)
            painter.drawImage(shadow.at, image)

    def _paint_arrow(self, painter: QPainter, middle: QPointF, half: float) -> None:
        pen = QPen(QColor(self._theme.edge), half / 4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        tip = middle + QPointF(half, 0)
        painter.drawLine(middle - QPointF(half, 0), tip)
        for up in (-1, 1):
            painter.drawLine(tip + QPointF(-0.6, 0.6 * up) * half, tip)


def key_poses(figure: Figure, exercise: Exercise) -> tuple[Pose, ...]:
    """Give the pose that is held, or those where a repetition starts and where it turns."""
    turn = still_pose(figure, exercise)
    up_first = isinstance(exercise.work, Reps) and exercise.work.tempo.up_first
    back = figure.down if up_first else figure.up
    start = back.to[-1] if back is not None else turn
    return (turn,) if figure.hold is not None or start == turn else (start, turn)


def _paint_image(painter: QPainter, room: QRectF, image: QImage | None) -> None:
    if image is None or image.isNull():
        return
    size = image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(room.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, image)
    painter.restore()
