"""The one routine that would best give the posterior chain what it is missing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice

from chain_timer.history.dose import MuscleDose, doses, missing, muscle_name
from chain_timer.history.kept import Work
from chain_timer.history.words import counted, listed
from chain_timer.problems import plain
from chain_timer.routine.exercise import Exercise, Hold, Side
from chain_timer.routine.library import Library
from chain_timer.routine.names import Names
from chain_timer.routine.routine import Routine
from chain_timer.routine.sketch import RoutineSketch
from chain_timer.session.clock import Moment
from chain_timer.session.record import past
from chain_timer.timeline.options import Options
from chain_timer.timeline.slots import Slot, unrolled
from chain_timer.units import whole_minutes

MOST_WEIGHED = 40
"""Routines that are looked at closely; which, is told by sketches alone."""
MOST_READ = 12
"""Those of them whose files may have to be read for it."""
_MOST_SLOTS = 2_000
"""Of one routine: by then every muscle that it names has long got its dose."""
_SOME_MOMENT = Moment(0)
_ITS_DAY = date(1970, 1, 1)
_LONGEST_NAME = 120

OptionsFor = Callable[[Routine], Options]
"""The choices a person would start a routine with."""
Duration = Callable[[Routine, Options], int]
"""Milliseconds a routine takes with these options."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A routine that is recommended, and why."""

    routine_id: str
    name: str
    muscles: tuple[str, ...]
    """Ids of what is missing and would be served, or at least worked, in the order of the chain."""
    serves: bool
    """Whether once through gives these muscles the usual dose of a day; if not, nothing there is does."""
    minutes: int
    equipment: tuple[str, ...]
    reason: str
    """In words: ``Hamstrings and calves would serve hamstrings and calves, in 6 minutes``."""


@dataclass(frozen=True, slots=True)
class _Choice:
    routine: Routine
    options: Options
    muscles: tuple[str, ...]
    serves: bool


def filling(
    library: Library, found: Iterable[MuscleDose], options_for: OptionsFor, duration_ms: Duration
) -> Filling | None:
    """Choose the routine that serves most of what the posterior chain is missing.

    Of several the shortest in whole minutes, then the one with the least equipment, then with the fewest
    exercises. None where nothing is missing, or no routine names a muscle that is. A muscle is served when
    the routine, done once with the person's own options, gives it the usual dose of a day; where none does
    that, one that works most of them is chosen. May read :data:`MOST_READ` files: for a thread.
    """
    gap = tuple(dose.muscle for dose in missing(found, library.names))
    choices = list(_weighed(library, gap, options_for))
    if not choices:
        return None
    most = max(_worth(choice) for choice in choices)
    best = [choice for choice in choices if _worth(choice) == most]
    lengths = [whole_minutes(duration_ms(choice.routine, choice.options)) for choice in best]
    minutes, _, place = min(
        (length, len(choice.routine.equipment), place)
        for place, (choice, length) in enumerate(zip(best, lengths, strict=True))
    )
    return _filling(best[place], minutes, library.names)


def _weighed(library: Library, gap: Sequence[str], options_for: OptionsFor) -> Iterator[_Choice]:
    """Look at those that name most of the gap, until the others cannot come up to the best of them."""
    best = (0, 0)
    for bound, routine in islice(_promising(library, gap), MOST_WEIGHED):
        if best[0] and bound < best[1]:
            return
        choice = _choice(routine, gap, options_for(routine), library.names)
        if choice.muscles:
            best = max(best, _worth(choice))
            yield choice


def _promising(library: Library, gap: Sequence[str]) -> Iterator[tuple[int, Routine]]:
    """Give routines with how much of the gap they name: most first, then those at hand, then the short."""
    ranked = [
        (bound, library.is_unread(sketch.id), len(sketch.exercises), sketch.id)
        for sketch in library.routine_sketches
        if (bound := _named(sketch, gap))
    ]
    left = MOST_READ
    for bound, is_unread, _, routine_id in sorted(ranked, key=lambda each: (-each[0], *each[1:3])):
        left -= is_unread
        if left >= 0 or not is_unread:
            yield from ((bound, routine) for routine in library.read_ahead((routine_id,)))


def _named(sketch: RoutineSketch, gap: Sequence[str]) -> int:
    return len(set(gap) & {*sketch.muscles, *sketch.helping})


def _choice(routine: Routine, gap: Sequence[str], options: Options, names: Names) -> _Choice:
    """Reckon what the gap would get, the way it would be reckoned afterwards."""
    given = {dose.muscle: dose for dose in doses(_works(routine, options), _ITS_DAY, names, 1)}
    at_hand = [given[muscle] for muscle in gap if muscle in given]
    reached = tuple(dose.muscle for dose in at_hand if dose.days)
    worked = tuple(dose.muscle for dose in at_hand if dose.sessions)
    return _Choice(routine, options, reached or worked, serves=bool(reached))


def _works(routine: Routine, options: Options) -> Iterator[Work]:
    """Give what doing a routine once would be kept as."""
    slots = sorted(islice(unrolled(routine, options), _MOST_SLOTS), key=lambda slot: slot.exercise.id)
    for _, group in groupby(slots, key=lambda slot: slot.exercise.id):
        of_one = tuple(group)
        yield _work(of_one[0].exercise, of_one)


def _work(exercise: Exercise, slots: Sequence[Slot]) -> Work:
    held = [(slot.side, slot.work.length_ms if isinstance(slot.work, Hold) else 0) for slot in slots]
    return Work(
        session_id="",
        started=_SOME_MOMENT,
        exercise=past(exercise),
        hold_ms=sum(length_ms for _, length_ms in held),
        sets=len(slots),
        reps=sum(0 if isinstance(slot.work, Hold) else slot.work.count for slot in slots),
        side_hold_ms=_each_side(held),
        side_sets=_each_side([(slot.side, 1) for slot in slots]),
    )


def _each_side(amounts: Sequence[tuple[Side | None, int]]) -> int:
    by_side = {side: sum(amount for each, amount in amounts if each is side) for side in (None, *Side)}
    return by_side[None] + min(by_side[Side.RIGHT], by_side[Side.LEFT])


def _worth(choice: _Choice) -> tuple[bool, int]:
    return choice.serves, len(choice.muscles)


def _filling(choice: _Choice, minutes: int, names: Names) -> Filling:
    routine = choice.routine
    name = plain(routine.name, _LONGEST_NAME)
    does = "serve" if choice.serves else "work"
    what = listed([muscle_name(muscle, names) for muscle in choice.muscles])
    reason = f"{name} would {does} {what}, in {counted(minutes, 'minute')}"
    if not choice.serves:
        reason += "; longer holds or more rounds would serve them"
    return Filling(routine.id, name, choice.muscles, choice.serves, minutes, routine.equipment, reason)
