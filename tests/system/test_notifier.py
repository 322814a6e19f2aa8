"""Notifications on a real bus, shown by a service of our own: sent, answered, replaced, and failing well."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from helpers.notification_service import NotificationService, bus_of_its_own

from chain_timer.system import notifier
from chain_timer.system.notifier import DesktopNotifications, Message, Reply

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a bus of Linux")
MESSAGE = Message("Time for Desk break", "Start now.", start="Start", later="Later")
WAIT_S = 10.0


class Answers:
    """What came back, from whatever thread."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.arrivals: list[str] = []
        self._news = threading.Condition()

    def replied(self, reply: Reply) -> None:
        with self._news:
            self.replies.append(reply)
            self._news.notify_all()

    def arrived(self, failure: str) -> None:
        with self._news:
            self.arrivals.append(failure)
            self._news.notify_all()

    def wait(self, *, replies: int = 0, arrivals: int = 0) -> None:
        with self._news:
            assert self._news.wait_for(
                lambda: len(self.replies) >= replies and len(self.arrivals) >= arrivals, WAIT_S
            )


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[NotificationService]:
    with bus_of_its_own() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with NotificationService(address).running() as made:
            yield made


@pytest.fixture
def shows() -> Iterator[DesktopNotifications]:
    with closing(DesktopNotifications("Chain Timer")) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "reply"), [("Start", Reply.START), ("Later", Reply.LATER), ("", Reply.OPEN)]
)
def test_what_is_pressed_comes_back(
    service: NotificationService, shows: DesktopNotifications, words: str, reply: Reply
) -> None:
    answers = Answers()
    shows.show(MESSAGE, answers.replied, answers.arrived)
    shown = service.wait_for(1)
    answers.wait(arrivals=1)
    service.press(words)
    answers.wait(replies=1)
    assert (shown.program, shown.title, shown.text) == ("Chain Timer", MESSAGE.title, MESSAGE.text)
    assert list(shown.actions) == ["", "Start", "Later"]
    assert (answers.replies, answers.arrivals) == ([reply], [""])


def test_a_new_one_takes_the_place_of_the_one_before(
    service: NotificationService, shows: DesktopNotifications
) -> None:
    old, new = Answers(), Answers()
    shows.show(MESSAGE, old.replied, old.arrived)
    old.wait(arrivals=1)
    shows.show(MESSAGE, new.replied, new.arrived)
    new.wait(arrivals=1)
    assert service.closed == [1]
    service.press("Start", 1)
    service.press("Later", 2)
    new.wait(replies=1)
    assert (old.replies, new.replies) == ([], [Reply.LATER])


def test_it_is_taken_away_when_it_is_withdrawn_and_when_the_program_ends(
    service: NotificationService, shows: DesktopNotifications
) -> None:
    answers = Answers()
    shows.show(MESSAGE, answers.replied, answers.arrived)
    answers.wait(arrivals=1)
    shows.withdraw()
    service.wait_for_closed(1)
    shows.show(MESSAGE, answers.replied, answers.arrived)
    answers.wait(arrivals=2)
    shows.close()
    service.wait_for_closed(2)
    assert service.closed == [1, 2]


def test_a_picture_is_sent_along(service: NotificationService, tmp_path: Path) -> None:
    picture = tmp_path / "a b.png"
    picture.write_bytes(b"")
    with closing(DesktopNotifications("Chain Timer", lambda: picture)) as shows:
        shows.show(MESSAGE, Answers().replied, Answers().arrived)
        assert service.wait_for(1).icon == picture.as_uri()


def test_a_service_without_buttons_is_told(service: NotificationService, shows: DesktopNotifications) -> None:
    service.capabilities = ("body",)
    answers = Answers()
    shows.show(MESSAGE, answers.replied, answers.arrived)
    answers.wait(arrivals=1)
    assert answers.arrivals == ["the desktop's notifications have no buttons"]
    assert service.shown == []


def test_a_service_that_hangs_is_told_and_holds_up_nothing(
    service: NotificationService, shows: DesktopNotifications, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifier, "LONGEST_WAIT_S", 0.1)
    service.hangs = True
    answers = Answers()
    shows.show(MESSAGE, answers.replied, answers.arrived)
    answers.wait(arrivals=1)
    assert answers.arrivals == ["the desktop's notification service does not answer"]
    monkeypatch.setattr(notifier, "LONGEST_WAIT_S", WAIT_S)
    service.hangs = False
    shows.show(MESSAGE, answers.replied, answers.arrived)
    answers.wait(arrivals=2)
    assert answers.arrivals[1] == ""


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "no address", ""])
def test_without_a_bus_it_is_told(
    shows: DesktopNotifications, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    answers = Answers()
    shows.show(MESSAGE, answers.replied, answers.arrived)
    answers.wait(arrivals=1)
    assert answers.arrivals == ["the desktop's notification service cannot be reached"]


def test_a_bus_without_a_service_is_told(
    shows: DesktopNotifications, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bus_of_its_own() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        answers = Answers()
        shows.show(MESSAGE, answers.replied, answers.arrived)
        answers.wait(arrivals=1)
    assert answers.arrivals == ["the desktop's notification service cannot be reached"]


def test_a_bus_that_comes_back_is_used_again(
    shows: DesktopNotifications, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers()
    for number in (1, 2):
        with bus_of_its_own() as address:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
            with NotificationService(address).running():
                if number == 2:
                    shows.show(MESSAGE, answers.replied, answers.arrived)  # the old connection is gone
                    answers.wait(arrivals=2)
                shows.show(MESSAGE, answers.replied, answers.arrived)
                answers.wait(arrivals=number if number == 1 else 3)
    assert answers.arrivals[0] == answers.arrivals[-1] == ""


def test_no_library_writes_to_the_terminal(tmp_path: Path) -> None:
    """In a program of its own, whose service goes away: under pytest a log always has a reader."""
    source = """if True:
        import os, threading
        from helpers.notification_service import NotificationService, bus_of_its_own
        from chain_timer.system.log import set_up_log
        from chain_timer.system.notifier import DesktopNotifications, Message
        from pathlib import Path
        set_up_log(Path(os.environ["LOGS"]))
        shows, arrived = DesktopNotifications("Chain Timer"), threading.Semaphore(0)
        def show():
            shows.show(Message("a", "b", "c", "d"), print, lambda _failure: arrived.release())
            assert arrived.acquire(timeout=10)
        with bus_of_its_own() as os.environ["DBUS_SESSION_BUS_ADDRESS"]:
            show()  # there is a bus, and nobody on it
            with NotificationService(os.environ["DBUS_SESSION_BUS_ADDRESS"]).running():
                show()
        show()
        shows.close()
    """
    paths = os.pathsep.join(str(Path(__file__).parents[place]) for place in (1, 2))
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={**os.environ, "PYTHONPATH": paths, "LOGS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "chain-timer.log").read_text().count("no notification") == 2


def test_nothing_is_loaded_and_no_thread_runs_before_the_first(shows: DesktopNotifications) -> None:
    before = threading.active_count()
    shows.withdraw()
    shows.close()
    assert threading.active_count() == before
    assert os.environ.get("DBUS_SESSION_BUS_ADDRESS") is None or shows._service is None
