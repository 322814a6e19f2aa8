"""Every format that can be brought in or given out, one line each; what a file is, its content tells.

The modules of the formats are loaded when a file or a person asks for them: all of them take a fifth of a
second, and whoever wants help, or one of them, need not wait for the others.
"""

# ruff: noqa: PLC0415 - that is what the small functions are for

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from chain_timer.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from chain_timer.exchange.giving import Given, Write
    from chain_timer.exchange.parcel import Known, Parcel, Progress
    from chain_timer.exchange.source import Source

CALENDAR_WISHES = ("days", "time", "from", "until", "count", "alarm")
_DAMAGED = Problem("", "it is not UTF-8: letters beyond a-z may be wrong", "export it once more if they are")


@dataclass(frozen=True, slots=True)
class InFormat:
    """A kind of file that can be brought in."""

    id: str
    name: str
    """What a person calls it: ``free-exercise-db``, ``Just Another Workout Timer``."""
    recognizes: Callable[[Source], bool]
    """Whether a file looks like it, told quickly; raises nothing."""
    read: Callable[[Source, Known, Progress], Parcel]
    """Raises FileProblemsError when nothing of the file can be used; empty when all of it is here already."""


@dataclass(frozen=True, slots=True)
class OutFormat:
    """A kind of file that can be given out."""

    id: str
    name: str
    suffix: str
    """With its dot: ``.csv``."""
    about: str
    """One line for a person who chooses: what it is good for."""
    write: Write
    wishes: tuple[str, ...] = ()
    """The names of the choices it looks at in ``Given.wishes``."""
    is_audio: bool = False
    """Whether it wants ``Given.sound``."""
    is_session: bool = True
    """Whether it holds the session as a person has set it, and not the routine as its author wrote it."""


def format_of(source: Source) -> InFormat | None:
    """Find out what a file is; None for nothing we know. Raises nothing."""
    return next((each for each in IN_FORMATS if each.recognizes(source)), None)


def out_format(format_id: str) -> OutFormat | None:
    """Find a format to give out by its id."""
    return next((each for each in OUT_FORMATS if each.id == format_id), None)


# --- in --------------------------------------------------------------------------------------------------


class Reader(Protocol):
    """What the module of a format to bring in has."""

    def recognizes(self, source: Source, /) -> bool: ...

    def read(self, source: Source, known: Known, progress: Progress, /) -> Parcel: ...


def _in(format_id: str, name: str, load: Callable[[], Reader], *, is_bare_json: bool = False) -> InFormat:
    def read(source: Source, known: Known, progress: Progress) -> Parcel:
        parcel = load().read(source, known, progress)
        if is_bare_json and source.json is not None and source.is_damaged_text:
            return replace(parcel, losses=(_DAMAGED, *parcel.losses))
        return parcel

    return InFormat(format_id, name, lambda source: load().recognizes(source), read)


def _bundle() -> Reader:
    from chain_timer.exchange import bundle

    return bundle


def _own_toml() -> Reader:
    from chain_timer.exchange import own_toml

    return own_toml


def _fit() -> Reader:
    from chain_timer.exchange import fit_workout

    return fit_workout


def _openworkout() -> Reader:
    from chain_timer.exchange import openworkout

    return openworkout


def _feeel() -> Reader:
    from chain_timer.exchange import feeel

    return feeel


def _free_exercise_db() -> Reader:
    from chain_timer.exchange import free_exercise_db

    return free_exercise_db


def _exercemus() -> Reader:
    from chain_timer.exchange import exercemus

    return exercemus


def _openhiit() -> Reader:
    from chain_timer.exchange import openhiit

    return openhiit


def _timer_machine() -> Reader:
    from chain_timer.exchange import timer_machine

    return timer_machine


def _just_another() -> Reader:
    from chain_timer.exchange import just_another

    return just_another


def _plans() -> Reader:
    from chain_timer.exchange import plans

    return plans


def _text() -> Reader:
    from chain_timer.exchange import text_lists

    return text_lists


