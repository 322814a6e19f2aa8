"""Arguments: which command, and what of it."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from chain_timer import __version__
from chain_timer.cli import values
from chain_timer.cli.errors import UsageError
from chain_timer.cli.help import TOP
from chain_timer.problems import plain
from chain_timer.routine.words import closest

WINDOW = ""
"""The command without a name: open the window."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a command takes, and how its help puts it."""

    summary: str
    take: Callable[[ArgumentParser], None]
    examples: str = ""
    two_words: bool = False
    """Whether options may stand between two words, which argparse has to be asked for."""


def parse(arguments: Sequence[str]) -> Namespace:
    """Read a command line; ``command`` of the result says which command it is.

    Raises UsageError, and SystemExit after ``--help`` and ``--version``.
    """
    command, others = find_command(arguments)
    if command == "help":
        command, others = (others[0] if others and others[0] in SHAPES else WINDOW), ["--help"]
    parser = parser_of(command)
    two_words = command in SHAPES and SHAPES[command].two_words
    read = parser.parse_known_intermixed_args if two_words else parser.parse_known_args
    found, unknown = read(others)
    if unknown:
        raise UsageError(_unknown(parser, command, unknown[0]))
    found.command = command
    return found


def find_command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Find the first word that is no option, if it is a command; options may stand before it.

    A routine that is called like a command can be had by its file, or after ``--``.
    """
    takes_next = False
    for index, word in enumerate(arguments):
        if takes_next:
            takes_next = False
        elif word == "--":
            break
        elif word.startswith("-") and word != "-":
            takes_next = word in _VALUED
        elif word in SHAPES or word == "help":
            return word, [*arguments[:index], *arguments[index + 1 :]]
        else:
            break
    return WINDOW, list(arguments)


def parser_of(command: str) -> ArgumentParser:
    """Make the parser of one command; the others cost nothing."""
    shape = SHAPES.get(command)
    parser = _Parser(
        prog=f"chain-timer {command}".rstrip(),
        description=shape.summary if shape else None,
        epilog=f"examples:\n{shape.examples}" if shape and shape.examples else None,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Chain Timer {__version__}")
    (shape.take if shape else _window)(parser)
    return parser


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{plain(message, 400)}; {self.prog} --help tells more")

    def format_help(self) -> str:
        return TOP if self.prog == "chain-timer" else super().format_help()


def _unknown(parser: ArgumentParser, command: str, word: str) -> str:
    shown = plain(word, 60)
    if not word.startswith("-"):
        return f"{shown} is one word too many; quote names with spaces; {parser.prog} --help tells more"
    option = word.partition("=")[0]
    if command in {WINDOW, "show", "list"} and option in _PLAY_OPTIONS:
        return f"{option} goes with play: chain-timer play {option} …"
    meant = closest(option, [name for action in parser._actions for name in action.option_strings])  # noqa: SLF001 - argparse has no public way to ask
    remedy = f"did you mean {meant}?" if meant else f"{parser.prog} --help tells which there are"
    return f"There is no option {shown}; {remedy}"


def _window(parser: ArgumentParser) -> None:
    _routine(parser, "the routine whose set-up to open")
    parser.add_argument("--tray", action="store_true", help="without a window, in the tray; for reminders")


def _routine(parser: ArgumentParser, purpose: str, nargs: str | None = "?") -> None:
    parser.add_argument(
        "name", nargs=nargs, metavar="NAME|FILE", help=f"{purpose}: by name, title, or the path of its file"
    )


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON, for other programs")


def _session(parser: ArgumentParser) -> None:
    group = parser.add_argument_group(
        "the session", "without these: as last chosen in the window, else as written"
    )
    add = group.add_argument
    add("--hold", type=values.hold, metavar="TIME", help="length of every hold: 5s to 10m, like 45s")
    add("--rest", type=values.rest, metavar="TIME", help="rest between exercises: 0 to 30m")
    add("--rounds", type=values.rounds, metavar="N", help="times through: 1 to 100")
    add(
        "--fit",
        type=values.minutes,
        metavar="TIME",
        help="fit holds and rounds to the time you have, like 10m",
    )
    add(
        "--coaching",
        type=values.coaching,
        metavar="LEVEL",
        help="how much is said: full, cues, names or silent",
    )
    _rate(group.add_argument)


def _rate(add: Callable[..., object]) -> None:
    add("--rate", type=values.rate, metavar="N", help="words a minute: 80 to 300")


def _voice(add: Callable[..., object]) -> None:
    add("--voice", metavar="VOICE", help="name or id of a voice: chain-timer voices lists them")


def _play(parser: ArgumentParser) -> None:
    _routine(parser, "the routine (default: posterior-chain-stretch)")
    _session(parser)
    group = parser.add_argument_group("this time")
    _voice(group.add_argument)
    group.add_argument("--mute", action="store_true", help="without sound")
    group.add_argument(
        "--from", dest="start", type=values.position, metavar="TIME", help="begin there, like 2:30"
    )
    group.add_argument(
        "--speed", type=values.speed, metavar="N", help="a rehearsal without sound, N times as fast"
    )


def _resume(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--mute", action="store_true", help="without sound")
    add("--end", action="store_true", help="don't go on: keep it in the history as broken off")


def _preview(parser: ArgumentParser) -> None:
    _routine(parser, "the routine", nargs=None)
    _session(parser)
    _voice(parser.add_argument)
    _json(parser)
    parser.add_argument(
        "--exact",
        action="store_true",
        help="have every phrase spoken first (to a file), so that lengths are exact",
    )


def _show(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a routine or an exercise, by name or title")


def _figure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "name", metavar="EXERCISE|FILE", help="an exercise by name or title, or the file of a figure"
    )
    parser.add_argument("out", nargs="?", metavar="OUT", help="one pose: out.png or out.svg")
    parser.add_argument("--sheet", metavar="OUT", help="every pose, with the words of its step: out.png")
    parser.add_argument("--film", metavar="OUT", help="the movement: out.gif, or frames/ for a PNG each")
    group = parser.add_argument_group("how")
    add = group.add_argument
    add(
        "--at",
        metavar="STEP|SHARE",
        help="which pose: the number of a step, the name of a pose, or 0.0 to 1.0 of the "
        "movement (default: what is held, or where a rep turns back)",
    )
    add("--side", type=values.one_of("right", "left"), metavar="SIDE", help="right or left")
    add("--theme", type=values.one_of("dark", "light"), metavar="THEME", default="dark", help="dark or light")
    add("--size", type=values.picture_size, metavar="N", help="of a picture: 16 to 4096 pixels")
    add("--fps", type=values.frame_rate, metavar="N", help="frames a second of a film: 1 to 50")
    add("--force", action="store_true", help="write over a file that is there")


def _check(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a routine, an exercise or a figure")


def _import(parser: ArgumentParser) -> None:
    from chain_timer.exchange.formats import IN_FORMATS  # noqa: PLC0415 - for this command alone

    parser.add_argument("files", nargs="+", metavar="FILE", help="a file of another program, or of ours")
    _json(parser)
    add = parser.add_argument
    add("--to", metavar="DIR", help="put it into routines/ and exercises/ there (default: your own folder)")
    add("--dry-run", action="store_true", help="tell what is in it and write nothing")
    add("--all", action="store_true", help="list everything that could not be taken over")
    listed = "\n".join(f"  {each.name}" for each in IN_FORMATS)
    parser.epilog = f"what can be brought in, however the file is called:\n{listed}\n\n{parser.epilog}"


def _export(parser: ArgumentParser) -> None:
    from chain_timer.exchange.formats import OUT_FORMATS  # noqa: PLC0415 - for this command alone

    _routine(parser, "the routine", nargs=None)
    add = parser.add_argument
    add("out", metavar="OUT", help="the file to write: routine.pdf")
    add("--as", dest="form", metavar="FORMAT", help="one of those below (default: what OUT ends with)")
    add("--force", action="store_true", help="write over a file that is there")
    add("--all", action="store_true", help="list everything that the format could not hold")
    _session(parser)
    _voice(add)
    add("--cue", action="store_true", help="of a track: its chapters in a .cue file beside it as well")
    add("--paper", type=values.one_of("a4", "letter"), metavar="PAPER", help="of a PDF: a4 or letter")
    group = parser.add_argument_group("a calendar entry")
    add = group.add_argument
    add("--time", metavar="TIME", help="when it begins, like 07:30; this has to be given")
    add("--days", metavar="DAYS", help="like mo,we,fr (default: daily)")
    add("--from-date", metavar="DATE", help="the first day, like 2026-01-05 (default: today)")
    add("--until", metavar="DATE", help="the last day it may be on")
    add("--count", metavar="N", help="how many times, instead of --until")
    add("--alarm", metavar="MINUTES", help="how long before you are told (default: 10; 0 for never)")
    listed = "\n".join(f"  {each.id:<12} {each.suffix:<12} {each.about}" for each in OUT_FORMATS)
    parser.epilog = f"formats:\n{listed}\n\n{parser.epilog}"


def _history(parser: ArgumentParser) -> None:
    from chain_timer.cli.history_wish import take_options  # noqa: PLC0415 - for this command alone

    take_options(parser)


def _backup(parser: ArgumentParser) -> None:
    _json(parser)
    add = parser.add_argument
    add(
        "out",
        nargs="?",
        metavar="OUT",
        help="the file to write, or the folder for it (default: here, named by the day)",
    )
    add("--force", action="store_true", help="write over a file that is there")
    add("--all", action="store_true", help="list everything that could not be put into it")


def _restore(parser: ArgumentParser) -> None:
    _json(parser)
    add = parser.add_argument
    add("file", metavar="FILE|FOLDER", help="a backup, the data folder of another machine, or a history.db")
    add("--dry-run", "--preview", action="store_true", help="tell what it would do and write nothing")
    add("--yes", action="store_true", help="restore without asking")
    add("--merge", action="store_true", help="where a file differs, keep both; that is the default")
    add("--replace", action="store_true", help="where a file differs, take the backup's; the other gets .bak")
    add("--settings", action="store_true", help="take the settings as well, although there are some here")
    add("--all", action="store_true", help="list everything that could not be restored")


def _say(parser: ArgumentParser) -> None:
    parser.add_argument("text", nargs="+", metavar="TEXT", help="what to say")
    _voice(parser.add_argument)
    _rate(parser.add_argument)


def _doctor(parser: ArgumentParser) -> None:
    help_text = "a text to send along with a question: without paths, names or titles of yours"
    parser.add_argument("--report", action="store_true", help=help_text)


def _desktop_entry(parser: ArgumentParser) -> None:
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--install", action="store_true", help="put it into your menu, with icon and kinds of files"
    )
    choice.add_argument("--remove", action="store_true", help="take it out again")


SHAPES = {
    "play": Shape(
        "Follow a routine in this terminal, seen and heard.",
        _play,
        "  chain-timer play desk-break\n"
        "  chain-timer play --fit 15m --coaching cues hamstrings-and-calves\n"
        "  chain-timer play my-routine.toml --speed 20",
    ),
    "resume": Shape(
        "Go on with the session that a crash, or closing, left in the middle.",
        _resume,
        "  chain-timer resume\n  chain-timer resume --end",
    ),
    "list": Shape("List the routines: name to type, length, title, equipment.", _json),
    "show": Shape("Tell about a routine or an exercise: steps, muscles, equipment, work.", _show),
    "preview": Shape(
        "Print what a session will be, moment by moment, without starting it.",
        _preview,
        "  chain-timer preview desk-break --hold 45s\n  chain-timer preview my-routine.toml --json",
    ),
    "check": Shape("List everything that is wrong with routine, exercise or figure files.", _check),
    "import": Shape(
        "Bring in routines and exercises from files of other programs, or of ours.",
        _import,
        "  chain-timer import backup.json\n"
        "  chain-timer import --dry-run --all exercises.json\n"
        "  chain-timer import *.chain-timer --to ~/shared-routines",
        two_words=True,
    ),
    "export": Shape(
        "Give out a routine as a sheet, a track, a calendar entry and more.",
        _export,
        "  chain-timer export desk-break desk-break.pdf\n"
        "  chain-timer export --hold 45s --coaching cues desk-break desk-break.mp3\n"
        "  chain-timer export desk-break desk.ics --time 10:30 --days mo,tu,we,th,fr\n"
        "  chain-timer export my-routine.toml --as openhiit timers.json",
        two_words=True,
    ),
    "history": Shape(
        "Tell what you have done: sessions, totals, streaks; or write a file of it.",
        _history,
        "  chain-timer history --since 2026-01-01 --routine desk-break\n"
        "  chain-timer history export history.csv\n"
        "  chain-timer history export last.fit --last 1\n"
        "  chain-timer history export - --as json",
        two_words=True,
    ),
    "backup": Shape(
        "Save routines, exercises, drafts, settings and the history as one file.",
        _backup,
        "  chain-timer backup\n  chain-timer backup /media/stick/chain-timer.zip --force",
        two_words=True,
    ),
    "restore": Shape(
        "Bring back a backup, or another machine's data: joined with what is here.",
        _restore,
        "  chain-timer restore --dry-run chain-timer-backup-2026-11-23.zip\n"
        "  chain-timer restore chain-timer-backup-2026-11-23.zip\n"
        "  chain-timer restore --merge --yes /media/stick/chain-timer",
        two_words=True,
    ),
    "figure": Shape(
        "Draw the figure of an exercise: one pose, a sheet of all, or a film.",
        _figure,
        "  chain-timer figure pullup pullup.png\n"
        "  chain-timer figure back-squat --at 4 --theme light --size 800 squat.svg\n"
        "  chain-timer figure my-move.toml --sheet my-move.png --force\n"
        "  chain-timer figure kettlebell-swing --film swing.gif",
        two_words=True,
    ),
    "voices": Shape("List the voices of this computer by language.", _json),
    "say": Shape("Speak a text as a session would, to try voice and sound.", _say),
    "doctor": Shape(
        "Look at what a session needs, and tell what to do about what is missing.",
        _doctor,
        "  chain-timer doctor\n  chain-timer doctor --report > report.md",
    ),
    "desktop-entry": Shape(
        "Show the entry for the menu of a Linux desktop, or put it there.",
        _desktop_entry,
        "  chain-timer desktop-entry --install\n  chain-timer desktop-entry --remove",
    ),
}
"""The commands, in the order a person meets them."""

_PLAY_VALUED = frozenset(
    {"--hold", "--rest", "--rounds", "--fit", "--coaching", "--rate", "--voice", "--from", "--speed"}
)
_CALENDAR_VALUED = {"--time", "--days", "--from-date", "--until", "--count", "--alarm"}
_FIGURE_VALUED = {"--sheet", "--film", "--at", "--side", "--theme", "--size", "--fps"}
_HISTORY_VALUED = {"--since", "--routine", "--last"}
_VALUED = _HISTORY_VALUED | _PLAY_VALUED | _FIGURE_VALUED | _CALENDAR_VALUED | {"--to", "--as", "--paper"}
_PLAY_OPTIONS = _PLAY_VALUED | {"--mute"}
