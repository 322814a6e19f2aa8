"""The wheel and the source archive, as they would stand on PyPI, and whether they are what they should be."""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZipFile

from places import BUILD, ROOT, version

_IN_WHEEL = re.compile(
    r"chain_timer/(?:[a-z0-9_]+/)*[a-z0-9_]+\.py"
    r"|chain_timer/py\.typed"
    r"|chain_timer/resources/(?:[\w-]+/)*[\w.-]+\.(?:toml|txt|otf|svg|png|qm)"
    r"|chain_timer-[\w.]+\.dist-info/(?:METADATA|WHEEL|RECORD|entry_points\.txt|licenses/[\w./-]+)"
)
_NEVER_IN_SDIST = re.compile(
    r"(?:.*/)?(?:\.git|\.venv|\.\w+_cache|\.hypothesis|__pycache__|build|dist)/.*|.*\.(?:pyc|whl|deb|exe)"
)
_NEEDED_FOR_TESTS = ("test", "tools/check.py", "tests/conftest.py", "resources/about.toml", "docs/format.md")


class UnsoundError(AssertionError):
    """What was built is not what it should be; the text says where."""


def make(out: Path) -> list[Path]:
    """Build the wheel and the source archive into a folder, and check both. Raises UnsoundError."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wheel-", dir=BUILD) as work:
        made = build(ROOT, Path(work) / "made")
        check(made)
        compare(made, build(unpack(sdist_of(made), Path(work)), Path(work) / "made-from-sdist"))
        return [Path(shutil.copy(path, out)) for path in made]


def build(source: Path, out: Path) -> list[Path]:
    """Build both from a folder of sources, each from the sources themselves; dated by SOURCE_DATE_EPOCH."""
    run("build", "--no-isolation", "--sdist", "--wheel", "--outdir", str(out), str(source))
    names = (f"chain_timer-{version(source)}{end}" for end in ("-py3-none-any.whl", ".tar.gz"))
    return [out / name for name in names]


def sdist_of(made: Iterable[Path]) -> Path:
    return next(path for path in made if path.name.endswith(".tar.gz"))


def unpack(sdist: Path, folder: Path) -> Path:
    """Unpack a source archive into a folder, and give the folder of its sources."""
    with tarfile.open(sdist) as archive:
        # As https://peps.python.org/pep-0706/ has it for Pythons before and after 3.11.4.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)  # noqa: S202 - made a moment ago
    return folder / sdist.name.removesuffix(".tar.gz")


def check(made: Sequence[Path]) -> None:
    """Have both checked by what PyPI and others check with, and by the names inside. Raises UnsoundError."""
    paths = [str(path) for path in made]
    run("validate_pyproject", str(ROOT / "pyproject.toml"))
    run("twine", "check", "--strict", *paths)
    wheels = [path for path in made if path.suffix == ".whl"]
    run("check_wheel_contents", "--config", str(ROOT / "pyproject.toml"), *map(str, wheels))
    wrong = [each for wheel in wheels for each in wrong_in_wheel(names_in_wheel(wheel))]
    wrong += wrong_in_sdist(names_in_sdist(sdist_of(made)))
    if wrong:
        raise UnsoundError("\n  ".join(("The packages hold the wrong things:", *wrong)))


def names_in_wheel(wheel: Path) -> list[str]:
    with ZipFile(wheel) as archive:
        return archive.namelist()


def names_in_sdist(sdist: Path) -> list[str]:
    """List what a source archive holds, without the folder that all of it lies in."""
    with tarfile.open(sdist) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


def wrong_in_wheel(names: Sequence[str], root: Path = ROOT) -> list[str]:
    """List what should not be in the wheel, and what of the program and its resources is missing."""
    strays = [f"{name} in the wheel" for name in names if not _IN_WHEEL.fullmatch(name)]
    there = set(names)
    missing = [f"{name} is not in the wheel" for name in wanted_in_wheel(root) if name not in there]
    return strays + missing


def wanted_in_wheel(root: Path) -> list[str]:
    """List the program and its resources by the names they have in a wheel."""
    modules = [path.relative_to(root).as_posix() for path in (root / "chain_timer").rglob("*.py")]
    resources = [path for path in (root / "resources").rglob("*") if path.is_file()]
    placed = [f"chain_timer/{path.relative_to(root).as_posix()}" for path in resources]
    return sorted([*modules, "chain_timer/py.typed", *placed])


def wrong_in_sdist(names: Sequence[str]) -> list[str]:
    """List what should not be in the source archive, and what its tests would miss."""
    strays = [f"{name} in the source archive" for name in names if _NEVER_IN_SDIST.fullmatch(name)]
    missing = [f"{name} is not in the source archive" for name in _NEEDED_FOR_TESTS if name not in names]
    return strays + missing


def compare(made: Iterable[Path], again: Iterable[Path]) -> None:
    """See that the sources in the archive make the very same files. Raises UnsoundError."""
    for first, second in zip(made, again, strict=True):
        if first.read_bytes() != second.read_bytes():
            raise UnsoundError(f"{first.name} is another one when it is built from the source archive")


def run(module: str, *arguments: str) -> None:
    """Run a tool of the build environment. Raises UnsoundError with all that it said when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=BUILD,  # not the checkout: its folders are not to be imported
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise UnsoundError(f"{module} is not content:\n{done.stdout.strip()}")
