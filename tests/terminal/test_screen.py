from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from chain_timer.routine.names import Names
from chain_timer.terminal.outline import Outline
from chain_timer.terminal.screen import screen
from chain_timer.terminal.sheet import Letters, cut, wrapped
from chain_timer.terminal.view import Extras, Sight, strip_cells

if TYPE_CHECKING:
    from chain_timer.conductor import Conductor

Seen = Callable[..., list[str]]

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07Stretch",
    "\u202egnirts\u202c fdp.exe",
    "🧘🏽‍♀️👨‍👩‍👧‍👦 Stretch 柔軟体操 " * 3,
    "A" * 5000,
    "[bold red]Stretch[/] <b>fat</b>",
    "שלום מתיחה",
    "Zalgo" + "\u0301" * 400,
    "line\nbreak\ttab",
)


FIRST_HOLD_MS = 19_000


def test_a_hold_at_the_usual_size(stage: Any, seen: Seen) -> None:
    stage.start(FIRST_HOLD_MS)
    stage.pass_ms(7_500)
    assert seen(stage.conductor, coaching="full") == [
        "   Two minutes  1 of 4                                              3:10 left",
        "",
        "                                      HOLD",
        "                           Standing hamstring stretch",
        "                             Right leg → then left",
        "",
        "                                ▄▟██▙▄    ▗▟██▙▖",
        "                               ▐█▛  ▜█▌  ▗█▛  ▜█▖",
        "                               ▝▀   ▗█▌       ▟█▘",
        "                                   ▗█▛▘     ███▙",
        "                                  ▟█▀         ▝█▌",
        "                                ▄█▛▘     ▐█▙  ▟█▌",
        "                               ▐██████▌   ▀████▀",
        "",
        "                ━━━━━━━━━━━─────────────────────────────────────",
        "",
        "                        Step your right foot forward.",
        "                        Flex your right toes toward you.",
        "",
        "            ▾",
        "   ▃▃▃▃▃▃▃▆▆▆▆▆▆▆▆▆▆▃▃▆▆▆▆▆▆▆▆▆▆▃▃▃▃▃▃▃▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▃▃▃▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▃▃",
        "",
        "   Next  Switch to the left leg",
        "   Space pause   ← → step   + - 5 s   c coach: full   ? keys   q leave",
    ]


def test_instructions_on_a_small_screen(stage: Any, seen: Seen) -> None:
    stage.start(10_000)
    stage.pass_ms(1_200)
    assert seen(stage.conductor, 40, 12) == [
        " Two minutes  1 of 4          3:25 left",
        "   HOW IT GOES  Right leg → then left",
        "       Standing hamstring stretch",
        "                  ▗▛▜▖",
        "                  ▐▛▜▌",
        "                  ▝▙▟▘",
        "    ━━━─────────────────────────────",
        "  ● Step your right foot forward.",
        "    Flex your right toes toward you.",
        " ▃│▃▆▆▆▆▆▆▃▆▆▆▆▆▃▃▃▆▆▆▆▆▆▆▆▆▃▆▆▆▆▆▆▆▆▆▃",
        " Next  Hold 30s",
        " Space pause   ? keys   q leave",
    ]


def test_reps_on_a_large_screen_count_the_reps(stage: Any, seen: Seen) -> None:
    index = next(i for i, s in enumerate(stage.conductor.timeline.segments) if s.kind == "reps")
    stage.start(stage.conductor.timeline.start_of(index) + 13_000)
    text = seen(stage.conductor, 120, 40)
    assert "REPS" in "".join(text)
    assert any(line.strip() == "of 8 reps" for line in text)
    assert any(line.strip() == "Set 1 of 2" for line in text)
    assert any(line.strip() == "Hamstrings" for line in text)
    assert any(line.strip() == "● Chest up." for line in text)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60), (20, 5), (3, 2), (1, 1)])
def test_no_name_leaves_its_place(
    name: str, size: tuple[int, int], stage_of: Any, plans: Any, names: Names
) -> None:
    stretch = plans["exercise"](name, key_cue=name, easier=name, muscles=(name,), side_noun=name)
    stage = stage_of(plans["routine"](plans["item"](stretch, plans["hold"](30_000)), name=name))
    conductor: Conductor = stage.conductor
    width, height = size
    outline, sight = Outline(conductor.timeline), Sight(names)
    for position_ms in range(0, conductor.timeline.duration_ms, 5_000):
        conductor.seek(position_ms)
        view = sight.view(conductor.player, outline, strip_cells(width), Extras(notice=name))
        rows = screen(view, width, height, Letters())
        assert len(rows) == height
        for row in rows:
            assert all(column + cell_len(text) <= width for column, text, _ in row)
            assert all(text.isprintable() for _, text, _ in row)


