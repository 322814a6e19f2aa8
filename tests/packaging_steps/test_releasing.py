"""A release is one command: all of it happens, or nothing."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from helpers.shipping import lay, step

releasing = step("releasing")
verify_release = step("verify_release")
ReleaseError = releasing.ReleaseError

INIT = '"""A timer."""\n\n__version__ = "0.1.0"\n'
CHANGELOG = "# Changelog\n\n## Unreleased\n\n### Added\n\n- Ropes.\n\n## 0.1.0\n\n- The first version.\n"
NOON = 1_795_435_200  # 2026-11-23


@dataclass
class Sources:
    """A small checkout in a real repository, and steps that take no time."""

    root: Path
    seen: list[str] = field(default_factory=list)
    """What the version and the last commit were when it was built."""
    fail: Callable[[], None] = lambda: None
    wrong: list[str] = field(default_factory=list)

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.root), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def read(self, name: str) -> str:
        return (self.root / name).read_text()

    def commit(self, name: str, text: str) -> None:
        lay(self.root, name, text.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", f"change {name}")

    def build(self) -> None:
        version = step("places").version(self.root)
        self.seen += [version, self.git("log", "-1", "--format=%s")]
        for name in verify_release.names(version):
            lay(self.root, f"dist/{name}", name.encode())
        self.fail()

    @property
    def project(self) -> Any:
        return releasing.Project(
            self.root, "https://example.org/timer", self.build, lambda _dist, _version: self.wrong
        )

    def release(self, version: str = "0.2.0") -> str:
        told: str = releasing.release(self.project, version)
        return told

    def state(self) -> tuple[object, ...]:
        """Give all that must be the same after a release that failed."""
        files = sorted(path for path in self.root.rglob("*") if path.is_file() and ".git" not in path.parts)
        contents = {str(path): path.read_bytes() for path in files}
        return (self.git("rev-parse", "HEAD"), self.git("status", "--porcelain"), self.git("tag"), contents)


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sources:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"@{NOON} +0000")
    made = Sources(tmp_path / "timer")
    made.root.mkdir()
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("config", "user.name", "Somebody")
    made.git("config", "user.email", "somebody@example.org")
    lay(made.root, ".gitignore", b"dist/\n")
    lay(made.root, "chain_timer/__init__.py", INIT.encode())
    made.commit("CHANGELOG.md", CHANGELOG)
    return made


def refused(sources: Sources, version: str = "0.2.0") -> str:
    before = sources.state()
    with pytest.raises(ReleaseError) as caught:
        sources.release(version)
    assert sources.state() == before
    return str(caught.value)


def test_the_version_is_set_in_its_one_place(sources: Sources) -> None:
    sources.release()
    assert sources.read("chain_timer/__init__.py") == INIT.replace("0.1.0", "0.2.0")


def test_what_changed_is_moved_to_the_version_and_its_day(sources: Sources) -> None:
    sources.release()
    assert "## [Unreleased]\n\n## [0.2.0] - 2026-11-23\n\n### Added\n" in sources.read("CHANGELOG.md")


def test_it_is_one_commit_of_these_two_files(sources: Sources) -> None:
    sources.release()
    assert sources.git("log", "--format=%s", "-1") == "release: 0.2.0"
    assert sources.git("rev-list", "--count", "HEAD") == "2"
    changed = sources.git("show", "--format=", "--name-only").split()
    assert changed == ["CHANGELOG.md", "chain_timer/__init__.py"]
    assert sources.git("status", "--porcelain") == ""


def test_the_commit_has_the_time_of_the_day_in_the_change_log(sources: Sources) -> None:
    sources.release()
    assert sources.git("log", "-1", "--format=%at %ct") == f"{NOON} {NOON}"


def test_what_is_built_is_what_was_committed(sources: Sources) -> None:
    sources.release()
    assert sources.seen == ["0.2.0", "release: 0.2.0"]


def test_the_tag_carries_the_section_with_its_headings(sources: Sources) -> None:
    sources.release()
    assert sources.git("cat-file", "-t", "v0.2.0") == "tag"
    assert sources.git("tag", "--list", "--format=%(contents)", "v0.2.0") == (
        "Chain Timer 0.2.0\n\n### Added\n\n- Ropes."
    )


def test_every_file_has_its_sum(sources: Sources) -> None:
    sources.release()
    sums = sources.read("dist/SHA256SUMS").split()[1::2]
    assert sums == sorted(verify_release.names("0.2.0"))


def test_it_tells_what_is_to_be_pushed_and_handed_out(sources: Sources) -> None:
    told = sources.release()
    assert "git push origin main v0.2.0" in told
    assert all(name in told for name in (*verify_release.names("0.2.0"), "SHA256SUMS"))


def test_the_next_release_is_linked_with_the_one_before(sources: Sources) -> None:
    sources.release("0.2.0rc1")
    text = sources.read("CHANGELOG.md").replace("## [Unreleased]\n", "## [Unreleased]\n\n- Sails.\n")
    sources.commit("CHANGELOG.md", text)
    sources.release("0.2.0")
    assert "[0.2.0]: https://example.org/timer/compare/v0.2.0rc1...v0.2.0" in sources.read("CHANGELOG.md")


def test_a_rehearsal_tells_all_and_changes_nothing(sources: Sources) -> None:
    before = sources.state()
    told = releasing.rehearse(sources.project, "0.2.0")
    assert '+__version__ = "0.2.0"' in told
    assert "+## [0.2.0] - 2026-11-23" in told
    assert (sources.state(), sources.seen) == (before, [])


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("0.1.0", "not newer than 0.1.0"),
        ("0.0.9", "not newer"),
        ("0.1.0rc1", "not newer"),
        ("0.2", "not written as releases are"),
        ("v0.2.0", "not written as releases are"),
        ("0.2.0-rc1", "not written as releases are"),
        ("0.2.0.dev1", "not written as releases are"),
        ("0.2.0+mine", "not written as releases are"),
        ("0.2.0.post1", "take the next one"),
        ("next", "no version"),
        ("", "no version"),
    ],
)
def test_a_version_that_is_none_or_not_newer_is_refused(version: str, why: str, sources: Sources) -> None:
    assert why in refused(sources, version)


def test_a_version_below_one_with_a_tag_is_refused(sources: Sources) -> None:
    sources.git("tag", "v0.5.0")
    assert "0.2.0 is not newer than 0.5.0, which has a tag" in refused(sources)


def test_a_tag_that_is_there_is_refused(sources: Sources) -> None:
    sources.git("tag", "v0.2.0")
    assert "the tag v0.2.0 is there already" in refused(sources)


def test_all_that_stands_in_the_way_is_told_at_once(sources: Sources) -> None:
    sources.commit("CHANGELOG.md", "# Changelog\n\n## Unreleased\n")
    sources.git("switch", "--quiet", "--create", "work")
    lay(sources.root, "notes.txt", b"")
    said = refused(sources, "0.1.0")
    assert all(
        each in said
        for each in ("the branch work", "?? notes.txt", "not newer than 0.1.0", 'nothing under "Unreleased"')
    )


def fail_with(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_a_build_that_fails_leaves_all_as_it_was(sources: Sources) -> None:
    sources.fail = fail_with(ReleaseError("packaging/build failed"))
    said = refused(sources)
    assert "packaging/build failed" in said
    assert "the commit is undone, all is as it was" in said


def test_files_with_problems_leave_all_as_it_was(sources: Sources) -> None:
    sources.wrong = ["x.deb has 63 MB"]
    assert "x.deb has 63 MB" in refused(sources)


def test_a_file_that_was_not_made_leaves_all_as_it_was(sources: Sources) -> None:
    missing = "dist/chain_timer-0.2.0.tar.gz"
    sources.fail = (sources.root / missing).unlink
    assert "chain_timer-0.2.0.tar.gz was not made" in refused(sources)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(143), OSError("the disk is full")])
def test_whatever_breaks_it_off_leaves_all_as_it_was_and_says_so(
    error: BaseException, sources: Sources, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(sources.root, "dist/SHA256SUMS", b"the sums of the last release\n")
    before = sources.state()
    sources.fail = fail_with(error)
    with pytest.raises(type(error)):
        sources.release()
    assert sources.state() == before
    assert "the commit is undone, all is as it was" in capsys.readouterr().err


def test_a_commit_that_is_refused_leaves_all_as_it_was(sources: Sources) -> None:
    hook = lay(sources.root, ".git/hooks/pre-commit", b"#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    assert "not today" in refused(sources)
    assert sources.seen == []


def test_what_was_written_meanwhile_is_kept_when_a_release_is_undone(sources: Sources) -> None:
    def fail() -> None:
        lay(sources.root, ".gitignore", b"dist/\nbuild/\n")
        raise ReleaseError("packaging/build failed")

    sources.fail = fail
    with pytest.raises(ReleaseError):
        sources.release()
    assert sources.read(".gitignore") == "dist/\nbuild/\n"
    assert sources.git("status", "--porcelain") == "M .gitignore"
    assert sources.read("chain_timer/__init__.py") == INIT


def test_what_cannot_be_undone_is_told_with_how_to_do_it(
    sources: Sources, capsys: pytest.CaptureFixture[str]
) -> None:
    head = sources.git("rev-parse", "HEAD")

    def lock() -> None:
        lay(sources.root, ".git/index.lock", b"")
        raise ReleaseError("packaging/build failed")

    sources.fail = lock
    with pytest.raises(ReleaseError, match=r"packaging/build failed$"):
        sources.release()
    assert f"git reset --keep {head}" in capsys.readouterr().err


def test_without_a_name_to_commit_under_nothing_begins(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources.git("config", "user.useConfigOnly", "true")
    sources.git("config", "--unset", "user.email")
    monkeypatch.setenv("EMAIL", "")
    assert "git var failed" in refused(sources)
    assert sources.seen == []
