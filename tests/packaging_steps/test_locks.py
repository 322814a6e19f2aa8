"""What is locked is what the project asks for, each package with its hashes, from the public index alone."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
LOCKS = CHECKOUT / "packaging" / "locks"
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
SYSTEMS = ("linux", "win32", "darwin")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

Locked = list[tuple[Requirement, int]]


def locked(name: str) -> Locked:
    """List what a lock holds, each with the number of its hashes."""
    text = (LOCKS / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return [(Requirement(line.partition("--hash")[0]), line.count("--hash=sha256:")) for line in lines]


def versions(requirement: Requirement, lock: Locked, surroundings: dict[str, str]) -> list[str]:
    """List the versions that a lock has of what is asked for, in some surroundings."""
    return [
        re.sub("^==", "", str(each.specifier))
        for each, _ in lock
        if canonicalize_name(each.name) == canonicalize_name(requirement.name)
        and (each.marker is None or each.marker.evaluate(surroundings))
    ]


@pytest.mark.parametrize("name", ["runtime.txt", "build.txt"])
def test_every_package_has_hashes(name: str) -> None:
    lock = locked(name)
    assert lock
    assert [str(each) for each, hashes in lock if hashes == 0] == []


@pytest.mark.parametrize("name", ["runtime.txt", "build.txt"])
def test_it_tells_nothing_of_the_machine_it_was_made_on(name: str) -> None:
    text = (LOCKS / name).read_text(encoding="utf-8")
    assert re.findall(r"--index-url|--extra|--find-links|://|file:| /\S+|\\\\Users", text) == []


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_what_the_program_needs_is_locked_once_in_a_version_it_allows(system: str, python: str) -> None:
    surroundings = {
        "sys_platform": system,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "platform_system": {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}[system],
    }
    lock = locked("runtime.txt")
    for text in PROJECT["project"]["dependencies"]:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(surroundings):
            found = versions(requirement, lock, surroundings)
            assert len(found) == 1, text
            assert requirement.specifier.contains(found[0]), text


def test_what_is_locked_for_both_is_the_same() -> None:
    shipped = {(each.name, str(each.specifier)) for each, _ in locked("runtime.txt")}
    names = {name for name, _ in shipped}
    builds = {(each.name, str(each.specifier)) for each, _ in locked("build.txt")}
    assert {each for each in builds if each[0] in names} <= shipped


def test_the_voice_of_macos_has_what_its_driver_imports() -> None:
    macos = {each.name for each, _ in locked("runtime.txt") if "darwin" in str(each.marker)}
    assert "pyobjc-framework-cocoa" in macos
