"""Damaging files: the changes suit the kind of file, and a reader that fails is noticed."""

import json
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from fitdecode.utils import compute_crc

CHECKOUT = Path(__file__).parents[2]
SAMPLES = CHECKOUT / "tests" / "exchange" / "samples"
TOOL = CHECKOUT / "tools" / "fuzz_readers.py"


@pytest.fixture
def changes(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(CHECKOUT / "tools"))
    import fuzz_changes  # noqa: PLC0415 - a tool is found only now

    return fuzz_changes


def fuzz(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(TOOL), "--seconds", "1", "--blind", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def damaged(changes: ModuleType, name: str, count: int = 200) -> list[bytes]:
    data = (SAMPLES / name).read_bytes()
    return [changes.changed(data, Random(seed), [data]) for seed in range(count)]  # noqa: S311 - no secret


def is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


def is_archive(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, zlib.error):
        return False


def test_the_same_seed_makes_the_same_files(changes: ModuleType) -> None:
    name = "just-another/Backup.json"
    assert damaged(changes, name, 20) == damaged(changes, name, 20)


def test_most_files_are_still_what_they_were(changes: ModuleType) -> None:
    assert sum(map(is_json, damaged(changes, "just-another/Backup.json"))) > 100
    assert sum(map(is_archive, damaged(changes, "bundle/door-and-wall.chain-timer"))) > 100
    fits = damaged(changes, "fit/strength.fit")
    assert sum(compute_crc(data) == 0 and data[8:12] == b".FIT" for data in fits) > 100


def test_hardly_any_is_unharmed(changes: ModuleType) -> None:
    for name in ("just-another/Backup.json", "fit/strength.fit", "text/list.txt"):
        data = (SAMPLES / name).read_bytes()
        assert sum(each == data for each in damaged(changes, name)) < 30


@pytest.mark.slow
def test_a_reader_that_stands_it_is_told() -> None:
    done = fuzz("toml")
    assert done.returncode == 0
    assert done.stdout.startswith("toml: ")
    assert done.stdout.endswith(" files, well\n")


@pytest.mark.slow
def test_a_reader_that_fails_is_told_with_the_file(tmp_path: Path) -> None:
    broken = (
        "import sys; sys.argv[0] = sys.argv.pop(1); sys.path[:0] = [sys.argv.pop(1)]\n"
        "import fuzz_readers, chain_timer.exchange.text_lists as lists\n"
        "def read(*_): raise KeyError('x')\n"
        "lists.read = read\n"
        "sys.exit(fuzz_readers.main())"
    )
    arguments = ["text", "--here", "--blind", "--seconds", "5", "--keep", str(tmp_path)]
    command = [sys.executable, "-c", broken, str(TOOL), str(TOOL.parent), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (kept,) = tmp_path.iterdir()
    assert done.returncode == 1
    assert f"kept as {kept}" in done.stdout
    assert "KeyError" in done.stderr


def test_a_format_that_is_none_is_refused() -> None:
    done = fuzz("docx")
    assert done.returncode == 2
    assert "there is no format docx" in done.stderr
