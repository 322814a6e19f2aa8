"""A person's own pictures of exercises, read and decoded aside, the last ones kept."""

import logging
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from chain_timer.drawing.own_picture import KEPT_SIDE, decoded
from chain_timer.routine.exercise import Exercise
from chain_timer.window.background import Background

_SIDES = (256, 640, KEPT_SIDE)
"""The longer sides that pictures are decoded to, in pixels: for lists, for pages, for large screens."""
_MOST_BYTES = 64 * 1024 * 1024
"""Of pixels that are kept: six as large as they come, or hundreds for lists."""
_MOST_KEPT = 500

_log = logging.getLogger(__name__)
_Key = tuple[str, str, int]


class OwnPictures(QObject):
    """Gives the pictures that are there; tells when another one is, or is known to be none."""

    ready = Signal()

    def __init__(self, read: Callable[[Exercise], bytes | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._background = Background(self)
        self._kept: OrderedDict[_Key, QImage | None] = OrderedDict()
        self._due: dict[_Key, Exercise] = {}
        self._at_work: _Key | None = None
        self._times_forgotten = 0

    def image(self, exercise: Exercise, pixels: float) -> QImage | None:
        """Give a picture for a room of so many pixels; None where it is still read, or there is none."""
        if not exercise.picture:
            return None
        key = _key(exercise, pixels)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key != self._at_work:
            self._due[key] = exercise
            self._go_on()
        return None

    def is_due(self, exercise: Exercise, pixels: float) -> bool:
        """Whether it was asked for and nobody knows yet."""
        key = _key(exercise, pixels)
        return key in self._due or key == self._at_work

    def forget(self) -> None:
        """Read anew what is asked for: files have changed."""
        self._kept.clear()
        self._due.clear()
        self._at_work = None
        self._times_forgotten += 1
        self.ready.emit()

    def close(self) -> None:
        """Take no more pictures: the window is going."""
        self._due.clear()
        self._background.close()

    def _go_on(self) -> None:
        """Decode one after another: each may take a second, and a hundred megabytes while it does."""
        if self._at_work is not None or not self._due:
            return
        key = self._at_work = next(iter(self._due))
        exercise, times = self._due.pop(key), self._times_forgotten
        self._background.run(
            lambda: _decoded(self._read, exercise, key[2]), lambda image: self._keep(key, image, times)
        )

    def _keep(self, key: _Key, image: QImage | None, times: int) -> None:
        if times != self._times_forgotten:
            return
        self._at_work = None
        self._kept[key] = image
        while len(self._kept) > _MOST_KEPT or sum(map(_bytes_of, self._kept.values())) > _MOST_BYTES:
            self._kept.popitem(last=False)
        self._go_on()
        self.ready.emit()


def _key(exercise: Exercise, pixels: float) -> _Key:
    return exercise.id, exercise.picture, next((side for side in _SIDES if side >= pixels), _SIDES[-1])


def _bytes_of(image: QImage | None) -> int:
    return image.sizeInBytes() if image is not None else 0


def _decoded(read: Callable[[Exercise], bytes | None], exercise: Exercise, largest: int) -> QImage | None:
    try:
        data = read(exercise)
    except (OSError, ValueError) as error:
        _log.info("The picture of %s cannot be read: %s", exercise.id, error)
        return None
    return decoded(data, largest) if data is not None else None
