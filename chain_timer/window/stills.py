"""Still pictures of exercises for cards and lists: each drawn once, a bit at a time while nobody waits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from chain_timer.drawing.chain import paint_chain
from chain_timer.drawing.figure import Picture, glow_of, paint_figure
from chain_timer.drawing.framed import paint_framed
from chain_timer.drawing.theme import Theme
from chain_timer.figure.figure import Figure, View
from chain_timer.figure.figures import Figures
from chain_timer.figure.keyframes import still_pose
from chain_timer.figure.pose import Pose
from chain_timer.figure.solver import solve
from chain_timer.routine.exercise import Exercise
from chain_timer.routine.names import Names
from chain_timer.window.backing import canvas
from chain_timer.window.cards import chain_links
from chain_timer.window.own_pictures import OwnPictures

_MOST_KEPT = 200
_MOST_LOOKED_AT = 8
"""Exercises of a routine among which one with a figure is looked for."""
_TOLD_EVERY_MS = 50
_EDGE = 3
"""Kept free around a figure, twice as much below for its shadow."""
_CHAIN = 0.34
"""How wide the chain is, as a part of the picture's height."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture as it was asked for, of the one of some exercises that has the most to show."""

    ids: tuple[str, ...]
    size: tuple[int, int]
    """Width and height, in pixels of the widget."""
    ratio: float
    """Pixels of the screen in one of the widget."""
    theme: str
    chain: bool
    """Whether the chain of muscles stands in where no figure at all can be drawn."""


@dataclass(frozen=True, slots=True)
class _Work:
    wanted: Wanted
    exercises: tuple[Exercise, ...]
    theme: Theme


_Picture = tuple[tuple[str, ...], float, str, bool]
"""Of which exercises, how sharp, in which theme, with a chain in its place or without."""


