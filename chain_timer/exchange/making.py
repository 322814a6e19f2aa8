"""Exercises and routines of ours made out of what other programs say: cleaned, bounded, each with its id."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chain_timer.exchange.parcel import Known, Parcel
from chain_timer.exchange.source import Source
from chain_timer.problems import Problem, quoted
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo, Work
from chain_timer.routine.exercise_reader import (
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_STEPS,
    USUAL_HOLD,
    USUAL_TEMPO,
)
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.routine.routine_reader import MOST_SETS
from chain_timer.routine.words import clean_line, slug
from chain_timer.units import HOUR_MS, MINUTE_MS, SECOND_MS, duration_text

MOST_EXERCISES = 20_000
MOST_ROUTINES = 2_000
_MOST_LOSSES = 200
_LONGEST_ID = 80
"""Characters: a file is named by it, and 80 of any script stay below the 255 bytes a name may have."""
_LONGEST_HOLD_MS = HOUR_MS
_LONGEST_REST_MS = 30 * MINUTE_MS
_MOST_ROUNDS = 100
_MOST_SETS = 20
_MOST_REPS = 1_000


class Maker:
    """Collects what a file holds into a parcel. Nothing raises: what does not fit is told as a loss."""

    def __init__(self, source: Source, known: Known) -> None:
        self.source = source
        self._known = known
        self._known_by_name = {each.name.casefold(): each for each in known.exercises.values()}
        self._exercises: dict[str, Exercise] = {}
        self._named: dict[str, Exercise] = {}
        self._routines: dict[str, Routine] = {}
        self._pictures: dict[str, bytes] = {}
        self._losses: list[Problem] = []
        self._more_losses = 0

    def lost(self, where: str, what: str, instead: str = "") -> None:
        """Tell what could not be taken over, where it stands in the file, and what was done instead."""
        if len(self._losses) < _MOST_LOSSES:
            self._losses.append(Problem(where, what, instead))
        else:
            self._more_losses += 1

    # --- single values -------------------------------------------------------------------------------

    def line(self, text: object, where: str, longest: int = LONGEST_LINE) -> str:
        """Make one clean line of anything; cut where it is too long, and empty where it is no text."""
        if not isinstance(text, str):
            return ""
        line = clean_line(text[: longest * 8])
        if len(line) <= longest:
            return line
        self.lost(where, f"it has more than {longest} characters", "it was cut")
        return line[: longest - 1].rstrip() + "…"

    def name(self, text: object, where: str, otherwise: str) -> str:
        """Make a name of it, or take the other one where it is none."""
        return self.line(text, where, LONGEST_NAME) or otherwise

    def steps(self, texts: Iterable[object], where: str) -> tuple[Step, ...]:
        """Make steps of sentences; what is longer than a step may be is divided at the ends of sentences."""
        lines = [part for text in texts for part in _parts(text, self, where)]
        if len(lines) > MOST_STEPS:
            self.lost(where, f"it has {len(lines)} steps", f"the first {MOST_STEPS} were taken")
        # Braces mean something in our own files.
        plain = (line.replace("{", "(").replace("}", ")") for line in lines[:MOST_STEPS])
        return tuple(Step(line, line) for line in plain)

    def hold(self, length_ms: int, where: str) -> Hold:
        """Give a hold, as near to the length as one may be."""
        return Hold(self._within(length_ms, SECOND_MS, _LONGEST_HOLD_MS, where))

    def rest_ms(self, length_ms: int, where: str) -> int:
        """Give a rest, as near to the length as one may be."""
        return self._within(length_ms, 0, _LONGEST_REST_MS, where)

    def reps(self, count: int, where: str, tempo: Tempo = USUAL_TEMPO, *, self_paced: bool = False) -> Reps:
        return Reps(self._number(count, _MOST_REPS, where, "reps"), tempo, self_paced)

    def rounds(self, count: int, where: str) -> int:
        return self._number(count, _MOST_ROUNDS, where, "rounds")

    def sets(self, count: int, where: str) -> int:
        return self._number(count, _MOST_SETS, where, "sets")

    # --- exercises -----------------------------------------------------------------------------------

    def named(self, name: object, where: str) -> Exercise:
        """Give the exercise that a timer knows by name alone: one of ours that is called so, or a new one."""
        text = self.name(name, where, "Exercise").replace("{", "(").replace("}", ")")
        key = text.casefold()
        if key not in self._named:
            ours = self._known_by_name.get(key) or self._known.exercises.get(slug(text))
            self._named[key] = ours or self.exercise(Exercise("", text, (), USUAL_HOLD))
        return self._named[key]

    def exercise(self, exercise: Exercise) -> Exercise:
        """Take a new exercise, whose id is made from its name; one that we have just so is ours."""
        stem = (slug(exercise.name) or "exercise")[:_LONGEST_ID].strip("-")
        same = self._known.exercises.get(stem)
        if same is not None and replace(exercise, id=stem) == same:
            return same
        made = replace(exercise, id=_free(stem, self._exercises, self._known.exercises))
        if len(self._exercises) < MOST_EXERCISES:
            self._exercises[made.id] = made
        return made

    def picture(self, name: str, data: bytes) -> None:
        """Take the picture that exercises name."""
        self._pictures[name] = data

    # --- routines ------------------------------------------------------------------------------------

    def item(
        self, exercise: Exercise, work: Work | None = None, rest_ms: int | None = None, sets: int = 1
    ) -> Item:
        """Give an exercise as a routine uses it; both sides where it has sides."""
        sides = (Side.RIGHT, Side.LEFT) if exercise.sided else ()
        return Item(exercise, work or exercise.work, sides, sets, rest_ms, fixed=isinstance(work, Hold))

    def routine(
        self,
        name: object,
        circuits: Sequence[Circuit],
        where: str = "",
        *,
        summary: str = "",
        rest_ms: int | None = 0,
    ) -> None:
        """Take a routine. Its rest is none where the file says each: our usual one would be too much."""
        title = self.name(name, where, self.source.stem or "Routine")
        filled = tuple(circuit for circuit in circuits if circuit.items)
        sets = sum(circuit.rounds * sum(item.sets for item in circuit.items) for circuit in filled)
        if not filled:
            self.lost(where, f"{quoted(title)} has no exercises", "it was left out")
        elif sets > MOST_SETS or len(self._routines) >= MOST_ROUTINES:
            self.lost(where, f"{quoted(title)} is too large: {sets:,} sets", "it was left out")
        else:
            stem = (slug(title) or "routine")[:_LONGEST_ID].strip("-")
            made = Routine(_free(stem, self._routines), title, filled, summary, rest_ms)
            self._routines[made.id] = made

    def parcel(self) -> Parcel:
        """Give everything. Raises FileProblemsError when there is nothing."""
        if not self._exercises and not self._routines:
            first = self._losses[0] if self._losses else Problem("", "there is nothing in it")
            raise self.source.problem(first.where, first.what, "choose another file")
        more = [Problem("", f"and {self._more_losses:,} more")] if self._more_losses else []
        return Parcel(
            tuple(self._routines.values()),
            tuple(self._exercises.values()),
            dict(self._pictures),
            (*self._losses, *more),
        )

    # --- bounds --------------------------------------------------------------------------------------

    def _within(self, length_ms: int, least_ms: int, most_ms: int, where: str) -> int:
        bounded = min(max(length_ms, least_ms), most_ms)
        if bounded != length_ms:
            what = "it is too short" if length_ms < least_ms else "it is too long"
            self.lost(where, what, f"{duration_text(bounded)} was taken")
        return bounded

    def _number(self, count: int, most: int, where: str, noun: str) -> int:
        bounded = min(max(count, 1), most)
        if bounded != count:
            self.lost(where, f"{count:,} {noun} cannot be", f"{bounded:,} was taken")
        return bounded


def _free(stem: str, *taken: Iterable[str]) -> str:
    number, found = 1, stem
    while any(found in each for each in taken):
        number += 1
        found = f"{stem}-{number}"
    return found


def _parts(text: object, maker: Maker, where: str) -> list[str]:
    if not isinstance(text, str):
        return []
    whole = clean_line(text[: LONGEST_LINE * MOST_STEPS * 2])
    parts: list[str] = []
    for sentence in _sentences(whole):
        if parts and len(parts[-1]) + 1 + len(sentence) <= LONGEST_LINE and len(whole) <= LONGEST_LINE:
            parts[-1] = f"{parts[-1]} {sentence}"
        else:
            parts.append(maker.line(sentence, where))
    return [part for part in parts if part]


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    start = 0
    for at in range(len(text) - 1):
        if text[at] in ".!?" and text[at + 1] == " ":
            found.append(text[start : at + 1].strip())
            start = at + 2
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]
