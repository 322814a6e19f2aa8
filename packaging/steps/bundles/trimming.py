"""What of Qt and of the system's libraries goes into the bundle, and what does not.

PyInstaller takes every plugin of each Qt module and all that these are linked with: half of what it collects
is never loaded. Here each library and plugin of Qt is either named as kept or named as dropped, with the
reason; one that is neither stops the build, so that nothing comes in with a new version of Qt unseen.
"""

import fnmatch
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Protocol

from bundles.recipe import QT_MODULES

Entry = tuple[str, str, str]
"""A file as PyInstaller lists it: where in the bundle, where it comes from, and its kind."""


Needs = Callable[[str], Iterable[str]]
"""How to ask which libraries a library was linked with, by their names alone."""


class Analysis(Protocol):
    """What PyInstaller found."""

    binaries: list[Entry]
    datas: list[Entry]


class UnknownPartError(Exception):
    """Something came in that nobody has decided about."""


QT_LIBRARIES = frozenset(
    {"Core", "Gui", "Widgets", "Svg", "Multimedia", "Network", "DBus", "Concurrent", "OpenGL"}
    # What the platforms X11 and Wayland are made of.
    | {"XcbQpa", "WaylandClient", "WlShellIntegration"}
)
QT_LIBRARIES_DROPPED: Mapping[str, str] = {
    "Qml*": "wanted by the plugins of video and of the virtual keyboard",
    "Quick*": "as above",
    "LabsStyleKit": "as above",
    "Pdf": "reads PDF as a picture; the program writes PDF alone",
    "EglF[Ss]*": "paints without a desktop",
    "VirtualKeyboard*": "a keyboard on the screen, of Qt's own",
    "MultimediaWidgets": "shows video",
    "SpatialAudio": "sound around the head",
    "FFmpegStub-*": "FFmpeg plays files and video; what is heard here is made by the program",
    "ShaderTools": "compiles shaders",
}

PLUGINS: Mapping[str, frozenset[str]] = {
    # offscreen paints without a display: pictures and films of figures, and the checks of a bundle.
    "platforms": frozenset({"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"}),
    "platformthemes": frozenset({"qgtk3", "qxdgdesktopportal"}),
    "platforminputcontexts": frozenset(
        {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"}
    ),
    "xcbglintegrations": frozenset({"qxcb-glx-integration", "qxcb-egl-integration"}),
    "wayland-shell-integration": frozenset({"xdg-shell"}),
    "wayland-decoration-client": frozenset({"adwaita", "bradient"}),
    "wayland-graphics-integration-client": frozenset({"qt-plugin-wayland-egl"}),
    # PNG is built into Qt; own pictures may be JPEG and WebP, and themes of icons are SVG.
    "imageformats": frozenset({"qjpeg", "qwebp", "qsvg"}),
    "iconengines": frozenset({"qsvgicon"}),
    "styles": frozenset({"qmodernwindowsstyle", "qwindowsvistastyle", "qmacstyle"}),
    "accessiblebridge": frozenset(),
}
PLUGINS_DROPPED: Mapping[str, str] = {
    "platforms": "without a desktop, or for other devices",
    "platforminputcontexts": "a keyboard on the screen, of Qt's own",
    "wayland-shell-integration": "for devices with one program",
    "wayland-graphics-integration-client": "for devices without EGL",
    "imageformats": "formats that nothing here reads",
    "multimedia": "plays files and video; the one stream of sound needs none of it",
    "networkinformation": "the program never goes to the network",
    "tls": "as above",
    "generic": "keyboards and mice without a desktop",
    "egldeviceintegrations": "paints without a desktop",
    "printsupport": "nothing is printed but to files",
    "qmltooling": "looks into QML",
}
"""The others in these folders of plugins, each with the reason; a folder that is not here is unknown."""

_DESKTOP = "comes with every desktop, and has to be the same as its other programs load"
_DRIVER = "the graphics driver loads it as well, and may be newer than the bundle"
FROM_THE_SYSTEM: Mapping[str, str] = {
    "libstdc++.so.*": _DRIVER,
    "libgcc_s.so.*": _DRIVER,
    "libz.so.*": _DRIVER,
    "libzstd.so.*": _DRIVER,
    "libexpat.so.*": _DRIVER,
    "libtinfo.so.*": _DRIVER,
    "libX11.so.*": _DRIVER,
    "libX11-xcb.so.*": _DRIVER,
    "libXext.so.*": _DRIVER,
    "libXau.so.*": _DRIVER,
    "libXdmcp.so.*": _DRIVER,
    "libbsd.so.*": _DRIVER,
    "libmd.so.*": _DRIVER,
    "libglib-2.0.so.*": _DESKTOP,
    "libgthread-2.0.so.*": _DESKTOP,
    "libgobject-2.0.so.*": _DESKTOP,
    "libgio-2.0.so.*": _DESKTOP,
    "libgmodule-2.0.so.*": _DESKTOP,
    "libpcre2-8.so.*": _DESKTOP,
    "libgtk-3.so.*": "the plugin that asks GNOME for its file dialog is of use where GTK is",
    "libgdk-3.so.*": "as above",
    "libgdk_pixbuf-2.0.so.*": "as above",
    "libpango*.so.*": "as above",
    "libcairo*.so.*": "as above",
    "libatk*.so.*": "as above",
    "libatspi.so.*": "as above",
    "libepoxy.so.*": "as above",
    "libharfbuzz.so.*": "as above",
    "libfribidi.so.*": "as above",
    "libgraphite2.so.*": "as above",
    "libthai.so.*": "as above",
    "libdatrie.so.*": "as above",
    "libpixman-1.so.*": "as above",
    "libjpeg.so.*": "as above",
    "libmount.so.*": "as above",
    "libblkid.so.*": "as above",
    "libselinux.so.*": "as above",
    "libuuid.so.*": "as above",
    "libXcomposite.so.*": "as above",
    "libXcursor.so.*": "as above",
    "libXdamage.so.*": "as above",
    "libXfixes.so.*": "as above",
    "libXi.so.*": "as above",
    "libXinerama.so.*": "as above",
    "libXrandr.so.*": "as above",
    "libXrender.so.*": "as above",
    "libfontconfig.so.*": "reads the settings and the cache of the system's fonts",
    "libfreetype.so.*": "goes with libfontconfig",
    "libpng16.so.*": "goes with libfreetype",
    "libbrotli*.so.1": "goes with libfreetype",
    "libmvec.so.*": "a part of the C library",
}
"""Libraries of Linux that are not taken along, each with the reason. What these need is the system's too."""

_QT_LIBRARY = re.compile(r"(?:lib)?Qt6?(?P<name>[A-Za-z][\w-]*?)(?:\.so[.\d]*|\.dll|\.framework/.*|\.dylib)$")
_QT_MODULE = re.compile(r"PySide6/(?P<name>Qt\w+)\.(?:abi3\.so|pyd|cpython.*|pyi?)$")
_FFMPEG = re.compile(r"(?:lib)?(?:avcodec|avformat|avutil|swresample|swscale)\b.*")
_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<folder>[^/]+)/(?:lib)?(?P<name>[^/]+?)\.(?:so|dll|dylib)$")


