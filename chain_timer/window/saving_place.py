"""Where a person saves files: the folder of last time, an ending that fits, and nothing replaced unasked."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from chain_timer.problems import quoted
from chain_timer.routine.toml_file import source_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chain_timer.window.notice import Answer

    ShowNotice = Callable[[str, Sequence[Answer]], None]


class SavingPlace(QObject):
    """Suggests a place, takes the one that was chosen, and has a person asked what the dialog did not ask."""

    def __init__(self, show_notice: ShowNotice, parent: QObject) -> None:
        super().__init__(parent)
        self._show_notice = show_notice
        self._folder: Path | None = None
        """Where something was saved or chosen last, while the program runs."""

    @property
    def folder(self) -> Path:
        """The folder to begin in."""
        if self._folder is not None and self._folder.is_dir():
            return self._folder
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) if documents and Path(documents).is_dir() else Path.home()

    def remember(self, path: Path) -> None:
        """Begin in the folder of this file next time."""
        self._folder = path.parent

    def take(
        self, path: Path, suffix: str, write: Callable[[Path], None], another: Callable[[], None]
    ) -> None:
        """Have a file of this ending written where a person chose.

        The dialog asked about a file that is there under the name as it was chosen; about one that is there
        once the ending is added, it is asked here. ``another`` has another name chosen.
        """
        self.remember(path)
        if path.suffix.lower() == suffix.lower():
            write(path)
            return
        path = path.with_name(f"{path.name}{suffix}")
        if not path.exists():
            write(path)
            return
        answers: list[Answer] = [
            (self.tr("Replace it"), partial(write, path)),
            (self.tr("Another name…"), another),
        ]
        self._show_notice(self.tr("{name} is there already.").format(name=quoted(path.name)), answers)

    def after_failure(self, again: Callable[[], None], another: Callable[[], None]) -> list[Answer]:
        """Give the answers to a file that could not be saved."""
        return [(self.tr("Try again"), again), (self.tr("Save elsewhere…"), another)]

    def in_folder(self, path: Path) -> list[Answer]:
        """Give the answer to a file that is saved."""
        return [(self.tr("Show in folder"), partial(self.show_folder, path.parent))]

    def show_folder(self, folder: Path) -> None:
        """Open a folder in the program the system has for that."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            text = self.tr("No program came to show the folder {folder}.")
            self._show_notice(text.format(folder=source_text(folder)), ())
