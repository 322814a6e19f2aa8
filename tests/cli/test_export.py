"""``export``: routines given out as files of many kinds, whole or not at all."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from helpers.tracks import clip

from chain_timer.cli import giving_wish, track_speech
from chain_timer.exchange import audio_track
from chain_timer.exchange.formats import OUT_FORMATS
from chain_timer.speech.child import VoiceError
from chain_timer.speech.clip import Clip, clip_of

Run = Callable[..., Any]
CALENDAR = ("--time", "07:30")
TRACK_SOUND = track_speech.track_sound
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and signals of POSIX")


class FakeVoice:
    """Says everything as noise."""

    language = "en-us"

    def render(self, words: str, _voice: str, _rate: int) -> Clip:
        return clip_of(words, clip(words))

    def rest(self) -> None: ...

    def close(self) -> None: ...


class NoVoice(FakeVoice):
    def render(self, words: str, voice: str, rate: int) -> Clip:
        del words, voice, rate
        raise VoiceError("it cannot speak")


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to write into."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def give(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``export``, with a voice that needs no time."""
    del out
    monkeypatch.setattr(track_speech, "track_sound", partial(TRACK_SOUND, launch=FakeVoice))
    return lambda *arguments: run("export", *map(str, arguments))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- formats ---------------------------------------------------------------------------------------------


BEGINNINGS = {
    "bundle": b"PK\x03\x04",
    "calendar": b"BEGIN:VCALENDAR\r\n",
    "mp3": b"ID3",
    "opus": b"OggS",
    "flac": b"fLaC",
    "wav": b"RIFF",
    "just-another": b'{"workouts": [',
    "openhiit": b'[{"id": "',
    "csv": b"\xef\xbb\xbfexercise,seconds,reps,rest\r\n",
    "text": b"Desk break\n\n",
}


ENCODED = ("mp3", "opus")  # which takes its time
FORMS = [
    pytest.param(form, marks=pytest.mark.slow if form in ENCODED else ()) for form in (*BEGINNINGS, "fit")
]


@pytest.mark.parametrize("form", FORMS)
def test_every_format_is_written_and_told(give: Run, out: Path, form: str) -> None:
    (found,) = (each for each in OUT_FORMATS if each.id == form)
    name = f"out{found.suffix}"
    done = give("desk-break", name, "--as", form, *(CALENDAR if form == "calendar" else ()))
    assert done.code == 0, done.err
    assert re.fullmatch(rf"{re.escape(name)}: Desk break, {re.escape(found.name)}, [\d.]+ [KM]iB\n", done.out)
    data = (out / name).read_bytes()
    assert (data[8:12] == b".FIT") if form == "fit" else data.startswith(BEGINNINGS[form])
    assert names_in(out) == [name]


