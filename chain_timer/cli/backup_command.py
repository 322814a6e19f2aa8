"""``backup``: everything a person has in Chain Timer as one file."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from chain_timer.cli.backup_desk import backup_desk
from chain_timer.cli.errors import DONE, FAILED
from chain_timer.cli.held_signals import signals_held
from chain_timer.cli.json_output import print_json
from chain_timer.cli.output_files import check_file
from chain_timer.cli.printing import notice, notice_problems
from chain_timer.cli.progress_line import ProgressLine
from chain_timer.exchange.backup import Backup, backup_name, write_backup
from chain_timer.exchange.backup_layout import Sort
from chain_timer.exchange.restoring import Desk
from chain_timer.problems import plain
from chain_timer.system.folders import find_folders

_MOST_LISTED = 20
_LONGEST_LINE = 1_000
_KIB = 1024
NOUNS = {
    Sort.ROUTINE: ("routine", "routines"),
    Sort.EXERCISE: ("exercise", "exercises"),
    Sort.PICTURE: ("picture", "pictures"),
    Sort.DRAFT: ("draft", "drafts"),
    Sort.SETTINGS: ("file of settings", "files of settings"),
}
"""What the files of a backup are called, in the order they are told."""


def back_up(arguments: Namespace) -> int:
    """Write a backup, say what is in it, and on stderr what is not."""
    desk = backup_desk(find_folders(), notice_problems)
    path = _path(arguments.out, desk)
    check_file(path, force=arguments.force)
    with ProgressLine(f"Writing {path.name}") as line, signals_held() as look:

        def progress(done: int, whole: int) -> None:
            look()
            line(done, whole)

        made = write_backup(path, desk, progress)
    _tell_problems(made, None if arguments.all else _MOST_LISTED)
    if arguments.json:
        print_json(_data(made))
    else:
        print(plain(f"{path}: {', '.join(_contents(made))}, {_size_text(made.size)}", _LONGEST_LINE))
    return FAILED if made.problems else DONE


def counted(count: int, one: str, many: str) -> str:
    """Say how many there are of something."""
    return f"{count:,} {one if count == 1 else many}"


def _path(out: str | None, desk: Desk) -> Path:
    """Give the file that was asked for; in a folder, or without a word, the usual name of a backup."""
    path = Path(out or ".")
    return path / backup_name(desk.now().day) if path.is_dir() else path


def _contents(made: Backup) -> Iterator[str]:
    files = [
        counted(count, *NOUNS[sort])
        for sort in NOUNS
        if (count := made.counts[sort]) and sort is not Sort.SETTINGS
    ]
    yield from files
    if made.sessions:
        yield counted(made.sessions, "session", "sessions")
    if made.counts[Sort.SETTINGS]:
        yield "settings"
    elif not files and not made.sessions:
        yield "nothing, for there is nothing of your own yet"


def _tell_problems(made: Backup, most: int | None) -> None:
    for problem in made.problems[:most]:
        notice(str(problem))
    if most is not None and len(made.problems) > most:
        notice(f"and {len(made.problems) - most:,} more; --all lists them")


def _data(made: Backup) -> dict[str, object]:
    return {
        "file": str(made.path),
        "bytes": made.size,
        **{f"{sort}s": made.counts[sort] for sort in NOUNS if sort is not Sort.SETTINGS},
        "sessions": made.sessions,
        "settings": bool(made.counts[Sort.SETTINGS]),
        "problems": [
            {"where": each.where, "what": each.what, "remedy": each.remedy} for each in made.problems
        ],
    }


def _size_text(size: int) -> str:
    return f"{size / _KIB / _KIB:.1f} MiB" if size >= _KIB * _KIB else f"{max(1, round(size / _KIB))} KiB"
