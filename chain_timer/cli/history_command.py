"""``history``: what was done, told in the terminal or given out as a file."""

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from typing import BinaryIO

from chain_timer.cli.errors import DONE, UsageError
from chain_timer.cli.held_signals import signals_held
from chain_timer.cli.history_choosing import Chosen, chosen_of
from chain_timer.cli.history_listing import data_of, listing
from chain_timer.cli.history_wish import FileWish, file_wish_of, filter_of
from chain_timer.cli.home import Home
from chain_timer.cli.json_output import print_json
from chain_timer.cli.output_files import check_file, new_file
from chain_timer.cli.printing import notice, notice_problems
from chain_timer.cli.progress_line import ProgressLine
from chain_timer.exchange.history_out import write_history
from chain_timer.history.history import open_history
from chain_timer.history.words import counted
from chain_timer.problems import NotFoundError, Problem, plain
from chain_timer.session.clock import Moment, now

_LONGEST_LINE = 1_000
_MOST_LISTED = 20
_KIB = 1024


def tell_history(arguments: Namespace, clock: Callable[[], Moment] = now) -> int:
    """List the last sessions, or write a file of them; what was wrong with the history goes to stderr."""
    wish, file_wish = filter_of(arguments), file_wish_of(arguments)
    if file_wish is not None and file_wish.out is not None:
        check_file(file_wish.out, force=file_wish.force)
    home = Home()
    history, problems = open_history(home.folders.history, clock)
    notice_problems(problems)
    with closing(history):
        chosen = chosen_of(history, wish)
        if file_wish is not None:
            _give(chosen, file_wish)
        elif arguments.json:
            print_json(data_of(chosen, clock().day, home.settings.weekly_goal))
        else:
            for line in listing(chosen, clock().day, home.settings.weekly_goal):
                print(plain(line, _LONGEST_LINE))
    return DONE


def _give(chosen: Chosen, wish: FileWish) -> None:
    count = chosen.count()
    if not count:
        raise NotFoundError("There is no session to write; chain-timer history tells which there are")
    if wish.format.is_single and count > 1:
        remedy = "add --last 1, or choose a name that ends with .zip"
        raise UsageError(f"A {wish.format.name} holds one session, and these are {count:,}; {remedy}")
    if wish.out is None:
        _tell(_filled(chosen, wish, count, sys.stdout.buffer))
        return
    with new_file(wish.out) as file:
        losses = _filled(chosen, wish, count, file)
    _tell(losses)
    size = max(1, round(wish.out.stat().st_size / _KIB))
    print(plain(f"{wish.out}: {counted(count, 'session')}, {wish.format.name}, {size:,} KiB", _LONGEST_LINE))


def _filled(chosen: Chosen, wish: FileWish, count: int, file: BinaryIO) -> tuple[Problem, ...]:
    name = wish.out.name if wish.out is not None else wish.format.name
    with ProgressLine(f"Writing {name}") as line, signals_held() as look:

        def progress(done: int, whole: int) -> None:
            look()
            line(done, whole)

        return write_history(wish.format, chosen.records(), count, file, progress)


def _tell(losses: tuple[Problem, ...]) -> None:
    for loss in losses[:_MOST_LISTED]:
        notice(str(loss))
    if len(losses) > _MOST_LISTED:
        notice(f"and {len(losses) - _MOST_LISTED:,} more")
