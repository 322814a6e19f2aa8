"""What has just come is scrolled to, wherever it ends up."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chain_timer.window.in_sight import InSight


class Page:
    """A page higher than its window, and something that comes at its end."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.area = QScrollArea()
        qtbot.addWidget(self.area)
        body = QWidget()
        rows = QVBoxLayout(body)
        self.above = QLabel("above")
        self.above.setMinimumHeight(300)
        self.new = QLabel("new")
        for each in (self.above, self.new):
            rows.addWidget(each)
        self.area.setWidget(body)
        self.area.setWidgetResizable(True)
        self.area.resize(200, 120)
        self.area.show()
        self.in_sight = InSight(self.new, lambda area: area.ensureWidgetVisible(self.new, 0, 0))

    @property
    def is_seen(self) -> bool:
        port = self.area.viewport()
        return port.rect().contains(self.new.mapTo(port, self.new.rect().center()))

    def bring(self) -> None:
        self.in_sight.bring()
        self.qtbot.waitUntil(lambda: self.is_seen)

    def wheel_up(self) -> None:
        port = self.area.viewport()
        spot = QPointF(port.rect().center())
        up = QWheelEvent(
            *(spot, port.mapToGlobal(spot), QPoint(), QPoint(0, 1_200)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(port, up)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def test_what_comes_below_is_scrolled_to(page: Page) -> None:
    assert not page.is_seen
    page.bring()


def test_it_is_followed_when_what_is_above_it_grows_afterwards(page: Page) -> None:
    page.bring()
    page.above.setMinimumHeight(900)
    page.qtbot.waitUntil(lambda: page.area.widget().height() > 900)
    page.qtbot.waitUntil(lambda: page.is_seen)


def test_who_scrolls_elsewhere_stays_there(page: Page) -> None:
    page.bring()
    there = page.area.verticalScrollBar().value()
    page.wheel_up()
    chosen = page.area.verticalScrollBar().value()
    assert chosen < there
    page.above.setMinimumHeight(900)
    page.qtbot.waitUntil(lambda: page.area.widget().height() > 900)
    page.qtbot.wait(20)
    assert page.area.verticalScrollBar().value() == chosen


def test_later_changes_move_nothing(page: Page) -> None:
    page.bring()
    page.qtbot.waitUntil(lambda: not page.in_sight._calm.isActive())
    page.area.verticalScrollBar().setValue(0)
    page.above.setMinimumHeight(900)
    page.qtbot.waitUntil(lambda: page.area.widget().height() > 900)
    page.qtbot.wait(20)
    assert page.area.verticalScrollBar().value() == 0


def test_without_an_area_nothing_happens(qtbot: QtBot) -> None:
    alone = QLabel()
    qtbot.addWidget(alone)
    InSight(alone, lambda _: pytest.fail("there is nothing to scroll")).bring()
    QApplication.processEvents()
