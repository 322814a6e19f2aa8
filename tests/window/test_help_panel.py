"""The section for who has a question: the version, and a report on the clipboard."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from chain_timer import __version__
from chain_timer.problems import ChainTimerError
from chain_timer.window.help_panel import HelpPanel

Opened = Callable[[Callable[[], str] | None], HelpPanel]


@pytest.fixture
def opened(desk: Any) -> Opened:
    def open_with(report: Callable[[], str] | None) -> HelpPanel:
        settings = desk.bridge.settings
        settings._parts = replace(settings._parts, report=report)
        desk.frame.page_requested.emit("settings")
        desk.settle()
        panel = desk.frame.stack.currentWidget().help
        assert isinstance(panel, HelpPanel)
        return panel

    return open_with


def test_the_version_is_told(opened: Opened) -> None:
    assert opened(None).version.text() == f"Chain Timer {__version__}"


def test_without_a_report_none_is_offered(opened: Opened) -> None:
    panel = opened(None)
    assert not panel.report.isVisible()
    assert not panel.words.isVisible()


def test_a_report_is_made_aside_and_put_on_the_clipboard(opened: Opened, desk: Any) -> None:
    panel = opened(lambda: "all is well")
    panel.report.click()
    assert panel.words.text() == "Looking at screen, sound and voice…"
    assert not panel.report.isEnabled()
    desk.qtbot.waitUntil(panel.report.isEnabled)
    assert QGuiApplication.clipboard().text() == "all is well"
    assert panel.words.text().startswith("Copied.")


@pytest.mark.parametrize("error", [ChainTimerError("no disk"), OSError("no disk")])
def test_a_report_that_cannot_be_made_is_told(opened: Opened, desk: Any, error: Exception) -> None:
    def fail() -> str:
        raise error

    QGuiApplication.clipboard().setText("mine")
    panel = opened(fail)
    panel.report.click()
    desk.qtbot.waitUntil(panel.report.isEnabled)
    assert panel.words.text() == "No report could be made: no disk"
    assert QGuiApplication.clipboard().text() == "mine"


def test_closing_the_window_does_not_wait_for_it(opened: Opened, desk: Any) -> None:
    held = Event()
    panel = opened(lambda: "late" if held.wait(10) else "")
    QGuiApplication.clipboard().setText("mine")
    panel.report.click()
    desk.bridge.close()
    held.set()
    desk.settle()
    assert QGuiApplication.clipboard().text() == "mine"
