"""The colors of the screen, one for each kind of segment, for terminals of many, few or no colors."""

from functools import lru_cache
from typing import TextIO

from rich.color import Color, ColorSystem
from rich.console import Console
from rich.style import Style

from chain_timer.timeline.segment import Kind

BACKGROUND = "#10151f"
TEXT = "#e9eef7"
QUIET = "#93a1bc"
FAINT = "#2a364b"
KIND_COLORS: dict[Kind, str] = {
    Kind.PREPARE: "#f2b84b",
    Kind.SWITCH: "#f2b84b",
    Kind.HOLD: "#3fcbb6",
    Kind.REPS: "#ff8a5b",
    Kind.REST: "#5b8def",
    Kind.INSTRUCT: "#8a7cf0",
    Kind.FINISH: "#3fcbb6",
}
_AMBER = KIND_COLORS[Kind.PREPARE]
_FEW_COLORS: dict[Kind, str] = {
    Kind.PREPARE: "yellow",
    Kind.SWITCH: "yellow",
    Kind.HOLD: "cyan",
    Kind.REPS: "red",
    Kind.REST: "blue",
    Kind.INSTRUCT: "magenta",
    Kind.FINISH: "cyan",
}
_PAST_SHARE = 0.34
_SYSTEMS = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
    "windows": ColorSystem.STANDARD,
}


class Palette:
    """Styles by the names the screen uses, such as ``quiet``, ``kind hold`` or ``past rest``."""

    def __init__(self, system: ColorSystem | None, *, colored: bool = True) -> None:
        self._system = system
        self._styles = _styles(system if colored else None)
        self.paint = lru_cache(maxsize=2048)(self._paint)

    def _paint(self, text: str, style: str) -> str:
        return self._styles[style].render(text, color_system=self._system)

    def style(self, name: str) -> Style:
        return self._styles[name]


def palette_of(stdout: TextIO) -> Palette:
    """Find out what a terminal can show; NO_COLOR and TERM are obeyed."""
    console = Console(file=stdout)
    return Palette(_SYSTEMS.get(console.color_system or ""), colored=not console.no_color)


def _styles(system: ColorSystem | None) -> dict[str, Style]:
    if system in {ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT}:
        return _many_colors()
    return _few_colors(colored=system is not None)


def _many_colors() -> dict[str, Style]:
    def on_ground(color: str, *, bold: bool = False) -> Style:
        return Style(color=color, bgcolor=BACKGROUND, bold=bold or None)

    styles = {
        "text": on_ground(TEXT),
        "strong": on_ground(TEXT, bold=True),
        "quiet": on_ground(QUIET),
        "faint": on_ground(FAINT),
        "alert": on_ground(_AMBER),
        "banner": Style(color=BACKGROUND, bgcolor=_AMBER, bold=True),
        "playhead": on_ground("#ffffff", bold=True),
    }
    for kind, color in KIND_COLORS.items():
        styles[f"kind {kind}"] = on_ground(color)
        styles[f"strong {kind}"] = on_ground(color, bold=True)
        styles[f"past {kind}"] = on_ground(mixed(color, BACKGROUND, _PAST_SHARE))
    return styles


def _few_colors(*, colored: bool) -> dict[str, Style]:
    # The terminal's own text and ground: which of its colors can be read on it, it knows best.
    styles = {
        "text": Style(),
        "strong": Style(bold=True),
        "quiet": Style(),
        "faint": Style(dim=True),
        "alert": Style(color="yellow" if colored else None, bold=True),
        "banner": Style(reverse=True, bold=True),
        "playhead": Style(bold=True),
    }
    for kind, name in _FEW_COLORS.items():
        color = name if colored else None
        styles[f"kind {kind}"] = Style(color=color)
        styles[f"strong {kind}"] = Style(color=color, bold=True)
        styles[f"past {kind}"] = Style(color=color, dim=True)
    return styles


def mixed(color: str, ground: str, share: float) -> str:
    """Mix a share of a color into a ground."""
    over, under = Color.parse(color).get_truecolor(), Color.parse(ground).get_truecolor()
    mix = (round(a * share + b * (1 - share)) for a, b in zip(over, under, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mix)
