"""One device, one sink, one stream: fed from the mixer on the sound thread, opened again when it is lost.

The sink is pushed to, not pulled from: a pulling QIODevice adds 170 ms of its own buffer, or asks for
blocks of 5 ms when it has none, and tells less exactly how far the device is.
"""

import logging
from itertools import cycle
from queue import Empty, SimpleQueue

from PySide6.QtCore import QIODevice, QObject, Qt, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices

from chain_timer.session.clock import Clock
from chain_timer.sound.buffering import FILL_MS, FRAMES_A_MS, HUSH_FRAMES, QUICK_STEPS_MS, STEPS_MS
from chain_timer.sound.mixer import Mixer
from chain_timer.sound.playing import Command, Report
from chain_timer.sound.sound_server import SERVER
from chain_timer.sound.sound_state import GONE, LOST, NO_DEVICE, OPENING, READY, SoundState
from chain_timer.sound.speaker import STREAM_RATE
from chain_timer.sound.timebase import Timebase

_RETRY_MS = 2_000
_FRAME_BYTES = 2
_HUSH_VOLUMES = (0.4, 0.1, 0.0)
_FINE, _STARVED = "NoError", "UnderrunError"
"""By name: the enum itself moved between versions of Qt."""
_NS_A_MS = 1_000_000
_NEVER_ROLLED_NS = 4_000 * _NS_A_MS
_STUCK_NS = 1_500 * _NS_A_MS

_log = logging.getLogger(__name__)


