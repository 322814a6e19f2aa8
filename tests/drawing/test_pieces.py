"""Pieces put one over another, with a line between what overlaps."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath

from chain_timer.drawing.paths import Fill, Placing
from chain_timer.drawing.pieces import GAP, Piece, marks_of
from chain_timer.drawing.stamps import Stamp

GROUND, NEAR, FAR = QColor("#101010"), QColor("#aa0000"), QColor("#00aa00")
PLACING = Placing(100.0, 0.0, 200.0)


def square(left: float, color: QColor, *, more: float = 0.0) -> Fill:
    path = QPainterPath()
    path.addRect(QRectF(left, 0, 1, 1).adjusted(-more, -more, more, more))
    return path, color


def piece(left: float, color: QColor, joined: Piece | None = None) -> Piece:
    return Piece([square(left, color)], lambda: [square(left, color, more=GAP)[0]], joined)


def colors(*layers: tuple[float, Piece]) -> list[str]:
    marks = marks_of([(near, [each]) for near, each in layers], PLACING, GROUND)
    return [mark[1].name() for mark in marks if not isinstance(mark, Stamp)]


def test_what_is_nearer_is_parted_from_what_it_lies_on() -> None:
    assert colors((2.0, piece(0.5, NEAR)), (1.0, piece(0.0, FAR))) == ["#00aa00", "#101010", "#aa0000"]


def test_what_has_nothing_behind_it_needs_no_line() -> None:
    assert colors((2.0, piece(5.0, NEAR)), (1.0, piece(0.0, FAR))) == ["#00aa00", "#aa0000"]


def test_what_goes_on_from_another_piece_has_no_line_there() -> None:
    far = piece(0.0, FAR)
    assert colors((2.0, piece(0.5, NEAR, far)), (1.0, far)) == ["#00aa00", "#aa0000"]
    between = piece(0.2, QColor("#0000aa"))
    assert colors((3.0, piece(0.5, NEAR, far)), (1.0, far), (2.0, between))[-2:] == ["#101010", "#aa0000"]


def test_meters_become_pixels_with_up_at_the_top() -> None:
    (mark,) = marks_of([(0.0, [piece(1.0, FAR)])], PLACING, GROUND)
    assert not isinstance(mark, Stamp)
    assert mark[0].boundingRect() == QRectF(100, 100, 100, 100)
