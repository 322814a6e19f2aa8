"""Moves: a way through poses in so many milliseconds, and how fast it is when."""

from dataclasses import dataclass

from chain_timer.figure.courses import Course
from chain_timer.figure.figure import Ease
from chain_timer.figure.pose import Pose
from chain_timer.routine.exercise import Side

_SUDDEN = 0.6
"""The power of time that puts the greatest speed of a fast move into its first tenth."""


def eased(share: float, ease: Ease) -> float:
    """How far a move is when so much of its time is over; both 0 to 1."""
    if ease is Ease.FAST:
        return _smooth(share**_SUDDEN)
    if ease is Ease.FALL:
        return 1.0 - _smooth((1.0 - share) ** _SUDDEN)
    return _smooth(share)


def _smooth(share: float) -> float:
    return share * share * (3.0 - 2.0 * share)


@dataclass(frozen=True, slots=True)
class Move:
    """A way through poses; before it the figure stands in the first of them, after it in the last."""

    at_ms: int
    length_ms: int
    way: Course
    side: Side | None
    """Which side is at work, or is gone back from."""
    ease: Ease = Ease.SMOOTH

    @property
    def end_ms(self) -> int:
        return self.at_ms + self.length_ms

    def place(self, offset_ms: int) -> tuple[Pose, Pose, float]:
        """Give the poses the figure is between, and how far it is from the one to the other."""
        legs = len(self.way) - 1
        if offset_ms >= self.end_ms or not legs:
            return self.way[-1], self.way[-1], 0.0
        if offset_ms <= self.at_ms:
            return self.way[0], self.way[0], 0.0
        gone = eased((offset_ms - self.at_ms) / self.length_ms, self.ease) * legs
        leg = min(int(gone), legs - 1)
        return self.way[leg], self.way[leg + 1], gone - leg
