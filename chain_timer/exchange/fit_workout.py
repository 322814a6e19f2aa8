"""FIT files of planned sessions, as sports watches take them, made into routines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chain_timer.exchange.fit_messages import WORKOUT_FILE, FitFile, files_of, is_fit
from chain_timer.exchange.fit_steps import Block, Lasts, Leaf, blocks_of, enum_name, text_of
from chain_timer.exchange.making import Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.problems import FileProblemsError, Problem, quoted
from chain_timer.routine.exercise import Exercise, Reps, Side, Step, Work
from chain_timer.routine.exercise_reader import USUAL_TEMPO
from chain_timer.routine.finder import Finder
from chain_timer.routine.routine import Circuit, Item

CHANGE_SIDES = "Change sides"
"""What the rest between two sides is called; our own player makes that time itself."""
OWN_PACE = "at your own pace"

_SIDED = re.compile(r"(.+), (right|left) ([^\W\d_]{1,30})")
"""How an exercise of ours is called with its side: ``Standing hamstring stretch, right leg``."""
_COUNTED = re.compile(rf"(\d{{1,4}}) reps? {OWN_PACE}\.?\s*")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_PLAIN_SPORTS = frozenset({"", "generic", "training", "all", "fitness equipment"})


def recognizes(source: Source) -> bool:
    """Whether it is a FIT file of any kind; what we cannot use, reading tells."""
    return is_fit(source)


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Make a routine of each plan. Raises FileProblemsError when there is none, as in a recording."""
    files, problems = files_of(source, progress)
    plans = [file for file in files if file.type in {None, WORKOUT_FILE} and file.steps]
    if not plans:
        raise FileProblemsError(source.name, [*problems, *(_refusal(file) for file in files[:1])])
    maker = Maker(source, known)
    for problem in problems:
        maker.lost(problem.where, problem.what, problem.remedy)
    for file in files:
        if file in plans:
            _take(file, maker, known)
        else:
            refusal = _refusal(file)
            maker.lost(refusal.where, refusal.what, "it was left out")
    return maker.parcel()


def _refusal(file: FitFile) -> Problem:
    if file.type in {None, WORKOUT_FILE}:
        return Problem("", "there are no steps in it", "export it once more")
    kind = enum_name("file", file.type) or "something else"
    return Problem("", f"this is a FIT file of the kind {kind}, not a plan", "choose a workout file")


def _take(file: FitFile, maker: Maker, known: Known) -> None:
    sport = enum_name("sport", file.workout.get(4))
    blocks = blocks_of(file, maker, "" if sport in _PLAIN_SPORTS else sport.capitalize())
    reading = _Reading(maker, known, [leaf for block in blocks for leaf in block.leaves])
    taken = [_Taken(block.rounds) for block in blocks]
    for block, into in zip(blocks, taken, strict=True):
        reading.take(block, into)
    summary = maker.line(text_of(file.workout.get(17)), "description")
    maker.routine(text_of(file.workout.get(8)), list(_circuits(taken, maker)), summary=summary)


@dataclass(slots=True)
class _Taken:
    """A block with our exercises, and the rest before and after each."""

    rounds: int
    lead_ms: int = 0
    items: list[Item] = field(default_factory=list)
    rests_ms: list[int] = field(default_factory=list)


