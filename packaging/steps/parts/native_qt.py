"""What lies inside PySide6's wheels: Qt, and what Qt brings; see :mod:`native`."""

from collections.abc import Mapping

from parts.native import Library, Version, in_bytes, in_name, unknown

QT_LICENSE = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
"""Of the modules of Qt that are not in :data:`GPL_ALONE` (https://doc.qt.io/qt-6/licensing.html)."""

_SOURCE = "https://download.qt.io/official_releases/qt/"
_LISTED = "https://doc.qt.io/qt-6.11/licenses-used-in-qt.html"
_THIRD = ("qt-third-party",)


def _library(name: str) -> tuple[str, ...]:
    """Give the files of a library of Qt on Linux, Windows and macOS."""
    return (
        f"PySide6/Qt/lib/libQt6{name}.so*",
        f"PySide6/Qt6{name}.dll",
        f"PySide6/Qt/lib/Qt{name}.framework/*",
    )


def _plugin(kind: str, name: str = "*") -> tuple[str, ...]:
    return (f"PySide6/Qt/plugins/{kind}/lib{name}.*", f"PySide6/plugins/{kind}/{name}.dll")


# https://doc.qt.io/qt-6/qtmodules.html and the pages of each: unless one buys a license, under the GPL alone.
_GPL_ALONE = (
    "CanvasPainter",
    "Charts*",
    "CoAp*",
    "DataVisualization*",
    "Graphs*",
    "GRPC*",
    "Protobuf*",
    "HttpServer",
    "InsightTracker*",
    "LanguageServer*",
    "Lottie*",
    "Mqtt*",
    "NetworkAuth",
    "Pdf*",
    "Quick3D*",
    "QuickTimeline*",
    "ShaderTools",
    "VirtualKeyboard*",
    "WaylandCompositor*",
    "WebEngine*",
)
"""Qt Pdf and Qt WebEngine are under the LGPL, but bring half of Chromium, which nobody accounted for here."""

GPL_ALONE = tuple(file for name in _GPL_ALONE for file in _library(name))


def _part(
    name: str, license_id: str, source: str, files: tuple[str, ...], texts: tuple[str, ...] = _THIRD
) -> Library:
    return Library(name, license_id, source, f"within Qt, as it lists itself: {_LISTED}", files, texts)


