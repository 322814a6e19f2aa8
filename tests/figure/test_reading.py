"""Figures out of files: as their author meant them, or every problem with its place and remedy."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.bodies import LIFT, STRETCH

from chain_timer.figure.figure import Ease, Figure, Thing, View
from chain_timer.figure.figure_reader import check_figure, check_figure_file, holds_figure, read_figure
from chain_timer.figure.figures import Figures
from chain_timer.figure.pose import (
    Crossed,
    FreeArm,
    FreeLeg,
    InHands,
    OnBack,
    OnBody,
    OnFloor,
    OnProp,
    Part,
    Planted,
    Prop,
    Standing,
    Swung,
)
from chain_timer.problems import FileProblemsError
from chain_timer.resources import resource_path
from chain_timer.routine.exercise_reader import exercise_from
from chain_timer.routine.library import Library

ProblemsOf = Callable[[str | bytes], list[str]]

TALL = "[poses.tall]\nhips = [0, 0.92]\nfeet = { at = [0, 0.10] }\n"
MOVEMENT = '[movement]\nready = "tall"\nsteps = ["tall"]\nhold = "tall"\n'


def tall(*lines: str, top: str = "") -> str:
    """Give a file of one pose with more lines in it."""
    return f"{top}\n{TALL}{chr(10).join(lines)}\n{MOVEMENT}"


def lying(*lines: str) -> str:
    """Give a file of one pose with other lines in the place of hips and feet."""
    return f"[poses.tall]\n{chr(10).join(lines)}\n{MOVEMENT}"


PROBLEMS = {
    "": [
        "there are no poses; add [poses.tall] on a line of its own",
        "movement is missing; add [movement] on a line of its own",
    ],
    TALL: ["movement is missing; add [movement] on a line of its own"],
    "[poses]\n" + MOVEMENT: [
        "there are no poses; add [poses.tall] on a line of its own",
        'movement, ready: there is no pose "tall"; add one',
        'movement, step 1: there is no pose "tall"; add one',
        'movement, hold: there is no pose "tall"; add one',
    ],
    "poses = 3\n" + MOVEMENT.replace('"tall"', "3"): [
        "poses: 3 is not a table; write it like [poses.tall] on a line of its own",
        "movement, ready: 3 is not text; put it in quotes",
        "movement, step 1: 3 is not text; put it in quotes",
        "movement, hold: 3 is not text; put it in quotes",
    ],
    "poses.tall = 3\n" + MOVEMENT: [
        "poses, tall: 3 is not a table; write it like [poses.tall] with lines below it"
    ],
    lying(): [
        "poses, tall: hips are missing; add a line like hips = [0, 0.93]",
        "poses, tall: feet are missing; add a line like feet = { at = [0, 0.10] }",
    ],
    lying("hips = [0, 0.93]", "left_foot = { at = [0, 0.1] }"): [
        "poses, tall: the right foot is missing; add a line like right_foot = { at = [0, 0.10] }"
    ],
    lying("hips = 3", "feet = 3"): [
        "poses, tall, hips: 3 is no list; write 2 numbers, like [0, 0.93]",
        "poses, tall, feet: 3 is not a table; write it like { at = [0, 0.10] }",
    ],
    lying("hips = [0, 0, 0, 0]", "feet = { at = [0, nan] }"): [
        "poses, tall, hips: it has 4 entries; write 2 numbers, like [0, 0.93]",
        "poses, tall, feet, at: nan is not a number; use -1 to 1, without quotes",
    ],
    lying("hips = [0, 9]", "feet = { }", "arms = { }"): [
        "poses, tall, hips: 9 is more than 2; use 0 to 2",
        'poses, tall, feet: it says nothing; write at = [forward, out], kneel, on = "thigh", or raised = 30',
        'poses, tall, arms: it says nothing; write on = "prop", or raised = 30',
    ],
    tall("lean = true", 'waist = "3"', "ribs = 90", "neck = -inf", "bend = 3", "lok = 3"): [
        "poses, tall, lean: true is not a number; use -120 to 180, without quotes",
        'poses, tall, waist: "3" is not a number; use -30 to 60, without quotes',
        "poses, tall, ribs: 90 is more than 45; use -25 to 45",
        "poses, tall, neck: -inf is less than -60; use -60 to 50",
        (
            'poses, tall: "bend" is not known here; known are from, hips, feet, right_foot, left_foot, arms, '
            "right_arm, left_arm, lean, tilt, turn, waist, ribs, twist, neck, look, shrug, back, prop"
        ),
        'poses, tall: "lok" is not known here; did you mean look?',
    ],
    tall('right_arm = { on = "toes", along = 1.4 }'): [
        "poses, tall, right_arm, along: 1.4 is more than 1; use 0 to 1"
    ],
    tall('arms = { on = "tows" }'): [
        'poses, tall, arms, on: "tows" is not one of floor, prop, thigh, shin, toes; did you mean toes?'
    ],
    tall('arms = { on = "shin", side = "rigth", bent = 3 }'): [
        'poses, tall, arms, side: "rigth" is not one of right, left; did you mean right?',
        ('poses, tall, arms: "bent" is not known here; known are on, elbow, along, side, shift'),
    ],
    tall('arms = { on = "floor" }'): ["poses, tall, arms: at is missing; add at = [0.5, 0.2]"],
    tall('left_foot = { on = "shin" }'): [
        'poses, tall, left_foot, on: "shin" is not one of thigh; use thigh'
    ],
    tall('arms = { on = "prop" }'): [
        'poses, tall, right_arm: there is nothing to grip; add moved, or a "pullup-bar"',
        'poses, tall, left_arm: there is nothing to grip; add moved, or a "pullup-bar"',
    ],
    tall('prop = "back"'): ['poses, tall, prop: nothing is moved; add moved = "kettlebell" above the poses'],
    tall('left_arm = { on = "prop" }', 'prop = "hands"', top='moved = "kettlebells"'): [
        "poses, tall, left_arm: what is in the hands goes with them; say how the arm is"
    ],
    tall(top='moved = "barbel"'): [
        'moved: "barbel" is not one of kettlebell, kettlebells, barbell; did you mean barbell?'
    ],
    tall(top='moved = "barbell"'): [
        "poses, tall: it does not say where the barbell is; add prop = { at = [0.3, 0, 0.2] }"
    ],
    tall('prop = "bak"', top='moved = "barbell"'): [
        'poses, tall, prop: "bak" is not one of back, hands; did you mean back?'
    ],
    tall("prop = { at = [0, 0, 1], swing = [0, 0.5] }", top='moved = "barbell"'): [
        "poses, tall, prop: it needs either at or swing; write it like { at = [0.3, 0, 1.2] }"
    ],
    tall("prop = 3", top='moved = "barbell"'): [
        "poses, tall, prop: 3 is not a table; write it like { at = [0.3, 0, 1.2] }"
    ],
    tall(top="view = { turn = 200, heigth = 3 }"): [
        "view, turn: 200 is more than 180; use -180 to 180",
        'view: "heigth" is not known here; did you mean height?',
    ],
    tall(top='view = 3\nthings = [3, { kind = "char" }, { at = [0, 0] }]\nthing = 1'): [
        "view: 3 is not a table; write it like view = { turn = 35, height = 8 }",
        'thing 1: 3 is not a table; write it like { kind = "chair", at = [0, 0, 0] }',
        'thing 2, kind: "char" is not one of chair, mat, rack, pullup-bar; did you mean chair?',
        'thing 3: kind is missing; add a line like kind = "chair"',
        "thing 3, at: it has 2 entries; write 3 numbers, like [0, 0, 0]",
        '"thing" is not known here; did you mean things?',
    ],
    tall('from = "tal"'): ['poses, tall, from: there is no pose "tal"; did you mean tall?'],
    tall('from = "tall"'): ["poses, tall, from: it comes from itself; name another pose"],
    tall("from = 3"): ["poses, tall, from: 3 is not text; put it in quotes"],
    '[poses.a]\nfrom = "c"\n[poses.b]\nfrom = "a"\n[poses.c]\nfrom = "b"\n[poses.d]\nfrom = "a"\n' + tall(): [
        "poses, a, from: it goes in a circle: a, c, b, a; leave out one from"
    ],
    TALL + "[movement]": [
        'movement: ready is missing; add a line like ready = "tall"',
        'movement: steps are missing; add a line like steps = ["tall", "fold"]',
        (
            "movement: it neither holds a pose nor goes down and up; "
            "add hold, or [movement.down] and [movement.up]"
        ),
    ],
    "movement = 3\n" + TALL: ["movement: 3 is not a table; write it like [movement] on a line of its own"],
    TALL
    + '[movement]\nready = "tal"\nsteps = []\nout = "tall"\nhould = "tall"\n[movement.down]\nease = "fsat"': [
        'movement, ready: there is no pose "tal"; did you mean tall?',
        "movement, steps: there are none; name one pose for each step",
        'movement, down: it goes nowhere; add a line like to = ["bottom"]',
        'movement, down, ease: "fsat" is not one of smooth, fast, fall; did you mean fast?',
        "movement: there is a way down and none up; add [movement.up]",
        'movement: "hould" is not known here; did you mean hold?',
    ],
    lying("hips = [0, 0.5]", 'feet = { on = "thigh" }'): [
        "poses, tall: only one leg can rest on the other; say where the foot of the other one is"
    ],
    tall(top='things = [{ kind = "chair", at = [0.1, 0.2, 0] }, { kind = "rack", at = [0, -1, 1.4] }]'): [
        (
            "thing 1, at: it stands 0.2 m to the left; "
            "use [0.1, 0, 0]: only what stands in the middle is the same for both sides"
        ),
        (
            "thing 2, at: it stands 1 m to the right; "
            "use [0, 0, 1.4]: only what stands in the middle is the same for both sides"
        ),
    ],
    tall('prop = "hands"', top='moved = "kettlebell"'): [
        "poses, tall, prop: a kettlebell is not held like that; write prop = { at = [0.3, 0, 0.235] }"
    ],
    tall('prop = "back"', top='moved = "kettlebell"'): [
        "poses, tall, prop: a kettlebell is not held like that; write prop = { at = [0.3, 0, 0.235] }"
    ],
    tall('prop = "hands"', top='moved = "barbell"'): [
        "poses, tall, prop: a barbell is not held like that; write prop = { at = [0.3, 0, 0.2] }"
    ],
    tall("prop = { at = [0.3, 0, 0.5] }", '[poses.low]\nfrom = "tall"', top='moved = "kettlebells"'): [
        'poses, tall, prop: kettlebells are not held like that; write prop = "hands"'
    ],
    tall(top='moved = "kettlebells"'): [
        'poses, tall: it does not say where the kettlebells are; add prop = "hands"'
    ],
    tall("prop = { at = [0.3, 0, 0.2] }", top='moved = "kettlebell"'): [
        (
            "poses, tall: the kettlebell is 35 mm under the floor; "
            "its grip is at 0.235 where it lies on the floor"
        )
    ],
    tall("prop = { at = [0.3, 0, 0.1] }", top='moved = "barbell"'): [
        "poses, tall: the barbell is 70 mm under the floor; its grip is at 0.17 where it lies on the floor"
    ],
    '[poses.""]\nhips = [0, 0.92]\nfeet = { at = [0, 0.10] }\n' + tall(): [
        "poses: a pose has no name; write it like [poses.tall]"
    ],
    TALL + MOVEMENT.replace('hold = "tall"', 'hold = ""'): [
        "movement, hold: it is empty; write at least a word"
    ],
    tall('right_arm = { on = "toes", along = 0.5 }'): [
        "poses, tall: the right hand is 628 mm short of the right toes; move it or the hips nearer"
    ],
    tall("hips = [0, 0.92]"): [
        "line 5, column 17: not valid TOML: cannot overwrite a value; say it only once"
    ],
    lying("hips = [0, 1.0]", "feet = { at = [0, 0.1] }"): [
        "poses, tall: the right foot is 73 mm short of the floor; move it or the hips nearer",
        "poses, tall: the left foot is 73 mm short of the floor; move it or the hips nearer",
    ],
    lying("hips = [0, 0.3]", "feet = { raised = 20 }"): [
        "poses, tall: the right foot is 578 mm under the floor; move it up, or the hips",
        "poses, tall: the right knee is 101 mm under the floor; move it up, or the hips",
        "poses, tall: the left foot is 578 mm under the floor; move it up, or the hips",
        "poses, tall: the left knee is 101 mm under the floor; move it up, or the hips",
    ],
    tall("left_foot = { raised = 80, toes_up = 58 }"): [
        "poses, tall: the left ankle is bent 58 degrees; 45 is as far as it goes"
    ],
}


@pytest.mark.parametrize("content", PROBLEMS)
def test_every_problem_is_told_with_its_place_and_remedy(content: str, problems_of: ProblemsOf) -> None:
    assert problems_of(content) == PROBLEMS[content]


FULL = """
view = { turn = 35, height = 8 }
things = [ { kind = "chair", at = [0.1, 0, 0.3] }, { kind = "mat" } ]
moved = "barbell"