class _Reading:
    """The exercises of one plan: those we know, and new ones with what their notes say."""

    def __init__(self, maker: Maker, known: Known, leaves: Sequence[Leaf]) -> None:
        self._maker = maker
        self._ours = Finder(known.exercises)
        self._made: dict[str, Exercise] = {}
        self._doubled: set[str] = set()
        self._notes: dict[tuple[str, Side | None], str] = {}
        for leaf in leaves:
            if not leaf.is_rest:
                name, side, _ = _parted(leaf.name)
                self._notes.setdefault((name.casefold(), side), _COUNTED.sub("", leaf.notes, count=1))

    def take(self, block: Block, into: _Taken) -> None:
        before: Leaf | None = None
        """The last work, as long as nothing but a change of sides follows it."""
        for leaf in block.leaves:
            if leaf.is_rest:
                if before is None or leaf.name != CHANGE_SIDES:
                    self._rest(leaf, into)
                    before = None
                continue
            if before is None or not self._is_other_side(before, leaf, into):
                item = self._item(leaf)
                into.items.append(item)
                into.rests_ms.append(0)
            else:
                sides = (*into.items[-1].sides, *_side_of(leaf))
                into.items[-1] = replace(into.items[-1], sides=sides)
            before = leaf

    def _rest(self, leaf: Leaf, into: _Taken) -> None:
        if into.items:
            into.rests_ms[-1] += leaf.amount
        else:
            into.lead_ms += leaf.amount

    def _is_other_side(self, before: Leaf, leaf: Leaf, into: _Taken) -> bool:
        """Whether it is the same work as before, on the side that was not done yet."""
        name, side, _ = _parted(leaf.name)
        name_before, side_before, _ = _parted(before.name)
        done = into.items[-1].sides
        same = (leaf.lasts, leaf.amount, name.casefold()) == (
            before.lasts,
            before.amount,
            name_before.casefold(),
        )
        return same and side is not None and side_before is not None and side not in done and len(done) == 1

    def _item(self, leaf: Leaf) -> Item:
        exercise = self._exercise(leaf)
        item = self._maker.item(exercise, self._work(leaf, exercise))
        if sides := _side_of(leaf) if exercise.sided else ():
            return replace(item, sides=sides)
        if item.sides and exercise.id not in self._doubled:
            self._doubled.add(exercise.id)
            what = f"{quoted(exercise.name)} is done on each side here"
            self._maker.lost(leaf.where, what, "it takes twice the time")
        return item

    def _work(self, leaf: Leaf, exercise: Exercise | None = None) -> Work:
        if leaf.lasts is Lasts.TIME:
            return self._maker.hold(leaf.amount, leaf.where)
        usual = exercise.work if exercise else None
        tempo = usual.tempo if isinstance(usual, Reps) else USUAL_TEMPO
        if leaf.lasts is Lasts.REPS:
            return self._maker.reps(leaf.amount, leaf.where, tempo)
        counted = _COUNTED.match(leaf.notes)
        count = max(1, int(counted[1])) if counted else 1
        return self._maker.reps(count, leaf.where, tempo, self_paced=True)

    def _exercise(self, leaf: Leaf) -> Exercise:
        whole = self._maker.name(leaf.name, leaf.where, leaf.where.capitalize())
        name, side, noun = _parted(whole)
        ours = self._ours.find(whole) or self._ours.find(name)
        if ours is not None:
            return ours
        key = name.casefold()
        if key not in self._made:
            plain = name.replace("{", "(").replace("}", ")")
            made = Exercise("", plain, self._steps(name, leaf), self._work(leaf))
            sided = replace(made, sided=True, side_noun=noun) if side else made
            self._made[key] = self._maker.exercise(sided)
        return self._made[key]

    def _steps(self, name: str, leaf: Leaf) -> tuple[Step, ...]:
        sides = [self._notes.get((name.casefold(), side), "") for side in (Side.RIGHT, Side.LEFT)]
        notes = self._notes.get((name.casefold(), None), "") or sides[0] or sides[1]
        steps = self._maker.steps(_SENTENCES.split(notes), leaf.where)
        other = self._maker.steps(_SENTENCES.split(sides[1]), leaf.where) if all(sides) else ()
        if len(other) != len(steps):
            return steps
        return tuple(Step(right.right, left.left) for right, left in zip(steps, other, strict=True))


def _parted(name: str) -> tuple[str, Side | None, str]:
    """Give the name of an exercise, its side, and what the side is said of."""
    if found := _SIDED.fullmatch(name):
        return found[1], Side(found[2]), found[3]
    return name, None, ""


def _side_of(leaf: Leaf) -> tuple[Side, ...]:
    side = _parted(leaf.name)[1]
    return (side,) if side else ()


def _circuits(blocks: Sequence[_Taken], maker: Maker) -> Iterator[Circuit]:
    """Make circuits; the rest that stands before a block belongs to the exercise before it."""
    filled = [block for block in blocks if block.items]
    if filled and filled[0].lead_ms:
        maker.lost("step 1", "it begins with a rest", "your own time to get ready is used")
    for place, block in enumerate(filled):
        after_ms = filled[place + 1].lead_ms if place + 1 < len(filled) else 0
        tail_ms = block.rests_ms[-1]
        rests_ms = [maker.rest_ms(rest_ms, "rest") for rest_ms in [*block.rests_ms[:-1], tail_ms + after_ms]]
        between_ms = maker.rest_ms(tail_ms + block.lead_ms, "rest")
        yield Circuit(
            tuple(
                replace(item, rest_ms=rest_ms) for item, rest_ms in zip(block.items, rests_ms, strict=True)
            ),
            maker.rounds(block.rounds, "rounds"),
            round_rest_ms=between_ms if block.rounds > 1 and between_ms != rests_ms[-1] else None,
        )
