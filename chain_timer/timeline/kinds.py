"""The kinds of segment, which the look of things needs to know before there is any segment."""

from enum import StrEnum


class Kind(StrEnum):
    PREPARE = "prepare"
    INSTRUCT = "instruct"
    HOLD = "hold"
    REPS = "reps"
    SWITCH = "switch"
    REST = "rest"
    FINISH = "finish"

    @property
    def is_work(self) -> bool:
        return self in {Kind.HOLD, Kind.REPS}