def test_a_sheet_is_written(give: Run, out: Path, qapp: object) -> None:
    del qapp
    done = give("desk-break", "sheet.pdf", "--paper", "letter")
    assert (done.code, done.err) == (0, "")
    data = (out / "sheet.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert re.search(rb"/MediaBox \[\s*0 0 612(\.0+)? 792", data)


def test_formats_are_all_tried_here() -> None:
    assert {each.id for each in OUT_FORMATS} == {*BEGINNINGS, "fit", "pdf"}


@pytest.mark.parametrize(
    ("name", "form"),
    [("x.TXT", "text"), ("x.csv", "csv"), ("x.chain-timer", "bundle"), ("x.fit", "fit"), ("a.b.txt", "text")],
)
def test_the_ending_tells_the_format(give: Run, out: Path, name: str, form: str) -> None:
    assert give("desk-break", name).code == 0
    plainly = give("desk-break", "other", "--as", form)
    assert plainly.code == 0
    assert (out / name).read_bytes() == (out / "other").read_bytes()


@pytest.mark.parametrize("name", ["text", "TEXT", "Plain text", "txt", ".txt"])
def test_a_format_goes_by_its_id_its_name_or_its_ending(give: Run, out: Path, name: str) -> None:
    assert give("desk-break", "x", "--as", name).code == 0
    assert (out / "x").read_text(encoding="utf-8").startswith("Desk break\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("x.pdg", "--as", "pfd"), 'There is no format "pfd"; did you mean pdf?'),
        (("x", "--as", "json"), 'There is no format "json"; add --as just-another or --as openhiit'),
        (("x", "--as", "zzz"), 'There is no format "zzz"; chain-timer export --help lists the formats'),
        (("x.json",), "Files of several formats end with .json; add --as just-another or --as openhiit"),
        (("x.doc",), '"x.doc" does not end like a format we know; add --as FORMAT; chain-timer export'),
        (("x",), '"x" does not end like a format we know'),
        (("-",), "A routine is given out as a file; name one, like routine.pdf"),
        (("",), "A routine is given out as a file"),
        ((".", "--as", "text"), '"." is no ordinary file'),
        (("none/x.txt",), 'There is no folder "none"'),
        (("x.txt", "--paper", "a4"), "--paper goes with --as pdf"),
        (("x.txt", "--days", "mo"), "--days goes with --as calendar"),
        (("x.txt", "--from-date", "2026-01-01"), "--from-date goes with --as calendar"),
        (("x.txt", "--cue"), "--cue goes with what can be heard: mp3, opus, flac, wav"),
        (("x.pdf", "--voice", "en"), "--voice goes with what can be heard"),
        (("x.chain-timer", "--hold", "45s"), "--hold is about a session; a Chain Timer bundle holds the"),
        (("x.pdf", "--paper", "a3"), '"a3" is not one of a4, letter'),
        (("x.cue", "--as", "mp3", "--cue"), '"x.cue" is what the cue sheet would be called'),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    give: Run, out: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = give("desk-break", *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert names_in(out) == []


def test_a_routine_that_is_not_there_is_told(give: Run, out: Path) -> None:
    done = give("desk-brake", "x.txt")
    assert done.code == 2
    assert "did you mean desk-break?" in done.err
    assert names_in(out) == []


def test_help_lists_the_formats(give: Run) -> None:
    said = give("--help").out
    for each in OUT_FORMATS:
        assert f"\n  {each.id:<12} {each.suffix:<12} {each.about}\n" in said


# --- files -----------------------------------------------------------------------------------------------


def test_nothing_is_written_over_unless_it_is_forced(give: Run, out: Path) -> None:
    (out / "x.txt").write_text("mine", encoding="utf-8")
    done = give("desk-break", "x.txt")
    assert (done.code, done.err) == (
        2,
        '"x.txt" is there already; choose another name, or add --force\n',
    )
    assert (out / "x.txt").read_text(encoding="utf-8") == "mine"
    assert give("desk-break", "x.txt", "--force").code == 0
    assert (out / "x.txt").read_text(encoding="utf-8") != "mine"


def test_a_cue_sheet_that_is_there_is_not_written_over_either(give: Run, out: Path) -> None:
    (out / "x.cue").write_text("mine", encoding="utf-8")
    assert give("desk-break", "x.wav", "--cue").code == 2
    assert names_in(out) == ["x.cue"]


def test_a_full_disk_is_told_and_leaves_nothing(
    give: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chain_timer.system.files._sync", full)
    done = give("desk-break", "x.txt")
    assert (done.code, done.err.splitlines()[-1]) == (
        1,
        '"x.txt" could not be written: no space left on device',
    )
    assert names_in(out) == []


@POSIX
def test_an_interrupt_leaves_nothing(give: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = audio_track.Mix.blocks

    def interrupted(mix: audio_track.Mix) -> Any:
        for number, block in enumerate(blocks(mix)):
            if number == 150:
                signal.raise_signal(signal.SIGINT)
            yield block

    monkeypatch.setattr(audio_track.Mix, "blocks", interrupted)
    assert give("desk-break", "x.flac").code == 130
    assert names_in(out) == []


# --- sessions --------------------------------------------------------------------------------------------


def test_it_is_the_session_as_the_options_say(give: Run, out: Path) -> None:
    give("desk-break", "x.txt", "--hold", "77s", "--rest", "9s", "--rounds", "1")
    text = (out / "x.txt").read_text(encoding="utf-8")
    assert "1m17s" in text
    assert "30s" not in text


def test_a_time_to_fill_is_told(give: Run) -> None:
    done = give("posterior-chain-stretch", "x.csv", "--fit", "10")
    assert done.code == 0
    assert done.err.splitlines()[0].startswith("2 rounds, holds of ")


def test_a_routine_from_a_file_is_given_out(give: Run, out: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('name = "Own"\nexercises = ["pullup"]\n', encoding="utf-8")
    assert give(path, "x.txt").code == 0
    assert (out / "x.txt").read_text(encoding="utf-8").startswith("Own\n")


def test_what_a_format_cannot_hold_is_told_and_no_failure(give: Run) -> None:
    done = give("desk-break", "x.fit", "--as", "csv")
    assert done.code == 0
    assert "how the exercises are done has no place in it; their names were written" in done.err


def test_of_many_losses_the_first_are_listed(give: Run, own_routine: Callable[[str, str], Path]) -> None:
    exercises = "".join(
        f'[exercise.move-{number}]\nname = "Move {number}"\nsteps = ["Go."]\nreps = 5\n'
        for number in range(30)
    )
    names = ", ".join(f'"move-{number}"' for number in range(30))
    own_routine("many", f'name = "Many"\nexercises = [{names}]\n{exercises}')
    few, every = give("many", "x.fit"), give("many", "y.fit", "--all")
    assert few.code == every.code == 0
    assert len(few.err.splitlines()) == 21
    assert few.err.splitlines()[-1] == f"and {len(every.err.splitlines()) - 20} more; --all lists them"


# --- sound -----------------------------------------------------------------------------------------------


def test_a_cue_sheet_has_the_times_of_the_track(give: Run, out: Path) -> None:
    done = give("desk-break", "my track.wav", "--cue")
    assert (done.code, done.err) == (0, "")
    assert names_in(out) == ["my track.cue", "my track.wav"]
    sheet = (out / "my track.cue").read_text(encoding="utf-8")
    assert 'FILE "my track.wav" WAVE\n' in sheet
    starts = re.findall(r"INDEX 01 (\d\d):(\d\d):(\d\d)", sheet)
    seconds = [int(minutes) * 60 + int(seconds) for minutes, seconds, _ in starts]
    length = (out / "my track.wav").stat().st_size / 2 / 48_000
    assert seconds == sorted(seconds)
    assert seconds[0] == 0 < length - 20 < seconds[-1] < length


def test_without_a_voice_there_is_a_track_of_tones_and_a_word(
    give: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(track_speech, "track_sound", partial(TRACK_SOUND, launch=NoVoice))
    done = give("desk-break", "x.wav")
    assert done.code == 0
    assert "voice" in done.err
    assert names_in(out) == ["x.wav"]


# --- calendar --------------------------------------------------------------------------------------------


@pytest.fixture
def new_year(monkeypatch: pytest.MonkeyPatch) -> date:
    """Noon of a first of January, wherever this runs."""
    noon = datetime(2026, 1, 1, 12).astimezone()
    monkeypatch.setattr(giving_wish, "today_ns", lambda: int(noon.timestamp()) * 1_000_000_000)
    return noon.date()


def test_a_calendar_entry_begins_today_and_comes_daily(give: Run, out: Path, new_year: date) -> None:
    assert give("desk-break", "x.ics", "--time", "7:30").code == 0
    text = (out / "x.ics").read_text(encoding="utf-8")
    assert f"DTSTART:{new_year:%Y%m%d}T073000\n" in text
    assert "RRULE:FREQ=DAILY\n" in text
    stamp = datetime(2026, 1, 1, 12).astimezone().astimezone(UTC)
    assert f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}\n" in text


@pytest.mark.usefixtures("new_year")
def test_days_dates_and_alarms_are_as_wished(give: Run, out: Path) -> None:
    wishes = ("--days", "mo,fr", "--from-date", "2026-02-03", "--until", "2026-03-31", "--alarm", "0")
    assert give("desk-break", "x.ics", "--time", "18:05", *wishes).code == 0
    text = (out / "x.ics").read_text(encoding="utf-8")
    assert "DTSTART:20260206T180500\n" in text
    assert "UNTIL=20260331T235959" in text
    assert "VALARM" not in text


def test_what_is_wrong_with_a_calendar_is_told_by_its_options(give: Run, out: Path) -> None:
    done = give("desk-break", "x.ics", "--days", "xx", "--from-date", "31.1.")
    assert done.code == 2
    assert done.err.splitlines() == [
        '--days: "xx" cannot be; write days like mo,we,fr, or daily',
        "--time: it is missing; write a time like 07:30",
        '--from-date: "31.1." cannot be; write the first day like 2026-01-05',
    ]
    assert names_in(out) == []


# --- pictures, Qt ----------------------------------------------------------------------------------------


OWN = 'name = "Own"\nexercises = ["mine"]\n'
MINE = 'name = "Mine"\nsteps = ["Go."]\nhold = "30s"\npicture = "mine.png"\n'


@pytest.fixture
def pictured(home: Path) -> Path:
    """A routine with an exercise that has a picture; gives the picture."""
    for folder, name, text in (("routines", "own", OWN), ("exercises", "mine", MINE)):
        (home / folder).mkdir(parents=True)
        (home / folder / f"{name}.toml").write_text(text, encoding="utf-8")
    picture = home / "exercises" / "mine.png"
    picture.write_bytes(b"\x89PNG any bytes")
    return picture


@pytest.mark.usefixtures("pictured")
def test_a_bundle_has_the_pictures(give: Run, out: Path) -> None:
    pytest.importorskip("PySide6.QtGui", exc_type=ImportError)
    assert give("own", "x.chain-timer").err == ""
    assert b"\x89PNG any bytes" in (out / "x.chain-timer").read_bytes()


@pytest.mark.usefixtures("pictured")
def test_without_qt_a_bundle_goes_without_pictures_and_tells(
    give: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtCore", None)
    done = give("own", "x.chain-timer")
    assert done.code == 0
    assert 'Mine: its picture "mine.png" cannot be read' in done.err


def test_without_qt_a_sheet_is_refused_with_a_reason(
    give: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtCore", None)
    done = give("desk-break", "x.pdf")
    assert done.code == 1
    assert done.err.startswith("Qt cannot be loaded")
    assert names_in(out) == []


# --- the real program ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_real_program_needs_no_display_for_a_sheet(start: Run, out: Path) -> None:
    done = start("export", "desk-break", str(out / "x.pdf"))
    assert (done.code, done.err) == (0, "")


@pytest.mark.usefixtures("home")
def test_only_what_is_needed_is_loaded(out: Path) -> None:
    probe = (
        "import sys; from chain_timer.cli.main import main\n"
        f"main(['export', 'desk-break', {str(out / 'x.csv')!r}])\n"
        "print(*(m for m in sys.modules if m.split('.')[0] in {'numpy', 'PySide6', 'icalendar', 'fit_tool'}))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""
    assert names_in(out) == ["x.csv"]
