"""The speaker that is heard: a sound thread with the stream on it, which no caller ever waits for."""

import os
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt
from shiboken6 import Shiboken

from chain_timer.session.clock import Clock
from chain_timer.sound.buffering import FILL_MS, LONGEST_STEP_MS, REST_FRAMES
from chain_timer.sound.mixer import Mixer
from chain_timer.sound.qt_messages import qt_kept_quiet
from chain_timer.sound.sound_state import CLOSED, OPENING, SoundKind, SoundState
from chain_timer.sound.speaker import Channel

if TYPE_CHECKING:
    from chain_timer.sound.stream import Stream

_CLOSING_S = 0.5
_SERVER_BUFFER_MS = 40
"""PulseAudio's share of the buffer. Qt asks for 16 ms, in blocks of 5.33 ms: 190 wake-ups a second, and a
rounding in each by which the server's clock runs 150 ppm fast. With 40 ms the blocks are 10.0 ms."""


class Output:
    """Plays through the person's default device. Needs a QCoreApplication, not its event loop.

    ``on_state`` is told each change, on the sound thread: pass it on and return.
    """

    def __init__(self, clock: Clock, on_state: Callable[[SoundState], None] | None = None) -> None:
        self._clock = clock
        self._on_state = on_state
        self._thread: _SoundThread | None = None
        self._state = CLOSED
        self._percent = dict.fromkeys(Channel, 100)
        self._muted = False

    @property
    def lead_ms(self) -> int:
        return FILL_MS + LONGEST_STEP_MS

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
        if self._thread is not None:
            return
        os.environ.setdefault("PULSE_LATENCY_MSEC", str(_SERVER_BUFFER_MS))
        self._state = OPENING
        # A new mixer for each thread: one that hangs in a dead server must not feed a later one's stream.
        mixer = Mixer()
        for channel, percent in self._percent.items():
            mixer.set_volume(channel, percent)
        mixer.set_muted(self._muted, at_once=True)
        self._thread = _SoundThread(mixer, self._clock, self._take_note)
        self._thread.start()

    def close(self) -> None:
        thread, self._thread = self._thread, None
        self._state = CLOSED
        if thread is not None:
            thread.leave()
            thread.join(_CLOSING_S)

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        if self._thread is not None and self._state.kind in {SoundKind.READY, SoundKind.OPENING}:
            self._thread.mixer.schedule_at(at_ns, pcm, channel)

    def cancel_pending(self) -> None:
        if self._thread is not None:
            self._thread.mixer.cancel_pending()

    def silence(self) -> None:
        if self._thread is not None:
            self._thread.hush(self._thread.mixer.silence(REST_FRAMES))

    def set_volume(self, channel: Channel, percent: int) -> None:
        self._percent[channel] = percent
        if self._thread is not None:
            self._thread.mixer.set_volume(channel, percent)

    def set_muted(self, muted: bool) -> None:  # noqa: FBT001 - the speaker's contract
        if muted == self._muted:
            return
        self._muted = muted
        if self._thread is not None:
            frame = self._thread.mixer.set_muted(muted, at_once=muted)
            if muted:
                self._thread.hush(frame)

    def _take_note(self, thread: Thread, state: SoundState) -> None:
        if thread is self._thread and state != self._state:
            self._state = state
            if self._on_state is not None:
                self._on_state(state)


class _SoundThread(Thread):
    """A daemon, and no QThread: a server that hangs for ever must not keep the program from ending."""

    def __init__(self, mixer: Mixer, clock: Clock, report: Callable[[Thread, SoundState], None]) -> None:
        super().__init__(name="sound", daemon=True)
        self.mixer = mixer
        self._clock = clock
        self._report = report
        self._commands: SimpleQueue[Callable[[Stream], None]] = SimpleQueue()
        self._stream: Stream | None = None

    def hush(self, frame: int) -> None:
        self._order(lambda stream: stream.hush(frame))

    def leave(self) -> None:
        self._order(lambda stream: stream.close())

    def run(self) -> None:
        # Here, because it takes a while and because Qt has remarks on being loaded.
        with qt_kept_quiet():
            from chain_timer.sound.stream import Stream  # noqa: PLC0415 - see above
        loop = QEventLoop()
        stream = Stream(self.mixer, self._clock, self._commands, lambda state: self._report(self, state))
        stream.closed.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
        self._stream = stream
        stream.start()
        loop.exec()
        self._stream = None
        # Here and now: the garbage collector might do it on another thread, which Qt forbids.
        Shiboken.delete(stream)

    def _order(self, command: Callable[["Stream"], None]) -> None:
        # Put in first: a stream that is just being made looks into the queue when it is there.
        self._commands.put(command)
        stream = self._stream
        if stream is not None:
            stream.woken.emit()
