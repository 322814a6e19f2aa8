"""What a person has set: each setting declared once, with its type, range, default and label.

The values are one frozen view; :class:`chain_timer.system.settings_store.SettingsStore` keeps them on disk.
"""

from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from typing import Any, cast

from chain_timer.problems import quoted

COACHING_LEVELS = ("full", "cues", "names", "silent")
TONE_SETS = ("soft", "bell", "wood")
THEMES = ("system", "light", "dark")
MOTIONS = ("system", "reduced", "full")
_DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    def fits(self, value: object) -> bool:
        return isinstance(value, bool)

    def __str__(self) -> str:
        return "true or false"


@dataclass(frozen=True, slots=True)
class Range:
    """A whole number from ``least`` to ``most``, in ``unit``."""

    least: int
    most: int
    unit: str = ""

    def fits(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def __str__(self) -> str:
        return f"a whole number from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def fits(self, value: object) -> bool:
        return isinstance(value, str) and value in self.options

    def __str__(self) -> str:
        return "one of " + ", ".join(f'"{option}"' for option in self.options)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one line, of at most ``longest`` characters."""

    longest: int = 200

    def fits(self, value: object) -> bool:
        return isinstance(value, str) and len(value) <= self.longest and (not value or value.isprintable())

    def __str__(self) -> str:
        return f"text of at most {self.longest} characters"


@dataclass(frozen=True, slots=True)
class WeeklyTimes:
    """Times on days of the week, as :func:`chain_timer.system.reminders.read_reminders` reads them."""

    def fits(self, value: object) -> bool:
        from chain_timer.system.reminders import read_reminders  # noqa: PLC0415 - most people set none

        return isinstance(value, str) and _is_read(read_reminders, value)

    def __str__(self) -> str:
        return "times of a week like mon thu 18:00, sat 09:30"


@dataclass(frozen=True, slots=True)
class DayHours:
    """Part of a day, as :func:`chain_timer.system.reminders.read_hours` reads it, or nothing."""

    def fits(self, value: object) -> bool:
        from chain_timer.system.reminders import read_hours  # noqa: PLC0415 - as above

        return isinstance(value, str) and _is_read(read_hours, value)

    def __str__(self) -> str:
        return "hours like 22:00-07:00"


def _is_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


Rule = Switch | Range | Choice | Text | WeeklyTimes | DayHours


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared setting. ``key`` is its name in code and file, ``label`` its name on the settings page."""

    key: str
    section: str
    label: str
    rule: Rule
    default: bool | int | str

    def refusal(self, value: object) -> str:
        """Why a value cannot be used; empty when it can."""
        return "" if self.rule.fits(value) else f"{quoted(value)} is not {self.rule}"


def _declared(rule: Rule, section: str, label: str, *, default: object) -> Any:  # noqa: ANN401 -- as dataclasses.field
    return field(default=default, metadata={_DECLARATION: (rule, section, label)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings at one moment. An empty ``voice`` or ``language`` means: choose for me."""

    voice: str = _declared(Text(), "voice", "Voice", default="")
    rate: int = _declared(Range(80, 300, "words a minute"), "voice", "Speaking rate", default=150)
    voice_volume: int = _declared(Range(0, 100, "%"), "sound", "Voice volume", default=90)
    tone_volume: int = _declared(Range(0, 100, "%"), "sound", "Tone volume", default=70)
    muted: bool = _declared(Switch(), "sound", "Mute", default=False)
    tone_set: str = _declared(Choice(TONE_SETS), "sound", "Tones", default="soft")
    coaching: str = _declared(Choice(COACHING_LEVELS), "session", "Coaching", default="full")
    prepare: int = _declared(Range(3, 60, "s"), "session", "Time to get into position", default=10)
    rest: int = _declared(Range(0, 300, "s"), "session", "Rest between exercises", default=15)
    get_ready: bool = _declared(Switch(), "session", "Three seconds to get ready after a pause", default=True)
    weekly_goal: int = _declared(Range(1, 7, "days a week"), "session", "Weekly goal", default=2)
    theme: str = _declared(Choice(THEMES), "look", "Theme", default="system")
    motion: str = _declared(Choice(MOTIONS), "look", "Motion", default="system")
    language: str = _declared(Text(35), "look", "Language", default="")
    reminders: str = _declared(WeeklyTimes(), "reminders", "Remind me", default="")
    quiet: str = _declared(DayHours(), "reminders", "Quiet hours", default="22:00-07:00")
    tray: bool = _declared(Switch(), "reminders", "Keep running in the tray", default=False)


def _setting(declaration: Field[Any]) -> Setting:
    rule, section, label = declaration.metadata[_DECLARATION]
    return Setting(declaration.name, section, label, rule, cast("bool | int | str", declaration.default))


SETTINGS: tuple[Setting, ...] = tuple(_setting(declaration) for declaration in fields(Settings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What a person last chose for one routine; None is a choice never made."""

    hold_ms: int | None = _declared(Range(1_000, 3_600_000, "ms"), "", "Hold", default=None)
    rest_ms: int | None = _declared(Range(0, 3_600_000, "ms"), "", "Rest", default=None)
    rounds: int | None = _declared(Range(1, 100), "", "Rounds", default=None)
    coaching: str | None = _declared(Choice(COACHING_LEVELS), "", "Coaching", default=None)
    declined: str | None = _declared(Text(), "", "Suggested hold that was declined", default=None)


REMEMBERED: tuple[Setting, ...] = tuple(_setting(declaration) for declaration in fields(Remembered))
