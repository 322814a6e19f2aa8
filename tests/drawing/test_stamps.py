"""What stands still is filled once and copied from then on."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from chain_timer.drawing import figure_things, stamps
from chain_timer.drawing.figure import Picture, glow_of
from chain_timer.drawing.paths import Fill
from chain_timer.drawing.pictures import figure_page, image_of, svg_bytes
from chain_timer.drawing.stamps import Stamp
from chain_timer.drawing.theme import DARK
from chain_timer.figure.figures import Figures
from chain_timer.figure.solver import solve

GROUND = QColor("#203040")


def fills() -> list[Fill]:
    found = []
    for radius, color in ((30.0, "#101010"), (24.3, "#d0a060")):
        path = QPainterPath()
        path.addEllipse(QPointF(50.3, 49.6), radius, radius * 0.7)
        found.append((path, QColor(color)))
    return found


def painted(stamp: Stamp | None, *, ratio: float = 1.0, by: float = 0.0) -> QImage:
    image = QImage(round(100 * ratio), round(100 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(GROUND)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(by, by)
    if stamp is None:
        for path, color in fills():
            painter.fillPath(path, color)
    else:
        stamp.paint(painter)
    painter.end()
    return image


def farthest(one: QImage, other: QImage) -> int:
    """By how much (of 255) a color differs at most."""
    pairs = (
        (one.pixelColor(x, y), other.pixelColor(x, y))
        for x in range(one.width())
        for y in range(one.height())
    )
    return max(
        max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue())) for a, b in pairs
    )


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("by", [0.0, 7.0, 0.4])
def test_a_copy_looks_like_what_it_was_filled_with(ratio: float, by: float) -> None:
    stamp = Stamp(fills())
    bare = painted(None, ratio=ratio, by=by)
    for _ in range(2):
        assert farthest(painted(stamp, ratio=ratio, by=by), bare) <= 2


def test_it_is_filled_once_for_a_place_and_anew_for_another() -> None:
    stamp = Stamp(fills())
    painted(stamp)
    first = stamp._copy
    painted(stamp)
    assert stamp._copy is first
    assert farthest(painted(stamp, ratio=2.0), painted(None, ratio=2.0)) <= 2
    assert farthest(painted(stamp, by=10), painted(None, by=10)) <= 2


def test_what_would_take_too_much_memory_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "_LARGEST", 100)
    stamp = Stamp(fills())
    assert painted(stamp) == painted(None)
    assert stamp._copy is None


def test_a_drawing_without_pixels_keeps_its_shapes() -> None:
    figure = Figures.built_in().figure("back-squat")
    assert figure is not None
    picture = Picture(figure, solve(figure.ready), glow_of(["glutes"], []))
    svg = svg_bytes(figure_page(400, "Squat", picture, DARK)).decode()
    # The soft shadow alone has no shape.
    assert svg.count("<image") == 1
    assert svg.count("<path") > 40


@pytest.mark.parametrize("name", ["back-squat", "pullup", "seated-figure-four-stretch"])
def test_things_look_the_same_copied_or_filled(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where one sees through them."""
    figure = Figures.built_in().figure(name)
    assert figure is not None
    page = figure_page(200, "", Picture(figure, solve(figure.ready), glow_of(["glutes"], [])), DARK)
    copied = image_of(page)
    monkeypatch.setattr(stamps, "_LARGEST", 0)
    figure_things._standing_layers.cache_clear()
    assert farthest(image_of(page), copied) <= 3
