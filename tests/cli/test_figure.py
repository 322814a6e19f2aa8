"""``figure``: pictures, sheets and films really written, and everything that can go wrong with them."""

import errno
import os
import re
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

QtGui = pytest.importorskip("PySide6.QtGui", exc_type=ImportError)

from helpers.pictures import differing, mirrored, opened, pixels_of, rgb  # noqa: E402 - with Qt
from PIL import Image  # noqa: E402

from chain_timer.cli import figure_output, output_files  # noqa: E402
from chain_timer.drawing import figure_film  # noqa: E402
from chain_timer.drawing.figure import Picture  # noqa: E402
from chain_timer.drawing.pictures import Page, figure_page  # noqa: E402
from chain_timer.drawing.theme import DARK, LIGHT, Theme  # noqa: E402
from chain_timer.routine.library import Library  # noqa: E402

Run = Callable[..., Any]
PAGE = Path(__file__).parents[2] / "docs" / "figures.md"
ID = "standing-calf-stretch"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def examples() -> list[str]:
    return [part.split("```")[0] for part in PAGE.read_text(encoding="utf-8").split("```toml\n")[1:]]


@pytest.fixture
def draw(run: Run, qapp: object) -> Run:
    """Run ``figure`` in this process, which has the one application that a process can have."""
    del qapp
    return lambda *arguments: run("figure", *map(str, arguments))


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to write into."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def example(home: Path) -> Path:
    """The two files that the page for authors shows, as it says: gives the figure."""
    for folder, text in zip(("exercises", "figures"), examples(), strict=True):
        (home / folder).mkdir(parents=True)
        (home / folder / f"{ID}.toml").write_text(text, encoding="utf-8")
    return home / "figures" / f"{ID}.toml"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- what is written -----------------------------------------------------------------------------------


def test_the_example_for_authors_is_fine_and_can_be_drawn(
    draw: Run, run: Run, example: Path, out: Path
) -> None:
    exercise = example.parent.parent / "exercises" / example.name
    checked = run("check", str(exercise), str(example))
    assert [line.endswith(": fine") for line in checked.out.splitlines()] == [True, True]
    done = draw(example, "--sheet", out / "calf.png")
    assert (done.code, done.err) == (0, "")
    assert "Standing calf stretch, right leg, " in done.out
    sheet = opened(out / "calf.png")
    assert str(sheet.width) in done.out
    assert pixels_of(sheet, DARK.shirt) > 1_000
    assert pixels_of(sheet, DARK.text) > 100


def test_every_example_line_of_the_page_works(draw: Run, run: Run, example: Path, out: Path) -> None:
    lines = [line.split()[1:] for line in PAGE.read_text().splitlines() if line.startswith("chain-timer ")]
    assert len(lines) == 4
    for command, *words in lines:
        placed = [str(example) if word == f"figures/{ID}.toml" else word for word in words]
        done = draw(*placed) if command == "figure" else run(command, *placed)
        assert done.code == 0, done.err
    assert names(out) == ["calf.gif", "calf.png", "press.png"]


@pytest.mark.parametrize("exercise", [exercise.id for exercise in Library.built_in().exercises])
def test_every_exercise_that_ships_has_a_sheet_of_all_its_steps(draw: Run, out: Path, exercise: str) -> None:
    done = draw(exercise, "--sheet", out / "sheet.png", "--size", "120")
    assert (done.code, done.err) == (0, "")
    assert pixels_of(opened(out / "sheet.png"), DARK.shorts) > 300


def test_a_picture_is_as_large_as_asked_in_the_colors_of_its_theme(
    draw: Run, example: Path, out: Path
) -> None:
    pictures = {}
    for theme in (DARK, LIGHT):
        assert draw(example, out / f"{theme.name}.png", "--size", 240, "--theme", theme.name).code == 0
        pictures[theme.name] = opened(out / f"{theme.name}.png")
        assert pictures[theme.name].size == (240, 240)
        assert pictures[theme.name].getpixel((2, 2)) == rgb(theme.stage_inner)
        assert pixels_of(pictures[theme.name], theme.shirt) > 300
    assert differing(pictures["dark"], pictures["light"]) > 0.5


def test_the_left_is_another_picture_and_nearly_the_mirror_of_the_right(
    draw: Run, example: Path, out: Path
) -> None:
    for side in ("right", "left"):
        assert draw(example, "--side", side, f"{side}.png").code == 0
    right, left = opened(out / "right.png"), opened(out / "left.png")
    assert differing(right, left) > 0.05
    assert differing(right, mirrored(left)) < 0.01


