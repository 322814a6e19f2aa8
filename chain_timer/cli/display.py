"""Whether a window can be shown, found out without starting Qt: where it cannot, Qt ends the process."""

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

_WAIT_S = 2.0
_XCB_PLUGIN = "libqxcb.so"
_WAYLAND_PLUGINS = ("libqwayland.so", "libqwayland-generic.so")
LIBRARIES = (
    "libegl1 libgl1 libdbus-1-3 libfontconfig1 libpulse0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
)
"""What Qt needs of the system, by the names of Debian and Ubuntu."""


@dataclass(frozen=True, slots=True)
class Display:
    """What was found: a name for it, or the reason why there is none."""

    name: str = ""
    problem: str = ""

    @property
    def usable(self) -> bool:
        return bool(self.name)


def find_display(environ: Mapping[str, str] | None = None) -> Display:
    """Look for a display Qt can open. Takes a few milliseconds, and seconds only where one is hung."""
    given = os.environ if environ is None else environ
    if not sys.platform.startswith("linux"):
        return Display(given.get("QT_QPA_PLATFORM") or "the desktop")
    if given.get("QT_QPA_PLATFORM"):
        return Display(given["QT_QPA_PLATFORM"])
    tried = [found for found in (_wayland(given), _x11(given)) if found is not None]
    usable = next((found for found in tried if found.usable), None)
    return usable or (tried[-1] if tried else Display(problem="There is no display"))


def qt_missing(reason: object) -> str:
    """Say what to do when Qt is not whole."""
    text = f"Qt cannot be loaded ({reason})"
    if sys.platform.startswith("linux") and ".so" in text:
        return f"{text}; on Debian and Ubuntu this helps: apt-get install {LIBRARIES}"
    return f"{text}; install Chain Timer again"


def _wayland(environ: Mapping[str, str]) -> Display | None:
    name = environ.get("WAYLAND_DISPLAY")
    if not name:
        return None
    path = Path(environ.get("XDG_RUNTIME_DIR", "/nonexistent"), name)
    if not _answers(path):
        return Display(problem=f"The Wayland display {name} does not answer")
    return _with_plugin(f"Wayland {name}", _WAYLAND_PLUGINS)


def _x11(environ: Mapping[str, str]) -> Display | None:
    name = environ.get("DISPLAY")
    if not name:
        return None
    reached = _within(_WAIT_S, lambda: _connects(name))
    if not reached:
        return Display(problem=f"The display {name} does not answer")
    return _with_plugin(f"X11 {name}", (_XCB_PLUGIN,))


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_WAIT_S)
        try:
            line.connect(str(path))
        except OSError:
            return False
    return True


def _connects(name: str) -> bool:
    """Open the display the way Qt will, with the same library and the same rights; True when in doubt."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt's plugin misses it too, and says so better
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(os.fsencode(name), None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _within(seconds: float, work: Callable[[], bool]) -> bool:
    """Give the answer, or False when it takes too long: a display may be hung."""
    answers: SimpleQueue[bool] = SimpleQueue()
    Thread(target=lambda: answers.put(work()), name="display", daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return False


def _with_plugin(display: str, names: tuple[str, ...]) -> Display:
    folder = _plugins()
    found = [folder / name for name in names if (folder / name).is_file()] if folder else []
    if not found:
        # A bundle or a system's own Qt: its files lie elsewhere, and came with what they need.
        return Display(display)
    problem = ""
    for plugin in found:
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            problem = qt_missing(error)
        else:
            return Display(display)
    return Display(problem=problem)


def _plugins() -> Path | None:
    spec = find_spec("PySide6")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0], "Qt", "plugins", "platforms") if places else None
