"""Scrolling to what has just come, and with it while everything around it is still being laid out."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_CALM_MS = 250
_MOVED = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize})


class InSight(QObject):
    """Calls ``scroll`` with the area around a widget, as soon as what is new there has its place.

    Texts that wrap learn their height one turn of the event loop after the other, so the first place of a
    thing is rarely its last. It ends when nothing has moved for a while, or a person scrolls elsewhere.
    """

    def __init__(self, widget: QWidget, scroll: Callable[[QScrollArea], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._scroll = scroll
        self._area: QScrollArea | None = None
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go)
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)

    def bring(self) -> None:
        """Something new has come. Without an area around the widget, nothing happens."""
        if self._area is None:
            self._area = area = _area_around(self._widget)
            body = area.widget() if area is not None else None
            if area is None or body is None:
                return
            body.installEventFilter(self)
            area.verticalScrollBar().actionTriggered.connect(self._end)
        self._calm.start()
        self._next.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED and self._calm.isActive():
            self._calm.start()
            self._next.start()
        return super().eventFilter(watched, event)

    def _go(self) -> None:
        area = self._area
        if area is None:
            return
        body = area.widget()
        layout = body.layout() if body is not None else None
        if layout is not None:
            layout.activate()
        self._scroll(area)

    def _end(self) -> None:
        self._calm.stop()
        self._next.stop()


def _area_around(widget: QWidget) -> QScrollArea | None:
    around: QWidget | None = widget
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around
