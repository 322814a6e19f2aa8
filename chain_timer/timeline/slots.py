"""A routine unrolled: every set of every exercise on every side, in the order it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product

from chain_timer.routine.exercise import Exercise, Hold, Side, Work
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.timeline.options import Options


@dataclass(frozen=True, slots=True)
class Slot:
    """One piece of work and what lies before it."""

    number: int
    exercise: Exercise
    work: Work
    side: Side | None
    set_number: int
    sets: int
    round_number: int
    rounds: int
    rest_ms: int
    """Rest before it; zero for none. Not used where it follows the other side of the same set."""
    follows_side: bool
    """Whether the other side of the same set comes right before it."""
    starts_round: bool
    first_meeting: bool
    """Whether the exercise comes for the first time in the session."""
    circuit: int = 0
    """The number of its circuit in the routine, from zero."""
    item: int = 0
    """The number of its item in the circuit, from zero."""


def unrolled(routine: Routine, options: Options) -> Iterator[Slot]:
    """Give every slot of a routine in order."""
    number = count()
    met: set[str] = set()
    rest_ms = 0
    repeats = any(circuit.rounds > 1 for circuit in routine.circuits)
    open_holds = any(isinstance(item.work, Hold) and not item.fixed for item in routine.items)
    for circuit_number, circuit in enumerate(routine.circuits):
        rounds = _rounds(circuit, options, repeats=repeats)
        usual_ms = _first(circuit.rest_ms, routine.rest_ms, options.usual_rest_ms)
        for round_number in range(1, rounds + 1):
            for place, item in enumerate(circuit.items):
                for set_number, side in product(range(1, item.sets + 1), item.sides or (None,)):
                    first_of_item = set_number == 1 and side in {None, *item.sides[:1]}
                    yield Slot(
                        number=next(number),
                        exercise=item.exercise,
                        work=_work(item, options, open_holds=open_holds),
                        side=side,
                        set_number=set_number,
                        sets=item.sets,
                        round_number=round_number,
                        rounds=rounds,
                        rest_ms=rest_ms,
                        follows_side=side is not None and side is not item.sides[0],
                        starts_round=first_of_item and place == 0,
                        first_meeting=item.exercise.id not in met,
                        circuit=circuit_number,
                        item=place,
                    )
                    met.add(item.exercise.id)
                    rest_ms = _first(options.rest_ms, item.rest_ms, usual_ms)
            if round_number < rounds:
                rest_ms = _first(options.rest_ms, circuit.round_rest_ms, rest_ms)


def _work(item: Item, options: Options, *, open_holds: bool) -> Work:
    applies = not (item.fixed and open_holds)
    if isinstance(item.work, Hold) and options.hold_ms is not None and applies:
        return Hold(options.hold_ms)
    return item.work


def _rounds(circuit: Circuit, options: Options, *, repeats: bool) -> int:
    applies = circuit.rounds > 1 or not repeats
    return options.rounds if options.rounds is not None and applies else circuit.rounds


def _first(*wishes: int | None) -> int:
    return next((wish for wish in wishes if wish is not None), 0)
