"""The fonts that ship with the program, made known to Qt."""

import logging

from PySide6.QtGui import QFontDatabase

from chain_timer.resources import resource_path

_log = logging.getLogger(__name__)
_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")


def load_fonts() -> None:
    """Load the fonts; what cannot be used is logged, and the system's take its place."""
    for name in _FONTS:
        if QFontDatabase.addApplicationFont(str(resource_path("fonts", name))) < 0:
            _log.warning("the font %s cannot be used", name)
