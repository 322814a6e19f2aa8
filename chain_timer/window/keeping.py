"""What the window keeps a person's own things with; put together elsewhere."""

from dataclasses import dataclass

from chain_timer.routine.drafts import Drafts
from chain_timer.routine.own_files import OwnFiles, Trash


@dataclass(frozen=True, slots=True)
class Keeping:
    """The folders of own routines, exercises and drafts, and the trash. All of it blocks on the disk."""

    routines: OwnFiles
    exercises: OwnFiles
    drafts: Drafts
    trash: Trash
