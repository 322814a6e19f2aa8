"""``export``: a routine given out as a file of another kind."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import BinaryIO

from chain_timer.cli.choices import Plan, choices_of, compile_plan, plan
from chain_timer.cli.display import qt_missing
from chain_timer.cli.errors import DONE
from chain_timer.cli.giving_wish import GivingWish, giving_wish_of
from chain_timer.cli.held_signals import signals_held
from chain_timer.cli.home import Home
from chain_timer.cli.output_files import check_file, new_file, write_file
from chain_timer.cli.printing import notice
from chain_timer.cli.progress_line import ProgressLine
from chain_timer.cli.qt_imports import import_qt
from chain_timer.exchange.giving import Given, Sound
from chain_timer.exchange.parcel import Progress
from chain_timer.problems import ChainTimerError, Problem, plain
from chain_timer.routine.exercise import Exercise
from chain_timer.system.folders import Folders

_MOST_LISTED = 20
_LONGEST_LINE = 1_000
_KIB = 1024

MakeSound = Callable[[Progress], Sound]


def give(arguments: Namespace) -> int:
    """Write the file that was asked for, say what is in it, and on stderr what it could not hold."""
    wish = giving_wish_of(arguments)
    for path in filter(None, (wish.out, wish.cue)):
        check_file(path, force=wish.force)
    home, choices = Home(), choices_of(arguments)
    planned = plan(home, home.routine(arguments.name), choices)
    if planned.fitted:
        notice(planned.fitted)
    with _sounding(home, planned, wish, choices.voice) as sound:
        losses = _written(wish, _given(home, planned, wish, sound), sound)
    _tell(losses, None if arguments.all else _MOST_LISTED)
    size = _size_text(wish.out.stat().st_size)
    print(plain(f"{wish.out}: {planned.routine.name}, {wish.format.name}, {size}", _LONGEST_LINE))
    return DONE


class _Heard:
    """Has everything spoken, and remembers what came of it: the cue sheet wants the same timeline."""

    def __init__(self, make: MakeSound) -> None:
        self._make = make
        self.sound: Sound | None = None

    def __call__(self, progress: Progress) -> Sound:
        self.sound = self._make(progress)
        return self.sound


@contextmanager
def _sounding(home: Home, planned: Plan, wish: GivingWish, voice: str | None) -> Iterator[_Heard | None]:
    if not wish.format.is_audio:
        yield None
        return
    from chain_timer.cli.track_speech import track_sound  # noqa: PLC0415 - the voice, only to be heard

    with track_sound(home, planned, voice) as make:
        yield _Heard(make)


def _given(home: Home, planned: Plan, wish: GivingWish, sound: MakeSound | None) -> Given:
    return Given(
        planned.routine,
        cache(partial(compile_plan, home, planned)),
        home.library.names,
        home.built_in.by_exercise_id,
        partial(_picture, home.folders),
        wish.wishes,
        sound,
    )


def _picture(folders: Folders, exercise: Exercise) -> bytes | None:
    if not exercise.picture:
        return None
    try:
        import_qt()
        from chain_timer.cli.own_pictures import picture_bytes  # noqa: PLC0415 - most have none
    except ImportError:
        return None  # which the format tells
    return picture_bytes(folders, exercise)


def _written(wish: GivingWish, given: Given, heard: _Heard | None) -> tuple[Problem, ...]:
    """Write the file, and the cue sheet with it: both or none."""
    with new_file(wish.out) as file:
        losses = _filled(wish, given, file)
        if wish.cue is not None and heard is not None and heard.sound is not None:
            from chain_timer.exchange.audio_chapters import cue_sheet  # noqa: PLC0415 - only with --cue

            text = cue_sheet(heard.sound.timeline, wish.out.name, given.routine.name)
            write_file(wish.cue, text.encode())
    return losses


def _filled(wish: GivingWish, given: Given, file: BinaryIO) -> tuple[Problem, ...]:
    with ProgressLine(f"Writing {wish.out.name}") as line, signals_held() as look:

        def progress(done: int, whole: int) -> None:
            look()
            line(done, whole)

        try:
            if wish.format.id == "pdf":
                import_qt()
            return wish.format.write(given, file, progress)
        except ImportError as error:
            raise ChainTimerError(qt_missing(error)) from error


def _tell(losses: Sequence[Problem], most: int | None) -> None:
    for loss in losses[:most]:
        notice(str(loss))
    if most is not None and len(losses) > most:
        notice(f"and {len(losses) - most:,} more; --all lists them")


def _size_text(size: int) -> str:
    return f"{size / _KIB / _KIB:.1f} MiB" if size >= _KIB * _KIB else f"{max(1, round(size / _KIB))} KiB"
