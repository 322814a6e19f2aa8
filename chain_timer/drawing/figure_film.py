"""Films: pictures one after another, as the bytes of an animated GIF. Importing this needs Pillow."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import cast

from PIL import Image
from PySide6.QtGui import QImage, qBlue, qGreen, qRed, qRgb

_COLORS = 256
"""As many as a GIF has."""
_TICK_MS = 10
"""A GIF counts time in hundredths of a second."""


def gif_bytes(frames: Iterable[QImage], samples: Sequence[QImage], frame_ms: float) -> bytes:
    """Give a film that is shown over and over.

    ``samples`` are pictures that together hold the film's colors. Frames are taken one at a time, so they may
    be drawn while they are asked for; Pillow keeps each at a byte a pixel until the end.
    """
    images = _timed(frames, colors_of(samples), frame_ms)
    written = BytesIO()
    next(images).save(written, "GIF", save_all=True, append_images=images, loop=0, optimize=False)
    return written.getvalue()


def _timed(frames: Iterable[QImage], colors: Sequence[int], frame_ms: float) -> Iterator[Image.Image]:
    """Give each frame with its length, where Pillow looks for it when it is not told all lengths at once."""
    for number, frame in enumerate(frames):
        image = with_colors(frame, colors)
        [image.info["duration"]] = lengths_ms(1, frame_ms, number)
        yield image


def lengths_ms(count: int, frame_ms: float, first: int = 0) -> list[int]:
    """Give how long each frame stays, in whole ticks that never drift from the true time."""
    numbers = range(first, first + count + 1)
    ends = [round(number * frame_ms / _TICK_MS) * _TICK_MS for number in numbers]
    return [end - start for start, end in pairwise(ends)]


def colors_of(pictures: Sequence[QImage]) -> list[int]:
    """Give the colors that pictures use most, as many as a GIF has.

    So flat colors stay as they are, however small, and shadows soft; only edges are a little off.
    """
    counted: Counter[tuple[int, int, int]] = Counter()
    for picture in pictures:
        plain = picture.convertToFormat(QImage.Format.Format_RGB888)
        found = _pillow("RGB", plain).getcolors(plain.width() * plain.height())
        for count, color in cast("list[tuple[int, tuple[int, int, int]]]", found):
            counted[color] += count
    return [qRgb(*color) for color, _ in counted.most_common(_COLORS)]


def with_colors(picture: QImage, colors: Sequence[int]) -> Image.Image:
    """Give a picture with the nearest of some colors everywhere."""
    # Qt finds the very nearest; Pillow looks at six bits of a channel and misses flat colors by a little.
    few = picture.convertToFormat(QImage.Format.Format_Indexed8, list(colors))
    made = _pillow("P", few)
    made.putpalette([channel(color) for color in few.colorTable() for channel in (qRed, qGreen, qBlue)])
    return made


def _pillow(mode: str, image: QImage) -> Image.Image:
    size = (image.width(), image.height())
    return Image.frombytes(mode, size, bytes(image.constBits()), "raw", mode, image.bytesPerLine(), 1)
