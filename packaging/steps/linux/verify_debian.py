"""The package in a minimal Debian: installed with what it depends on, used, heard, and removed."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bundles.bundle_window import PICTURES, picture, press, screen
from bundles.small_system import SmallSystem
from places import DIST, ROOT, version

if TYPE_CHECKING:
    from listen import Samples
    from private_sound import PrivateSound

SUITES = ("bookworm", "trixie")
ROUTINE = """
name = "Short"
coaching = "cues"
rest = "10s"
exercises = [
  { exercise = "standing-hamstring-stretch", hold = "5s" },
  { exercise = "kettlebell-swing", reps = 2 },
]
"""
"""The rest is long enough for its words to be over when the ticks begin: each is heard by itself."""

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import", "dbus-daemon", "setpriv", "pulseaudio", "parec", "pactl")
DESKTOP = (
    *("man-db", "desktop-file-utils", "shared-mime-info"),
    *("gtk-update-icon-cache", "hicolor-icon-theme", "appstream", "mandoc"),
)
"""What every desktop has and a bare system has not: it keeps menus, icons, types of files and the manual.

And mandoc, which judges the page of the manual.
"""

ANYWHERE = (
    *("/var/lib/dpkg", "/var/lib/apt", "/var/cache", "/var/log", "/etc"),
    *("/tmp", "/run", "/usr/share/mime", "/dev"),  # noqa: S108 - of the system in the folder
)
"""Where Debian itself keeps books: what came along with the package may leave traces there."""

_PERSON = "/home/person"
_SCREENS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers are reached
_OWN = tuple(
    f"{_PERSON}/{place}" for place in (".config", ".local", ".cache", "short.routine.toml", "Documents")
)
_READY_S, _WELCOME_S, _HOLD_S, _LONGEST_S = 6, 4, 13, 60
_RATE = 48_000
_ATTEMPTS = 3
_FIRST = -10
_LEAST_LIKE = 0.6
_LARGEST_KIB = 180_000_000 // 1024


def verify() -> None:
    """Install, use, hear and remove it in each suite. Raises AssertionError with what went wrong."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    assert not missing, f"not here: {', '.join(missing)}"
    package = newest_package()
    lint(package)
    for suite in os.environ.get("VERIFY_SUITES", " ".join(SUITES)).split():
        print(f"  {suite} …", flush=True)
        try_in(SmallSystem(suite), package, suite)


def newest_package() -> Path:
    """Find the package of this version. Raises AssertionError."""
    found = sorted(DIST.glob(f"chain-timer_{version()}-*.deb"))
    assert found, f"there is no package in {DIST}: packaging/build linux makes it"
    return found[-1]


