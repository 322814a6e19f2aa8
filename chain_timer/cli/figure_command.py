"""``figure``: the figure of an exercise as a picture, a sheet of all its poses, or a film."""

from argparse import Namespace
from dataclasses import replace

from chain_timer.cli.display import qt_missing
from chain_timer.cli.errors import DONE
from chain_timer.cli.figure_subject import Subject, find_subject
from chain_timer.cli.figure_wish import What, Wish, wish_of
from chain_timer.cli.home import Home
from chain_timer.cli.output_files import check_file, check_new_folder
from chain_timer.cli.printing import notice_problems
from chain_timer.cli.qt_imports import import_qt
from chain_timer.problems import ChainTimerError, plain
from chain_timer.routine.exercise import Side
from chain_timer.routine.toml_file import source_text


class NoQtError(ChainTimerError):
    """Qt, which draws, cannot be loaded; the text says what to do."""


def draw(arguments: Namespace) -> int:
    """Draw what was asked for into a file, and say what is in it."""
    wish = wish_of(arguments)
    if wish.is_folder:
        check_new_folder(wish.out)
    else:
        check_file(wish.out, force=wish.force)
    subject = find_subject(Home(), arguments.name, wish.side or Side.RIGHT)
    _check_movement(wish, subject)
    print(plain(f"{wish.out}: {_written(wish, subject)}", 1_000))
    return DONE


def _check_movement(wish: Wish, subject: Subject) -> None:
    """Tell what does not fit; the poses alone can be drawn all the same."""
    source = source_text(subject.path)
    if wish.what is What.FILM or wish.share is not None:
        subject.moving_exercise()
    notice_problems([replace(problem, where=_in_file(source, problem.where)) for problem in subject.problems])


def _in_file(source: str, where: str) -> str:
    return f"{source}: {where}" if where else source


def _written(wish: Wish, subject: Subject) -> str:
    try:
        import_qt()
        from chain_timer.cli.figure_output import write  # noqa: PLC0415 - wrong input is told without Qt
    except ImportError as error:
        raise NoQtError(qt_missing(error)) from error
    return write(wish, subject)
