"""Where the parts of the player page lie, for any size: pure reckoning, so that a test can try hundreds."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

_USUAL = (1280, 800)
_WIDE_FROM = 780
_WIDE_RATIO = 1.2
_TALL_RATIO = 0.92
_LOW = 440
_SHORTEST_STEPS = 46
_ONE_LINE, _TIGHT = 32, 300
"""Where there is so little room, one line of the steps must do: the seconds come first."""
_READABLE = 0.37
"""The ring's part of the window's height at which its digits are a fifth of it."""
_STAGE_FROM = 980
_PAIR_FROM = 330
_PAIRED_RING = 0.46
COMPACT = 300
"""A stage lower than this is for the figure alone; its words stand elsewhere."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much larger than on a usual window things are."""

    big: float
    """What is read from the mat."""
    small: float
    """What is read at the desk."""


@dataclass(frozen=True, slots=True)
class Places:
    """A rectangle for every part; None where it does not show."""

    scale: Scale
    top: QRect
    stage: QRect | None
    heading: QRect
    ring: QRect
    done: QRect | None
    steps: QRect
    strip: QRect
    next_line: QRect
    controls: QRect
    hint: QRect | None
    veil: QRect
    """What dims while paused."""


def scale_of(width: int, height: int) -> Scale:
    share = min(width / _USUAL[0], height / _USUAL[1])
    return Scale(min(3.2, max(0.62, share)), min(2.2, max(0.93, share)))


def heading_width(width: int, height: int) -> int:
    """Give how wide the heading will be, which must be known before its height is."""
    edge, body = _edge(width, height), _body(width, height)
    shape = _shape(width, height)
    if shape == "wide":
        return body.width() - round(body.width() * 0.54) - edge
    return body.width() if shape == "tall" else body.width() - _short_ring(body) - edge


def place_all(
    width: int, height: int, heading_height: int, steps_height: int = 0, *, waiting: bool = False
) -> Places:
    """Reckon all places; ``waiting`` makes room for the big Done button.

    The ring is as large as it can be while all steps show, and never so small that the mat is too far.
    """
    scale, edge, body = scale_of(width, height), _edge(width, height), _body(width, height)
    foot = _Foot(width, height)
    top = QRect(edge, 0, width - 2 * edge, body.top())
    parts = {"wide": _wide, "tall": _tall, "short": _short}[_shape(width, height)]
    wanted = _Wanted(heading_height, steps_height, round(height * _READABLE), waiting=waiting)
    stage, heading, ring, done, steps = parts(body, wanted, scale, edge)
    return Places(
        scale, top, stage, heading, ring, done, steps,
        foot.strip, foot.next_line, foot.controls, foot.hint, stage or steps,
    )  # fmt: skip


def _edge(width: int, height: int) -> int:
    return max(12, round(24 * min(2.0, width / _USUAL[0], height / _USUAL[1])))


def _shape(width: int, height: int) -> str:
    if width >= _WIDE_FROM and width / height >= _WIDE_RATIO and height >= _LOW:
        return "wide"
    return "tall" if width / height <= _TALL_RATIO else "short"


def _body(width: int, height: int) -> QRect:
    """Give the room between the top bar and the strip."""
    scale, edge = scale_of(width, height), _edge(width, height)
    top = round((44 if height < _LOW else 56) * scale.small)
    return QRect(edge, top, width - 2 * edge, _Foot(width, height).top - top - round(8 * scale.small))


def _short_ring(body: QRect) -> int:
    return min(body.height(), round(body.width() * 0.42))


