"""Routines of Feeel: one in a ``.feeel`` file, JSON with exercises by their wger numbers, or many in a zip.

https://gitlab.com/enjoyingfoss/feeel: ``feeel_workout_json.dart`` and ``full_workout.dart`` write it. Its
lengths are whole seconds, and the break of an exercise comes before it.
"""

from dataclasses import dataclass, replace

from chain_timer.exchange.archive import Archive, is_crowded
from chain_timer.exchange.json_values import Fields
from chain_timer.exchange.making import Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.exchange.wger_numbers import WGER_NAMES
from chain_timer.exchange.zip_entry import label
from chain_timer.problems import FileProblemsError
from chain_timer.routine.exercise_reader import USUAL_HOLD
from chain_timer.routine.routine import Circuit, Item
from chain_timer.routine.routine_reader import MOST_SETS
from chain_timer.units import SECOND_MS, duration_text

_USUAL_BREAK_MS = 10 * SECOND_MS
_USUAL_COUNTDOWN_MS = 5 * SECOND_MS
"""What Feeel itself takes where nothing is said, as the break above (``editable_workout.dart``)."""
_SUFFIX = ".feeel"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An exercise of the file, and the rest that comes before it."""

    item: Item
    rest_before_ms: int


def recognizes(source: Source) -> bool:
    """Whether it looks like a file of Feeel, or an archive of them."""
    if source.archive is not None:
        return not is_crowded(source) and any(name.endswith(_SUFFIX) for name in Archive(source).names)
    found = source.json
    return isinstance(found, dict) and isinstance(found.get("fullWorkout"), dict)


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Take every routine over. Raises FileProblemsError when no exercise of any can be used."""
    maker = Maker(source, known)
    if source.archive is None:
        progress(0, 1)
        _take(maker, source.checked_json(), "", source.stem)
        progress(1, 1)
    else:
        _take_all(maker, Archive(source), progress)
    return maker.parcel()


def _take_all(maker: Maker, archive: Archive, progress: Progress) -> None:
    names = [name for name in archive.names if name.endswith(_SUFFIX)]
    for done, name in enumerate(names):
        progress(done, len(names))
        if maker.is_full:
            maker.lost(
                label(name), "there is more than can be taken", "this and all that follows was left out"
            )
            break
        if (data := archive.read(name)) is not None:
            file = Source(data, label(name))
            try:
                _take(maker, file.checked_json(), file.name, file.stem)
            except FileProblemsError as error:
                maker.lost(file.name, error.problems[0].what, "it was left out")
    progress(len(names), len(names))
    for problem in archive.problems:
        maker.lost(problem.where, problem.what, problem.remedy)


def _take(maker: Maker, document: object, where: str, title: str) -> None:
    full = Fields.of(document, where, maker)
    whole = full.inner("fullWorkout") if full else None
    if whole is None:
        if full and not full.has("fullWorkout"):
            maker.lost(where, "it has no fullWorkout", "share the routine from Feeel once more")
        return
    own = whole.inner("workout") or Fields({}, whole.at("workout"), maker)
    hold_ms = own.seconds_ms("exerciseDuration", USUAL_HOLD.length_ms)
    rest_ms = maker.rest_ms(own.seconds_ms("breakDuration", _USUAL_BREAK_MS), own.at("breakDuration"))
    entries = _entries(maker, _in_order(whole), hold_ms, rest_ms)
    name = own.text("title") or title
    maker.routine(name, [Circuit(_with_rests(entries, rest_ms), rest_ms=rest_ms)], where)
    _tell_countdown(maker, own)


def _in_order(whole: Fields) -> list[Fields]:
    exercises = list(whole.objects("workoutExercises", "exercise", MOST_SETS))
    places = [each.number("orderPosition", place) for place, each in enumerate(exercises)]
    order = sorted(range(len(exercises)), key=places.__getitem__)
    return [exercises[place] for place in order]


def _entries(maker: Maker, exercises: list[Fields], hold_ms: int, rest_ms: int) -> list[_Entry]:
    found: list[_Entry] = []
    unnamed: set[int] = set()
    for fields in exercises:
        number = fields.number("exercise", 0)
        if not number or number != int(number):
            maker.lost(fields.where, "it names no exercise", "it was left out")
            continue
        item = _item(maker, fields, int(number), hold_ms)
        if int(number) not in WGER_NAMES and int(number) not in unnamed:
            unnamed.add(int(number))
            maker.lost(fields.where, "Feeel tells only its number", f"it is called {item.exercise.name}")
        before_ms = fields.seconds_ms("breakDuration", rest_ms)
        found.append(_Entry(item, maker.rest_ms(before_ms, fields.at("breakDuration"))))
    return found


def _item(maker: Maker, fields: Fields, number: int, hold_ms: int) -> Item:
    work = maker.hold(fields.seconds_ms("exerciseDuration", hold_ms), fields.at("exerciseDuration"))
    name = WGER_NAMES.get(number, f"wger exercise {number}")
    return maker.item(maker.named(name, fields.where, work, f"Feeel, wger exercise {number}"), work)


def _with_rests(entries: list[_Entry], usual_ms: int) -> tuple[Item, ...]:
    """Give each item the rest that comes before the next one, where it is not the usual."""
    after = [*(entry.rest_before_ms for entry in entries[1:]), usual_ms]
    return tuple(
        entry.item if rest_ms == usual_ms else replace(entry.item, rest_ms=rest_ms)
        for entry, rest_ms in zip(entries, after, strict=False)
    )


def _tell_countdown(maker: Maker, own: Fields) -> None:
    countdown_ms = own.seconds_ms("countdownDuration", _USUAL_COUNTDOWN_MS)
    if countdown_ms != _USUAL_COUNTDOWN_MS:
        what = f"a routine has no time to get ready of its own, here {duration_text(max(countdown_ms, 0))}"
        maker.lost(own.at("countdownDuration"), what, "set it for all in the settings")
