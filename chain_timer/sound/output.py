"""The speaker that is heard: a sound thread with the stream on it, which no caller ever waits for."""

import atexit
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import RLock, Thread
from threading import enumerate as running_threads
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt
from shiboken6 import Shiboken

from chain_timer.session.clock import Clock
from chain_timer.sound.buffering import JUMP_LEAD_MS, LEAD_MS, REST_FRAMES, SERVER_MS
from chain_timer.sound.mixer import Mixer
from chain_timer.sound.playing import Command, Silent
from chain_timer.sound.qt_messages import leave_qt_messages, qt_messages_to, silence_loading
from chain_timer.sound.sound_server import SERVER
from chain_timer.sound.sound_state import CLOSED, OPENING, SoundKind, SoundState, no_library
from chain_timer.sound.speaker import Channel, Dropped

if TYPE_CHECKING:
    from chain_timer.sound.stream import Stream

_log = logging.getLogger(__name__)

_LEAVING_S = 0.5


class Output:
    """Plays through the person's default device. Needs a QCoreApplication, not its event loop.

    ``on_state`` is told each change, on the sound thread: pass it on and return.
    """

    def __init__(self, clock: Clock, on_state: Callable[[SoundState], None] | None = None) -> None:
        self._clock = clock
        self._on_state = on_state
        self._thread: _SoundThread | None = None
        self._mixer: Mixer | None = None
        self._state = CLOSED
        self._percent = dict.fromkeys(Channel, 100)
        self._muted = False

    @property
    def lead_ms(self) -> int:
        return LEAD_MS

    @property
    def jump_lead_ms(self) -> int:
        return JUMP_LEAD_MS

    @property
    def ready(self) -> bool:
        return self._state.kind is not SoundKind.OPENING

    @property
    def state(self) -> SoundState:
        return self._state

    @property
    def problem(self) -> str:
        return self._state.problem

    def open(self) -> None:
        if self._mixer is not None:
            return
        if self._thread is None:
            os.environ.setdefault("PULSE_LATENCY_MSEC", str(SERVER_MS))
            self._thread = _SoundThread(self._clock)
            self._thread.start()
            atexit.register(self._thread.leave_for_good)
        self._state = OPENING
        self._mixer = mixer = self._new_mixer()
        self._thread.order(lambda stream: stream.play(mixer, partial(self._take_note, mixer)))

    def close(self) -> None:
        self._mixer = None
        self._state = CLOSED
        if self._thread is not None:
            self._thread.order(lambda stream: stream.close())

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        if self._mixer is not None and not self.problem:
            self._mixer.schedule_at(at_ns, pcm, channel)

    def cancel_pending(self) -> tuple[Dropped, ...]:
        return () if self._mixer is None else self._mixer.cancel_pending()

    def silence(self) -> None:
        if self._mixer is not None:
            self._hush(self._mixer.silence(REST_FRAMES))

    def set_volume(self, channel: Channel, percent: int) -> None:
        self._percent[channel] = percent
        if self._mixer is not None:
            self._mixer.set_volume(channel, percent)

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the speaker's contract
        if muted == self._muted:
            return
        self._muted = muted
        if self._mixer is not None:
            frame = self._mixer.set_muted(muted, at_once=muted)
            if muted:
                self._hush(frame)

    def _new_mixer(self) -> Mixer:
        mixer = Mixer()
        for channel, percent in self._percent.items():
            mixer.set_volume(channel, percent)
        mixer.set_muted(self._muted, at_once=True)
        return mixer

    def _hush(self, frame: int) -> None:
        if self._thread is not None:
            self._thread.order(lambda stream: stream.hush(frame))

    def _take_note(self, mixer: Mixer, state: SoundState) -> None:
        if mixer is self._mixer and state != self._state:
            self._state = state
            if self._on_state is not None:
                self._on_state(state)


def leave_all(code: int) -> None:
    """End all sound before the program ends with ``code``; it ends here where a server hangs."""
    for thread in running_threads():
        if isinstance(thread, _SoundThread):
            thread.leave_for_good(code)


class _SoundThread(Thread):
    """Waits, when closed, and stays until the program ends: Qt's connection to the sound server lives on it.

    A daemon, and no QThread: a server that hangs for ever must not keep the program from ending.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(name="sound", daemon=True)
        self._clock = clock
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._stream: Stream | None = None
        self._waking = RLock()
        """Held while the stream is woken, so that it is not deleted in that very moment."""

    def order(self, command: Command) -> None:
        # Put in first: a stream that is just being made looks into the queue when it is there.
        self._commands.put(command)
        with self._waking:
            if self._stream is not None:
                self._stream.woken.emit()

    def leave(self) -> bool:
        """End the thread; False when it hangs in the device and cannot."""
        self.order(lambda stream: stream.leave())
        self.join(_LEAVING_S)
        return not self.is_alive()

    def leave_for_good(self, code: int = 0) -> None:
        """At the end of the program. Behind a hung server, Qt's own end would wait for it for ever."""
        if not self.leave():
            logging.shutdown()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        leave_qt_messages()

    def run(self) -> None:
        silence_loading()
        try:
            # Here, because it takes a while.
            from chain_timer.sound.devices import leave_out_backend  # noqa: PLC0415 - see above
            from chain_timer.sound.stream import Stream  # noqa: PLC0415
        except ImportError as error:
            _log.warning("no sound: %s", error)
            Silent(no_library(error)).obey(self._commands)
            return
        with qt_messages_to(SERVER.hear):
            leave_out_backend()
            loop = QEventLoop()
            stream = Stream(self._clock, self._commands)
            stream.left.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
            self._stream = stream
            stream.obey()
            loop.exec()
            with self._waking:
                self._stream = None
            # Here and now: the garbage collector might do it on another thread, which Qt forbids.
            Shiboken.delete(stream)
