"""``import``: files of many kinds brought in, told of, and written all or not at all."""

import json
import os
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.zips import zipped

from chain_timer.cli import bring_report
from chain_timer.routine import own_files
from chain_timer.routine.own_files import OwnFiles

Run = Callable[..., Any]
SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"
BACKUP = SAMPLES / "just-another" / "Backup.json"
COLLECTION = SAMPLES / "free-exercise-db" / "exercises.json"
BUNDLE = SAMPLES / "bundle" / "door-and-wall.chain-timer"
EXERCISE = SAMPLES / "toml" / "exercise.toml"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and signals of POSIX")


def entry(number: int) -> dict[str, object]:
    marks = {"primaryMuscles": ["calves"], "instructions": ["Stand."], "category": "stretching"}
    return {"name": f"Move {number}", **marks}


@pytest.fixture
def collection(tmp_path: Path) -> Callable[[int], Path]:
    """Write a collection of so many exercises."""

    def write(count: int) -> Path:
        path = tmp_path / "collection.json"
        path.write_text(json.dumps([entry(number) for number in range(count)]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def bring(run: Run) -> Run:
    return lambda *arguments: run("import", *map(str, arguments))


def files_in(folder: Path) -> list[str]:
    kept = ("routines", "exercises")
    found = (path for each in kept for path in (folder / each).glob("**/*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


# --- what is told ----------------------------------------------------------------------------------------


def test_a_backup_is_brought_in_with_a_clear_account(bring: Run, home: Path) -> None:
    done = bring(BACKUP)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{BACKUP}: Just Another Workout Timer",
        "  1 routine",
        "    Morning  7:51  4 exercises",
        "  4 new exercises: Jumping jacks, Plank, Lunges, Child's pose",
        f"  Written to {home / 'routines'}: 1 routine: morning.toml",
        (
            f"  Written to {home / 'exercises'}: 4 exercises: "
            "jumping-jacks.toml, plank.toml, lunges.toml, child-s-pose.toml"
        ),
    ]


def test_what_was_brought_in_can_be_played(bring: Run, run: Run) -> None:
    bring(BACKUP)
    assert "Jumping jacks" in run("preview", "morning").out
    assert run("show", "Morning").code == 0


def test_the_file_is_known_by_its_content(bring: Run, tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(BACKUP.read_bytes())
    assert bring("--dry-run", path).out.splitlines()[0] == f"{path}: Just Another Workout Timer"


def test_a_dry_run_writes_nothing(bring: Run, home: Path) -> None:
    done = bring(BACKUP, "--dry-run")
    assert done.code == 0
    assert done.out.splitlines()[-1] == f"  Nothing was written to {home}"
    assert files_in(home) == []


def test_of_many_exercises_the_first_are_named(bring: Run, collection: Callable[[int], Path]) -> None:
    done = bring("--dry-run", collection(873))
    assert "  873 new exercises: Move 0, Move 1, Move 2, Move 3, Move 4 and 868 more\n" in done.out


def test_of_many_losses_the_first_are_listed(bring: Run, tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps([entry(0), *[{"name": 5}] * 30]), encoding="utf-8")
    lines = bring("--dry-run", path).out.splitlines()
    told = [line for line in lines if line.startswith("    exercise ")]
    assert len(told) == 20
    assert any(line.startswith("    and ") and line.endswith("more; --all lists them") for line in lines)
    everything = bring("--dry-run", "--all", path).out
    assert sum(line.startswith("    exercise ") for line in everything.splitlines()) > 30
    assert "--all lists them" not in everything


def test_of_many_problems_the_first_are_listed(bring: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('name = "Bad"\nexercises = [' + '"none-such",' * 30 + "]\n", encoding="utf-8")
    few, every = bring(path), bring(path, "--all")
    assert few.code == every.code == 2
    assert len(few.err.splitlines()) == 21
    assert few.err.splitlines()[-1] == f"{path}: and 10 more; --all lists them"
    assert len(every.err.splitlines()) == 30


def test_names_from_outside_cannot_write_over_the_screen(bring: Run, tmp_path: Path) -> None:
    path = tmp_path / "red.json"
    evil = json.loads(BACKUP.read_text(encoding="utf-8"))
    evil["workouts"][0]["title"] = "\x1b[31mRed\x1b]0;own\x07\u202e"
    evil["workouts"][0]["sets"][0]["exercises"][0]["duration"] = "\x1b[2Jx"
    path.write_text(json.dumps(evil), encoding="utf-8")
    done = bring(path)
    assert done.code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(done.out + done.err)


def test_other_programs_get_all_of_it(bring: Run, home: Path) -> None:
    found = json.loads(bring("--json", BACKUP, COLLECTION, SAMPLES / "none.json").out)
    backup, collection, missing = found
    assert [(each["id"], each["name"], len(each["exercises"])) for each in backup["routines"]] == [
        ("morning", "Morning", 4)
    ]
    assert backup["format"] == "just-another"
    assert backup["written"][0] == str(home / "routines" / "morning.toml")
    assert [each["name"] for each in collection["exercises"]] == ["Heel raise on a step", "Wall hang"]
    assert collection["losses"][0]["where"] == "images"
    assert (missing["format"], missing["written"]) == (None, [])
    assert missing["problems"] == [
        {"where": "", "what": "there is no such file", "remedy": "check its name and folder"}
    ]


def test_a_routine_is_as_long_as_the_list_says_later(bring: Run, run: Run) -> None:
    (found,) = json.loads(bring("--json", BACKUP).out)
    lengths = {each["id"]: each["duration_ms"] for each in json.loads(run("list", "--json").out)}
    assert found["routines"][0]["duration_ms"] == lengths["morning"]


def test_lengths_of_a_flood_of_routines_are_left_open(bring: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bring_report, "_MOST_LAID_OUT", 3)
    (found,) = json.loads(bring("--json", "--dry-run", BACKUP).out)
    assert found["routines"][0]["duration_ms"] is None


# --- several files ---------------------------------------------------------------------------------------


def test_a_broken_file_stops_no_other(bring: Run, home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"workouts": [', encoding="utf-8")
    picture = tmp_path / "x.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    done = bring(broken, EXERCISE, picture, BACKUP)
    assert done.code == 2
    assert done.err.splitlines() == [
        f"{broken}: not valid JSON: Expecting value: line 1 column 15 (char 14); export it once more",
        (
            f"{picture}: it is no file of a kind that we know; "
            "chain-timer import --help lists what can be brought in"
        ),
    ]
    assert {"exercises/exercise.toml", "routines/morning.toml"} <= set(files_in(home))


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "it is empty"), (b" \n", "it is empty"), (b"Hello there.\n", "it is no file of a kind that we")],
)
def test_what_is_nothing_we_know_is_told(bring: Run, tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    done = bring(path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{path}: {told}")


def test_a_folder_and_a_device_are_no_files(bring: Run, tmp_path: Path) -> None:
    assert bring(tmp_path).code == 2
    assert bring(os.devnull).code == 2


def test_what_one_file_brought_the_next_one_finds(bring: Run, home: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    again.write_bytes(BACKUP.read_bytes())
    bring(BACKUP, again)
    assert [name for name in files_in(home) if name.startswith("routines/")] == [
        "routines/morning-2.toml",
        "routines/morning.toml",
    ]
    assert len(files_in(home)) == 2 + 4


def test_a_collection_brought_in_again_is_there_already(bring: Run, home: Path) -> None:
    bring(COLLECTION)
    before = {name: (home / name).read_bytes() for name in files_in(home)}
    done = bring(COLLECTION)
    assert done.code == 0
    assert "  Everything in it is here already\n" in done.out
    assert {name: (home / name).read_bytes() for name in files_in(home)} == before


def test_nothing_is_ever_written_over(bring: Run, home: Path) -> None:
    bring(BACKUP, BUNDLE)
    before = {name: (home / name).read_bytes() for name in files_in(home)}
    assert bring(BACKUP, BUNDLE).code == 0
    after = {name: (home / name).read_bytes() for name in files_in(home)}
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before.keys()) == ["routines/mine-2.toml", "routines/morning-2.toml"]


# --- where to --------------------------------------------------------------------------------------------


def test_another_folder_can_be_chosen(bring: Run, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    done = bring(BACKUP, "--to", folder)
    assert done.code == 0
    assert "routines/morning.toml" in files_in(folder)
    assert files_in(home) == []


def test_another_folder_counts_with_what_is_in_it(bring: Run, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    bring(COLLECTION, "--to", folder)
    assert "Everything in it is here already" in bring(COLLECTION, "--to", folder).out
    assert "2 new exercises" in bring("--dry-run", COLLECTION).out


def test_what_can_be_no_folder_is_refused_before_anything_is_read(bring: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    for folder, told in (
        (file, "is no folder"),
        (tmp_path / "a" / "b", "There is no folder"),
        (file / "x", "There is no folder"),
        ("x" * 5_000, "cannot be used"),
    ):
        done = bring(BACKUP, "--to", folder)
        assert (done.code, done.out) == (2, "")
        assert told in done.err


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_nobody_may_write_to_is_told(bring: Run, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o500)
    done = bring(BACKUP, "--to", folder)
    assert done.code == 1
    assert "permission denied" in done.err


def test_a_home_that_is_a_file_is_told(bring: Run, home: Path) -> None:
    home.write_text("", encoding="utf-8")
    done = bring(BACKUP)
    assert done.code == 1
    assert "is not saved" in done.err
    assert "Written" not in done.out


def test_a_folder_that_is_in_the_way_is_told_and_nothing_stays(bring: Run, home: Path) -> None:
    home.mkdir()
    (home / "routines").write_text("", encoding="utf-8")
    done = bring(BACKUP)
    assert done.code == 1
    assert '"morning" is not saved' in done.err
    assert files_in(home) == []


def test_a_full_disk_leaves_nothing(bring: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [3]
    write = own_files._write_new

    def full(path: Path, data: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(own_files, "_write_new", full)
    done = bring(BACKUP)
    assert done.code == 1
    assert "no space left on device" in done.err
    assert "free some space on the disk and try again" in done.err
    assert files_in(home) == []


# --- enough ----------------------------------------------------------------------------------------------


@POSIX
def test_an_interrupt_takes_back_what_is_written(
    bring: Run, home: Path, collection: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, count = OwnFiles.new, [0]

    def interrupted(self: OwnFiles, *arguments: Any) -> Any:
        made = new(self, *arguments)
        count[0] += 1
        if count[0] == 7:
            signal.raise_signal(signal.SIGINT)
        return made

    monkeypatch.setattr(OwnFiles, "new", interrupted)
    done = bring(BACKUP, collection(40))
    assert done.code == 130
    # The first file was whole, and stays.
    assert len(files_in(home)) == 5


@POSIX
@pytest.mark.slow
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_leaves_all_or_nothing(
    home: Path, collection: Callable[[int], Path], number: int
) -> None:
    path = collection(1_500)
    with subprocess.Popen(
        [sys.executable, "-m", "chain_timer", "import", str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        while program.poll() is None and len(files_in(home)) < 20:
            pass
        program.send_signal(number)
        out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err) == (128 + number, "", "")
    assert files_in(home) == []


# --- pictures --------------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    """A black picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes((1 + 3 * width) * height))), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def pictured(tmp_path: Path) -> Path:
    path = tmp_path / "pictured.chain-timer"
    lean = 'name = "Lean"\nsteps = ["Lean."]\nhold = "30s"\npicture = "lean.png"\n'
    bad = lean.replace("Lean", "Bend").replace("lean.png", "bend.png")
    path.write_bytes(
        zipped(
            {
                "bundle.toml": "format = 1\n",
                "exercises/lean.toml": lean,
                "exercises/bend.toml": bad,
                "pictures/lean.png": png(40, 30),
                "pictures/bend.png": b"\x89PNG\r\n\x1a\nno picture",
            }
        )
    )
    return path


def test_pictures_are_made_anew_and_what_is_none_is_told(bring: Run, home: Path, tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtGui", exc_type=ImportError)
    done = bring(pictured(tmp_path))
    assert done.code == 0
    assert files_in(home) == ["exercises/bend.toml", "exercises/lean.png", "exercises/lean.toml"]
    assert "1 picture: lean.png" in done.out
    assert "Bend: its picture cannot be used" in done.out


def test_without_qt_pictures_are_lost_and_told(
    bring: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtCore", None)
    done = bring(pictured(tmp_path))
    assert done.code == 0
    assert files_in(home) == ["exercises/bend.toml", "exercises/lean.toml"]
    assert "Lean: its picture cannot be used: Qt cannot be loaded" in done.out


# --- arguments -------------------------------------------------------------------------------------------


def test_options_may_stand_anywhere(bring: Run, run: Run) -> None:
    for arguments in (
        ("--dry-run", BACKUP, COLLECTION),
        (BACKUP, "--dry-run", COLLECTION),
        (BACKUP, COLLECTION, "--dry-run"),
    ):
        assert len([line for line in bring(*arguments).out.splitlines() if line[0] != " "]) == 2
    assert run("--dry-run", "import", str(BACKUP)).code == 0


def test_help_lists_what_can_be_brought_in(bring: Run) -> None:
    said = bring("--help").out
    assert "\n  Just Another Workout Timer\n" in said
    assert "\n  openWorkout\n" in said


def test_a_file_has_to_be_named(bring: Run) -> None:
    assert bring().code == 2
