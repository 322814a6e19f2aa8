"""The workflows: the actions are named by commit, rights are few, and what they start is there."""

import re
from pathlib import Path

import pytest
from helpers.shipping import step

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
NAMES = ("checks.yml", "packages.yml")
COMMIT = re.compile(r"actions/[a-z-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+(?: # .*)?")


def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def job(name: str) -> str:
    """The lines of a job that builds packages."""
    return re.split(r"^  (?=\w+:\n)", text("packages.yml").partition("\njobs:\n")[2], flags=re.MULTILINE)[
        1 + ["linux", "flatpak", "windows", "macos", "release"].index(name)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_one_of_the_servers_own_and_named_by_its_commit(name: str) -> None:
    used = re.findall(r"uses: (.+)$", text(name), re.MULTILINE)
    assert used
    assert [each for each in used if not COMMIT.fullmatch(each)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_may_nothing_and_its_jobs_only_read(name: str) -> None:
    assert "\npermissions: {}\n" in text(name)
    blocks = re.findall(r"permissions:\n((?: {6}\S.*\n)+)", text(name))
    given = re.findall(r"^ {6}(\S+: \w+)", "".join(blocks), re.MULTILINE)
    writing = [each for each in given if each != "contents: read"]
    assert writing == (["contents: write"] if name == "packages.yml" else [])


def test_only_the_release_may_write_and_only_for_a_tag() -> None:
    assert "contents: write" in job("release")
    assert "if: startsWith(github.ref, 'refs/tags/v')" in job("release")
    assert "needs: [linux, flatpak, windows, macos]" in job("release")


@pytest.mark.parametrize("name", NAMES)
def test_no_words_from_outside_are_run(name: str) -> None:
    # What GitHub puts into a script is run by it; names come through the environment.
    scripts = re.findall(r"run: \|\n((?: {10}.*\n|\n)+)|run: ([^|\n].*)", text(name))
    assert scripts
    assert not [each for pair in scripts for each in pair if "${{" in each]


@pytest.mark.parametrize("name", NAMES)
def test_no_job_runs_without_end_or_leaves_a_key_behind(name: str) -> None:
    jobs = len(re.findall(r"^    runs-on:", text(name), re.MULTILINE))
    assert len(re.findall(r"^    timeout-minutes:", text(name), re.MULTILINE)) == jobs
    assert text(name).count("actions/checkout@") == text(name).count("persist-credentials: false") == jobs


def test_every_target_is_built() -> None:
    built = re.findall(r"run: packaging/build (.+)$", text("packages.yml"), re.MULTILINE)
    targets = {target for line in built for target in line.split()}
    assert targets == step("making").TARGETS.keys() - {"icons"}


def test_the_checks_are_the_command_that_people_use() -> None:
    for command in (".ci/run", "./test", "./test.ps1"):
        assert f"- run: {command}\n" in text("checks.yml")
        assert (ROOT / command).is_file()
