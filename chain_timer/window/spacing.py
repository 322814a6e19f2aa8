"""Distances that the library page and its cards share, known before there are cards."""

GAP = 20
"""Around each card, half of it on every side."""
BAR_LANE = 18
"""Kept free for the scroll bar at the right of the cards."""
