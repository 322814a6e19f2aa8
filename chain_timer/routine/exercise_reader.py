"""Exercises read from the tables of a file: their steps, their usual work, their muscles and equipment."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from chain_timer.problems import quoted
from chain_timer.routine.exercise import Exercise, Hold, Reps, Side, Step, Tempo, Work
from chain_timer.routine.names import Names
from chain_timer.routine.table import Place, Report, Table
from chain_timer.routine.toml_file import parse_toml, read_toml, source_text
from chain_timer.routine.values import BadValueError, duration, flag, shown, text, whole
from chain_timer.routine.words import did_you_mean, slug
from chain_timer.units import HOUR_MS, MINUTE_MS, SECOND_MS

USUAL_HOLD = Hold(30 * SECOND_MS)
USUAL_TEMPO = Tempo(down_ms=2 * SECOND_MS, pause_ms=SECOND_MS, up_ms=2 * SECOND_MS)

LONGEST_NAME = 200
LONGEST_LINE = 300
MOST_STEPS = 20
MOST_NAMED = 20
"""Muscles, or things to do it with."""
LONGEST_NOUN = 30
MOST_REPS = 1_000
SHORTEST_HOLD_MS, LONGEST_HOLD_MS = SECOND_MS, HOUR_MS
SHORTEST_REP_MS, LONGEST_REP_MS = SECOND_MS // 2, MINUTE_MS

NAME = text(LONGEST_NAME)
LINE = text(LONGEST_LINE)
_NOUN = text(LONGEST_NOUN)
_HOLD = duration(SHORTEST_HOLD_MS, LONGEST_HOLD_MS, "45s")
_REPS = whole(1, MOST_REPS)
_PHASE = duration(0, LONGEST_REP_MS, "3s")
_TEMPO_EXAMPLE = '{ down = "3s", pause = "1s", up = "2s" }'
PICTURE_NAME = re.compile(r"(?![.])[^/\\\\:*?\"<>|\x00-\x1f]{1,120}\.(?:png|jpe?g|svg|webp)", re.IGNORECASE)
"""A name and no path: a picture lies beside the file that names it."""
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def read_exercise(path: Path, names: Names) -> Exercise:
    """Read the exercise of a file. Raises FileProblemsError with everything that is wrong with it."""
    return _exercise_of(read_toml(path), source_text(path), path.stem, names)


def exercise_from(toml: str, exercise_id: str, names: Names) -> Exercise:
    """Read an exercise from the text of a file. Raises FileProblemsError as :func:`read_exercise` does."""
    return _exercise_of(parse_toml(toml, exercise_id), exercise_id, exercise_id, names)


def _exercise_of(values: dict[str, object], source: str, name: str, names: Names) -> Exercise:
    report = Report()
    exercise = exercise_in(Table(values, Place(report)), id_of(name, Place(report)), names)
    report.raise_if_any(source)
    return exercise


def id_of(name: str, place: Place) -> str:
    """Make the id of what a file holds from the file's name."""
    if not (found := slug(name)) or len(found) > LONGEST_NAME:
        place.problem("the file's name makes no id", "name it with letters and digits, like my-move.toml")
    return found[:LONGEST_NAME]


def exercise_in(table: Table, exercise_id: str, names: Names) -> Exercise:
    """Read one exercise. With problems, told to the table's report, the value is only good to go on with."""
    name = table.required("name", NAME, exercise_id, 'name = "Calf raise"')
    sided = table.get("sides", flag, default=False)
    sentence = _step_reader(sided=sided)
    steps = table.listed("steps", "step", sentence, MOST_STEPS)
    exercise = Exercise(
        id=exercise_id,
        name=name,
        summary=table.get("summary", LINE, ""),
        steps=steps,
        work=work_in(table, USUAL_HOLD),
        sided=sided,
        side_noun=_side_noun(table, sided=sided),
        muscles=table.listed("muscles", "muscle", _known(names.muscles, "muscle"), MOST_NAMED),
        also=table.listed("also", "also", _known(names.muscles, "muscle"), MOST_NAMED),
        equipment=table.listed("equipment", "equipment", _known(names.equipment, "equipment"), MOST_NAMED),
        key_cue=table.get("key_cue", _unsided_line, ""),
        easier=table.get("easier", _unsided_line, ""),
        out=table.get("out", sentence, None),
        equipment_note=table.get("equipment_note", LINE, ""),
        picture=table.get("picture", _picture_name, ""),
        source=table.get("source", LINE, ""),
        license=table.get("license", LINE, ""),
    )
    table.close()
    return exercise


