"""Twenty years of sessions: opening, the page, totals, copies: ``python benchmarks/history_size.py``.

The baseline is a history with one session in it. And fifty processes are killed while they write.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from table import Row, show

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from chain_timer.history.checking import what_is_wrong  # noqa: E402 - from this checkout
from chain_timer.history.copies import keep_copy  # noqa: E402
from chain_timer.history.database import Database, database_in  # noqa: E402
from chain_timer.history.history import History, open_history  # noqa: E402
from chain_timer.history.kept import DayTotal  # noqa: E402
from chain_timer.history.writing import Writer  # noqa: E402
from chain_timer.routine.exercise import Side  # noqa: E402
from chain_timer.session.clock import Moment  # noqa: E402
from chain_timer.session.record import Ending, Feeling, Outcome, Part, PastExercise, SessionRecord  # noqa: E402
from chain_timer.timeline.kinds import Kind  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


SESSIONS, PARTS, YEARS = 50_000, 30, 20
KILLS = 50
PAGE_WANTED_MS = 300.0
_PAGE = "the page: days, 50 sessions, routines, works"
_FIRST = datetime(2006, 11, 24, 7, tzinfo=UTC)
_DAYS = YEARS * 365 + YEARS // 4
_LAST = _FIRST.date() + timedelta(days=_DAYS)
_EXERCISES = tuple(
    PastExercise(f"move-{number}", f"Move {number}", ("hamstrings", "glutes"), ("calves",), "leg")
    for number in range(24)
)
_ROUTINES = 12
_PATTERN = (Kind.INSTRUCT, Kind.HOLD, Kind.SWITCH, Kind.HOLD, Kind.REST)


def now() -> Moment:
    return Moment(int((_FIRST + timedelta(days=_DAYS)).timestamp() * 1_000), 60)


def sessions(count: int) -> Iterator[SessionRecord]:
    """Make sessions of a dozen routines, several on some days and none on others."""
    chance = random.Random(20)  # noqa: S311 - nothing secret
    contents = [_content(number) for number in range(_ROUTINES)]
    for number in range(count):
        day = _FIRST + timedelta(days=number * _DAYS // count, minutes=chance.randrange(600))
        started = Moment(int(day.timestamp() * 1_000), chance.choice((60, 120)))
        which = min(int(chance.expovariate(0.4)), _ROUTINES - 1)
        exercises = tuple(_EXERCISES[(which * 2 + place) % len(_EXERCISES)] for place in range(PARTS // 5))
        ending = Ending.FINISHED if chance.random() < 0.9 else Ending.BROKEN_OFF  # noqa: PLR2004
        parts = tuple(_parts(exercises, chance))
        lengths = sum(part.planned_ms for part in parts)
        yield SessionRecord(
            id=f"{chance.getrandbits(128):032x}",
            started=started,
            ended_ms=started.ms + lengths,
            routine_id=f"routine-{which}",
            routine_name=f"Routine {which}",
            content=contents[which],
            planned_ms=lengths,
            planned_work_ms=sum(part.planned_ms for part in parts if part.kind.is_work),
            ending=ending,
            parts=parts,
            exercises=exercises,
            feeling=chance.choice((None, *Feeling)),
            note="Went well." if chance.random() < 0.1 else "",  # noqa: PLR2004
        )


def _content(number: int) -> str:
    steps = "".join(f'  "Step {step} of it, in a sentence as long as they are.",\n' for step in range(40))
    return f'name = "Routine {number}"\nsteps = [\n{steps}]\n'


def _parts(exercises: tuple[PastExercise, ...], chance: random.Random) -> Iterator[Part]:
    for exercise in exercises:
        for place, kind in enumerate(_PATTERN):
            planned_ms = 30_000 if kind is Kind.HOLD else 5_000
            done = chance.random() < 0.95  # noqa: PLR2004
            yield Part(
                kind,
                planned_ms,
                planned_ms if done else chance.randrange(planned_ms),
                Outcome.DONE if done else Outcome.SKIPPED,
                chance.randrange(20_000) if chance.random() < 0.05 else 0,  # noqa: PLR2004
                exercise.id,
                Side.LEFT if place > 1 else Side.RIGHT,
            )


class Sums:
    """The totals by plain addition, to compare with."""

    def __init__(self) -> None:
        self._days: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def add(self, record: SessionRecord) -> None:
        own = (1, int(record.is_done), record.played_ms, record.work_ms)
        sums = self._days[record.started.day]
        self._days[record.started.day] = [so_far + more for so_far, more in zip(sums, own, strict=True)]

    def days(self) -> tuple[DayTotal, ...]:
        return tuple(DayTotal(day, *self._days[day]) for day in sorted(self._days))


def fill(folder: Path, count: int) -> Sums:
    """Make a history of so many sessions."""
    sums = Sums()
    database = Database(database_in(folder))
    with database.writing() as connection:
        writer = Writer(connection)
        for record in sessions(count):
            writer.put(record)
            sums.add(record)
    database.close()
    return sums


def taken_ms(work: Callable[[], object], times: int = 5) -> float:
    """Give the time that is usual for it, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1_000)
    return sorted(taken)[times // 2]


def _opened(folder: Path) -> None:
    history, problems = open_history(folder, now)
    history.days()
    history.close()
    if problems:
        raise AssertionError(problems)


def _copied(folder: Path) -> None:
    if keep_copy(database_in(folder), folder, now().day):
        raise AssertionError("no copy was made")


def figures(folder: Path) -> dict[str, float]:
    """Measure one history; all in milliseconds."""
    path = database_in(folder)
    found = {"first opening of a day": taken_ms(lambda: _opened(folder), 1)}
    found["opening"] = taken_ms(lambda: _opened(folder))
    found["of that, the quick check"] = taken_ms(lambda: what_is_wrong(path, thoroughly=False))
    found["the full check, once a day"] = taken_ms(lambda: what_is_wrong(path, thoroughly=True))
    found["the daily copy"] = taken_ms(lambda: _copied(folder))
    history, _ = open_history(folder, now)
    with closing(history):
        found.update({name: taken_ms(partial(ask, history)) for name, ask in _ASKED.items()})
    return found


def _works(history: History) -> None:
    history.works(_LAST - timedelta(days=27), _LAST)


def _page(history: History) -> None:
    history.days()
    history.entries(0, 50)
    history.routines()
    _works(history)


def _added(history: History) -> None:
    history.add(replace(next(sessions(1)), id="f" * 32))


_ASKED: dict[str, Callable[[History], object]] = {
    _PAGE: _page,
    "days": lambda history: history.days(),
    "days of one routine": lambda history: history.days(routine_id="routine-1"),
    "the newest 50 sessions": lambda history: history.entries(0, 50),
    "50 sessions of ten years ago": lambda history: history.entries(SESSIONS // 2, 50),
    "routines": lambda history: history.routines(),
    "works of 28 days": _works,
    "holds of one exercise, 20 years": lambda history: history.holds(exercise_id="move-3"),
    "holds of one routine, 20 years": lambda history: history.holds(routine_id="routine-0"),
    "exercises": lambda history: history.exercises(),
    "one session kept": _added,
}


def measure(count: int = SESSIONS) -> list[Row]:
    """Make both histories and measure them; totals that are not exact are a figure of their own."""
    with tempfile.TemporaryDirectory() as home:
        small, large = Path(home, "small"), Path(home, "large")
        fill(small, 1)
        sums = fill(large, count)
        few, many = figures(small), figures(large)
        history, _ = open_history(large, now)
        with closing(history):
            history.remove("f" * 32)
            told, wanted = history.days(), sums.days()
        sizes = [database_in(folder).stat().st_size / 2**20 for folder in (large, small)]
    wrong = len({*told} ^ {*wanted})
    return [
        Row(f"{count:,} sessions: days with wrong totals", wrong, "days", 0),
        Row(f"sessions torn or lost by {KILLS} kills", torn_or_lost(KILLS), "sessions", 0),
        Row("on the disk", sizes[0], "MiB", None, sizes[1], "one session"),
        *(
            Row(name, figure, "ms", PAGE_WANTED_MS if name == _PAGE else None, few[name], "one session")
            for name, figure in many.items()
        ),
    ]


def keep_on(folder: Path) -> None:
    """Be the process that is killed: keep sessions, and say of each that it is kept."""
    history, _ = open_history(folder, now)
    for record in sessions(SESSIONS):
        history.add(record)
        print(record.id, flush=True)


def torn_or_lost(kills: int) -> int:
    """Kill a process at any moment; count what it said was kept and is not, and what is there by half."""
    chance = random.Random(9)  # noqa: S311 - nothing secret
    made = {record.id: record for record in islice(sessions(SESSIONS), 2_000)}
    bad = 0
    for _ in range(kills):
        with tempfile.TemporaryDirectory() as home:
            said = _killed(Path(home, "history"), chance.uniform(0, 0.1))
            history, problems = open_history(Path(home, "history"), now)
            with closing(history):
                found = {record.id: record for record in history.records()}
            bad += len(problems) + len(said - set(found))
            bad += sum(made[each] != record for each, record in found.items())
    return bad


def _killed(folder: Path, after_s: float) -> set[str]:
    command = [sys.executable, str(HERE / "history_size.py"), "--keep-on", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None:
            raise AssertionError("nothing to read")
        first = process.stdout.readline()
        time.sleep(after_s)
        process.kill()
        return {first.strip(), *(line.strip() for line in process.stdout if line.endswith("\n"))}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--keep-on", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.keep_on is not None:
        keep_on(arguments.keep_on)
        return 0
    return show(measure(arguments.sessions))


if __name__ == "__main__":
    sys.exit(main())
