"""How much is said in a session, by the names a person chooses from."""

from PySide6.QtCore import QCoreApplication

from chain_timer.system.settings import COACHING_LEVELS


def coaching_levels() -> list[tuple[str, str]]:
    """Give each level with its name, from the one that says most."""
    translate = QCoreApplication.translate
    names = {
        "full": translate("Coaching", "Full"),
        "cues": translate("Coaching", "Cues"),
        "names": translate("Coaching", "Names"),
        "silent": translate("Coaching", "Silent"),
    }
    return [(level, names[level]) for level in COACHING_LEVELS]
