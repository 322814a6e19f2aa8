"""Mixes scheduled sounds into one stream of frames, each at its exact frame.

Knows no device and no Qt. Its lock is held for as long as one block takes to mix, well under a millisecond.
Plain Python: numpy mixes faster what is heard now and then, and costs 18 MiB for as long as the program runs.
"""

from array import array
from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import add
from threading import Lock

from chain_timer.sound.speaker import STREAM_RATE, Channel, Dropped

Frames = list[int]

_MS = STREAM_RATE // 1_000
_FADE = 5 * _MS
_GLIDE = 10 * _MS
"""How long a change of volume takes, so that it is no click."""
_LATEST = {Channel.VOICE: 1_500 * _MS, Channel.TONE: 50 * _MS}
"""Later than this, words would only confuse, and a tone tells a wrong second."""
_LOUDEST = 32_767
_FRAME_BYTES = 2
_UNIT_BITS = 15
_UNIT = 1 << _UNIT_BITS
"""The gain that changes nothing: whole numbers are the quickest."""


@dataclass(order=True, slots=True)
class _Piece:
    at_ns: int
    order: int
    pcm: bytes = field(compare=False)
    channel: Channel = field(compare=False)
    start: int = field(default=0, compare=False)
    """Its first frame of the stream, once it has begun."""

    @property
    def end(self) -> int:
        return self.start + len(self.pcm) // _FRAME_BYTES

    def frames(self, begin: int, end: int) -> "array[int]":
        """Its frames between two frames of the stream."""
        part = array("h")
        part.frombytes(self.pcm[(begin - self.start) * _FRAME_BYTES : (end - self.start) * _FRAME_BYTES])
        return part


class Mixer:
    """A stream without end: whoever reads it gets silence, or what was scheduled."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pending: list[_Piece] = []
        self._sounding: list[_Piece] = []
        self._tail: Frames = []
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
        whole = pcm[: len(pcm) // _FRAME_BYTES * _FRAME_BYTES]
        with self._lock:
            self._order += 1
            insort(self._pending, _Piece(at_ns, self._order, whole, channel))

    def cancel_pending(self) -> tuple[Dropped, ...]:
        with self._lock:
            dropped = tuple((piece.at_ns, piece.channel) for piece in self._pending)
            self._pending.clear()
            return dropped

    def silence(self, rest_frames: int = 0) -> int:
        """Fade out what sounds, drop the rest, and begin nothing new for some frames.

        Answers with the first frame that this is true of.
        """
        with self._lock:
            self._pending.clear()
            tail = self._mix_sounding(_FADE)
            self._tail = [
                frame * left // _FADE for frame, left in zip(tail, range(_FADE, 0, -1), strict=True)
            ]
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
                self._tail = []
            return self._written

    def restart(self) -> None:
        """Count frames from zero again, for a new stream; what was begun is lost with the old one."""
        with self._lock:
            self._written = self._not_before = 0
            self._sounding.clear()
            self._tail = []

    def read(self, count: int, frame_at: Callable[[int], int] | None) -> bytes:
        """The next ``count`` frames. ``frame_at`` maps the clock (ns) to frames; None begins nothing yet."""
        with self._lock:
            if frame_at is not None and self._pending:
                self._begin_due(self._written + count, frame_at)
            if self._sounding or self._tail:
                block = array("h", self._mix_sounding(count)).tobytes()
                self._sounding = [piece for piece in self._sounding if piece.end > self._written + count]
            else:
                # Nearly always: so it has to cost nearly nothing.
                block = bytes(_FRAME_BYTES * count)
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

    def _goals(self) -> Mapping[Channel, int]:
        # Loudness is heard by ratios: the square makes half the slider sound like half.
        return {c: 0 if self._muted else round((p / 100) ** 2 * _UNIT) for c, p in self._percent.items()}

    def _mix_sounding(self, count: int) -> Frames:
        parts: list[tuple[int, Frames]] = []
        reached = {}
        for channel, goal in self._goal.items():
            gain, reached[channel] = _glide(self._gain[channel], goal, count)
            parts += [self._part(p, gain, count) for p in self._sounding if p.channel is channel]
        self._gain = reached
        parts.append((0, self._tail[:count]))
        self._tail = self._tail[count:]
        return _sum(parts, count)

    def _part(self, piece: _Piece, gain: int | Frames, count: int) -> tuple[int, Frames]:
        """Give what of a piece falls into the next frames, as loud as it is heard, and where it begins."""
        begin = max(piece.start, self._written)
        at = begin - self._written
        frames = piece.frames(begin, max(begin, self._written + count))
        if isinstance(gain, int):
            return at, _scaled(frames, gain)
        return at, [frame * each >> _UNIT_BITS for frame, each in zip(frames, gain[at:], strict=False)]


def _glide(now: int, goal: int, count: int) -> tuple[int | Frames, int]:
    """Give the gain of each of the next frames, and where it has come to after them."""
    if now == goal:
        return goal, goal
    steps = min(count, _GLIDE)
    reached = now + (goal - now) * steps // _GLIDE
    if reached == now:
        return goal, goal
    ramp = [now + (goal - now) * step // _GLIDE for step in range(steps)]
    return ramp + [reached] * (count - steps), reached


def _scaled(frames: "array[int]", gain: int) -> Frames:
    if gain == _UNIT:
        return frames.tolist()
    if gain == 0:
        return [0] * len(frames)
    half = _UNIT // 2
    return [frame * gain + half >> _UNIT_BITS for frame in frames]


def _sum(parts: list[tuple[int, Frames]], count: int) -> Frames:
    """Add parts up, each from its own frame on; too much is cut and never wraps."""
    mixed = [0] * count
    heard = [(at, frames) for at, frames in parts if frames]
    for at, frames in heard:
        place = slice(at, at + len(frames))
        # What sounds alone is nearly everything, and quicker put than added.
        mixed[place] = frames if len(heard) == 1 else map(add, mixed[place], frames)
    if len(heard) > 1 and (max(mixed) > _LOUDEST or min(mixed) < -_LOUDEST):
        return [max(-_LOUDEST, min(_LOUDEST, frame)) for frame in mixed]
    return mixed
