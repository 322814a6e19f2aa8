"""``import``: routines and exercises out of files of any format we know, each known by its content."""

from argparse import Namespace
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from chain_timer.cli.bring_report import Report, report_data, report_lines
from chain_timer.cli.choices import Choices, compile_plan, plan
from chain_timer.cli.display import qt_missing
from chain_timer.cli.errors import DONE, FAILED, WRONG_INPUT, UsageError, exit_code_of
from chain_timer.cli.held_signals import signals_held
from chain_timer.cli.home import Home
from chain_timer.cli.json_output import print_json
from chain_timer.cli.printing import notice
from chain_timer.cli.progress_line import ProgressLine
from chain_timer.exchange.formats import format_of
from chain_timer.exchange.parcel import Known, Parcel
from chain_timer.exchange.source import Source
from chain_timer.exchange.taking import Shelves, Taken, TakePicture, take
from chain_timer.problems import ChainTimerError, FileProblemsError, Problem, quoted
from chain_timer.routine.library import Library
from chain_timer.routine.own_files import OwnFiles
from chain_timer.routine.routine import Routine
from chain_timer.routine.toml_file import source_text
from chain_timer.timeline.timeline import Timeline

_MOST_LISTED = 20
_LIST = "chain-timer import --help lists what can be brought in"


def bring(arguments: Namespace) -> int:
    """Bring in files one by one, and give an account of each. One that cannot be used stops no other."""
    home = Home()
    root = home.folders.routines.parent if arguments.to is None else _checked(Path(arguments.to))
    library = home.library if arguments.to is None else home.built_in.with_own(root)
    bringing = _Bringing(library, root, dry_run=arguments.dry_run)
    most = None if arguments.all else _MOST_LISTED
    reports: list[Report] = []
    for file in arguments.files:
        report = bringing.bring(Path(file))
        reports.append(report)
        _tell_problems(report, most)
        if not arguments.json:
            for line in report_lines(report, partial(_timeline, home), most):
                print(line)
    if arguments.json:
        print_json([report_data(report, partial(_timeline, home)) for report in reports])
    codes = {report.code for report in reports}
    return next((code for code in (FAILED, WRONG_INPUT) if code in codes), DONE)


def _checked(root: Path) -> Path:
    """Refuse what can be no folder of routines and exercises, before any work. Raises UsageError."""
    try:
        if root.is_dir():
            return root
        is_there, has_place = root.exists(), root.absolute().parent.is_dir()
    except (OSError, ValueError):  # too long, with a NUL in it, or in a folder nobody may look into
        raise UsageError(f"{quoted(root)} cannot be used; choose another folder") from None
    if is_there:
        raise UsageError(f"{quoted(root)} is no folder; choose one after --to")
    if not has_place:
        raise UsageError(f"There is no folder {quoted(root.parent)}; make it first, or choose another")
    return root


def _timeline(home: Home, routine: Routine) -> Timeline:
    # Under no id: what a person chose for another routine of this one's is not meant.
    return compile_plan(home, plan(home, replace(routine, id=""), Choices()))


def _tell_problems(report: Report, most: int | None) -> None:
    for problem in report.problems[:most]:
        notice(f"{report.file}: {problem}")
    if most is not None and len(report.problems) > most:
        notice(f"{report.file}: and {len(report.problems) - most:,} more; --all lists them")


# --- one file --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Bringing:
    """Brings in one file after the other; what one brought, the next one finds."""

    library: Library
    root: Path
    dry_run: bool
    is_stale: bool = False
    """Whether files were written that the library has not seen."""

    def bring(self, path: Path) -> Report:
        """Bring in one file; whatever goes wrong with it is in the report."""
        name = source_text(path)
        if self.is_stale:
            self.library, self.is_stale = self.library.rescanned(), False
        report = Report(name, root=self.root)
        try:
            report = self._read(path, report)
            if report.parcel is None or self.dry_run or report.parcel.is_empty:
                return report
            return replace(report, taken=self._taken(name, report.parcel))
        except FileProblemsError as error:
            return replace(report, problems=error.problems, code=exit_code_of(error))
        except ChainTimerError as error:
            return replace(report, problems=(Problem("", str(error)),), code=exit_code_of(error))

    def _read(self, path: Path, report: Report) -> Report:
        source = Source.read(path)
        found = format_of(source)
        if found is None:
            return replace(report, problems=(_unknown(source),), code=WRONG_INPUT)
        with ProgressLine(f"Reading {report.file}") as progress:
            parcel = found.read(source, self._known(), progress)
        return replace(report, format=found, parcel=parcel)

    def _known(self) -> Known:
        return Known(self.library.by_exercise_id, self.library.names)

    def _taken(self, name: str, parcel: Parcel) -> Taken:
        shelves = Shelves(
            OwnFiles(self.root / "routines"),
            OwnFiles(self.root / "exercises"),
            self._known(),
            tuple(self.library.by_routine_id),
        )
        self.is_stale = True
        take_picture = _take_picture() if parcel.pictures else _no_picture("there are none")
        with ProgressLine(f"Writing what is in {name}") as line, signals_held() as look:

            def progress(done: int, whole: int) -> None:
                look()
                line(done, whole)

            return take(parcel, shelves, take_picture, progress)


def _unknown(source: Source) -> Problem:
    """Say why a file is none that can be brought in, as exactly as may be."""
    if source.text is not None and source.text.lstrip()[:1] in {"{", "["} and source.json is None:
        try:
            source.checked_json()
        except FileProblemsError as error:
            return error.problems[0]
    what = "it is empty" if not source.data.strip() else "it is no file of a kind that we know"
    return Problem("", what, _LIST)


def _take_picture() -> TakePicture:
    from chain_timer.cli.qt_imports import import_qt  # noqa: PLC0415 - only what has pictures needs Qt

    try:
        import_qt()
        from chain_timer.drawing.own_picture import taken_in  # noqa: PLC0415 - as above
    except ImportError as error:
        return _no_picture(qt_missing(error))
    return taken_in


def _no_picture(why: str) -> TakePicture:
    def refuse(_data: bytes) -> tuple[bytes, str]:
        raise ChainTimerError(why)

    return refuse
