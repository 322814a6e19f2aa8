"""The keys of the player page: each key, and the wish it stands for."""

from enum import Enum, auto

from PySide6.QtCore import Qt


class Wish(Enum):
    TOGGLE = auto()
    PAUSE = auto()
    BACK = auto()
    NEXT = auto()
    RESTART = auto()
    LONGER = auto()
    SHORTER = auto()
    MUTE = auto()
    FULL_SCREEN = auto()
    LEAVE = auto()
    KEYS = auto()
    FULL = auto()
    CUES = auto()
    NAMES = auto()
    SILENT = auto()
    NEXT_LEVEL = auto()


_KEY = Qt.Key
_WISHES = {
    _KEY.Key_Space: Wish.TOGGLE,
    _KEY.Key_Return: Wish.TOGGLE,
    _KEY.Key_Enter: Wish.TOGGLE,
    _KEY.Key_MediaPlay: Wish.TOGGLE,
    _KEY.Key_MediaTogglePlayPause: Wish.TOGGLE,
    _KEY.Key_MediaPause: Wish.PAUSE,
    _KEY.Key_MediaStop: Wish.PAUSE,
    _KEY.Key_Left: Wish.BACK,
    _KEY.Key_MediaPrevious: Wish.BACK,
    _KEY.Key_Right: Wish.NEXT,
    _KEY.Key_MediaNext: Wish.NEXT,
    _KEY.Key_R: Wish.RESTART,
    _KEY.Key_Plus: Wish.LONGER,
    _KEY.Key_Equal: Wish.LONGER,
    _KEY.Key_Minus: Wish.SHORTER,
    _KEY.Key_M: Wish.MUTE,
    _KEY.Key_F: Wish.FULL_SCREEN,
    _KEY.Key_F11: Wish.FULL_SCREEN,
    _KEY.Key_Escape: Wish.LEAVE,
    _KEY.Key_Back: Wish.LEAVE,
    _KEY.Key_Question: Wish.KEYS,
    _KEY.Key_F1: Wish.KEYS,
    _KEY.Key_1: Wish.FULL,
    _KEY.Key_2: Wish.CUES,
    _KEY.Key_3: Wish.NAMES,
    _KEY.Key_4: Wish.SILENT,
    _KEY.Key_C: Wish.NEXT_LEVEL,
}
_HELD_AGREES = frozenset({Wish.LONGER, Wish.SHORTER})
"""What a key held down may ask again; nobody wants to pause and go on thirty times a second."""
_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def wish_of(key: int, modifiers: Qt.KeyboardModifier, *, repeated: bool = False) -> Wish | None:
    """Give what a key asks for; None where it asks for nothing here."""
    if modifiers & _MODIFIED:
        return None
    try:
        wish = _WISHES.get(Qt.Key(key))
    except ValueError:
        return None
    return None if repeated and wish not in _HELD_AGREES else wish