class Stills(QObject):
    """Gives the pictures that are there; tells when there are more."""

    drawn = Signal()

    def __init__(
        self,
        figures: Figures,
        names: Names,
        parent: QObject | None = None,
        *,
        pictures: OwnPictures | None = None,
    ) -> None:
        super().__init__(parent)
        self._figures = figures
        self._names = names
        self._pictures = pictures or OwnPictures(lambda _exercise: None, self)
        self._pictures.ready.connect(self._stop_waiting)
        self._read: dict[str, Figure | None] = {}
        self._lone: dict[tuple[str, View], Figure] = {}
        self._kept: dict[Wanted, QPixmap | None] = {}
        self._due: dict[_Picture, _Work] = {}
        """What is still to be drawn; of one picture in several sizes the last one that was asked for."""
        self._waiting: dict[_Picture, _Work] = {}
        """What cannot be drawn before a person's own picture is read."""
        self._telling = QTimer(self, singleShot=True, interval=_TOLD_EVERY_MS)
        self._telling.timeout.connect(self.drawn)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._work)

    def picture(
        self, exercises: Sequence[Exercise], size: QSize, ratio: float, theme: Theme, *, chain: bool = False
    ) -> QPixmap | None:
        """Give a picture, or None where it is not drawn yet; then it will be.

        It is the figure of the first exercise that has one, else the first picture of a person's own, else a
        figure that only stands there with the muscles of the first exercise.
        """
        looked_at = tuple(exercises[:_MOST_LOOKED_AT])
        ids = tuple(exercise.id for exercise in looked_at)
        wanted = Wanted(ids, (size.width(), size.height()), ratio, theme.name, chain)
        if wanted in self._kept:
            return self._kept[wanted]
        key = (ids, ratio, theme.name, chain)
        self._waiting.pop(key, None)
        self._due[key] = _Work(wanted, looked_at, theme)
        self._turn.start()
        return None

    def picture_or_chain(
        self, exercises: Sequence[Exercise], size: QSize, ratio: float, theme: Theme
    ) -> QPixmap | None:
        """Give a picture; the chain of muscles at work where no figure at all can be drawn."""
        return self.picture(exercises, size, ratio, theme, chain=True)

    @property
    def busy(self) -> bool:
        """Whether pictures are still to be drawn."""
        return bool(self._due or self._waiting)

    def forget(self) -> None:
        """Draw anew what is asked for: exercises have changed."""
        self._kept.clear()
        self._read.clear()
        self._lone.clear()
        self._due.clear()
        self._waiting.clear()
        self._pictures.forget()
        self.drawn.emit()

    def _work(self) -> None:
        """Read one figure, or draw one picture: a few milliseconds, then the window looks at other things."""
        if not self._due:
            return
        key, work = next(iter(self._due.items()))
        unread = next(
            (each for each in _before_a_figure(work, self._read) if each.id not in self._read), None
        )
        if unread is not None:
            self._read[unread.id] = self._figures.figure_for(unread)
        else:
            del self._due[key]
            self._draw(key, work)
        if self._due:
            self._turn.start()

    def _draw(self, key: _Picture, work: _Work) -> None:
        shown = self._shown(work)
        image = None
        if shown is not None and self._read[shown.id] is None:
            pixels = max(work.wanted.size) * work.wanted.ratio
            image = self._pictures.image(shown, pixels)
            if image is None and self._pictures.is_due(shown, pixels):
                self._waiting[key] = work
                return
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[work.wanted] = self._drawing(work, shown, image)
        self._tell()

    def _stop_waiting(self) -> None:
        """Try again what waited for a picture."""
        if self._waiting:
            self._due |= self._waiting
            self._waiting.clear()
            self._turn.start()

    def _shown(self, work: _Work) -> Exercise | None:
        """Give the exercise with the most to show: a movement, a picture, or at least its muscles."""
        drawn = next((each for each in work.exercises if self._read.get(each.id)), None)
        pictured = next((each for each in work.exercises if each.picture), None)
        return drawn or pictured or next(iter(work.exercises), None)

    def _tell(self) -> None:
        """Say that there are more pictures, a few at a time: all that is seen is painted anew each time."""
        if not self._due:
            self._telling.stop()
            self.drawn.emit()
        elif not self._telling.isActive():
            self._telling.start()

    def _drawing(self, work: _Work, shown: Exercise | None, image: QImage | None) -> QPixmap | None:
        figure = self._read[shown.id] or self._figures.standing_for(shown) if shown is not None else None
        if shown is None or (image is None and figure is None):
            return self._chain(work) if shown is not None and work.wanted.chain else None
        picture, painter = _canvas(work.wanted)
        if image is not None:
            paint_framed(painter, _room(work.wanted), image)
        elif figure is not None:
            pose = still_pose(figure, shown)
            lit = Picture(self._alone(figure, pose), solve(pose), glow_of(shown.muscles, shown.also))
            paint_figure(painter, _room(work.wanted), lit, work.theme)
        painter.end()
        return picture

    def _alone(self, figure: Figure, pose: Pose) -> Figure:
        """The figure as large as this one pose can be; once, for its room is kept by what it is."""
        key = (figure.id, figure.view)
        if key not in self._lone:
            self._lone[key] = replace(figure, poses={"still": pose})
        return self._lone[key]

    def _chain(self, work: _Work) -> QPixmap:
        """Draw what claims no movement: the muscles at work."""
        links = chain_links(work.exercises[0].muscles, work.exercises[0].also, self._names)
        picture, painter = _canvas(work.wanted)
        room = _room(work.wanted)
        narrow = QRectF(0, 0, room.height() * _CHAIN, room.height())
        narrow.moveCenter(room.center())
        paint_chain(painter, narrow, links, work.theme)
        painter.end()
        return picture


def _before_a_figure(work: _Work, read: Mapping[str, Figure | None]) -> Iterator[Exercise]:
    """Give the exercises that matter: none after the first that is known to have a figure."""
    for exercise in work.exercises:
        yield exercise
        if read.get(exercise.id) is not None:
            return


def _canvas(wanted: Wanted) -> tuple[QPixmap, QPainter]:
    picture = canvas(QSizeF(*wanted.size), wanted.ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return picture, painter


def _room(wanted: Wanted) -> QRectF:
    width, height = wanted.size
    return QRectF(0, 0, width, height).adjusted(_EDGE, _EDGE, -_EDGE, -2 * _EDGE)
