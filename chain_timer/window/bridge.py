"""The bridge: the one place that knows both the pages and what is behind them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_timer.window.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from chain_timer.figure.figures import Figures
    from chain_timer.routine.library import Library
    from chain_timer.routine.routine import Coaching, Routine
    from chain_timer.system.settings import Settings
    from chain_timer.timeline.options import Options
    from chain_timer.timeline.timeline import Timeline
    from chain_timer.window.exercise_bridge import ExerciseBridge
    from chain_timer.window.frame import Frame
    from chain_timer.window.library_bridge import LibraryBridge
    from chain_timer.window.look import Look
    from chain_timer.window.own_pictures import OwnPictures
    from chain_timer.window.own_things import OwnThings
    from chain_timer.window.parts import WindowParts
    from chain_timer.window.player_page import PlayerPage
    from chain_timer.window.session_bridge import SessionBridge
    from chain_timer.window.settings_bridge import SettingsBridge
    from chain_timer.window.setup_bridge import SetupBridge
    from chain_timer.window.stills import Stills

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
        self._player: PlayerPage | None = None
        self._settings: SettingsBridge | None = None
        self._exercises: ExerciseBridge | None = None
        self._session: SessionBridge | None = None
        self._again: tuple[Routine, Options, int] | None = None
        """What is played, for once more: routine, options, and where it began."""
        self._after: QWidget | None = None
        """The page to come back to; None for the library."""
        self._forget_settings = parts.store.on_change(self._hear_settings)
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
        return self._session

    @property
    def player(self) -> PlayerPage | None:
        return self._player

    def begin(self) -> None:
        """Do what the first paint did not need: own files, and the routine to open on."""
        from chain_timer.routine.names import read_about

        self.open_library()
        self._frame.library.show_safety(read_about().safety)
        self._frame.listen_for_keys()
        self._shelves.listed.connect(self._load_figures)
        self._shelves.begin()
        if self._own is not None:
            self._own.serve_library(self._frame.library)
            self._shelves.looked.connect(self._own.show_wanted)
            self._frame.files_dropped.connect(self._own.exchange.bring_in)
            self._own.offer_drafts()
            if self._parts.bring_in:
                self._own.exchange.bring_in(self._parts.bring_in)
        if self._parts.open_on is not None:
            self.open_routine(self._parts.open_on)

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
        self._forget_settings()
        if self._session is not None:
            self._session.close()

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
            self._show_settings()
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
            setup.start_requested.connect(self._start)
            if self._own is not None:
                self._own.serve_setup(setup)
            setup.show_stills(self._stills)
            self._look.dress(setup.page)
        return self._setup

    # --- own routines and exercises ------------------------------------------------------------------

    @cached_property
    def _own(self) -> OwnThings | None:
        if self._parts.keeping is None:
            return None
        from chain_timer.window.editor_bridge import Layout
        from chain_timer.window.own_things import OwnThings
        from chain_timer.window.ways import Ways

        layout = Layout(self._parts.options_for, self._parts.compile, self._background)
        ways = Ways(
            library=lambda: self._library,
            facts=lambda: self._shelves.facts,
            show_library=self._show_library,
            open_routine=self.open_routine,
            play=self._play_from,
            show_exercises=self._show_exercise,
            look_again=self.library_changed,
            take_file=self.library_changed,
        )
        return OwnThings(
            self._frame,
            keeping=self._parts.keeping(),
            giving=None if self._parts.giving is None else self._parts.giving(),
            look=self._look,
            layout=layout,
            stills=lambda: self._stills,
            ways=ways,
        )

    def _play_from(self, routine: Routine, options: Options, position_ms: int, page: QWidget) -> None:
        self._start(routine, options, position_ms)
        self._after = page

    def _show_exercise(self, exercise_id: str) -> None:
        self._show_exercises()
        if self._exercises is not None and exercise_id:
            self._exercises.page.choose(exercise_id)

    # --- the session ---------------------------------------------------------------------------------

    def _start(self, routine: Routine, options: Options, position_ms: int = 0) -> None:
        session = self._session_bridge()
        page = self._player
        if page is None:
            return
        self._after = None
        self._shelves.rest()
        self._again = (routine, options, position_ms)
        self._frame.show_page(page)
        page.show_muted(self._parts.store.settings.muted)
        page.show_full_screen(self._frame.isFullScreen())
        session.begin(self._parts.make_conductor(routine, options), position_ms)

    def _start_again(self) -> None:
        after = self._after
        if self._again is not None:
            self._start(*self._again)
            self._after = after

    def _session_bridge(self) -> SessionBridge:
        if self._session is None:
            from chain_timer.window.player_page import PlayerPage
            from chain_timer.window.session_bridge import SessionBridge

            self._player = page = PlayerPage(self._frame)
            page.stage.show_pictures(self._pictures)
            self._session = session = SessionBridge(page, self._library.names, self._figures, self)
            session.ended.connect(self._after_session)
            session.again_requested.connect(self._start_again)
            session.coaching_chosen.connect(self._take_coaching)
            page.mute_requested.connect(self._toggle_mute)
            page.full_screen_requested.connect(self._toggle_full_screen)
            self._look.dress(page)
        return self._session

    def _after_session(self) -> None:
        self._shelves.go_on()
        if self._frame.isFullScreen():
            self._frame.toggle_full_screen()
        if self._after is not None:
            self._frame.show_page(self._after)
            return
        self._show_library()
        if self._setup is not None and self._setup.routine is not None:
            self._frame.library.choose(self._setup.routine.id)

    def _take_coaching(self, coaching: Coaching) -> None:
        if self._again is not None:
            routine, options, position_ms = self._again
            self._again = (routine, replace(options, coaching=coaching), position_ms)
        # What is tried out in the editor says nothing about the routine's next session.
        if self._setup is not None and self._after is None:
            self._setup.take_coaching(coaching)

    def _toggle_mute(self) -> None:
        self._parts.store.change(muted=not self._parts.store.settings.muted)

    def _toggle_full_screen(self) -> None:
        full = self._frame.toggle_full_screen()
        if self._player is not None:
            self._player.show_full_screen(full)

    # --- exercises -----------------------------------------------------------------------------------

    def _show_exercises(self) -> None:
        if self._exercises is None:
            from chain_timer.window.exercise_bridge import ExerciseBridge
            from chain_timer.window.exercise_page import ExercisePage

            page = ExercisePage(self._frame)
            page.detail.show_pictures(self._pictures)
            page.back_requested.connect(self._show_library)
            own = self._own
            if own is not None:
                own.exercises.serve(page)
            is_own = own.exercises.is_own if own is not None else lambda _id: False
            self._exercises = ExerciseBridge(page, self._figures, self._stills, is_own, self)
            self._exercises.missed.connect(self._shelves.missed)
            self._look.dress(page)
        self._exercises.show_facts(self._shelves.facts)
        self._frame.show_page(self._exercises.page, "exercises")

    # --- settings ------------------------------------------------------------------------------------

    def _show_settings(self) -> None:
        if self._settings is None:
            from chain_timer.window.settings_bridge import SettingsBridge

            self._settings = SettingsBridge(self._frame, self._parts, self._background)
            self._look.dress(self._settings.page)
        self._settings.show(self._parts.store.settings)
        self._frame.show_page(self._settings.page, "settings")

    def _hear_settings(self, settings: Settings, changed: frozenset[str]) -> None:
        if "theme" in changed:
            self._look.choose(settings.theme)
        if "motion" in changed:
            self._look.choose_motion(settings.motion)
        if "muted" in changed and self._player is not None:
            self._player.show_muted(settings.muted)
        if self._settings is not None:
            self._settings.show(settings)
        if changed & {"prepare", "rest", "coaching", "rate"}:
            self._frame.library.forget_outlines()


def _load_figures() -> None:
    """Load what draws figures: 80 ms, which the window's own thread does not have at once."""
    import chain_timer.window.stills  # noqa: F401 - to have it loaded
