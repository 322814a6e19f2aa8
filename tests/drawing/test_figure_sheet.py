"""Sheets and single pictures: the size they say, on the ground of their theme, with everything in them."""

import re

import pytest

QtGui = pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from helpers.bodies import STRETCH  # noqa: E402 - as below, with Qt
from helpers.pictures import differing, opened, pixels_of, rgb  # noqa: E402
from PySide6.QtCore import QByteArray, QRectF  # noqa: E402
from PySide6.QtGui import QPainter  # noqa: E402
from PySide6.QtSvg import QSvgRenderer  # noqa: E402

from chain_timer.drawing.figure import Picture, glow_of  # noqa: E402
from chain_timer.drawing.figure_sheet import Cell, columns_for, sheet_page, sheet_size  # noqa: E402
from chain_timer.drawing.pictures import (  # noqa: E402
    NotDrawnError,
    Page,
    figure_page,
    image_of,
    png_bytes,
    svg_bytes,
)
from chain_timer.drawing.theme import DARK, LIGHT, THEMES, Theme  # noqa: E402
from chain_timer.figure.figure_reader import read_figure  # noqa: E402
from chain_timer.figure.solver import solve  # noqa: E402

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    path = tmp_path_factory.mktemp("figure") / "standing-hamstring-stretch.toml"
    path.write_text(STRETCH)
    figure = read_figure(path)
    return Picture(figure, solve(figure.poses["fold"]), glow_of(("hamstrings",), ("calves",), "right"))


@themes
def test_a_picture_is_as_large_as_asked_on_the_ground_of_its_theme(picture: Picture, theme: Theme) -> None:
    seen = opened(png_bytes(figure_page(200, "Stretch", picture, theme)))
    assert seen.size == (200, 200)
    assert {seen.getpixel(corner) for corner in ((0, 0), (199, 0), (0, 199), (199, 199))} == {
        rgb(theme.stage_inner)
    }
    for color in (theme.shirt, theme.shorts, theme.skin, theme.accent):
        assert pixels_of(seen, color) > 10


@pytest.mark.parametrize("size", [16, 64, 1_000])
def test_a_figure_fills_what_room_there_is_at_any_size(picture: Picture, size: int) -> None:
    seen = opened(png_bytes(figure_page(size, "", picture, DARK)))
    empty = pixels_of(seen, DARK.stage_inner) / size**2
    assert 0.3 < empty < 0.95


def test_an_svg_shows_the_same_as_a_png(picture: Picture) -> None:
    drawing = figure_page(300, "Stretch", picture, LIGHT)
    renderer = QSvgRenderer(QByteArray(svg_bytes(drawing)))
    assert renderer.viewBoxF().size().toTuple() == (300, 300)

    def paint(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, 300, 300))

    again = opened(png_bytes(Page(300, 300, "", paint)))
    assert differing(again, opened(png_bytes(drawing))) < 0.02


def test_an_svg_is_shapes_and_has_a_title(picture: Picture) -> None:
    text = svg_bytes(figure_page(300, "Stretch <b> & more", picture, LIGHT)).decode()
    assert text.count("<path") > 10
    assert text.count("<image") <= 1  # the soft shadow may be one
    assert "Stretch &lt;b&gt; &amp; more" in text
    assert 'viewBox="0 0 300 300"' in text
    # 300 pixels of a browser.
    assert re.search(r'<svg width="79\.37\d*mm"', text)


def test_a_picture_larger_than_memory_is_told(picture: Picture) -> None:
    with pytest.raises(NotDrawnError, match="smaller"):
        image_of(figure_page(200_000, "", picture, DARK))


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (4, 4), (5, 5), (6, 3), (9, 5), (10, 5), (11, 4)])
def test_rows_are_as_full_as_can_be(count: int, columns: int) -> None:
    assert columns_for(count) == columns


@themes
def test_a_sheet_has_every_picture_with_its_words(picture: Picture, theme: Theme) -> None:
    cells = [Cell(f"pose {number}", "Some words of a step.", picture) for number in range(7)]
    one, all_of_it = (opened(png_bytes(sheet_page("", some, 300, theme))) for some in (cells[:1], cells))
    assert all_of_it.size == sheet_size(cells, 300)
    for color in (theme.shirt, theme.shorts, theme.text):
        assert pixels_of(all_of_it, color) == 7 * pixels_of(one, color) > 0
    assert all_of_it.getpixel((0, 0)) == rgb(theme.background)


def test_words_without_end_make_no_sheet_without_end(picture: Picture) -> None:
    short, long = (sheet_size([Cell("a", words, picture)], 150) for words in ("short", "word " * 10_000))
    assert short[0] == long[0]
    assert short[1] < long[1] < 2 * short[1]
