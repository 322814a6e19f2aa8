"""A person's own pictures, found beside the files that name them, and nowhere else."""

import logging
import os
from pathlib import Path

from chain_timer.drawing.own_picture import LARGEST_BYTES
from chain_timer.problems import quoted
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.exercise_reader import PICTURE_NAME
from chain_timer.system.files import read_bytes_bounded
from chain_timer.system.folders import Folders

_log = logging.getLogger(__name__)


def picture_bytes(folders: Folders, exercise: Exercise) -> bytes | None:
    """Read the picture an exercise names; None where there is none, or none that may be read.

    It lies among a person's exercises, or beside the routine that has the exercise in it.
    """
    if not PICTURE_NAME.fullmatch(exercise.picture):
        return None
    for folder in (folders.exercises, folders.routines):
        try:
            path = _inside(folder, exercise.picture)
            return read_bytes_bounded(path, LARGEST_BYTES)
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            _log.info("The picture %s is not shown: %s", quoted(exercise.picture), error)
            return None
    return None


def _inside(folder: Path, name: str) -> Path:
    """Give where a file really is. Raises ValueError when a link leads out of its folder."""
    root, path = Path(os.path.realpath(folder)), Path(os.path.realpath(folder / name))
    if not path.is_relative_to(root):
        raise ValueError("it is a link to somewhere else")
    return path
