"""Where the program's own files are: exercises, routines, phrases, fonts, icons."""

import sys
from collections.abc import Iterable
from pathlib import Path

from chain_timer.problems import ChainTimerError


class ResourcesMissingError(ChainTimerError):
    """The program's own files are not there; only installing it again helps."""


def resource_path(*parts: str) -> Path:
    """Find one of the program's own files or folders, wherever and however the program is installed.

    Raises ResourcesMissingError when the whole resources folder is gone; a single file is not looked for.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).parent
    return find_resources(package, Path(bundle) if bundle else None).joinpath(*parts)


def find_resources(package: Path, bundle: Path | None = None) -> Path:
    """Find the resources folder that goes with a package folder and, when frozen, its bundle.

    It lies at the top of a bundle, inside the package in a wheel, and beside the package in a checkout.
    """
    for folder in _places(package, bundle):
        if (folder / "routines").is_dir():
            return folder
    raise ResourcesMissingError(
        f"The program's own files are missing: there is no resources folder in {package}; "
        "install Chain Timer again"
    )


def _places(package: Path, bundle: Path | None) -> Iterable[Path]:
    if bundle is not None:
        yield bundle / "resources"
        yield bundle / package.name / "resources"
    yield package / "resources"
    yield package.parent / "resources"
