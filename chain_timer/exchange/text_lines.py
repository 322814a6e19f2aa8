"""One line of a list that people write: ``Plank 30s``, ``- Squats x 12``, ``Plank, 30, 15``; or none such."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chain_timer.exchange.spans import is_rest
from chain_timer.routine.exercise_reader import LONGEST_NAME
from chain_timer.routine.words import clean_line
from chain_timer.units import HOUR_MS, SECOND_MS, parse_duration

LONGEST = 500
"""Characters; a longer line is prose."""
DELIMITERS = "\t;,|"
_LONGEST_MS = 24 * HOUR_MS
"""What takes longer is no exercise, but some other number."""
_MOST_CELLS = 20
_MOST_NUMBERS = 3
"""Of one line: sets, a time and a rest."""
_MOST_WORDS = 10
"""Of a name in a line without columns; prose has more."""

_AMOUNT = r"\d{1,6}(?:[.,]\d{1,3})?\s?"
_WHOLE_WORD = r"(?![^\W\d_])\.?"
_HOURS = rf"{_AMOUNT}h(?:ours?|rs?)?{_WHOLE_WORD}"
_MINUTES = rf"{_AMOUNT}m(?:in(?:ute)?s?)?{_WHOLE_WORD}"
_SECONDS = rf"{_AMOUNT}s(?:ec(?:ond)?s?)?{_WHOLE_WORD}"
_CLOCK = r"0?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])"
_BARE_SECONDS = r"[0-5]?\d(?![^\W_]|[.,:]\d|\s?(?:x|\u00d7|rep))"
_TIME = (
    rf"(?:{_HOURS}\s?)?(?:{_MINUTES}\s?)?{_SECONDS}|(?:{_HOURS}\s?)?{_MINUTES}(?:\s?{_BARE_SECONDS})?"
    rf"|{_HOURS}|{_CLOCK}"
)
"""With units, or as a clock of less than ten minutes: ``10:30`` alone is a time of day."""
_NO_TIME = r"(?![^\W_]|[.:,]\d|\s?(?:h|hours?|hrs?|m|mins?|minutes?|s|secs?|seconds?)(?![^\W_]))"
_MEASURE = re.compile(
    r"(?<![^\W_])(?<!\d[.,:])(?:"
    rf"(?P<time>{_TIME})"
    rf"|(?P<of>\d{{1,2}})\s?[x\u00d7*]\s?(?P<each>\d{{1,4}})(?:\s?rep(?:etition)?s?)?{_NO_TIME}"
    r"|(?P<sets>\d{1,2})\s?[x\u00d7*]\s?(?=\d)"
    r"|(?P<reps>\d{1,4})\s?(?:rep(?:etition)?s?|(?P<x>x|\u00d7))(?![^\W_])"
    rf"|[x\u00d7]\s?(?P<times>\d{{1,4}})(?:\s?rep(?:etition)?s?)?{_NO_TIME}"
    r")",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:(?:[-*+\u2022\u2023\u25e6\u2013\u2014]|\(?\d{1,3}[.)])\s+)?(?:\[[ xX]?\]\s+)?")
_EDGES = " \t,;:|()[]-\u2013\u2014/+@\u2192"
"""What stands between a name and its numbers."""
_RESTS = frozenset({"rest", "break", "pause", "then rest", "with rest"})
_AFTER_NAMES = ("each", "per ")
_CODE = re.compile(r"[{}<>=\\`;\"$^]|[^\W\d]\(")
"""What stands in programs and marked-up text, and in no name of an exercise."""
_STOPS = ".!?"
_WORDS_OF_A_SENTENCE = 4
_GUARDED = re.compile(r"'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_MINUTES_BEFORE = re.compile(rf"(?:{_HOURS}\s?)?{_MINUTES}\s?\d{{1,2}}$", re.IGNORECASE)
_BARE = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says of one exercise, or of a rest."""

    name: str
    length_ms: int | None = None
    reps: int | None = None
    sets: int = 1
    rest_ms: int = 0
    left_out: str = ""
    """What else stood in the line."""

    @property
    def is_rest(self) -> bool:
        """Whether it is but a rest, of its length."""
        return self.reps is None and is_rest(self.name)


def entry_in(line: str) -> Entry | None:
    """Understand a line without columns known from a header; None where it is no exercise and no rest."""
    if len(line) > LONGEST:
        return None
    plain = _BULLET.sub("", line.strip(), count=1)
    return row_in(plain) or _free(plain)


def row_in(line: str) -> Entry | None:
    """Understand a line as a row: name, time or reps, and rest, each in a cell of its own."""
    rows = (_row(cells_of(line, delimiter)) for delimiter in DELIMITERS if delimiter in line)
    return next((row for row in rows if row is not None), None)