_CORE, _GUI, _NETWORK = _library("Core"), _library("Gui"), _library("Network")
_PARTS = (
    _part("PCRE2", "BSD-3-Clause AND BSD-2-Clause", "https://github.com/PCRE2Project/pcre2", _CORE),
    _part("double-conversion", "BSD-3-Clause", "https://github.com/google/double-conversion", _CORE),
    _part("Easing equations", "BSD-3-Clause", "https://robertpenner.com/easing/", _CORE),
    _part("forkfd", "MIT", "https://github.com/intel/forkfd", _CORE),
    _part("TinyCBOR", "MIT", "https://github.com/intel/tinycbor", _CORE),
    _part("SHA-1, SHA-2 (RFC 6234)", "BSD-3-Clause", "https://www.rfc-editor.org/rfc/rfc6234", _CORE),
    _part("SHA-3 (Keccak)", "CC0-1.0 AND BSD-2-Clause", "https://keccak.team/", _CORE),
    _part("BLAKE2", "CC0-1.0 OR Apache-2.0", "https://github.com/BLAKE2/BLAKE2", _CORE, ("Apache-2.0",)),
    _part("Unicode data and locales (CLDR)", "Unicode-3.0", "https://cldr.unicode.org/", _CORE),
    _part("MIME types of Apache Tika", "Apache-2.0", "https://tika.apache.org/", _CORE, ("Apache-2.0",)),
    _part("HarfBuzz", "MIT-Modern-Variant", "https://github.com/harfbuzz/harfbuzz", _GUI),
    _part("libpng", "libpng-2.0", "https://github.com/pnggroup/libpng", _GUI),
    _part("MD4C", "MIT", "https://github.com/mity/md4c", _GUI),
    _part("Pixman (one file)", "MIT", "https://www.pixman.org/", _GUI),
    _part("Vulkan Memory Allocator", "MIT", "https://gpuopen.com/vulkan-memory-allocator/", _GUI),
    _part("OpenGL and Vulkan headers", "MIT", "https://registry.khronos.org/", _GUI),
    _part(
        "Emoji segmenter",
        "Apache-2.0",
        "https://github.com/google/emoji-segmenter",
        _GUI,
        ("Apache-2.0",),
    ),
    _part("Color profiles of the ICC", "LicenseRef-ICC-profile", "https://www.color.org/", _GUI),
    _part("Public Suffix List", "MPL-2.0", "https://publicsuffix.org/", _NETWORK, ("MPL-2.0",)),
    _part("libpsl", "BSD-3-Clause", "https://github.com/rockdaboot/libpsl", _NETWORK),
    _part("X11 in Qt's XSVG reader", "HPND-sell-variant", "https://www.x.org/", _library("Svg")),
    _part(
        "libjpeg-turbo",
        "IJG AND BSD-3-Clause",
        "https://github.com/libjpeg-turbo/libjpeg-turbo",
        _plugin("imageformats", "qjpeg"),
    ),
    _part("XCB headers", "MIT", "https://xcb.freedesktop.org/", _library("XcbQpa")),
    _part(
        "Wayland protocols",
        "MIT AND HPND",
        "https://gitlab.freedesktop.org/wayland/wayland-protocols",
        (*_library("WaylandClient"), *_library("WlShellIntegration"), *_plugin("wayland-*")),
    ),
    _part(
        "FreeType",
        "FTL OR GPL-2.0-or-later",
        "https://download.savannah.gnu.org/releases/freetype/",
        ("PySide6/Qt6Gui.dll", "PySide6/Qt/lib/QtGui.framework/*"),  # on Linux it is the system's
    ),
    _part(
        "Signalsmith Stretch", "MIT", "https://signalsmith-audio.co.uk/code/stretch/", _plugin("multimedia")
    ),
)


def _video(name: str, version: Version = unknown) -> Library:
    return Library(
        "FFmpeg",
        "LGPL-2.1-or-later",
        "https://ffmpeg.org/releases/",
        "the library says its version, its license and how it was built: without the parts under the GPL",
        (
            f"PySide6/Qt/lib/lib{name}.so*",
            f"PySide6/{name}-*.dll",
            f"PySide6/Qt/lib/lib{name}.*dylib",
            f"PySide6/Qt/lib/{name}.framework/*",
        ),
        ("ffmpeg", "LGPL-2.1"),
        version,
    )


_FFMPEG = tuple(
    _video(name, in_bytes(rb"FFmpeg-n(\d+\.\d+(?:\.\d+)?)"))
    for name in ("avcodec", "avformat", "avutil", "swresample", "swscale")
)
_LIBRARIES = (
    *_PARTS,
    *_FFMPEG,
    Library(
        "ICU",
        "Unicode-3.0",
        "https://github.com/unicode-org/icu/releases",
        "the names of the files",
        ("PySide6/Qt/lib/libicu*.so*",),
        ("icu",),
        in_name(r"\.so\.(\d+)"),
    ),
    Library(
        "Mesa (OpenGL by software)",
        "MIT",
        "https://www.mesa3d.org/",
        "https://doc.qt.io/qt-6/windows-graphics.html",
        ("PySide6/opengl32sw.dll",),
        _THIRD,
    ),
    # Last: what is neither of the above is Qt itself.
    Library(
        "Qt",
        QT_LICENSE,
        _SOURCE,
        "https://doc.qt.io/qt-6/licensing.html; the wheel says it of itself",
        (
            "PySide6/Qt/lib/libQt6*.so*",
            "PySide6/Qt/lib/Qt*.framework/*",
            "PySide6/Qt6*.dll",
            "PySide6/Qt/plugins/*",
            "PySide6/plugins/*",
            "PySide6/Qt/translations/*",
            "PySide6/translations/*",
        ),
        ("LGPL-3.0", "GPL-3.0"),
        lambda _file, wheel: wheel.version,
    ),
)

WHEELS: Mapping[str, tuple[Library, ...]] = {
    "pyside6-essentials": _LIBRARIES,
    "pyside6-addons": _LIBRARIES,
}
