"""What ``export`` was asked for: the format, the file, and the choices of that format."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from chain_timer.cli.errors import UsageError
from chain_timer.exchange.formats import OUT_FORMATS, OutFormat, out_format
from chain_timer.problems import ChainTimerError, quoted
from chain_timer.routine.words import did_you_mean, slug
from chain_timer.session.clock import today_ns

_LIST = "chain-timer export --help lists the formats"
_NANOSECONDS = 1_000_000_000
_OPTIONS = {
    "paper": "paper",
    "days": "days",
    "time": "time",
    "from_date": "from",
    "until": "until",
    "count": "count",
    "alarm": "alarm",
}
"""From the options of the command line to the wishes of the formats."""
_SESSION = ("hold", "rest", "rounds", "fit", "coaching", "rate")
_USUAL_DAYS = "daily"


@dataclass(frozen=True, slots=True)
class GivingWish:
    """A format and a file, with everything that goes with them."""

    format: OutFormat
    out: Path
    force: bool = False
    cue: Path | None = None
    """The cue sheet beside an audio file."""
    wishes: Mapping[str, str] = field(default_factory=dict)


def giving_wish_of(arguments: Namespace) -> GivingWish:
    """Understand what was asked for. Raises UsageError when it does not fit together."""
    if arguments.out in {"-", ""}:
        raise UsageError("A routine is given out as a file; name one, like routine.pdf")
    out = Path(arguments.out)
    chosen = _chosen(arguments.form) if arguments.form is not None else _by_ending(out)
    _check_options(arguments, chosen)
    cue = out.with_suffix(".cue") if arguments.cue else None
    if cue == out:
        raise UsageError(f"{quoted(out)} is what the cue sheet would be called; choose another ending")
    return GivingWish(chosen, out, arguments.force, cue, _wishes(arguments, chosen))


def _chosen(name: str) -> OutFormat:
    known = {each.id: each for each in OUT_FORMATS}
    by_name = {slug(each.name): each for each in OUT_FORMATS}
    wanted = slug(name[:200])
    if found := known.get(wanted) or by_name.get(wanted):
        return found
    alike = [each for each in OUT_FORMATS if each.suffix == f".{wanted}"]
    if len(alike) == 1:
        return alike[0]
    remedy = _one_of(alike) if alike else did_you_mean(wanted, known, _LIST)
    raise UsageError(f"There is no format {quoted(name)}; {remedy}")


def _by_ending(out: Path) -> OutFormat:
    fitting = [each for each in OUT_FORMATS if each.suffix == out.suffix.lower()]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"Files of several formats end with {out.suffix}; {_one_of(fitting)}")
    raise UsageError(f"{quoted(out.name)} does not end like a format we know; add --as FORMAT; {_LIST}")


def _one_of(formats: list[OutFormat]) -> str:
    return f"add {' or '.join(f'--as {each.id}' for each in formats)}"


def _check_options(arguments: Namespace, chosen: OutFormat) -> None:
    """Refuse what would have no effect: a person would wait for it in vain."""
    for dest, wish in _OPTIONS.items():
        if getattr(arguments, dest) is not None and wish not in chosen.wishes:
            fitting = [each for each in OUT_FORMATS if wish in each.wishes]
            raise UsageError(f"{_option(dest)} goes with {', '.join(f'--as {each.id}' for each in fitting)}")
    for dest in _SESSION:
        if not chosen.is_session and getattr(arguments, dest) is not None:
            what = f"a {chosen.name} holds the routine as it is written"
            raise UsageError(f"{_option(dest)} is about a session; {what}; leave it out")
    for dest in ("cue", "voice"):
        if not chosen.is_audio and getattr(arguments, dest):
            tracks = ", ".join(each.id for each in OUT_FORMATS if each.is_audio)
            raise UsageError(f"{_option(dest)} goes with what can be heard: {tracks}")


def _wishes(arguments: Namespace, chosen: OutFormat) -> dict[str, str]:
    said = {wish: getattr(arguments, dest) for dest, wish in _OPTIONS.items()}
    wishes = {wish: text for wish, text in said.items() if text is not None}
    return _calendar_wishes(wishes) if chosen is out_format("calendar") else wishes


def _calendar_wishes(wishes: dict[str, str]) -> dict[str, str]:
    """Add what a person need not say, and see that the rest makes sense."""
    from chain_timer.exchange.calendar_entry import read_plan  # noqa: PLC0415 - only for a calendar

    now = datetime.fromtimestamp(today_ns() // _NANOSECONDS, UTC)
    usual = {"days": _USUAL_DAYS, "from": f"{now.astimezone():%Y-%m-%d}", "now": now.isoformat()}
    found = {**usual, **wishes}
    try:
        read_plan(found)
    except ChainTimerError as error:
        lines = (line.partition(":") for line in str(error).splitlines())
        dests = {wish: dest for dest, wish in _OPTIONS.items()}
        told = [f"{_option(dests.get(wish, wish))}:{text}" for wish, _, text in lines]
        raise UsageError("\n".join(told)) from None
    return found


def _option(dest: str) -> str:
    return f"--{dest.replace('_', '-')}"
