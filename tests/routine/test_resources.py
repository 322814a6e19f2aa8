import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import chain_timer
from chain_timer.resources import ResourcesMissingError, find_resources, resource_path

PACKAGE = Path(chain_timer.__file__).parent
CHECKOUT = PACKAGE.parent
READS_THE_LIBRARY = (
    "import sys; sys.path.insert(0, sys.argv[1])\n"
    "from chain_timer.routine.library import Library\n"
    "from chain_timer.resources import resource_path\n"
    "print(len(Library.built_in().routines), resource_path())"
)


def lay_out(package: Path, resources: Path) -> None:
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "resources"))
    shutil.copytree(resource_path(), resources)


def read_in_a_new_process(path: Path, before: str = "") -> str:
    command = [sys.executable, "-I", "-c", before + READS_THE_LIBRARY, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=path).stdout.strip()


def test_a_checkout_has_them_beside_the_package(tmp_path: Path) -> None:
    lay_out(tmp_path / "chain_timer", tmp_path / "resources")
    assert read_in_a_new_process(tmp_path) == f"6 {tmp_path / 'resources'}"


def test_a_wheel_has_them_inside_the_package(tmp_path: Path) -> None:
    lay_out(tmp_path / "chain_timer", tmp_path / "chain_timer" / "resources")
    assert read_in_a_new_process(tmp_path) == f"6 {tmp_path / 'chain_timer' / 'resources'}"


def test_a_wheel_is_told_to_take_them_along() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"resources": "chain_timer/resources"}


def test_a_bundle_has_them_at_its_top(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    lay_out(tmp_path / "code" / "chain_timer", bundle / "resources")
    frozen = f"import sys; sys._MEIPASS = {str(bundle)!r}\n"
    assert read_in_a_new_process(tmp_path / "code", frozen) == f"6 {bundle / 'resources'}"


def test_a_bundle_goes_before_whatever_lies_beside_the_package(tmp_path: Path) -> None:
    for folder in ("bundle/resources/routines", "code/resources/routines"):
        (tmp_path / folder).mkdir(parents=True)
    assert (
        find_resources(tmp_path / "code" / "chain_timer", tmp_path / "bundle")
        == tmp_path / "bundle/resources"
    )


def test_without_them_it_says_to_install_again(tmp_path: Path) -> None:
    with pytest.raises(ResourcesMissingError, match="install Chain Timer again"):
        find_resources(tmp_path / "chain_timer")


def test_a_file_is_named_by_its_parts() -> None:
    assert resource_path("routines", "desk-break.toml").is_file()
