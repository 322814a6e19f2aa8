"""Drawings of a figure written to files, with a word of how far they are. Importing this needs Qt."""

from collections.abc import Iterable, Iterator

from chain_timer.cli.errors import UsageError
from chain_timer.cli.figure_moments import Film, cells, picture_at, picture_on_the_way
from chain_timer.cli.figure_subject import Subject
from chain_timer.cli.figure_wish import What, Wish
from chain_timer.cli.output_files import new_folder, write_file
from chain_timer.cli.printing import notice
from chain_timer.drawing.figure import Picture
from chain_timer.drawing.figure_sheet import sheet_page, sheet_size
from chain_timer.drawing.pictures import (
    Page,
    figure_page,
    images_of,
    png_bytes,
    ready_to_draw,
    svg_bytes,
)
from chain_timer.drawing.theme import THEMES
from chain_timer.problems import ChainTimerError
from chain_timer.routine.exercise import Side
from chain_timer.units import SECOND_MS

_MOST_PIXELS = 40_000_000
"""Of a sheet: 160 MB while it is drawn."""
_MOST_FILM_PIXELS = 250_000_000
"""Of all frames of a GIF together, each a byte."""
_MANY_PIXELS = 4_000_000
"""What takes more than about half a second."""
_TELL_EVERY = 50
_LEAST_DIGITS = 4
"""Of a frame's number, which has more where they are needed: sorted by name, frames are in order."""


class NoPillowError(ChainTimerError):
    """Pillow, which writes films, cannot be loaded; the text says what to do."""


def write(wish: Wish, subject: Subject) -> str:
    """Draw and write, and give in words what it has become. Raises ChainTimerError."""
    ready_to_draw()
    if wish.what is What.FILM:
        return _write_film(wish, subject)
    page = _sheet(wish, subject) if wish.what is What.SHEET else _picture(wish, subject)
    if page.width * page.height > _MANY_PIXELS:
        notice(f"Drawing {page.width:,} x {page.height:,} pixels …")
    is_svg = wish.out.suffix.lower() == ".svg"
    write_file(wish.out, svg_bytes(page) if is_svg else png_bytes(page))
    return f"{page.title}, {page.width} x {page.height}"


def _picture(wish: Wish, subject: Subject) -> Page:
    share = wish.share
    picture = picture_at(subject, wish.at) if share is None else picture_on_the_way(subject, share)
    return figure_page(wish.size, subject.title, picture, THEMES[wish.theme])


def _sheet(wish: Wish, subject: Subject) -> Page:
    shown = cells(subject)
    width, height = sheet_size(shown, wish.size)
    if width * height > _MOST_PIXELS:
        fitting = int(wish.size * (_MOST_PIXELS / (width * height)) ** 0.5)
        raise UsageError(
            f"A sheet of {width:,} x {height:,} pixels is too large; use --size {fitting} or less"
        )
    return sheet_page(subject.title, shown, wish.size, THEMES[wish.theme])


def _write_film(wish: Wish, subject: Subject) -> str:
    both = wish.side is None and bool(subject.leading)
    film = Film(subject, (Side.RIGHT, Side.LEFT) if both else (subject.side,), wish.fps)
    if wish.is_folder:
        _write_frames(wish, film)
    else:
        _write_gif(wish, film)
    return f"{len(film)} frames, {len(film) / wish.fps:.1f} s"


def _write_frames(wish: Wish, film: Film) -> None:
    digits = max(_LEAST_DIGITS, len(str(len(film))))
    with new_folder(wish.out) as folder:
        for number, page in enumerate(_told(_pages(wish, film), len(film)), 1):
            write_file(folder / f"frame-{number:0{digits}}.png", png_bytes(page))


def _write_gif(wish: Wish, film: Film) -> None:
    pixels = len(film) * wish.size**2
    if pixels > _MOST_FILM_PIXELS:
        fitting = int((_MOST_FILM_PIXELS / len(film)) ** 0.5)
        raise UsageError(
            f"A GIF of {len(film):,} frames of this size is too large; use --size {fitting} or less, "
            "fewer --fps, or a folder: --film frames/"
        )
    try:
        from chain_timer.drawing.figure_film import gif_bytes  # noqa: PLC0415 - only a film needs Pillow
    except ImportError as error:
        raise NoPillowError(
            f"A GIF cannot be written ({error}); install Chain Timer again, or use --film frames/"
        ) from error
    samples = _pages(wish, [film[0], film[len(film) // 2], film[len(film) - 1]])
    frames = _told(_pages(wish, film), len(film))
    data = gif_bytes(images_of(frames), list(images_of(samples)), SECOND_MS / wish.fps)
    write_file(wish.out, data)


def _pages(wish: Wish, pictures: Iterable[Picture]) -> Iterator[Page]:
    for picture in pictures:
        yield figure_page(wish.size, "", picture, THEMES[wish.theme])


def _told(pages: Iterator[Page], count: int) -> Iterator[Page]:
    """Hand pages on, and tell a person now and then how many are drawn."""
    for number, page in enumerate(pages, 1):
        yield page
        if number % _TELL_EVERY == 0:
            notice(f"{number} of {count} frames drawn …")
