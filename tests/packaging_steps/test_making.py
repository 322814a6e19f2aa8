"""The build command: what it makes, in which order, dated by when."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from helpers.shipping import STEPS, step

from chain_timer import __version__

making = step("making")
places = step("places")
verifying = step("verifying")
environment = step("environment")


def test_every_step_of_every_target_is_there() -> None:
    missing = {each for target in making.TARGETS for each in making.steps_of([target])}
    assert {name for name in missing if not (STEPS / f"{name.replace('.', '/')}.py").is_file()} == set()


def test_a_step_that_two_targets_share_is_taken_once() -> None:
    steps = making.steps_of(["linux", "wheel", "linux"])
    assert len(steps) == len(set(steps))
    assert steps.index("bundles.bundle") < steps.index("bundles.tarball")


@pytest.mark.parametrize("targets", [[], ["amiga"], ["wheel", "amiga"]])
def test_an_unknown_target_is_refused_with_those_there_are(targets: list[str]) -> None:
    with pytest.raises(making.UnknownTargetError, match="wheel icons linux"):
        making.steps_of(targets)


def test_the_steps_are_taken_in_order_and_tell_what_they_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("first_step", "second_step"):
        fake = SimpleNamespace(make=lambda out, name=name: [out / name])
        monkeypatch.setitem(sys.modules, name, fake)
    assert making.take(["first_step", "second_step"], tmp_path) == [
        tmp_path / "first_step",
        tmp_path / "second_step",
    ]


def test_the_version_is_the_one_of_the_program() -> None:
    assert places.version() == __version__


def test_a_checkout_without_a_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "chain_timer").mkdir()
    (tmp_path / "chain_timer" / "__init__.py").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="names no __version__"):
        places.version(tmp_path)


def test_files_are_dated_by_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert places.epoch() == 1_700_000_000


def test_files_are_dated_by_the_last_commit_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-02T03:04:05+0000")
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "-m", "x"], check=True)
    assert places.epoch(tmp_path) == 1_767_323_045


def test_without_a_commit_a_date_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ValueError, match="set SOURCE_DATE_EPOCH"):
        places.epoch(tmp_path)


def test_every_proof_can_be_named() -> None:
    assert {"bundle", "reproducible"} <= set(verifying.names())


def test_an_unknown_proof_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert verifying.main(["everything"]) == 2
    assert "bundle" in capsys.readouterr().err


def test_a_proof_that_fails_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise AssertionError("the window stayed black")

    monkeypatch.setattr(verifying, "modules", lambda: {"mood": "proofs.verify_mood"})
    monkeypatch.setitem(sys.modules, "proofs.verify_mood", SimpleNamespace(verify=fail))
    assert not verifying.verify("mood")
    assert capsys.readouterr().err == "FAIL   mood: the window stayed black\n"


def test_only_what_was_locked_is_installed() -> None:
    wanted = environment.requirements()
    assert wanted[:2] == ["--no-deps", "--require-hashes"]
    assert [Path(part).name for part in wanted if part.endswith(".txt")] == ["build.txt", "runtime.txt"]


def test_another_lock_makes_another_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = environment.key()
    lock = tmp_path / "build.txt"
    lock.write_text("pyinstaller==99\n", encoding="utf-8")
    monkeypatch.setattr(environment, "LOCKS", (lock, environment.LOCKS[1]))
    assert environment.key() != before
