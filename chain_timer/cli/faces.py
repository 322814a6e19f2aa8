"""The faces without a window: the terminal, or plain lines where there is none."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from chain_timer.cli.choices import Choices, Plan, choices_of, plan
from chain_timer.cli.errors import UsageError
from chain_timer.cli.home import Home
from chain_timer.cli.printing import notice
from chain_timer.problems import NotFoundError, plain
from chain_timer.routine.routine import Routine
from chain_timer.terminal.signals import INTERRUPTED
from chain_timer.units import clock_text

if TYPE_CHECKING:
    from chain_timer.conductor import Conductor, Parts
    from chain_timer.session.journal import Left

_DISK_WAIT_S = 2.0


def follow_here(home: Home, routine: Routine | None, reason: str) -> int:
    """Follow a routine, or the default one, without the window that was asked for; say why."""
    notice(f"{reason}. {_elsewhere()}.")
    return _follow(home, plan(home, routine or home.routine(None), Choices()))


def play(arguments: Namespace) -> int:
    """Follow a routine in the terminal, or as plain lines where there is none."""
    home = Home()
    choices = choices_of(arguments)
    planned = plan(home, home.routine(arguments.name), choices)
    if planned.fitted:
        notice(planned.fitted)
    if arguments.speed is not None:
        return _rehearse(home, planned, arguments.speed, arguments.start or 0)
    muted = arguments.mute or home.settings.muted
    return _follow(home, planned, voice=choices.voice, muted=muted, start_ms=arguments.start or 0)


def resume(arguments: Namespace) -> int:
    """Go on with the session that was left in the middle, or keep it as broken off."""
    home = Home()
    with home.kept():
        left = _left(home)
        if left is None or left.opening.routine is None:
            raise NotFoundError("No session was left in the middle; chain-timer play begins one")
        if arguments.end:
            home.keeper.decline(left)
            notice(f"Kept as broken off: {_words(left)}")
            return 0
        planned = Plan(left.opening.routine, left.opening.options, home.settings.rate)
        return _follow(home, planned, muted=arguments.mute or home.settings.muted, left=left)


def _follow(
    home: Home,
    planned: Plan,
    *,
    voice: str | None = None,
    muted: bool | None = None,
    start_ms: int = 0,
    left: "Left | None" = None,
) -> int:
    from chain_timer.cli.composition import sounding_parts  # noqa: PLC0415 - sound, only where it is made

    silent = home.settings.muted if muted is None else muted
    with home.kept():
        if left is None and (waiting := _left(home)) is not None:
            notice(f"{_words(waiting)} was left in the middle; chain-timer resume goes on with it")
        with sounding_parts(home, voice=voice, rate=planned.rate, muted=silent) as parts:
            code = _meet(home, planned, parts, start_ms, muted=silent, left=left)
    if told := home.keeper.untold():
        notice(told)  # it came up when the session was over
    if code > INTERRUPTED:
        notice("chain-timer resume goes on from there")
    return code


def _left(home: Home) -> "Left | None":
    """Give what was left in the middle, if the disk tells it in time."""
    found: SimpleQueue[Left | None] = SimpleQueue()
    home.keeper.look_for_left(home.built_in.names, found.put)
    with suppress(Empty):
        return found.get(timeout=_DISK_WAIT_S)
    return None


def _words(left: "Left") -> str:
    place = f" ({left.place})" if left.place else ""
    return plain(f"{left.opening.routine_name} at {clock_text(left.position_ms)}{place}")


def _rehearse(home: Home, planned: Plan, speed: float, start_ms: int) -> int:
    from chain_timer.cli.composition import rehearsal_parts  # noqa: PLC0415 - as above

    return _meet(home, planned, rehearsal_parts(home, speed, planned.rate), start_ms, muted=True)


def _meet(
    home: Home, planned: Plan, parts: "Parts", start_ms: int, *, muted: bool, left: "Left | None" = None
) -> int:
    """Play in the terminal, full screen where it can be."""
    with _conducted(home, planned, parts, start_ms, left) as conductor:
        if _is_terminal():
            from chain_timer.terminal.face import play_in_terminal  # noqa: PLC0415 - the one that is met

            return play_in_terminal(
                conductor,
                home.library.names,
                set_muted=parts.speaker.set_muted,
                muted=muted,
                clock=parts.clock,
            )
        from chain_timer.terminal.lines import play_as_lines  # noqa: PLC0415 - the one that is met

        return play_as_lines(
            conductor,
            stdin=sys.stdin if sys.stdin.isatty() else None,
            set_muted=parts.speaker.set_muted,
            muted=muted,
            clock=parts.clock,
        )


@contextmanager
def _conducted(
    home: Home, planned: Plan, parts: "Parts", start_ms: int, left: "Left | None"
) -> Iterator["Conductor"]:
    from chain_timer.conductor import Conductor  # noqa: PLC0415 - a window needs it later, if at all

    routine, get_ready = planned.routine, home.settings.get_ready
    with closing(Conductor(routine, planned.options, parts, get_ready=get_ready, left=left)) as conductor:
        duration_ms = conductor.timeline.duration_ms
        if start_ms >= duration_ms > 0:
            raise UsageError(f"--from lies behind the end: the session takes {clock_text(duration_ms)}")
        if start_ms:
            conductor.seek(start_ms)
        yield conductor


def _is_terminal() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _elsewhere() -> str:
    return "The session runs in this terminal" if _is_terminal() else "The session follows as plain lines"
