"""The program's own icons, drawn as paths on a grid of 24: crisp at every size and in every color."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

GRID = 24.0
_STROKE = 1.9
_ROUND = 1.2


class Icon(NamedTuple):
    filled: QPainterPath
    stroked: QPainterPath


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draw an icon to fill a square, whatever the painter's state; which is as it was afterwards."""
    icon = _ICONS[name]()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / GRID, rect.height() / GRID)
    join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(color, _ROUND, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(color)
    painter.drawPath(icon.filled)
    painter.setPen(QPen(color, _STROKE, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(icon.stroked)
    painter.restore()


def _lines(*strokes: tuple[float, ...]) -> QPainterPath:
    """Give strokes, each as ``x, y, x, y, …``."""
    path = QPainterPath()
    for stroke in strokes:
        points = [QPointF(x, y) for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
        path.moveTo(points[0])
        for point in points[1:]:
            path.lineTo(point)
    return path


def _shape(*points: float) -> QPainterPath:
    path = _lines(points)
    path.closeSubpath()
    return path


def _boxes(*boxes: tuple[float, float, float, float], radius: float = 0.6) -> QPainterPath:
    path = QPainterPath()
    for x, y, width, height in boxes:
        path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    return path


def _circle(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _back() -> Icon:
    return Icon(QPainterPath(), _lines((14.5, 5.5, 8, 12, 14.5, 18.5)))


def _forward() -> Icon:
    return Icon(QPainterPath(), _lines((9.5, 5.5, 16, 12, 9.5, 18.5)))


def _play() -> Icon:
    return Icon(_shape(8, 5.5, 18.5, 12, 8, 18.5), QPainterPath())


def _pause() -> Icon:
    return Icon(_boxes((7, 5.6, 3.2, 12.8), (13.8, 5.6, 3.2, 12.8)), QPainterPath())


def _previous() -> Icon:
    return Icon(_shape(18, 6.5, 18, 17.5, 9.5, 12) | _boxes((5.6, 6.4, 1.6, 11.2)), QPainterPath())


def _next() -> Icon:
    return Icon(_shape(6, 6.5, 6, 17.5, 14.5, 12) | _boxes((16.8, 6.4, 1.6, 11.2)), QPainterPath())


def _speaker() -> QPainterPath:
    return _shape(4.5, 9.5, 7.5, 9.5, 11.5, 6, 11.5, 18, 7.5, 14.5, 4.5, 14.5)


def _sound() -> Icon:
    waves = QPainterPath()
    for radius in (3.6, 7.0):
        box = QRectF(12.2 - radius, 12 - radius, 2 * radius, 2 * radius)
        waves.arcMoveTo(box, -45)
        waves.arcTo(box, -45, 90)
    return Icon(_speaker(), waves)


def _muted() -> Icon:
    return Icon(_speaker(), _lines((15, 9.5, 20, 14.5), (20, 9.5, 15, 14.5)))


def _enlarge() -> Icon:
    corners = ((5, 9, 5, 5, 9, 5), (15, 5, 19, 5, 19, 9), (19, 15, 19, 19, 15, 19), (9, 19, 5, 19, 5, 15))
    return Icon(QPainterPath(), _lines(*corners))


def _reduce() -> Icon:
    corners = ((9, 5, 9, 9, 5, 9), (19, 9, 15, 9, 15, 5), (15, 19, 15, 15, 19, 15), (5, 15, 9, 15, 9, 19))
    return Icon(QPainterPath(), _lines(*corners))


def _glass() -> QPainterPath:
    # Added, not united: united, an open line is dropped.
    path = _circle(10.5, 10.5, 5.5)
    path.addPath(_lines((14.8, 14.8, 19, 19)))
    return path


def _search() -> Icon:
    return Icon(QPainterPath(), _glass())


def _close() -> Icon:
    return Icon(QPainterPath(), _lines((6.5, 6.5, 17.5, 17.5), (17.5, 6.5, 6.5, 17.5)))


def _less() -> Icon:
    return Icon(QPainterPath(), _lines((6.5, 12, 17.5, 12)))


def _more() -> Icon:
    return Icon(QPainterPath(), _lines((6.5, 12, 17.5, 12), (12, 6.5, 12, 17.5)))


def _check() -> Icon:
    return Icon(QPainterPath(), _lines((5.5, 12.5, 10, 17, 18.5, 7.5)))


def _routines() -> Icon:
    boxes = _boxes((4.5, 4.5, 6, 6), (13.5, 4.5, 6, 6), (4.5, 13.5, 6, 6), (13.5, 13.5, 6, 6), radius=1.8)
    return Icon(QPainterPath(), boxes)


def _exercises() -> Icon:
    # A person who reaches up and to the side.
    body = _lines((12, 9.5, 12, 14.5, 8, 20), (12, 14.5, 16, 20), (5.5, 7, 12, 10.5, 18.5, 7))
    return Icon(_circle(12, 4.8, 2.2), body)


def _history() -> Icon:
    # A month with its rings, and a day in it that was kept.
    sheet = _boxes((4.5, 6, 15, 13.5), radius=2.4)
    sheet.addPath(_lines((8.5, 3.8, 8.5, 7.5), (15.5, 3.8, 15.5, 7.5), (8.6, 13.6, 11, 15.8, 15.4, 11.2)))
    return Icon(QPainterPath(), sheet)


def _settings() -> Icon:
    rails = _lines((4, 8, 11, 8), (17, 8, 20, 8), (4, 16, 7, 16), (13, 16, 20, 16))
    rails.addPath(_circle(14, 8, 2.6))
    rails.addPath(_circle(10, 16, 2.6))
    return Icon(QPainterPath(), rails)


def _undo() -> Icon:
    return Icon(QPainterPath(), _turned(mirrored=False))


def _redo() -> Icon:
    return Icon(QPainterPath(), _turned(mirrored=True))


def _turned(*, mirrored: bool) -> QPainterPath:
    path = _lines((9, 5, 5, 9, 9, 13))
    path.moveTo(5, 9)
    path.lineTo(14, 9)
    path.arcTo(QRectF(9.5, 9, 9.5, 9.5), 90, -180)
    path.lineTo(10, 18.5)
    return QTransform(-1, 0, 0, 1, GRID, 0).map(path) if mirrored else path


def _bin() -> Icon:
    lid = _lines((5, 7, 19, 7), (9.5, 7, 9.5, 4.8, 14.5, 4.8, 14.5, 7), (7, 7, 7.8, 19, 16.2, 19, 17, 7))
    lid.addPath(_lines((10.4, 10.5, 10.6, 15.5), (13.6, 10.5, 13.4, 15.5)))
    return Icon(QPainterPath(), lid)


def _copy() -> Icon:
    front = _boxes((8.5, 8.5, 10.5, 10.5), radius=2)
    front.addPath(_lines((15.5, 5.2, 5.2, 5.2, 5.2, 15.5)))
    return Icon(QPainterPath(), front)


def _edit() -> Icon:
    return Icon(
        QPainterPath(), _lines((5, 19, 6, 15, 15.5, 5.5, 18.5, 8.5, 9, 18, 5, 19), (13.4, 7.6, 16.4, 10.6))
    )


def _up() -> Icon:
    return Icon(QPainterPath(), _lines((6, 14.5, 12, 8.5, 18, 14.5)))


def _down() -> Icon:
    return Icon(QPainterPath(), _lines((6, 9.5, 12, 15.5, 18, 9.5)))


def _grip() -> Icon:
    dots = QPainterPath()
    for x in (9.2, 14.8):
        for y in (6.5, 12.0, 17.5):
            dots.addPath(_circle(x, y, 0.9))
    return Icon(dots, QPainterPath())


def _dots() -> Icon:
    dots = QPainterPath()
    for y in (6.0, 12.0, 18.0):
        dots.addPath(_circle(12, y, 1.1))
    return Icon(dots, QPainterPath())


def _bring_in() -> Icon:
    return Icon(
        QPainterPath(),
        _lines((12, 4.5, 12, 14.5), (8, 10.8, 12, 14.8, 16, 10.8), (5, 16, 5, 19.2, 19, 19.2, 19, 16)),
    )


def _give_out() -> Icon:
    return Icon(
        QPainterPath(),
        _lines((12, 14.8, 12, 4.8), (8, 8.5, 12, 4.5, 16, 8.5), (5, 16, 5, 19.2, 19, 19.2, 19, 16)),
    )


_ICONS: Mapping[str, Callable[[], Icon]] = MappingProxyType(
    {
        "back": _back,
        "forward": _forward,
        "play": _play,
        "pause": _pause,
        "previous": _previous,
        "next": _next,
        "sound": _sound,
        "muted": _muted,
        "enlarge": _enlarge,
        "reduce": _reduce,
        "search": _search,
        "close": _close,
        "less": _less,
        "more": _more,
        "check": _check,
        "routines": _routines,
        "exercises": _exercises,
        "history": _history,
        "settings": _settings,
        "undo": _undo,
        "redo": _redo,
        "bin": _bin,
        "copy": _copy,
        "edit": _edit,
        "up": _up,
        "down": _down,
        "grip": _grip,
        "dots": _dots,
        "bring_in": _bring_in,
        "give_out": _give_out,
    }
)
