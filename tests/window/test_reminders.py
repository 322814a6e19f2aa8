"""Reminders in the window: told at their time, answered, shown in the settings, and living in the tray."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from helpers.notification_service import NotificationService, bus_of_its_own
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QPushButton

from chain_timer.problems import ChainTimerError
from chain_timer.session.clock import Moment
from chain_timer.system.autostart import Autostart, AutostartEntry
from chain_timer.system.notifier import DesktopNotifications, Message, Reply
from chain_timer.timeline.segment import Kind
from chain_timer.units import HOUR_MS, MINUTE_MS
from chain_timer.window.notice import Notice
from chain_timer.window.reminder_bridge import LastSession, Reminding
from chain_timer.window.reminder_desk import ReminderDesk
from chain_timer.window.residence import Residence
from chain_timer.window.tray import Tray, icon_file
from chain_timer.window.wall_timer import LONGEST_WAIT_MS, WallTimer

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)  # a Monday
LAST = LastSession("desk-break", "Desk break")


@dataclass
class FakeNotifier:
    """Shows what it is told to, and answers when a test does."""

    failure: str = ""
    shown: list[Message] = field(default_factory=list)
    withdrawn: int = 0
    closed: bool = False

    def show(
        self, message: Message, replied: Callable[[Reply], None], arrived: Callable[[str], None]
    ) -> None:
        self.shown.append(message)
        self.reply = replied
        arrived(self.failure)

    def withdraw(self) -> None:
        self.withdrawn += 1

    def close(self) -> None:
        self.closed = True


@dataclass
class Room:
    """A window with reminders, on a day that goes on when a test says so."""

    desk: Any
    folder: Path
    ms: int = int(START.timestamp() * 1000)
    last: LastSession | ChainTimerError = LAST
    notifier: FakeNotifier = field(default_factory=FakeNotifier)
    quits: list[bool] = field(default_factory=list)

    def now(self) -> Moment:
        return Moment(self.ms)

    def last_session(self) -> LastSession:
        if isinstance(self.last, ChainTimerError):
            raise self.last
        return self.last

    def begin(self, notifier: Any = None, *, hidden: bool = False) -> None:
        reminding = Reminding(
            self.now,
            Moment,
            lambda: notifier or self.notifier,
            self.last_session,
            LAST,
            AutostartEntry(self.folder / "autostart", ("/usr/bin/chain-timer", "--tray")),
        )
        desk = self.desk
        self.attending = ReminderDesk(desk.frame, desk.bridge, desk.store, reminding, hidden=hidden)
        self.attending._background.run = lambda work, then: then(work())  # type: ignore[method-assign]
        self.reminders._aside = self.attending._background.run
        self.residence._quit = lambda: self.quits.append(True)

    @property
    def reminders(self) -> Any:
        return self.attending.reminders

    @property
    def residence(self) -> Residence:
        return self.attending.residence

    def set(self, **values: Any) -> None:
        self.desk.store.change(**values)

    def go_to(self, text: str) -> None:
        """Let it become a time of the day, and the timer notice."""
        hour, minute = text.split(":")
        self.ms = int(START.replace(hour=int(hour), minute=int(minute)).timestamp() * 1000)
        self.reminders.timer.due.emit()
        self.desk.settle()

    def reply(self, reply: Reply) -> None:
        self.notifier.reply(reply)
        self.desk.settle()

    def settings(self) -> Any:
        desk = self.desk
        desk.bridge.settings.reminders = self.reminders
        desk.frame.page_requested.emit("settings")
        desk.settle()
        return desk.frame.stack.currentWidget()

    def close_window(self) -> bool:
        """Close the window as a person does; True when it is closed and not hidden."""
        event = QCloseEvent()
        QApplication.sendEvent(self.desk.frame, event)
        self.desk.settle()
        return event.isAccepted()


@pytest.fixture
def room(desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(Residence, "_by_person", lambda _self, _event: True)
    made = Room(desk, tmp_path)
    made.begin()
    yield made
    made.attending.close()
    QApplication.setQuitOnLastWindowClosed(True)


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop with a tray."""
    monkeypatch.setattr(Tray, "is_there", staticmethod(lambda: True))


# --- time --------------------------------------------------------------------------------------------


