"""What each muscle got over the last days, beside the dose that is usual.

The usual dose is that of the American College of Sports Medicine (:data:`SOURCE`): stretches of 60 s in all
for each exercise, on two days a week or more; exercises with reps for each large group of muscles on two or
three days a week. Of their two to four sets two are enough here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from chain_timer.history.days import DAYS_A_WEEK, day_number
from chain_timer.history.kept import Work
from chain_timer.history.words import counted, spelled
from chain_timer.problems import plain
from chain_timer.routine.names import Names
from chain_timer.units import SECOND_MS

SOURCE = (
    "Garber CE, Blissmer B, Deschenes MR, et al. Quantity and quality of exercise for developing and "
    "maintaining cardiorespiratory, musculoskeletal, and neuromotor fitness in apparently healthy adults: "
    "guidance for prescribing exercise. Med Sci Sports Exerc. 2011;43(7):1334-1359. "
    "doi:10.1249/MSS.0b013e318213fefb"
)
USUAL_DOSE = "about 60 s of stretching, or two sets of reps, for each muscle on two to three days a week"
COUNTED_SO = (
    "Seconds and sets are those of each side; where one side got less, they are that side's. "
    "An exercise in which a muscle only helps counts for half."
)
"""What a person should know who wonders about the numbers."""

WEEK_DAYS, MONTH_DAYS = 7, 28
"""The spans that are looked back over: whole weeks both."""
DOSE_HOLD_MS = 60 * SECOND_MS
"""For each side, in all the holds of a day."""
DOSE_SETS = 2
LEAST_DAYS_A_WEEK, MOST_DAYS_A_WEEK = 2, 3
_NEAR_MS = SECOND_MS
"""It is *about* a minute: who leaves a hold in its last second has still held it."""
# For sets, a half for what only helps fitted the gains of 67 studies best (Pelland et al., "The Resistance
# Training Dose Response", SportRxiv 2024). For stretches we know of no such study; the same is our choice.
_WORKS, _HELPS = 2, 1
_LONGEST_NAME = 60


class Standing(StrEnum):
    """How a muscle stands against the usual dose."""

    MISSING = "missing"
    """Nothing at all was done for it."""
    SOME = "some"
    """Something, on fewer days than are usual."""
    SERVED = "served"
    MORE = "more"
    """On more days than are usual, which for stretches is no fault."""


@dataclass(frozen=True, slots=True)
class MuscleDose:
    """What one muscle got, over a span of days that ends today."""

    muscle: str
    """Its id; of muscles that are unknown today, too."""
    span_days: int
    hold_ms: int = 0
    """Time held on each side in exercises in which it works."""
    sets: int = 0
    """Sets of these exercises for each side, held ones too."""
    reps: int = 0
    """Of these exercises, right and left together."""
    days: int = 0
    """Days on which the usual dose was reached."""
    sessions: int = 0
    """Sessions in which it worked or helped."""
    helped_ms: int = 0
    """Time held on each side in exercises in which it only helps."""
    helped_sets: int = 0

    @property
    def usual_days(self) -> int:
        """The days that the usual dose asks for in this span: two a week."""
        return _in_span(LEAST_DAYS_A_WEEK, self.span_days)

    @property
    def share(self) -> float:
        """How much of the usual dose was reached, from 0 to 1."""
        return min(1.0, self.days / self.usual_days)

    @property
    def standing(self) -> Standing:
        if self.days > _in_span(MOST_DAYS_A_WEEK, self.span_days):
            return Standing.MORE
        if self.days >= self.usual_days:
            return Standing.SERVED
        return Standing.SOME if self.sessions else Standing.MISSING

    @property
    def is_served(self) -> bool:
        return self.days >= self.usual_days


def first_day(today: date, span_days: int = WEEK_DAYS) -> date:
    """Give the first day of a span that ends today: since when works are wanted."""
    return today - timedelta(days=min(span_days, today.toordinal()) - 1)


def doses(
    works: Iterable[Work], today: date, names: Names, span_days: int = WEEK_DAYS
) -> tuple[MuscleDose, ...]:
    """Tell what every muscle got in the days up to today, those that got nothing included.

    The posterior chain comes first, then the others, both in the order of ``resources/muscles.toml``; last,
    by id, what exercises named that is no muscle today. What was done on one day counts together.
    """
    first, last = first_day(today, span_days).toordinal(), today.toordinal()
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for work in works:
        if first <= (day := day_number(work.started)) <= last and _is_something(work):
            for muscle, weight in _weights(work):
                tallies[muscle].add(work, day, weight)
    unknown = sorted(tallies.keys() - names.muscles.keys())
    return tuple(tallies[muscle].dose(muscle, span_days) for muscle in (*_in_order(names), *unknown))


def served(found: Iterable[MuscleDose]) -> tuple[MuscleDose, ...]:
    """Give those that got their usual dose or more, in their order."""
    return tuple(dose for dose in found if dose.is_served)


def missing(found: Iterable[MuscleDose], names: Names) -> tuple[MuscleDose, ...]:
    """Give what of the posterior chain got less than its usual dose, in the order of the chain."""
    return tuple(dose for dose in found if not dose.is_served and is_chain(dose.muscle, names))


def is_chain(muscle: str, names: Names) -> bool:
    """Whether a muscle is one of the posterior chain."""
    known = names.muscles.get(muscle)
    return known is not None and known.chain


def muscle_name(muscle: str, names: Names) -> str:
    """Name a muscle for a person, also one that only an exercise from outside has named."""
    return plain(names.muscle_name(muscle), _LONGEST_NAME)


def sentence(dose: MuscleDose, names: Names) -> str:
    """Say what a muscle got: ``Hamstrings: 4 min 30 s held, 6 sets, on 2 of 2 days``."""
    name = muscle_name(dose.muscle, names)
    if dose.standing is Standing.MISSING:
        return f"{name}: nothing in the last {counted(dose.span_days, 'day')}"
    amounts = tuple(_amounts(dose)) or ("a beginning",)  # one side only, or a set that was broken off
    return f"{name}: {', '.join((*amounts, _days_words(dose)))}"


def summary(found: Sequence[MuscleDose], names: Names) -> str:
    """Say in two sentences which muscles are served, and which of the posterior chain are missing."""
    well = names.muscle_text(plain(dose.muscle, _LONGEST_NAME) for dose in served(found))
    gap = names.muscle_text(dose.muscle for dose in missing(found, names))
    parts = (f"Well served: {well}." if well else "", f"Missing: {gap}." if gap else "")
    return " ".join(part for part in parts if part)


@dataclass(slots=True)
class _Day:
    """What one muscle got on one day, in halves: what works counts two of them, what helps one."""

    hold: int = 0
    sets: int = 0

    @property
    def is_reached(self) -> bool:
        near = self.hold >= _WORKS * (DOSE_HOLD_MS - _NEAR_MS)
        return near or self.sets >= _WORKS * DOSE_SETS


@dataclass(slots=True)
class _Tally:
    """What one muscle got over all days."""

    hold_ms: int = 0
    sets: int = 0
    reps: int = 0
    helped_ms: int = 0
    helped_sets: int = 0
    days: defaultdict[int, _Day] = field(default_factory=lambda: defaultdict(_Day))
    sessions: set[str] = field(default_factory=set)

    def add(self, work: Work, day: int, weight: int) -> None:
        self.sessions.add(work.session_id)
        self.days[day].hold += weight * work.side_hold_ms
        self.days[day].sets += weight * (work.side_sets if work.reps else 0)
        if weight == _WORKS:
            self.hold_ms += work.side_hold_ms
            self.sets += work.side_sets
            self.reps += work.reps
        else:
            self.helped_ms += work.side_hold_ms
            self.helped_sets += work.side_sets

    def dose(self, muscle: str, span_days: int) -> MuscleDose:
        reached = sum(day.is_reached for day in self.days.values())
        return MuscleDose(
            muscle=muscle,
            span_days=span_days,
            hold_ms=self.hold_ms,
            sets=self.sets,
            reps=self.reps,
            days=reached,
            sessions=len(self.sessions),
            helped_ms=self.helped_ms,
            helped_sets=self.helped_sets,
        )


def _in_order(names: Names) -> list[str]:
    return sorted(names.muscles, key=lambda muscle: not names.muscles[muscle].chain)


def _is_something(work: Work) -> bool:
    return work.hold_ms > 0 or work.sets > 0 or work.reps > 0


def _weights(work: Work) -> Iterator[tuple[str, int]]:
    """Each muscle of an exercise once: what works is no helper besides."""
    helping = dict.fromkeys(work.exercise.also, _HELPS)
    return iter((helping | dict.fromkeys(work.exercise.muscles, _WORKS)).items())


def _in_span(days_a_week: int, span_days: int) -> int:
    return max(1, -(-days_a_week * span_days // DAYS_A_WEEK))


def _amounts(dose: MuscleDose) -> Iterator[str]:
    if dose.hold_ms:
        yield f"{spelled(dose.hold_ms)} held"
    if dose.sets:
        yield counted(dose.sets, "set")
    if dose.helped_ms:
        yield f"{spelled(dose.helped_ms)} helping"
    elif dose.helped_sets:
        yield f"{counted(dose.helped_sets, 'set')} helping"


def _days_words(dose: MuscleDose) -> str:
    if dose.days > dose.usual_days:
        return f"on {dose.days} days, where {dose.usual_days} are usual"
    return f"on {dose.days} of {dose.usual_days} days"
