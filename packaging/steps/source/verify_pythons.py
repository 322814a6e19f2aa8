"""Proves that the wheel works with every Python it is for, with the newest and the lowest of what it needs.

CHAIN_TIMER_PYTHONS names some of them (``3.11 3.14``); without it all are tried that are found here, or that
can be had in a small Debian. Takes some minutes for each.
"""

import os
import shutil
import subprocess
from pathlib import Path

from places import BUILD

from source.debian_python import can_make, debian_with, inside
from source.installers import installer
from source.verify_wheel import built
from source.wheels import sdist_of, unpack

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_WORK = BUILD / "pythons"


def verify() -> None:
    """Try each Python. Raises AssertionError when one fails, or one that was asked for is not to be had."""
    wanted = os.environ.get("CHAIN_TIMER_PYTHONS", "").split()
    failed = [python for python in wanted or PYTHONS if not tried(python)]
    if failed:
        raise AssertionError(f"not with Python {', '.join(failed)}")


def tried(python: str) -> bool:
    """Try one Python in a folder of its own, from what was built, and tell whether all went well."""
    found = find(python)
    if found is None and not can_make(python):
        print(f"       Python {python} is not here", flush=True)
        return not os.environ.get("CHAIN_TIMER_PYTHONS")
    try:
        if found is None:
            try_in_debian(python)
        else:
            command = one_python(prepared(_WORK / python), Path("/"))
            subprocess.run([str(found), *command], check=True)
    except subprocess.CalledProcessError as error:
        print(f"       Python {python}: {error}", flush=True)
        return False
    return True


def find(python: str) -> Path | None:
    """Find a Python of this computer by the first two numbers of its version."""
    candidates = [shutil.which(f"python{python}")]
    candidates += sorted(map(str, Path.home().glob(f".pyenv/versions/{python}.*/bin/python{python}")))
    return next((Path(each) for each in candidates if each and _is(Path(each), python)), None)


def _is(found: Path, python: str) -> bool:
    code = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([str(found), "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() == python


def prepared(folder: Path) -> Path:
    """Lay out a folder with the wheel, the unpacked source archive and uv. Raises AssertionError."""
    made = built()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    unpack(sdist_of(made), folder).rename(folder / "sources")
    for file in (made[0], installer("uv")):
        shutil.copy(file, folder)
    return folder


def one_python(folder: Path, root: Path) -> list[str]:
    """Give what a Python is to run, as it is called from below a root."""

    def seen(path: Path) -> str:
        return str(Path("/") / path.relative_to(root))

    (wheel,) = folder.glob("*.whl")
    script = folder / "sources" / "packaging" / "steps" / "one_python.py"
    return [seen(path) for path in (script, wheel, folder / "uv", folder / "work")]


def try_in_debian(python: str) -> None:
    """Try it in a Debian that has it. Raises CalledProcessError."""
    root = debian_with(python)
    inside(root, f"python{python}", *one_python(prepared(root / "opt" / "verify"), root))