def test_the_shoe_of_the_side_that_leads_is_marked_where_there_are_sides(
    draw: Run, example: Path, out: Path
) -> None:
    draw(example, "calf.png")
    draw("romanian-deadlift", "deadlift.png")
    assert pixels_of(opened(out / "calf.png"), DARK.accent) > 50
    assert pixels_of(opened(out / "deadlift.png"), DARK.accent) == 0


def test_the_left_of_an_exercise_without_sides_is_called_what_it_is(draw: Run, out: Path) -> None:
    for side in ("right", "left"):
        assert draw("back-squat", "--at", "4", "--side", side, f"{side}.png").code == 0
    assert draw("back-squat", "--side", "right", "a.png").out.startswith("a.png: Back squat, 512")
    assert draw("back-squat", "--side", "left", "b.png").out.startswith("b.png: Back squat, mirrored, 512")
    assert differing(opened(out / "right.png"), mirrored(opened(out / "left.png"))) < 0.01


def test_a_step_goes_by_its_number_and_by_the_name_of_its_pose(draw: Run, example: Path, out: Path) -> None:
    for at in ("1", "4", "tall", "press", "bend"):
        assert draw(example, "--at", at, f"{at}.png").code == 0
    assert draw(example, "usual.png").code == 0
    drawn = {path.stem: path.read_bytes() for path in out.iterdir()}
    assert drawn["1"] == drawn["tall"] != drawn["bend"]
    assert drawn["4"] == drawn["press"] == drawn["usual"]


def test_shares_go_from_being_ready_to_what_is_held(draw: Run, example: Path, out: Path) -> None:
    for at in ("0.0", "0.3", "0.6", "1.0", "tall", "press"):
        assert draw(example, "--at", at, f"{at}.png", "--size", "128").code == 0
    drawn = {path.stem: path.read_bytes() for path in out.iterdir()}
    assert drawn["0.0"] == drawn["tall"]
    assert drawn["1.0"] == drawn["press"]
    assert len(set(drawn.values())) == 4


def test_shares_of_reps_go_once_through_one(draw: Run, out: Path) -> None:
    for at in ("0.0", "0.25", "0.5", "1.0"):
        assert draw("back-squat", "--at", at, f"{at}.png", "--size", "128").code == 0
    drawn = {path.stem: path.read_bytes() for path in out.iterdir()}
    assert drawn["0.0"] == drawn["1.0"] != drawn["0.5"]
    assert len(set(drawn.values())) == 3


def test_an_svg_has_the_shapes_of_the_figure_and_its_title(draw: Run, example: Path, out: Path) -> None:
    assert draw(example, out / "calf.svg").code == 0
    text = (out / "calf.svg").read_text()
    assert text.count("<path") > 20
    assert "Standing calf stretch, right leg" in text
    assert DARK.accent.lower() in text.lower()


def test_a_film_shows_both_sides_and_one_if_one_is_asked_for(draw: Run, example: Path, out: Path) -> None:
    assert draw(example, "--film", "both.gif", "--size", 64, "--fps", 5).code == 0
    assert draw(example, "--film", "left.gif", "--size", 64, "--fps", 5, "--side", "left").code == 0
    lengths = {}
    for name in ("both", "left"):
        with Image.open(out / f"{name}.gif") as film:
            assert (film.size, film.info["loop"]) == ((64, 64), 0)
            lengths[name] = sum(_lengths(film))
    # A hold of one breath and the way to the other side are what one side lacks.
    assert lengths["both"] - lengths["left"] == pytest.approx(9_100, abs=250)
    assert lengths["left"] > 4 * 1_500


def _lengths(film: Image.Image) -> Iterator[float]:
    for number in range(film.n_frames):  # type: ignore[attr-defined] # of films
        film.seek(number)
        yield film.info["duration"]


def test_frames_are_numbered_and_are_the_film(draw: Run, example: Path, out: Path) -> None:
    done = draw(example, "--film", "frames/", "--size", 48, "--fps", 4, "--side", "right")
    found = names(out / "frames")
    assert done.out.startswith(f"frames: {len(found)} frames")
    assert found == [f"frame-{number:04}.png" for number in range(1, len(found) + 1)]
    first, last = (opened(out / "frames" / name) for name in (found[0], found[-1]))
    assert first.size == (48, 48)
    assert differing(first, last) < 0.02  # from being ready to being ready again
    assert any(differing(first, opened(out / "frames" / name)) > 0.05 for name in found)


