"""Makes the installer for Windows of the bundle, by Inno Setup."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from places import BUNDLE, PACKAGING, version
from project_facts import facts

from systems.windows_resources import numbers

SCRIPT = PACKAGING / "windows" / "chain-timer.iss"
SIGN_VARIABLE = "CHAIN_TIMER_SIGNTOOL"
"""How to sign a file, with ``$f`` in its place; see ``packaging/windows/SIGNING.md``."""
_SIGN = "project"
_USUAL = (
    "Programs/Inno Setup 6",  # below LOCALAPPDATA: installed without an administrator
    "Inno Setup 6",
)


class SetupError(Exception):
    """The installer cannot be made; the text says why and what to do."""


def make(out: Path) -> list[Path]:
    """Make it from ``build/bundle``. Raises SetupError."""
    sign = os.environ.get(SIGN_VARIABLE, "")
    if sign:
        for program in sorted(BUNDLE.glob("*.exe")):
            # The person's own command, from their own environment.
            subprocess.run(sign.replace("$f", f'"{program}"'), check=True)
    subprocess.run(command(compiler(os.environ), version(), out, sign), check=True)
    return [out / f"chain-timer-{version()}-windows-setup.exe"]


def command(iscc: str, number: str, out: Path, sign: str = "") -> list[str]:
    """Give the call of the compiler. Where nothing else is said it takes the bundle from ``build``."""
    # In Inno Setup's own words for a command, $q is a quotation mark.
    signing = [f"/DSignTool={_SIGN}", f"/S{_SIGN}={sign.replace('$f', '$q$f$q')}"] if sign else []
    four = ".".join(map(str, numbers(number)))
    defined = [f"/DAppVersion={number}", f"/DNumbers={four}", f"/DHomepage={facts().homepage}", f"/O{out}"]
    return [iscc, "/Qp", *defined, *signing, str(SCRIPT)]


def compiler(environ: Mapping[str, str]) -> str:
    """Find the compiler: on the path, or where it is usually installed. Raises SetupError."""
    found = shutil.which("iscc", path=environ.get("PATH"))
    for path in [] if found else _places(environ):
        if path.is_file():
            return str(path)
    if found is None:
        raise SetupError("Inno Setup was not found: install it with winget install JRSoftware.InnoSetup")
    return found


def _places(environ: Mapping[str, str]) -> Iterable[Path]:
    for variable in ("LOCALAPPDATA", "PROGRAMFILES(X86)", "PROGRAMFILES"):
        if environ.get(variable):
            yield from (Path(environ[variable], usual, "ISCC.exe") for usual in _USUAL)
