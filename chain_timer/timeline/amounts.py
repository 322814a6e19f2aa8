"""How much of each exercise a timeline asks for, in words: what is written down beside its names."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Tempo, Work
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.segment import Kind, Segment
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import clock_text, duration_text


@dataclass(frozen=True, slots=True)
class Amount:
    """An exercise where it comes in a routine, with how much of it."""

    exercise: Exercise
    sides: tuple[Side, ...]
    """In order; empty where both work at once."""
    words: str
    """``30s each leg``, ``2 sets of 8 reps, 3s down 1s pause 2s up``."""
    number: int
    """Its place in the routine, from 1."""

    @property
    def side(self) -> Side | None:
        """The side that comes first."""
        return next(iter(self.sides), None)


@dataclass(frozen=True, slots=True)
class Amounts:
    """A circuit with all that is in it."""

    name: str
    """Empty where a routine has one circuit without a name."""
    facts: str
    """``3 rounds, 1m rest``; empty where there is one round without rest."""
    items: tuple[Amount, ...]
    rounds: int = 1


def amounts(routine: Routine, timeline: Timeline) -> Iterator[Amounts]:
    """Give every circuit as it is laid out, with a person's own hold, rest and rounds if they chose some."""
    laid = _Laid(timeline)
    numbers = count(1)
    for place, circuit in enumerate(routine.circuits, 1):
        yield laid.circuit(circuit, _name(circuit, place, len(routine.circuits)), numbers)


def length_words(timeline: Timeline) -> str:
    """Say how long it takes: ``6:40``, with ``~`` where a part is done at the person's own pace."""
    return f"{'~' if timeline.estimated else ''}{clock_text(timeline.duration_ms)}"


def work_words(work: Work) -> str:
    """Say how much work it is: ``30s``, or ``8 reps, 3s down 1s pause 2s up``."""
    if isinstance(work, Hold):
        return duration_text(work.length_ms)
    reps = f"{work.count} rep" if work.count == 1 else f"{work.count:,} reps"
    return f"{reps}, {'at your own pace' if work.self_paced else _tempo_words(work.tempo)}"


class _Laid:
    """The work of a timeline, taken off circuit by circuit."""

    def __init__(self, timeline: Timeline) -> None:
        self._works = [segment for segment in timeline.segments if segment.kind.is_work]
        self._rests = {each.key.slot: each.length_ms for each in timeline.segments if each.kind is Kind.REST}
        self._first = 0
        """Of the works, the circuit's first; a work's number is its slot's."""

    def circuit(self, circuit: Circuit, name: str, numbers: Iterator[int]) -> Amounts:
        sizes = [item.sets * max(1, len(item.sides)) for item in circuit.items]
        rounds, whole = self._rounds(circuit), sum(sizes)
        starts = range(self._first, self._first + rounds * whole, max(1, whole))
        within = (slot for start in starts for slot in range(start + 1, start + whole))
        rest_ms = _usual(self._rests, within)
        between_ms = _usual(self._rests, starts[1:])
        items, place = [], self._first
        for item, size in zip(circuit.items, sizes, strict=True):
            after = place + max(1, len(item.sides))
            own_ms = self._rests.get(after, 0) if after < self._first + whole else rest_ms
            words = _item_words(item, self._work(place, item))
            if item.rest_ms is not None and own_ms != rest_ms:
                words += f", then {_rest_words(own_ms)}"
            items.append(Amount(item.exercise, item.sides, words, next(numbers)))
            place += size
        self._first += rounds * whole
        return Amounts(name, _facts(rounds, rest_ms, between_ms), tuple(items), rounds)

    def _rounds(self, circuit: Circuit) -> int:
        return self._works[self._first].rounds if self._first < len(self._works) else circuit.rounds

    def _work(self, place: int, item: Item) -> Work:
        segment = self._works[place] if place < len(self._works) else None
        if segment is None or segment.exercise != item.exercise:
            return item.work  # the timeline of another routine
        return _work_of(segment)


def _work_of(segment: Segment) -> Hold | Reps:
    return Hold(segment.length_ms) if segment.reps is None else segment.reps


def _name(circuit: Circuit, place: int, circuits: int) -> str:
    return circuit.name or (f"Circuit {place}" if circuits > 1 else "")


def _item_words(item: Item, work: Work) -> str:
    sets = f"{item.sets:,} sets of " if item.sets > 1 else ""
    # Where a tempo follows, the side belongs to the count before it.
    head, comma, tempo = work_words(work).partition(", ")
    return f"{sets}{head}{_side_words(item)}{comma}{tempo}"


def _side_words(item: Item) -> str:
    noun = item.exercise.side_noun
    if len(item.sides) > 1:
        return f" each {noun}"
    return "".join(f", {side} {noun}" for side in item.sides)


def _tempo_words(tempo: Tempo) -> str:
    down, pause, up = (tempo.down_ms, "down"), (tempo.pause_ms, "pause"), (tempo.up_ms, "up")
    phases: Sequence[tuple[int, str]] = (up, pause, down) if tempo.up_first else (down, pause, up)
    return " ".join(f"{duration_text(length_ms)} {name}" for length_ms, name in phases if length_ms)


def _usual(rests: Mapping[int, int], slots: Iterator[int] | range) -> int:
    """The rest that most of these begin with; zero where most have none."""
    found = Counter(rests[slot] for slot in slots if slot in rests)
    return found.most_common(1)[0][0] if found else 0


def _facts(rounds: int, rest_ms: int, between_ms: int) -> str:
    parts = [f"{rounds:,} rounds"] if rounds > 1 else []
    if rest_ms:
        parts.append(_rest_words(rest_ms))
    if between_ms and between_ms != rest_ms:
        parts.append(f"{_rest_words(between_ms)} between rounds")
    return ", ".join(parts)


def _rest_words(length_ms: int) -> str:
    return f"{duration_text(length_ms)} rest" if length_ms else "no rest"
