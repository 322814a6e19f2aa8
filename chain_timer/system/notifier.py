"""Notifications of the desktop that can be answered: one at a time, sent from a thread of its own.

The service that shows them belongs to the desktop. It may be missing, or hang: that is told, and no more.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from dbus_fast.aio.message_bus import MessageBus
    from desktop_notifier import DesktopNotifier

_log = logging.getLogger(__name__)
_LIBRARIES = ("desktop_notifier", "dbus_fast")
LONGEST_WAIT_S = 5.0
"""How long the service may take to show one."""
_LONGEST_GOODBYE_S = 0.3


class Reply(StrEnum):
    """What a person did about a notification."""

    START = "start"
    LATER = "later"
    OPEN = "open"
    """A click beside the buttons."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a notification says."""

    title: str
    """Plain text, wherever it is shown."""
    text: str
    """In which some desktops look for markup: nothing from a file belongs here."""
    start: str
    """What the button says that starts."""
    later: str


class Notifier(Protocol):
    """Shows a message in the place of the one before. Calls back from a thread of its own."""

    def show(
        self, message: Message, replied: Callable[[Reply], None], arrived: Callable[[str], None]
    ) -> None:
        """Have it shown. ``arrived`` gets why nobody can see it, in half a sentence; empty when one can."""
        ...

    def withdraw(self) -> None:
        """Take away what is still there."""
        ...

    def close(self) -> None: ...


class _ToOurLog(logging.Handler):
    """Takes what libraries say into the log of the program: a terminal is no place for their tracebacks."""

    def emit(self, record: logging.LogRecord) -> None:
        _log.handle(record)


class NotShownError(Exception):
    """The desktop shows no notification that could be answered."""


class DesktopNotifications:
    """Those of this desktop. Nothing is loaded, and no thread runs, before the first one is shown."""

    def __init__(self, name: str, icon: Callable[[], Path | None] = lambda: None) -> None:
        """``icon`` gives the file of a picture; it is called in the thread of the notifications."""
        self._name = name
        self._icon = icon
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._service: DesktopNotifier | None = None
        self._failed = False
        """Whether the last one could not be shown, so that the service is to be looked for anew."""
        self._shown = ""
        """The one that may still be there."""
        self._count = 0
        """Counts the messages: an answer to one that was replaced is none."""

    def show(
        self, message: Message, replied: Callable[[Reply], None], arrived: Callable[[str], None]
    ) -> None:
        import asyncio  # noqa: PLC0415 - 30 ms and some MiB, for who wants to be reminded

        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(
                target=self._serve, args=(self._loop,), name="notifier", daemon=True
            )
            self._thread.start()
        self._count += 1
        sending = asyncio.wait_for(self._send(message, self._count, replied), LONGEST_WAIT_S)
        asyncio.run_coroutine_threadsafe(sending, self._loop).add_done_callback(
            lambda done: arrived(self._failure(done))
        )

    def withdraw(self) -> None:
        import asyncio  # noqa: PLC0415 - as above

        self._count += 1
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._clear(), self._loop)

    def close(self) -> None:
        """Take away what is still there, waiting for that a moment at most, and end the thread."""
        import asyncio  # noqa: PLC0415 - as above

        loop, self._loop = self._loop, None
        self._count += 1
        if loop is not None and self._thread is not None:
            asyncio.run_coroutine_threadsafe(self._end(), loop)
            self._thread.join(_LONGEST_GOODBYE_S)

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        for name in _LIBRARIES:
            logger = logging.getLogger(name)
            logger.propagate = False
            logger.handlers[:] = [_ToOurLog()]
        loop.set_exception_handler(lambda _loop, context: _log.warning("aside: %s", context))
        loop.run_forever()
        loop.close()

    async def _end(self) -> None:
        import asyncio  # noqa: PLC0415 - as above

        with suppress(TimeoutError, OSError, EOFError):
            await asyncio.wait_for(self._clear(), _LONGEST_GOODBYE_S)
        await self._hang_up()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        asyncio.get_running_loop().stop()

    async def _hang_up(self) -> None:
        """Close the connection, which the library leaves open."""
        service, self._service = self._service, None
        bus = _bus_of(service)
        if bus is not None:
            if bus.connected:
                bus.disconnect()
            with suppress(OSError, EOFError):
                await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]

    def _failure(self, done: Future[None]) -> str:
        """Say why it failed, whatever failed: the library lets through what the bus and the service do."""
        error = None if done.cancelled() else done.exception()
        if error is None:
            return ""
        if isinstance(error, NotShownError):
            return str(error)
        if isinstance(error, TimeoutError):
            return "the desktop's notification service does not answer"
        _log.warning("no notification: %r", error)
        return "the desktop's notification service cannot be reached"

    async def _send(self, message: Message, number: int, replied: Callable[[Reply], None]) -> None:
        from desktop_notifier import Button, Capability  # noqa: PLC0415 - as above

        bus = _bus_of(self._service)
        if self._failed or (bus is not None and not bus.connected):
            await self._hang_up()  # the connection may be gone for good
            self._shown = ""
        service = self._service = self._service or self._made()
        self._failed = True  # until it is shown
        await self._clear()
        known = await service.get_capabilities()
        if Capability.TITLE not in known:
            self._failed = False
            raise NotShownError("this system shows no notifications of programs like this one")
        if Capability.BUTTONS not in known:
            self._failed = False
            raise NotShownError("the desktop's notifications have no buttons")

        def reply(answer: Reply) -> None:
            if number == self._count:
                self._shown = ""
                replied(answer)

        dispatched: list[bool] = []
        shown = await service.send(
            message.title,
            message.text,
            buttons=(
                Button(message.start, on_pressed=lambda: reply(Reply.START)),
                Button(message.later, on_pressed=lambda: reply(Reply.LATER)),
            ),
            on_clicked=lambda: reply(Reply.OPEN),
            on_dispatched=lambda: dispatched.append(True),
        )
        if not dispatched:  # the library logs why, and raises nothing
            raise OSError("not dispatched")
        self._shown, self._failed = shown, False
        if number != self._count:  # withdrawn, or replaced, before it was there
            await self._clear()

    async def _clear(self) -> None:
        shown, self._shown = self._shown, ""
        if shown and self._service is not None:
            with suppress(KeyError):  # answered or closed meanwhile
                await self._service.clear(shown)

    def _made(self) -> DesktopNotifier:
        from desktop_notifier import DesktopNotifier, Icon  # noqa: PLC0415 - as above

        path = self._icon()
        icon = Icon(name="chain-timer") if path is None else Icon(path=path)
        return DesktopNotifier(app_name=self._name, app_icon=icon)


def _bus_of(service: DesktopNotifier | None) -> MessageBus | None:
    """Give the connection of a service on Linux, which the library can neither close nor ask about."""
    backend = None if service is None else service._backend  # noqa: SLF001 - see above
    return getattr(backend, "bus", None)
