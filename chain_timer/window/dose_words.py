"""What the dose of a muscle is called: lines for the map, one line for the bars."""

from PySide6.QtCore import QCoreApplication

from chain_timer.history.dose import MuscleDose, Standing, is_chain, muscle_name
from chain_timer.history.words import spelled
from chain_timer.routine.names import Names
from chain_timer.window.history_words import counted


def is_told(dose: MuscleDose, names: Names) -> bool:
    """Whether a muscle is shown: each of the chain, and what else got something."""
    return is_chain(dose.muscle, names) or dose.standing is not Standing.MISSING


def dose_lines(dose: MuscleDose, names: Names) -> tuple[str, ...]:
    """Name a muscle, and say what it got and on how many days."""
    return muscle_name(dose.muscle, names), amount_text(dose), days_text(dose)


def amount_text(dose: MuscleDose) -> str:
    """Say how much was done: ``1 min 20 s held, 3 sets``."""
    if dose.standing is Standing.MISSING:
        return _tr("Nothing yet")
    parts = []
    if dose.hold_ms:
        parts.append(_tr("{time} held").format(time=spelled(dose.hold_ms)))
    if dose.sets:
        parts.append(counted(dose.sets, _tr("set"), _tr("sets")))
    if not parts and (dose.helped_ms or dose.helped_sets):
        parts.append(_helped_text(dose))
    return ", ".join(parts) or _tr("A beginning")


def days_text(dose: MuscleDose) -> str:
    """Say on how many days the usual dose was reached: ``2 of 2 days``."""
    days = counted(dose.usual_days, _tr("day"), _tr("days"))
    if dose.days > dose.usual_days:
        return _tr("{count} days, {usual} usual").format(count=dose.days, usual=dose.usual_days)
    return _tr("{count} of {days}").format(count=dose.days, days=days)


def _helped_text(dose: MuscleDose) -> str:
    if dose.helped_ms:
        return _tr("{time} helping").format(time=spelled(dose.helped_ms))
    return _tr("{sets} helping").format(sets=counted(dose.helped_sets, _tr("set"), _tr("sets")))


def _tr(text: str) -> str:
    return QCoreApplication.translate("dose", text)
