"""Keeps what is shown of the library in step with a person's files; whatever takes long happens aside."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chain_timer.problems import ChainTimerError
from chain_timer.window.cards import Card, cards_of
from chain_timer.window.exercise_facts import ExerciseFacts, facts_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chain_timer.routine.catalog import Pace, Reading
    from chain_timer.routine.library import Library
    from chain_timer.window.background import Background

_log = logging.getLogger(__name__)
_BREATH_S = 0.0003
"""Long enough for the window's own thread to have its turn."""
_TURN_S = 0.001
"""How long the window's own thread waits for its turn where the reading has not breathed."""
_SHOWN_AT = frozenset({0, 200, 500, *range(1_000, 5_000, 1_000), *range(5_000, 100_000, 2_500)})
"""Files read after which what there is so far is shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A library with all that lists show of it, ready to be shown."""

    library: Library
    cards: tuple[Card, ...]
    facts: tuple[ExerciseFacts, ...] | None
    """Of all exercises; None as long as they are not ready: the cards are what is seen first."""


def shown_of(
    library: Library, before: Shown | None = None, breathe: Callable[[], None] = lambda: None
) -> Shown:
    """Get a library ready to be shown; what was before and still holds is taken over. For a thread."""
    return _with_facts(_cards_shown(library, before, breathe), before, breathe)


def _cards_shown(library: Library, before: Shown | None, breathe: Callable[[], None]) -> Shown:
    cards = {} if before is None else {card.id: card for card in before.cards}
    return Shown(library, cards_of(library, cards, breathe), None)


def _with_facts(shown: Shown, before: Shown | None, breathe: Callable[[], None]) -> Shown:
    facts = {} if before is None else {each.id: each for each in before.facts or ()}
    return replace(shown, facts=facts_of(shown.library, facts, breathe))


class LibraryKeeper(QObject):
    """Reads, looks again when it is asked to, and hands over what is to be shown then."""

    found = Signal(object)
    """What is to be shown from now on; also in the middle of a long reading."""
    reading = Signal(str)
    """How far a long reading is, in words; empty when it is over."""
    _part = Signal(object, object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._library: Library | None = None
        self._shown: Shown | None = None
        self._looking = self._due = self._resting = False
        self._part.connect(self._take_part)

    def begin(self, read: Callable[[Pace], Library]) -> None:
        """Have a person's own files read for the first time."""
        self._look(None, read)

    def look_again(self) -> None:
        """Look which files have changed, as soon as nothing is in the way."""
        if self._looking or self._resting or self._library is None:
            self._due = True
        else:
            self._look(self._library, self._library.rescanned)

    def take_file(self, path: Path) -> Library | None:
        """Take one file as it is now, at once; lists show it later. None before own files have been read."""
        if self._library is not None:
            self._library = self._library.with_file(path)
        self.look_again()
        return self._library

    def rest(self) -> None:
        """Look at nothing while a session runs."""
        self._resting = True

    def go_on(self) -> None:
        """Do what was due meanwhile."""
        self._resting = False
        if self._due and not self._looking:
            self.look_again()

    def _look(self, before: Library | None, read: Callable[[Pace], Library]) -> None:
        self._looking, self._due = True, False
        shown = self._shown

        def work() -> Shown | None:
            pace = _WindowPace(self._tell, shown, lambda part: self._part.emit(part, before))
            usual_s = sys.getswitchinterval()
            sys.setswitchinterval(_TURN_S)
            try:
                ready = _cards_shown(read(pace), shown, pace.breathe)
                self._part.emit(ready, before)
                return _with_facts(ready, shown, pace.breathe)
            except (ChainTimerError, OSError, ValueError) as error:
                _log.warning("Own files could not be looked at: %s", error)
                return None
            finally:
                sys.setswitchinterval(usual_s)

        self._background.run(work, lambda outcome: self._take(outcome, before))

    def _take(self, outcome: Shown | None, before: Library | None) -> None:
        self._looking = False
        self.reading.emit("")
        if self._library is not before:
            self._due = True  # a file was taken meanwhile, which this does not know
        elif outcome is not None:
            self._library, self._shown = outcome.library, outcome
            self.found.emit(outcome)
        if self._due:
            self.look_again()

    def _take_part(self, part: Shown, before: Library | None) -> None:
        if self._library is before:
            self.found.emit(part)

    def _tell(self, reading: Reading) -> None:
        text = self.tr("Reading your exercises… {done} of {whole}")
        if reading.routines:
            text = self.tr("Reading your routines… {done} of {whole}")
        self.reading.emit(text.format(done=f"{reading.done:,}", whole=f"{reading.whole:,}"))


class _WindowPace:
    """Lets the window's own thread have its turn, and tells it how far the reading is."""

    def __init__(
        self, tell: Callable[[Reading], None], before: Shown | None, show: Callable[[Shown], None]
    ) -> None:
        self._tell = tell
        self._before = before
        self._show = show
        self._never = Event()

    def breathe(self) -> None:
        self._never.wait(_BREATH_S)

    def foremost(self, library: Library) -> None:
        self._before = _cards_shown(library, self._before, self.breathe)
        self._show(self._before)

    def tell(self, reading: Reading) -> None:
        self._tell(reading)
        if reading.done in _SHOWN_AT and (reading.routines or reading.done == 0):
            self._before = _cards_shown(reading.so_far(), self._before, self.breathe)
            self._show(self._before)
