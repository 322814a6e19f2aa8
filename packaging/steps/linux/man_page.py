"""The page chain-timer(1) of the manual, made from the parsers that read the command line."""

import re
import sys
from argparse import Action, ArgumentParser
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from places import ROOT, epoch, version
from project_facts import Facts, facts

from linux.roff import bold, escaped, filled, italic, item, link, quoted, unfilled

sys.path.append(str(ROOT))  # last: nothing of the checkout may stand before what is installed

from chain_timer.cli.arguments import SHAPES, WINDOW, parser_of
from chain_timer.cli.help import TOP

NAME = "chain-timer.1"
_KEYS = "keys in a terminal session"
_EVERYWHERE: Mapping[str, str] = {
    "--help": "the help in short; after a command, more about it",
    "--version": "which version this is",
}
"""What every command knows: it is told once."""

_UNNAMED = frozenset({"positional arguments", "options"})
_COLUMNS = re.compile(r"\s{2,}")
_MARKED = re.compile(r"`([^`]+)`|\[([^]]+)]\([^)]+\)")

FILES: Mapping[str, str] = {
    "~/.config/chain-timer/": "the settings, and what was chosen for each routine",
    "~/.local/share/chain-timer/routines/": "your own routines, a text file for each",
    "~/.local/share/chain-timer/exercises/": "your own exercises, with their figures and pictures",
    "~/.local/share/chain-timer/drafts/": "what is being written in the editor",
    "~/.local/share/chain-timer/history/": "every session, as a database, and good copies of it",
    "~/.cache/chain-timer/": "phrases that were spoken once; may be deleted",
    "~/.local/state/chain-timer/log/": "what went wrong and why; made with the first such line",
    "~/.config/autostart/chain-timer.desktop": "starts the reminders with the desktop, if you want that",
}
"""What a person may find on the disk, by the customs of Linux."""

ENVIRONMENT: Mapping[str, str] = {
    "CHAIN_TIMER_HOME": "a folder for all of this instead of those above, such as one on a stick",
    "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME, XDG_STATE_HOME": (
        "other places for ~/.config, ~/.local/share, ~/.cache and ~/.local/state"
    ),
    "DISPLAY, WAYLAND_DISPLAY": "where the window opens; without an answer there, the terminal takes over",
    "PULSE_SERVER": "the sound server, where it is not the usual one",
    "LC_ALL, LC_MESSAGES, LANG": "the language a voice is chosen for, where none was chosen in the settings",
    "NO_COLOR, TERM": "whether colors are used in a terminal, and whether it can be drawn on",
}
"""What is heeded, and what it does."""


def write_man_page(share: Path) -> Path:
    """Put the page where ``man`` looks for it below a ``share`` folder, and give its path."""
    page = share / "man" / "man1" / NAME
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text(), encoding="ascii")
    return page


