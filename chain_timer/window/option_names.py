"""The options of a setting, by the names a person chooses from."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication


def option_names(options: Sequence[str]) -> list[tuple[str, str]]:
    """Give each option with its name."""
    return [(option, QCoreApplication.translate("settings", option.capitalize())) for option in options]