def work_in(table: Table, usual: Work) -> Work:
    """Read the work a table asks for, taking from the usual work what it leaves open."""
    hold_ms = table.get("hold", _HOLD, None)
    count = table.get("reps", _REPS, None)
    tempo = _tempo_in(table)
    self_paced = table.get("self_paced", flag, None)
    if table.has("hold") and table.has("reps"):
        table.place.problem("it has both hold and reps", "keep the one you mean")
    if table.has("hold") or (isinstance(usual, Hold) and not table.has("reps")):
        for key in ("tempo", "self_paced"):
            if table.has(key) and not table.has("reps"):
                table.place.at(key).problem("this is for reps only", "add reps = 8, or leave it out")
        return usual if hold_ms is None and isinstance(usual, Hold) else Hold(hold_ms or USUAL_HOLD.length_ms)
    base = usual if isinstance(usual, Reps) else Reps(1, USUAL_TEMPO)
    paced = base.self_paced if self_paced is None else self_paced
    return Reps(count or base.count, tempo or base.tempo, paced)


def _tempo_in(table: Table) -> Tempo | None:
    phases = table.table("tempo", _TEMPO_EXAMPLE)
    if phases is None:
        return None
    down_ms, pause_ms, up_ms = (phases.get(phase, _PHASE, 0) for phase in ("down", "pause", "up"))
    order = [key for key in phases.keys if key in {"down", "up"}]
    tempo = Tempo(down_ms, pause_ms, up_ms, up_first=order[:1] == ["up"])
    phases.close()
    if not SHORTEST_REP_MS <= tempo.rep_ms <= LONGEST_REP_MS:
        phases.place.problem("a rep must take 0.5s to 1m", f"write it like {_TEMPO_EXAMPLE}")
    return tempo


def _side_noun(table: Table, *, sided: bool) -> str:
    if table.has("side_noun") and not sided:
        table.place.at("side_noun").problem("this exercise has no sides", "add sides = true")
    return table.get("side_noun", _NOUN, "side")


def _step_reader(*, sided: bool) -> Callable[[object], Step]:
    def read(value: object) -> Step:
        line = LINE(value)
        for found in _PLACEHOLDER.findall(line):
            if found not in {"{side}", "{other}"}:
                raise BadValueError(f"{quoted(found)} stands for nothing", "write {side} or {other}")
            if not sided:
                raise BadValueError(f"{quoted(found)} needs an exercise with sides", "add sides = true")
        return Step(_for_side(line, Side.RIGHT, Side.LEFT), _for_side(line, Side.LEFT, Side.RIGHT))

    return read


def _for_side(line: str, side: Side, other: Side) -> str:
    said = line.replace("{side}", side).replace("{other}", other)
    return said[:1].upper() + said[1:] if line.startswith("{") else said


def _unsided_line(value: object) -> str:
    line = LINE(value)
    if found := _PLACEHOLDER.search(line):
        raise BadValueError(f"{quoted(found[0])} is only for steps", "write it without a side")
    return line


def _picture_name(value: object) -> str:
    name = NAME(value)
    if PICTURE_NAME.fullmatch(name):
        return name
    example = 'put the picture beside this file and name it, like picture = "my-move.png"'
    raise BadValueError(f"{quoted(name)} is no picture's name", example)


def _known(known: Iterable[str], noun: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if isinstance(value, str) and value in known:
            return value
        name = value if isinstance(value, str) else ""
        remedy = did_you_mean(slug(name[:LONGEST_NAME]), known, f"known are {', '.join(known)}")
        raise BadValueError(f"{shown(value)} is no {noun} we know", remedy)

    return read
