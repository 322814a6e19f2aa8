"""A person's own pictures of exercises: brought in once and kept small and plain, shown without trust.

What is kept is always made anew out of pixels. So a kept file holds nothing of where and when a photo was
taken, nothing that only looks like a picture, and no drawing: an SVG is a program, and what one reader leaves
alone, another may run; as a PNG as large as a screen shows it, nobody sees the difference.
"""

import logging
from math import isfinite
from typing import NoReturn, cast

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColorSpace,
    QImage,
    QImageReader,
    QImageWriter,
    QPainter,
    QTransform,
)

from chain_timer.drawing.picture_kinds import (
    BrokenPictureError,
    PictureKind,
    bare_png,
    jpeg_scans,
    kind_of,
    orientation,
    other_kind,
)
from chain_timer.drawing.pictures import ready_to_draw
from chain_timer.drawing.plain_svg import UnsafeSvgError, plain_svg
from chain_timer.problems import ChainTimerError

LARGEST_BYTES = 16 * 1024 * 1024
"""Of a picture as it lies on disk; a photo of 40 megapixels fits."""
MOST_PIXELS = 40_000_000
KEPT_SIDE = 1_600
"""The longer side of a picture that is kept, in pixels: the stage of a large screen."""
_MOST_MIB = 320
"""Of memory for one picture: 40 megapixels with 16 bits of four channels."""
_MOST_SCANNED = 30 * MOST_PIXELS
"""Pixels a JPEG may go over, all its scans together: about a second."""
_LARGEST_WITHIN = 1_000_000
"""Pixels of a picture within a drawing."""
_JPEG_QUALITY = 90
_OPAQUE = 255
_SAVE_AS = "save it as PNG, JPEG or WebP, and choose that"
_TURNS = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
"""Degrees clockwise, by EXIF's numbers."""
_FLIPPED = frozenset({2, 4, 5, 7})

_log = logging.getLogger(__name__)


class BadPictureError(ChainTimerError):
    """A picture cannot be used; the text says why and what to do."""


def decoded(data: bytes, largest: int) -> QImage | None:
    """Give a picture whose longer side is at most so many pixels; None for what cannot be shown.

    May be called from any thread, and never takes more than a bounded time and memory.
    """
    try:
        return _image_of(data, largest)
    except BadPictureError as error:
        _log.info("A picture is not shown: %s", error)
        return None


def taken_in(data: bytes) -> tuple[bytes, str]:
    """Give the bytes to keep of a picture from outside, and the suffix that goes with them, like ``.png``.

    Photos become JPEG, all others PNG, at most 1,600 pixels wide and high, upright, and without a word about
    where they come from. Of one that moves, the first picture is kept. Raises BadPictureError.
    """
    image = _without_words(_image_of(data, KEPT_SIDE))
    if kind_of(data) in {PictureKind.JPEG, PictureKind.WEBP} and not image.hasAlphaChannel():
        return _encoded(image, "jpeg"), ".jpg"
    return _encoded(image, "png"), ".png"


def _image_of(data: bytes, largest: int) -> QImage:
    if len(data) > LARGEST_BYTES:
        most = LARGEST_BYTES // 1024 // 1024
        raise BadPictureError(f"The picture is larger than {most} MiB; save it smaller, and choose that")
    kind = kind_of(data)
    if kind is None:
        raise BadPictureError(_no_picture(data))
    if kind not in _readable():
        raise BadPictureError(f"This computer's Qt cannot read {kind.upper()} pictures; save it as PNG")
    if kind is PictureKind.SVG:
        return _drawing(data, largest)
    return _pixels(data, kind, largest, MOST_PIXELS)


def _no_picture(data: bytes) -> str:
    if not data:
        return "The picture is empty; choose another one"
    other = other_kind(data)
    return f"This is {other}; {_SAVE_AS}" if other else f"This is not a picture we know; {_SAVE_AS}"


def _readable() -> frozenset[str]:
    """The kinds this Qt has a reader for: some systems leave one out."""
    return frozenset(bytes(each.data()).decode() for each in QImageReader.supportedImageFormats())


# --- pixels ------------------------------------------------------------------------------------------


def _pixels(data: bytes, kind: PictureKind, largest: int, most: int) -> QImage:
    """Decode a picture made of pixels, when its frame says that it is worth it."""
    try:
        turn = orientation(data, kind)
        scans = jpeg_scans(data) if kind is PictureKind.JPEG else 1
        bytes_read = QByteArray(bare_png(data) if kind is PictureKind.PNG else data)
    except BrokenPictureError:
        _refuse_damaged()
    buffer = QBuffer()
    buffer.setData(bytes_read)
    QImageReader.setAllocationLimit(_MOST_MIB)
    reader = QImageReader(buffer, kind.encode())
    # The kind is known: none of the other readers is to try its luck.
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    _check_size(size, most, scans)
    reader.setScaledSize(_fitted(size, largest))
    image = reader.read()
    if image.isNull():
        _refuse_damaged()
    return _upright(image, turn)


