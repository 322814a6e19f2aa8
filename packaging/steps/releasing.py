"""Makes a release: ``packaging/release X.Y.Z [--dry-run]``.

All is checked before anything is changed; what was changed is undone when a later step fails. The tag comes
last, when the files to be handed out are there and were looked into. Nothing is pushed.
"""

import argparse
import difflib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from packaging.version import InvalidVersion, Version
from places import ROOT, version
from project_facts import facts
from release import checksums, release_notes, verify_release

BRANCH = "main"
CHANGELOG, INIT = "CHANGELOG.md", "chain_timer/__init__.py"
_TARGETS = ("wheel", "linux")
_AS_IT_WAS = "Nothing was released; the commit is undone, all is as it was."
_NUMBERS = 3
_LINE = re.compile(r'^__version__ = "[^"]+"$', re.MULTILINE)
_MOMENT = re.compile(r" (\d+) [+-]\d{4}$")


class ReleaseError(Exception):
    """No release was made; the text says why, and all is as it was."""


@dataclass(frozen=True, slots=True)
class Project:
    """A checkout to be released, with the steps that take long: tests give others."""

    root: Path
    address: str
    """Where its sources are, for the links in the change log."""
    build: Callable[[], None]
    """Makes the files of the release in ``dist``. Raises ReleaseError."""
    problems: Callable[[Path, str], list[str]] = verify_release.problems
    """Lists what is wrong with them."""

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    def git(self, *arguments: str, told: str | None = None, moment: str | None = None) -> str:
        """Ask git, and give its answer. Raises ReleaseError with its words."""
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],  # noqa: S607 - wherever it is installed
            env={
                **os.environ,
                **({"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment} if moment else {}),
            },
            input=told,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ReleaseError(f"git {arguments[0]} failed: {(done.stderr or done.stdout).strip()}")
        return done.stdout.strip()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("packaging/release", description="Make a release; nothing is pushed.")
    parser.add_argument("version", help="such as 1.2.0, or 1.2.0rc1 before it")
    parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and change nothing")
    asked = parser.parse_args(arguments)
    # A release that is ended from outside is undone like one that fails.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    project = Project(ROOT, facts().source, build)
    try:
        told = rehearse(project, asked.version) if asked.dry_run else release(project, asked.version)
    except ReleaseError as error:
        print(f"packaging/release: {error}", file=sys.stderr)
        return 1
    print(told)
    return 0


def build() -> None:
    """Build all that is handed out on Linux, dated by the commit of the release."""
    surroundings = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run([str(ROOT / "packaging" / "build"), *_TARGETS], env=surroundings, check=False)
    if done.returncode:
        raise ReleaseError("packaging/build failed; what it said is above")


def release(project: Project, new: str) -> str:
    """Make a release, and tell what is to be done with it. Raises ReleaseError, with all as it was."""
    moment = _moment(project)
    _refuse(problems(project, new))
    texts = changed(project, new, _day(moment))
    with _undone_on_failure(project, new):
        for name, text in texts.items():
            (project.root / name).write_text(text, encoding="utf-8")
        project.git("commit", "--quiet", "-m", f"release: {new}", "--", *texts, moment=f"@{moment}")
        project.build()
        files = [project.dist / name for name in verify_release.names(new)]
        _refuse([f"{path.name} was not made" for path in files if not path.is_file()])
        checksums.write(files, project.dist)
        _refuse(project.problems(project.dist, new))
        _tag(project, new, texts[CHANGELOG])
    return closing(project, new)


def rehearse(project: Project, new: str) -> str:
    """Tell every step of a release without doing any. Raises ReleaseError with what stands in its way."""
    moment = _moment(project)
    _refuse(problems(project, new))
    texts = changed(project, new, _day(moment))
    differences = [
        line
        for name, text in texts.items()
        for line in difflib.unified_diff(
            (project.root / name).read_text(encoding="utf-8").splitlines(),
            text.splitlines(),
            name,
            name,
            "",
            "",
            1,
            "",
        )
    ]
    steps = (
        f"1. change the version and the change log:\n{_indented(differences)}",
        f'2. commit them as "release: {new}"',
        f"3. packaging/build {' '.join(_TARGETS)}, for dist/:\n{_indented(verify_release.names(new))}",
        f"4. write {checksums.NAME}, and look into every file: name, size, version",
        f"5. tag v{new} with the section of the change log",
    )
    return "\n".join((f"Would release {new}, and nothing is in the way:", *steps))


def problems(project: Project, new: str) -> list[str]:
    """List all that stands in the way of a release."""
    wrong = []
    branch = project.git("rev-parse", "--abbrev-ref", "HEAD")
    if branch != BRANCH:
        wrong.append(f"this is the branch {branch}, and releases are made on {BRANCH}: git switch {BRANCH}")
    if changes := project.git("status", "--porcelain"):
        wrong.append(f"there are changes that are not committed:\n{_indented(changes.splitlines())}")
    wrong += _wrong_with_version(project, new)
    try:
        release_notes.unreleased((project.root / CHANGELOG).read_text(encoding="utf-8"))
    except release_notes.NotesError as error:
        wrong.append(str(error))
    return wrong


def _wrong_with_version(project: Project, new: str) -> Iterator[str]:
    try:
        wanted = Version(new)
    except InvalidVersion:
        yield f"{new} is no version; write one like 1.2.0, or 1.2.0rc1 before it"
        return
    if (
        str(wanted) != new
        or len(wanted.release) != _NUMBERS
        or wanted.local
        or wanted.is_devrelease
        or wanted.epoch
    ):
        yield f"{new} is not written as releases are: 1.2.0, or 1.2.0rc1 before it"
    if wanted.is_postrelease:
        yield f"{new} comes after a release without a number of its own: take the next one"
    now = version(project.root)
    if wanted <= Version(now):
        yield f"{new} is not newer than {now}, which the sources have now"
    tags = _tags(project)
    if new in tags:
        yield f"the tag v{new} is there already"
    elif tags and wanted <= max(map(Version, tags)):
        yield f"{new} is not newer than {max(tags, key=Version)}, which has a tag"


def changed(project: Project, new: str, day: date) -> Mapping[str, str]:
    """Give the files that a release changes, as they will be. Raises ReleaseError."""
    init = (project.root / INIT).read_text(encoding="utf-8")
    changelog = (project.root / CHANGELOG).read_text(encoding="utf-8")
    before = max(_tags(project), key=Version, default=None)
    try:
        notes = release_notes.released(changelog, new, day, project.address, before)
    except release_notes.NotesError as error:
        raise ReleaseError(str(error)) from error
    return {INIT: _LINE.sub(f'__version__ = "{new}"', init, count=1), CHANGELOG: notes}


def closing(project: Project, new: str) -> str:
    """Tell what is left to do by hand, and how to take the release back."""
    made = (*verify_release.names(new), checksums.NAME)
    return "\n".join(
        (
            f"Chain Timer {new} is committed and tagged; nothing was pushed. To hand it out:",
            f"  git push origin {BRANCH} v{new}",
            f"  {project.address}/releases/new?tag=v{new}, with these files of dist/:",
            *(f"    {name}" for name in made),
            "To take it back before that:",
            f"  git tag -d v{new} && git reset --keep HEAD~1",
        )
    )


@contextmanager
def _undone_on_failure(project: Project, new: str) -> Iterator[None]:
    """Leave the commit, the files and ``dist`` as they were when something goes wrong, whatever it is."""
    original = project.git("rev-parse", "HEAD")
    sums = project.dist / checksums.NAME
    before = sums.read_bytes() if sums.is_file() else None
    try:
        yield
    except BaseException as failure:
        why = _undo(project, original)
        for name in (*verify_release.names(new), checksums.NAME):
            (project.dist / name).unlink(missing_ok=True)
        if before is not None:
            sums.write_bytes(before)
        if why:
            print(
                f"packaging/release: the release could not be undone: {why}\n"
                f"By hand: git restore --staged --worktree {INIT} {CHANGELOG} && git reset --keep {original}",
                file=sys.stderr,
            )
        elif isinstance(failure, ReleaseError):
            raise ReleaseError(f"{failure}\n{_AS_IT_WAS}") from failure
        else:
            print(f"packaging/release: {_AS_IT_WAS}", file=sys.stderr)
        raise


def _undo(project: Project, original: str) -> str:
    """Go back to a commit, and leave alone what else was changed; gives why it could not be done."""
    try:
        project.git("restore", "--staged", "--worktree", "--", INIT, CHANGELOG)
        project.git("reset", "--quiet", "--keep", original)
    except ReleaseError as error:
        return str(error)
    return ""


def _tag(project: Project, new: str, changelog: str) -> None:
    notes = release_notes.section(changelog, new)
    # As it is: git takes headings for comments otherwise.
    words = ("--annotate", "--cleanup=whitespace", "--file=-")
    project.git("tag", *words, f"v{new}", told=f"Chain Timer {new}\n\n{notes}\n")


def _tags(project: Project) -> list[str]:
    """List the versions that have a tag."""
    names = project.git("tag", "--list", "v[0-9]*").split()
    return [name.removeprefix("v") for name in names if _is_version(name.removeprefix("v"))]


def _is_version(name: str) -> bool:
    try:
        Version(name)
    except InvalidVersion:
        return False
    return True


def _moment(project: Project) -> str:
    """Ask git what time a commit made now would have, in seconds since 1970. Raises ReleaseError."""
    said = project.git("var", "GIT_COMMITTER_IDENT")
    found = _MOMENT.search(said)
    if found is None:
        raise ReleaseError(f"git does not say when it is: {said}")
    return found[1]


def _day(moment: str) -> date:
    return datetime.fromtimestamp(int(moment), UTC).date()


def _refuse(wrong: Sequence[str]) -> None:
    if wrong:
        raise ReleaseError("\n- ".join(("no release:", *wrong)))


def _indented(lines: Sequence[str] | Mapping[str, object]) -> str:
    return "\n".join(f"     {line}" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
