"""The one window: navigation and pages, each made when it is first shown."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMainWindow, QStackedWidget, QWidget

from chain_timer.window.enter import pressed_by_enter
from chain_timer.window.library_page import LibraryPage
from chain_timer.window.navigation import Navigation

_USUAL = (1280, 800)
_LEAST = (480, 360)
_SIDE_FROM = 860
_TITLE_BAR = 40
"""What the system's own frame may take of a screen."""


class Frame(QMainWindow):
    """Told which page to show; asks for pages and tells that it closes."""

    page_requested = Signal(str)
    files_dropped = Signal(object)
    """Paths of files that were dropped where no page takes them itself."""
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Chain Timer")
        self.setMinimumSize(*_LEAST)
        self.navigation = Navigation(self)
        self.stack = QStackedWidget(self)
        self.library = LibraryPage(self)
        self.stack.addWidget(self.library)
        self._whole = whole = QWidget(self)
        whole.setObjectName("page")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.navigation)
        self._box.addWidget(self.stack, 1)
        self.setCentralWidget(whole)
        self.navigation.page_requested.connect(self.page_requested)
        self.navigation.show_page("routines")
        self.setAcceptDrops(True)
        self._resize_to_screen()

    def show_page(self, page: QWidget, entry: str = "") -> None:
        """Show a page; with a navigation entry it stands beside the navigation, else it has all the room."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.navigation.setVisible(bool(entry))
        if entry:
            self.navigation.show_page(entry)
        self.stack.setCurrentWidget(page)
        self._whole.show()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nothing(self) -> None:
        """Be an empty window until a page is shown: no other one should be seen before it."""
        self._whole.hide()

    def tell(self, text: str) -> None:
        """Show a message on the page that is shown."""
        notice = getattr(self.stack.currentWidget(), "notice", self.library.notice)
        notice.show_notice(text)

    def listen_for_keys(self) -> None:
        """Listen for the keys that go from page to page, wherever the navigation shows."""
        from PySide6.QtGui import QKeySequence, QShortcut  # noqa: PLC0415 - the first paint has no use for it

        def wherever_navigation_shows(act: Callable[[], None]) -> Callable[[], None]:
            return lambda: act() if self.navigation.isVisible() else None

        # A letter alone would be taken from the search.
        for keys, act in (
            ("Ctrl+E", lambda: self.page_requested.emit("exercises")),
            ("Ctrl+N", self.library.new_requested.emit),
            ("Ctrl+O", self.library.bring_in_requested.emit),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(wherever_navigation_shows(act))

    def toggle_full_screen(self) -> bool:
        """Fill the screen or give it back; True when it is filled now."""
        full = not self.isFullScreen()
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        return full

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what no page had a use for."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= _SIDE_FROM
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not (across if wide else down) or event.oldSize().width() < 0:
            self._box.setDirection(across if wide else down)
            self.navigation.set_wide(wide)
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Amid a session, or in the editor, nothing should come in between.
        if event.mimeData().hasUrls() and self.navigation.isVisible():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self.navigation.isVisible():
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _resize_to_screen(self) -> None:
        room = self.screen().availableGeometry()
        width, height = _USUAL
        self.resize(min(width, room.width()), min(height, room.height() - _TITLE_BAR))
