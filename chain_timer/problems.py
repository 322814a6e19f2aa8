"""What is wrong, where, and what to do: the errors a person may meet."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST_QUOTE = 60
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file or on this machine, with its remedy."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.remedy}" if self.remedy else text


class ChainTimerError(Exception):
    """An error whose text is meant for a person: it says what happened, where, and what to do."""


class FileProblemsError(ChainTimerError):
    """A file could not be used; :attr:`problems` lists everything that is wrong with it."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{source}: {problem}" for problem in self.problems))


class NotFoundError(ChainTimerError):
    """A routine, exercise or voice that was named does not exist; the text may suggest one that does."""


def plain(text: str, limit: int = 200) -> str:
    """Text from outside made safe to print: no control or direction characters, one line, bounded."""
    looked_at = text[: limit * 4]
    spaced = "".join(" " if character in "\n\r\t" else character for character in looked_at)
    cleaned = "".join(character for character in spaced if unicodedata.category(character) not in _UNSAFE)
    whole = len(cleaned) <= limit and len(text) == len(looked_at)
    return cleaned if whole else cleaned[: limit - 1] + "…"


def quoted(text: object) -> str:
    """Quote a value from outside in a message: safe, and short enough to read."""
    return f'"{plain(str(text), _LONGEST_QUOTE)}"'
