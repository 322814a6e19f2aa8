"""What goes into the bundle, on each system, beside what PyInstaller finds by following the imports."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

QT_MODULES = frozenset({"QtCore", "QtGui", "QtMultimedia", "QtNetwork", "QtSvg", "QtWidgets"})
"""Qt as Python sees it. QtNetwork is there for QtMultimedia, which loads it."""

FOLLOWED = ("chain_timer", "pyttsx3.drivers")
"""Packages that import some of their own modules by a name made at run time: these go in whole."""

WITH_DATA = ("chain_timer", "desktop_notifier", "espeakng_loader", "tzdata")
"""Packages that read files of their own."""

WITH_LIBRARIES = ("espeakng_loader",)
"""Packages that load a library of their own by its path."""

WITH_METADATA = ("PySide6-Essentials",)
"""Packages whose version is asked for (``doctor``)."""

LEFT_OUT: Mapping[str, str] = {
    "tkinter": "another window system",
    "curses": "the terminal is painted by the program itself",
    "readline": "nothing is typed into a Python prompt",
    "multiprocessing": "own processes are started by the program itself",
    "test": "Python's own tests",
    "lib2to3": "wanted by tools alone",
    "distutils": "wanted by tools alone",
    "setuptools": "wanted by tools alone",
    "pkg_resources": "wanted by tools alone",
    "pip": "wanted by tools alone",
    "pydoc": "help of a Python prompt",
    "doctest": "wanted by tests alone",
    "ssl": "the program never goes to the network; without OpenSSL there is none to keep up to date",
    "_ssl": "as above",
    "_hashlib": "as above: Python's own SHA-256 does",
    "pygments": "rich colors source code with it, and none is shown",
    "markdown_it": "rich shows Markdown with it, and none is shown",
    "charset_normalizer": "wanted by packages that are not here",
    "numpy.random": "nothing is drawn by lot in numbers",
    "numpy.f2py": "compiles Fortran",
    "numpy.testing": "wanted by tests alone",
    "numpy._core.tests": "numpy's own tests",
    "icalendar.tests": "icalendar's own tests",
    "PIL._avif": "a picture format nothing reads or writes, with a library of 5 MB",
    "PIL._webp": "Qt reads WebP; Pillow writes GIF alone",
    "PIL._imagingft": "Pillow writes no words",
    "PIL._imagingcms": "Pillow turns no color profiles",
    "PIL._imagingtk": "another window system",
    "PIL.ImageQt": "Pillow's way into Qt, which the program goes around",
}
"""Modules that something names and nothing here needs, each with its reason. ``packaging/verify bundle`` runs
every command without them."""


@dataclass(frozen=True, slots=True)
class Executable:
    """A file that starts the program."""

    name: str
    console: bool
    """Whether it writes to the terminal it was started from; Windows alone tells these apart."""


@dataclass(frozen=True, slots=True)
class System:
    """What differs between the systems."""

    executables: tuple[Executable, ...]
    hidden: tuple[str, ...] = ()
    """Modules that are imported by a name made at run time."""
    left_out: tuple[str, ...] = ()
    hooks_left_out: tuple[str, ...] = ()
    """What PyInstaller would run at every start, before the program."""
    icon: str = ""
    """The kind of file the executable's icon is in; empty where the desktop entry names it."""


LINUX = System(
    executables=(Executable("chain-timer", console=True),),
    # A fifth of the time to the first paint, and for nothing: nobody asks a module here for its source or for
    # what lies in its package, and PySide finds its plugins from where it lies. What the last one sets is
    # handed on to all that the program starts.
    hooks_left_out=("pyi_rth_inspect", "pyi_rth_pkgutil", "pyi_rth_pyside6"),
    hidden=("desktop_notifier.backends.dbus", "jeepney.io.blocking"),
    left_out=(
        "comtypes",
        "pythoncom",
        "win32com",
        "winrt",
        "objc",
        "rubicon",
        "desktop_notifier.backends.winrt",
        "desktop_notifier.backends.macos",
        "desktop_notifier.backends.macos_support",
        "pyttsx3.drivers.sapi5",
        "pyttsx3.drivers.nsss",
        "pyttsx3.drivers.avspeech",
    ),
)
WINDOWS = System(
    # A program of the console would open one when started from the menu, and one of the desktop cannot print.
    executables=(Executable("chain-timer", console=True), Executable("Chain Timer", console=False)),
    hidden=(
        "desktop_notifier.backends.winrt",
        "pyttsx3.drivers.sapi5",
        "comtypes.stream",
        "win32com",
    ),
    left_out=("dbus_fast", "jeepney", "espeakng_loader"),
    icon="ico",
)
MACOS = System(
    executables=(Executable("chain-timer", console=True),),
    hidden=("desktop_notifier.backends.macos", "pyttsx3.drivers.nsss", "rubicon.objc.eventloop"),
    left_out=("dbus_fast", "jeepney", "espeakng_loader", "comtypes", "winrt"),
    icon="icns",
)


def system(platform: str = sys.platform) -> System:
    """Give what differs on one system, by the name Python gives it."""
    return {"win32": WINDOWS, "darwin": MACOS}.get(platform, LINUX)
