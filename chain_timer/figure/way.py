"""A way from one pose to another, which props, legs and arms are placed along."""

from dataclasses import dataclass

from chain_timer.figure.body import Body
from chain_timer.figure.pose import Pose
from chain_timer.figure.trunk import Trunk


@dataclass(frozen=True, slots=True)
class Way:
    """Two poses, how far it is from the one to the other, and the trunk there."""

    start: Pose
    goal: Pose
    share: float
    trunk: Trunk
    ends: tuple[Body, ...] = ()
    """The bodies of both poses; none where the way has no length."""

    def blend(self, a: float, b: float) -> float:
        return a + (b - a) * self.share
