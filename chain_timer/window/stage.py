"""The stage: the figure that does the exercise, or a person's own picture of it, with its muscles named."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRadialGradient,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from chain_timer.drawing.chain import Link, paint_named_chain
from chain_timer.drawing.framed import paint_framed
from chain_timer.drawing.text import elided, font, shown
from chain_timer.drawing.theme import BODY, DARK, LEAD, Theme
from chain_timer.figure.choreography import Shot
from chain_timer.figure.figure import Figure
from chain_timer.window.backing import Backing, copy_part
from chain_timer.window.look import is_seen, moves
from chain_timer.window.own_pictures import OwnPictures
from chain_timer.window.player_layout import COMPACT
from chain_timer.window.setup_facts import side_text
from chain_timer.window.shot_painter import FIGURE_FAILURES, ShotPainter, Staged, area_of, same_look

_log = logging.getLogger(__name__)

MOVING_MS, FADING_MS, BREATHING_MS = 33, 66, 125
"""How often the figure is looked at while it moves, fades from pose to pose, or only breathes."""
_CORNER = 20.0
_WIDEST = 420
_TALLEST_LINK = 62
_LEAST_LINKS = 120
"""Lower than this, the names of the links would be too small."""
_LEAST_FIGURE = 64


class Stage(QWidget):
    """Told what is worked and what the figure does; paints the figure alone when only that changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._scale = 1.0
        self._muscles = ""
        self._links: tuple[Link, ...] = ()
        self._shot: Shot | None = None
        self._broken: Figure | None = None
        self._pictures: OwnPictures | None = None
        self._strength = 1.0
        self._side = ""
        self._ground = Backing(self, self._paint_ground)
        self._painter = ShotPainter()
        # Its ground is its own to paint, corners too: the page behind need not be asked.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # --- told ----------------------------------------------------------------------------------------

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()

    def set_scale(self, scale: float) -> None:
        if scale != self._scale:
            self._scale = scale
            self._redraw()

    def show_muscles(self, muscles: str, links: Sequence[Link]) -> None:
        if (muscles, tuple(links)) != (self._muscles, self._links):
            self._muscles, self._links = muscles, tuple(links)
            self._redraw()
            self._name()

    def show_shot(self, shot: Shot | None, strength: float = 1.0) -> None:
        """Show what the figure does; ``strength`` is how brightly its muscles glow, 0 to 1.

        An exercise without a figure of its own shows a person's picture of it, or a figure that stands still.
        None shows the chain of muscles, which claims nothing.
        """
        if shot is not None and shot.figure is self._broken:
            shot = None
        if shot is not None and not moves(self):
            # Nothing turns around: from one moment to the next it is seen from the other side.
            shot = replace(shot, mirrored=float(round(shot.mirrored)))
        side = ""
        if shot is not None and shot.side is not None:
            side = side_text(shot.side, shot.exercise.side_noun)
        if _is_another_kind(self._shot, shot) or side != self._side:
            self._shot, self._strength, self._side = shot, strength, side
            self._redraw()
            self._name()
            return
        if shot is None or self._shot is None:
            return
        if strength != self._strength and shot.stands and self._shows_picture():
            self._strength = strength
        elif strength != self._strength or not same_look(self._shot, shot, breathes=moves(self)):
            before = self._shot
            self._shot, self._strength = shot, strength
            self._update_figure(before, shot)

    def show_pictures(self, pictures: OwnPictures) -> None:
        """Take where a person's own pictures come from."""
        self._pictures = pictures
        pictures.ready.connect(self._show_picture)

    def _show_picture(self) -> None:
        """Paint anew: the picture that is wanted may have come."""
        if self._shot is not None and self._shot.stands and self._shot.exercise.picture:
            self._redraw()

    def _update_figure(self, before: Shot, shot: Shot) -> None:
        room = self._figure_room()
        try:
            area = area_of(shot, room)
            # Another figure, or one that turns, leaves where the one before it was.
            if before.figure is not shot.figure or before.mirrored != shot.mirrored:
                area = area.united(area_of(before, room))
        except FIGURE_FAILURES:
            _log.exception("There is no room for the figure of %s", shot.exercise.id)
            self._give_up(shot.figure)
        else:
            self.update(area)

    def _give_up(self, figure: Figure) -> None:
        """Show the chain instead of what cannot be drawn, and do not try again."""
        self._broken = figure
        self.show_shot(None)

    # --- asked ---------------------------------------------------------------------------------------

    @property
    def frame_ms(self) -> int | None:
        """When to show the figure anew, if it moves and can be seen; None when it need not be."""
        shot = self._shot
        if shot is None or not self.is_seen:
            return None
        if shot.moving:
            return MOVING_MS if moves(self) else FADING_MS
        return BREATHING_MS if shot.breath > 0 and moves(self) else None

    @property
    def is_seen(self) -> bool:
        """Whether it is on a screen, as far as anybody can know."""
        return is_seen(self)

    @property
    def side(self) -> str:
        """Which side is written in the corner."""
        return self._side

    @property
    def shot(self) -> Shot | None:
        return self._shot

    # --- painted -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self._ground.picture(QColor(self._theme.background))
        painter = QPainter(self)
        copy_part(painter, ground, event.rect())
        drawn = self._paint_figure(painter, ground)
        # Ended here and not when it is forgotten: what a failure leaves behind may remember it longer.
        painter.end()
        if not drawn and self._shot is not None:
            self._give_up(self._shot.figure)

    def _paint_figure(self, painter: QPainter, ground: QPixmap) -> bool:
        shot = self._shot
        if shot is None or not self._shows_figure() or self._shows_picture():
            return True
        staged = Staged(shot, self._figure_room(), self._strength, self._theme)
        if moves(self):
            return self._painter.paint(painter, staged)
        return self._painter.paint_fading(painter, staged, ground)

    def _shows_figure(self) -> bool:
        room = self._figure_room()
        return self._shot is not None and min(room.width(), room.height()) >= _LEAST_FIGURE

    def _shows_picture(self) -> bool:
        """Whether a picture is in the place of the figure, or about to be."""
        shot, pictures = self._shot, self._pictures
        if shot is None or not shot.stands or pictures is None:
            return False
        return self._picture() is not None or pictures.is_due(shot.exercise, self._pixels())

    def _picture(self) -> QImage | None:
        shot = self._shot
        if shot is None or not shot.stands or self._pictures is None:
            return None
        return self._pictures.image(shot.exercise, self._pixels())

    def _pixels(self) -> float:
        """How many pixels of the screen the longer side of a picture can take."""
        return max(self.width(), self.height()) * self.devicePixelRatioF()

    def _figure_room(self) -> QRectF:
        if self._is_compact():
            return QRectF(self.rect()).adjusted(12, 12, -12, -16)
        scale = max(1.0, self._scale)
        side = 24 * scale
        return QRectF(self.rect()).adjusted(side, 56 * scale, -side, -26 * scale)

    def _is_compact(self) -> bool:
        """Whether there is room for the figure alone."""
        return self.height() < COMPACT and self._shot is not None

    def _redraw(self) -> None:
        self._ground.forget()
        self._painter.forget()
        self.update()

    def _name(self) -> None:
        text = self.tr("Muscles: {names}").format(names=shown(self._muscles)) if self._muscles else ""
        self.setAccessibleName(". ".join(part for part in (text, shown(self._side)) if part))

    def _paint_ground(self, painter: QPainter) -> None:
        """Draw what stays: the light, the names of the muscles, the side, and what stands for a figure."""
        self._paint_light(painter)
        if not self._is_compact():
            self._paint_words(painter)
        if self._shot is None:
            self._paint_chain(painter)
        elif (picture := self._picture()) is not None:
            paint_framed(painter, self._figure_room(), picture)

    def _paint_light(self, painter: QPainter) -> None:
        rect, theme = QRectF(self.rect()), self._theme
        light = QRadialGradient(QPointF(rect.center().x(), rect.height() * 0.46), max(rect.width(), 1) * 0.62)
        light.setColorAt(0, QColor(theme.stage_inner))
        light.setColorAt(1, QColor(theme.stage_outer))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(light)
        painter.drawRoundedRect(rect, _CORNER, _CORNER)

    def _paint_words(self, painter: QPainter) -> None:
        """Write which muscles glow, and the side that leads, each in the color that it has on the figure."""
        scale, theme = max(1.0, self._scale), self._theme
        if self._muscles:
            self._paint_line(
                painter, 30 * scale, (theme.muscle, theme.text), self._muscles, font(BODY * scale)
            )
        if self._side:
            bold = font(LEAD * scale, QFont.Weight.DemiBold)
            colors = (theme.accent, theme.accent_words)
            self._paint_line(painter, self.height() - 28 * scale, colors, self._side, bold)

    def _paint_line(
        self, painter: QPainter, middle: float, colors: tuple[str, str], text: str, made: QFont
    ) -> None:
        """Paint a dot and the words beside it."""
        scale, metrics = max(1.0, self._scale), QFontMetricsF(made)
        dot, words = colors
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(dot))
        painter.drawEllipse(QPointF(25 * scale, middle), 5 * scale, 5 * scale)
        painter.setPen(QColor(words))
        painter.setFont(made)
        left = 39 * scale
        line = QRectF(left, middle - metrics.height() / 2, self.width() - left - 20 * scale, metrics.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, flags, elided(shown(text), metrics, line.width()))

    def _paint_chain(self, painter: QPainter) -> None:
        scale = max(1.0, self._scale)
        top, bottom = 64 * scale, 28 * scale
        height = self.height() - top - bottom
        if height < _LEAST_LINKS or not self._links:
            return
        height = min(height, _TALLEST_LINK * scale * len(self._links))
        width = min(self.width() * 0.7, height / len(self._links) + 210 * scale, _WIDEST * scale)
        rect = QRectF(
            (self.width() - width) / 2,
            top + (self.height() - top - bottom - height) / 2,
            width,
            height,
        )
        paint_named_chain(painter, rect, self._links, self._theme, scale)


def _is_another_kind(before: Shot | None, shot: Shot | None) -> bool:
    """Whether all has to be drawn anew: a figure for a chain, or other muscles on the one that stands."""
    if before is None or shot is None:
        return before is not shot
    return (before.stands or shot.stands) and before.exercise is not shot.exercise
