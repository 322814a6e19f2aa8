"""What a printed sheet says, in blocks: its head, the headings of circuits, the exercises."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QFont, QFontMetricsF

from chain_timer.drawing.routine_sheet_art import Artist
from chain_timer.drawing.routine_sheet_layout import (
    Art,
    Block,
    Setter,
    Style,
    is_right_to_left,
)
from chain_timer.drawing.routine_sheet_steps import StepSetting, steps_of
from chain_timer.drawing.theme import Theme
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine
from chain_timer.timeline.amounts import Amount, Amounts, length_words
from chain_timer.timeline.timeline import Timeline

STRIP, LEGEND, GAP = 15.0, 13.0, 12.0
"""How high the strip is, and what names its colors; between two blocks. In points."""
_NAME, _LONG_NAME, _SUMMARY, _FACTS = 27.0, 18.0, 11.5, 10.0
_SHORT_NAME = 60
"""Characters."""
_HEADING, _ENTRY, _AMOUNT, _QUIET = 12.5, 13.0, 10.0, 8.8
_ART, _SMALL_ART, _ART_GAP = (152.0, 106.0), (106.0, 72.0), 14.0
_SPLIT_GAP = 22.0
_BETWEEN = 20.0
"""Between a name and its amount, with what is after the number."""
_MOST_BESIDE = 60
_DEMI = QFont.Weight.DemiBold


@dataclass(frozen=True, slots=True)
class Sheet:
    """A routine to be printed, with all that is said of it."""

    routine: Routine
    timeline: Timeline
    circuits: Sequence[Amounts]
    names: Names
    safety: str


class Blocks:
    """Makes the blocks of a sheet in a style, each when it is asked for."""

    def __init__(self, sheet: Sheet, style: Style, width: float, artist: Artist, theme: Theme) -> None:
        self._sheet = sheet
        self._style = style
        self._width = width
        self._artist = artist
        self._theme = theme

    def head(self) -> Block:
        """The top of the first page; the strip goes below."""
        sheet, style, theme = self._sheet, self._style, self._theme
        setter = Setter(0.0, self._width)
        name = _NAME if len(sheet.routine.name) <= _SHORT_NAME else _LONG_NAME
        setter.text(sheet.routine.name, style.font(name, QFont.Weight.Bold), theme.text)
        if sheet.routine.summary:
            setter.text(sheet.routine.summary, style.font(_SUMMARY), theme.quiet)
        setter.space(style.length(3))
        facts = [length_words(sheet.timeline), sheet.names.equipment_text(sheet.routine.equipment)]
        facts += [circuit.facts for circuit in sheet.circuits if self._needs_no_heading(circuit)]
        setter.text("  ·  ".join(filter(None, facts)), style.font(_FACTS, _DEMI), theme.accent_words)
        setter.space(style.length(8))
        return Block(setter.y, tuple(setter.lines))

    def below(self, first_room: float, room: float) -> Iterator[Block]:
        """Everything below the head, in order; nothing is higher than a column has room."""
        seen: dict[str, int] = {}
        left = first_room
        for circuit in (each for each in self._sheet.circuits if each.items):
            if not self._needs_no_heading(circuit):
                heading = self._heading(circuit)
                left -= heading.height + self._style.length(GAP)
                yield heading
            for item in circuit.items:
                before = seen.setdefault(item.exercise.id, item.number)
                if before == item.number:
                    yield from self._entry(item, left, room)
                else:
                    yield self._again(item, before)
                left = room

    @property
    def column(self) -> float:
        """How wide a column is."""
        columns = self._style.columns
        return (self._width - (columns - 1) * self.column_gap) / columns

    @property
    def column_gap(self) -> float:
        return self._style.length(_SPLIT_GAP)

    def _needs_no_heading(self, circuit: Amounts) -> bool:
        """Whether a circuit is all there is and done once: a word in the head is enough for it."""
        return not circuit.name and circuit.rounds == 1

    # --- headings ------------------------------------------------------------------------------------

    def _heading(self, circuit: Amounts) -> Block:
        title, facts = (circuit.name, circuit.facts) if circuit.name else (circuit.facts, "")
        setter = Setter(0.0, self.column, self._style.length(4))
        made = self._style.font(_HEADING, _DEMI)
        metrics = setter.text(title[:1].upper() + title[1:], made, self._theme.text)
        last = setter.lines[-1]
        x = last.x + metrics.horizontalAdvance(last.text) + self._style.length(9)
        quiet = self._style.font(_AMOUNT)
        if facts and x + QFontMetricsF(quiet).horizontalAdvance(facts) <= self.column:
            setter.beside(facts, quiet, self._theme.quiet, x, last.y)
        elif facts:
            setter.text(facts, quiet, self._theme.quiet)
        # Nearer to what follows, which is its own, than to what is above.
        return Block(setter.y - self._style.length(4), tuple(setter.lines), opens=True)

    # --- exercises -----------------------------------------------------------------------------------

    def _entry(self, item: Amount, left: float, room: float) -> Iterator[Block]:
        style = self._style
        art: Art | None = None
        beside = 0.0
        if self._artist.has(item.exercise):
            wide, high = _ART if style.columns == 1 else _SMALL_ART
            art = Art(style.length(wide), style.length(high), item.number)
            beside = art.width + style.length(_ART_GAP)
        setter = Setter(beside, self.column - beside)
        self._title(setter, item)
        muscles = self._sheet.names.muscle_text((*item.exercise.muscles, *item.exercise.also))
        if muscles:
            setter.text(muscles, style.font(_QUIET), self._theme.quiet)
        if art is not None and style.columns > 1:
            setter.x, setter.width, setter.y = 0.0, self.column, max(setter.y, art.height)
        setter.space(style.length(4))
        steps = steps_of(item, self._theme)
        setting = StepSetting(style, setter.width)
        while True:
            fitting = setting.fitting(steps, left - setter.y)
            setting.put(setter, steps[:fitting], self._theme)
            yield Block(max(setter.y, art.height if art else 0.0), tuple(setter.lines), art)
            steps, left, art = steps[fitting:], room, None
            if not steps:
                return
            setter = self._continued(setter, item)

    def _continued(self, setter: Setter, item: Amount) -> Setter:
        """Begin a block that goes on with an exercise that is longer than a page."""
        setter = Setter(setter.x, setter.width)
        self._title(setter, item, more=", continued")
        setter.space(self._style.length(4))
        return setter

    def _title(self, setter: Setter, item: Amount, more: str = "") -> None:
        """Set number and name, and how much of it: beside the name where there is room, else below."""
        style, theme = self._style, self._theme
        number, made = str(item.number), style.font(_ENTRY, _DEMI)
        indent = QFontMetricsF(made).horizontalAdvance(number) + style.length(6)
        baseline = setter.mark(number, made, theme.accent_words)
        setter.text(item.exercise.name + more, made, theme.text, indent=indent)
        amount = style.font(_AMOUNT, _DEMI)
        if self._beside and not more:
            wide = QFontMetricsF(amount).horizontalAdvance(item.words)
            setter.beside(item.words, amount, theme.accent_words, setter.x + setter.width - wide, baseline)
        else:
            setter.text(item.words, amount, theme.accent_words)

    @cached_property
    def _beside(self) -> bool:
        """Whether there is room for every amount beside its name: what is not the same looks restless."""
        items = [item for circuit in self._sheet.circuits for item in circuit.items]
        if self._style.columns > 1 or len(items) > _MOST_BESIDE:
            return False
        width = self.column - self._style.length(_ART[0] + _ART_GAP)
        name, amount = self._style.font(_ENTRY, _DEMI), self._style.font(_AMOUNT, _DEMI)
        names, amounts = QFontMetricsF(name), QFontMetricsF(amount)
        return all(
            names.horizontalAdvance(f"{item.number}{item.exercise.name}")
            + amounts.horizontalAdvance(item.words)
            + self._style.length(_BETWEEN)
            <= width
            and not is_right_to_left(item.exercise.name)
            for item in items
        )

    def _again(self, item: Amount, seen: int) -> Block:
        """An exercise that comes once more: its steps stand where it came first."""
        setter = Setter(0.0, self.column)
        self._title(setter, item)
        if item.exercise.steps or self._artist.has(item.exercise):
            setter.text(f"As number {seen}", self._style.font(_QUIET), self._theme.quiet)
        return Block(setter.y, tuple(setter.lines))
