"""What ``history`` was asked for: which sessions, and whether to list them or to write a file of them."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chain_timer.cli import values
from chain_timer.cli.errors import UsageError
from chain_timer.exchange.history_out import HISTORY_FORMATS, HistoryFormat
from chain_timer.problems import quoted
from chain_timer.routine.words import did_you_mean, slug

EXPORT = "export"
MOST_LAST = 1_000_000
_STDOUT = "-"
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LIST = "chain-timer history --help lists the formats"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which sessions; without anything all of them."""

    since: date | None = None
    until: date | None = None
    """The last day; both are days at the place where a session began."""
    routine: str = ""
    """Its name or id, as a person wrote it."""
    last: int | None = None
    """How many of them, the newest."""


@dataclass(frozen=True, slots=True)
class FileWish:
    """A file to write."""

    format: HistoryFormat
    out: Path | None
    """None for the standard output."""
    force: bool = False


def take_options(parser: ArgumentParser) -> None:
    """Add the words and options of ``history``."""
    add = parser.add_argument
    add("action", nargs="?", metavar=EXPORT, help="write a file of the sessions")
    add("out", nargs="?", metavar="OUT", help="the file: history.csv; - for the standard output")
    group = parser.add_argument_group("which sessions")
    add = group.add_argument
    add("--since", type=_day, metavar="DATE", help="from this day on, like 2026-01-05")
    add("--until", type=_day, metavar="DATE", help="up to this day")
    add("--routine", metavar="NAME", help="of this routine, by the name it had or its id")
    add(
        "--last",
        type=values.whole(1, MOST_LAST),
        metavar="N",
        help="the newest ones (a list: 10 if not told)",
    )
    group = parser.add_argument_group("how")
    add = group.add_argument
    add("--json", action="store_true", help="a list as JSON, for other programs; of all, if not told")
    add("--as", dest="form", metavar="FORMAT", help="one of those below (default: what OUT ends with)")
    add("--force", action="store_true", help="write over a file that is there")
    listed = "\n".join(f"  {each.id:<12} {each.suffix:<12} {each.about}" for each in HISTORY_FORMATS)
    parser.epilog = f"formats:\n{listed}\n\n{parser.epilog}"


def filter_of(arguments: Namespace) -> Filter:
    """Understand which sessions. Raises UsageError when there can be none."""
    found = Filter(arguments.since, arguments.until, arguments.routine or "", arguments.last)
    if found.since and found.until and found.since > found.until:
        raise UsageError(f"--until {found.until} is before --since {found.since}; turn them round")
    if arguments.routine is not None and not arguments.routine.strip():
        raise UsageError("--routine needs a name; without it all routines are taken")
    return found


def file_wish_of(arguments: Namespace) -> FileWish | None:
    """Understand what to write; None for a list. Raises UsageError when it does not fit together."""
    if arguments.action is None:
        for option in ("form", "force"):
            if getattr(arguments, option):
                name = "--as" if option == "form" else f"--{option}"
                raise UsageError(f"{name} goes with a file: chain-timer history export {name} …")
        return None
    if arguments.action != EXPORT:
        what = f"{quoted(arguments.action)} is not known here"
        raise UsageError(f"{what}; did you mean chain-timer history export OUT, or --routine NAME?")
    if arguments.json:
        raise UsageError("--json is for the list; chain-timer history export --as json writes all there is")
    if not arguments.out:
        raise UsageError("Name the file to write: chain-timer history export history.csv")
    if arguments.out == _STDOUT:
        return FileWish(_for_stdout(arguments.form), None)
    out = Path(arguments.out)
    form = _by_ending(out) if arguments.form is None else _chosen(arguments.form)
    return FileWish(form, out, arguments.force)


def _for_stdout(name: str | None) -> HistoryFormat:
    texts = [each for each in HISTORY_FORMATS if each.is_text]
    remedy = f"add --as with one of {', '.join(each.id for each in texts)}"
    if name is None:
        raise UsageError(f"Nothing tells the format; {remedy}")
    if (form := _chosen(name)) not in texts:
        raise UsageError(f"{form.name}: this goes into a file and not to the standard output; {remedy}")
    return form


def _chosen(name: str) -> HistoryFormat:
    wanted = slug(name[:200])
    for each in HISTORY_FORMATS:
        if wanted in {each.id, slug(each.name), each.suffix.removeprefix(".")}:
            return each
    remedy = did_you_mean(wanted, [each.id for each in HISTORY_FORMATS], _LIST)
    raise UsageError(f"There is no format {quoted(name)}; {remedy}")


def _by_ending(out: Path) -> HistoryFormat:
    for each in HISTORY_FORMATS:
        if each.suffix == out.suffix.lower():
            return each
    raise UsageError(f"{quoted(out.name)} does not end like a format we know; add --as FORMAT; {_LIST}")


def _day(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:  # no such day
        pass
    raise ArgumentTypeError(f"{quoted(text)} is not a day; write it like 2026-01-05")
