"""Steering: what each key does to a session, and what the person is told about it."""

from collections.abc import Callable

from chain_timer.conductor import Conductor
from chain_timer.routine.routine import Coaching
from chain_timer.session.clock import NANOSECONDS_A_MS, Clock
from chain_timer.session.events import State
from chain_timer.terminal.keys import ENTER, ESCAPE, INTERRUPT, LEFT, RIGHT
from chain_timer.terminal.outline import Outline
from chain_timer.units import SECOND_MS

STEP_MS = 5 * SECOND_MS
ANSWER_MS = 3 * SECOND_MS
"""How long a person is told what a key did."""
NOTICE_MS = 15 * SECOND_MS
_QUESTION = " Leave the session?  y leaves, any other key goes on "
_LEVELS = (Coaching.FULL, Coaching.CUES, Coaching.NAMES, Coaching.SILENT)
_COACHED = {
    Coaching.FULL: "The coach says every step",
    Coaching.CUES: "The coach says names and key cues",
    Coaching.NAMES: "The coach says names only",
    Coaching.SILENT: "The coach is silent, the tones go on",
}


class Steering:
    """Hears keys. :attr:`left` and :attr:`interrupted` tell when the person wants to go."""

    def __init__(
        self, conductor: Conductor, clock: Clock, set_muted: Callable[[bool], None], *, muted: bool
    ) -> None:
        self._conductor = conductor
        self._clock = clock
        self._set_muted = set_muted
        self._notice = ""
        self._notice_until_ns = 0
        self._outline = Outline(conductor.timeline)
        self._keys: dict[str, Callable[[], None]] = {
            " ": conductor.toggle,
            ENTER: self._done,
            "n": conductor.next,
            RIGHT: conductor.next,
            "p": conductor.back,
            LEFT: conductor.back,
            "r": conductor.restart,
            "+": self._more,
            "=": self._more,
            "-": self._less,
            "_": self._less,
            "m": self._mute,
            "c": self._coach_next,
            "?": self._show_keys,
            "h": self._show_keys,
            "q": self._ask,
            ESCAPE: self._escape,
        }
        self.muted = muted
        self.asking = False
        self.shows_keys = False
        self.left = False
        self.interrupted = False

    # --- what is -------------------------------------------------------------------------------------

    @property
    def question(self) -> str:
        return _QUESTION if self.asking else ""

    @property
    def notice(self) -> str:
        """What the person is told at present."""
        return self._notice if self._clock.now_ns() < self._notice_until_ns else ""

    @property
    def outline(self) -> Outline:
        """The outline of the timeline that plays now."""
        if self._outline.timeline is not self._conductor.timeline:
            self._outline = Outline(self._conductor.timeline)
        return self._outline

    # --- what happens --------------------------------------------------------------------------------

    def tell(self, text: str, length_ms: int = NOTICE_MS) -> None:
        self._notice = text
        self._notice_until_ns = self._clock.now_ns() + length_ms * NANOSECONDS_A_MS

    def press(self, key: str) -> None:
        """Do what a key says; keys without a meaning do nothing."""
        if key == INTERRUPT:
            self.interrupted = True
        elif self.asking:
            self.asking = False
            self.left = key in {"y", "q", ENTER}
        elif key in {"1", "2", "3", "4"}:
            self._coach(_LEVELS[int(key) - 1])
        elif key in self._keys:
            if self.shows_keys and key != ESCAPE:
                self.shows_keys = key in {"?", "h"}
            self._keys[key]()

    def _done(self) -> None:
        # Enter is pressed too easily to pause by it, and "done" cannot be meant otherwise.
        if self._conductor.player.state is State.WAITING:
            self._conductor.done()

    def _more(self) -> None:
        self._add(STEP_MS)

    def _less(self) -> None:
        self._add(-STEP_MS)

    def _add(self, added_ms: int) -> None:
        player = self._conductor.player
        before, index = player.timeline, player.index
        self._conductor.add_time(added_ms)
        if player.timeline is before and player.index == index:
            self.tell("This part keeps its length", ANSWER_MS)
        else:
            self.tell(f"{abs(added_ms) // SECOND_MS} seconds {'more' if added_ms > 0 else 'less'}", ANSWER_MS)

    def _mute(self) -> None:
        self.muted = not self.muted
        self._set_muted(self.muted)
        self.tell("Sound off" if self.muted else "Sound on", ANSWER_MS)

    def _coach_next(self) -> None:
        self._coach(_LEVELS[(_LEVELS.index(self._conductor.coaching) + 1) % len(_LEVELS)])

    def _coach(self, level: Coaching) -> None:
        self._conductor.set_coaching(level)
        self.tell(_COACHED[level], ANSWER_MS)

    def _show_keys(self) -> None:
        self.shows_keys = not self.shows_keys

    def _escape(self) -> None:
        if self.shows_keys:
            self.shows_keys = False
        else:
            self._ask()

    def _ask(self) -> None:
        player = self._conductor.player
        begun = player.state is not State.READY and self.outline.begun(player.index)
        if begun and player.state is not State.FINISHED:
            self.asking = True
        else:
            self.left = True
