"""Mixes scheduled sounds into one stream of frames, each at its exact frame.

Knows no device and no Qt. Its lock is held for as long as one block takes to mix, well under a millisecond.
"""

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
import numpy.typing as npt

from chain_timer.sound.speaker import STREAM_RATE, Channel

Frames = npt.NDArray[np.float32]

_MS = STREAM_RATE // 1_000
_FADE = 5 * _MS
_GLIDE = 10 * _MS
"""How long a change of volume takes, so that it is no click."""
_LATEST = {Channel.VOICE: 1_500 * _MS, Channel.TONE: 50 * _MS}
"""Later than this, words would only confuse, and a tone tells a wrong second."""
_LOUDEST = 32_767


@dataclass(order=True, slots=True)
class _Piece:
    at_ns: int
    order: int
    pcm: Frames = field(compare=False)
    channel: Channel = field(compare=False)
    start: int = field(default=0, compare=False)
    """Its first frame of the stream, once it has begun."""


class Mixer:
    """A stream without end: whoever reads it gets silence, or what was scheduled."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pending: list[_Piece] = []
        self._sounding: list[_Piece] = []
        self._tail: Frames = np.zeros(0, np.float32)
        self._written = 0
        self._not_before = 0
        self._order = 0
        self._percent = dict.fromkeys(Channel, 100)
        self._muted = False
        self._gain = self._goal = self._goals()

    @property
    def written(self) -> int:
        """Frames read from the stream so far: the frame that the next read begins with."""
        return self._written

    def schedule_at(self, at_ns: int, pcm: bytes, channel: Channel) -> None:
        frames = np.frombuffer(pcm[: len(pcm) // 2 * 2], np.int16).astype(np.float32)
        with self._lock:
            self._order += 1
            insort(self._pending, _Piece(at_ns, self._order, frames, channel))

    def cancel_pending(self) -> None:
        with self._lock:
            self._pending.clear()

    def silence(self, rest_frames: int = 0) -> int:
        """Fade out what sounds, drop the rest, and begin nothing new for some frames.

        Answers with the first frame that this is true of.
        """
        with self._lock:
            self._pending.clear()
            tail = self._mix_sounding(_FADE)
            self._tail = tail * np.linspace(1, 0, _FADE, endpoint=False, dtype=np.float32)
            self._sounding.clear()
            self._not_before = max(self._not_before, self._written + rest_frames)
            return self._written

    def set_volume(self, channel: Channel, percent: int) -> None:
        with self._lock:
            self._percent[channel] = max(0, min(100, percent))
            self._goal = self._goals()

    def set_muted(self, muted: bool, *, at_once: bool = False) -> int:  # noqa: FBT001 - see Speaker
        """Mute with a glide, or at once where the output fades itself; answers with the first frame of it."""
        with self._lock:
            self._muted = muted
            self._goal = self._goals()
            if at_once:
                self._gain = self._goal
                self._tail = self._tail[:0]
            return self._written

    def restart(self) -> None:
        """Count frames from zero again, for a new stream; what was begun is lost with the old one."""
        with self._lock:
            self._written = self._not_before = 0
            self._sounding.clear()
            self._tail = self._tail[:0]

    def read(self, count: int, frame_at: Callable[[int], int] | None) -> bytes:
        """The next ``count`` frames. ``frame_at`` maps the clock (ns) to frames; None begins nothing yet."""
        with self._lock:
            if frame_at is not None and self._pending:
                self._begin_due(self._written + count, frame_at)
            if self._sounding or self._tail.size:
                block = _pack(self._mix_sounding(count))
                self._sounding = [p for p in self._sounding if p.start + p.pcm.size > self._written + count]
            else:
                # Nearly always: so it has to cost nearly nothing.
                block = bytes(2 * count)
                self._gain = self._goal
            self._written += count
            return block

    def _begin_due(self, end: int, frame_at: Callable[[int], int]) -> None:
        earliest = max(self._written, self._not_before)
        while self._pending and max(due := frame_at(self._pending[0].at_ns), self._not_before) < end:
            piece = self._pending.pop(0)
            if earliest - due <= _LATEST[piece.channel]:
                piece.start = max(due, earliest)
                self._sounding.append(piece)

    def _goals(self) -> Mapping[Channel, float]:
        # Loudness is heard by ratios: the square makes half the slider sound like half.
        return {channel: 0.0 if self._muted else (p / 100) ** 2 for channel, p in self._percent.items()}

    def _mix_sounding(self, count: int) -> Frames:
        mixed = np.zeros(count, np.float32)
        reached = {}
        for channel, goal in self._goal.items():
            gain, reached[channel] = _glide(self._gain[channel], goal, count)
            for piece in self._sounding:
                if piece.channel is channel:
                    _add(mixed, piece, self._written, gain)
        self._gain = reached
        part = self._tail[:count]
        mixed[: part.size] += part
        self._tail = self._tail[count:]
        return mixed


def _glide(now: float, goal: float, count: int) -> tuple[Frames | float, float]:
    """Give the gain of each of the next frames, and where it has come to after them."""
    if now == goal:
        return goal, goal
    reached = now + (goal - now) * min(1.0, count / _GLIDE)
    ramp = np.full(count, reached, np.float32)
    steps = min(count, _GLIDE)
    ramp[:steps] = np.linspace(now, reached, steps, endpoint=False, dtype=np.float32)
    return ramp, reached


def _pack(mixed: Frames) -> bytes:
    return np.clip(np.rint(mixed), -_LOUDEST, _LOUDEST).astype(np.int16).tobytes()


def _add(mixed: Frames, piece: _Piece, written: int, gain: Frames | float) -> None:
    begin = max(piece.start - written, 0)
    skip = max(written - piece.start, 0)
    part = piece.pcm[skip : skip + max(mixed.size - begin, 0)]
    scale = gain if isinstance(gain, float) else gain[begin : begin + part.size]
    mixed[begin : begin + part.size] += part * scale
