"""The wheel, installed where no checkout is near: what lies in it, and that it is a whole program."""

import importlib
import importlib.util
import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest
from helpers.shipping import step

from chain_timer import __version__

CHECKOUT = Path(__file__).parents[2]
STEPS = CHECKOUT / "packaging" / "steps"
EPOCH = "1700000000"


@pytest.fixture(scope="module")
def wheels() -> ModuleType:
    return step("wheels")


@pytest.fixture(scope="module")
def hook() -> Any:
    at = CHECKOUT / "packaging" / "readme_hook.py"
    spec = importlib.util.spec_from_file_location("readme_hook", at)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel and the source archive, made from the checkout."""
    return build(CHECKOUT, tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def installed(made: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Install it into an environment of its own, which has what it needs from the one of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "environment", symlinks=os.name != "nt")
    python = folder / "environment" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install"]
    call(*pip, "--quiet", "--no-deps", "--no-index", "--no-compile", str(made[0]))
    command = python.with_name("chain-timer.exe" if os.name == "nt" else "chain-timer")
    found = step("installed").Installed(python, command, folder / "home")
    # A bare path: what .pth files of that folder would add is the checkout, and stays away.
    spec = importlib.util.find_spec("platformdirs")
    assert spec is not None
    assert spec.origin is not None
    (found.folder().parent / "needs.pth").write_text(f"{Path(spec.origin).parents[1]}\n", encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def doctor(installed: Any) -> Iterator[str]:
    return installed.told("doctor")


def build(source: Path, out: Path) -> list[Path]:
    hatchling = [
        sys.executable,
        "-P",
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-t",
        "sdist",
        "-d",
        str(out),
    ]
    call(*hatchling, folder=source)
    return [next(out.glob("*.whl")), next(out.glob("*.tar.gz"))]


def call(*command: str, folder: Path | None = None) -> None:
    environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def described(wheel: Path) -> str:
    with ZipFile(wheel) as archive:
        return archive.read(f"chain_timer-{__version__}.dist-info/METADATA").decode()


def test_links_lead_to_the_files_of_the_version(hook: Any) -> None:
    text = "![A](docs/a.png) [b](docs/b.md) [c](https://c.org/d) [e](#e) [![f](docs/f.png)](docs/g.md)"
    assert hook.with_addresses(text, "https://h.org/i", "v1.2") == (
        "![A](https://h.org/i/raw/v1.2/docs/a.png) [b](https://h.org/i/blob/v1.2/docs/b.md) "
        "[c](https://c.org/d) [e](#e) "
        "[![f](https://h.org/i/raw/v1.2/docs/f.png)](https://h.org/i/blob/v1.2/docs/g.md)"
    )


@pytest.mark.parametrize(
    "name",
    [
        "tests/conftest.py",
        "chain_timer/__pycache__/units.cpython-311.pyc",
        "chain_timer/units.py~",
        "chain_timer/resources/routines/.desk-break.toml.swp",
        "chain_timer/../escaped.py",
        "resources/about.toml",
    ],
)
def test_what_strayed_into_a_wheel_is_named(name: str, wheels: Any) -> None:
    assert f"{name} in the wheel" in wheels.wrong_in_wheel([*wheels.wanted_in_wheel(CHECKOUT), name])


def test_what_a_wheel_lacks_is_named(wheels: Any) -> None:
    names = set(wheels.wanted_in_wheel(CHECKOUT)) - {"chain_timer/resources/about.toml"}
    assert wheels.wrong_in_wheel(names) == ["chain_timer/resources/about.toml is not in the wheel"]


@pytest.mark.parametrize(
    "name", [".git/config", ".venv/bin/python", "dist/x.whl", "tests/__pycache__/x.pyc", ".mypy_cache/a/b"]
)
def test_what_strayed_into_the_source_archive_is_named(name: str, wheels: Any) -> None:
    assert f"{name} in the source archive" in wheels.wrong_in_sdist([name])


@pytest.mark.slow
def test_the_wheel_holds_the_program_and_its_resources_and_nothing_else(
    made: list[Path], wheels: Any
) -> None:
    assert wheels.wrong_in_wheel(wheels.names_in_wheel(made[0])) == []


@pytest.mark.slow
def test_the_source_archive_holds_what_the_tests_need_and_no_leftovers(made: list[Path], wheels: Any) -> None:
    assert wheels.wrong_in_sdist(wheels.names_in_sdist(made[1])) == []


@pytest.mark.slow
def test_the_source_archive_holds_the_pictures_of_the_readme(made: list[Path], wheels: Any) -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme))
    assert shown <= set(wheels.names_in_sdist(made[1]))


@pytest.mark.slow
def test_the_source_archive_makes_the_very_same_files(made: list[Path], wheels: Any, tmp_path: Path) -> None:
    again = build(wheels.unpack(made[1], tmp_path), tmp_path / "again")
    wheels.compare(made, again)
    again[0].write_bytes(again[0].read_bytes() + b"\0")
    with pytest.raises(wheels.UnsoundError, match=made[0].name):
        wheels.compare(made, again)


@pytest.mark.slow
def test_nothing_on_its_page_leads_nowhere(made: list[Path]) -> None:
    page = described(made[0]).partition("\n\n")[2]
    assert re.findall(r"\]\((?!https://|#)[^)]*\)", page) == []


@pytest.mark.slow
def test_it_is_the_installed_one_that_is_tried(installed: Any) -> None:
    assert installed.folder().is_relative_to(installed.python.parents[1])
    assert installed.resources() == installed.folder() / "resources"
    assert installed.told("--version") == f"Chain Timer {__version__}\n"


@pytest.mark.slow
@pytest.mark.parametrize("found", ["Routines    6 routines, 8 exercises", "Display     offscreen", "Voice  "])
def test_its_doctor_finds_what_a_session_needs(found: str, doctor: str) -> None:
    assert f"ok    {found}" in doctor


@pytest.mark.slow
def test_every_routine_has_a_preview(installed: Any) -> None:
    previews = installed.previews()
    assert len(previews) == 6
    assert all(len(preview.splitlines()) > 10 for preview in previews.values())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it is asked to end as POSIX does")
def test_its_window_shows_all_routines(installed: Any) -> None:
    assert installed.window() == ["cards 6"]


@pytest.mark.slow
def test_it_comes_with_its_license_and_that_of_its_typeface(installed: Any) -> None:
    at = installed.folder().parent / f"chain_timer-{__version__}.dist-info" / "licenses"
    assert "MIT" in (at / "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (at / "resources/fonts/OFL.txt").read_text(encoding="utf-8")