class _Foot:
    """The strip, what is next, and the controls."""

    def __init__(self, width: int, height: int) -> None:
        s, edge, low = scale_of(width, height).small, _edge(width, height), height < _LOW
        inner = width - 2 * edge
        controls_h = round((56 if low else 76) * s)
        strip_h = round((38 if low else 46) * s)
        bottom = height - round((4 if low else 16) * s)
        controls_w = min(inner, round((190 if low else 232) * s))
        controls_x = (width - controls_w) // 2
        self.controls = QRect(controls_x, bottom - controls_h, controls_w, controls_h)
        side = controls_x - edge - round(16 * s)
        strip_bottom = self.controls.top() - round((2 if low else 8) * s)
        roomy = side >= round(210 * s)
        if roomy:
            self.next_line = QRect(edge, self.controls.top(), side, controls_h)
            self.hint: QRect | None = QRect(edge + inner - side, self.controls.top(), side, controls_h)
        else:
            line_h = round(24 * s)
            self.next_line = QRect(edge, strip_bottom - line_h, inner, line_h)
            strip_bottom -= line_h
            self.hint = None
        self.strip = QRect(edge, strip_bottom - strip_h, inner, strip_h)
        self.top = self.strip.top()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Heights that parts would like to have."""

    heading: int
    steps: int
    least_ring: int
    waiting: bool


_Parts = tuple[QRect | None, QRect, QRect, QRect | None, QRect]


def _wide(body: QRect, wanted: _Wanted, scale: Scale, edge: int) -> _Parts:
    stage = QRect(body.left(), body.top(), round(body.width() * 0.54), body.height())
    left = stage.right() + 1 + edge
    column = QRect(left, body.top(), body.right() + 1 - left, body.height())
    return stage, *_column(column, wanted, scale)


def _tall(body: QRect, wanted: _Wanted, scale: Scale, edge: int) -> _Parts:
    if body.height() < _STAGE_FROM:
        return (
            _paired(body, wanted, scale)
            if body.height() >= _PAIR_FROM
            else (None, *_column(body, wanted, scale))
        )
    stage = QRect(body.left(), body.top(), body.width(), round(body.height() * 0.3))
    rest = body.adjusted(0, stage.height() + edge, 0, 0)
    return stage, *_column(rest, wanted, scale)


def _paired(body: QRect, wanted: _Wanted, scale: Scale) -> _Parts:
    """Put figure and ring side by side between the heading and the steps."""
    gap = round(14 * scale.small)
    heading = QRect(body.left(), body.top(), body.width(), min(wanted.heading, body.height() // 3))
    done_h = round(64 * scale.small) if wanted.waiting else 0
    below = _SHORTEST_STEPS + (done_h + gap if wanted.waiting else 0)
    side = min(round(body.width() * _PAIRED_RING), body.height() - heading.height() - 2 * gap - below)
    top = heading.bottom() + 1 + gap
    stage = QRect(body.left(), top, body.width() - side - gap, side)
    ring = QRect(stage.right() + 1 + gap, top, side, side)
    top = ring.bottom() + 1 + gap
    done = None
    if wanted.waiting:
        done = QRect(body.left(), top, body.width(), done_h)
        top = done.bottom() + 1 + gap
    steps = QRect(body.left(), top, body.width(), max(0, body.bottom() + 1 - top))
    return stage, heading, ring, done, steps


def _short(body: QRect, wanted: _Wanted, scale: Scale, edge: int) -> _Parts:
    side = _short_ring(body)
    ring = QRect(body.left(), body.top() + (body.height() - side) // 2, side, side)
    left = ring.right() + 1 + edge
    column = QRect(left, body.top(), body.right() + 1 - left, body.height())
    heading = QRect(left, body.top(), column.width(), min(wanted.heading, column.height()))
    top, done = heading.bottom() + 1 + round(8 * scale.small), None
    if wanted.waiting:
        height = min(round(64 * scale.small), max(40, column.bottom() - top))
        done = QRect(left, min(top, body.bottom() + 1 - height), column.width(), height)
        top = done.bottom() + 1 + round(8 * scale.small)
    steps = QRect(left, top, column.width(), max(0, body.bottom() + 1 - top))
    return None, heading, ring, done, steps


def _column(column: QRect, wanted: _Wanted, scale: Scale) -> tuple[QRect, QRect, QRect | None, QRect]:
    gap = round(14 * scale.small)
    heading = QRect(column.left(), column.top(), column.width(), min(wanted.heading, column.height() // 3))
    done_h = round(64 * scale.small) if wanted.waiting else 0
    room = column.height() - heading.height() - gap - (done_h + gap if wanted.waiting else 0)
    fitting = max(wanted.least_ring, room - gap - wanted.steps)
    shortest = _ONE_LINE if room < _TIGHT else _SHORTEST_STEPS
    most = max(wanted.least_ring, round(room * 0.78))
    side = max(96, min(column.width(), fitting, most, room - shortest - gap))
    ring = QRect(column.left() + (column.width() - side) // 2, heading.bottom() + 1 + gap, side, side)
    top = ring.bottom() + 1 + gap
    done = None
    if wanted.waiting:
        done = QRect(column.left(), top, column.width(), done_h)
        top = done.bottom() + 1 + gap
    steps = QRect(column.left(), top, column.width(), max(0, column.bottom() + 1 - top))
    return heading, ring, done, steps
