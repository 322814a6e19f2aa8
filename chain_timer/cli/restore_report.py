"""What a person, or another program, is told of a backup: what would become of it, or what did."""

from collections.abc import Iterator, Sequence

from chain_timer.cli.backup_command import NOUNS, counted
from chain_timer.exchange.backup_layout import Sort
from chain_timer.exchange.backup_reader import Form
from chain_timer.exchange.restoring import Plan, Report
from chain_timer.exchange.restoring_files import Change, Fate
from chain_timer.history.kept import Merged
from chain_timer.problems import Problem, plain

_MOST_NAMED = 5
_LONGEST_LINE = 1_000
_LONGEST_NAME = 80
_WORDS = {
    Fate.ADDED: ("To add", "Added"),
    Fate.BESIDE: ("To keep beside what is here", "Kept beside what is here"),
    Fate.REPLACED: (
        "To replace, keeping what is here with .bak",
        "Replaced, with what was here kept with .bak",
    ),
    Fate.SAME: ("Here already", "Here already"),
    Fate.LEFT: ("To leave as they are", "Left as they are"),
}
_FORMS = {Form.BACKUP: "a backup", Form.FOLDER: "a data folder", Form.DATABASE: "a history"}


def plan_lines(plan: Plan, most: int | None) -> Iterator[str]:
    """Tell what would become of a backup, or of a :class:`Report` what did; at most so many conflicts."""
    done = int(isinstance(plan, Report))
    for fate, words in _WORDS.items():
        for sort in NOUNS:
            found = plan.having(fate, sort=sort)
            if found and sort is not Sort.SETTINGS:
                yield plain(
                    f"{words[done]}: {counted(len(found), *NOUNS[sort])}{_named(fate, found)}", _LONGEST_LINE
                )
    if plan.sessions is not None:
        yield from _session_lines(plan.sessions, most, done=bool(done))
    yield from _settings_lines(plan, done=bool(done))


def header(file: str, plan: Plan) -> str:
    """Say what a person chose, as it says of itself."""
    about = plan.about
    made = f" of {about.made}" if about.made else ""
    by = f", made by Chain Timer {about.program}" if about.program else ""
    return plain(f"{file}: {_FORMS[about.form]}{made}{by}", _LONGEST_LINE)


def plan_data(file: str, plan: Plan) -> dict[str, object]:
    """Give all of it as plain values."""
    sessions = plan.sessions
    return {
        "file": file,
        "form": plan.about.form.value,
        "made": plan.about.made,
        "program": plan.about.program,
        "done": isinstance(plan, Report),
        "files": [
            {"sort": each.sort.value, "name": each.name, "fate": each.fate.value, "to": each.to or each.name}
            for each in plan.changes
        ],
        "sessions": None
        if sessions is None
        else {
            "added": sessions.added,
            "known": sessions.known,
            "removed": sessions.removed,
            "updated": sessions.updated,
            "conflicts": list(sessions.conflicts),
        },
        "settings": [{"key": each.key, "here": each.here, "there": each.there} for each in plan.settings],
        "refused": [_problem_data(problem) for problem in plan.refused],
    }


def _named(fate: Fate, found: Sequence[Change]) -> str:
    if fate is Fate.SAME:
        return ""
    names = ", ".join(_name(each) for each in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED:,} more" if len(found) > _MOST_NAMED else ""
    return f": {names}{more}"


def _name(change: Change) -> str:
    name = plain(change.name, _LONGEST_NAME)
    return f"{name} as {plain(change.to, _LONGEST_NAME)}" if change.to else name


def _session_lines(sessions: Merged, most: int | None, *, done: bool) -> Iterator[str]:
    counts = (
        (sessions.added, "added" if done else "to add"),
        (sessions.updated, "brought up to date" if done else "to bring up to date"),
        (sessions.removed, "removed, as they were there" if done else "to remove, as they were there"),
        (sessions.known, "here already"),
    )
    told = [f"{count:,} {words}" for count, words in counts if count]
    yield f"Sessions: {', '.join(told) if told else 'none'}"
    conflicts = sessions.conflicts
    if conflicts:
        count = counted(len(conflicts), "session is", "sessions are")
        yield f"  {count} not the same here and there; the longer one stays"
        yield from (f"    {plain(each, _LONGEST_LINE)}" for each in conflicts[:most])
        if most is not None and len(conflicts) > most:
            yield f"    and {len(conflicts) - most:,} more; --all lists them"


def _settings_lines(plan: Plan, *, done: bool) -> Iterator[str]:
    found = [each for each in plan.changes if each.sort is Sort.SETTINGS]
    if not found:
        return
    if plan.takes_settings:
        yield "Settings: taken from the backup" if done else "Settings: to take from the backup"
    elif plan.having(Fate.LEFT, sort=Sort.SETTINGS):
        yield "Settings: left as they are here, for they go with this computer; --settings takes the backup's"
    else:
        yield "Settings: here already"
    for each in plan.settings:
        yield plain(f"  {each.label}: {_value(each.here)} here, {_value(each.there)} there", _LONGEST_LINE)


def _value(value: bool | int | str) -> str:  # noqa: FBT001 - whatever a setting has
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value) or "as it comes"


def _problem_data(problem: Problem) -> dict[str, str]:
    return {"where": problem.where, "what": problem.what, "remedy": problem.remedy}
