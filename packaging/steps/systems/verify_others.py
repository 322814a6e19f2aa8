"""What is made for other systems, looked at by the tools of those systems as far as they can be had here.

Linters from PyPI are installed into an environment of their own. Those of a system are used where they are,
and named where they are not: a proof that could not be led is told, and is no failure.
"""

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from flatpak_sources import LOCK, SOURCES, Locked, read_lock
from flatpak_sources import wanted as wanted_of_lock
from places import BUILD, PACKAGING, ROOT, version

from systems.flatpak_manifest import MANIFEST
from systems.windows_setup import SCRIPT, command

sys.path.append(str(PACKAGING / "macos"))

from info_plist import info_plist

LINTERS = ("check-jsonschema==0.39.0", "yamllint==1.38.0", "zizmor==1.32.0")
WORKFLOWS = tuple(sorted((ROOT / ".github" / "workflows").glob("*.yml")))
_ENVIRONMENT = BUILD / "env-linters"
_YAML = PACKAGING / "yamllint.yml"
COMPILER_VARIABLE = "CHAIN_TIMER_ISCC"
"""How to start Inno Setup's compiler where it is not on the path, as with Wine: ``wine /path/ISCC.exe``."""


def verify() -> None:
    """Lead every proof that can be led here. Raises AssertionError with all that is wrong."""
    wrong: list[str] = []
    for name, proof in PROOFS.items():
        try:
            missing = proof()
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
        else:
            print(f"  {name}: {missing or 'fine'}", flush=True)
    if wrong:
        raise AssertionError("\n  ".join(("not as it should be:", *wrong)))


def workflows() -> str:
    """See that GitHub would understand the workflows, and that they give no more away than they must."""
    linter = _linters()
    paths = list(map(str, WORKFLOWS))
    call([*linter("yamllint"), "--strict", "-c", str(_YAML), *paths])
    call([*linter("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", *paths])
    call([*linter("zizmor"), "--offline", "--no-progress", *paths])
    return ""


def manifest() -> str:
    """See that flatpak-builder reads the manifest as it is meant, and finds there what the lock wants."""
    call([*_linters()("yamllint"), "--strict", "-c", str(_YAML), str(MANIFEST)])
    builder = shutil.which("flatpak-builder")
    if builder is None:
        return "left out, for want of flatpak-builder (apt-get install flatpak-builder)"
    # It makes a folder for its state where it is started, even to show a manifest.
    with tempfile.TemporaryDirectory(prefix="chain-timer-") as work:
        shown = call([builder, "--show-manifest", str(MANIFEST)], Path(work))
    lacking = [package.name for package in unnamed(shown)]
    if lacking:
        raise AssertionError(f"{SOURCES.name} lacks {lacking}: run packaging/steps/flatpak_sources.py")
    return ""


def unnamed(shown: str) -> Iterator[Locked]:
    """List what the lock wants on x86-64 and the manifest, as it was read, does not bring."""
    for package in wanted_of_lock(read_lock(LOCK.read_text(encoding="utf-8")), "x86_64"):
        if not any(digest in shown for digest in package.hashes):
            yield package


def setup_script() -> str:
    """See that Inno Setup makes an installer of the script, from a bundle that stands in for the real one."""
    told = os.environ.get(COMPILER_VARIABLE) or shutil.which("iscc") or ""
    if not told:
        return f"left out, for want of Inno Setup (iscc on the path, or {COMPILER_VARIABLE})"
    with tempfile.TemporaryDirectory(prefix="chain-timer-", dir=BUILD) as work:
        place = Path(work)
        script = stand_in(place)
        _iscc, *arguments, _script = command("iscc", version(), place)
        # Wine has paths of its own: what is named is named from the folder it is started in.
        arguments = [each for each in arguments if not each.startswith("/O")]
        call([*shlex.split(told), *arguments, script.relative_to(place).as_posix()], place)
        made = place / "dist" / f"chain-timer-{version()}-windows-setup.exe"
        if not made.is_file():
            raise AssertionError("the compiler was content, and made no installer")
    return ""


def stand_in(place: Path) -> Path:
    """Lay out a folder like the checkout's, with next to nothing in the bundle; give its script."""
    bundle = place / "build" / "bundle" / "chain-timer"
    for name in ("chain-timer.exe", "Chain Timer.exe", "_internal/base_library.zip", "licenses/all.txt"):
        path = bundle / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"stands in for another")
    icon = place / "build" / "windows" / "chain-timer.ico"
    icon.parent.mkdir()
    import icons  # noqa: PLC0415 - draws with Qt, which no other proof needs

    icons.write_ico(icon)
    shutil.copyfile(ROOT / "LICENSE", place / "LICENSE")
    script = place / SCRIPT.relative_to(ROOT)
    script.parent.mkdir(parents=True)
    shutil.copyfile(SCRIPT, script)
    return script


def plists() -> str:
    """See that macOS would read what is told of the program, and what it is allowed."""
    checker = shutil.which("plutil") or shutil.which("plistutil")
    if checker is None:
        return "left out, for want of plutil (apt-get install libplist-utils brings plistutil)"
    option = ["-lint"] if Path(checker).name == "plutil" else ["-i"]
    with tempfile.TemporaryDirectory(prefix="chain-timer-") as work:
        info = Path(work, "Info.plist")
        info.write_bytes(plistlib.dumps(info_plist(version())))
        for path in (info, PACKAGING / "macos" / "entitlements.plist"):
            call([checker, *option, str(path)])
    return ""


def _linters() -> Callable[[str], list[str]]:
    """Give the linters of PyPI, installed when they are first wanted; the network is needed for that once."""
    wanted = " ".join(LINTERS)
    ready = _ENVIRONMENT / "ready"
    programs = _ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    if not ready.is_file() or ready.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(_ENVIRONMENT, ignore_errors=True)
        call([sys.executable, "-m", "venv", str(_ENVIRONMENT)])
        call([str(programs / "python"), "-m", "pip", "install", "--quiet", *LINTERS])
        ready.write_text(wanted, encoding="utf-8")
    return lambda name: [str(programs / name)]


def call(command: Sequence[str], folder: Path = ROOT) -> str:
    """Run a tool, and give what it said. Raises AssertionError with that when it is not content."""
    done = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{Path(command[0]).name} says:\n{(done.stdout + done.stderr).strip()}")
    return done.stdout


PROOFS: dict[str, Callable[[], str]] = {
    "the workflows": workflows,
    "the Flatpak's manifest": manifest,
    "the installer for Windows": setup_script,
    "the program's description for macOS": plists,
}
"""Each gives why it was left out; nothing when it was led."""
