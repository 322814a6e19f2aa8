"""A picture in its place: as large as it fits, never stretched, in the middle, with round corners."""

import pytest
from helpers.own_pictures import RED, red_area
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from chain_timer.drawing.framed import paint_framed


def painted(width: int, height: int, room: QRectF, ratio: float = 1.0) -> QImage:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(RED)
    image = QImage(round(200 * ratio), round(100 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_framed(painter, room, picture)
    painter.end()
    return image


WHOLE = QRectF(0, 0, 200, 100)


@pytest.mark.parametrize(
    ("size", "area"),
    [((800, 800), (100, 100)), ((800, 200), (200, 50)), ((80, 60), (133, 100)), ((10, 20), (20, 40))],
)
def test_it_is_as_large_as_it_fits_and_keeps_its_shape(size: tuple[int, int], area: tuple[int, int]) -> None:
    assert red_area(painted(*size, WHOLE)) == pytest.approx(area, abs=2)


def test_it_is_in_the_middle_with_round_corners() -> None:
    image = painted(400, 400, WHOLE)
    assert image.pixelColor(100, 50) == RED
    assert image.pixelColor(51, 50) == RED
    assert image.pixelColor(45, 50) != RED
    assert image.pixelColor(50, 0) != RED


def test_on_a_sharp_screen_it_has_the_pixels_of_the_screen() -> None:
    assert red_area(painted(800, 800, WHOLE, ratio=2.0)) == pytest.approx((200, 200), abs=2)


@pytest.mark.parametrize(
    "room", [QRectF(), QRectF(0, 0, 0, 50), QRectF(0, 0, -5, 5), QRectF(0, 0, 0.01, 0.01)]
)
def test_where_there_is_no_room_nothing_is_drawn(room: QRectF) -> None:
    assert red_area(painted(40, 40, room)) == (0, 0)


def test_a_picture_as_thin_as_a_hair_does_no_harm() -> None:
    for size in ((4_000, 1), (1, 4_000)):
        assert not painted(*size, WHOLE).isNull()
