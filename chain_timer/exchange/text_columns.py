"""The header of a table of exercises: which column is what, in the languages people keep such tables in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chain_timer.exchange.text_lines import DELIMITERS, Entry, cells_of, count_in, duration_in
from chain_timer.routine.exercise_reader import LONGEST_NAME
from chain_timer.routine.words import clean_line
from chain_timer.units import MINUTE_MS, SECOND_MS

_WORDS = {
    "name": """name exercise exercises title movement move activity stretch pose übung exercice nom ejercicio
        nombre esercizio nome exercício oefening naam övning øvelse ćwiczenie упражнение""",
    "time": """duration time length hold work seconds secs sec s minutes mins min dauer zeit sekunden durée
        temps duración tiempo segundos durata tempo secondi duração duur tijd tid czas время""",
    "rest": "rest break pause repos descanso riposo pausa rust vila odpoczynek отдых",
    "reps": "reps repetitions rep wiederholungen répétitions repeticiones ripetizioni",
    "sets": "sets set sätze séries series serie",
}
_COLUMNS = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}
_MINUTES = frozenset({"minutes", "mins", "min"})
_UNIT = re.compile(r"\s*[(\[/]\s*(\w{1,12})\s*[)\]]?$")


@dataclass(frozen=True, slots=True)
class Header:
    """The columns that a first line names."""

    delimiter: str
    columns: Mapping[str, int]
    """Places by what they are: name, time, rest, reps, sets."""
    unit_ms: Mapping[str, int]
    """What a bare number of a column means."""
    unknown: list[str]

    @classmethod
    def of(cls, line: str) -> "Header | None":
        """Give the header a line is; None where it is none, or says nothing of a time or reps."""
        for delimiter in DELIMITERS:
            if delimiter in line:
                header = cls._in(cells_of(line, delimiter), delimiter)
                if header is not None:
                    return header
        return None

    @classmethod
    def _in(cls, cells: list[str], delimiter: str) -> "Header | None":
        columns: dict[str, int] = {}
        unit_ms: dict[str, int] = {}
        unknown: list[str] = []
        for place, cell in enumerate(cells):
            words = clean_line(cell).casefold()
            unit = _UNIT.search(words)
            bare = words[: unit.start()] if unit else words
            meaning = _COLUMNS.get(bare)
            if meaning is None or meaning in columns:
                unknown.extend([cell] if words else [])
                continue
            columns[meaning] = place
            unit_ms[meaning] = MINUTE_MS if {bare, unit[1] if unit else ""} & _MINUTES else SECOND_MS
        is_ours = "name" in columns and columns.keys() & {"time", "reps"}
        return cls(delimiter, columns, unit_ms, unknown) if is_ours else None

    def entry_in(self, line: str) -> Entry | None:
        """Understand a row; None where its name is missing, or both time and reps."""
        cells = cells_of(line, self.delimiter)
        name = clean_line(self._cell(cells, "name")[: LONGEST_NAME * 2])
        length_ms = duration_in(self._cell(cells, "time"), self.unit_ms.get("time", SECOND_MS))
        rest_ms = duration_in(self._cell(cells, "rest"), self.unit_ms.get("rest", SECOND_MS))
        reps = count_in(self._cell(cells, "reps"))
        if not name or (length_ms is None and not reps):
            return None
        return Entry(name, length_ms, reps or None, count_in(self._cell(cells, "sets")) or 1, rest_ms or 0)

    def _cell(self, cells: list[str], meaning: str) -> str:
        place = self.columns.get(meaning, -1)
        return cells[place] if 0 <= place < len(cells) else ""
