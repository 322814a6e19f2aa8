"""KEPT: what was done, on disk for good.

Owns the database of sessions, its copies and its repair, and what can be reckoned from it: totals, streaks,
the dose of each muscle, the progress of holds.
"""
