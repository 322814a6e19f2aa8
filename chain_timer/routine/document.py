"""A routine that is being edited: how it is now, how it was saved, and every step between."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from chain_timer.routine.editing import Edited, complete
from chain_timer.routine.routine import Routine

MOST_STEPS_BACK = 1_000


@dataclass(frozen=True, slots=True)
class _Step:
    before: Edited
    after: Edited
    what: str
    kind: Hashable


class Document:
    """Undo and redo of everything. Changes of one kind in a row, as a slider makes them, are one step."""

    def __init__(self, routine: Routine, saved: Routine | None) -> None:
        """Begin with a routine, and how it is on disk; None where it is not."""
        self._now = Edited(routine)
        self._saved = saved
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._open = False
        """Whether the last step may still grow."""

    @property
    def now(self) -> Edited:
        return self._now

    @property
    def routine(self) -> Routine:
        return self._now.routine

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what was saved; what nobody saved differs as soon as something is in it."""
        if self._saved is None:
            return bool(self._now.routine.items or self._now.routine.name)
        return complete(self._now.routine) != complete(self._saved)

    @property
    def on_disk(self) -> Routine | None:
        return self._saved

    @property
    def undoes(self) -> str:
        """What the next undo takes back, in words; empty when there is nothing."""
        return self._done[-1].what if self._done else ""

    @property
    def redoes(self) -> str:
        return self._undone[-1].what if self._undone else ""

    def change(self, after: Edited, what: str, kind: Hashable = None) -> bool:
        """Take a change; False when it changes nothing. Those of the same kind in a row are one step.

        ``what`` is told to a person: "Undo move".
        """
        if after.routine == self._now.routine:
            self._now = after
            return False
        last = self._done[-1] if self._done else None
        if self._open and last is not None and kind is not None and last.kind == kind:
            self._done[-1] = replace(last, after=after)
        else:
            self._done = [*self._done[1 - MOST_STEPS_BACK :], _Step(self._now, after, what, kind)]
        self._undone.clear()
        self._now = after
        self._open = True
        return True

    def choose(self, chosen: Edited) -> None:
        """Take what is chosen now: no step of its own, but the next change begins a new one."""
        if chosen.chosen != self._now.chosen:
            self._open = False
        self._now = replace(self._now, chosen=chosen.chosen)

    def undo(self) -> str:
        """Take back the last step; gives what that was, or nothing."""
        if not self._done:
            return ""
        step = self._done.pop()
        self._undone.append(step)
        self._now, self._open = step.before, False
        return step.what

    def redo(self) -> str:
        """Do once more what was taken back; gives what that was, or nothing."""
        if not self._undone:
            return ""
        step = self._undone.pop()
        self._done.append(step)
        self._now, self._open = step.after, False
        return step.what

    def lost(self) -> None:
        """Take note that nothing is on disk any more."""
        self._saved = None

    def saved(self, routine: Routine) -> None:
        """Take note of what is on disk now; everything can still be undone."""
        self._saved = routine
        self._open = False