IN_FORMATS: tuple[InFormat, ...] = (
    _in("bundle", "Chain Timer bundle", _bundle),
    _in("toml", "Chain Timer routine or exercise", _own_toml),
    _in("fit", "FIT", _fit),
    _in("openworkout", "openWorkout", _openworkout),
    _in("feeel", "Feeel", _feeel, is_bare_json=True),
    _in("free-exercise-db", "free-exercise-db", _free_exercise_db, is_bare_json=True),
    _in("exercemus", "exercemus", _exercemus, is_bare_json=True),
    _in("openhiit", "OpenHIIT", _openhiit, is_bare_json=True),
    _in("timer-machine", "TimeR Machine", _timer_machine, is_bare_json=True),
    # Tells of damaged letters itself, as its own program makes them.
    _in("just-another", "Just Another Workout Timer", _just_another),
    _in("workout-timer", "Workout Timer", _plans, is_bare_json=True),
    _in("text", "list in text or CSV", _text),
)
"""In the order they are asked: what is told most surely comes first, plain text last."""


# --- out -------------------------------------------------------------------------------------------------


def _late(load: Callable[[], Write]) -> Write:
    def write(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
        return load()(given, file, progress)

    return write


def _to_bundle() -> Write:
    from chain_timer.exchange import bundle

    return bundle.write


def _to_pdf() -> Write:
    from chain_timer.exchange import pdf_sheet

    return pdf_sheet.write


def _to_calendar() -> Write:
    from chain_timer.exchange import calendar_entry

    return calendar_entry.write


def _audio(form: str, name: str, about: str) -> OutFormat:
    def load() -> Write:
        from chain_timer.exchange.audio_track import track_writer

        return track_writer(form)

    return OutFormat(form, name, f".{form}", about, _late(load), is_audio=True)


def _to_fit() -> Write:
    from chain_timer.exchange import fit_out

    return fit_out.write


def _to_just_another() -> Write:
    from chain_timer.exchange import just_another

    return just_another.write


def _to_openhiit() -> Write:
    from chain_timer.exchange import openhiit

    return openhiit.write


def _to_csv() -> Write:
    from chain_timer.exchange import text_lists

    return text_lists.write_csv


def _to_text() -> Write:
    from chain_timer.exchange import text_lists

    return text_lists.write_text


OUT_FORMATS: tuple[OutFormat, ...] = (
    OutFormat(
        "bundle",
        "Chain Timer bundle",
        ".chain-timer",
        "everything in one file, for another Chain Timer",
        _late(_to_bundle),
        is_session=False,
    ),
    OutFormat(
        "pdf",
        "PDF sheet",
        ".pdf",
        "a sheet to print, with figures and steps",
        _late(_to_pdf),
        wishes=("paper",),
    ),
    OutFormat(
        "calendar",
        "calendar entry",
        ".ics",
        "an entry that comes again on the days you choose",
        _late(_to_calendar),
        wishes=CALENDAR_WISHES,
    ),
    _audio("mp3", "MP3 track", "the spoken session with chapters, for every player"),
    _audio("opus", "Opus track", "the same, smaller and better; not for every player"),
    _audio("flac", "FLAC track", "the same without any loss of sound"),
    _audio("wav", "WAV track", "the same for programs that work with sound; large"),
    OutFormat("fit", "FIT workout", ".fit", "for sports watches", _late(_to_fit)),
    OutFormat(
        "just-another",
        "Just Another Workout Timer backup",
        ".json",
        "for Just Another Workout Timer on Android",
        _late(_to_just_another),
    ),
    OutFormat("openhiit", "OpenHIIT timers", ".json", "for OpenHIIT on phones", _late(_to_openhiit)),
    OutFormat("csv", "CSV table", ".csv", "a table for spreadsheets", _late(_to_csv)),
    OutFormat("text", "plain text", ".txt", "a list to paste anywhere", _late(_to_text)),
)
"""In the order a person chooses from."""
