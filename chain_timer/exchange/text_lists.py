"""Lists that people write or keep in a spreadsheet: plain text and CSV, in and out.

One exercise a line, with its time or reps and the rest after it. It is asked last of all formats, and with
care: prose, programs and tables of other things are no routines.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from chain_timer.exchange.giving import Given
from chain_timer.exchange.laps import Turn, laps_of, losses_of
from chain_timer.exchange.making import Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.exchange.spans import Spans
from chain_timer.exchange.text_columns import Header
from chain_timer.exchange.text_lines import DELIMITERS, Entry, entry_in, guarded, row_in
from chain_timer.problems import Problem, quoted
from chain_timer.routine.exercise import Reps, Tempo
from chain_timer.routine.exercise_reader import LONGEST_NAME, USUAL_TEMPO
from chain_timer.routine.routine_reader import MOST_SETS
from chain_timer.routine.words import clean_line
from chain_timer.units import MINUTE_MS, SECOND_MS, duration_text

_LARGEST_BYTES = 2 * 1024 * 1024
_MOST_LINES = 2 * MOST_SETS
"""With as many rests or comments as there may be exercises."""
_LOOKED_AT = 400
"""Lines that tell whether a file is a list."""
_LEAST_UNDERSTOOD = 0.6
"""Of all lines that say something: what is understood less is something else with some numbers in it."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_OTHER_STARTS = ("<", "{", "[", "#!", "BEGIN:", "%PDF", "%!", "\\", "---")
"""How markup, JSON, scripts, calendars and documents begin."""
_COMMENTS = ("#", "//")
_PROGRESS_LINES = 1_000
_SHORTEST_REP_MS = SECOND_MS // 2


def recognizes(source: Source) -> bool:
    """Whether most of its lines are exercises with a time or reps."""
    text = source.text if len(source.data) <= _LARGEST_BYTES else None
    if text is None or source.json is not None or _NO_TEXT.search(text):
        return False
    if text.lstrip("\ufeff \t\r\n").startswith(_OTHER_STARTS):
        return False
    page = _Page.of(text, _LOOKED_AT)
    said = len(page.entries) + len(page.unclear)
    has_work = any(not entry.is_rest for _, entry in page.entries)
    return has_work and not page.is_other_table and len(page.entries) >= _LEAST_UNDERSTOOD * said


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Read the list as one routine. Raises FileProblemsError when no line of it is an exercise."""
    maker = Maker(source, known)
    if source.text is None or len(source.data) > _LARGEST_BYTES:
        raise source.problem("", "this is no list of exercises", "save it as text of less than 2 MiB")
    page = _Page.of(source.text, _MOST_LINES)
    _tell(page, source, maker)
    spans = Spans(maker)
    spans.begin(1, "")
    tempos = {
        each.name.casefold(): each.work.tempo
        for each in known.exercises.values()
        if isinstance(each.work, Reps)
    }
    for done, (number, entry) in enumerate(page.entries):
        if done % _PROGRESS_LINES == 0:
            progress(done, len(page.entries))
        if spans.is_full:
            break
        _take(entry, f"line {number}", spans, maker, tempos)
    maker.routine(page.title, spans.circuits(""))
    return maker.parcel()


def _tell(page: "_Page", source: Source, maker: Maker) -> None:
    if source.is_damaged_text:
        maker.lost("", "it is not UTF-8: letters beyond a-z may be wrong", "save it as UTF-8 if they are")
    if page.is_cut:
        maker.lost("", f"it has more than {_MOST_LINES:,} lines", "the others were left out")
    for column in page.unknown_columns:
        maker.lost("line 1", f"the column {quoted(column)} has no place here", "it was left out")
    for number, line in page.unclear:
        maker.lost(f"line {number}", f"{quoted(line)} is no exercise with a time or reps", "it was left out")


def _take(entry: Entry, where: str, spans: Spans, maker: Maker, tempos: Mapping[str, Tempo]) -> None:
    if entry.left_out:
        maker.lost(where, f"{quoted(entry.left_out)} has no place here", "it was left out")
    if entry.is_rest:
        spans.rest((entry.length_ms or 0) + entry.rest_ms, where)
        return
    sets = maker.sets(entry.sets, where)
    if entry.reps is not None:
        usual = tempos.get(clean_line(entry.name).casefold(), USUAL_TEMPO)
        spans.work(entry.name, maker.reps(entry.reps, where, _tempo(entry, usual)), where, sets)
    elif entry.length_ms:
        spans.work(entry.name, maker.hold(entry.length_ms, where), where, sets)
    else:
        maker.lost(where, f"{quoted(entry.name)} takes no time", "it was left out")
        return
    spans.rest(entry.rest_ms, where)


def _tempo(entry: Entry, usual: Tempo) -> Tempo:
    """Give the tempo that makes the reps as long as the line says: the usual one if it is the same."""
    if not entry.length_ms or not entry.reps:
        return usual
    rep_ms = min(max(entry.length_ms // entry.reps, _SHORTEST_REP_MS), MINUTE_MS)
    return usual if rep_ms == usual.rep_ms else Tempo(rep_ms // 2, 0, rep_ms - rep_ms // 2)


# --- the lines of a file -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Page:
    """What the lines of a file are, each with its number."""

    title: str = ""
    entries: list[tuple[int, Entry]] = field(default_factory=list)
    unclear: list[tuple[int, str]] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    is_other_table: bool = False
    """Whether it has a header, and this tells of something else."""
    is_cut: bool = False

    @classmethod
    def of(cls, text: str, most: int) -> "_Page":
        page = cls()
        lines = _LINE_END.split(text.removeprefix("\ufeff"), most)
        page.is_cut = len(lines) > most
        said = [(n, line.strip(" \t\f")) for n, line in enumerate(lines[:most], 1)]
        said = [(n, line) for n, line in said if line and not line.startswith(_COMMENTS)]
        understand: Callable[[str], Entry | None] = entry_in
        for place, (number, line) in enumerate(said):
            may_be_header = place == 0 or (page.title and not page.entries and not page.unclear)
            header = Header.of(line) if may_be_header else None
            if header is not None:
                understand, page.unknown_columns = header.entry_in, header.unknown
            elif place == 0 and _is_title(line, understand(line)):
                page.title = line.removesuffix(":").strip("=* ")
                page.is_other_table = any(_is_header_of((number, line), other) for other in said[1:2])
            else:
                page._add(number, line, understand(line))
        return page

    def _add(self, number: int, line: str, entry: Entry | None) -> None:
        if entry is None:
            self.unclear.append((number, line))
        else:
            self.entries.append((number, entry))


def _is_title(line: str, entry: Entry | None) -> bool:
    """Whether a first line is a title: one that says no time, or ends with a colon."""
    has_letters = any(character.isalpha() for character in line)
    return has_letters and len(line) <= LONGEST_NAME and (entry is None or line.endswith(":"))


def _is_header_of(first: tuple[int, str], second: tuple[int, str]) -> bool:
    """Whether a line of names stands right above a row of as many cells."""
    if second[0] != first[0] + 1 or row_in(second[1]) is None:
        return False
    counts = ((first[1].count(delimiter), second[1].count(delimiter)) for delimiter in DELIMITERS)
    return any(ours == theirs > 0 for ours, theirs in counts)


# --- out ---------------------------------------------------------------------------------------------


def write_csv(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write a table with a header: exercise, seconds, reps and rest, every round written out."""
    lines = ["exercise,seconds,reps,rest", *_written(given, progress, _row)]
    # With the mark of UTF-8, without which spreadsheets take it for an older encoding.
    file.write("".join(f"{line}\r\n" for line in lines).encode("utf-8-sig"))
    return _losses(given)


def write_text(given: Given, file: BinaryIO, progress: Progress) -> tuple[Problem, ...]:
    """Write a title and one line an exercise, for pasting anywhere; every round is written out."""
    name = given.routine.name
    # With a colon where it could be taken for an exercise: Back stretch 10 min.
    title = name if entry_in(name) is None and Header.of(name) is None else f"{name}:"
    lines = [title, "", *_written(given, progress, _line)]
    file.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
    return (*_losses(given), *_tempo_losses(given))


def _written(given: Given, progress: Progress, written: Callable[[Turn], str]) -> list[str]:
    laps = laps_of(given)
    lines: list[str] = []
    for done, lap in enumerate(laps):
        progress(done, len(laps))
        lines += [written(turn) for turn in lap.unrolled()]
    return lines


def _row(turn: Turn) -> str:
    # In quotes throughout, so that a name may begin like a comment.
    name = guarded(turn.name).replace('"', '""')
    reps = str(turn.reps.count) if turn.reps else ""
    return f'"{name}",{_seconds(turn.length_ms)},{reps},{_seconds(turn.rest_ms)}'


def _line(turn: Turn) -> str:
    work = f" x {turn.reps.count}" if turn.reps else f" - {duration_text(turn.length_ms)}"
    return f"{turn.name}{work}" + (f", rest {duration_text(turn.rest_ms)}" if turn.rest_ms else "")


def _seconds(length_ms: int) -> str:
    seconds, fraction = divmod(length_ms, SECOND_MS)
    return f"{seconds}.{fraction:03}".rstrip("0") if fraction else str(seconds)


def _tempo_losses(given: Given) -> Iterator[Problem]:
    """Tell whose tempo is neither the usual one nor that of an exercise everybody has."""
    turns = {turn.name: turn for lap in laps_of(given) for turn in lap.turns}
    for name, turn in turns.items():
        shipped = given.shipped.get(turn.exercise.id)
        known = shipped.work.tempo if shipped and isinstance(shipped.work, Reps) else USUAL_TEMPO
        if turn.reps and turn.reps.tempo != known:
            yield Problem(name, "a tempo has no place in it", "only the reps were written")


def _losses(given: Given) -> tuple[Problem, ...]:
    laps = laps_of(given)
    has_rounds = any(lap.rounds > 1 for lap in laps)
    rounds = [Problem("", "rounds have no place in it", "each was written out")] if has_rounds else []
    return (*losses_of(given, laps, holds_reps=True, holds_parts=True), *rounds)
