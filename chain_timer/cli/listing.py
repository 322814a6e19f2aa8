"""``list`` and ``show``: what there is, before anything is played."""

from argparse import Namespace
from collections.abc import Iterator

from chain_timer.cli.choices import Choices, compile_plan, plan
from chain_timer.cli.errors import DONE
from chain_timer.cli.home import Home
from chain_timer.cli.json_output import print_json
from chain_timer.cli.printing import columns, notice_problems
from chain_timer.problems import NotFoundError, plain, quoted
from chain_timer.routine.exercise import Exercise, Hold, Side, Work
from chain_timer.routine.names import Names, read_about
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.routine.words import did_you_mean, slug
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import clock_text, duration_text

_LONGEST = 1_000


def list_routines(arguments: Namespace) -> int:
    """Print every routine; what is wrong with own files goes to stderr."""
    home = Home()
    library = home.library
    entries = [(routine, _timeline(home, routine)) for routine in library.routines]
    if arguments.json:
        print_json([_data(routine, timeline) for routine, timeline in entries])
    else:
        rows = [_row(routine, timeline, library.names) for routine, timeline in entries]
        for line in columns(rows):
            print(line)
    notice_problems(library.problems)
    return DONE


def show(arguments: Namespace) -> int:
    """Print what a routine or an exercise is."""
    home = Home()
    for line in _described(home, arguments.name):
        print(plain(line, _LONGEST))
    return DONE


def _described(home: Home, name: str) -> Iterator[str]:
    try:
        return _exercise_lines(home.library.exercise(name), home.library.names)
    except NotFoundError:
        pass
    try:
        return _routine_lines(home, home.routine(name), name)
    except NotFoundError:
        known = (*home.library.by_routine_id, *home.library.by_exercise_id)
        remedy = did_you_mean(slug(name[:200]), known, "chain-timer list tells which there are")
        raise NotFoundError(f"There is no routine or exercise {quoted(name)}; {remedy}") from None


def _timeline(home: Home, routine: Routine) -> Timeline:
    return compile_plan(home, plan(home, routine, Choices()))


def _data(routine: Routine, timeline: Timeline) -> dict[str, object]:
    return {
        "id": routine.id,
        "name": routine.name,
        "duration_ms": timeline.duration_ms,
        "exercises": [exercise.id for exercise in routine.exercises],
        "equipment": list(routine.equipment),
    }


def _row(routine: Routine, timeline: Timeline, names: Names) -> tuple[str, ...]:
    return (
        plain(routine.id, 60),
        _length_text(timeline).rjust(8),
        plain(routine.name, 60),
        plain(names.equipment_text(routine.equipment)),
    )


def _length_text(timeline: Timeline) -> str:
    return f"{'~' if timeline.estimated else ''}{clock_text(timeline.duration_ms)}"


def _routine_lines(home: Home, routine: Routine, name: str) -> Iterator[str]:
    names = home.library.names
    yield routine.name
    if routine.summary:
        yield routine.summary
    yield ""
    yield f"Length      {_length_text(_timeline(home, routine))}"
    yield f"Equipment   {names.equipment_text(routine.equipment)}"
    yield f"Muscles     {names.muscle_text(routine.muscles)}"
    for number, circuit in enumerate(routine.circuits, 1):
        yield ""
        yield _circuit_title(circuit, number, len(routine.circuits))
        yield from (f"  {line}" for line in columns(_item_row(item) for item in circuit.items))
    yield ""
    known = home.library.by_routine_id.get(routine.id) is routine
    yield f"Start it with: chain-timer play {routine.id if known else name}"


def _circuit_title(circuit: Circuit, number: int, circuits: int) -> str:
    name = circuit.name or (f"Circuit {number}" if circuits > 1 else "Exercises")
    rounds = f", {circuit.rounds} rounds" if circuit.rounds > 1 else ""
    rest = f", {duration_text(circuit.rest_ms)} rest" if circuit.rest_ms else ""
    return f"{name}{rounds}{rest}"


def _item_row(item: Item) -> tuple[str, str, str]:
    sides = f", {' and '.join(item.sides)}" if item.sides else ""
    sets = f", {item.sets} sets" if item.sets > 1 else ""
    return (
        plain(item.exercise.id, 60),
        plain(item.exercise.name, 60),
        f"{_work_text(item.work)}{sides}{sets}",
    )


def _work_text(work: Work) -> str:
    if isinstance(work, Hold):
        return f"hold {duration_text(work.length_ms)}"
    if work.self_paced:
        return f"{work.count} reps at your own pace"
    return f"{work.count} reps of {duration_text(work.tempo.rep_ms)}"


def _exercise_lines(exercise: Exercise, names: Names) -> Iterator[str]:
    yield exercise.name
    if exercise.summary:
        yield exercise.summary
    yield ""
    facts = {
        "Work": _work_text(exercise.work)
        + (f", right and left {exercise.side_noun}" if exercise.sided else ""),
        "Muscles": names.muscle_text(exercise.muscles),
        "Also": names.muscle_text(exercise.also),
        "Equipment": names.equipment_text(exercise.equipment),
        "": exercise.equipment_note,
        "Easier": exercise.easier,
        "Key": exercise.key_cue,
        "Source": exercise.source,
        "License": exercise.license,
    }
    yield from (f"{label:<12}{fact}" for label, fact in facts.items() if fact)
    yield ""
    side = Side.RIGHT if exercise.sided else None
    yield from (f"{number:>2}. {step.text(side)}" for number, step in enumerate(exercise.steps, 1))
    if exercise.out is not None:
        yield f"    Then: {exercise.out.text(side)}"
    yield ""
    yield read_about().safety