def cells_of(line: str, delimiter: str) -> list[str]:
    """Divide a line into its cells; quotes are those of CSV."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return []
    return [unguarded(cell.strip()) for cell in cells]


def unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from taking a cell for a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """Put one in front where a spreadsheet would take the cell for a formula."""
    return f"'{cell}" if _GUARDED.match(f"'{cell}") else cell


def duration_in(cell: str, unit_ms: int = SECOND_MS) -> int | None:
    """Give the milliseconds a cell says; a bare number is in this unit. None for what is no duration."""
    text = _DECIMAL_COMMA.sub(".", cell.strip()).rstrip(".")
    if _MINUTES_BEFORE.match(text):
        text += "s"  # as in 1 min 30
    try:
        length_ms = parse_duration(text)
    except ValueError:
        return None
    if unit_ms != SECOND_MS and _BARE.fullmatch(text):
        length_ms = length_ms * unit_ms // SECOND_MS
    return length_ms if length_ms <= _LONGEST_MS else None


def count_in(cell: str) -> int | None:
    """Give the number of reps or sets a cell says; None for what is none."""
    text = cell.strip()
    if text.isascii() and text.isdigit() and len(text) <= len("1000"):
        return int(text)
    match = _MEASURE.fullmatch(text)
    found = match and (match["reps"] or match["times"])
    return int(found) if found else None


# --- columns -----------------------------------------------------------------------------------------


def _row(cells: Sequence[str]) -> Entry | None:
    filled = [cell for cell in cells[:_MOST_CELLS] if cell]
    named = next((cell for cell in filled if _is_name(cell)), None)
    if named is None or _MEASURE.search(named) or _CODE.search(named):
        return None
    said = [_cell(cell) for cell in filled if cell is not named]
    works = [cell for cell in said if isinstance(cell, _Cell) and not cell.is_rest]
    rests = [cell for cell in said if isinstance(cell, _Cell) and cell.is_rest]
    others = [cell for cell in said if isinstance(cell, str)]
    if not works or len(works) + len(rests) > _MOST_NUMBERS or any(_MEASURE.search(cell) for cell in others):
        return None
    work, rest = works[0], (*rests, *works[1:], _Cell())[0]
    return Entry(
        clean_line(named)[:LONGEST_NAME],
        work.length_ms,
        work.reps,
        rest_ms=rest.length_ms or 0,
        left_out=", ".join(others),
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a cell says in numbers."""

    length_ms: int | None = None
    reps: int | None = None
    is_rest: bool = False


def _cell(cell: str) -> _Cell | str:
    said = _without_rest(cell)
    if (length_ms := duration_in(said)) is not None:
        return _Cell(length_ms, is_rest=said != cell)
    count = count_in(said)
    return cell if count is None else _Cell(reps=count)


def _is_name(cell: str) -> bool:
    return (
        any(character.isalpha() for character in cell)
        and duration_in(cell) is None
        and count_in(cell) is None
    )


def _without_rest(cell: str) -> str:
    words = cell.split()
    if len(words) > 1 and words[0].casefold().rstrip(":") in _RESTS:
        return " ".join(words[1:])
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].casefold() in _RESTS else cell


# --- free text ---------------------------------------------------------------------------------------


def _free(line: str) -> Entry | None:
    """Understand a name with numbers that say what they are, before it or after it."""
    if _CODE.search(line):
        return None
    parts = list(_parts(line))
    names = [part for part in parts if isinstance(part, str) and part.casefold() not in _RESTS]
    if len(names) > 1 and names[1].casefold().startswith(_AFTER_NAMES):
        names = [f"{names[0]}, {names[1]}", *names[2:]]
    if len(names) > 1 or not _sounds_like_a_name(names, line):
        return None
    measures = [part for part in parts if isinstance(part, re.Match)]
    rest = _rest_of(parts, has_name=bool(names))
    if not names and rest is None:
        return None
    return _entry(names[0] if names else "Rest", measures, rest)


def _parts(line: str) -> Iterator[str | re.Match[str]]:
    """Give what the line is made of: words as they stand together, and measures."""
    at = 0
    for match in _MEASURE.finditer(line):
        if words := line[at : match.start()].strip(_EDGES):
            yield words
        yield match
        at = match.end()
    words = line[at:].strip(_EDGES)
    if words.strip(_STOPS):
        yield words


def _sounds_like_a_name(names: Sequence[str], line: str) -> bool:
    words = len(names[0].split()) if names else 0
    is_sentence = words >= _WORDS_OF_A_SENTENCE and line.rstrip().endswith(tuple(_STOPS))
    has_letters = not names or any(character.isalpha() for character in names[0])
    return has_letters and words <= _MOST_WORDS and not is_sentence


def _rest_of(parts: Sequence[str | re.Match[str]], *, has_name: bool) -> re.Match[str] | None:
    """Give the time that the word rest stands before or after, or else the second time there is."""
    for at, part in enumerate(parts):
        if isinstance(part, str) and part.casefold() in _RESTS:
            beside = [*parts[at + 1 : at + 2], *parts[max(0, at - 1) : at]]
            return next((each for each in beside if isinstance(each, re.Match) and each["time"]), None)
    times = [part for part in parts if isinstance(part, re.Match) and part["time"]]
    return times[1] if has_name and len(times) > 1 else None


def _entry(name: str, measures: Sequence[re.Match[str]], rest: re.Match[str] | None) -> Entry | None:
    numbers = [each for each in measures if not each["time"]]
    if len(measures) > _MOST_NUMBERS or len(numbers) > 1:
        return None
    counts = numbers[0].groupdict() if numbers else {}
    reps = counts.get("each") or counts.get("reps") or counts.get("times")
    sets = counts.get("of") or counts.get("sets") or "1"
    work = next((each for each in measures if each["time"] and each is not rest), None)
    if work is not None and counts.get("x"):
        reps, sets = None, counts["reps"]  # twice a time: not reps, but sets
    elif reps is not None:
        work, rest = None, rest or work
    rest_ms = _time_of(rest) or 0
    if work is None and reps is None:
        return Entry(name, rest_ms) if is_rest(name) and rest_ms else None
    name = name[:LONGEST_NAME]
    return Entry(name, _time_of(work), int(reps) if reps else None, int(sets), rest_ms)


def _time_of(match: re.Match[str] | None) -> int | None:
    return None if match is None else duration_in(match["time"].replace(". ", " "))
