"""The tools that only look: list, show, preview, check."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chain_timer.cli import composition, faces
from chain_timer.cli.printing import notice, notice_problems
from chain_timer.problems import Problem
from chain_timer.sound.null_output import NullOutput
from chain_timer.system.settings import Remembered
from chain_timer.system.settings_store import SettingsStore

Run = Callable[..., Any]
WriteRoutine = Callable[[str, str], Path]
KINDS = {"prepare", "instruct", "hold", "reps", "switch", "rest", "finish"}
BUILT_IN = [
    "posterior-chain-stretch",
    "desk-break",
    "hamstrings-and-calves",
    "posterior-chain-strength",
    "swing-and-hinge",
    "whole-posterior-chain",
]


def test_list_as_json_tells_five_things_of_each_routine(run: Run) -> None:
    done = run("list", "--json")
    listed = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert [entry["id"] for entry in listed] == BUILT_IN
    assert {tuple(entry) for entry in listed} == {("id", "name", "duration_ms", "exercises", "equipment")}
    assert listed[1]["exercises"] == ["seated-figure-four-stretch"]
    assert listed[1]["equipment"] == ["chair"]


@pytest.mark.parametrize("routine", BUILT_IN)
def test_preview_as_json_is_whole_and_as_long_as_list_says(run: Run, routine: str) -> None:
    data = json.loads(run("preview", routine, "--json").out)
    listed = {entry["id"]: entry["duration_ms"] for entry in json.loads(run("list", "--json").out)}
    ends = [segment["start_ms"] + segment["duration_ms"] for segment in data["segments"]]
    assert [segment["start_ms"] for segment in data["segments"]] == [0, *ends[:-1]]
    assert ends[-1] == data["duration_ms"] == listed[routine]
    assert {segment["kind"] for segment in data["segments"]} <= KINDS
    assert all({"exercise", "side"} <= segment.keys() for segment in data["segments"])
    assert all({"at_ms", "length_ms", "words", "tone"} <= cue.keys() for cue in data["cues"])
    assert all(0 <= cue["at_ms"] <= data["duration_ms"] - cue["length_ms"] for cue in data["cues"])


def test_preview_prints_one_mark_a_line(run: Run) -> None:
    lines = run("preview", "desk-break").out.splitlines()
    assert lines[0].split(maxsplit=2)[:2] == ["0:00.000", "prepare"]
    assert lines[-1].split()[1] == "end"


@pytest.mark.parametrize("name", ["Desk break", "DESK-BREAK"])
def test_a_routine_goes_by_its_title_too(run: Run, name: str) -> None:
    assert run("preview", name).out == run("preview", "desk-break").out


def test_holds_are_as_long_as_asked(run: Run) -> None:
    data = json.loads(run("preview", "desk-break", "--hold", "45s", "--json").out)
    assert {s["duration_ms"] for s in data["segments"] if s["kind"] == "hold"} == {45_000}


def test_a_session_fitted_to_a_time_says_what_it_chose(run: Run) -> None:
    done = run("preview", "hamstrings-and-calves", "--fit", "10m", "--json")
    assert 540_000 < json.loads(done.out)["duration_ms"] <= 600_000
    assert "round" in done.err
    assert "holds of" in done.err


def test_what_was_chosen_in_the_window_counts_until_something_else_is_asked_for(run: Run, home: Path) -> None:
    store = SettingsStore(home / "settings")
    store.remember("desk-break", Remembered(hold_ms=40_000, coaching="silent"))
    store.close()
    remembered = json.loads(run("preview", "desk-break", "--json").out)
    asked = json.loads(run("preview", "desk-break", "--json", "--hold", "50", "--coaching", "names").out)
    assert {s["duration_ms"] for s in remembered["segments"] if s["kind"] == "hold"} == {40_000}
    assert not any(cue["words"] for cue in remembered["cues"])
    assert {s["duration_ms"] for s in asked["segments"] if s["kind"] == "hold"} == {50_000}
    assert any(cue["words"] for cue in asked["cues"])


def test_the_author_decides_the_coaching_where_the_person_did_not(
    run: Run, own_routine: WriteRoutine
) -> None:
    own_routine("quiet", 'name = "Quiet"\ncoaching = "silent"\nexercises = ["downward-facing-dog"]\n')
    assert not any(cue["words"] for cue in json.loads(run("preview", "quiet", "--json").out)["cues"])


def test_a_slower_voice_takes_longer(run: Run) -> None:
    slow, fast = (json.loads(run("preview", "desk-break", "--json", "--rate", r).out) for r in ("80", "300"))
    assert slow["duration_ms"] > fast["duration_ms"]


def test_a_file_needs_no_ending_to_be_a_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").write_text('name = "Mine"\nexercises = ["pullup"]\n')
    monkeypatch.chdir(tmp_path)
    assert "Pullup" in run("preview", "mine").out


def test_show_says_how_to_start_a_routine(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "Mine"\nexercises = ["pullup"]\n')
    assert run("show", "Desk break").out.endswith("chain-timer play desk-break\n")
    assert run("show", str(path)).out.endswith(f"chain-timer play {path}\n")


def test_own_routines_are_listed_and_broken_ones_told(run: Run, own_routine: WriteRoutine) -> None:
    own_routine("mine", 'name = "My own"\nexercises = ["pullup"]\n')
    own_routine("broken", 'name = "Broken"\nexercises = ["pulup"]\n')
    done = run("list", "--json")
    assert "mine" in [entry["id"] for entry in json.loads(done.out)]
    assert "broken.toml" in done.err
    assert "did you mean pullup?" in done.err


def test_an_own_routine_with_problems_tells_them_when_it_is_asked_for(
    run: Run, own_routine: WriteRoutine
) -> None:
    own_routine("broken", 'name = "Broken"\nexercises = ["pulup"]\n')
    done = run("play", "broken")
    assert done.code == 2
    assert "did you mean pullup?" in done.err


def test_names_with_escapes_never_reach_the_terminal(run: Run, own_routine: WriteRoutine) -> None:
    own_routine("evil", 'name = "\\u001b]0;x\\u0007\\u202eevil"\nexercises = ["\\u001b[2J"]\n')
    own_routine("evil2", 'name = "\\u001b[31mred <b>"\nsummary = "\\u009b2J"\nexercises = ["pullup"]\n')
    outcomes = [run("list"), run("show", "evil2"), run("preview", "evil2"), run("preview", "\x1b[31m")]
    said = "".join(outcome.out + outcome.err for outcome in outcomes)
    assert "red <b>" in said
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(said)


def test_json_is_ascii_whatever_the_names(run: Run, own_routine: WriteRoutine) -> None:
    own_routine("utf", 'name = "Dehnung für später 🧘"\nexercises = ["pullup"]\n')
    done = run("list", "--json")
    assert done.out.isascii()
    assert "Dehnung für später 🧘" in [entry["name"] for entry in json.loads(done.out)]


def test_show_tells_all_about_an_exercise(run: Run) -> None:
    said = run("show", "seated-figure-four-stretch").out
    for part in (
        "Seated figure-four stretch",
        "right and left",
        "Glutes",
        "Chair",
        " 1. ",
        "Stop if it hurts",
    ):
        assert part in said


def test_show_tells_what_a_routine_is_made_of(run: Run) -> None:
    said = run("show", "Whole posterior chain").out
    for part in ("2 rounds", "kettlebell-swing", "10 reps", "hold 30s, right and left", "Hamstrings".lower()):
        assert part in said


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        (["desk-brek"], "did you mean desk-break?"),
        (["preveiw"], "did you mean preview?"),
        (["play", "desk-brek"], "did you mean desk-break?"),
        (["preview", "pullup"], "is an exercise"),
        (["show", "kettlebel-swing"], "did you mean kettlebell-swing?"),
        (["show", "desk-brake"], "did you mean desk-break?"),
        (["preview", "no/such.toml"], "there is no such file"),
        (["preview", "x" * 5_000], "chain-timer list"),
        (["preview", "a\0b"], "chain-timer list"),
        (["say", "  "], "nothing to say"),
        (["preview"], "required"),
    ],
)
def test_a_wrong_name_is_refused_with_what_to_do(run: Run, line: list[str], suggestion: str) -> None:
    done = run(*line)
    assert (done.code, done.out) == (2, "")
    assert suggestion in done.err


def test_check_finds_what_ships_fine(run: Run) -> None:
    folder = Path(__file__).parents[2] / "resources" / "routines"
    done = run("check", *map(str, sorted(folder.iterdir())))
    assert done.code == 0
    assert all(line.endswith(": fine") for line in done.out.splitlines())


def test_check_lists_every_problem_of_every_file(run: Run, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.toml", tmp_path / "good.toml"
    bad.write_text(
        'name = "Bad"\ncolour = 1\n[[circuit]]\nrounds = 0\n[[circuit.exercise]]\nexercise = "pulup"\n'
        '[[circuit.exercise]]\nexercise = "downward-facing-dog"\nhold = "45x"\n'
    )
    good.write_text('name = "Good"\nexercises = ["pullup"]\n')
    done = run("check", str(bad), str(good), str(tmp_path / "none.toml"))
    assert done.code == 2
    for part in ("colour", "rounds", "pulup", "45x", "write it like", "good.toml: fine", "no such file"):
        assert part in done.out


def test_check_knows_the_person_s_own_exercises(run: Run, home: Path, tmp_path: Path) -> None:
    (home / "exercises").mkdir(parents=True)
    (home / "exercises" / "my-move.toml").write_text('name = "My move"\nsteps = ["Move."]\nhold = "30s"\n')
    path = tmp_path / "uses.toml"
    path.write_text('name = "Uses"\nexercises = ["my-move"]\n')
    assert run("check", str(path)).code == 0


def test_check_reads_figures_too(run: Run, tmp_path: Path) -> None:
    movement = '[movement]\nready = "tall"\nsteps = ["tall", "tal"]\nhold = "tall"\n'
    path = tmp_path / "pullup.toml"
    path.write_text(f"[poses.tall]\nhips = [0, 0.92]\nfeet = {{ at = [0, 0.1] }}\nlean = 200\n{movement}")
    done = run("check", str(path))
    assert done.code == 2
    assert f"{path}: poses, tall, lean: 200 is more than 180; use -120 to 180" in done.out
    assert f'{path}: movement, step 2: there is no pose "tal"; did you mean tall?' in done.out


def test_check_finds_a_figure_that_does_not_fit_its_exercise(run: Run, tmp_path: Path) -> None:
    movement = '[movement]\nready = "tall"\nsteps = ["tall"]\nhold = "tall"\n'
    path = tmp_path / "pullup.toml"
    path.write_text(f"[poses.tall]\nhips = [0, 0.92]\nfeet = {{ at = [0, 0.1] }}\n{movement}")
    done = run("check", str(path))
    assert done.code == 2
    assert "there is 1 pose for the 6 steps of pullup; name one pose for each step" in done.out


def test_check_finds_the_figures_that_ship_fine(run: Run) -> None:
    folder = Path(__file__).parents[2] / "resources" / "figures"
    done = run("check", *map(str, sorted(folder.iterdir())))
    assert (done.code, done.out.count(": fine")) == (0, len(list(folder.iterdir())))


def test_damaged_settings_are_told_and_cost_no_command(run: Run, home: Path) -> None:
    (home / "settings").mkdir(parents=True)
    (home / "settings" / "settings.toml").write_bytes(b"\xff\xfe[[[")
    done = run("list")
    assert done.code == 0
    assert "damaged" in done.err


def test_a_rehearsal_plays_every_part_without_sound(run: Run) -> None:
    done = run("play", "desk-break", "--speed", "3000", "--coaching", "names")
    kinds = [line.split()[1] for line in done.out.splitlines()]
    assert done.code == 0
    assert kinds.count("hold") == 4
    assert "end" in kinds


def test_a_session_can_begin_in_its_middle(run: Run) -> None:
    lines = run("play", "desk-break", "--speed", "3000", "--from", "2:30").out.splitlines()
    stamps = [line.split()[0] for line in lines if ":" in line.split()[0] and line[0] == " "]
    assert stamps
    assert all(stamp >= "2:30.000" for stamp in stamps)


@pytest.mark.parametrize(("arguments", "muted"), [(["--mute"], True), ([], False)])
def test_mute_holds_for_this_session(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], *, muted: bool
) -> None:
    heard = []

    def meet(*_parts: object, muted: bool, left: object) -> int:
        assert left is None
        heard.append(muted)
        return 0

    def silent(_clock: object) -> NullOutput:
        return NullOutput()

    monkeypatch.setattr(faces, "_meet", meet)
    monkeypatch.setattr(composition, "make_speaker", silent)
    run("play", "desk-break", *arguments)
    assert heard == [muted]


def test_notices_are_safe_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    notice("a\x1b[2Jb\nc\u202ed")
    assert capsys.readouterr().err == "a[2Jb\ncd\n"


def test_a_flood_of_problems_is_told_in_short(capsys: pytest.CaptureFixture[str]) -> None:
    notice_problems([Problem("file", "it is broken")] * 50)
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (21, "… and 30 more problems in your files")


def test_beginning_behind_the_end_is_refused(run: Run) -> None:
    done = run("play", "desk-break", "--speed", "3000", "--from", "1h")
    assert done.code == 2
    assert "behind the end" in done.err


def test_what_nobody_foresaw_is_a_sentence_and_a_log(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_arguments: object) -> int:
        raise ZeroDivisionError("a\x1b[31m\nb")

    monkeypatch.setattr("chain_timer.cli.listing.list_routines", fail)
    done = run("list")
    log = home / "logs" / "chain-timer.log"
    assert done.code == 1
    assert done.err == f"Something went wrong (ZeroDivisionError: a[31m b); details are in {log}\n"
    assert "Traceback" in log.read_text()


def test_ctrl_c_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("chain_timer.cli.listing.list_routines", interrupt)
    assert run("list") == type(run("--version"))(130, "", "")
