"""Films: as long as they should be, in the colors they were drawn in."""

from io import BytesIO

import pytest

QtGui = pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from PIL import Image  # noqa: E402 - as below, with Qt
from PySide6.QtGui import QColor, QImage, QPainter  # noqa: E402

from chain_timer.drawing.figure_film import colors_of, gif_bytes, lengths_ms, with_colors  # noqa: E402

GROUND, SPOT = "#1F2A3D", "#FF8A5B"


def frame(left: int) -> QImage:
    """A small spot on a large ground."""
    image = QImage(90, 61, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    painter.fillRect(left, 20, 2, 2, QColor(SPOT))
    painter.end()
    return image


def film(count: int, frame_ms: float) -> Image.Image:
    frames = [frame(number) for number in range(count)]
    return Image.open(BytesIO(gif_bytes(iter(frames), frames[:2], frame_ms)))


def test_each_frame_is_shown_once_and_then_all_again() -> None:
    shown = film(7, 40)
    assert (shown.n_frames, shown.size, shown.info["loop"]) == (7, (90, 61), 0)  # type: ignore[attr-defined] # of films
    for number in range(7):
        shown.seek(number)
        picture = shown.convert("RGB")
        assert picture.getpixel((number, 20)) == (0xFF, 0x8A, 0x5B)
        assert picture.getpixel((number + 3, 20)) == (0x1F, 0x2A, 0x3D)


@pytest.mark.parametrize(("fps", "count"), [(15, 45), (30, 90), (7, 100), (50, 10)])
def test_a_film_is_as_long_as_what_it_shows(fps: int, count: int) -> None:
    lengths = lengths_ms(count, 1_000 / fps)
    assert sum(lengths) == pytest.approx(count * 1_000 / fps, abs=5)
    assert {length % 10 for length in lengths} == {0}
    assert max(lengths) - min(lengths) <= 10


def test_frames_are_drawn_only_when_they_are_taken() -> None:
    drawn: list[int] = []

    def frames() -> object:
        for number in range(4):
            drawn.append(number)
            yield frame(number)

    gif_bytes(frames(), [frame(0)], 40)  # type: ignore[arg-type] # it is an iterator
    assert drawn == [0, 1, 2, 3]


def test_flat_colors_stay_as_they_are_among_thousands_however_small() -> None:
    """Many grays of a pixel each would fill the palette, and shades close to the ground stand beside it."""
    picture = frame(40)
    for number in range(1_500):
        picture.setPixelColor(
            number % 90, 30 + number // 90, QColor(number % 251, number % 241, number % 239)
        )
    for number in range(180):
        picture.setPixelColor(number % 90, number // 90, QColor(0x1F + number % 3, 0x2A, 0x3D))
    colors = colors_of([picture])
    few = with_colors(picture, colors).convert("RGB")
    assert len(colors) == 256
    assert few.getpixel((41, 21)) == (0xFF, 0x8A, 0x5B)
    assert [few.getpixel((x, 0)) for x in range(3)] == [(0x1F + x, 0x2A, 0x3D) for x in range(3)]
