"""The bridge: the one place that knows both the pages and what is behind them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_timer.window.background import Background
from chain_timer.window.settings_desk import SettingsDesk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chain_timer.figure.figures import Figures
    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Coaching, Routine
    from chain_timer.session.journal import Left
    from chain_timer.system.settings import Settings
    from chain_timer.timeline.options import Options
    from chain_timer.timeline.timeline import Timeline
    from chain_timer.window.exercise_bridge import ExerciseBridge
    from chain_timer.window.frame import Frame
    from chain_timer.window.history_desk import HistoryDesk
    from chain_timer.window.library_bridge import LibraryBridge
    from chain_timer.window.look import Look
    from chain_timer.window.own_pictures import OwnPictures
    from chain_timer.window.own_things import OwnThings
    from chain_timer.window.parts import WindowParts
    from chain_timer.window.player_page import PlayerPage
    from chain_timer.window.session_bridge import SessionBridge
    from chain_timer.window.session_desk import SessionDesk
    from chain_timer.window.setup_bridge import SetupBridge
    from chain_timer.window.stills import Stills
    from chain_timer.window.ways import Ways

# ruff: noqa: PLC0415 - pages are imported when they are first shown: the library must be there at once


class Bridge(QObject):
    """Lives as long as the window. What it shows begins after the first paint, with :meth:`begin`."""

    def __init__(self, frame: Frame, look: Look, parts: WindowParts) -> None:
        super().__init__(frame)
        self._frame = frame
        self._look = look
        self._parts = parts
        self._background = Background(self)
        self._setup: SetupBridge | None = None
        self._exercises: ExerciseBridge | None = None
        self.settings = SettingsDesk(frame, look, parts, self._background)
        self.settings.changed.connect(self._hear_settings)
        self.settings.restored.connect(self._take_restored)
        self.settings.welcome_requested.connect(self._show_welcome)
        look.changed.connect(self._dress)
        frame.page_requested.connect(self._show_page)
        frame.closing.connect(self.close)
        frame.library.routine_opened.connect(self._open_by_id)
        look.dress(frame)

    @cached_property
    def _figures(self) -> Figures:
        from chain_timer.figure.figures import Figures

        return Figures.built_in()

    @property
    def session(self) -> SessionBridge | None:
        """What leads through a session; None before the first one."""
        return self._sessions.session if self._has_sessions else None

    @property
    def player(self) -> PlayerPage | None:
        return self._sessions.page if self._has_sessions else None

    @property
    def _has_sessions(self) -> bool:
        return "_sessions" in self.__dict__

    def begin(self) -> None:
        """Do what the first paint did not need: own files, and the routine to open on."""
        if self._parts.is_first:
            self._show_welcome(self._begin)
        else:
            self._begin()

    def _begin(self) -> None:
        from chain_timer.routine.names import read_about

        self.open_library()
        self._frame.library.show_safety(read_about().safety)
        self._frame.listen_for_keys()
        self._shelves.listed.connect(self._load_figures)
        self._shelves.begin()
        own = self._own
        if own is not None:
            own.begin(self._parts.bring_in)
            self._shelves.looked.connect(own.show_wanted)
        offer_drafts = own.offer_drafts if own is not None else lambda: None
        if self._past is None:
            offer_drafts()
        else:
            self._past.resuming.settled.connect(offer_drafts)
            self._past.resuming.look(self._library.names)
        if self._parts.open_on is not None:
            self.open_routine(self._parts.open_on)

    @cached_property
    def _past(self) -> HistoryDesk | None:
        keeper, now = self._parts.keeper, self._parts.now
        if keeper is None or now is None:
            return None
        from chain_timer.window.history_desk import HistoryDesk

        history, ways = self._parts.history, self._ways
        made = HistoryDesk(self._frame, self._look, keeper=keeper(), now=now, history=history, ways=ways)
        made.resuming.go_on_requested.connect(self._go_on_with)
        return made

    def open_library(self) -> None:
        """Show the routines that ship, ready for keys."""
        self._shelves.open()
        self._look.dress(self._frame.library)

    def _load_figures(self) -> None:
        """Load what draws figures, when nothing that is seen before them takes longer for it."""
        self._background.run(_load_figures, lambda _none: self._show_stills())

    def _show_stills(self) -> None:
        """Have the cards show figures, each as soon as it is drawn."""
        self._frame.library.grid.show_stills(self._stills.picture)
        self._stills.drawn.connect(self._frame.library.grid.refresh)

    @cached_property
    def _stills(self) -> Stills:
        from chain_timer.window.stills import Stills

        return Stills(self._figures, self._library.names, self, pictures=self._pictures)

    @cached_property
    def _pictures(self) -> OwnPictures:
        from chain_timer.window.own_pictures import OwnPictures

        return OwnPictures(self._parts.picture_of, self)

    def _dress(self) -> None:
        self._look.dress(self._frame)

    def close(self) -> None:
        """Give back what is held. The window is going."""
        if "_own" in self.__dict__ and self._own is not None:
            self._own.close()
        self._background.close()
        self._shelves.close()
        if "_pictures" in self.__dict__:
            self._pictures.close()
        if "_past" in self.__dict__ and self._past is not None:
            self._past.close()
        self.settings.close()
        if self._has_sessions:
            self._sessions.close()

    # --- the library ---------------------------------------------------------------------------------

    def library_changed(self, path: Path | None = None) -> None:
        """Take what this program did to own files: one it wrote at once, others as soon as they are read.

        What is written is in the library right after; lists show it a moment later.
        """
        self._shelves.changed(path)

    @cached_property
    def _shelves(self) -> LibraryBridge:
        from chain_timer.window.library_bridge import LibraryBridge

        made = LibraryBridge(
            self._frame.library,
            parts=self._parts,
            background=self._background,
            compile_with=self._compile,
            parent=self,
        )
        made.exercises_changed.connect(self._take_exercises)
        return made

    @property
    def _library(self) -> Library:
        return self._shelves.library

    def _take_exercises(self) -> None:
        self._stills.forget()
        if self._exercises is not None:
            self._exercises.show_facts(self._shelves.facts)

    def _compile(self, routine: Routine, options: Options, then: Callable[[Timeline], None]) -> None:
        """Lay a routine out: at once, or aside where that would hold up the window."""
        pieces = routine.pieces(options.rounds)
        self._background.run_if_large(pieces, lambda: self._parts.compile(routine, options), then)

    def _show_page(self, name: str) -> None:
        if name == "settings":
            self.settings.show()
        elif name == "history" and self._past is not None and self._past.has_page:
            self._past.show()
            self._parts.rest()
        elif name == "exercises":
            self._show_exercises()
        else:
            self._show_library()

    def _show_library(self) -> None:
        self._frame.show_page(self._frame.library, "routines")
        self._parts.rest()

    # --- set-up --------------------------------------------------------------------------------------

    def _open_by_id(self, routine_id: str) -> None:
        routine = self._library.by_routine_id.get(routine_id)
        if routine is not None:
            self.open_routine(routine)
        else:
            self._shelves.missed()

    def open_routine(self, routine: Routine) -> None:
        """Show the set-up of a routine."""
        setup = self._setup_bridge()
        setup.show(routine)
        if self._own is not None:
            setup.page.show_standing(self._own.standing_of(routine))
        self._frame.show_page(setup.page)

    def _setup_bridge(self) -> SetupBridge:
        if self._setup is None:
            from chain_timer.window.setup_bridge import SetupBridge

            self._setup = setup = SetupBridge(
                self._frame,
                parts=self._parts,
                names=self._library.names,
                compile_with=self._compile,
                background=self._background,
            )
            setup.page.back_requested.connect(self._show_library)
            setup.remembered.connect(self._frame.library.forget_outlines)
            setup.start_requested.connect(self._play)
            if self._own is not None:
                self._own.serve_setup(setup)
            if self._past is not None:
                self._past.advise(setup)
            setup.show_stills(self._stills)
            self._look.dress(setup.page)
        return self._setup

    # --- own routines and exercises ------------------------------------------------------------------

    @cached_property
    def _ways(self) -> Ways:
        from chain_timer.window.ways import Ways

        return Ways(
            library=lambda: self._library,
            facts=lambda: self._shelves.facts,
            show_library=self._show_library,
            open_routine=self.open_routine,
            play=self._play_from,
            show_exercises=self._show_exercise,
            look_again=self.library_changed,
            take_file=self.library_changed,
        )

    @cached_property
    def _own(self) -> OwnThings | None:
        if self._parts.keeping is None:
            return None
        from chain_timer.window.editor_bridge import Layout
        from chain_timer.window.own_things import OwnThings

        layout = Layout(self._parts.options_for, self._parts.compile, self._background)
        return OwnThings(
            self._frame,
            keeping=self._parts.keeping(),
            giving=None if self._parts.giving is None else self._parts.giving(),
            look=self._look,
            layout=layout,
            stills=lambda: self._stills,
            ways=self._ways,
        )

    def _show_exercise(self, exercise_id: str) -> None:
        self._show_exercises()
        if self._exercises is not None and exercise_id:
            self._exercises.page.choose(exercise_id)

    # --- the session ---------------------------------------------------------------------------------

    def _go_on_with(self, left: Left) -> None:
        routine = left.opening.routine
        if routine is not None:
            self._play(routine, left.opening.options, left=left)

    def _play_from(self, routine: Routine, options: Options, position_ms: int, page: QWidget) -> None:
        self._play(routine, options, position_ms, after=page)

    def _play(
        self,
        routine: Routine,
        options: Options,
        position_ms: int = 0,
        *,
        left: Left | None = None,
        after: QWidget | None = None,
    ) -> None:
        from chain_timer.window.session_desk import Wanted

        self._sessions.start(Wanted(routine, options, position_ms, left, after))

    @cached_property
    def _sessions(self) -> SessionDesk:
        from chain_timer.window.session_desk import SessionDesk

        made = SessionDesk(
            self._frame,
            self._parts,
            names=self._library.names,
            figures=self._figures,
            pictures=self._pictures,
        )
        made.begun.connect(self._make_way)
        made.ended.connect(self._after_session)
        made.coaching_taken.connect(self._take_coaching)
        self._look.dress(made.page)
        return made

    def _make_way(self) -> None:
        """Leave the computer to the session."""
        self._shelves.rest()
        if self._past is not None:
            self._past.resuming.rest()

    def _after_session(self, page: QWidget | None) -> None:
        self._shelves.go_on()
        if page is not None:
            self._frame.show_page(page)
        else:
            self._show_library()
            if self._setup is not None and self._setup.routine is not None:
                self._frame.library.choose(self._setup.routine.id)
        if self._past is not None:
            self._past.resuming.go_on()

    def _take_coaching(self, coaching: Coaching, remembered: bool) -> None:  # noqa: FBT001 - as the signal has it
        if self._setup is not None and remembered:
            self._setup.take_coaching(coaching)

    # --- exercises -----------------------------------------------------------------------------------

    def _show_exercises(self) -> None:
        if self._exercises is None:
            from chain_timer.window.exercise_bridge import exercise_bridge

            own = self._own.exercises if self._own is not None else None
            self._exercises = made = exercise_bridge(
                self._frame, self._figures, self._stills, self._pictures, own
            )
            made.page.back_requested.connect(self._show_library)
            made.missed.connect(self._shelves.missed)
            self._look.dress(made.page)
        self._exercises.show_facts(self._shelves.facts)
        self._frame.show_page(self._exercises.page, "exercises")

    # --- settings and the welcome --------------------------------------------------------------------

    def _hear_settings(self, settings: Settings, changed: frozenset[str]) -> None:
        if "muted" in changed and self._has_sessions:
            self._sessions.show_muted(muted=settings.muted)
        if changed & {"prepare", "rest", "coaching", "rate"}:
            self._frame.library.forget_outlines()

    def _take_restored(self) -> None:
        self.library_changed()
        if self._past is not None:
            self._past.refresh()

    def _show_welcome(self, seen: Callable[[], None] = lambda: None) -> None:
        from chain_timer.window.welcome_bridge import show_welcome

        show_welcome(
            self._frame, self._look, self._parts, background=self._background, ways=self._ways, seen=seen
        )


def _load_figures() -> None:
    """Load what draws figures: 80 ms, which the window's own thread does not have at once."""
    import chain_timer.window.stills  # noqa: F401 - to have it loaded
