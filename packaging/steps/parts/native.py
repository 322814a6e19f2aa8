"""What lies inside wheels beside their own code: libraries of others, each with its license and its source.

A wheel's metadata speaks of the wheel's own code alone. What it brings compiled stands here, by the names of
its files; a library that is not here is not shipped (:mod:`shipped` names it). How each was found out is said
with it.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.metadata import Distribution
from pathlib import Path

Version = Callable[[Path, Distribution], str]
"""How to tell the version of a library from its file and its wheel; empty when it cannot be told."""


def unknown(_file: Path, _wheel: Distribution) -> str:
    """Tell no version: the library does not say it."""
    return ""


def in_name(pattern: str) -> Version:
    """Read it from the file's name; the pattern's group is the version."""
    return lambda file, _wheel: _first(re.search(pattern, file.name))


def in_bytes(pattern: bytes) -> Version:
    """Read it from the words within the library."""
    return lambda file, _wheel: _first(re.search(pattern, file.read_bytes()))


def in_parts_list(name: str) -> Version:
    """Read it from the list of parts (CycloneDX) that the wheel brings."""
    return lambda _file, wheel: _listed(wheel).get(name, "")


def with_wheel(wheel_version: str, version: str) -> Version:
    """Know it of one version of the wheel, by how its makers build it, and of no other."""
    return lambda _file, wheel: version if wheel.version == wheel_version else ""


@dataclass(frozen=True, slots=True)
class Library:
    """A library inside a wheel."""

    name: str
    license: str
    """As SPDX says it (https://spdx.org/licenses/)."""
    source: str
    known: str
    """How we know that it is there and under which license."""
    files: tuple[str, ...]
    """Patterns of the files it is in, as the wheel names them."""
    texts: tuple[str, ...] = ()
    """Its license texts in ``packaging/licenses``; none where those of the wheel hold them."""
    version: Version = unknown

    def is_in(self, path: str) -> bool:
        """Whether it is in a file of the wheel."""
        return any(fnmatch(path, pattern) for pattern in self.files)


def _first(found: re.Match[str] | re.Match[bytes] | None) -> str:
    if found is None:
        return ""
    version = found[1]
    return version.decode("ascii", "replace") if isinstance(version, bytes) else version


def _listed(wheel: Distribution) -> dict[str, str]:
    parts: dict[str, str] = {}
    for path in wheel.files or ():
        if path.match("*.dist-info/sboms/*.json"):
            listed = json.loads(Path(str(path.locate())).read_text(encoding="utf-8"))
            parts |= {part["name"]: part.get("version", "") for part in listed.get("components", ())}
    return parts


_SNDFILE = ("_soundfile_data/libsndfile*",)
_SNDFILE_BUILD = "linked into it by https://github.com/bastibe/libsndfile-binaries (linux_build.sh)"
_SOUND = (
    Library(
        "libsndfile",
        "LGPL-2.1-or-later",
        "https://github.com/libsndfile/libsndfile/releases",
        "it says its version itself; its license lies beside it",
        _SNDFILE,
        ("libsndfile", "LGPL-2.1"),
        in_bytes(rb"libsndfile-(\d+\.\d+\.\d+)"),
    ),
    Library(
        "libogg",
        "BSD-3-Clause",
        "https://downloads.xiph.org/releases/ogg/",
        _SNDFILE_BUILD,
        _SNDFILE,
        ("ogg",),
        with_wheel("0.14.0", "1.3.5"),
    ),
    Library(
        "libvorbis",
        "BSD-3-Clause",
        "https://downloads.xiph.org/releases/vorbis/",
        _SNDFILE_BUILD,
        _SNDFILE,
        ("vorbis",),
        in_bytes(rb"Xiph\.Org libVorbis (\d+\.\d+\.\d+)"),
    ),
    Library(
        "libFLAC",
        "BSD-3-Clause",
        "https://downloads.xiph.org/releases/flac/",
        _SNDFILE_BUILD,
        _SNDFILE,
        ("flac",),
        in_bytes(rb"reference libFLAC (\d+\.\d+\.\d+)"),
    ),
    Library(
        "libopus",
        "BSD-3-Clause",
        "https://downloads.xiph.org/releases/opus/",
        _SNDFILE_BUILD,
        _SNDFILE,
        ("opus",),
        in_bytes(rb"libopus (\d+\.\d+(?:\.\d+)?)"),
    ),
    Library(
        "mpg123",
        "LGPL-2.1-only",
        "https://sourceforge.net/projects/mpg123/files/mpg123/",
        _SNDFILE_BUILD,
        _SNDFILE,
        ("mpg123", "LGPL-2.1"),
        with_wheel("0.14.0", "1.32.3"),
    ),
    Library(
        "LAME",
        "LGPL-2.0-or-later",
        "https://sourceforge.net/projects/lame/files/lame/",
        f"{_SNDFILE_BUILD}; its makers publish it under the LGPL",
        _SNDFILE,
        ("lame", "LGPL-2.0"),
        in_bytes(rb"LAME(\d+\.\d+)"),
    ),
)

_ESPEAK = ("espeakng_loader/libespeak-ng*", "espeakng_loader/espeak-ng-data/*")
_VOICE = (
    Library(
        "eSpeak NG",
        "GPL-3.0-or-later",
        "https://github.com/espeak-ng/espeak-ng/archive/refs/tags/1.52.0.tar.gz",
        "the library says its version; built by https://github.com/thewh1teagle/espeakng-loader (build.sh)",
        _ESPEAK,
        ("espeak-ng", "GPL-3.0"),
        in_bytes(rb"(?<![\d.])(1\.\d\d\.\d)(?![\d.])"),
    ),
    Library(
        "sonic",
        "Apache-2.0",
        "https://github.com/waywardgeek/sonic",
        "its functions are in eSpeak NG's library, whose build brings it",
        ("espeakng_loader/libespeak-ng*",),
        ("Apache-2.0",),
    ),
)

_BLAS = ("numpy.libs/libscipy_openblas*", "numpy/.dylibs/libscipy_openblas*", "numpy.libs/*openblas*.dll")
_NUMBERS = (
    Library(
        "OpenBLAS",
        "BSD-3-Clause",
        "https://github.com/OpenMathLib/OpenBLAS",
        "numpy's LICENSE.txt",
        _BLAS,
        version=in_bytes(rb"OpenBLAS (\d+\.\d+\.\d+)"),
    ),
    Library(
        "LAPACK",
        "BSD-3-Clause-Open-MPI",
        "https://github.com/Reference-LAPACK/lapack",
        "numpy's LICENSE.txt: within OpenBLAS",
        _BLAS,
    ),
    Library(
        "GCC runtime library",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "https://gcc.gnu.org/git/?p=gcc.git",
        "numpy's LICENSE.txt",
        ("numpy.libs/libgfortran*", "numpy/.dylibs/libgfortran*", "numpy/.dylibs/libgcc_s*"),
    ),
    Library(
        "libquadmath",
        "LGPL-2.1-or-later",
        "https://gcc.gnu.org/git/?p=gcc.git",
        "numpy's LICENSE.txt",
        ("numpy.libs/libquadmath*", "numpy/.dylibs/libquadmath*"),
    ),
)

_PILLOW = "Pillow's LICENSE, and the list of parts in its wheel"


def _picture(
    name: str, license_id: str, source: str, library: str, version: Version = unknown, *also: str
) -> Library:
    """Describe a library that Pillow brings as a file on Linux and macOS; ``also`` where else it may be."""
    files = (f"pillow.libs/{library}[-.]*", f"PIL/.dylibs/{library}.*", *also)
    return Library(name, license_id, source, _PILLOW, files, version=version)


_CORE = "PIL/_imaging.*.pyd"
_PICTURES = (
    _picture("libXau", "MIT-open-group", "https://gitlab.freedesktop.org/xorg/lib/libxau", "libXau"),
    _picture(
        "libXdmcp",
        "MIT-open-group",
        "https://gitlab.freedesktop.org/xorg/lib/libxdmcp",
        "libXdmcp",
    ),
    _picture(
        "libxcb",
        "X11",
        "https://gitlab.freedesktop.org/xorg/lib/libxcb",
        "libxcb",
        in_parts_list("libxcb"),
    ),
    _picture(
        "libavif",
        "BSD-2-Clause",
        "https://github.com/AOMediaCodec/libavif",
        "libavif",
        in_parts_list("libavif"),
        "PIL/_avif.*.pyd",
    ),
    _picture("brotli", "MIT", "https://github.com/google/brotli", "libbrotli*", in_name(r"\.so\.(\d\S+)")),
    _picture(
        "FreeType",
        "FTL OR GPL-2.0-or-later",
        "https://download.savannah.gnu.org/releases/freetype/",
        "libfreetype",
        in_parts_list("FreeType"),
        "PIL/_imagingft.*.pyd",
    ),
    _picture(
        "HarfBuzz",
        "MIT-Modern-Variant",
        "https://github.com/harfbuzz/harfbuzz",
        "libharfbuzz",
        in_parts_list("HarfBuzz"),
        "PIL/_imagingft.*.pyd",
    ),
    _picture(
        "libjpeg-turbo",
        "IJG AND BSD-3-Clause",
        "https://github.com/libjpeg-turbo/libjpeg-turbo",
        "libjpeg",
        in_parts_list("libjpeg / libjpeg-turbo"),
        _CORE,
    ),
    _picture(
        "Little CMS 2",
        "MIT",
        "https://github.com/mm2/Little-CMS",
        "liblcms2",
        in_parts_list("Little CMS 2"),
        "PIL/_imagingcms.*.pyd",
    ),
    _picture(
        "XZ Utils", "0BSD", "https://github.com/tukaani-project/xz", "liblzma", in_name(r"\.so\.(\d\S+)")
    ),
    _picture(
        "OpenJPEG",
        "BSD-2-Clause",
        "https://github.com/uclouvain/openjpeg",
        "libopenjp2",
        in_parts_list("OpenJPEG"),
        _CORE,
    ),
    _picture(
        "libpng",
        "libpng-2.0",
        "https://github.com/pnggroup/libpng",
        "libpng16",
        in_bytes(rb"libpng version (\d+\.\d+\.\d+)"),
    ),
    _picture(
        "libtiff",
        "libtiff",
        "https://gitlab.com/libtiff/libtiff",
        "libtiff",
        in_parts_list("libtiff"),
        _CORE,
    ),
    *(
        _picture(
            "libwebp",
            "BSD-3-Clause",
            "https://chromium.googlesource.com/webm/libwebp",
            library,
            in_parts_list("libwebp"),
            "PIL/_webp.*.pyd",
        )
        for library in ("libwebp", "libsharpyuv", "libwebpdemux", "libwebpmux")
    ),
    _picture(
        "Zstandard", "BSD-3-Clause", "https://github.com/facebook/zstd", "libzstd", in_name(r"\.so\.(\d\S+)")
    ),
    Library(
        "zlib-ng",
        "Zlib",
        "https://github.com/zlib-ng/zlib-ng",
        _PILLOW,
        ("PIL/_imaging.*", "pillow.libs/libz[-.]*", "PIL/.dylibs/libz.*"),
        version=in_parts_list("zlib"),
    ),
    Library(
        "Raqm",
        "MIT",
        "https://github.com/HOST-Oman/libraqm",
        _PILLOW,
        ("PIL/_imagingft.*",),
        version=in_parts_list("raqm"),
    ),
)

WHEELS: Mapping[str, tuple[Library, ...]] = {
    "soundfile": _SOUND,
    "espeakng-loader": _VOICE,
    "numpy": _NUMBERS,
    "pillow": _PICTURES,
    "cffi": (
        Library(
            "libffi",
            "MIT",
            "https://github.com/libffi/libffi",
            "its functions are in the extension",
            ("_cffi_backend*",),
            ("libffi",),
        ),
    ),
}
"""What each wheel brings, by its name; those of Qt stand in :mod:`native_qt`."""