def test_at_its_time_a_reminder_is_told_once(room: Room) -> None:
    room.set(reminders="mon 18:00")
    for text in ("17:59", "18:00", "18:00", "18:20"):
        room.go_to(text)
    assert [(each.title, each.start, each.later) for each in room.notifier.shown] == [
        ("Time for Desk break", "Start", "Later")
    ]


def test_the_timer_waits_for_the_next_one_and_without_one_for_nothing(room: Room) -> None:
    assert room.reminders.timer.waits_ms is None
    room.set(reminders="mon 12:30, tue 18:00")
    assert room.reminders.timer.waits_ms == 30 * MINUTE_MS
    room.go_to("12:30")
    assert room.reminders.timer.waits_ms == LONGEST_WAIT_MS == HOUR_MS
    room.set(reminders="")
    assert room.reminders.timer.waits_ms is None


def test_the_alarm_of_the_system_rings_at_its_moment(qtbot: Any) -> None:
    timer, now_ms = WallTimer(), int(datetime.now(UTC).timestamp() * 1000)
    timer._timer.setSingleShot(True)
    with qtbot.waitSignal(timer.due, timeout=5_000):
        timer.aim(now_ms + 50, now_ms)
        timer._timer.stop() if timer._alarm is not None else None  # so that the alarm alone can ring
    timer.stop()
    assert timer._alarm is None


def test_later_comes_again_in_a_quarter_of_an_hour(room: Room) -> None:
    room.set(reminders="mon 18:00")
    room.go_to("18:00")
    room.reply(Reply.LATER)
    assert room.reminders.next_text() == "Next reminder: today, 18:15"
    room.go_to("18:14")
    assert len(room.notifier.shown) == 1
    room.go_to("18:15")
    assert len(room.notifier.shown) == 2


def test_start_starts_the_routine_played_last_and_brings_the_window_up(room: Room) -> None:
    room.set(reminders="mon 18:00")
    room.desk.frame.hide()
    room.go_to("18:00")
    room.reply(Reply.START)
    assert room.desk.frame.isVisible()
    assert room.desk.conductor.timeline.routine_name == "Desk break"
    assert room.desk.session.running


def test_start_amid_a_session_only_brings_the_window_up(room: Room) -> None:
    room.set(reminders="mon 18:00")
    room.go_to("18:00")
    room.desk.start()
    room.reply(Reply.START)
    assert len(room.desk.conductors) == 1


def test_nobody_is_reminded_in_a_session_nor_right_after_it(room: Room) -> None:
    room.set(reminders="mon 18:00")
    room.desk.start()
    room.go_to("18:00")
    room.desk.player.left.emit()
    room.go_to("18:10")
    assert room.notifier.shown == []


def test_who_has_trained_shortly_before_is_not_reminded(room: Room) -> None:
    room.set(reminders="mon 18:00, mon 20:30")
    room.last = LastSession("desk-break", "Desk break", room.ms + 5 * HOUR_MS)
    room.go_to("18:00")
    assert room.notifier.shown == []
    room.go_to("20:30")
    assert len(room.notifier.shown) == 1


def test_a_history_that_cannot_be_read_leaves_the_reminder(room: Room) -> None:
    room.last = ChainTimerError("the disk is gone")
    room.set(reminders="mon 18:00")
    room.go_to("18:00")
    assert [each.title for each in room.notifier.shown] == ["Time for Desk break"]


def test_a_name_from_a_file_is_plain_and_stands_where_no_desktop_looks_for_markup(
    room: Room, hostile: str
) -> None:
    room.last = LastSession("x", hostile)
    room.reminders.tell()
    (message,) = room.notifier.shown
    assert message.title.isprintable()
    assert len(message.title) < 100
    assert message.text == "Start now, or be reminded in 15 minutes."


@pytest.mark.parametrize(
    ("reminders", "text"),
    [
        ("", "No reminder is coming"),
        ("mon 18:00", "Next reminder: today, 18:00"),
        ("tue 07:30", "Next reminder: tomorrow, 07:30"),
        ("sun 09:00", "Next reminder: Sunday, 09:00"),
        ("mon 11:00", "Next reminder: Monday, 11:00"),
    ],
)
def test_what_comes_next_is_said_in_words(room: Room, reminders: str, text: str) -> None:
    room.set(reminders=reminders)
    assert room.reminders.next_text() == text


