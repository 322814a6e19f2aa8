"""The mark of the program, in every size somebody asks for."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from chain_timer.drawing.mark import SIZES, mark_file, mark_image
from chain_timer.drawing.theme import DARK


def share_of(image: QImage, color: str) -> float:
    """Give the share of pixels that are nearly of a color."""
    wanted = QColor(color)
    near = 0
    for y in range(image.height()):
        for x in range(image.width()):
            found = image.pixelColor(x, y)
            parts = zip((found.red(), found.green(), found.blue()), wanted.getRgb()[:3], strict=True)  # type: ignore[misc]
            near += found.alpha() > 128 and all(abs(one - other) < 40 for one, other in parts)
    return near / image.width() / image.height()


@pytest.mark.parametrize("size", SIZES)
def test_the_muscle_at_work_is_seen_in_every_size(qapp: QApplication, size: int) -> None:
    del qapp
    image = mark_image(size)
    assert (image.width(), image.height()) == (size, size)
    assert 0.02 < share_of(image, DARK.muscle) < 0.3
    assert image.pixelColor(0, 0).alpha() == 0


def test_the_ring_is_there_where_it_can_be_told(qapp: QApplication) -> None:
    del qapp
    assert share_of(mark_image(16), DARK.accent) == 0
    assert share_of(mark_image(32), DARK.accent) == 0
    assert share_of(mark_image(48), DARK.accent) > 0.03


@pytest.mark.parametrize("size", SIZES)
def test_the_file_of_each_size_is_what_the_drawing_gives(qapp: QApplication, size: int) -> None:
    del qapp
    kept, drawn = QImage(mark_file(size)), mark_image(size)
    assert (kept.width(), kept.height()) == (size, size)
    # Versions of Qt may round an edge differently.
    apart = [
        max(abs(one - other) for one, other in zip(a.getRgb(), b.getRgb(), strict=True))  # type: ignore[call-overload]
        for x in range(size)
        for y in range(size)
        if (a := kept.pixelColor(x, y)) != (b := drawn.pixelColor(x, y))
    ]
    assert max(apart, default=0) < 32, "run python docs/mark.py"
