"""A notification service of our own on a bus of our own: what programs send, and what a person would press.

It speaks as https://specifications.freedesktop.org/notification-spec/latest/ has it, and refuses a call whose
types are others, as the services of desktops do.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
SIGNATURE = "susssasa{sv}i"
_WAIT_S = 10.0
_ARGUMENTS = "".join(
    f'<arg type="{kind}" direction="in"/>' for kind in ("s", "u", "s", "s", "s", "as", "a{sv}", "i")
)
_INTROSPECTION = f"""<node><interface name="{NAME}">
<method name="Notify">{_ARGUMENTS}<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A notification as the service got it."""

    number: int
    program: str
    icon: str
    title: str
    text: str
    actions: dict[str, str]
    """What each button says, and the key it is known by."""


@dataclass
class NotificationService:
    """Answers from a thread of its own."""

    address: str
    capabilities: tuple[str, ...] = ("actions", "body")
    hangs: bool = False
    """Whether it leaves every call without an answer."""
    shown: list[Shown] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._news = threading.Condition()
        self._bus: Any = None

    def wait_for(self, count: int) -> Shown:
        """Wait until so many notifications came, and give the last."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.shown) >= count, _WAIT_S)
        return self.shown[-1]

    def wait_for_closed(self, count: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: len(self.closed) >= count, _WAIT_S)

    def press(self, words: str, number: int | None = None) -> None:
        """Press a button of the last notification, or of one by its number."""
        shown = self.shown[-1] if number is None else next(e for e in self.shown if e.number == number)
        self._tell("ActionInvoked", "us", (shown.number, shown.actions[words]))
        self._tell("NotificationClosed", "uu", (shown.number, 2))

    @contextmanager
    def running(self) -> Iterator[NotificationService]:
        jeepney = pytest.importorskip("jeepney")
        io = pytest.importorskip("jeepney.io.blocking")
        with closing(io.open_dbus_connection(bus=self.address)) as bus:
            self._bus = bus
            bus.send_and_get_reply(jeepney.bus_messages.message_bus.RequestName(NAME))
            ends = threading.Event()
            thread = threading.Thread(target=self._serve, args=(bus, ends), daemon=True)
            thread.start()
            yield self
            ends.set()
            thread.join(_WAIT_S)

    def _serve(self, bus: Any, ends: threading.Event) -> None:
        from jeepney import MessageType  # noqa: PLC0415 - skipped where it is not here

        while not ends.is_set():
            with suppress(TimeoutError):
                message = bus.receive(timeout=0.05)
                if message.header.message_type is MessageType.method_call and not self.hangs:
                    bus.send(self._answer(message))

    def _answer(self, message: Any) -> Any:
        from jeepney import HeaderFields, new_error, new_method_return  # noqa: PLC0415 - as above

        member, signature = (
            message.header.fields.get(each) for each in (HeaderFields.member, HeaderFields.signature)
        )
        if member == "Notify":
            if signature != SIGNATURE:
                return new_error(message, "org.freedesktop.DBus.Error.InvalidArgs", "s", (str(signature),))
            return new_method_return(message, "u", (self._notify(*message.body),))
        if member == "CloseNotification":
            with self._news:
                self.closed += message.body
                self._news.notify_all()
            return new_method_return(message)
        answers: dict[str, tuple[str, tuple[Any, ...]]] = {
            "Introspect": ("s", (_INTROSPECTION,)),
            "GetCapabilities": ("as", (list(self.capabilities),)),
            "GetServerInformation": ("ssss", ("one of our own", "us", "1", "1.2")),
        }
        return new_method_return(message, *answers[member])

    def _notify(self, program: str, _replaces: int, icon: str, title: str, text: str, *others: Any) -> int:
        actions = others[0]
        with self._news:
            number = len(self.shown) + 1
            words = dict(zip(actions[1::2], actions[::2], strict=True))
            self.shown.append(Shown(number, program, icon, title, text, words))
            self._news.notify_all()
        return number

    def _tell(self, name: str, signature: str, body: tuple[Any, ...]) -> None:
        from jeepney import DBusAddress, new_signal  # noqa: PLC0415 - as above

        self._bus.send(new_signal(DBusAddress(PATH, NAME, NAME), name, signature, body))


@contextmanager
def bus_of_its_own() -> Iterator[str]:
    """Give the address of a session bus that nobody else uses."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not here")
    with subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.terminate()