@pytest.mark.parametrize("width", [40, 61, 80, 120, 200])
@pytest.mark.parametrize("height", range(10, 61, 5))
def test_nothing_is_written_over_anything(width: int, height: int, stage: Any, names: Names) -> None:
    conductor = stage.conductor
    outline, sight = Outline(conductor.timeline), Sight(names)
    for position_ms in range(0, conductor.timeline.duration_ms, 3_000):
        conductor.seek(position_ms)
        view = sight.view(conductor.player, outline, strip_cells(width), Extras(coaching="full"))
        for row in screen(view, width, height, Letters()):
            end = 0
            for column, text, _ in sorted(row):
                assert column >= end
                end = column + cell_len(text)


def test_a_pause_is_said_and_named(stage: Any, seen: Seen) -> None:
    stage.start(FIRST_HOLD_MS)
    stage.conductor.pause()
    text = "\n".join(seen(stage.conductor))
    assert "Paused – Space goes on" in text  # noqa: RUF001
    assert "Space go on" in text


def test_getting_ready_counts_down_large(stage: Any, seen: Seen) -> None:
    stage.start(FIRST_HOLD_MS)
    stage.conductor.pause()
    stage.conductor.go_on()
    shown = []
    for _ in range(3):
        shown.append(seen(stage.conductor))
        stage.pass_ms(1_000)
    assert all(any("Get ready" in line for line in lines) for lines in shown[:2])
    assert len({tuple(lines[6:13]) for lines in shown}) == 3


def test_a_gate_waits_and_says_which_key_goes_on(stage_of: Any, plans: Any, seen: Seen) -> None:
    stage = stage_of(plans["at_own_pace"]())
    stage.conductor.start()
    stage.pass_ms(60_000)
    text = "\n".join(seen(stage.conductor))
    assert "Waiting – Space says done" in text  # noqa: RUF001
    assert "Space done" in text
    assert "reps at your own pace" in text
    assert "~" in text.splitlines()[0]


def test_without_block_characters_everything_is_plain(stage: Any, seen: Seen) -> None:
    stage.start(FIRST_HOLD_MS)
    for encoding in ("ascii", "latin-1"):
        text = "\n".join(seen(stage.conductor, encoding=encoding))
        text.encode(encoding)
        assert "Right leg -> then left" in text
        assert "####" in text
    narrow = "\n".join(seen(stage.conductor, 40, 12, encoding="ascii", notice="No sound. " * 9))
    assert "?" not in narrow.replace("? keys", "")


def test_the_keys_are_shown_over_the_session_with_its_seconds(stage: Any, seen: Seen) -> None:
    stage.start(FIRST_HOLD_MS)
    text = seen(stage.conductor, shows_keys=True)
    assert any(line.split() == ["HOLD", "30"] for line in text)
    assert any(line.split() == ["r", "this", "part", "again"] for line in text)


def test_text_from_files_is_never_markup(stage_of: Any, plans: Any, seen: Seen) -> None:
    name = "[bold red]Stretch[/] <b>fat</b>"
    stage = stage_of(plans["routine"](plans["item"](plans["exercise"](name), plans["hold"](30_000))))
    assert any(name in line for line in seen(stage.conductor))


def test_a_notice_stands_where_next_up_stood(stage: Any, seen: Seen) -> None:
    stage.start(FIRST_HOLD_MS)
    text = "\n".join(seen(stage.conductor, notice="There is no sound device"))
    assert "There is no sound device" in text
    assert "Next  " not in text


def test_an_empty_session_has_a_screen(stage_of: Any, plans: Any, seen: Seen) -> None:
    stage = stage_of(plans["routine"]())
    assert len(seen(stage.conductor)) == 24


def test_cut_text_shows_that_something_is_missing() -> None:
    assert cut("Stretch", 7) == "Stretch"
    assert cut("Stretch", 5) == "Stre…"
    assert cut("柔軟体操", 5) == "柔軟…"
    assert cut("Stretch", 0) == ""


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    assert wrapped("Bend at your waist", 9) == ["Bend at", "your", "waist"]
    assert wrapped("Incomprehensible word", 6) == ["Incom…", "word"]
