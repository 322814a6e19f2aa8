"""Where the parts of the player page lie, for any size: pure reckoning, so that a test can try hundreds."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

_USUAL = (1280, 800)
_WIDE_FROM = 900
_WIDE_RATIO = 1.2
_TALL_RATIO = 0.92
_LOW = 440
_SHORTEST_STEPS = 72
_STAGE_FROM = 980


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
    edge = _edge(width, height)
    inner = width - 2 * edge
    shape = _shape(width, height)
    if shape == "wide":
        return inner - round(inner * 0.54) - edge
    if shape == "tall":
        return inner
    return inner - _short_ring(width, height) - edge


def place_all(width: int, height: int, heading_height: int, *, waiting: bool) -> Places:
    """Reckon all places; ``waiting`` makes room for the big Done button."""
    scale = scale_of(width, height)
    edge = _edge(width, height)
    low = height < _LOW
    top = QRect(edge, 0, width - 2 * edge, round((44 if low else 56) * scale.small))
    foot = _Foot(width, height, edge, scale, low=low)
    body = QRect(
        edge, top.bottom() + 1, width - 2 * edge, foot.top - top.bottom() - 1 - round(8 * scale.small)
    )
    parts = {"wide": _wide, "tall": _tall, "short": _short}[_shape(width, height)]
    stage, heading, ring, done, steps = parts(body, heading_height, scale, edge, waiting)
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


def _short_ring(width: int, height: int) -> int:
    body = height - round((44 + 96 if height < _LOW else 56 + 150) * scale_of(width, height).small) - 16
    return max(110, min(round(width * 0.4), body))


class _Foot:
    """The strip, what is next, and the controls."""

    def __init__(self, width: int, height: int, edge: int, scale: Scale, *, low: bool) -> None:
        s = scale.small
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


_Parts = tuple[QRect | None, QRect, QRect, QRect | None, QRect]


def _wide(body: QRect, heading_h: int, scale: Scale, edge: int, waiting: bool) -> _Parts:  # noqa: FBT001
    stage = QRect(body.left(), body.top(), round(body.width() * 0.54), body.height())
    left = stage.right() + 1 + edge
    column = QRect(left, body.top(), body.right() + 1 - left, body.height())
    return stage, *_column(column, heading_h, scale, waiting)


def _tall(body: QRect, heading_h: int, scale: Scale, edge: int, waiting: bool) -> _Parts:  # noqa: FBT001
    if body.height() < _STAGE_FROM:
        return None, *_column(body, heading_h, scale, waiting)
    stage = QRect(body.left(), body.top(), body.width(), round(body.height() * 0.3))
    rest = body.adjusted(0, stage.height() + edge, 0, 0)
    return stage, *_column(rest, heading_h, scale, waiting)


def _short(body: QRect, heading_h: int, scale: Scale, edge: int, waiting: bool) -> _Parts:  # noqa: FBT001
    side = min(body.height(), round(body.width() * 0.42))
    ring = QRect(body.left(), body.top() + (body.height() - side) // 2, side, side)
    left = ring.right() + 1 + edge
    column = QRect(left, body.top(), body.right() + 1 - left, body.height())
    heading = QRect(left, body.top(), column.width(), min(heading_h, column.height()))
    top, done = heading.bottom() + 1 + round(8 * scale.small), None
    if waiting:
        height = min(round(64 * scale.small), max(40, column.bottom() - top))
        done = QRect(left, min(top, body.bottom() + 1 - height), column.width(), height)
        top = done.bottom() + 1 + round(8 * scale.small)
    steps = QRect(left, top, column.width(), max(0, body.bottom() + 1 - top))
    return None, heading, ring, done, steps


def _column(
    column: QRect,
    heading_h: int,
    scale: Scale,
    waiting: bool,  # noqa: FBT001
) -> tuple[QRect, QRect, QRect | None, QRect]:
    gap = round(14 * scale.small)
    heading = QRect(column.left(), column.top(), column.width(), min(heading_h, column.height() // 3))
    done_h = round(64 * scale.small) if waiting else 0
    room = column.height() - heading.height() - gap - (done_h + gap if waiting else 0)
    side = max(96, min(column.width(), round(room * 0.66), room - _SHORTEST_STEPS - gap))
    ring = QRect(column.left() + (column.width() - side) // 2, heading.bottom() + 1 + gap, side, side)
    top = ring.bottom() + 1 + gap
    done = None
    if waiting:
        done = QRect(column.left(), top, column.width(), done_h)
        top = done.bottom() + 1 + gap
    steps = QRect(column.left(), top, column.width(), max(0, column.bottom() + 1 - top))
    return heading, ring, done, steps
