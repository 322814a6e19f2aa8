"""The sums are those of sha256sum, in an order that does not depend on the machine."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers.shipping import lay, step

checksums = step("checksums")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = [lay(tmp_path, name, name.encode()) for name in ("b.whl", "a.deb")]
    checksums.write(files, tmp_path)
    return tmp_path


def test_they_stand_in_order_of_the_names(folder: Path) -> None:
    sums = [(hashlib.sha256(name.encode()).hexdigest(), name) for name in ("a.deb", "b.whl")]
    assert (folder / "SHA256SUMS").read_text() == "".join(f"{digest}  {name}\n" for digest, name in sums)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_sha256sum_checks_them(folder: Path) -> None:
    command = ["sha256sum", "-c", "SHA256SUMS"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0


def test_nothing_is_wrong_with_what_was_just_written(folder: Path) -> None:
    assert checksums.problems(folder, ["a.deb", "b.whl"]) == []


def test_a_file_that_changed_is_named(folder: Path) -> None:
    lay(folder, "a.deb", b"another")
    assert checksums.problems(folder, ["a.deb", "b.whl"]) == [
        "a.deb is not the file whose sum stands in SHA256SUMS"
    ]


def test_a_file_without_a_sum_and_a_sum_without_a_file_are_named(folder: Path) -> None:
    assert checksums.problems(folder, ["a.deb", "c.json"]) == [
        "SHA256SUMS says nothing of c.json",
        "SHA256SUMS tells of b.whl, which is not of this version",
    ]


def test_missing_sums_are_named(tmp_path: Path) -> None:
    assert "SHA256SUMS cannot be read" in checksums.problems(tmp_path, [])[0]
