"""The steps of an exercise on a printed sheet: a numbered list, in columns where a style has some."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from chain_timer.drawing.routine_sheet_layout import Setter, Style, columns_of
from chain_timer.drawing.theme import Theme
from chain_timer.timeline.amounts import Amount

_STEP, _NUMBER, _COLUMN_GAP, _BELOW = 10.0, 17.0, 14.0, 1.0
"""In points: the type, what its numbers take, between columns, between steps."""


class Step(NamedTuple):
    """A line of the list, with what stands before it."""

    mark: str
    text: str
    color: str


def steps_of(item: Amount, theme: Theme) -> list[Step]:
    """Give the steps as they are on the side that comes first, and the way out."""
    exercise = item.exercise
    steps = [
        Step(str(number), step.text(item.side), theme.text) for number, step in enumerate(exercise.steps, 1)
    ]
    after = [exercise.out.text(item.side)] if exercise.out is not None else []
    if len(item.sides) > 1:
        after.append(f"Then the other {exercise.side_noun}.")
    return [*steps, Step("→", " ".join(after), theme.quiet)] if after else steps


class StepSetting:
    """Sets steps in a width."""

    def __init__(self, style: Style, width: float) -> None:
        self._style = style
        self._font = style.font(_STEP)
        self._number = style.length(_NUMBER)
        self._gap = style.length(_COLUMN_GAP)
        self._whole = width
        self._columns = style.step_columns

    def put(self, setter: Setter, steps: Sequence[Step], theme: Theme) -> None:
        """Set them below what is there."""
        top, done = setter.y, 0
        for column, count in enumerate(columns_of(self._heights(steps), self._columns)):
            part = Setter(setter.x + column * (self._width + self._gap), self._width, top)
            for step in steps[done : done + count]:
                self._put(part, step, theme.accent_words)
            setter.lines += part.lines
            setter.y = max(setter.y, part.y)
            done += count

    def fitting(self, steps: Sequence[Step], room: float) -> int:
        """How many of them there is room for; at least one, for none is as long as a page."""
        heights = self._heights(steps)
        counts = range(len(steps), 1, -1)
        return next((count for count in counts if self._high(heights[:count]) <= room), min(1, len(steps)))

    @property
    def _width(self) -> float:
        return (self._whole - (self._columns - 1) * self._gap) / self._columns

    def _high(self, heights: Sequence[float]) -> float:
        """How high the highest column is."""
        ends = [0, *accumulate(columns_of(heights, self._columns))]
        return max(sum(heights[start:end]) for start, end in pairwise(ends))

    def _heights(self, steps: Sequence[Step]) -> list[float]:
        heights = []
        for step in steps:
            trial = Setter(0.0, self._width)
            self._put(trial, step, step.color)
            heights.append(trial.y)
        return heights

    def _put(self, setter: Setter, step: Step, color: str) -> None:
        setter.mark(step.mark, self._font, color)
        setter.text(step.text, self._font, step.color, indent=self._number)
        setter.space(self._style.length(_BELOW))
