"""``restore``: a backup, or the data of another machine, joined with what is here."""

import sys
from argparse import Namespace
from pathlib import Path

from chain_timer.cli.backup_desk import backup_desk
from chain_timer.cli.errors import DONE, FAILED, UsageError
from chain_timer.cli.held_signals import signals_held
from chain_timer.cli.json_output import print_json
from chain_timer.cli.printing import notice, notice_problems
from chain_timer.cli.progress_line import ProgressLine
from chain_timer.cli.restore_report import header, plan_data, plan_lines
from chain_timer.exchange.restoring import Desk, Plan, plan, restore
from chain_timer.exchange.restoring_files import Wish
from chain_timer.routine.toml_file import source_text
from chain_timer.system.folders import find_folders

_MOST_LISTED = 20
_YES = frozenset({"y", "yes"})


def bring_back(arguments: Namespace) -> int:
    """Show what a backup would bring, ask, and bring it back."""
    _check(arguments)
    path, wish = Path(arguments.file), Wish(arguments.replace, arguments.settings)
    desk, name = backup_desk(find_folders(), notice_problems), source_text(path)
    found = _planned(path, desk, wish)
    if not arguments.json:
        print(header(name, found))
    if arguments.dry_run or found.changes_nothing:
        return _told(found, arguments, name, "Nothing was written" if arguments.dry_run else "Nothing to do")
    if not arguments.yes:
        _tell(found, arguments, name)
        if not _is_wanted():
            print("Nothing was written")
            return DONE
    return _told(_restored(path, desk, wish), arguments, name, "Done")


def _check(arguments: Namespace) -> None:
    """Refuse wishes that go against each other, before any work. Raises UsageError."""
    if arguments.merge and arguments.replace:
        raise UsageError("--merge keeps both, --replace takes the backup's; choose one of them")
    if arguments.dry_run or arguments.yes:
        return
    if arguments.json:
        raise UsageError("With --json nobody is asked; add --yes, or --dry-run to look first")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("There is no terminal to ask in; add --yes, or --dry-run to look first")


def _planned(path: Path, desk: Desk, wish: Wish) -> Plan:
    with ProgressLine(f"Reading {path.name}") as line, signals_held() as look:

        def progress(done: int, whole: int) -> None:
            look()
            line(done, whole)

        return plan(path, desk, wish, progress)


def _restored(path: Path, desk: Desk, wish: Wish) -> Plan:
    try:
        with ProgressLine(f"Restoring {path.name}") as line, signals_held() as look:

            def progress(done: int, whole: int) -> None:
                look()
                line(done, whole)

            return restore(path, desk, wish, progress)
    except KeyboardInterrupt:
        notice("What was restored until now stays; do it again to go on")
        raise


def _is_wanted() -> bool:
    print("Restore this? [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().casefold() in _YES


def _told(found: Plan, arguments: Namespace, name: str, closing: str) -> int:
    if arguments.json:
        print_json(plan_data(name, found))
    else:
        _tell(found, arguments, name)
        print(closing)
    return FAILED if found.refused else DONE


def _tell(found: Plan, arguments: Namespace, name: str) -> None:
    most = None if arguments.all else _MOST_LISTED
    for line in plan_lines(found, most):
        print(f"  {line}")
    for problem in found.refused[:most]:
        notice(f"{name}: {problem}")
    if most is not None and len(found.refused) > most:
        notice(f"{name}: and {len(found.refused) - most:,} more; --all lists them")
