"""Routines as simple timers know them: names and lengths one after another, in blocks that repeat.

Such timers have no rest of their own; it is a stretch called "Rest" like any other. Here it becomes what our
circuits say, a rest after an exercise and one between rounds, and the time stays the same to the second.
"""

import re
from dataclasses import dataclass, field, replace

from chain_timer.exchange.making import Maker
from chain_timer.problems import quoted
from chain_timer.routine.exercise import Work
from chain_timer.routine.routine import Circuit, Item
from chain_timer.routine.routine_reader import MOST_SETS

_UNITS = frozenset({"s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "m"})
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_REST_NAME = 60
_MOST_SETS_OF_A_FILE = 100_000
"""Ten of the largest routines: a bound of the time that loops may take, and far beyond any backup."""
_REST_WORDS = frozenset(
    """
    rest|break|pause|recovery|recover|relax|rest time|rest period|rest interval|resting|take a break
    take a rest|short rest|long rest|short break|long break|active rest|active recovery|water break|breather
    transition|get ready|getting ready|get set|prepare|preparation
    switch|switch sides|switch side|change sides|change side
    ruhe|ruhepause|erholung|ausruhen|entspannen|kurze pause|seitenwechsel|seite wechseln|vorbereitung
    repos|récupération|récup|changement de côté|préparation|descanso|pausa|descansar|recuperación|reposo
    cambio de lado|preparación|riposo|recupero|riposa|cambio lato|intervalo|recuperação|descansa
    rust|pauze|herstel|przerwa|odpoczynek|отдых|перерыв|пауза|восстановление|відпочинок|перерва
    dinlenme|mola|ara|dinlen|pauza|odpočinek|přestávka|oddych|prestávka|vila|vilopaus|paus|hvile|hvil
    lepo|tauko|pihenő|pihenés|szünet|pauză|odihnă|odmor|почивка|ανάπαυση|διάλειμμα|راحة|استراحة|מנוחה|הפסקה
    istirahat|jeda|nghỉ|nghỉ ngơi|休息|休憩|レスト|インターバル|휴식|쉬는 시간|आराम|พัก
    """.replace("\n", "|")
    .strip("| ")
    .split("|")
)
_REST_NAMES = frozenset(word.strip() for word in _REST_WORDS if word.strip())


def is_rest(name: object) -> bool:
    """Whether a stretch of this name is a rest: ``Rest``, ``Pause 2``, ``Repos (15 s)``; many languages."""
    if not isinstance(name, str) or len(name) > _LONGEST_REST_NAME:
        return False
    words = _WORD.findall(name.casefold())
    while words and words[-1] in _UNITS:
        words.pop()
    return " ".join(words) in _REST_NAMES or name.casefold().strip() in _REST_NAMES


@dataclass(slots=True)
class _Block:
    rounds: int
    name: str = ""
    lead_ms: int = 0
    """Rest before its first exercise."""
    items: list[Item] = field(default_factory=list)
    rests_ms: list[int] = field(default_factory=list)
    """After each item."""
    places: list[str] = field(default_factory=list)
    """Where the rest after each item stands in the file, or the item where none follows it."""


class Spans:
    """Takes stretches of time as they follow each other, and makes circuits of them.

    A block is begun before anything is put in it, and a routine ends with ``circuits``. Rest before the first
    exercise and after the last one is left out: getting ready is the session's own affair.
    """

    def __init__(self, maker: Maker, source: str = "") -> None:
        self._maker = maker
        self._source = source
        """The program that new exercises come from."""
        self._blocks: list[_Block] = []
        self._sided: set[str] = set()
        self._sets = 0
        """Of this routine."""
        self._all_sets = 0

    @property
    def is_full(self) -> bool:
        """Whether there is more than a routine can hold, so that going on with it is of no use."""
        return self._sets > MOST_SETS

    @property
    def is_spent(self) -> bool:
        """Whether a file has so much that its other routines are left out."""
        return self._all_sets > _MOST_SETS_OF_A_FILE

    def begin(self, rounds: int, where: str, name: str = "") -> None:
        """Begin a block done so many times."""
        self._blocks.append(_Block(self._maker.rounds(rounds, where), name))

    def rest(self, length_ms: int, where: str) -> None:
        """Take a rest."""
        block = self._blocks[-1]
        if length_ms < 0:
            self._maker.lost(where, "a rest cannot be negative", "it was left out")
        elif block.items:
            block.rests_ms[-1] += length_ms
            block.places[-1] = where
        else:
            block.lead_ms += length_ms

    def hold(self, name: object, length_ms: int, where: str) -> None:
        """Take an exercise done for a time."""
        if length_ms <= 0:
            self._maker.lost(where, f"{quoted(name)} takes no time", "it was left out")
        else:
            self.work(name, self._maker.hold(length_ms, where), where)

    def work(self, name: object, work: Work, where: str, sets: int = 1) -> None:
        """Take an exercise with its work."""
        if self.is_full:
            return
        self._sets += sets
        self._all_sets += sets
        item = self._maker.item(self._maker.named(name, where, work, self._source), work, sets=sets)
        if item.sides and item.exercise.id not in self._sided:
            self._sided.add(item.exercise.id)
            self._maker.lost(
                where, f"{quoted(item.exercise.name)} is done on each side here", "it takes twice the time"
            )
        self._blocks[-1].items.append(item)
        self._blocks[-1].rests_ms.append(0)
        self._blocks[-1].places.append(where)

    def circuits(self, where: str) -> tuple[Circuit, ...]:
        """Give what was taken since the last time; of too much, enough to be refused as a routine."""
        self._tell_lead(where)
        circuits: list[Circuit] = []
        after_ms = 0
        # From the end: the rest after a block is what stands before the next exercise.
        for block in reversed(self._blocks):
            if block.items:
                circuits.append(self._circuit(block, after_ms))
                after_ms = block.lead_ms
            else:
                after_ms += block.lead_ms * block.rounds
        if self.is_spent:
            what = f"the file has more than {_MOST_SETS_OF_A_FILE:,} sets"
            self._maker.lost(where, what, "what comes after this was left out")
        self._blocks, self._sets = [], 0
        return tuple(reversed(circuits))

    def _tell_lead(self, where: str) -> None:
        first = next((place for place, block in enumerate(self._blocks) if block.items), -1)
        if any(block.lead_ms for block in self._blocks[: first + 1]):
            self._maker.lost(where, "it begins with a rest", "your own time to get ready is used")

    def _circuit(self, block: _Block, after_ms: int) -> Circuit:
        tail_ms = block.rests_ms[-1]
        rests_ms = [*block.rests_ms[:-1], tail_ms + after_ms]
        bounded = list(map(self._maker.rest_ms, rests_ms, block.places))
        between_ms = bounded[-1]
        if block.rounds > 1 and block.lead_ms != after_ms:
            between_ms = self._maker.rest_ms(tail_ms + block.lead_ms, block.places[-1])
        usual_ms = bounded[0]
        items = (
            replace(item, rest_ms=None if rest_ms == usual_ms else rest_ms)
            for item, rest_ms in zip(block.items, bounded, strict=True)
        )
        return Circuit(
            items=tuple(items),
            rounds=block.rounds,
            rest_ms=usual_ms or None,
            round_rest_ms=None if between_ms == bounded[-1] else between_ms,
            name=block.name,
        )
