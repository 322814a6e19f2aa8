"""Exercises and routines of ours made out of what other programs say: cleaned, bounded, each with its id."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count, islice

from chain_timer.exchange.parcel import Known, Parcel
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError, Problem, quoted
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo, Work
from chain_timer.routine.exercise_reader import (
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_STEPS,
    SHORTEST_REP_MS,
    USUAL_HOLD,
    USUAL_TEMPO,
)
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.routine.routine_reader import LONGEST_ROUTINE_MS, MOST_SETS
from chain_timer.routine.words import clean_line, slug
from chain_timer.units import HOUR_MS, MINUTE_MS, SECOND_MS, duration_text

MOST_EXERCISES = 20_000
MOST_ROUTINES = 2_000
_MOST_ITEMS = 20_000
"""Of all routines together."""
_MOST_LOSSES = 200
_LONGEST_ID = 200
"""Bytes: a file is named by it, and a number and an ending go into the 255 that a name may have."""
_NO_FILE_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""Devices on Windows, whatever their ending.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""
_LONGEST_HOLD_MS = HOUR_MS
_LONGEST_REST_MS = 30 * MINUTE_MS
_MOST_ROUNDS = 100
_MOST_SETS = 20
_MOST_REPS = 1_000
_MOST_TEXTS = 400
_LONGEST_TEXT = LONGEST_LINE * MOST_STEPS * 2
"""Characters of one text that becomes steps; what is beyond cannot be kept anyway."""
_MOST_TEXT = 4_000_000
"""Characters of all steps together: eight times the largest collection we know, read in a second."""


class Maker:
    """Collects what a file holds into a parcel. Nothing raises: what does not fit is told as a loss."""

    def __init__(self, source: Source, known: Known) -> None:
        self.source = source
        self._known = known
        self._known_by_name = {each.name.casefold(): each for each in known.exercises.values()}
        self._exercises: dict[str, Exercise] = {}
        self._taken: dict[Exercise, Exercise] = {}
        """What was taken already, by what it says: the same twice in a file is one exercise."""
        self._numbers: dict[str, int] = {}
        """The last number that was tried for an id, so that a thousand of one name are not tried again."""
        self._named: dict[str, Exercise] = {}
        self._names_alone: set[str] = set()
        """Exercises that are but a name, of no use without the routine that names them."""
        self._is_met_again = False
        """Whether the file describes an exercise that we have just so."""
        self._told: set[str] = set()
        self._text = 0
        self._items = 0
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

    @property
    def losses(self) -> tuple[Problem, ...]:
        """What was lost so far: the first two hundred, and how many more."""
        more = [Problem("", f"and {self._more_losses:,} more")] if self._more_losses else []
        return (*self._losses, *more)

    def _tell_once(self, where: str, what: str, instead: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self.lost(where, what, instead)

    @property
    def is_full(self) -> bool:
        """Whether there is as much as can be taken, so that reading on is of no use."""
        return len(self._exercises) >= MOST_EXERCISES or self._items >= _MOST_ITEMS

    # --- single values -------------------------------------------------------------------------------

    def line(self, text: object, where: str, longest: int = LONGEST_LINE) -> str:
        """Make one clean line of anything; cut where it is too long, and empty where it is no text."""
        if not isinstance(text, str):
            return ""
        line = clean_line(text[: longest * 8])
        if not line or (len(line) <= longest and len(text) <= longest * 8):
            return line
        self.lost(where, f"it has more than {longest} characters", "it was cut")
        return line[: longest - 1].rstrip() + "…"

    def name(self, text: object, where: str, otherwise: str) -> str:
        """Make a name of it, or take the other one where it is none."""
        return self.line(text, where, LONGEST_NAME) or otherwise

    def steps(self, texts: Iterable[object], where: str) -> tuple[Step, ...]:
        """Make a step of each text; what is longer than a step may be is divided at the ends of sentences."""
        lines: list[str] = []
        for text in islice(texts, _MOST_TEXTS):
            lines += self._parts(text, where)
        if len(lines) > MOST_STEPS:
            lines = _packed(lines)
        if len(lines) > MOST_STEPS:
            self.lost(where, f"it has more than {MOST_STEPS} steps", f"the first {MOST_STEPS} were taken")
        return tuple(Step(line, line) for line in map(_unbraced, lines[:MOST_STEPS]))

    def _parts(self, text: object, where: str) -> list[str]:
        if not isinstance(text, str):
            return []
        if len(text) > _LONGEST_TEXT:
            self.lost(where, f"it has more than {_LONGEST_TEXT:,} characters", "it was cut")
        if self._text > _MOST_TEXT:
            self._tell_once(where, "the file has more text than can be kept", "later steps were left out")
            return []
        self._text += min(len(text), _LONGEST_TEXT)
        return _divided(clean_line(text[:_LONGEST_TEXT]))

    def hold(self, length_ms: int, where: str) -> Hold:
        """Give a hold, as near to the length as one may be."""
        return Hold(self._within(length_ms, SECOND_MS, _LONGEST_HOLD_MS, where))

    def rest_ms(self, length_ms: int, where: str) -> int:
        """Give a rest, as near to the length as one may be."""
        return self._within(length_ms, 0, _LONGEST_REST_MS, where)

    def reps(self, count: int, where: str, tempo: Tempo = USUAL_TEMPO, *, self_paced: bool = False) -> Reps:
        """Give reps, as near to the count as may be, with their tempo if one can do it."""
        if not SHORTEST_REP_MS <= tempo.rep_ms <= MINUTE_MS:
            self.lost(where, "a rep must take 0.5s to 1m", "our usual tempo was taken")
            tempo = USUAL_TEMPO
        return Reps(self._number(count, _MOST_REPS, where, "reps"), tempo, self_paced)

    def rounds(self, count: int, where: str) -> int:
        return self._number(count, _MOST_ROUNDS, where, "rounds")

    def sets(self, count: int, where: str) -> int:
        return self._number(count, _MOST_SETS, where, "sets")

    # --- exercises -----------------------------------------------------------------------------------

    def named(self, name: object, where: str, work: Work = USUAL_HOLD, source: str = "") -> Exercise:
        """Give the exercise that a timer knows by name alone: one of ours that is called so, or a new one.

        A new one has this work as its usual one, and is only taken when a routine uses it.
        """
        text = _unbraced(self.name(name, where, "Exercise"))
        key = text.casefold()
        if key not in self._named:
            ours = self._known_by_name.get(key) or self._known.exercises.get(slug(text))
            if ours is None:
                before = len(self._exercises)
                ours = self.exercise(Exercise("", text, (), work, source=self.line(source, where)))
                if len(self._exercises) > before:
                    self._names_alone.add(ours.id)
            self._named[key] = ours
        return self._named[key]

    def exercise(self, exercise: Exercise) -> Exercise:
        """Take an exercise, whose id is made from its name; one that we have just so is ours.

        Its texts must be clean lines, as :meth:`line` makes them.
        """
        stem = _stem(exercise.name, "exercise")
        said = replace(
            exercise, id=stem, key_cue=_unbraced(exercise.key_cue), easier=_unbraced(exercise.easier)
        )
        if said not in self._taken:
            self._taken[said] = self._taken_anew(said)
        made = self._taken[said]
        self._names_alone.discard(made.id)
        return made

    def _taken_anew(self, exercise: Exercise) -> Exercise:
        stem = exercise.id
        for number in count(self._numbers.get(stem, 0) + 1):
            self._numbers[stem] = number
            found = stem if number == 1 else f"{stem}-{number}"
            ours = self._known.exercises.get(found)
            if ours is not None and replace(ours, id=stem) == exercise:
                self._is_met_again = True
                return ours
            if ours is None and found not in self._exercises:
                break
        made = replace(exercise, id=found)
        if len(self._exercises) < MOST_EXERCISES:
            self._exercises[found] = made
        else:
            self._tell_once("", f"it has more than {MOST_EXERCISES:,} exercises", "the others were left out")
        return made

    def picture(self, name: str, data: bytes) -> None:
        """Take the picture that exercises name."""
        self._pictures[name] = data

    # --- routines ------------------------------------------------------------------------------------

    def item(
        self, exercise: Exercise, work: Work | None = None, rest_ms: int | None = None, sets: int = 1
    ) -> Item:
        """Give an exercise as a routine uses it; both sides where it has sides."""
        self._items += 1
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
        routine = Routine("", title, filled, self.line(summary, where), rest_ms)
        if why := self._refusal(routine):
            self.lost(where, f"{quoted(title)} {why}", "it was left out")
            return
        made = replace(routine, id=_free(_stem(title, "routine"), self._routines))
        self._routines[made.id] = made

    def _refusal(self, routine: Routine) -> str:
        """Say why a routine cannot be taken: our own reader would refuse its file. Empty when it can."""
        sets = sum(circuit.rounds * sum(item.sets for item in circuit.items) for circuit in routine.circuits)
        if not routine.circuits:
            return "has no exercises"
        if sets > MOST_SETS:
            return f"is too large: {sets:,} sets"
        if _length_ms(routine) > LONGEST_ROUTINE_MS:
            return f"is too long: {_length_ms(routine) // HOUR_MS:,} hours"
        if len(self._routines) >= MOST_ROUTINES:
            return f"comes after {MOST_ROUTINES:,} others"
        if any(
            each.id not in self._exercises and each.id not in self._known.exercises
            for each in routine.exercises
        ):
            return "uses exercises that were left out"
        return ""

    def parcel(self) -> Parcel:
        """Give everything; empty when all of it is here already. Raises FileProblemsError for nothing."""
        used = {each.id for routine in self._routines.values() for each in routine.exercises}
        exercises = tuple(
            each for each in self._exercises.values() if each.id in used or each.id not in self._names_alone
        )
        if not exercises and not self._routines and not self._is_met_again:
            empty = Problem("", "there is nothing in it that we know", "choose another file")
            raise FileProblemsError(self.source.name, self.losses or [empty])
        return Parcel(tuple(self._routines.values()), exercises, dict(self._pictures), self.losses)

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


def _stem(name: str, otherwise: str) -> str:
    """Make an id of a name that every system takes for a file's name."""
    # Twice: composing marks anew may bring out what the first time could not see.
    whole = slug(name) if name.isascii() else slug(slug(name))
    stem = whole.encode(errors="ignore")[:_LONGEST_ID].decode(errors="ignore").strip("-") or otherwise
    return f"{stem}-{otherwise}" if stem in _NO_FILE_NAMES else stem


def _free(stem: str, taken: Iterable[str]) -> str:
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found


def _unbraced(text: str) -> str:
    # Braces mean something in our own files.
    return text.replace("{", "(").replace("}", ")")


def _divided(text: str) -> list[str]:
    """Divide what is longer than a step may be: after a sentence, else between words."""
    parts: list[str] = []
    while len(text) > LONGEST_LINE:
        window = text[: LONGEST_LINE + 1]
        at = max(window.rfind(end) for end in (". ", "! ", "? ")) + 1 or window.rfind(" ")
        at = at if at > 0 else LONGEST_LINE
        parts.append(text[:at])
        text = text[at:].lstrip()
    return [*parts, text] if text else parts


def _packed(lines: Iterable[str]) -> list[str]:
    """Put together what fits into one step."""
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + 1 + len(line) <= LONGEST_LINE:
            packed[-1] = f"{packed[-1]} {line}"
        else:
            packed.append(line)
    return packed


def _length_ms(routine: Routine) -> int:
    return sum(
        circuit.rounds * item.sets * (max(1, len(item.sides)) * item.work.length_ms + (item.rest_ms or 0))
        for circuit in routine.circuits
        for item in circuit.items
    )
