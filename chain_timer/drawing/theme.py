"""The two themes as data: colors, type sizes, spacing. No Qt, so that any test can judge their contrast."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from chain_timer.timeline.kinds import Kind

SMALL, BODY, LEAD, TITLE, LARGE, HUGE = 13, 15, 17, 21, 28, 38
"""The type sizes, in pixels at a scale of 1; the countdown alone is larger."""
MOTION_MS = 180

_CHANNEL = 255
_LINEAR_BELOW = 0.03928


@dataclass(frozen=True, slots=True)
class Theme:
    """Every color in use, as ``#RRGGBB``."""

    name: str
    background: str
    surface: str
    """Cards, fields and panels."""
    raised: str
    """What lies on a surface: round buttons, bands, the empty part of the ring."""
    line: str
    """Lines that only part things; nothing depends on seeing them."""
    edge: str
    """Edges a person must see to find a control."""
    text: str
    quiet: str
    accent: str
    """Shapes that are on, chosen or focused."""
    accent_words: str
    """The accent where it is text."""
    fill: str
    """The ground of the one button that matters."""
    on_fill: str
    chosen: str
    """The ground of a chosen entry."""
    muscle: str
    muscle_words: str
    stage_inner: str
    stage_outer: str
    skin: str
    shirt: str
    shorts: str
    hair: str
    shoes: str
    metal: str
    """Bells, bars and plates."""
    wood: str
    """Chairs and racks."""
    mat: str
    shadow: str
    shapes: Mapping[Kind, str]
    """One color a kind of segment, for ring, strip and cards."""
    words: Mapping[Kind, str]
    """The same where it is text."""


DARK = Theme(
    name="dark",
    background="#10151F",
    surface="#151C29",
    raised="#1D2737",
    line="#253044",
    edge="#67768F",
    text="#E9EEF7",
    quiet="#93A1BC",
    accent="#3FCBB6",
    accent_words="#3FCBB6",
    fill="#3FCBB6",
    on_fill="#08211D",
    chosen="#17302F",
    muscle="#FF8A5B",
    muscle_words="#FF8A5B",
    stage_inner="#1F2A3D",
    stage_outer="#161D2B",
    skin="#C6D0E4",
    shirt="#8296C2",
    shorts="#52669A",
    hair="#43527A",
    shoes="#A9B7D3",
    metal="#7C899F",
    wood="#5A6780",
    mat="#34466A",
    shadow="#0B0F18",
    shapes=MappingProxyType(
        {
            Kind.PREPARE: "#F2B84B",
            Kind.SWITCH: "#F2B84B",
            Kind.HOLD: "#3FCBB6",
            Kind.REPS: "#FF8A5B",
            Kind.REST: "#5B8DEF",
            Kind.INSTRUCT: "#8A7CF0",
            Kind.FINISH: "#93A1BC",
        }
    ),
    words=MappingProxyType(
        {
            Kind.PREPARE: "#F2B84B",
            Kind.SWITCH: "#F2B84B",
            Kind.HOLD: "#3FCBB6",
            Kind.REPS: "#FF8A5B",
            Kind.REST: "#6E9BF2",
            Kind.INSTRUCT: "#988CF3",
            Kind.FINISH: "#93A1BC",
        }
    ),
)

LIGHT = Theme(
    name="light",
    background="#F5F7FB",
    surface="#FFFFFF",
    raised="#E9EEF6",
    line="#E4E9F2",
    edge="#818DA6",
    text="#1A2233",
    quiet="#5C6882",
    accent="#0F9E8D",
    accent_words="#0A776A",
    fill="#0B7F71",
    on_fill="#FFFFFF",
    chosen="#E1F3F0",
    muscle="#E54817",
    muscle_words="#BF360D",
    stage_inner="#F1F5FB",
    stage_outer="#E3E9F4",
    skin="#B4C1D8",
    shirt="#6A82B2",
    shorts="#425585",
    hair="#33416A",
    shoes="#7C8DB0",
    metal="#56627A",
    wood="#8E9BB3",
    mat="#8FA3C7",
    shadow="#8E9DB8",
    shapes=MappingProxyType(
        {
            Kind.PREPARE: "#BF810E",
            Kind.SWITCH: "#BF810E",
            Kind.HOLD: "#0F9E8D",
            Kind.REPS: "#ED6229",
            Kind.REST: "#588BEE",
            Kind.INSTRUCT: "#8A7CF0",
            Kind.FINISH: "#6B7893",
        }
    ),
    words=MappingProxyType(
        {
            Kind.PREPARE: "#8A5D08",
            Kind.SWITCH: "#8A5D08",
            Kind.HOLD: "#0A776A",
            Kind.REPS: "#B83E0E",
            Kind.REST: "#1F5FDB",
            Kind.INSTRUCT: "#6250EC",
            Kind.FINISH: "#5C6882",
        }
    ),
)

THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (DARK, LIGHT)})


def mixed(color: str, other: str, share: float) -> str:
    """Give a color with ``share`` (0 to 1) of another in it."""
    return "#" + "".join(
        f"{round(one * (1 - share) + two * share):02X}"
        for one, two in zip(_channels(color), _channels(other), strict=True)
    )


def contrast(color: str, other: str) -> float:
    """Give the contrast ratio of two colors as WCAG reckons it: 1 to 21."""
    darker, lighter = sorted((_luminance(color), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / _CHANNEL) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= _LINEAR_BELOW else float(((value + 0.055) / 1.055) ** 2.4)