def text() -> str:
    """Make the page: the same for the same sources, whatever the day."""
    about = facts()
    day = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    head = quoted("CHAIN\\-TIMER", "1", day, escaped(f"Chain Timer {version()}"), "User Commands")
    parts = (
        [f".TH {head}"],
        [".SH NAME", *_name(about.summary)],
        [".SH SYNOPSIS", *_synopsis()],
        [".SH DESCRIPTION", *_description()],
        [".SH OPTIONS", *_items(parser_of(WINDOW), ())],
        [".SH COMMANDS", *(line for command in SHAPES for line in _command(command))],
        [".SH KEYS", "In a terminal session:", *unfilled(_section(_KEYS))],
        [".SH EXIT STATUS", *_exit_status()],
        [".SH FILES", *_table(FILES)],
        [".SH ENVIRONMENT", *_table(ENVIRONMENT)],
        [".SH EXAMPLES", *unfilled(_section("examples"))],
        [".SH SEE ALSO", *_see_also(about)],
        [".SH CAVEATS", *filled(TOP.rstrip().splitlines()[-1])],
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _synopsis() -> list[str]:
    window = f"{bold('chain-timer')} [{bold('--tray')}] [{italic('NAME')}|{italic('FILE')}]"
    command = f"{bold('chain-timer')} {italic('command')} [{italic('option')} ...] [{italic('argument')} ...]"
    others = f"{bold('chain-timer')} {bold('--help')} | {bold('--version')}"
    return [window, ".br", command, ".br", others]


def _description() -> list[str]:
    paragraphs = TOP.split("\n\n")
    about, names = paragraphs[1], next(each for each in paragraphs if each.startswith("A routine goes by"))
    without = (
        "Without a command the window opens. Where there is no display, the routine is followed in the "
        "terminal, and where there is no terminal either, as plain lines."
    )
    wins = "A command wins over a routine with the same name; put -- before the name of such a routine."
    return [
        *(*filled(about), ".PP", *filled(without), ".PP"),
        *filled(f"{names} {wins}"),
    ]


def _command(name: str) -> list[str]:
    shape, parser = SHAPES[name], parser_of(name)
    return [
        f".SS {quoted(escaped(name))}",
        _usage(name, parser),
        ".PP",
        *filled(shape.summary),
        *_items(parser, _EVERYWHERE),
        *_epilog(parser.epilog or ""),
    ]


def _usage(name: str, parser: ArgumentParser) -> str:
    words = [bold("chain-timer"), bold(name)]
    if any(each.option_strings and not {*_EVERYWHERE} & {*each.option_strings} for each in _actions(parser)):
        words.append(f"[{italic('option')} ...]")
    words += [_place(each) for each in _actions(parser) if not each.option_strings]
    return " ".join(words)


def _place(action: Action) -> str:
    """Write the place of a word: what is in small letters is typed as it is."""
    shown = "|".join(
        bold(word) if word.islower() else italic(word)
        for word in str(action.metavar or action.dest).split("|")
    )
    if action.nargs == "?":
        return f"[{shown}]"
    return f"{shown} ..." if action.nargs == "+" else shown


def _items(parser: ArgumentParser, but: Collection[str]) -> list[str]:
    """List what a parser takes, group by group, as its help does."""
    lines: list[str] = []
    for group in parser._action_groups:  # noqa: SLF001 - argparse has no public way to ask
        taken = [each for each in group._group_actions if not {*but} & {*each.option_strings}]  # noqa: SLF001 - as above
        if taken and group.title not in _UNNAMED:
            lines += [".PP", _heading(group.title or "", group.description or "")]
        for action in taken:
            lines += item(_tag(action), _help(action, parser.prog))
    return lines


def _help(action: Action, program: str) -> str:
    own = next(
        (_EVERYWHERE[option] for option in action.option_strings if option in _EVERYWHERE), action.help
    )
    return (own or "") % {**vars(action), "prog": program}


def _heading(title: str, description: str) -> str:
    shown = f"{title[:1].upper()}{title[1:]}"
    return f"{italic(shown)} ({escaped(description)}):" if description else f"{italic(shown)}:"


def _tag(action: Action) -> str:
    if not action.option_strings:
        return _place(action).strip("[]").removesuffix(" ...")
    value = "" if action.nargs == 0 else f" {italic(str(action.metavar or action.dest.upper()))}"
    return ", ".join(f"{bold(option)}{value}" for option in action.option_strings)


def _epilog(epilog: str) -> Iterator[str]:
    """Write what follows the options in the help: formats and examples, each below a line that names it."""
    for block in filter(None, epilog.split("\n\n")):
        title, *lines = block.splitlines()
        rows = [_COLUMNS.split(line.strip()) for line in lines]
        yield from (".PP", f"{italic(title[:1].upper() + title[1:].rstrip(':'))}:")
        if all(len(row) > 1 for row in rows):
            for first, *others in rows:
                yield from item(bold(first), "  ".join(others))
        else:
            yield from unfilled(lines)


def _exit_status() -> list[str]:
    """Take the table of the manual: the help has its short form."""
    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = [
        row for row in manual.split("\n## Exit codes\n")[1].split("\n## ")[0].splitlines() if row[:1] == "|"
    ]
    lines = []
    for row in rows[2:]:  # after the head and the line below it
        code, means = (cell.strip() for cell in row.strip("|").replace("\\|", "\0").split("|"))
        plain = _MARKED.sub(lambda found: found[1] or found[2], means).replace("\0", "|")
        lines += item(bold(code), plain)
    return lines


def _table(rows: Mapping[str, str]) -> list[str]:
    lines = []
    for names, about in rows.items():
        lines += item(", ".join(italic(name) for name in names.split(", ")), about)
    return lines


def _see_also(about: Facts) -> list[str]:
    manual = f"{about.source}/tree/v{version()}/docs"
    formats = "The manual, with the format of routines and all that can be brought in and given out"
    return [*link(manual, formats), ".PP", *link(about.issues, "Where to tell what is wrong, or missing")]


def _section(title: str) -> list[str]:
    """Give the lines below a title of the first page of help, without their margin."""
    lines = TOP.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0].splitlines()
    return [line.removeprefix("  ") for line in lines]


def _actions(parser: ArgumentParser) -> list[Action]:
    return parser._actions  # noqa: SLF001 - argparse has no public way to ask


def _name(summary: str) -> list[str]:
    """Write the line that ``apropos`` shows: a phrase without an article or a capital."""
    return filled(f"chain-timer - {summary.removeprefix('A ')}")
