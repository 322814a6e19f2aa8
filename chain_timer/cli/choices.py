"""What a person chose for a session on the command line, and the options that come of it."""

from argparse import Namespace
from dataclasses import dataclass, replace

from chain_timer.cli.home import Home
from chain_timer.routine.routine import Coaching, Routine
from chain_timer.system.settings import Remembered
from chain_timer.timeline.compiler import compile_routine
from chain_timer.timeline.fit import fit
from chain_timer.timeline.lengths import Lengths, estimated_lengths
from chain_timer.timeline.options import LONGEST_HOLD_MS, LONGEST_REST_MS, SHORTEST_HOLD_MS, Options
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import SECOND_MS


@dataclass(frozen=True, slots=True)
class Choices:
    """The session options of a command line; None leaves a choice to settings, memory and author."""

    hold_ms: int | None = None
    rest_ms: int | None = None
    rounds: int | None = None
    fit_ms: int | None = None
    coaching: Coaching | None = None
    voice: str | None = None
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A routine with everything decided."""

    routine: Routine
    options: Options
    rate: int
    fitted: str = ""
    """What was chosen to fill a time, for a person; empty where no time was given."""


def choices_of(arguments: Namespace) -> Choices:
    """Gather the session options of a command line."""
    return Choices(
        hold_ms=arguments.hold,
        rest_ms=arguments.rest,
        rounds=arguments.rounds,
        fit_ms=arguments.fit,
        coaching=arguments.coaching,
        voice=arguments.voice,
        rate=arguments.rate,
    )


def plan(home: Home, routine: Routine, choices: Choices) -> Plan:
    """Decide: what was asked for now, else remembered, else wished by the author, else set."""
    rate = choices.rate or home.settings.rate
    options = options_for(home, routine, choices)
    if choices.fit_ms is None:
        return Plan(routine, options, rate)
    lengths = estimated_lengths(rate)
    found = fit(
        routine,
        choices.fit_ms,
        options,
        lambda tried: compile_routine(routine, tried, home.phrases, lengths).duration_ms,
    )
    return Plan(routine, found.options, rate, str(found))


def options_for(home: Home, routine: Routine, choices: Choices | None = None) -> Options:
    """Give the options of a routine as they stand, with the choices of a command line before all."""
    settings, remembered = home.settings, home.store.remembered(routine.id)
    options = Options(
        coaching=_coaching(remembered, routine) or Coaching(settings.coaching),
        prepare_ms=settings.prepare * SECOND_MS,
        usual_rest_ms=settings.rest * SECOND_MS,
        hold_ms=_within(remembered.hold_ms, SHORTEST_HOLD_MS, LONGEST_HOLD_MS),
        rest_ms=_within(remembered.rest_ms, 0, LONGEST_REST_MS),
        rounds=remembered.rounds,
    )
    return _chosen(options, choices) if choices else options


def compile_plan(home: Home, planned: Plan, lengths: Lengths | None = None) -> Timeline:
    """Lay a plan out in time, with estimated lengths of speech unless others are known."""
    known = lengths or estimated_lengths(planned.rate)
    return compile_routine(planned.routine, planned.options, home.phrases, known)


def _coaching(remembered: Remembered, routine: Routine) -> Coaching | None:
    return Coaching(remembered.coaching) if remembered.coaching else routine.coaching


def _within(value: int | None, least: int, most: int) -> int | None:
    return None if value is None else min(max(value, least), most)


def _chosen(options: Options, choices: Choices) -> Options:
    # A time to fill leaves holds and rounds open, whatever was chosen another time.
    hold_ms, rounds = (None, None) if choices.fit_ms is not None else (options.hold_ms, options.rounds)
    return replace(
        options,
        hold_ms=hold_ms if choices.hold_ms is None else choices.hold_ms,
        rest_ms=options.rest_ms if choices.rest_ms is None else choices.rest_ms,
        rounds=rounds if choices.rounds is None else choices.rounds,
        coaching=choices.coaching or options.coaching,
    )
