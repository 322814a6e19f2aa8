"""Paints a shot into a widget: moving, or faded from one pose to the next where motion is not wanted."""

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPixmap

from chain_timer.drawing.figure import Drawing, Picture, drawing_of, extent, glow_of, paint_drawing
from chain_timer.drawing.figure_body import Glow
from chain_timer.drawing.keeping import Drawings
from chain_timer.drawing.theme import Theme
from chain_timer.figure.body import Body
from chain_timer.figure.choreography import Shot
from chain_timer.figure.pose import Pose
from chain_timer.figure.solver import solve
from chain_timer.window.backing import canvas

_log = logging.getLogger(__name__)
_AROUND = 0.24
"""How far (meters) the shadow reaches beyond the figure."""
_BREATH_LEVELS = 8
"""A chest moves by a pixel or two: more levels than this nobody can tell apart."""
_MOST_MET = 2_000
_SHARES = 40
"""As finely a move is told apart: a step is two pixels or three."""
_MOST_DRAWINGS = 260
"""A repetition of the slowest exercise, down and up; 4.5 MiB. Fewer would never be found again."""
FIGURE_FAILURES = (ArithmeticError, LookupError, ValueError)
"""What poses nobody thought of could lead to."""


def same_look(one: Shot, other: Shot, *, breathes: bool = True) -> bool:
    """Whether two shots look the same, as far as an eye can tell."""
    return (
        one.figure is other.figure
        and one.side is other.side
        and _look(one) == _look(other)
        and (not breathes or _level(one) == _level(other))
    )


def _look(shot: Shot) -> tuple[int, int, int, float]:
    return id(shot.start), id(shot.goal), round(shot.share * _SHARES), shot.mirrored


def _level(shot: Shot) -> int:
    return round(shot.breath * _BREATH_LEVELS)


def glow_of_shot(shot: Shot, strength: float = 1.0) -> Glow:
    """Light the muscles of the exercise, and the shoe of the side that leads."""
    exercise = shot.exercise
    side = shot.side.value if shot.side is not None and exercise.sided else ""
    if not strength:
        return Glow({}, side)
    whole = glow_of(exercise.muscles, exercise.also, side)
    return Glow({muscle: light * strength for muscle, light in whole.muscles.items()}, side)


@dataclass(frozen=True, slots=True)
class Staged:
    """A shot in its room, and how it is lit."""

    shot: Shot
    room: QRectF
    strength: float
    theme: Theme


class ShotPainter:
    """Keeps what makes the next paint cheaper: drawings that come again, and the stills to fade between."""

    def __init__(self) -> None:
        self._drawings = Drawings(_MOST_DRAWINGS)
        self._met: set[Hashable] = set()
        """The keys of what was drawn at least once."""
        self._shown: dict[int, object] = {}
        """What the keys of drawings name by id, kept so that no other can have it."""
        self._stills: dict[tuple[int, float, float, float], QPixmap] = {}
        self._kept: list[Pose] = []
        """The poses of the stills: as long as they are kept, no other one can be taken for them."""

    def forget(self) -> None:
        """Draw all anew: the room or the colors changed."""
        self._drawings.clear()
        self._met.clear()
        self._shown.clear()
        self._stills.clear()
        self._kept.clear()

    def paint(self, painter: QPainter, staged: Staged) -> bool:
        """Draw the figure as it is; False where it cannot be drawn."""
        return _tried(staged.shot, lambda: paint_drawing(painter, self._drawing(staged)))

    def _drawing(self, staged: Staged) -> Drawing:
        shot = staged.shot
        # The figure that stands is the same for all exercises, and only its muscles differ.
        key = (shot.exercise.id, id(shot.figure), *_look(shot), _level(shot), shot.side, staged.strength)
        found = self._drawings.get(key)
        if found is None:
            found = drawing_of(staged.room, _picture(staged, shot.body()), staged.theme)
            if key in self._met:
                self._drawings.keep(key, found)
                self._shown |= {id(each): each for each in (shot.figure, shot.start, shot.goal)}
            else:
                # What is seen once, like a step on the way into a hold, mostly does not come again.
                if len(self._met) >= _MOST_MET:
                    self._met.clear()
                self._met.add(key)
        return found

    def paint_fading(self, painter: QPainter, staged: Staged, ground: QPixmap) -> bool:
        """Draw the poses it comes from and goes to, one fading into the other; they lie on the ground."""

        def fade() -> None:
            shot, area = staged.shot, area_of(staged.shot, staged.room)
            for pose, opacity in ((shot.start, 1.0), (shot.goal, shot.share if shot.moving else 0.0)):
                if opacity > 0:
                    still = self._still(pose, staged, ground)
                    painter.setOpacity(opacity)
                    painter.drawPixmap(area.topLeft(), still)
            painter.setOpacity(1.0)

        return _tried(staged.shot, fade)

    def _still(self, pose: Pose, staged: Staged, ground: QPixmap) -> QPixmap:
        key = (id(pose), float(staged.shot.mirrored), staged.strength, ground.devicePixelRatio())
        found = self._stills.get(key)
        if found is None:
            if len(self._kept) >= 2:  # noqa: PLR2004 - one to come from, one to go to
                self._forget_all_but((staged.shot.start, staged.shot.goal))
            found = self._stills[key] = _drawn_still(pose, staged, ground)
            self._kept.append(pose)
        return found

    def _forget_all_but(self, poses: tuple[Pose, Pose]) -> None:
        wanted = {id(pose) for pose in poses}
        self._stills = {key: still for key, still in self._stills.items() if key[0] in wanted}
        self._kept = [pose for pose in self._kept if id(pose) in wanted]


def area_of(shot: Shot, room: QRectF) -> QRect:
    """Give what the figure can cover of its room, with its shadow."""
    needed = extent(shot.figure, mirrored=float(shot.mirrored))
    width, height = needed.right - needed.left, needed.top - needed.bottom
    scale = min(room.width() / width, room.height() / height)
    size = QSizeF((width + 2 * _AROUND) * scale, (height + 2 * _AROUND) * scale)
    place = QRectF(QPointF(0, 0), size)
    place.moveCenter(QPointF(room.center().x(), room.bottom() - height * scale / 2))
    return place.toAlignedRect()


def _drawn_still(pose: Pose, staged: Staged, ground: QPixmap) -> QPixmap:
    area = area_of(staged.shot, staged.room)
    still = canvas(QSizeF(area.size()), ground.devicePixelRatio(), QColor(staged.theme.background))
    painter = QPainter(still)
    painter.translate(-area.topLeft())
    painter.drawPixmap(0, 0, ground)
    _paint(painter, staged, solve(pose))
    painter.end()
    return still


def _paint(painter: QPainter, staged: Staged, body: Body) -> None:
    paint_drawing(painter, drawing_of(staged.room, _picture(staged, body), staged.theme))


def _picture(staged: Staged, body: Body) -> Picture:
    shot = staged.shot
    return Picture(shot.figure, body, glow_of_shot(shot, staged.strength), float(shot.mirrored))


def _tried(shot: Shot, draw: Callable[[], None]) -> bool:
    try:
        draw()
    except FIGURE_FAILURES:
        _log.exception("The figure of %s cannot be drawn", shot.exercise.id)
        return False
    return True
