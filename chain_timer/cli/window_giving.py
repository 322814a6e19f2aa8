"""What the window needs to give a routine out: the session as it stands, its pictures, its sound."""

from __future__ import annotations

# ruff: noqa: PLC0415 - most windows are closed without an export
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from chain_timer.session.clock import today_ns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_timer.cli.choices import Plan
    from chain_timer.cli.home import Home
    from chain_timer.exchange.giving import Given, Sound
    from chain_timer.exchange.parcel import Progress
    from chain_timer.routine.routine import Routine

_NANOSECONDS = 1_000_000_000


def given_of(home: Home, routine: Routine, wishes: Mapping[str, str]) -> Given:
    """Put together what a format may want of a routine, with the options it was last done with."""
    from chain_timer.cli.choices import Plan, compile_plan, options_for
    from chain_timer.cli.own_pictures import picture_bytes
    from chain_timer.exchange.giving import Given

    planned = Plan(routine, options_for(home, routine), home.settings.rate)
    return Given(
        routine=routine,
        timeline=cache(partial(compile_plan, home, planned)),
        names=home.built_in.names,
        shipped=home.built_in.by_exercise_id,
        picture=partial(picture_bytes, home.folders),
        wishes={**wishes, "now": _now().isoformat()},
        sound=LateSound(home, planned),
    )


def done_with(given: Given) -> None:
    """End the voice that was started to give a routine out."""
    if isinstance(given.sound, LateSound):
        given.sound.close()


def today() -> str:
    """The day where the computer is, like 2026-01-05."""
    return f"{_now().astimezone():%Y-%m-%d}"


class LateSound:
    """Has a routine spoken when a format asks for it; until then no voice is started."""

    def __init__(self, home: Home, planned: Plan) -> None:
        self._home = home
        self._planned = planned
        self._made = ExitStack()

    def __call__(self, progress: Progress) -> Sound:
        from chain_timer.cli.track_speech import track_sound

        return self._made.enter_context(track_sound(self._home, self._planned))(progress)

    def close(self) -> None:
        """End the voice, if one was started."""
        self._made.close()


def _now() -> datetime:
    return datetime.fromtimestamp(today_ns() // _NANOSECONDS, UTC)