[poses.a]
hips = [0.1, 0.9]
feet = { at = [0.0, 0.10], turn = 8, toes_up = -3, knee = 5 }
right_foot = { at = [0.1, 0.12] }
left_arm = { raised = 10, out = 5, bent = 20, elbow = 15 }
lean = 5
prop = { at = [0.3, 0.1, 1.0] }

[poses.b]
from = "a"
arms = { on = "prop", out = 0.1, elbow = 5 }
prop = { swing = [20, 0.6] }

[poses.c]
from = "b"
hips = [0, 0.1, 0.92]
left_foot = { raised = 20, out = 3, bent = 50, toes_up = -10, knee = 4 }
lean = 30
right_arm = { on = "thigh", along = 0.2, side = "left", shift = -0.05, elbow = 1 }
left_arm = { on = "thigh", along = 0.2 }
prop = "back"

[movement]
ready = "a"
steps = ["a", "c", "a"]
out = "b"
[movement.down]
to = ["b", "c"]
ease = "fall"
[movement.up]
to = ["a"]
"""


@pytest.fixture
def full(tmp_path: Path) -> Figure:
    path = tmp_path / "My Figure.toml"
    path.write_text(FULL)
    return read_figure(path)


def test_a_figure_is_read_as_written(full: Figure) -> None:
    assert (full.id, full.view, full.moved) == ("my-figure", View(35, 8), Prop.BARBELL)
    assert full.things == (Thing(Prop.CHAIR, (0.1, 0.0, 0.3)), Thing(Prop.MAT, (0, 0, 0)))
    a, b, c = (full.poses[name] for name in "abc")
    assert (full.step_names, full.steps) == (("a", "c", "a"), (a, c, a))
    assert (full.ready, full.out, full.hold) == (a, b, None)
    assert full.down is not None
    assert full.up is not None
    assert (full.down.to, full.down.ease) == ((b, c), Ease.FALL)
    assert (full.up.to, full.up.ease) == ((a,), Ease.SMOOTH)


def test_limbs_and_props_are_read_as_written(full: Figure) -> None:
    a, b, c = (full.poses[name] for name in "abc")
    assert a.hips == (0.1, 0.0, 0.9)
    assert a.right_leg == Planted((0.1, -0.12))
    assert a.left_leg == Planted((0.0, 0.10), 8, -3, 5)
    assert (a.right_arm, a.left_arm) == (FreeArm(), FreeArm(10, 5, 20, 15))
    assert (a.prop, b.prop, c.prop) == (Standing((0.3, 0.1, 1.0)), Swung(20, 0.6), OnBack())
    assert (b.right_arm, b.left_arm) == (OnProp(0.1, 5), OnProp(0.1, 5))
    assert c.left_leg == FreeLeg(20, 3, 50, -10, 4)
    assert c.right_arm == OnBody(Part.THIGH, 0.2, "left", -0.05, 1)
    assert c.left_arm == OnBody(Part.THIGH, 0.2)


def test_a_pose_takes_over_what_it_leaves_out(full: Figure) -> None:
    a, b, c = (full.poses[name] for name in "abc")
    assert (b.hips, b.lean, b.left_leg) == (a.hips, 5, a.left_leg)
    assert (c.hips, c.lean, c.right_leg) == ((0, 0.1, 0.92), 30, a.right_leg)


def test_floor_thigh_and_hands_are_read_too(problems_of: ProblemsOf, tmp_path: Path) -> None:
    lines = (
        'right_foot = { on = "thigh", along = 0.8, knee = 65 }',
        "hips = [0, 0.5]",
        "left_foot = { at = [0.4, 0.1] }",
        'prop = "hands"',
    )
    assert problems_of(f'moved = "kettlebells"\n{lying(*lines)}') == []
    pose = read_figure(tmp_path / "tried.toml").ready
    assert (pose.right_leg, pose.prop) == (Crossed(0.8, 65), InHands())
    bent = ("hips = [-0.3, 0.8]", "feet = { at = [-0.6, 0.1] }", "lean = 100", "waist = 30")
    assert problems_of(lying(*bent, 'arms = { on = "floor", at = [0.3, 0.2], turn = 10 }')) == []
    assert read_figure(tmp_path / "tried.toml").ready.left_arm == OnFloor((0.3, 0.2), 10)


def test_hands_grip_the_bar_that_is_hung_from(problems_of: ProblemsOf, tmp_path: Path) -> None:
    top = 'things = [{ kind = "pullup-bar", at = [0, 0, 2.05] }]'
    assert problems_of(tall('arms = { on = "prop", out = 0.25 }', top=top)) == []
    assert read_figure(tmp_path / "tried.toml").ready.prop == Standing((0, 0, 2.05))


def test_out_and_view_may_be_left_out(problems_of: ProblemsOf, tmp_path: Path) -> None:
    assert problems_of(tall()) == []
    figure = read_figure(tmp_path / "tried.toml")
    assert (figure.out, figure.view, figure.things, figure.moved) == (figure.ready, View(), (), None)


# Leaning forward and leaning back it reaches the bar; upright, between the two, it does not.
SWAYING = """
moved = "barbell"
[poses.forward]
hips = [0, 1.3]
feet = { raised = 0 }
arms = { on = 'prop', out = 0.19 }
prop = { at = [0, 0, 1.1] }
lean = 60
[poses.back]
from = "forward"
lean = -60
[movement]
ready = "forward"
steps = ["back"]
hold = "back"
"""
SHORT = [
    f"between {way}: the {side} hand is 43 mm short of the prop; move it or the hips nearer"
    for way in ("forward and back", "back and forward")
    for side in ("right", "left")
]


def test_a_way_that_no_body_can_go_is_told_where_it_is_worst(problems_of: ProblemsOf) -> None:
    assert problems_of(SWAYING) == SHORT


def test_a_way_is_tried_before_and_after_its_middle(problems_of: ProblemsOf) -> None:
    stepping = """
