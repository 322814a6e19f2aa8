"""What a backup is made of and brought back to: a person's folders, and the way to their history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_timer.exchange.restoring import Desk
from chain_timer.session.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chain_timer.history.history import History
    from chain_timer.problems import Problem
    from chain_timer.system.folders import Folders


def backup_desk(folders: Folders, tell: Callable[[Sequence[Problem]], None]) -> Desk:
    """Put it together. ``tell`` hears what was mended when the history was opened."""

    def opened(folder: Path) -> History:
        from chain_timer.history.history import open_history  # noqa: PLC0415 - only where there is one

        history, problems = open_history(folder, now)
        tell(problems)
        return history

    return Desk(folders, opened, now)
