"""What a person, or another program, is told of a file that was brought in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chain_timer.cli.errors import DONE
from chain_timer.cli.printing import columns
from chain_timer.exchange.formats import InFormat
from chain_timer.exchange.parcel import Parcel
from chain_timer.exchange.taking import Taken
from chain_timer.problems import Problem, plain
from chain_timer.routine.routine import Routine
from chain_timer.routine.toml_file import source_text
from chain_timer.timeline.timeline import Timeline
from chain_timer.units import clock_text

_MOST_NAMED = 5
_LONGEST_LINE = 1_000
_LONGEST_NAME = 60
_MOST_LAID_OUT = 50_000
"""Sets of all routines together whose lengths other programs are told: a second or two of work."""

TimelineOf = Callable[[Routine], Timeline]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one file."""

    file: str
    """As the person named it, safe to show."""
    root: Path
    """The folder that has, or would get, what is in it."""
    format: InFormat | None = None
    parcel: Parcel | None = None
    taken: Taken | None = None
    """None when nothing was written."""
    problems: tuple[Problem, ...] = ()
    """Why nothing came of it."""
    code: int = DONE

    @property
    def losses(self) -> tuple[Problem, ...]:
        read = self.parcel.losses if self.parcel else ()
        return (*read, *self.taken.losses) if self.taken else read


def report_lines(report: Report, timeline_of: TimelineOf, most: int | None) -> Iterator[str]:
    """Tell a person; at most so many of what was lost, and all of it for None. Nothing of a broken file."""
    if report.parcel is None or report.format is None:
        return
    yield plain(f"{report.file}: {report.format.name}", _LONGEST_LINE)
    for line in _found(report.parcel, timeline_of):
        yield f"  {line}"
    if report.losses:
        yield f"  {_counted(len(report.losses), 'thing')} could not be taken over just so"
        yield from (f"    {plain(str(loss), _LONGEST_LINE)}" for loss in report.losses[:most])
        if most is not None and len(report.losses) > most:
            yield f"    and {len(report.losses) - most:,} more; --all lists them"
    if not report.problems:
        yield from (f"  {line}" for line in _written(report))


def _found(parcel: Parcel, timeline_of: TimelineOf) -> Iterator[str]:
    if parcel.is_empty:
        yield "Everything in it is here already"
    if parcel.routines:
        yield _counted(len(parcel.routines), "routine")
        shown = [_routine_row(routine, timeline_of) for routine in parcel.routines[:_MOST_NAMED]]
        yield from (f"  {line}" for line in columns(shown))
        if len(parcel.routines) > _MOST_NAMED:
            yield f"  and {len(parcel.routines) - _MOST_NAMED:,} more"
    if parcel.exercises:
        names = [plain(each.name, _LONGEST_NAME) for each in parcel.exercises]
        yield f"{_counted(len(names), 'new exercise')}: {_first(names)}"


def _routine_row(routine: Routine, timeline_of: TimelineOf) -> tuple[str, str, str]:
    timeline = timeline_of(routine)
    length = f"{'~' if timeline.estimated else ''}{clock_text(timeline.duration_ms)}"
    return plain(routine.name, _LONGEST_NAME), length, _counted(len(routine.exercises), "exercise")


def _written(report: Report) -> Iterator[str]:
    where = source_text(report.root)
    if report.taken is None:
        yield f"Nothing was written to {where}"
        return
    taken = report.taken
    for paths, folder, noun in (
        (taken.routines, "routines", "routine"),
        (taken.exercises, "exercises", "exercise"),
        (taken.pictures, "exercises", "picture"),
    ):
        if paths:
            into = source_text(report.root / folder)
            yield f"Written to {into}: {_counted(len(paths), noun)}: {_first([p.name for p in paths])}"


def _first(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


# --- for other programs ----------------------------------------------------------------------------------


def report_data(report: Report, timeline_of: TimelineOf) -> dict[str, object]:
    """Give all of it as plain values."""
    parcel = report.parcel or Parcel()
    return {
        "file": report.file,
        "format": report.format.id if report.format else None,
        "routines": list(_routines_data(parcel.routines, timeline_of)),
        "exercises": [{"id": each.id, "name": each.name} for each in parcel.exercises],
        "losses": [_problem_data(loss) for loss in report.losses],
        "problems": [_problem_data(problem) for problem in report.problems],
        "written": [str(path) for path in report.taken.paths] if report.taken else [],
    }


def _routines_data(routines: Sequence[Routine], timeline_of: TimelineOf) -> Iterator[dict[str, object]]:
    left = _MOST_LAID_OUT
    for routine in routines:
        left -= routine.pieces()
        yield {
            "id": routine.id,
            "name": routine.name,
            "duration_ms": timeline_of(routine).duration_ms if left >= 0 else None,
            "exercises": [exercise.id for exercise in routine.exercises],
        }


def _problem_data(problem: Problem) -> dict[str, str]:
    return {"where": problem.where, "what": problem.what, "remedy": problem.remedy}