class Stream(QObject):
    """Lives on the sound thread. Others may only put commands into its queue and emit :attr:`woken`."""

    woken = Signal()
    left = Signal()

    def __init__(self, clock: Clock, commands: SimpleQueue[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._clock = clock
        self._mixer = Mixer()
        self._report: Report = lambda _: None
        self._timebase = Timebase()
        self._steps = cycle(STEPS_MS)
        self._quick_steps = cycle(QUICK_STEPS_MS)
        self._devices: QMediaDevices | None = None
        self._sink: QAudioSink | None = None
        self._io: QIODevice | None = None
        self._device_id = b""
        self._channels = 1
        self._capacity = 0
        self._left = b""
        self._played = 0
        self._stuck_ns = 0
        self._last_ns = 0
        self._hushed_until: int | None = None
        self._hush_volumes: list[float] = []
        self._open = False
        self._had_device = False
        self._rolled = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self.woken.connect(self.obey)

    def obey(self) -> None:
        try:
            while True:
                self._commands.get_nowait()(self)
        except Empty:
            return

    def play(self, mixer: Mixer, report: Report) -> None:
        """Let a mixer be heard, from now on and through every change of device."""
        self._mixer, self._report = mixer, report
        self._open = True
        report(OPENING)
        self._find_device()

    def close(self) -> None:
        """Let the device go."""
        self._open = False
        self._timer.stop()
        self._release()

    def leave(self) -> None:
        self.close()
        self.left.emit()

    def hush(self, frame: int) -> None:
        """Turn the device down now, and up again when what was mixed before ``frame`` is through."""
        if self._sink is not None:
            self._hushed_until = frame + HUSH_FRAMES
            if not self._hush_volumes:
                self._hush_volumes = list(_HUSH_VOLUMES)
            self._step()

    # opening and losing the device

    def _find_device(self) -> None:
        device = QMediaDevices.defaultAudioOutput()
        if self._devices is None:
            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._follow_default)
        if device.isNull():
            self._lose(NO_DEVICE)
        elif SERVER.allows_start(self._clock.now_ns()) and self._start_sink(device):
            self._step()
        else:
            self._lose(LOST)

    def _start_sink(self, device: QAudioDevice) -> bool:
        wanted = _format_for(device)
        sink = QAudioSink(device, wanted, self)
        sink.setBufferSize(FILL_MS * FRAMES_A_MS * _FRAME_BYTES * wanted.channelCount())
        io: QIODevice | None = sink.start()
        if io is None or sink.error().name != _FINE:
            sink.deleteLater()
            return False
        self._sink, self._io, self._channels = sink, io, wanted.channelCount()
        self._capacity = sink.bufferSize() // (_FRAME_BYTES * self._channels)
        self._device_id = bytes(device.id().data())
        self._played = self._stuck_ns = 0
        self._rolled = False
        self._had_device = True
        self._last_ns = self._clock.now_ns()
        self._mixer.restart()
        self._timebase.restart()
        return True

    def _lose(self, state: SoundState) -> None:
        self._mixer.cancel_pending()
        self._report(GONE if SERVER.gone and self._had_device else state)
        self._release()
        if not SERVER.gone:
            self._timer.start(_RETRY_MS)

    def _release(self) -> None:
        sink, self._sink, self._io = self._sink, None, None
        self._left, self._hushed_until, self._hush_volumes = b"", None, []
        if sink is not None:
            # Not reset(): PySide keeps the interpreter's lock in it, and a hung server would stop everything.
            sink.stop()
            sink.deleteLater()

    def _follow_default(self) -> None:
        """Go where the person's sound goes: to the headphones just plugged in, or back to the speakers."""
        default = QMediaDevices.defaultAudioOutput()
        elsewhere = self._sink is None or bytes(default.id().data()) != self._device_id
        if self._open and elsewhere and not default.isNull():
            self._release()
            self._find_device()

    # feeding the device

    def _step(self) -> None:
        if not self._open:
            return
        if self._sink is None:
            self._find_device()
            return
        trouble = self._feed(self._sink)
        if trouble:
            _log.info("sound output lost: %s", trouble)
            SERVER.lost(self._last_ns)
            self._lose(LOST)
            return
        quick = not self._timebase.settled or self._hushed_until is not None
        self._timer.start(next(self._quick_steps if quick else self._steps))

    def _feed(self, sink: QAudioSink) -> str:
        """Look where the device is and fill up what it has taken; says what is wrong, if anything is."""
        frame_bytes = _FRAME_BYTES * self._channels
        free = sink.bytesFree() // frame_bytes
        # The clock is asked after the device: a thread held up in between makes the device seem late, which
        # the timebase expects, and never early.
        now_ns = self._clock.now_ns()
        given = self._mixer.written - len(self._left) // frame_bytes
        drained = free >= self._capacity and given > 0
        self._look(now_ns, given - (self._capacity - free), drained=drained)
        self._turn_down(sink)
        self._fill(free, frame_bytes)
        return self._trouble(sink) if self._stuck_ns else ""

    def _trouble(self, sink: QAudioSink) -> str:
        if (error := sink.error().name) not in {_FINE, _STARVED}:
            return error
        limit_ns = _STUCK_NS if self._rolled else _NEVER_ROLLED_NS
        return "it takes no more sound" if self._stuck_ns > limit_ns else ""

    def _look(self, now_ns: int, played: int, *, drained: bool) -> None:
        # After the computer slept, one long step says nothing about the device.
        moved = played != self._played
        self._stuck_ns = 0 if moved else self._stuck_ns + min(now_ns - self._last_ns, 100 * _NS_A_MS)
        self._last_ns, self._played = now_ns, played
        if drained:
            self._timebase.restart()
            return
        was_ready = self._timebase.ready
        self._timebase.observe(now_ns, played)
        if self._timebase.ready and not was_ready:
            self._rolled = True
            self._report(READY)

    def _fill(self, free: int, frame_bytes: int) -> None:
        # Whole milliseconds: servers that reckon in microseconds then never round, and keep better time.
        count = (free - len(self._left) // frame_bytes) // FRAMES_A_MS * FRAMES_A_MS
        if count > 0:
            block = self._mixer.read(count, self._timebase.frame_at if self._timebase.ready else None)
            self._left += block if self._channels == 1 else _spread(block, self._channels)
        if self._left and self._io is not None:
            taken = max(0, self._io.write(self._left))
            self._left = self._left[taken:]

    def _turn_down(self, sink: QAudioSink) -> None:
        if self._hushed_until is None:
            return
        if self._hush_volumes:
            sink.setVolume(self._hush_volumes.pop(0))
        elif self._played >= self._hushed_until:
            self._hushed_until = None
            sink.setVolume(1.0)


def _format_for(device: QAudioDevice) -> QAudioFormat:
    wanted = QAudioFormat()
    wanted.setSampleRate(STREAM_RATE)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    wanted.setChannelCount(1)
    if not device.isFormatSupported(wanted):
        wanted.setChannelCount(max(1, device.preferredFormat().channelCount()))
    return wanted


def _spread(block: bytes, channels: int) -> bytes:
    spread = bytearray(len(block) * channels)
    for byte in range(_FRAME_BYTES * channels):
        spread[byte :: _FRAME_BYTES * channels] = block[byte % _FRAME_BYTES :: _FRAME_BYTES]
    return bytes(spread)
