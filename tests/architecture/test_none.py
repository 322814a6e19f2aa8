"""PySide6 6.12.0 on Python 3.11 loses a reference to None on every void call, and dies within minutes."""

import sys

import pytest

QtGui = pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

CALLS = 500


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_a_void_call_loses_no_reference_to_none() -> None:
    image = QtGui.QImage(8, 8, QtGui.QImage.Format.Format_ARGB32_Premultiplied)
    pen = QtGui.QPen()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        image.fill(0)
        pen.setWidth(1)
    lost = before - sys.getrefcount(None)
    assert lost < CALLS // 2  # other things gain or lose a few meanwhile
