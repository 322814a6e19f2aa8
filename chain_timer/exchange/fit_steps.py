"""The steps of a FIT plan: what each asks for, and the repeats among them as blocks with rounds.

Numbers of fields and kinds are those of the FIT profile (developer.garmin.com/fit). A step lasts a time, a
count of reps, or until a button is pressed; one of the kind "repeat" sends back to an earlier one.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from chain_timer.exchange.fit_messages import FitFile, Values
from chain_timer.exchange.making import Maker
from chain_timer.problems import quoted
from chain_timer.routine.routine_reader import MOST_SETS
from chain_timer.units import SECOND_MS


class Lasts(IntEnum):
    """How long a step lasts, the values of ``wkt_step_duration`` that we know."""

    TIME = 0
    OPEN = 5
    REPETITION_TIME = 28
    REPS = 29
    TIME_ONLY = 31


REPEAT = 6
_OTHER_REPEATS = frozenset({*range(7, 14), 17, 18, 27})
_TIMED = frozenset({Lasts.TIME, Lasts.REPETITION_TIME, Lasts.TIME_ONLY})
_OPEN_TARGET = 2
_REST_INTENSITIES = frozenset({1, 4})
"""Rest and recovery."""
_INTENSITY_NAMES = {2: "Warm-up", 3: "Cool-down"}
OPEN_REST_MS = 30 * SECOND_MS
"""For a rest until a button is pressed: ours end by themselves."""
INDEX_BITS = 0xFFF
"""Of ``message_index``; the others are flags."""
_MOST_LEAVES = 2 * MOST_SETS
"""Each set with a rest."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A step that is done: work or a rest."""

    where: str
    name: str
    is_rest: bool
    lasts: Lasts
    amount: int
    """Milliseconds of a time, or a count of reps; nothing where it is open."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Steps done so many times."""

    leaves: tuple[Leaf, ...]
    rounds: int = 1


@dataclass(slots=True)
class _Node:
    """A step, or a repeat with all it repeats, by the index of its first step."""

    first: int
    leaves: list[Leaf]
    times: int = 1
    unrolled: int = field(default=1)


def blocks_of(file: FitFile, maker: Maker, sport: str) -> list[Block]:
    """Give the steps in order. A repeat within a repeat is unrolled; what a step cannot say here is told."""
    nodes: list[_Node] = []
    reading = _Reading(file, maker, sport)
    for index, values in _ordered(file.steps):
        kind = number_of(values.get(1))
        if kind == REPEAT:
            reading.repeat(nodes, index, values)
        elif kind in _OTHER_REPEATS:
            maker.lost(f"step {index + 1}", "it repeats until a measurement says stop", "it is done once")
        else:
            nodes.append(_Node(index, [reading.leaf(index, values, kind)]))
    reading.tell_once()
    return _blocks(nodes)


def number_of(value: object) -> int | None:
    """Give a whole number of what a field may hold; of a list the first."""
    if isinstance(value, tuple):
        return number_of(value[0]) if value and not isinstance(value[0], tuple) else None
    if isinstance(value, float) and math.isfinite(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def text_of(value: object) -> str:
    """Give the text of what a field may hold; nothing where it is no text."""
    return value.strip() if isinstance(value, str) else ""


def enum_name(kind: str, number: object) -> str:
    """Give what the FIT profile calls a value, as words: ``hip raise``; nothing where it knows none."""
    from fitdecode import profile  # noqa: PLC0415 - large, wanted for these files alone

    known = profile.FIELD_TYPES.get(kind)
    name = known.enum.get(number_of(number)) if known is not None and known.enum else None
    return name.replace("_", " ").strip() if isinstance(name, str) else ""


class _Reading:
    """Steps of one plan on their way in, and what could not be said of them, each told once."""

    def __init__(self, file: FitFile, maker: Maker, sport: str) -> None:
        self._titles: Mapping[tuple[object, object], object] = file.titles
        self._maker = maker
        self._sport = sport
        self._targets = 0
        self._weights = 0

    def leaf(self, index: int, values: Values, kind: int | None) -> Leaf:
        where = f"step {index + 1}"
        self._targets += number_of(values.get(3)) not in {None, _OPEN_TARGET}
        self._weights += bool(number_of(values.get(12)))
        is_rest = number_of(values.get(7)) in _REST_INTENSITIES
        lasts, amount = self._lasts(values, kind, where)
        if is_rest and lasts is not Lasts.TIME:
            self._maker.lost(where, "this rest has no time", "30s was taken")
            lasts, amount = Lasts.TIME, OPEN_REST_MS
        name = self._name(values) or f"Step {index + 1}"
        return Leaf(where, name, is_rest, lasts, amount, text_of(values.get(8)))

    def repeat(self, nodes: list[_Node], index: int, values: Values) -> None:
        """Put all nodes from the one that a repeat names into one."""
        where = f"step {index + 1}"
        first = number_of(values.get(2))
        times = number_of(values.get(4)) or 0
        start = next((place for place, node in enumerate(nodes) if node.first == first), -1)
        if start < 0 or times < 1:
            self._maker.lost(where, "it repeats nothing that comes before it", "it was left out")
            return
        inside = nodes[start:]
        if sum(node.unrolled for node in inside) * times > _MOST_LEAVES:
            self._maker.lost(
                where, f"it repeats {quoted(times)} times, which is far too much", "it is done once"
            )
            return
        leaves = [leaf for node in inside for _ in range(node.times) for leaf in node.leaves]
        nodes[start:] = [_Node(inside[0].first, leaves, times, len(leaves) * times)]

    def tell_once(self) -> None:
        if self._targets:
            what = "targets such as heart rate or power cannot be kept"
            self._maker.lost("steps", what, "their times were")
        if self._weights:
            self._maker.lost("steps", "weights cannot be kept", "their reps were")

    def _lasts(self, values: Values, kind: int | None, where: str) -> tuple[Lasts, int]:
        amount = number_of(values.get(2))
        if kind in _TIMED and amount is not None:
            return Lasts.TIME, amount
        if kind == Lasts.REPS and amount is not None:
            return Lasts.REPS, amount
        if kind != Lasts.OPEN:
            what = enum_name("wkt_step_duration", kind) or "something we do not know"
            self._maker.lost(where, f"it lasts by {what}", "it waits until you are done")
        return Lasts.OPEN, 0

    def _name(self, values: Values) -> str:
        category, number = values.get(10), values.get(11)
        kind = enum_name("exercise_category", category)
        profiled = enum_name(f"{kind.replace(' ', '_')}_exercise_name", number) or kind
        return (
            text_of(values.get(0))
            or text_of(self._titles.get((category, number)))
            or profiled.capitalize()
            or _INTENSITY_NAMES.get(number_of(values.get(7)) or 0, "")
            or self._sport
        )


def _ordered(steps: Sequence[Values]) -> list[tuple[int, Values]]:
    """Give steps with their indexes, in order; by their places where they do not number themselves."""
    numbers = [number_of(values.get(254)) for values in steps]
    indexes = [number & INDEX_BITS for number in numbers if number is not None]
    if len(set(indexes)) < len(steps):
        return list(enumerate(steps))
    return sorted(zip(indexes, steps, strict=True), key=lambda pair: pair[0])


def _blocks(nodes: Sequence[_Node]) -> list[Block]:
    blocks: list[Block] = []
    once: list[Leaf] = []
    for node in nodes:
        if node.times == 1:
            once += node.leaves
            continue
        if once:
            blocks.append(Block(tuple(once)))
            once = []
        blocks.append(Block(tuple(node.leaves), node.times))
    return [*blocks, Block(tuple(once))] if once else blocks
