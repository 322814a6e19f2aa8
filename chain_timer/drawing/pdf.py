"""Pages written as a PDF: text that can be selected, shapes that stay sharp, and the same bytes each time."""

import re
from collections.abc import Callable, Iterable
from uuid import NAMESPACE_URL, uuid5

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from chain_timer.drawing.pdf_order import in_order
from chain_timer.drawing.pictures import NotDrawnError

_UNITS = 720
"""Of a page's coordinates, to an inch: tenths of a point."""
_WHEN = re.compile(rb"\(D:\d{14}(?:Z|[+-]\d\d'\d\d')\)")
_NO_TIME = b"(D:20000101000000Z)"
"""A sheet says when it was made by the file's own date; the same sheet is the same file."""
_HEAD = 4_000
"""Bytes that Qt's words about the file are in, before anything else."""
_ABOUT = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'


def pdf_bytes(title: str, size: tuple[int, int], pages: Iterable[Callable[[QPainter], None]]) -> bytes:
    """Draw pages of a size in points, each in tenths of a point, one after another.

    May be called on any thread, once there is an application object. Raises NotDrawnError, and what the
    pages raise.
    """
    data = QByteArray()
    memory = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(memory.device(), title, size)
    painter = QPainter()
    if not painter.begin(writer):
        raise NotDrawnError("Qt could not begin a PDF; install Chain Timer again")
    try:
        for number, page in enumerate(pages):
            if number:
                writer.newPage()
            painter.resetTransform()
            page(painter)
    finally:
        painter.end()
    return in_order(_without_time(bytes(data.data())))


def _writer(device: QIODevice, title: str, size: tuple[int, int]) -> QPdfWriter:
    writer = QPdfWriter(device)
    writer.setResolution(_UNITS)
    page = QPageSize(QSizeF(*size), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(title)
    writer.setCreator("Chain Timer")
    writer.setDocumentId(QUuid(str(uuid5(NAMESPACE_URL, title))))
    writer.setDocumentXmpMetadata(QByteArray(_ABOUT))
    return writer


def _without_time(data: bytes) -> bytes:
    """Take the time out that Qt asked for, byte for byte: places in the file are counted."""
    head = _WHEN.sub(lambda found: _NO_TIME.ljust(len(found[0])), data[:_HEAD])
    return head + data[_HEAD:]
