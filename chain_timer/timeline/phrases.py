"""What the coach says, by language: the templates of ``resources/phrases`` filled in."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chain_timer.resources import resource_path
from chain_timer.routine.exercise import Hold, Side, Work
from chain_timer.units import HOUR_MS, MINUTE_MS, SECOND_MS

_HUNDRED = 100
_LARGEST_IN_WORDS = 999
_SENTENCE_START = re.compile(r"(?:^[\W_]*|[.!?]\s*[\"'“(]*)[^\W_]")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sayings of one language. Every method gives a whole phrase, ready to be spoken."""

    language: str
    templates: Mapping[str, str]
    units: Mapping[str, Sequence[str]]
    sides: Mapping[str, str]
    small_numbers: Sequence[str]
    tens: Sequence[str]
    joiner: str
    hundred: str

    def say(self, phrase: str, **parts: str) -> str:
        return _sentence(self.templates[phrase].format(**parts))

    def number(self, count: int) -> str:
        """Write a number in words up to 999, and in digits beyond."""
        if count < len(self.small_numbers):
            return self.small_numbers[count]
        if count < _HUNDRED:
            ten, one = divmod(count, 10)
            return self.tens[ten] + (f"{self.joiner}{self.small_numbers[one]}" if one else "")
        if count > _LARGEST_IN_WORDS:
            return str(count)
        hundreds, rest = divmod(count, _HUNDRED)
        text = self.hundred.format(count=self.number(hundreds))
        return f"{text} {self.number(rest)}" if rest else text

    def counted(self, unit: str, count: int) -> str:
        """Say a number of things: ``one minute``, ``two minutes``."""
        one, many = self.units[unit]
        return (one if count == 1 else many).format(count=self.number(count))

    def length(self, ms: int) -> str:
        """Say a duration to the second: ``one minute thirty seconds``."""
        hours, rest = divmod(ms, HOUR_MS)
        minutes, rest = divmod(rest, MINUTE_MS)
        seconds = rest // SECOND_MS
        parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
        said = [self.counted(unit, count) for count, unit in parts if count]
        return " ".join(said) or self.counted("second", 0)

    def side(self, side: Side, noun: str) -> str:
        return self.sides[side.value].format(noun=noun)

    def amount(self, work: Work) -> str:
        """Say how much work: a length, or a number of reps."""
        if isinstance(work, Hold):
            return self.length(work.length_ms)
        reps = self.counted("rep", work.count)
        return self.templates["own_pace_amount"].format(amount=reps) if work.self_paced else reps


def load_phrases(language: str = "en") -> Phrases:
    """Read the phrases of a language from the resources.

    Raises OSError where the language has none.
    """
    with resource_path("phrases", f"{language}.toml").open("rb") as file:
        data = tomllib.load(file)
    numbers = data["numbers"]
    return Phrases(
        language=data["language"],
        templates=data["phrases"],
        units=data["units"],
        sides=data["sides"],
        small_numbers=numbers["small"],
        tens=numbers["tens"],
        joiner=numbers["joiner"],
        hundred=numbers["hundred"],
    )


def _sentence(text: str) -> str:
    # Each sentence of a phrase begins with a capital, also where a number or a side was filled in.
    return _SENTENCE_START.sub(lambda start: start.group().upper(), text)
