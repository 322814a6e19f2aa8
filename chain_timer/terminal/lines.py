"""The terminal face without a terminal: one line for each mark as it comes due."""

import os
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TextIO

from chain_timer.conductor import Conductor
from chain_timer.problems import plain
from chain_timer.session.clock import Clock, SystemClock
from chain_timer.session.events import CueReached, Event, Reason, SegmentStarted, State, StateChanged
from chain_timer.terminal.hands_free import HandsFree
from chain_timer.terminal.keyboard import Keyboard, Taken, keyboard_of
from chain_timer.terminal.signals import INTERRUPTED, Signals
from chain_timer.terminal.steering import Steering
from chain_timer.terminal.summary import summary
from chain_timer.terminal.writing import writer_of
from chain_timer.timeline.transcript import segment_text
from chain_timer.units import countdown_seconds, stamp_text

_TICK_S = 0.05
_STILL_S = 0.5
_LONGEST_WORDS = 600
_CLOSE_WAIT_S = 1.0


def play_as_lines(
    conductor: Conductor,
    out: TextIO | None = None,
    *,
    stdin: TextIO | None = None,
    set_muted: Callable[[bool], None] = lambda _muted: None,
    muted: bool = False,
    clock: Clock | None = None,
) -> int:
    """Play a session as plain lines, with the same keys where there is a keyboard (``stdin`` given).

    A reader that goes away ends the lines and not the session: nobody has asked it to stop.
    """
    heard = clock or SystemClock()
    lines = Lines(out or sys.stdout)
    steering = Steering(conductor, heard, set_muted, muted=muted)
    try:
        with Signals() as signals, Taken(keyboard_of(stdin, signals)) as keyboard:
            Told(conductor, lines, hands_free=not keyboard.present)
            return _play(conductor, steering, keyboard, signals, HandsFree(conductor, heard))
    finally:
        lines.add(summary(conductor.player))
        lines.close()


def _play(
    conductor: Conductor, steering: Steering, keyboard: Keyboard, signals: Signals, hands_free: HandsFree
) -> int:
    player = conductor.player
    conductor.start()
    while player.state is not State.FINISHED:
        moves = player.state is State.PLAYING or conductor.starting or not keyboard.present
        for key in keyboard.keys(_TICK_S if moves else _STILL_S):
            steering.press(key)
        code = INTERRUPTED if steering.interrupted else signals.exit_code
        if code is not None or steering.left:
            if code in {None, INTERRUPTED}:
                conductor.leave()  # by any other signal it is interrupted, and can be gone on with
            return code or 0
        if not keyboard.present:
            hands_free.look()
        conductor.poll()
    return 0


class Told:
    """Tells the events of a session as lines."""

    def __init__(self, conductor: Conductor, lines: "Lines", *, hands_free: bool) -> None:
        self._conductor = conductor
        self._lines = lines
        self._hands_free = hands_free
        conductor.player.listen(self.hear)
        conductor.on_notice = self._notice

    def hear(self, event: Event) -> None:
        if isinstance(event, SegmentStarted):
            segment = self._conductor.timeline.segments[event.index]
            self._line(event.at_ms, segment.kind.value, segment_text(segment))
        elif isinstance(event, CueReached):
            tone = f"[{event.cue.tone}]" if event.cue.tone else ""
            words = plain(event.cue.words, _LONGEST_WORDS)
            self._line(event.at_ms, "say" if words else "tone", f"{words} {tone}".strip())
        elif isinstance(event, StateChanged):
            self._state(event)

    def _state(self, event: StateChanged) -> None:
        if event.state is State.WAITING:
            player = self._conductor.player
            seconds = countdown_seconds(player.timeline.segments[player.index].length_ms)
            how = f"no keyboard: goes on after {seconds} s" if self._hands_free else "until you press Space"
            self._line(event.at_ms, "waiting", how)
        elif event.state is State.PAUSED:
            slept = "the computer slept, " if event.reason is Reason.SLEEP else ""
            self._line(event.at_ms, "paused", f"{slept}{'goes on' if self._hands_free else 'Space goes on'}")
        elif event.state is State.FINISHED:
            self._line(event.at_ms, "end", "")

    def _line(self, at_ms: int, kind: str, text: str) -> None:
        self._lines.add(f"{stamp_text(at_ms):>9}  {kind:<8}  {text}".rstrip())

    def _notice(self, text: str) -> None:
        self._line(self._conductor.player.position_ms(), "notice", plain(text))


class Lines:
    """Writes lines from a thread of its own: a reader that stops reading must not stop a session."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._write = writer_of(out)
        self._queue: SimpleQueue[str] = SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="lines", daemon=True)
        self._thread.start()

    def add(self, line: str) -> None:
        self._queue.put(f"{line}\n")

    def close(self) -> None:
        """Write what is left, as far as the reader takes it."""
        self._queue.put("")
        self._thread.join(_CLOSE_WAIT_S)

    def _write_all(self) -> None:
        try:
            while line := self._queue.get():
                self._write(line)
        except (OSError, ValueError):
            self._let_go()

    def _let_go(self) -> None:
        """Turn the stream to nowhere, so that its end does not complain at the end of the program."""
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._out.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass
