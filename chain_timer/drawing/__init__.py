"""DRAWN: theme, ring, session strip, muscle chain and icons with QPainter, on any device.

``theme`` is data without Qt; everything else knows QtGui and no widget.
"""