[poses.tall]
hips = [0, 0.92]
feet = { at = [0, 0.10], turn = 5 }
[poses.press]
from = "tall"
hips = [-0.12, 0.80]
lean = 28
right_foot = { at = [-0.50, 0.10] }
[movement]
ready = "tall"
steps = ["press"]
hold = "press"
"""
    assert problems_of(stepping) == [
        f"between {way}: the right ankle is bent 46 degrees; 45 is as far as it goes"
        for way in ("tall and press", "press and tall")
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("[poses.tall]\nhips = 3\n", "poses, tall, hips: 3 is no list"),
        ('[poses.tall]\nfrom = "back"\nlean = 200\n', "poses, tall, lean: 200 is more than 180"),
        ("[movement.down]\nto = 3\n", "movement: there is a way down and none up"),
        ("[movement.down]\nto = []\n[movement.up]\nto = ['bak']\n", "movement, down: it goes nowhere"),
        ("[other]\n", '"other" is not known here'),
    ],
)
def test_ways_between_sound_poses_are_tried_whatever_else_is_wrong(
    more: str, told: str, problems_of: ProblemsOf
) -> None:
    problems = problems_of(SWAYING + more)
    assert any(problem.startswith(told) for problem in problems)
    assert set(SHORT[:2]) <= set(problems)


@pytest.mark.parametrize(
    "movement",
    [
        'ready = "low"\nhold = "back"\nsteps = ["forward", "low", "back"]',
        'ready = "low"\nhold = "back"\nsteps = ["forward", "tal", "back"]',
        'ready = "low"\nhold = "back"\nsteps = ["forward", 3, "back"]',
        'ready = "low"\nhold = "back"\nsteps = [' + '"forward", ' * 200 + "]",
        'ready = "forward"\nsteps = ["low"]\nhold = "bak"\nout = "back"',
        'ready = "back"\nsteps = ["low"]\nhold = "forward"\nout = "bak"',
        'ready = "forward"\nsteps = ["low"]\nout = "back"\ndown = { to = ["low"] }',
        'ready = "forward"\nsteps = ["low"]\nout = "back"',
        'ready = "forward"\nsteps = ["low"]\nout = "back"\ndown = 3\nup = 3',
        'ready = "low"\nsteps = ["forward", "odd", "back"]\ndown = { to = ["low"] }\nup = { to = ["back"] }',
    ],
)
def test_what_is_wrong_makes_no_way_that_nobody_wrote(movement: str, problems_of: ProblemsOf) -> None:
    poses, _ = SWAYING.split("[movement]")
    problems = problems_of(f"{poses}[poses.low]\nhips = 3\n[poses.odd]\nhips = 3\n[movement]\n{movement}\n")
    assert problems
    assert not [problem for problem in problems if problem.startswith("between forward and back")]


# --- hostile -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"\0",
        b"[" * 10_000,
        b"poses = " + b"[" * 5_000 + b"]" * 5_000,
        b"# " + b"x" * 3_000_000,
        b"".join(b"[poses.p%d]\nfrom = 'p%d'\n" % (n, n + 1) for n in range(5_000)),
        b"[poses.'" + b"x" * 50_000 + b"\x1b[31m']\nhips = 3\n",
        b"things = [" + b"3, " * 100_000 + b"]",
        b"[poses.tall]\nhips = [0x" + b"f" * 5_000 + b", -1e999]\nfeet = { at = [1e308, -1e308] }\n",
        b"[poses.tall]\nhips = { a = 1 }\nfeet = [[[]]]\narms = 1979-05-27\nprop = 07:32:00\nlean = []\n",
        b"[movement]\nsteps = [" + b"'x', " * 50_000 + b"]",
        b"[movement.down]\nto = {}\n[movement.up]\nto = 'tall'\n[movement.steps]\na = 1\n",
        b"view = []\nthings = {}\nmoved = []\nposes = []\nmovement = []\n",
    ],
    ids=lambda content: content[:20].decode("ascii", "replace").encode("unicode_escape").decode(),
)
def test_hostile_files_are_refused_in_short_safe_lines(content: bytes, problems_of: ProblemsOf) -> None:
    problems = problems_of(content)
    assert 1 <= len(problems) <= 101
    assert all(len(problem) < 600 and problem.isprintable() for problem in problems)


def test_what_is_wrong_past_the_first_hundred_problems_is_noticed_too(problems_of: ProblemsOf) -> None:
    many = "".join(f"[poses.p{number}]\na = 1\nb = 1\nc = 1\nd = 1\ne = 1\n" for number in range(25))
    steps = MOVEMENT.replace('steps = ["tall"]', 'steps = ["q"]')
    problems = problems_of(f"{many}[poses]\nq = 5\n{TALL}{steps}")
    assert len(problems) == 101
    assert problems[-1] == "and 26 more"


def test_more_poses_or_things_than_a_figure_needs_are_refused(problems_of: ProblemsOf) -> None:
    many = "".join(f"[poses.p{number}]\nfrom = 'tall'\n" for number in range(40))
    assert problems_of(tall() + many) == ["poses: there are more than 40; use at most 40"]
    things = ", ".join(["{ kind = 'mat' }"] * 21)
    assert problems_of(tall(top=f"things = [{things}]")) == ["things: there are more than 20; use at most 20"]


def test_a_long_line_of_poses_is_read(problems_of: ProblemsOf) -> None:
    line = "".join(f"[poses.p{number}]\nfrom = 'p{number + 1}'\n" for number in range(38))
    assert problems_of(f"{line}[poses.p38]\nfrom = 'tall'\n{tall()}") == []


def test_folders_and_pipes_are_no_figures(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml", Path("/dev/zero"), _pipe(tmp_path)):
        with pytest.raises(FileProblemsError):
            read_figure(path)
        assert not holds_figure(path)


def _pipe(folder: Path) -> Path:
    path = folder / "pipe.toml"
    os.mkfifo(path)
    return path


# --- with its exercise ---------------------------------------------------------------------------


def test_a_figure_has_a_pose_for_each_step(library: Library, folder: Path) -> None:
    figure = read_figure(folder / "kettlebell-swing.toml")
    assert check_figure(figure, library.exercise("kettlebell-swing")) == ()
    [problem] = check_figure(figure, library.exercise("back-squat"))
    assert str(problem) == (
        "movement, steps: there are 9 poses for the 8 steps of back-squat; name one pose for each step"
    )


def test_what_is_held_needs_a_pose_to_hold(library: Library, folder: Path) -> None:
    problems = check_figure(
        read_figure(folder / "kettlebell-swing.toml"), library.exercise("downward-facing-dog")
    )
    assert str(problems[-1]) == (
        'movement: hold is missing, and downward-facing-dog is held; add a line like hold = "fold"'
    )


def test_what_is_repeated_needs_its_ways(library: Library, folder: Path) -> None:
    figure = read_figure(folder / "standing-hamstring-stretch.toml")
    problems = check_figure(figure, library.exercise("pullup"))
    assert [str(problem) for problem in problems] == [
        (
            "movement: the ways down and up are missing, and pullup is done in reps; "
            "add [movement.down] and [movement.up]"
        )
    ]


def test_a_figure_without_an_exercise_is_told(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "kettlebel-swing.toml"
    path.write_text(LIFT)
    [problem] = check_figure_file(path, library.by_exercise_id)
    assert str(problem) == "there is no exercise kettlebel-swing; did you mean kettlebell-swing?"


def test_every_figure_that_ships_is_sound_and_fits_its_exercise(library: Library) -> None:
    problems = {
        path.name: check_figure_file(path, library.by_exercise_id)
        for path in sorted(resource_path("figures").glob("*.toml"))
    }
    assert {name: found for name, found in problems.items() if found} == {}


# --- the figures there are -----------------------------------------------------------------------


def test_figures_are_read_when_asked_for_and_once(folder: Path) -> None:
    figures = Figures(folder)
    assert figures._read == {}
    found = figures.figure("kettlebell-swing")
    assert found is not None
    assert figures.figure("kettlebell-swing") is found
    assert set(figures._read) == {"kettlebell-swing"}


@pytest.mark.parametrize("name", ["none", "", "x" * 5_000, "a\0b", "Kettlebell-Swing"])
def test_there_is_no_figure_of_what_there_is_not(name: str, folder: Path) -> None:
    assert Figures(folder).figure(name) is None


def test_the_id_of_an_exercise_is_never_a_path(folder: Path) -> None:
    for name in (
        f"../{folder.name}/kettlebell-swing",
        str(folder / "kettlebell-swing"),
        "./kettlebell-swing",
    ):
        assert Figures(folder).figure(name) is None


def test_a_figure_that_is_broken_costs_itself_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "pullup.toml").write_text("poses = 3")
    assert Figures(tmp_path).figure("pullup") is None
    assert "poses: 3 is not a table" in caplog.text


def test_an_exercise_of_one_s_own_gets_no_figure_with_other_steps(library: Library, folder: Path) -> None:
    figures = Figures(folder)
    assert figures.figure_for(library.exercise("kettlebell-swing")) is not None
    text = 'name = "Swing"\nsteps = ["Swing."]\nreps = 8\n'
    own = exercise_from(text, "kettlebell-swing", library.names)
    assert figures.figure_for(own) is None


def test_the_tests_own_figures_are_told_apart_from_routines(tmp_path: Path) -> None:
    for name, text, is_figure in (
        ("a", STRETCH, True),
        ("b", 'name = "B"\nexercises = ["pullup"]\n', False),
        ("c", "poses = 3\n", True),
        ("d", "[movement]\n", True),
        ("e", "view = 3\n", True),
        ("f", "poses = [\n", False),
    ):
        path = tmp_path / f"{name}.toml"
        path.write_text(text)
        assert holds_figure(path) is is_figure


def test_whatever_lies_among_the_figures_is_meant_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.toml").write_text("[")
    assert holds_figure(tmp_path / "figures" / "a.toml")
    monkeypatch.chdir(tmp_path / "figures")
    assert holds_figure(Path("a.toml"))


def test_the_poses_of_what_ships_are_not_tried_out_again(tmp_path: Path) -> None:
    (tmp_path / "swaying.toml").write_text(SWAYING.replace("hips = [0, 1.3]", "hips = [0, 1.9]"))
    assert Figures(tmp_path).figure("swaying") is None
    assert Figures(tmp_path, trusted=True).figure("swaying") is not None
    assert Figures.built_in()._trusted


def test_what_ships_is_told_all_else_that_is_wrong_with_it(tmp_path: Path) -> None:
    (tmp_path / "swaying.toml").write_text(SWAYING.replace('ready = "forward"', 'ready = "forwrad"'))
    assert Figures(tmp_path, trusted=True).figure("swaying") is None
