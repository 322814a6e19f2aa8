"""What ``figure`` was asked to draw, and where to."""

from argparse import Namespace
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from chain_timer.cli.errors import UsageError
from chain_timer.problems import quoted
from chain_timer.routine.exercise import Side

_EXAMPLE = "chain-timer figure pullup out.png"
_MOST_DIGITS = 20


class What(Enum):
    PICTURE = auto()
    SHEET = auto()
    FILM = auto()


_USUAL_SIZE = {What.PICTURE: 512, What.SHEET: 280, What.FILM: 320}
_USUAL_FPS = 15
_ENDINGS = {What.PICTURE: (".png", ".svg"), What.SHEET: (".png", ".svg"), What.FILM: (".gif",)}


@dataclass(frozen=True, slots=True)
class Wish:
    """One drawing, with everything decided but what the exercise decides."""

    what: What
    out: Path
    is_folder: bool
    """Whether each frame of a film becomes a file of its own."""
    at: str | None
    share: float | None
    """Which share of the movement, where ``at`` is one."""
    side: Side | None
    theme: str
    size: int
    fps: int
    force: bool


def wish_of(arguments: Namespace) -> Wish:
    """Read the options of a command line. Raises UsageError where they make no sense together."""
    what, name = _output(arguments)
    if arguments.at is not None and what is not What.PICTURE:
        raise UsageError("--at picks one pose, and goes with neither --sheet nor --film; leave it out")
    if arguments.fps is not None and what is not What.FILM:
        raise UsageError("--fps goes with --film; leave it out")
    return Wish(
        what=what,
        out=Path(name),
        is_folder=_is_folder(what, name),
        at=arguments.at,
        share=_share(arguments.at),
        side=Side(arguments.side) if arguments.side else None,
        theme=arguments.theme,
        size=arguments.size or _USUAL_SIZE[what],
        fps=arguments.fps or _USUAL_FPS,
        force=arguments.force,
    )


def _output(arguments: Namespace) -> tuple[What, str]:
    named = {What.PICTURE: arguments.out, What.SHEET: arguments.sheet, What.FILM: arguments.film}
    given = [(what, name) for what, name in named.items() if name is not None]
    if not given:
        raise UsageError(f"There is no file to draw into; write one behind the exercise: {_EXAMPLE}")
    if len(given) > 1:
        raise UsageError("One drawing at a time: OUT for one pose, --sheet OUT for all, or --film OUT")
    return given[0]


def _is_folder(what: What, name: str) -> bool:
    """Tell a folder of frames from a file. Raises UsageError when it is neither."""
    ending = Path(name).suffix.lower()
    if what is What.FILM and (name.endswith(("/", "\\")) or not ending):
        return True
    if ending not in _ENDINGS[what]:
        endings = " or ".join(_ENDINGS[what])
        folder = ", or a folder for a PNG each: frames/" if what is What.FILM else ""
        raise UsageError(f"{quoted(name)} should end with {endings}{folder}")
    return False


def _share(at: str | None) -> float | None:
    """Read a share of the movement, which has a point; None where it is none."""
    if at is None or "." not in at or len(at) > _MOST_DIGITS:
        return None
    digits = at.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()):
        return None
    share = float(at)
    if share > 1.0:
        raise UsageError(f"--at {at} is more than all of the movement; write 0.0 to 1.0")
    return share
