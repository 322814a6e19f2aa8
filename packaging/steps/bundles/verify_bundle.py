"""The bundle does all that the program does, by itself: commands, formats, voice, window and sound."""

import json
import wave

from places import ROOT, version

from bundles import bundle_folder, bundle_window
from bundles.bundle_trial import Trial, trial

SAMPLES = ROOT / "tests" / "exchange" / "samples"
IMPORTED = (
    "text/list.txt",
    "text/table.csv",
    "bundle/door-and-wall.chain-timer",
    "openworkout/plan.zip",
    "fit/strength.fit",
    "toml/routine.toml",
    "toml/exercise.toml",
    "exercemus/exercises.json",
    "openhiit/exported_timers.json",
    "feeel/Feeel.zip",
    "just-another/Backup.json",
    "timer-machine/backup.json",
    "workout-timer/plans.json",
    "free-exercise-db/Heel_raise.json",
)
EXPORTED = (
    ("sheet.pdf", 10_000, ()),
    ("track.mp3", 50_000, ()),
    ("track.opus", 20_000, ()),
    ("track.flac", 50_000, ()),
    ("track.wav", 1_000_000, ()),
    ("watch.fit", 200, ()),
    ("entry.ics", 200, ("--time", "07:30")),
    ("whole.chain-timer", 200, ()),
    ("table.csv", 100, ()),
    ("list.txt", 100, ()),
    ("timers.json", 100, ("--as", "openhiit")),
    ("another.json", 100, ("--as", "just-another")),
)
HISTORY = ("sessions.csv", "sessions.json", "sessions.ics", "sessions.tcx", "last.fit")


def verify() -> None:
    """Try everything. Raises AssertionError with what failed."""
    bundle_folder.verify()
    with trial() as tried:
        for part in (tell, speak, give, draw, take, bundle_window.verify, remember, keep):
            print(f"  {part.__name__} …", flush=True)
            part(tried)


def routines(tried: Trial) -> list[str]:
    """List the built-in routines by their names."""
    listed = json.loads(tried.run("list", "--json"))
    return [str(each["id"]) for each in listed]


def tell(tried: Trial) -> None:
    """Look at what works here, and at every routine."""
    assert version() in tried.run("--version")
    assert "6 routines" in tried.run("doctor")
    for name in routines(tried):
        tried.run("preview", name)
        tried.run("show", name)
        tried.run("play", name, "--speed", "600", "--mute")


def speak(tried: Trial) -> None:
    """Render words with the voice that is inside: no espeak-ng of the system can be found without a PATH."""
    voices = json.loads(tried.run("voices", "--json"))
    assert len(voices) > 1, voices
    found = tried.run("doctor")
    assert "ok    Voice" in found, found


def give(tried: Trial) -> None:
    """Export to every format; the track is heard to be one."""
    for name, least, options in EXPORTED:
        tried.run("export", "desk-break", name, *options)
        tried.written(name, least)
    with wave.open(str(tried.written("track.wav"))) as track:
        loudest = max(track.readframes(track.getnframes())[1::2])
    assert loudest > 0, "the track is silent"


def draw(tried: Trial) -> None:
    """Draw a figure in each way."""
    tried.run("figure", "pullup", "pullup.png")
    tried.run("figure", "pullup", "pullup.svg")
    tried.run("figure", "back-squat", "--sheet", "sheet.png")
    tried.run("figure", "kettlebell-swing", "--film", "swing.gif")
    for name in ("pullup.png", "pullup.svg", "sheet.png", "swing.gif"):
        tried.written(name, 1_000)


def take(tried: Trial) -> None:
    """Import from every format, each into a folder of its own."""
    for number, name in enumerate(IMPORTED):
        tried.run("import", "--to", str(tried.work / f"taken-{number}"), str(SAMPLES / name))


def remember(tried: Trial) -> None:
    """Look back on the session that was followed in the window, in every format."""
    assert "Short" in tried.run("history")
    for name in HISTORY:
        options = ("--last", "1") if name.endswith(".fit") else ()
        tried.run("history", "export", name, *options)
        tried.written(name, 50)


def keep(tried: Trial) -> None:
    """Back everything up, and bring it back into a home that is empty."""
    tried.run("import", str(SAMPLES / "toml" / "routine.toml"))
    tried.run("backup", "all.zip")
    another = {"CHAIN_TIMER_HOME": str(tried.work / "another")}
    tried.run("restore", "--yes", "all.zip", more=another)
    assert tried.run("list") == tried.run("list", more=another)