# --- where no notification can be shown --------------------------------------------------------------


def test_without_a_service_the_window_says_it_and_its_answers_work(room: Room) -> None:
    room.notifier.failure = "the desktop's notification service does not answer"
    room.set(reminders="mon 18:00")
    room.desk.frame.hide()
    room.go_to("18:00")
    notice = room.desk.frame.library.notice
    assert notice.isVisible()
    assert notice.text.text() == "Time for Desk break: Start now, or be reminded in 15 minutes."
    assert [button.text() for button in notice.buttons] == ["Start", "Later"]
    notice.buttons[1].click()
    assert room.reminders.next_text() == "Next reminder: today, 18:15"


def test_the_notice_is_said_on_a_page_that_can(room: Room) -> None:
    room.notifier.failure = "no"
    room.settings()
    room.reminders.tell()
    room.desk.settle()
    page = room.desk.frame.stack.currentWidget()
    assert isinstance(page.notice, Notice)
    assert page.notice.isVisible()


@pytest.mark.usefixtures("tray")
def test_without_a_service_the_tray_says_it_and_a_click_starts(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    monkeypatch.setattr(Tray, "show_message", lambda _self, title, text: said.append((title, text)))
    room.notifier.failure = "no"
    room.set(tray=True, reminders="mon 18:00")
    room.desk.frame.hide()
    room.go_to("18:00")
    assert said == [("Time for Desk break", "Start now, or be reminded in 15 minutes.")]
    assert not room.desk.frame.isVisible()
    assert room.residence.tray is not None
    room.residence.tray.message_clicked.emit()
    room.desk.settle()
    assert room.desk.session.running


def test_a_click_beside_the_buttons_opens_the_window_and_asks_there(room: Room) -> None:
    room.set(reminders="mon 18:00")
    room.desk.frame.hide()
    room.go_to("18:00")
    room.reply(Reply.OPEN)
    assert room.desk.frame.isVisible()
    assert room.desk.frame.library.notice.isVisible()


def test_trouble_is_told_in_the_settings_until_it_is_over(room: Room) -> None:
    page = room.settings()
    room.notifier.failure = "the desktop's notifications have no buttons"
    page.desktop.test_requested.emit()
    room.desk.settle()
    told = "Notifications cannot be shown: the desktop's notifications have no buttons."
    assert page.desktop.trouble.text() == told
    room.notifier.failure = ""
    page.desktop.test_requested.emit()
    room.desk.settle()
    assert page.desktop.trouble.text() == ""


# --- the tray ----------------------------------------------------------------------------------------


def test_without_the_tray_closing_the_window_ends_the_program_as_ever(room: Room) -> None:
    assert room.close_window()
    assert QApplication.quitOnLastWindowClosed()


def test_where_the_desktop_has_no_tray_the_setting_changes_nothing(room: Room) -> None:
    room.set(tray=True)
    assert not room.residence.is_in_tray
    assert room.close_window()


@pytest.mark.usefixtures("tray")
def test_with_the_tray_closing_hides_the_window_and_that_is_said_once(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    monkeypatch.setattr(Tray, "show_message", lambda _self, title, _text: said.append(title))
    room.set(tray=True)
    assert not QApplication.quitOnLastWindowClosed()
    for _ in range(2):
        assert not room.close_window()
        assert not room.desk.frame.isVisible()
        room.residence.bring_up()
        assert room.desk.frame.isVisible()
    assert said == ["Chain Timer goes on in the tray"]
    room.set(tray=False)
    assert QApplication.quitOnLastWindowClosed()
    assert room.close_window()


@pytest.mark.usefixtures("tray")
def test_a_running_session_is_never_hidden_away(room: Room) -> None:
    room.set(tray=True)
    room.desk.start()
    assert room.close_window()
    assert room.quits == [True]


@pytest.mark.usefixtures("tray")
def test_a_session_that_is_over_is_given_back_when_the_window_is_hidden(room: Room) -> None:
    room.set(tray=True)
    room.desk.start()
    room.desk.go_to(Kind.FINISH)
    assert not room.close_window()
    assert not room.desk.session.running


@pytest.mark.usefixtures("tray")
def test_what_the_system_or_the_program_closes_is_closed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(Tray, "is_there", staticmethod(lambda: True))
    room.set(tray=True)
    assert room.close_window()  # an event of the program's own is not spontaneous
    assert room.quits == [True]


@pytest.mark.usefixtures("tray")
def test_the_menu_opens_starts_tells_what_comes_and_quits(room: Room) -> None:
    room.set(tray=True, reminders="mon 18:00")
    room.last = LastSession("desk-break", "Stretch & <b>go</b>")
    tray = room.residence.tray
    assert tray is not None
    tray.menu.aboutToShow.emit()
    texts = [action.text() for action in tray.menu.actions() if not action.isSeparator()]
    assert texts == [
        "Open Chain Timer",
        "Start Stretch && <b>go</b>",
        "Next reminder: today, 18:00",
        "Quit",
    ]
    room.desk.frame.hide()
    tray.open_action.trigger()
    assert room.desk.frame.isVisible()
    tray.start_action.trigger()
    assert room.desk.session.running
    tray.quit_action.trigger()
    assert room.quits == [True]


@pytest.mark.usefixtures("tray")
def test_a_hidden_start_is_in_the_tray_and_starts_when_the_window_was_seen(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chain_timer.window.residence.TRAY_WAIT_MS", 0)
    desk.frame.hide()
    room = Room(desk, tmp_path)
    room.begin(hidden=True)
    desk.settle()
    assert room.residence.is_in_tray
    room.reminders.start()
    assert desk.frame.isVisible()
    assert desk.bridge.session is None
    room.attending.take_begin()
    assert desk.session.running
    room.attending.close()
    QApplication.setQuitOnLastWindowClosed(True)


def test_a_hidden_start_without_a_tray_leaves_a_window_that_can_be_found(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chain_timer.window.residence.TRAY_WAIT_MS", 0)
    desk.frame.hide()
    room = Room(desk, tmp_path)
    room.begin(hidden=True)
    desk.settle()
    assert desk.frame.isMinimized()
    room.attending.close()


def test_the_icon_is_written_once_and_a_folder_that_refuses_costs_the_icon(tmp_path: Path) -> None:
    path = icon_file(tmp_path / "new")
    assert path is not None
    assert path.read_bytes().startswith(b"\x89PNG")
    (tmp_path / "file").touch()
    assert icon_file(tmp_path / "file") is None


# --- the settings ------------------------------------------------------------------------------------


def test_a_reminder_is_added_changed_and_removed_by_keys(room: Room, qtbot: Any) -> None:
    page = room.settings()
    row = page.rows["reminders"]
    row.add.setFocus()
    qtbot.keyClick(row.add, Qt.Key.Key_Space)
    assert room.desk.store.settings.reminders == "mon tue wed thu fri 18:00"
    (line,) = row.lines
    qtbot.keyClick(line.time, Qt.Key.Key_Up)
    qtbot.keyClick(line.days.buttons[0], Qt.Key.Key_Space)
    assert room.desk.store.settings.reminders == "tue wed thu fri 18:15"
    line.time.setText("7.30")
    qtbot.keyClick(line.time, Qt.Key.Key_Return)
    assert room.desk.store.settings.reminders == "tue wed thu fri 07:30"
    assert row.next.text() == "Next reminder: tomorrow, 07:30"
    qtbot.keyClick(line.remove, Qt.Key.Key_Space)
    assert room.desk.store.settings.reminders == ""


def test_a_time_that_is_none_is_refused_in_words_and_changes_nothing(room: Room, qtbot: Any) -> None:
    room.set(reminders="mon 18:00")
    (line,) = room.settings().rows["reminders"].lines
    line.time.setText("25:00")
    qtbot.keyClick(line.time, Qt.Key.Key_Return)
    assert line.note.text() == "A day goes from 00:00 to 23:59."
    assert line.time.property("wrong")
    assert room.desk.store.settings.reminders == "mon 18:00"


def test_one_that_never_comes_says_so(room: Room) -> None:
    room.set(reminders="mon 23:00, off 12:00, mon 12:00")
    notes = [line.note.text() for line in room.settings().rows["reminders"].lines]
    assert notes == [
        "This lies in the quiet hours, so it never comes.",
        "Without a day it never comes.",
        "",
    ]


def test_quiet_hours_are_switched_off_and_on_and_keep_their_times(room: Room, qtbot: Any) -> None:
    room.set(quiet="21:00-06:00", reminders="mon 23:00")
    page = room.settings()
    row = page.rows["quiet"]
    qtbot.mouseClick(row.toggle, Qt.MouseButton.LeftButton)
    assert room.desk.store.settings.quiet == ""
    assert not row.start.isEnabled()
    assert page.rows["reminders"].lines[0].note.text() == ""
    qtbot.mouseClick(row.toggle, Qt.MouseButton.LeftButton)
    qtbot.keyClick(row.end, Qt.Key.Key_Down)
    assert room.desk.store.settings.quiet == "21:00-05:45"


def test_hours_that_end_when_they_start_are_not_taken(room: Room, qtbot: Any) -> None:
    room.set(quiet="22:00-22:15")
    row = room.settings().rows["quiet"]
    qtbot.keyClick(row.end, Qt.Key.Key_Down)
    assert room.desk.store.settings.quiet == "22:00-22:15"
    assert row.end.text() == "22:15"


def test_starting_with_the_desktop_shows_and_changes_what_is_on_disk(room: Room, qtbot: Any) -> None:
    entry = room.reminders.autostart
    page = room.settings()
    qtbot.waitUntil(page.desktop.autostart.isVisible)
    assert not page.desktop.autostart.toggle.isChecked()
    qtbot.mouseClick(page.desktop.autostart.toggle, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: entry.state() is Autostart.ON)
    qtbot.waitUntil(page.desktop.autostart.isEnabled)
    assert page.desktop.autostart.toggle.isChecked()


def test_an_entry_of_somebody_else_is_said_and_left(room: Room, qtbot: Any) -> None:
    path = room.reminders.autostart.path
    path.parent.mkdir()
    path.write_text("[Desktop Entry]\n")
    page = room.settings()
    qtbot.waitUntil(lambda: bool(page.desktop.autostart_note.text()))
    assert not page.desktop.autostart.isEnabled()


def test_the_page_says_that_this_desktop_has_no_tray(room: Room) -> None:
    text = room.settings().desktop.tray_note.text()
    assert text == "This desktop has no tray, so reminders come only while the window is open."


def test_every_button_and_field_has_a_name_of_its_own(room: Room) -> None:
    room.set(reminders="mon 18:00, tue 19:00")
    row = room.settings().rows["reminders"]
    widgets = [each for line in row.lines for each in (*line.days.buttons, line.time, line.remove)]
    names = [each.accessibleName() for each in widgets]
    assert all(names)
    assert len(set(names)) == len(names) == 18
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in widgets)


def test_what_goes_leaves_nothing_running(room: Room) -> None:
    room.set(reminders="mon 18:00")
    room.go_to("18:00")
    room.attending.close()
    assert room.notifier.closed
    assert room.reminders.timer.waits_ms is None
    room.set(reminders="mon 19:00")
    assert room.reminders.timer.waits_ms is None


# --- a real service ----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Start", "Later"])
def test_the_buttons_of_a_real_notification_work(
    desk: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    with bus_of_its_own() as address, NotificationService(address).running() as service:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        room = Room(desk, tmp_path)
        room.begin(DesktopNotifications("Chain Timer", lambda: icon_file(tmp_path)))
        room.set(reminders="mon 18:00")
        room.go_to("18:00")
        shown = service.wait_for(1)
        assert shown.title == "Time for Desk break"
        qtbot.waitUntil(lambda: room.reminders._notifier._shown != "")
        service.press(words)
        if words == "Start":
            qtbot.waitUntil(lambda: desk.bridge.session is not None and desk.session.running)
        else:
            qtbot.waitUntil(lambda: room.reminders.next_text() == "Next reminder: today, 18:15")
        room.attending.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_show_one_now_is_a_button(room: Room, qtbot: Any) -> None:
    page = room.settings()
    button = next(each for each in page.findChildren(QPushButton) if each.text() == "Show one now")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert len(room.notifier.shown) == 1