def _check_size(size: QSize, most: int, scans: int) -> None:
    if size.isEmpty():
        _refuse_damaged()
    pixels = size.width() * size.height()
    if pixels > most:
        raise BadPictureError(
            f"The picture has {size.width():,} x {size.height():,} pixels, more than "
            f"{most // 1_000_000} million; save it smaller, and choose that"
        )
    if pixels * scans > _MOST_SCANNED:
        raise BadPictureError(
            f"The picture is built up in {scans:,} layers; open it, save it anew, and choose that"
        )


def _fitted(size: QSize, largest: int) -> QSize:
    """As large as it may be, and never larger than it is."""
    if max(size.width(), size.height()) <= largest:
        return size
    fitted = size.scaled(largest, largest, Qt.AspectRatioMode.KeepAspectRatio)
    return fitted.expandedTo(QSize(1, 1))


def _upright(image: QImage, turn: int) -> QImage:
    if turn == 1:
        return image
    # EXIF tells how to turn it, then whether to look at it from behind.
    transform = QTransform().rotate(_TURNS.get(turn, 0))
    if turn in _FLIPPED:
        transform *= QTransform.fromScale(-1, 1)
    return image.transformed(transform)


def _refuse_damaged() -> NoReturn:
    raise BadPictureError("The picture is damaged; open it in another program, save it anew, and choose that")


# --- drawings ----------------------------------------------------------------------------------------


def _drawing(data: bytes, largest: int) -> QImage:
    """Draw an SVG, after it was made plain."""
    from PySide6.QtSvg import QSvgRenderer, QtSvg  # noqa: PLC0415 - few pictures are drawings

    try:
        plain = plain_svg(data, _within_drawing)
    except UnsafeSvgError as error:
        raise BadPictureError(f"This drawing {error}; save it as PNG, and choose that") from None
    ready_to_draw()  # for its words; where a window is, nothing happens
    renderer = QSvgRenderer()
    renderer.setOptions(QtSvg.Option.Tiny12FeaturesOnly)
    if not renderer.load(QByteArray(plain)):
        _refuse_damaged()
    box = renderer.viewBoxF()
    width, height = box.width(), box.height()
    if not (isfinite(width) and isfinite(height) and width > 0 and height > 0):
        raise BadPictureError("This drawing does not say how large it is; save it as PNG, and choose that")
    scale = largest / max(width, height)
    image = _blank(QSize(max(1, round(width * scale)), max(1, round(height * scale))))
    blank = image.copy()
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    if image == blank:
        raise BadPictureError("Nothing of this drawing can be shown; save it as PNG, and choose that")
    return image


def _within_drawing(data: bytes) -> bytes:
    kind = kind_of(data)
    if kind is None or kind is PictureKind.SVG or kind not in _readable():
        raise ValueError("not a picture of pixels")
    try:
        return _encoded(_without_words(_pixels(data, kind, KEPT_SIDE, _LARGEST_WITHIN)), "png")
    except BadPictureError as error:
        raise ValueError(str(error)) from None


# --- what is kept ------------------------------------------------------------------------------------


def _without_words(image: QImage) -> QImage:
    """Give nothing but the pixels, in colors every screen knows: no place, no date, no camera."""
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    clean = _blank(image.size(), opaque=not _is_seen_through(image))
    painter = QPainter(clean)
    painter.drawImage(0, 0, image)
    painter.end()
    return clean


def _blank(size: QSize, *, opaque: bool = False) -> QImage:
    kind = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(size, kind)
    if image.isNull():
        raise BadPictureError("There is no memory left for the picture; close other programs, and try again")
    image.fill(Qt.GlobalColor.transparent)
    return image


def _is_seen_through(image: QImage) -> bool:
    """Whether any pixel lets through what is behind it; many pictures only could."""
    if not image.hasAlphaChannel():
        return False
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    rows = (cast("memoryview", alpha.constScanLine(row)) for row in range(alpha.height()))
    return any(min(row[: alpha.width()]) < _OPAQUE for row in rows)


def _encoded(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    writer = QImageWriter(buffer, kind.encode())
    if kind == "jpeg":
        writer.setQuality(_JPEG_QUALITY)
    if not writer.write(image):
        raise BadPictureError("The picture could not be kept; save it as PNG, and choose that")
    return bytes(buffer.data().data())