def lint(package: Path) -> None:
    """Have lintian judge it: every exception is named in packaging/linux/lintian-overrides."""
    assert shutil.which("lintian"), "lintian is not here"
    done = subprocess.run(
        ["lintian", "--allow-root", "--display-info", "--fail-on", "error,warning,info", str(package)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"lintian found:\n{done.stdout}{done.stderr}"


def try_in(system: SmallSystem, package: Path, suite: str) -> None:
    """Use it first on a bare system, then on one with what keeps a desktop's books."""
    inside = Path("/tmp") / package.name  # noqa: S108 - of a system of our own
    shutil.copyfile(package, system.place(inside))
    before = system.files()
    system.install(str(inside))
    use(system)
    follow(system, suite)
    purge(system, before)
    system.install(*DESKTOP)
    before = system.files()
    system.install(str(inside))
    find_in_the_books(system)
    purge(system, before)


def use(system: SmallSystem) -> None:
    """Run what needs neither screen nor loudspeaker, as an ordinary user."""
    size = int(system.run("dpkg-query", "-Wf", "${Installed-Size}", "chain-timer"))
    assert size <= _LARGEST_KIB, f"it takes {size} KiB"
    assert system.run_as_person("chain-timer", "--version").strip() == f"Chain Timer {version()}"
    assert "desk-break" in system.run_as_person("chain-timer", "list")
    shown = system.run_as_person("chain-timer", "preview", "posterior-chain-stretch")
    assert "Standing hamstring stretch" in shown, shown
    assert "python" not in system.run("dpkg-query", "-Wf", "${Package}\n"), "another Python came along"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person sits at: a loudspeaker that is recorded, a screen, and a bus."""

    sound: "PrivateSound"
    environment: Mapping[str, str]
    seen: tuple[Path, ...]
    """The folders through which these are reached."""


@contextmanager
def ahead_of_others() -> Iterator[None]:
    """Let whatever is started meanwhile go before what else this machine does: what is heard is measured."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, _FIRST)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, usual)


@contextmanager
def desk() -> Iterator[Desk]:
    """Set one up, and clear it away afterwards."""
    sys.path[1:1] = [str(ROOT / "benchmarks"), str(ROOT)]
    from private_sound import PrivateSound  # noqa: PLC0415 - wants numpy, which is where a bundle was made

    with ahead_of_others(), PrivateSound() as sound, screen(sound.environment) as environment:
        home = Path(environment["XDG_RUNTIME_DIR"])
        home.chmod(0o777)  # the person inside is another one than who runs this
        address = f"unix:path={home}/bus"
        # The bus lets in only whose it is.
        person = ("setpriv", "--reuid=1000", "--regid=1000", "--clear-groups")
        bus = subprocess.Popen(
            [*person, "dbus-daemon", "--session", "--nofork", f"--address={address}"],
            stderr=subprocess.DEVNULL,
        )
        told = {name: environment[name] for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR", "DISPLAY")}
        try:
            yield Desk(sound, {**told, "DBUS_SESSION_BUS_ADDRESS": address}, (home, _SCREENS))
        finally:
            bus.terminate()
            bus.wait(10)


def follow(system: SmallSystem, suite: str) -> None:
    """Meet the welcome, follow a session in the window with eyes and ears, and have something said."""
    file = system.home / "short.routine.toml"
    with desk() as at:
        with window(system, ("chain-timer",), at):
            time.sleep(_READY_S + _WELCOME_S)
            picture(f"debian-{suite}-welcome", at.environment)
        say(system, at)
    system.place(file).write_text(ROUTINE, encoding="utf-8")
    # Spoken before, so that a busy machine does not delay the first words.
    system.run_as_person("chain-timer", "preview", "--exact", str(file))
    for _ in range(_ATTEMPTS):
        with desk() as at:
            look(system, suite, file, at)
            recording = at.sound.recording()
        keep(recording, PICTURES / f"debian-{suite}.wav")
        unheard = missing_in(system, file, recording)
        if not unheard:
            return
        print(f"    not heard, as happens where others keep the machine busy: {unheard}", flush=True)
    raise AssertionError(f"not heard in any of {_ATTEMPTS} sessions: {unheard}")


def look(system: SmallSystem, suite: str, file: Path, at: Desk) -> None:
    """Follow the session in the window to its end."""
    before = finished(system)
    with window(system, ("chain-timer", str(file)), at) as program:
        time.sleep(_READY_S)
        picture(f"debian-{suite}-ready", at.environment)
        press("Return", at.environment)
        time.sleep(_HOLD_S)
        picture(f"debian-{suite}-session", at.environment)
        for _ in range(_LONGEST_S):
            if program.poll() is not None or finished(system) > before:
                break
            time.sleep(1)
        assert finished(system) > before, f"the session was not over after {_LONGEST_S} s"
        picture(f"debian-{suite}-finish", at.environment)


def finished(system: SmallSystem) -> int:
    """Count the sessions in the history that were followed to their end."""
    history = json.loads(system.run_as_person("chain-timer", "history", "--json"))
    return sum(session["ending"] == "finished" for session in history["sessions"])


@contextmanager
def window(system: SmallSystem, command: tuple[str, ...], at: Desk) -> Iterator["subprocess.Popen[bytes]"]:
    """Have a window open meanwhile, and close it as a desktop does that is shut down."""
    said = system.root.with_suffix(".log")
    program = system.start_as_person(command, at.environment, at.seen, said)
    try:
        yield program
        words = said.read_text(encoding="utf-8", errors="replace")
        assert program.poll() is None, f"the window ended by itself with {program.returncode}:\n{words}"
        assert "Traceback" not in words, words
    finally:
        program.terminate()
        program.wait(20)


def say(system: SmallSystem, at: Desk) -> None:
    """Have the voice say something, and the doctor find all well."""
    for command in (("say", "hello"), ("doctor",)):
        said = system.root.with_suffix(f".{command[0]}")
        code = system.start_as_person(("chain-timer", *command), at.environment, at.seen, said).wait(60)
        assert code == 0, f"{command[0]} ended with {code}:\n{said.read_text(encoding='utf-8')}"


def keep(recording: "Samples", path: Path) -> None:
    """Write what was heard to a file, for people to hear."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(recording.astype("int16").tobytes())


def missing_in(system: SmallSystem, file: Path, recording: "Samples") -> list[str]:
    """Look for every tone and phrase of the session in the recording, and name those that are not there."""
    from session_sound import expected_of, found_in  # noqa: PLC0415 - as the sound

    with tempfile.TemporaryDirectory() as folder:
        # Where the program would have kept all of it with CHAIN_TIMER_HOME.
        Path(folder, "cache").symlink_to(system.place(system.home / ".cache" / "chain-timer"))
        expected = expected_of(str(system.place(file)), Path(folder))
        found = found_in(recording, expected)
    tones = sum(each.tone for each in expected)
    assert 1 < tones < len(expected), "the session has no tones, or nothing to say"
    unheard = [f"{each.expected.name} ({each.likeness:.2f})" for each in found if each.likeness < _LEAST_LIKE]
    heard = f"{len(expected) - len(unheard)} of {len(expected)} phrases and tones"
    print(f"    heard: {heard}, {tones} of them tones", flush=True)
    return unheard


def find_in_the_books(system: SmallSystem) -> None:
    """Look whether menus, types of files, icons, the manual and software centers know the program."""
    page = system.run_as_person("man", "chain-timer")
    assert "EXIT STATUS" in page, "man shows no page"
    system.run("mandoc", "-T", "lint", "-W", "style", "/usr/share/man/man1/chain-timer.1.gz")
    assert "chain-timer (1)" in system.run("whatis", "chain-timer")
    menu = system.run("cat", "/usr/share/applications/mimeinfo.cache")
    assert "chain-timer.desktop" in menu, "no menu entry is known for the program's files"
    assert "*.routine.toml" in system.run("cat", "/usr/share/mime/globs2"), "the types of files are not known"
    assert b"chain-timer" in system.place(Path("/usr/share/icons/hicolor/icon-theme.cache")).read_bytes()
    system.run("desktop-file-validate", "/usr/share/applications/chain-timer.desktop")
    metainfo = "/usr/share/metainfo/io.github.chain_timer.ChainTimer.metainfo.xml"
    system.run("appstreamcli", "validate", "--no-net", metainfo)


def purge(system: SmallSystem, before: set[str]) -> None:
    """Remove it with what came along: only a person's own files may stay. Raises AssertionError."""
    own = set(system.run("dpkg", "-L", "chain-timer").split("\n"))
    system.run("apt-get", "-qy", "purge", "--auto-remove", "chain-timer")
    after = system.files()
    stayed = {path for path in after - before if not path.startswith((*ANYWHERE, *_OWN))}
    assert not stayed, f"these stayed: {sorted(stayed)[:20]}"
    ours = {path for path in (own & after) - before if "chain-timer" in path}
    assert not ours, f"these of the package stayed: {sorted(ours)[:20]}"
    assert any(path.startswith(f"{_PERSON}/.local/share/chain-timer/history") for path in after), (
        "the person's own history did not stay"
    )
