"""Keys out of what a terminal sends: characters, escape sequences, pasted text and noise."""

import re

ESCAPE = "escape"
ENTER = "enter"
INTERRUPT = "interrupt"
LEFT = "left"
RIGHT = "right"
UP = "up"
DOWN = "down"

_ARROWS = {"A": UP, "B": DOWN, "C": RIGHT, "D": LEFT}
_CONTROLS = {"\r": ENTER, "\n": ENTER, "\x03": INTERRUPT}
_SEQUENCE = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-~])"  # arrows, function keys, mouse
    r"|\x1bO(?P<single>[ -~])"  # arrows in the other mode
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # answers of the terminal
    r"|\x1b[^\[O\]PX^_\x1b]",  # Alt with a character
)
_LONGEST_SEQUENCE = 256
_PASTE_END = "\x1b[201~"


class KeyReader:
    """Turns characters, in whatever pieces they come, into keys: a character, or a name such as ``left``.

    Sequences nobody knows are left out whole, and pasted text too: only keys steer a session.
    """

    def __init__(self) -> None:
        self._rest = ""
        self._pasting = False

    @property
    def unfinished(self) -> bool:
        """Whether an escape may be a key or the start of more: :meth:`settle` it when nothing comes."""
        return bool(self._rest) and not self._pasting

    def feed(self, characters: str) -> list[str]:
        """Take what came, and give the keys that are complete."""
        self._rest += characters
        keys: list[str] = []
        while self._rest:
            if self._pasting:
                if not self._skip_paste():
                    break
            elif self._rest[0] == "\x1b":
                if not self._take_sequence(keys):
                    break
            else:
                keys += self._character(self._rest[0])
                self._rest = self._rest[1:]
        return keys

    def settle(self) -> list[str]:
        """Take an escape that nothing followed as the key; half a sequence as nothing."""
        keys = [ESCAPE] if self._rest == "\x1b" else []
        self._rest = "" if not self._pasting else self._rest
        return keys

    def _take_sequence(self, keys: list[str]) -> bool:
        if self._rest.startswith("\x1b\x1b"):
            keys.append(ESCAPE)
            self._rest = self._rest[1:]
            return True
        match = _SEQUENCE.match(self._rest)
        if match is None:
            if len(self._rest) > _LONGEST_SEQUENCE:
                self._rest = ""
            return False
        self._rest = self._rest[match.end() :]
        if match["final"] == "~" and match["parameters"] == "200":
            self._pasting = True
        elif arrow := _ARROWS.get(match["final"] or match["single"] or ""):
            keys.append(arrow)
        return True

    def _skip_paste(self) -> bool:
        _, found, after = self._rest.partition(_PASTE_END)
        self._pasting = not found
        self._rest = after if found else self._rest[-len(_PASTE_END) :]
        return bool(found)

    @staticmethod
    def _character(character: str) -> list[str]:
        if character in _CONTROLS:
            return [_CONTROLS[character]]
        return [character.casefold()] if character.isprintable() else []
