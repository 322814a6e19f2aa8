import io
from typing import Any

import pytest
from rich.color import ColorSystem

from chain_timer.routine.names import Names
from chain_timer.terminal.outline import Outline
from chain_timer.terminal.painter import Painter
from chain_timer.terminal.palette import BACKGROUND, KIND_COLORS, QUIET, TEXT, Palette, palette_of
from chain_timer.terminal.sheet import Letters
from chain_timer.terminal.view import Extras, Sight, View


@pytest.fixture
def view(stage: Any, names: Names) -> View:
    outline = Outline(stage.conductor.timeline)
    return Sight(names).view(stage.conductor.player, outline, 74, Extras())


def _light(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("color", [TEXT, QUIET, *KIND_COLORS.values()])
def test_every_color_of_text_can_be_read(color: str) -> None:
    lighter, darker = _light(color), _light(BACKGROUND)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_without_color_nothing_is_colored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    palette = palette_of(io.StringIO())
    for style in ("text", "kind hold", "past rest", "quiet", "alert"):
        assert "8;5;" not in palette.paint("x", style)
        assert "[3" not in palette.paint("x", style)
    assert Palette(ColorSystem.STANDARD, colored=False).paint("Hold", "strong hold") == "\x1b[1mHold\x1b[0m"


def test_each_kind_has_its_color() -> None:
    palette = Palette(ColorSystem.TRUECOLOR)
    assert "38;2;63;203;182" in palette.paint("Hold", "kind hold")
    assert "48;2;16;21;31" in palette.paint("Hold", "kind hold")


def test_only_rows_that_changed_are_painted(view: View) -> None:
    from dataclasses import replace  # noqa: PLC0415

    painter = Painter(lambda _text: None, Letters(), Palette(None))
    assert "\x1b[2J" in painter._painted(view, 80, 24)
    changed = painter._painted(replace(view, left="0:01 left"), 80, 24)
    assert changed.startswith("\x1b[1;1H")
    assert "0:01 left" in changed
    assert "\x1b[3;" not in changed


def test_the_screen_is_given_back_even_when_nothing_was_shown() -> None:
    written: list[str] = []
    with Painter(written.append, Letters(), Palette(None)):
        pass
    assert "\x1b[?1049h" in written[0]
    assert "\x1b[?1049l" in written[-1]


def test_a_terminal_that_hung_up_is_no_error(view: View) -> None:
    def refuse(_text: str) -> None:
        raise BrokenPipeError

    with Painter(refuse, Letters(), Palette(None)) as painter:
        painter.show(view, 80, 24)
    assert painter.gone
