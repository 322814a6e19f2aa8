"""The player: a session as it is followed, from the desk and from the mat."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from chain_timer.drawing.strip import Block
from chain_timer.drawing.text import font
from chain_timer.drawing.theme import BODY, LEAD, TITLE
from chain_timer.figure.choreography import Shot
from chain_timer.routine.routine import Coaching
from chain_timer.session.events import State
from chain_timer.units import SECOND_MS
from chain_timer.window.announcing import announce
from chain_timer.window.basics import Line
from chain_timer.window.countdown import Countdown
from chain_timer.window.enter import pressed_by_enter
from chain_timer.window.finish_view import FinishView
from chain_timer.window.heading import Heading
from chain_timer.window.player_bars import Controls, KeySheet, LeaveBar, NoticeStrip, TopBar
from chain_timer.window.player_facts import Moment, SegmentFacts
from chain_timer.window.player_keys import Wish, wish_of
from chain_timer.window.player_layout import COMPACT, Places, heading_width, place_all, scale_of
from chain_timer.window.session_strip import SessionStrip
from chain_timer.window.stage import Stage
from chain_timer.window.steps import Steps
from chain_timer.window.veil import Veil

_ADDED_MS = 5 * SECOND_MS


class PlayerPage(QWidget):
    """Told segments, moments and states; asks for everything a person can do in a session."""

    toggle_requested = Signal()
    pause_requested = Signal()
    done_requested = Signal()
    back_requested = Signal()
    next_requested = Signal()
    restart_requested = Signal()
    add_time_requested = Signal(int)
    seek_requested = Signal(int)
    mute_requested = Signal()
    full_screen_requested = Signal()
    coaching_requested = Signal(str)
    next_coaching_requested = Signal()
    leave_requested = Signal()
    """A person wants to leave; the answer may be :meth:`ask_to_leave`."""
    left = Signal()
    """A person left, having been asked where that was needed."""
    again_requested = Signal()
    felt = Signal(object, str)
    """How a session felt, if it was told, and a note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.top = TopBar(self)
        self.stage = Stage(self)
        self.heading = Heading(self)
        self.countdown = Countdown(self)
        self.done = QPushButton(self.tr("Done"), self)
        self.steps = Steps(self)
        self.strip = SessionStrip(self)
        self.next_line = Line(self, quiet=True)
        self.controls = Controls(self)
        self.hint = Line(self, quiet=True)
        self.veil = Veil(self)
        self.finish = FinishView(self)
        self.leave_bar = LeaveBar(self)
        self.notice = NoticeStrip(self)
        self.keys = KeySheet(self)
        self._state = State.READY
        self._get_ready = False
        self._facts: SegmentFacts | None = None
        self._prepare()
        self._connect()

    # --- told ----------------------------------------------------------------------------------------

    def show_routine(self, name: str, blocks: Sequence[Block]) -> None:
        """Begin anew with a routine, or take its changed blocks."""
        self.top.name.show_text(name)
        self.strip.show_blocks(blocks)

    def begin(self) -> None:
        """Forget what the last session left here."""
        self.finish.begin()
        self.leave_bar.hide()
        self.notice.hide()
        self.keys.hide()
        self._facts = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_segment(self, facts: SegmentFacts) -> None:
        if facts == self._facts:
            return
        before, self._facts = self._facts, facts
        self.heading.show_segment(facts.kind, facts.kind_word, facts.name, facts.side, facts.muscles)
        self.countdown.show_kind(facts.kind)
        self.stage.show_muscles(facts.muscles, facts.links)
        self.steps.show_steps(facts.kind, facts.steps, facts.lit)
        self.top.show_place(facts.place)
        following = self.tr("Next  {what}").format(what=facts.next_text) if facts.next_text else ""
        self.next_line.show_text(following)
        self._place()
        if before is None or before.announcement != facts.announcement:
            announce(self, facts.announcement)

    def show_moment(self, moment: Moment) -> None:
        """Show digits, ring and playhead; what looks as before is not painted."""
        if self.finish.isVisible():
            # It covers all of them.
            return
        self.countdown.show_digits(moment.digits, moment.suffix, moment.caption)
        self.countdown.show_fraction(moment.fraction)
        self.strip.show_position(moment.position_ms)
        self.top.show_left(moment.left)

    def show_shot(self, shot: Shot | None, strength: float = 1.0) -> None:
        """Show what the figure does, and how brightly its muscles glow (0 to 1)."""
        self.stage.show_shot(shot, strength)

    def light_step(self, index: int | None) -> None:
        self.steps.light(index)

    def show_state(self, state: State, *, get_ready: bool = False) -> None:
        changed = state is not self._state
        self._state, self._get_ready = state, get_ready
        paused = state is State.PAUSED
        self.countdown.show_dimmed(paused)
        self.veil.setVisible(paused)
        self.done.setVisible(state is State.WAITING)
        icon, name = {
            State.PLAYING: ("pause", self.tr("Pause")),
            State.WAITING: ("check", self.tr("Done")),
        }.get(state, ("play", self.tr("Go on")))
        self.controls.show_icon(icon, name)
        self._place()
        if changed and paused:
            announce(self, self.tr("Paused"))

    def show_finish(self, name: str, done: str, blocks: Sequence[Block]) -> None:
        self.leave_bar.hide()
        self.finish.show_done(name, done, blocks)
        self._place()
        self.finish.show()
        self.stage.hide()
        self.finish.raise_()
        self.notice.raise_()
        self.finish.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_finish(self) -> None:
        if self.finish.isVisible():
            self.finish.hide()
            self._place()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_muted(self, muted: bool) -> None:  # noqa: FBT001 - the one thing it says
        self.top.show_muted(muted)

    def show_full_screen(self, full: bool) -> None:  # noqa: FBT001 - the one thing it says
        self.top.show_full_screen(full)

    def show_notice(self, text: str, *, passing: bool = False) -> None:
        self.notice.show_notice(text, passing=passing)
        self._place_overlays()
        announce(self, text)

    def show_coaching(self, level: Coaching) -> None:
        self.show_notice(
            {
                Coaching.FULL: self.tr("Coaching: full. Every step is said."),
                Coaching.CUES: self.tr("Coaching: cues. Names, reminders and the count."),
                Coaching.NAMES: self.tr("Coaching: names. Only what comes next."),
                Coaching.SILENT: self.tr("Coaching: silent. Tones alone."),
            }[level],
            passing=True,
        )

    def ask_to_leave(self, question: str) -> None:
        self.leave_bar.ask(question)
        self._place_overlays()

    # --- asked ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if pressed_by_enter(self, event):
            return
        wish = wish_of(event.key(), event.modifiers(), repeated=event.isAutoRepeat())
        if wish is None:
            super().keyPressEvent(event)
            return
        if self.finish.isVisible() and wish is Wish.TOGGLE:
            self.finish.close_button.click()
            return
        self._grant(wish)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _grant(self, wish: Wish) -> None:
        if wish is Wish.LEAVE:
            self._step_out()
        elif wish is Wish.KEYS:
            self._show_keys(shown=not self.keys.isVisible())
        elif wish in {Wish.LONGER, Wish.SHORTER}:
            self.add_time_requested.emit(_ADDED_MS if wish is Wish.LONGER else -_ADDED_MS)
        elif wish in _LEVELS:
            self.coaching_requested.emit(_LEVELS[wish])
        else:
            {
                Wish.TOGGLE: self.toggle_requested,
                Wish.PAUSE: self.pause_requested,
                Wish.BACK: self.back_requested,
                Wish.NEXT: self.next_requested,
                Wish.RESTART: self.restart_requested,
                Wish.MUTE: self.mute_requested,
                Wish.FULL_SCREEN: self.full_screen_requested,
                Wish.NEXT_LEVEL: self.next_coaching_requested,
            }[wish].emit()

    def _step_out(self) -> None:
        """Close the nearest thing that is open; where none is, leave."""
        if self.keys.isVisible():
            self._show_keys(shown=False)
        elif self.leave_bar.isVisible():
            self._keep_going()
        elif self.finish.isVisible():
            self.left.emit()
        elif self.window().isFullScreen():
            self.full_screen_requested.emit()
        else:
            self.leave_requested.emit()

    def _show_keys(self, *, shown: bool) -> None:
        self.keys.setVisible(shown)
        self.keys.raise_()
        self._place_overlays()

    def _keep_going(self) -> None:
        self.leave_bar.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- put together --------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self.done.setObjectName("primary")
        self.done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.done.hide()
        self.veil.show_text(self.tr("Paused"), self.tr("Space goes on"))

    def _connect(self) -> None:
        self.top.leave_requested.connect(self.leave_requested)
        self.top.mute_requested.connect(self.mute_requested)
        self.top.full_screen_requested.connect(self.full_screen_requested)
        self.controls.back_requested.connect(self.back_requested)
        self.controls.toggle_requested.connect(self.toggle_requested)
        self.controls.next_requested.connect(self.next_requested)
        self.strip.seek_requested.connect(self.seek_requested)
        self.done.clicked.connect(self.done_requested)
        self.leave_bar.kept.connect(self._keep_going)
        self.leave_bar.left.connect(self.left)
        self.finish.again_requested.connect(self.again_requested)
        self.finish.closed.connect(self.left)
        self.finish.felt.connect(self.felt)

    def _place(self) -> None:
        width, height = self.width(), self.height()
        scale = scale_of(width, height)
        self.heading.set_scale(scale.big, muscles=False)
        room = heading_width(width, height)
        waiting = self._state is State.WAITING
        self.steps.set_scale(max(0.9, scale.big))
        needed = self.steps.height_for(room)
        places = place_all(width, height, self.heading.height_for(room), needed, waiting=waiting)
        named = places.stage is not None and places.stage.height() >= COMPACT
        if not named and places.steps.height() > 90:  # noqa: PLR2004 - two lines to spare
            self.heading.set_scale(scale.big, muscles=True)
            places = place_all(width, height, self.heading.height_for(room), needed, waiting=waiting)
        self._apply(places)
        self._place_overlays()

    def _apply(self, places: Places) -> None:
        small = places.scale.small
        for widget, place in (
            (self.top, places.top),
            (self.stage, places.stage),
            (self.heading, places.heading),
            (self.countdown, places.ring),
            (self.done, places.done),
            (self.steps, places.steps),
            (self.strip, places.strip),
            (self.next_line, places.next_line),
            (self.controls, places.controls),
            (self.hint, places.hint),
            (self.veil, places.veil),
        ):
            self._put(widget, place)
        self.done.setVisible(places.done is not None)
        self.top.set_scale(small)
        self.stage.set_scale(places.scale.big)
        self.veil.set_scale(places.scale.big)
        self.controls.set_height(places.controls.height())
        self.next_line.set_look(font(LEAD * small, QFont.Weight.DemiBold))
        self.hint.set_look(font(BODY * small), Qt.AlignmentFlag.AlignRight)
        self._show_hint()
        self.done.setFont(font(TITLE * small, QFont.Weight.DemiBold))
        self.veil.raise_()

    def _show_hint(self) -> None:
        """Name the keys that count, as many as there is room for."""
        space = {
            State.PAUSED: self.tr("Space goes on"),
            State.WAITING: self.tr("Space is done"),
        }.get(self._state, self.tr("Space pause"))
        self.hint.show_text(space + self.tr("   ← → step   + \u2212 5 s   ? keys"))
        if self.hint.sizeHint().width() > self.hint.width():
            self.hint.show_text(space + self.tr("   ? keys"))

    def _put(self, widget: QWidget, place: QRect | None) -> None:
        if place is None:
            widget.hide()
            return
        widget.setGeometry(place)
        if widget is self.hint or (widget is self.stage and not self.finish.isVisible()):
            widget.show()

    def _place_overlays(self) -> None:
        width, height = self.width(), self.height()
        self.finish.setGeometry(self.rect())
        room = min(720, width - 16)
        for overlay, bottom in ((self.leave_bar, False), (self.notice, True)):
            tall = min(max(overlay.heightForWidth(room), overlay.sizeHint().height()), height // 2)
            top = height - tall - 8 if bottom and self.finish.isVisible() else 2
            if bottom and not self.finish.isVisible():
                top = max(6, self.strip.y() - tall - 6)
            overlay.setGeometry((width - room) // 2, top, room, tall)
        wanted = self.keys.sizeHint()
        size = wanted.boundedTo(self.size())
        self.keys.setGeometry(
            (width - size.width()) // 2, (height - size.height()) // 2, size.width(), size.height()
        )


_LEVELS = {
    Wish.FULL: Coaching.FULL.value,
    Wish.CUES: Coaching.CUES.value,
    Wish.NAMES: Coaching.NAMES.value,
    Wish.SILENT: Coaching.SILENT.value,
}
