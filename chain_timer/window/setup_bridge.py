"""Between the set-up page and the routine that is about to be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.timeline.fit import fit
from chain_timer.units import whole_minutes
from chain_timer.window.cards import outline_of
from chain_timer.window.setup_facts import Choices, changed_options, choices_of, setup_facts
from chain_timer.window.setup_page import SetupPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from chain_timer.routine.names import Names
    from chain_timer.routine.routine import Coaching, Routine
    from chain_timer.timeline.fit import Fit
    from chain_timer.timeline.options import Options
    from chain_timer.timeline.timeline import Timeline
    from chain_timer.window.background import Background
    from chain_timer.window.parts import WindowParts
    from chain_timer.window.stills import Stills

    Compile = Callable[[Routine, Options, Callable[[Timeline], None]], None]
    """Lays a routine out: at once, or aside where that would hold up the window."""


class SetupBridge(QObject):
    """Knows which routine is shown, and with which options it would start."""

    remembered = Signal()
    """A choice was made that holds for the next time as well."""
    start_requested = Signal(object, object)
    """The routine and its options."""
    shown = Signal()
    """Another routine is on the page, or the same one anew."""

    def __init__(
        self,
        parent: QWidget,
        *,
        parts: WindowParts,
        names: Names,
        compile_with: Compile,
        background: Background,
    ) -> None:
        super().__init__(parent)
        self.page = SetupPage(parent)
        self._parts = parts
        self._names = names
        self._compile = compile_with
        self._background = background
        self._routine: Routine | None = None
        self._options: Options | None = None
        self._asked = 0
        self.page.choices_changed.connect(self._choose)
        self.page.fit_requested.connect(self._fit)
        self.page.start_requested.connect(self._start)

    @property
    def routine(self) -> Routine | None:
        """The routine that is shown; None before the first one."""
        return self._routine

    def show(self, routine: Routine) -> None:
        """Show a routine with the options it was last done with."""
        self._routine, self._options = routine, self._parts.options_for(routine)
        self.page.show_routine(setup_facts(routine, self._options, self._names))
        self._show_length()
        self._parts.rehearse(routine, self._options)
        self.shown.emit()

    @property
    def hold_ms(self) -> int | None:
        """The hold the session would have; None where nothing is held."""
        if self._routine is None or self._options is None:
            return None
        return choices_of(self._routine, self._options).hold_ms

    def take_hold(self, hold_ms: int) -> None:
        """Choose a hold for the person, who was asked."""
        if self._routine is None or self._options is None:
            return
        choices = replace(choices_of(self._routine, self._options), hold_ms=hold_ms)
        self.page.choices.show_choices(choices)
        self._choose(choices)

    @property
    def declined(self) -> tuple[tuple[str, int], ...]:
        """What was suggested for this routine and turned down, to be suggested no more."""
        kept = self._parts.store.remembered(self._routine.id).declined if self._routine else None
        after, _, hold_ms = (kept or "").rpartition(" ")
        return ((after, int(hold_ms)),) if hold_ms.isdecimal() else ()

    def decline(self, mark: tuple[str, int]) -> None:
        """Remember that a suggestion was turned down."""
        if self._routine is not None:
            store, (after, hold_ms) = self._parts.store, mark
            kept = replace(store.remembered(self._routine.id), declined=f"{after} {hold_ms}")
            store.remember(self._routine.id, kept)

    def show_stills(self, stills: Stills) -> None:
        """Take where pictures of figures come from."""
        self.page.show_stills(stills.picture_or_chain)
        stills.drawn.connect(self.page.refresh)

    def take_coaching(self, coaching: Coaching) -> None:
        """Take a level that was chosen during the session."""
        if self._options is not None:
            self._options = replace(self._options, coaching=coaching)
            self._remember()

    def again(self) -> None:
        """Start once more as it is."""
        self._start()

    def _start(self) -> None:
        if self._routine is not None and self._options is not None:
            self.start_requested.emit(self._routine, self._options)

    def _show_length(self) -> None:
        if self._routine is None or self._options is None:
            return
        self._asked += 1
        asked = self._asked

        def tell(timeline: Timeline) -> None:
            if asked == self._asked:
                self.page.show_outline(outline_of(timeline))

        self._compile(self._routine, self._options, tell)

    def _choose(self, choices: Choices) -> None:
        routine, options = self._routine, self._options
        if routine is None or options is None:
            return
        self._options = changed_options(options, choices_of(routine, options), choices)
        facts = setup_facts(routine, self._options, self._names)
        self.page.show_rows(facts.rows, facts.more_rows)
        self._show_length()
        self._remember()

    def _remember(self) -> None:
        if self._routine is not None and self._options is not None:
            options = self._options
            choices = replace(
                self._parts.store.remembered(self._routine.id),
                hold_ms=options.hold_ms,
                rest_ms=options.rest_ms,
                rounds=options.rounds,
                coaching=options.coaching.value,
            )
            self._parts.store.remember(self._routine.id, choices)
            self.remembered.emit()

    def _fit(self, target_ms: int) -> None:
        routine, options = self._routine, self._options
        if routine is None or options is None:
            return
        self._background.run(
            lambda: fit(
                routine, target_ms, options, lambda tried: self._parts.compile(routine, tried).duration_ms
            ),
            lambda found: self._take_fit(routine, found, target_ms),
        )

    def _take_fit(self, routine: Routine, found: Fit, target_ms: int) -> None:
        if routine is not self._routine:
            return
        self._options = found.options
        facts = setup_facts(routine, found.options, self._names)
        self.page.choices.show_choices(facts.choices)
        self.page.show_rows(facts.rows, facts.more_rows)
        minutes = whole_minutes(target_ms)
        given = self.tr("1 minute") if minutes == 1 else self.tr("{n} minutes").format(n=minutes)
        self.page.choices.show_fit(f"{given}: {found}.")
        self._show_length()
        self._remember()
