"""The section that keeps everything safe: a backup saved, and one looked at before it is brought back."""

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from helpers.backups import (
    FULL,
    PICTURE,
    as_bytes,
    contents,
    desk_in,
    entries,
    filled,
    opened,
    record,
    sessions,
    with_sessions,
)
from helpers.fitting import cut_off
from helpers.zips import zipped
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from chain_timer.exchange.backup import write_backup
from chain_timer.exchange.restoring import Desk, Report
from chain_timer.window.backup_bridge import BackupBridge
from chain_timer.window.backup_panel import BackupPanel
from chain_timer.window.look import Look
from chain_timer.window.settings_bridge import SettingsBridge

KEY = Qt.Key
SIZES = ((480, 360), (480, 640), (1280, 800), (2560, 1440))


@dataclass
class Section:
    """The section of a home, with files chosen without a dialog."""

    qtbot: QtBot
    bridge: BackupBridge
    panel: BackupPanel
    home: Path
    path: Path | None = None
    suggested: list[Path] = field(default_factory=list)
    restored: list[Report] = field(default_factory=list)

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()

    def settle_work(self) -> None:
        for _ in range(2):
            told: list[None] = []
            self.bridge._work.do(lambda: None, told.append)
            self.qtbot.waitUntil(lambda told=told: bool(told))  # type: ignore[misc]
            self.settle()

    def press(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle_work()

    def save(self, path: Path) -> None:
        self.path = path
        self.press(self.panel.back_up)

    def look(self, path: Path) -> None:
        self.path = path
        self.press(self.panel.restore)

    def answer(self, words: str) -> None:
        self.press(next(each for each in self.panel.notice.buttons if each.text() == words))

    @property
    def notice(self) -> str:
        return self.panel.notice.text.text() if self.panel.notice.isVisible() else ""

    @property
    def lines(self) -> list[str]:
        assert self.panel.plan.isVisible()
        return self.panel.plan.words.text().split("\n")


@pytest.fixture
def section(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Section]:
    host = QScrollArea()
    panel = BackupPanel()
    host.setWidgetResizable(True)
    host.setWidget(panel)
    bridge = BackupBridge(panel, desk_in(tmp_path / "home", opened))
    made = Section(qtbot, bridge, panel, tmp_path / "home")

    def ask_where(suggested: Path) -> Path | None:
        made.suggested.append(suggested)
        return made.path

    bridge.ask_where = ask_where  # type: ignore[method-assign]
    bridge.ask_which = lambda: made.path  # type: ignore[method-assign]
    bridge.restored.connect(made.restored.append)
    look.dress(host)
    host.resize(800, 700)
    host.show()
    made.settle()
    yield made
    bridge.close()
    host.close()
    host.deleteLater()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    with_sessions(filled(tmp_path / "old"), record(1), record(2))
    path = tmp_path / "chain-timer-backup.zip"
    write_backup(path, desk_in(tmp_path / "old", opened))
    return path


# --- saving ----------------------------------------------------------------------------------------------


def test_a_backup_is_saved_where_a_person_says(section: Section, tmp_path: Path) -> None:
    with_sessions(filled(section.home), record(1))
    section.save(tmp_path / "mine.zip")
    assert entries(tmp_path / "mine.zip").keys() == {*FULL, "history.db", "manifest.json"}
    assert section.notice == (
        f"mine.zip is saved in {tmp_path}: "
        "3 routines, 2 exercises, one picture, one draft, one session and the settings."
    )


def test_it_is_offered_under_the_name_of_the_day(section: Section, tmp_path: Path) -> None:
    section.save(tmp_path / "mine.zip")
    section.save(tmp_path / "again.zip")
    assert section.suggested[0].name == "chain-timer-backup-2026-11-23.zip"
    assert section.suggested[1] == tmp_path / "chain-timer-backup-2026-11-23.zip"


def test_a_name_without_an_ending_gets_one(section: Section, tmp_path: Path) -> None:
    section.save(tmp_path / "mine")
    assert (tmp_path / "mine.zip").exists()


def test_a_file_that_got_its_ending_from_us_is_not_written_over_unasked(
    section: Section, tmp_path: Path
) -> None:
    (tmp_path / "mine.zip").write_bytes(b"before")
    section.save(tmp_path / "mine")
    assert (tmp_path / "mine.zip").read_bytes() == b"before"
    section.answer("Replace it")
    assert "manifest.json" in entries(tmp_path / "mine.zip")


def test_who_thinks_better_of_it_gets_no_backup(section: Section, tmp_path: Path) -> None:
    section.path = None
    section.press(section.panel.back_up)
    assert list(tmp_path.glob("*.zip")) == []
    assert section.panel.back_up.isEnabled()


def test_what_the_disk_refuses_is_told_and_can_be_tried_again(
    section: Section, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        section.save(tmp_path / "mine.zip")
        assert "no space left on device" in section.notice
    section.answer("Try again")
    assert (tmp_path / "mine.zip").exists()


def test_what_could_not_be_put_into_it_is_told(section: Section, tmp_path: Path) -> None:
    filled(section.home, {f"exercises/{number}.png": b"x" for number in range(5)})
    for number in range(5):
        with (section.home / "exercises" / f"{number}.png").open("wb") as file:
            file.truncate(17 * 1024 * 1024)
    section.save(tmp_path / "mine.zip")
    lines = section.notice.split("\n")
    assert len(lines) == 5
    assert lines[-1] == "and 2 more"


def test_while_it_is_saved_nothing_else_is_done(section: Section, tmp_path: Path) -> None:
    section.path = tmp_path / "mine.zip"
    for ask in (
        section.panel.back_up_requested,
        section.panel.back_up_requested,
        section.panel.restore_requested,
    ):
        ask.emit()
    section.settle_work()
    assert len(section.suggested) == 1
    assert not section.panel.plan.isVisible()


def test_the_keys_stay_where_they_were(section: Section, tmp_path: Path) -> None:
    section.panel.back_up.setFocus()
    section.save(tmp_path / "mine.zip")
    assert QApplication.focusWidget() is section.panel.back_up


def test_a_wish_that_comes_while_it_is_read_counts(section: Section, backup: Path) -> None:
    filled(section.home, {"exercises/wall-lean.toml": "mine"})
    section.path = backup
    section.panel.restore_requested.emit()
    section.panel.plan.replace.setChecked(True)
    section.panel.wish_changed.emit()
    section.settle_work()
    section.settle_work()
    assert any(line.startswith("Is replaced") for line in section.lines)


def test_a_switch_keeps_the_keys(section: Section, backup: Path) -> None:
    filled(section.home, {"exercises/wall-lean.toml": "mine"})
    section.look(backup)
    section.panel.plan.replace.setFocus()
    section.press(section.panel.plan.replace)
    assert QApplication.focusWidget() is section.panel.plan.replace


def test_canceled_it_leaves_nothing(section: Section, tmp_path: Path) -> None:
    filled(section.home)
    section.path = tmp_path / "mine.zip"
    section.panel.back_up_requested.emit()
    section.panel.cancel_requested.emit()
    section.settle_work()
    assert section.notice == "Canceled: nothing was saved."
    assert list(tmp_path.glob("*.zip")) == []


# --- looking ---------------------------------------------------------------------------------------------


def test_a_backup_is_looked_at_before_anything_is_written(section: Section, backup: Path) -> None:
    section.look(backup)
    assert section.panel.plan.title.text() == "A backup of 2026-11-23 11:38"
    assert section.lines == [
        "Comes in: 3 routines, 2 exercises, one picture, one draft and 2 sessions.",
        "The settings come along.",
    ]
    assert "evening.toml comes in" in section.panel.plan.details.toPlainText()
    assert not section.home.exists() or contents(section.home) == {}


def test_it_says_what_differs_and_what_is_here(section: Section, backup: Path) -> None:
    filled(section.home, {"exercises/wall-lean.toml": "name = 'X'\n", "exercises/door.png": PICTURE})
    with_sessions(section.home, record(1))
    section.look(backup)
    assert section.lines == [
        "Comes in: 3 routines, one exercise, one draft and one session.",
        "Not the same here: one exercise. Both stay; the backup's gets a name of its own.",
        "Here already: one picture and one session.",
        "The settings come along.",
    ]
    assert "wall-lean.toml comes in as wall-lean-from-backup.toml" in section.panel.plan.details.toPlainText()


def test_confirmed_it_is_brought_back_and_reported(section: Section, backup: Path) -> None:
    section.look(backup)
    section.press(section.panel.plan.confirm)
    assert contents(section.home) == as_bytes(FULL)
    assert len(sessions(section.home)) == 2
    assert section.lines[0] == (
        "New here now: 3 routines, 2 exercises, one picture, one draft and 2 sessions."
    )
    assert len(section.restored) == 1
    section.press(section.panel.plan.decline)
    assert section.panel.back_up.isVisible()
    assert not section.panel.plan.isVisible()


def test_the_second_time_there_is_nothing_to_do(section: Section, backup: Path) -> None:
    section.look(backup)
    section.press(section.panel.plan.confirm)
    section.press(section.panel.plan.decline)
    section.look(backup)
    assert section.lines[-1] == "There is nothing to do."
    assert not section.panel.plan.confirm.isVisible()
    assert section.panel.plan.decline.text() == "Close"


@pytest.mark.parametrize("way", ["button", "escape"])
def test_declined_nothing_is_written(section: Section, backup: Path, way: str) -> None:
    section.look(backup)
    if way == "button":
        section.press(section.panel.plan.decline)
    else:
        section.qtbot.keyClick(section.panel.plan.confirm, KEY.Key_Escape)
    assert not section.panel.plan.isVisible()
    assert contents(section.home) == {}


def test_settings_that_are_here_stay_unless_they_are_wished_for(section: Section, backup: Path) -> None:
    filled(section.home, {"settings/settings.toml": "[voice]\nrate = 90\n"})
    section.look(backup)
    assert "The settings here stay as they are." in section.lines
    assert "Speaking rate: 90 → 180" in section.panel.plan.details.toPlainText()
    section.press(section.panel.plan.settings)
    assert "The settings come along." in section.lines
    section.press(section.panel.plan.confirm)
    assert contents(section.home)["settings/settings.toml"] == as_bytes(FULL)["settings/settings.toml"]


def test_files_that_differ_are_replaced_when_that_is_wished_for(section: Section, backup: Path) -> None:
    filled(section.home, {"exercises/wall-lean.toml": "mine"})
    section.look(backup)
    section.press(section.panel.plan.replace)
    assert "Is replaced: one exercise. What is here is kept with .bak." in section.lines
    section.press(section.panel.plan.confirm)
    assert contents(section.home)["exercises/wall-lean.toml.bak"] == b"mine"


def test_a_wish_for_one_backup_is_none_for_the_next(section: Section, backup: Path) -> None:
    filled(section.home, {"exercises/wall-lean.toml": "mine"})
    section.look(backup)
    section.press(section.panel.plan.replace)
    section.press(section.panel.plan.decline)
    section.look(backup)
    assert not section.panel.plan.replace.isChecked()
    assert any(line.startswith("Not the same here") for line in section.lines)


def test_what_is_no_backup_is_told(section: Section, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"hello")
    section.look(tmp_path / "x.zip")
    assert "it is no backup of Chain Timer" in section.notice
    assert section.panel.restore.isVisible()


def test_what_is_hostile_in_it_is_counted_and_named(section: Section, tmp_path: Path) -> None:
    evil = "routines/\x1b[31m<b>evil</b>\u202e.exe"
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({evil: "x", "routines/a.toml": "name = 'A'\n"}))
    section.look(path)
    assert section.lines[-1] == "One thing can't be restored."
    text = section.panel.plan.details.toPlainText()
    assert "<b>evil</b>" in text
    assert not {"\x1b", "\u202e"} & set(text)


def test_a_stop_in_the_middle_says_what_to_do(section: Section, backup: Path) -> None:
    section.look(backup)
    section.panel.confirmed.emit()
    section.panel.cancel_requested.emit()
    section.settle_work()
    assert section.lines[0] == "Stopped. What came in until then stays; restore again to go on."
    assert section.restored[0].canceled


def test_a_mistake_of_ours_is_told(
    section: Section, backup: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def wrong(*_arguments: object) -> None:
        raise KeyError("mistake")

    monkeypatch.setattr("chain_timer.window.backup_bridge.plan", wrong)
    section.path = backup
    section.panel.restore_requested.emit()
    section.qtbot.waitUntil(lambda: "mistake of this program" in section.notice)
    assert section.panel.back_up.isEnabled()
    assert "unforeseen" in caplog.text
    caplog.clear()


def test_the_window_closes_amid_a_backup(section: Section, tmp_path: Path) -> None:
    filled(section.home)
    section.path = tmp_path / "mine.zip"
    section.panel.back_up_requested.emit()
    section.bridge.close()
    assert not list(tmp_path.glob(".chain-timer-*"))


# --- keys, sizes, words ----------------------------------------------------------------------------------


def test_the_keys_go_to_what_is_asked(section: Section, backup: Path) -> None:
    section.panel.restore.setFocus()
    section.look(backup)
    assert QApplication.focusWidget() is section.panel.plan.confirm
    section.qtbot.keyClick(section.panel.plan.confirm, KEY.Key_Space)
    section.settle_work()
    assert QApplication.focusWidget() is section.panel.plan.decline
    section.qtbot.keyClick(section.panel.plan.decline, KEY.Key_Space)
    assert QApplication.focusWidget() is section.panel.restore


def test_what_has_come_below_is_scrolled_to(section: Section, backup: Path, tmp_path: Path) -> None:
    host = section.panel.window()
    assert isinstance(host, QScrollArea)
    host.resize(480, 260)
    section.settle()
    section.look(backup)
    section.settle()

    def is_in_view(widget: QWidget) -> bool:
        return host.viewport().rect().contains(widget.mapTo(host.viewport(), widget.rect().center()))

    # Laying out anew takes as many turns as there are texts that wrap.
    section.qtbot.waitUntil(lambda: is_in_view(section.panel.plan.confirm))
    section.press(section.panel.plan.decline)
    section.save(tmp_path / "mine.zip")
    section.settle()
    section.qtbot.waitUntil(lambda: is_in_view(section.panel.notice))


def test_everything_that_can_be_pressed_has_a_name(section: Section) -> None:
    plan = section.panel.plan
    names = [each.text() or each.accessibleName() for each in (section.panel.back_up, section.panel.restore)]
    names += [each.accessibleName() for each in (plan.settings, plan.replace, plan.details)]
    assert all(names)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_at_any_size(
    section: Section, backup: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    mine = {"exercises/wall-lean.toml": "mine", "settings/settings.toml": "[voice]\nrate = 90\n"}
    filled(section.home, mine)
    host = section.panel.window()
    host.resize(*size)
    section.settle()
    assert cut_off(section.panel) == []
    section.look(backup)
    host.resize(size[0], size[1] + 1)
    section.settle()
    assert cut_off(section.panel) == []
    del tmp_path


# --- on the settings page --------------------------------------------------------------------------------


@pytest.fixture
def on_page(desk: Any, tmp_path: Path) -> Iterator[Callable[..., SettingsBridge]]:
    made: list[SettingsBridge] = []

    def make(backups: Desk | None = None) -> SettingsBridge:
        parts, background = desk.bridge._parts, desk.bridge._background
        parts = replace(parts, backups=None if backups is None else lambda: backups)
        made.append(SettingsBridge(desk.frame, parts, background))
        return made[-1]

    yield make
    for each in made:
        each.close()
    del tmp_path


def test_settings_that_come_back_count_at_once(
    on_page: Callable[..., SettingsBridge], desk: Any, backup: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    bridge = on_page(backups=desk_in(tmp_path / "home", opened))
    assert bridge.backup is not None
    bridge.backup.ask_which = lambda: backup  # type: ignore[method-assign]
    panel = bridge.page.findChild(BackupPanel)
    assert panel is not None
    with qtbot.waitSignal(bridge.backup.restored):
        bridge.backup.choose()
        qtbot.waitUntil(lambda: panel.plan.isVisibleTo(panel))
        panel.confirmed.emit()
    assert (desk.store.settings.rate, desk.store.settings.theme) == (180, "dark")


def test_where_nothing_can_be_kept_there_is_no_such_section(on_page: Callable[..., SettingsBridge]) -> None:
    bridge = on_page()
    assert bridge.backup is None
    assert bridge.page.findChild(BackupPanel) is None
