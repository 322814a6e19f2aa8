"""DRAWN: how things look, painted with QPainter on any device.

Owns the themes as data, and the drawing of session strip, ring and icons.
"""
