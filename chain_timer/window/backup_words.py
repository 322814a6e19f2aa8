"""What a person is told of a backup: how much comes in, what is here already, and what stays beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from chain_timer.exchange.backup import Backup
from chain_timer.exchange.backup_layout import Sort
from chain_timer.exchange.backup_reader import Form
from chain_timer.exchange.restoring import Plan, Report
from chain_timer.exchange.restoring_files import Change, Fate
from chain_timer.history.kept import Merged
from chain_timer.window.plain_view import safe_lines

_SORTS = (Sort.ROUTINE, Sort.EXERCISE, Sort.PICTURE, Sort.DRAFT)


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A plan or a report in words."""

    title: str
    lines: tuple[str, ...]
    details: str
    """Every name, each on its line; empty where there is none worth telling."""
    changes: bool
    """Whether there is anything to restore."""
    asks_for_settings: bool
    """Whether the settings differ."""
    asks_for_files: bool
    """Whether files differ."""


def plan_words(plan: Plan) -> PlanWords:
    """Put a plan, or a report of what was done, into words. Slow where it is long: for a thread."""
    return PlanWords(
        _title(plan),
        tuple(_lines(plan)),
        safe_lines(_details(plan)),
        not plan.changes_nothing,
        any(each.sort is Sort.SETTINGS for each in plan.having(Fate.LEFT, Fate.REPLACED)),
        any(each.sort is not Sort.SETTINGS for each in plan.having(Fate.BESIDE, Fate.REPLACED)),
    )


def backup_words(made: Backup) -> str:
    """Say what is in a backup."""
    counts = [_counted(sort, made.counts[sort]) for sort in _SORTS if made.counts[sort]]
    if made.sessions:
        counts.append(_sessions(made.sessions))
    if made.counts[Sort.SETTINGS]:
        counts.append(_tr("the settings"))
    return _listed(counts)


def _title(plan: Plan) -> str:
    made, form = plan.about.made, plan.about.form
    if form is Form.BACKUP:
        return _tr("A backup of {made}").format(made=made) if made else _tr("A backup")
    return _tr("A data folder") if form is Form.FOLDER else _tr("A history")


def _lines(plan: Plan) -> Iterator[str]:
    done = isinstance(plan, Report)
    if isinstance(plan, Report) and plan.canceled:
        yield _tr("Stopped. What came in until then stays; restore again to go on.")
    added = _parts(plan, Fate.ADDED)
    if plan.sessions is not None and plan.sessions.added:
        added.append(_sessions(plan.sessions.added))
    if added:
        words = _tr("New here now: {what}.") if done else _tr("Comes in: {what}.")
        yield words.format(what=_listed(added))
    yield from _differing(plan, done=done)
    if plan.sessions is not None:
        yield from _session_lines(plan.sessions)
    same = _parts(plan, Fate.SAME)
    if plan.sessions is not None and plan.sessions.known:
        same.append(_sessions(plan.sessions.known))
    if same:
        yield _tr("Here already: {what}.").format(what=_listed(same))
    yield from _settings_lines(plan, done=done)
    if plan.refused:
        count = len(plan.refused)
        text = _tr("One thing can't be restored.") if count == 1 else _tr("{count} things can't be restored.")
        yield text.format(count=f"{count:,}")
    if plan.changes_nothing and not plan.refused and not done:
        yield _tr("There is nothing to do.")


def _differing(plan: Plan, *, done: bool) -> Iterator[str]:
    beside, replaced = _parts(plan, Fate.BESIDE), _parts(plan, Fate.REPLACED)
    if beside:
        text = _tr("Not the same here: {what}. Both stay; the backup's gets a name of its own.")
        yield text.format(what=_listed(beside))
    if replaced:
        text = (
            _tr("Replaced: {what}. What was here is kept with .bak.")
            if done
            else _tr("Is replaced: {what}. What is here is kept with .bak.")
        )
        yield text.format(what=_listed(replaced))


def _session_lines(sessions: Merged) -> Iterator[str]:
    if sessions.updated:
        yield _tr("Up to date there, and not here: {what}.").format(what=_sessions(sessions.updated))
    if sessions.removed:
        yield _tr("Removed there, and so here: {what}.").format(what=_sessions(sessions.removed))
    if sessions.conflicts:
        text = _tr("Not the same here and there: {what}. The longer one stays.")
        yield text.format(what=_sessions(len(sessions.conflicts)))


def _settings_lines(plan: Plan, *, done: bool) -> Iterator[str]:
    if plan.takes_settings:
        yield _tr("The settings are those of the backup.") if done else _tr("The settings come along.")
    elif plan.having(Fate.LEFT, sort=Sort.SETTINGS):
        yield _tr("The settings here stay as they are.")


def _details(plan: Plan) -> Iterator[str]:
    for problem in plan.refused:
        yield _tr("Can't be restored: {what}").format(what=str(problem))
    for each in plan.settings:
        yield f"{each.label}: {_value(each.here)} → {_value(each.there)}"
    for fate, text in (
        (Fate.BESIDE, _tr("{name} comes in as {to}")),
        (Fate.REPLACED, _tr("{name} is replaced")),
        (Fate.ADDED, _tr("{name} comes in")),
    ):
        yield from (_detail(each, text) for each in plan.having(fate) if each.sort is not Sort.SETTINGS)
    if plan.sessions is not None:
        yield from plan.sessions.conflicts


def _value(value: bool | int | str) -> str:  # noqa: FBT001 - whatever a setting has
    if isinstance(value, bool):
        return _tr("on") if value else _tr("off")
    return str(value) or _tr("as it comes")


def _detail(change: Change, text: str) -> str:
    return text.format(name=change.name, to=change.to or change.name)


def _parts(plan: Plan, fate: Fate) -> list[str]:
    counts = ((sort, len(plan.having(fate, sort=sort))) for sort in _SORTS)
    return [_counted(sort, count) for sort, count in counts if count]


def _counted(sort: Sort, count: int) -> str:
    words = {
        Sort.ROUTINE: (_tr("one routine"), _tr("{count} routines")),
        Sort.EXERCISE: (_tr("one exercise"), _tr("{count} exercises")),
        Sort.PICTURE: (_tr("one picture"), _tr("{count} pictures")),
        Sort.DRAFT: (_tr("one draft"), _tr("{count} drafts")),
    }
    one, many = words[sort]
    return (one if count == 1 else many).format(count=f"{count:,}")


def _sessions(count: int) -> str:
    return (_tr("one session") if count == 1 else _tr("{count} sessions")).format(count=f"{count:,}")


def _listed(parts: list[str]) -> str:
    if not parts:
        return _tr("nothing")
    *first, last = parts
    return _tr("{first} and {last}").format(first=", ".join(first), last=last) if first else last


def _tr(text: str) -> str:
    return QCoreApplication.translate("backup", text)