def test_frames_sorted_by_name_are_in_order_however_many_there_are(
    draw: Run, example: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_output, "_LEAST_DIGITS", 1)
    assert draw(example, "--film", "frames", "--size", 16, "--fps", 2, "--side", "right").code == 0
    found = names(out / "frames")
    assert 10 < len(found) < 100
    assert found == [f"frame-{number:02}.png" for number in range(1, len(found) + 1)]


def test_frames_fill_an_empty_folder_and_leave_it_the_one_it_was(draw: Run, example: Path, out: Path) -> None:
    """A shell that stands in it finds them."""
    before = out.stat().st_ino
    done = draw(example, "--film", "./", "--size", 16, "--fps", 2)
    assert (done.code, out.stat().st_ino) == (0, before)
    found = names(out)
    assert found[0] == "frame-0001.png"
    assert found == [f"frame-{number:04}.png" for number in range(1, len(found) + 1)]
    assert Path.cwd() == out


def test_a_film_keeps_no_frame_of_its_own_until_the_end(
    draw: Run, example: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pillow has its copy of each."""
    made: list[weakref.ref[Image.Image]] = []
    alive: list[int] = []
    with_colors = figure_film.with_colors

    def watched(*arguments: Any) -> Image.Image:
        alive.append(sum(each() is not None for each in made))
        image = with_colors(*arguments)
        made.append(weakref.ref(image))
        return image

    monkeypatch.setattr(figure_film, "with_colors", watched)
    assert draw(example, "--film", "a.gif", "--size", 16, "--fps", 5).code == 0
    assert len(made) > 50
    assert max(alive) <= 3
    assert names(out) == ["a.gif"]


def test_a_long_film_tells_how_far_it_is(draw: Run, example: Path, out: Path) -> None:
    done = draw(example, "--film", out / "calf.gif", "--size", 16, "--fps", 10)
    told = re.findall(r"^(\d+) of (\d+) frames drawn …$", done.err, re.MULTILINE)
    assert len(told) >= 3
    assert int(told[-1][0]) <= int(told[-1][1])


def test_without_a_display_the_real_program_draws(start: Run, example: Path, out: Path) -> None:
    done = start("figure", str(example), str(out / "calf.png"))
    assert (done.code, done.err) == (0, "")
    assert pixels_of(opened(out / "calf.png"), DARK.shirt) > 500


def test_a_figure_of_ones_own_is_found_by_the_name_of_its_exercise(
    draw: Run, example: Path, out: Path
) -> None:
    del example
    assert draw("Standing calf stretch", out / "calf.png").code == 0


def test_a_file_may_be_called_as_people_call_files(draw: Run, example: Path, out: Path) -> None:
    named = example.rename(example.with_name("Standing Calf Stretch.toml"))
    assert draw(named, "--at", "0.5", "calf.png").code == 0
    assert draw(named, "--film", "calf.gif", "--size", 16, "--fps", 1).code == 0
    assert names(out) == ["calf.gif", "calf.png"]


def test_the_page_shows_sheets_of_all_figures_that_are_there_and_small() -> None:
    sheets = {path.name: path.stat().st_size for path in (PAGE.parent / "figures").glob("*.png")}
    ids = [exercise.id for exercise in Library.built_in().exercises]
    sides, themes = ("right", "left"), ("dark", "light")
    assert set(sheets) == {f"{each}-{side}-{theme}.png" for each in ids for side in sides for theme in themes}
    assert max(sheets.values()) <= 150_000
    shown = re.findall(r"\(figures/(.+?\.png)\)", PAGE.read_text(encoding="utf-8"))
    assert set(shown) <= set(sheets)
    assert {name for name in ids if any(sheet.startswith(name) for sheet in shown)} == set(ids)


def test_a_figure_without_an_exercise_can_be_looked_at_and_not_filmed(
    draw: Run, example: Path, out: Path
) -> None:
    (example.parent.parent / "exercises" / example.name).unlink()
    drawn = draw(example, "--sheet", "calf.png")
    assert drawn.code == 0
    assert f"there is no exercise {ID}" in drawn.err
    filmed = draw(example, "--film", "calf.gif")
    assert (filmed.code, filmed.out) == (2, "")
    assert f"there is no exercise {ID}" in filmed.err
    assert names(out) == ["calf.png"]


# --- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        (["pullup"], "chain-timer figure pullup out.png"),
        (["pullup", "out.jpg"], "should end with .png or .svg"),
        (["pullup", "out"], "should end with .png or .svg"),
        (["pullup", "--film", "out.mp4"], "or a folder for a PNG each: frames/"),
        (["pullup", "--sheet", "a.png", "--film", "a.gif"], "One drawing at a time"),
        (["pullup", "a.png", "--sheet", "b.png"], "One drawing at a time"),
        (["pullup", "--sheet", "a.png", "--at", "1"], "leave it out"),
        (["pullup", "a.png", "--fps", "10"], "--fps goes with --film"),
        (["pullup", "no/such/a.png"], 'There is no folder "no/such"'),
        (["pullup", "a\0b.png"], "choose another name"),
        (["pullup", f"{'x' * 300}.png"], "choose another name"),
        (["pulup", "a.png"], "did you mean pullup?"),
        (["pullup", "a.png", "--at", "hagn"], "did you mean hang?"),
        (["pullup", "a.png", "--at", "99"], "the steps are 1 to 6"),
        (["pullup", "a.png", "--at", "9" * 5_000], "the steps are 1 to 6"),
        (["pullup", "a.png", "--at", "1.5"], "write 0.0 to 1.0"),
        (["pullup", "a.png", "--side", "both"], "right, left"),
        (["pullup", "a.png", "--theme", "pink"], "dark, light"),
        (["pullup", "a.png", "--size", "5000"], "from 16 to 4096"),
        (["pullup", "a.png", "--size", "000000016999999"], "from 16 to 4096"),
        (["pullup", "a.png", "--size", "9" * 5_000], "from 16 to 4096"),
        (["pullup", "--film", "a.gif", "--fps", "0"], "from 1 to 50"),
        (["pullup", "--sheet", "a.png", "--size", "4000"], "use --size"),
        (["pullup", "--film", "a.gif", "--size", "4000"], "use --size"),
        (["no.toml", "a.png"], "there is no such file"),
        (["pullup", "a.png", "\x1b[31m.png"], "one word too many"),
        (["\x1b]0;x\x07.toml", "a.png"], "there is no such file"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(
    draw: Run, out: Path, line: list[str], remedy: str
) -> None:
    done = draw(*line)
    assert (done.code, done.out) == (2, "")
    assert remedy in done.err
    assert len(done.err) < 1_000
    assert not CONTROL.search(done.err)
    assert names(out) == []


@pytest.mark.parametrize(
    "line", [["--size", "64", "figure", "pullup", "a.png"], ["figure", "a.png", "--at", "1"]]
)
def test_options_may_stand_anywhere(run: Run, qapp: object, out: Path, line: list[str]) -> None:
    del qapp
    done = run(*line) if "pullup" in line else run("figure", "pullup", *line[1:])
    assert (done.code, names(out)) == (0, ["a.png"])


def test_a_file_that_is_there_is_left_alone_unless_forced(draw: Run, example: Path, out: Path) -> None:
    (out / "a.png").write_bytes(b"mine")
    refused = draw(example, out / "a.png")
    assert (refused.code, (out / "a.png").read_bytes()) == (2, b"mine")
    assert "--force" in refused.err
    assert draw(example, out / "a.png", "--force").code == 0
    assert opened(out / "a.png").size == (512, 512)


def test_a_folder_with_something_in_it_takes_no_frames_even_when_forced(
    draw: Run, example: Path, out: Path
) -> None:
    (out / "frames").mkdir()
    (out / "frames" / "mine").write_text("mine")
    done = draw(example, "--film", "frames", "--force")
    assert (done.code, names(out / "frames")) == (2, ["mine"])
    assert "choose a new folder" in done.err


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_what_is_no_ordinary_file_is_never_replaced(draw: Run, example: Path, out: Path) -> None:
    os.mkfifo(out / "pipe.png")
    done = draw(example, out / "pipe.png", "--force")
    assert (done.code, names(out)) == (2, ["pipe.png"])
    assert "no ordinary file" in done.err


def test_an_exercise_without_a_figure_says_where_one_would_be(draw: Run, example: Path, out: Path) -> None:
    example.unlink()
    done = draw(ID, out / "a.png")
    assert done.code == 2
    assert f"{ID}.toml" in done.err
    assert "docs/figures.md" in done.err


HOSTILE = {
    "nothing": b"",
    "no text": bytes(range(256)),
    "no toml": b"[poses",
    "no figure": b'name = "Mine"\nsteps = ["Stand."]\n',
    "deep": b"poses = " + b"[" * 5_000 + b"]" * 5_000,
    "escapes": b'[poses."\\u001b[2J\\u202e"]\nhips = "\\u009b31m"\n[movement]\nready = "\\u001b]0;x"\n',
    "numbers": b"[poses.a]\nhips = [nan, inf]\nfeet = { at = [1e308, -1e308] }\nlean = 9"
    + b"9" * 300
    + b"\n",
    "poses without end": b"".join(b"[poses.a%d]\nfrom = 'a%d'\n" % (n, n + 1) for n in range(20_000)),
    "large": b"#" * (3 * 1024 * 1024),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_written(
    draw: Run, tmp_path: Path, out: Path, text: bytes
) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(text)
    done = draw(path, out / "a.png")
    assert (done.code, done.out, names(out)) == (2, "", [])
    assert "mine.toml: " in done.err
    assert "Traceback" not in done.err
    assert not CONTROL.search(done.err)


@pytest.mark.parametrize("table", ["view = { turn = 3 }", "[movement]", "poses = 3"])
def test_what_check_takes_for_a_figure_is_drawn_as_one(
    draw: Run, run: Run, tmp_path: Path, out: Path, table: str
) -> None:
    (tmp_path / "mine.toml").write_text(table)
    checked = run("check", str(tmp_path / "mine.toml"))
    drawn = draw(tmp_path / "mine.toml", out / "a.png")
    assert "movement" in checked.out
    assert [line.split("mine.toml: ")[1] for line in checked.out.splitlines()] == [
        line.split("mine.toml: ")[1] for line in drawn.err.splitlines()
    ]


def test_names_of_poses_with_escapes_are_drawn_and_told_without_them(
    draw: Run, example: Path, out: Path
) -> None:
    text = example.read_text().replace("[poses.bend]", '[poses."\\u001b[31m\\u202ebend"]')
    example.write_text(text.replace('"bend"', '"\\u001b[31m\\u202ebend"'))
    assert draw(example, "--sheet", out / "a.png").code == 0
    done = draw(example, "--at", "none", out / "b.png")
    assert "[31mbend" in done.err
    assert not CONTROL.search(done.err)


# --- what fails ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        ["a.png"],
        ["--sheet", "a.png"],
        ["--film", "a.gif", "--fps", "2"],
        ["--film", "frames/", "--fps", "2"],
        ["--film", "./", "--fps", "2"],
    ],
)
def test_a_full_disk_is_told_and_leaves_nothing(
    draw: Run, example: Path, out: Path, monkeypatch: pytest.MonkeyPatch, line: list[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(output_files, "write_bytes_atomic", full)
    done = draw(example, *line, "--size", 32)
    assert (done.code, done.out, names(out)) == (1, "", [])
    assert "could not be written: no space left on device" in done.err


@pytest.mark.parametrize("target", ["a.gif", "frames/", "./"])
def test_a_film_that_is_interrupted_leaves_nothing(
    draw: Run, example: Path, out: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    drawn: list[Picture] = []

    def interrupted(size: int, title: str, picture: Picture, theme: Theme) -> Page:
        drawn.append(picture)
        if len(drawn) == 20:
            raise KeyboardInterrupt
        return figure_page(size, title, picture, theme)

    monkeypatch.setattr(figure_output, "figure_page", interrupted)
    done = draw(example, "--film", target, "--size", 32)
    assert (done.code, done.out, names(out)) == (130, "", [])


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_ends_the_real_program_with_nothing_half_done(example: Path, out: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "chain_timer",
        "figure",
        str(example),
        "--film",
        "frames/",
        "--fps",
        "50",
    ]
    with subprocess.Popen(command, cwd=out, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        assert "50 of" in program.stderr.readline()
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=30)
    assert (program.returncode, names(out)) == (130, [])
    assert "Traceback" not in said


def test_without_pillow_frames_are_offered(
    draw: Run, example: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "chain_timer.drawing.figure_film", None)
    done = draw(example, "--film", "a.gif")
    assert (done.code, names(out)) == (1, [])
    assert "--film frames/" in done.err