def trim(analysis: Analysis, needs: Needs) -> None:
    """Take out of what PyInstaller found whatever is not needed. Raises UnknownPartError."""
    unknown: list[str] = []
    analysis.binaries = without_orphans(kept(analysis.binaries, unknown), needs)
    analysis.datas = kept(analysis.datas, unknown)
    staying = {PurePosixPath(entry[0]).name for entry in analysis.binaries}
    analysis.datas = [entry for entry in analysis.datas if not _leads_nowhere(entry, staying)]
    if unknown:
        listed = "\n  ".join(sorted(set(unknown)))
        raise UnknownPartError(f"keep or drop these, in packaging/steps/bundles/trimming.py:\n  {listed}")


def kept(entries: Iterable[Entry], unknown: list[str]) -> list[Entry]:
    """Give the entries that are to stay, in order; what nobody decided about goes to ``unknown``."""
    staying = []
    for entry in sorted(entries):
        verdict = is_kept(entry[0])
        if verdict is None:
            unknown.append(entry[0])
        elif verdict:
            staying.append(entry)
    return staying


def without_orphans(entries: Sequence[Entry], needs: Needs) -> list[Entry]:
    """Drop the libraries that came along for the sake of what was dropped."""
    libraries = {PurePosixPath(entry[0]).name: entry for entry in entries if _comes_along(entry)}
    reached: set[str] = set()
    waiting = [entry for entry in entries if not _comes_along(entry)]
    while waiting:
        found = {name for entry in waiting for name in needs(entry[1])} - reached
        reached |= found
        waiting = [libraries[name] for name in sorted(found) if name in libraries]
    return [entry for entry in entries if not _comes_along(entry) or PurePosixPath(entry[0]).name in reached]


def _leads_nowhere(entry: Entry, staying: Collection[str]) -> bool:
    """Whether it is a link to a library that was dropped."""
    return entry[2] == "SYMLINK" and _comes_along(entry) and PurePosixPath(entry[0]).name not in staying


def _comes_along(entry: Entry) -> bool:
    """Whether it is there only when something else wants it; Python's own is asked for by the starter."""
    path = PurePosixPath(entry[0])
    if not fnmatch.fnmatchcase(path.name, "lib*.so*") or path.name.startswith("libpython"):
        return False
    folder = str(path.parent)
    return folder in {".", "PySide6/Qt/lib"} or folder.endswith(".libs")


def is_kept(destination: str) -> bool | None:
    """Judge a file by where it lies in the bundle; None where nobody has decided."""
    path = PurePosixPath(destination.replace("\\", "/"))
    text = str(path)
    for pattern, judge in _JUDGES:
        found = pattern.search(text)
        if found is not None:
            return judge(found)
    if len(path.parts) == 1:
        return not _matches(path.name, FROM_THE_SYSTEM)
    return not _is_litter(path)


def _plugin(found: re.Match[str]) -> bool | None:
    if found["name"] in PLUGINS.get(found["folder"], ()):
        return True
    return False if found["folder"] in PLUGINS_DROPPED else None


def _module(found: re.Match[str]) -> bool:
    return found["name"] in QT_MODULES


def _library(found: re.Match[str]) -> bool | None:
    name = found["name"]
    if name in QT_LIBRARIES:
        return True
    return False if _matches(name, QT_LIBRARIES_DROPPED) else None


def _never(_found: re.Match[str]) -> bool:
    return False


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _is_litter(path: PurePosixPath) -> bool:
    """Whether it lies in a package and is read by no program."""
    if path.parts[0] == "PySide6" and {"translations", "qml", "metatypes"} & set(path.parts):
        return True  # Qt's own words in other languages: the program speaks English
    if path.parts[0] == "espeakng_loader":
        return ".so." in path.name  # the same library under its other names
    if path.parts[0].endswith(".dist-info"):
        return path.name != "METADATA" or not path.parts[0].lower().startswith("pyside6")
    return path.suffix in {".pyi", ".pxd", ".h", ".c"} or path.name == "py.typed"


_JUDGES = (
    (_PLUGIN, _plugin),
    (_QT_MODULE, _module),
    (re.compile(rf"(?:^|/){_QT_LIBRARY.pattern}"), _library),
    (re.compile(rf"(?:^|/){_FFMPEG.pattern}"), _never),
)
