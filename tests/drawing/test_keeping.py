"""Drawings kept small."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from chain_timer.drawing.figure import Drawing, Picture, drawing_of, glow_of, paint_drawing
from chain_timer.drawing.keeping import Drawings
from chain_timer.drawing.theme import DARK
from chain_timer.figure.figures import Figures
from chain_timer.figure.solver import solve


def drawing(name: str = "back-squat") -> Drawing:
    figure = Figures.built_in().figure(name)
    assert figure is not None
    picture = Picture(figure, solve(figure.ready), glow_of(["glutes"], ["calves"]))
    return drawing_of(QRectF(0, 0, 240, 240), picture, DARK)


def painted(made: Drawing) -> QImage:
    image = QImage(240, 240, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_drawing(painter, made)
    painter.end()
    return image


def test_what_comes_back_looks_the_same() -> None:
    kept, made = Drawings(5), drawing()
    kept.keep("squat", made)
    again = kept.get("squat")
    assert again is not None
    before, after = painted(made), painted(again)
    differing = sum(
        abs(one.red() - two.red()) + abs(one.green() - two.green()) > 6
        for x in range(240)
        for y in range(240)
        for one, two in ((before.pixelColor(x, y), after.pixelColor(x, y)),)
    )
    assert differing == 0
    assert before != painted(Drawing(None, ()))


def test_what_was_not_wanted_for_longest_is_forgotten() -> None:
    kept, made = Drawings(2), drawing()
    kept.keep(1, made)
    kept.keep(2, made)
    assert kept.get(1) is not None
    kept.keep(3, made)
    assert [kept.get(key) is not None for key in (1, 2, 3)] == [True, False, True]
    kept.clear()
    assert kept.get(1) is None


def test_a_kept_drawing_is_small() -> None:
    kept = Drawings(1)
    kept.keep("squat", drawing())
    paths = kept._kept["squat"].paths
    assert paths.capacity() < 1.1 * paths.size() < 25_000
