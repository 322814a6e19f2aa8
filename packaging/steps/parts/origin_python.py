"""Python itself, and what starts it inside a bundle."""

import platform
import re
import sys
import sysconfig
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

from parts import origin_system
from parts.component import Component, generic_purl
from parts.license_texts import text, tidy
from parts.native import Library

_FILES = (
    "base_library.zip",
    "python3.*/lib-dynload/*",
    "lib-dynload/*",
    "libpython3*",
    "python3*.dll",
    "Python",
    "Python.framework/*",
)
_STARTER = re.compile(r"(pyimod|pyiboot|pyi_rth_|_pyi_rth_)\w*")
_OTHERS = re.compile(r"_sysconfigdata_[\w-]*")
_MICROSOFT = Library(
    "Microsoft Visual C++ runtime",
    "LicenseRef-Microsoft-redistributable",
    "https://learn.microsoft.com/en-us/cpp/windows/latest-supported-vc-redist",
    "the names of the files",
    (
        "*vcruntime140*.dll",
        "*VCRUNTIME140*.dll",
        "*msvcp140*.dll",
        "*MSVCP140*.dll",
        "*ucrtbase.dll",
        "*api-ms-win-*.dll",
    ),
    ("microsoft-runtime",),
)
# What python.org's installers for Windows and macOS bring: Misc/externals.spdx.json in Python's sources.
_BROUGHT = (
    _MICROSOFT,
    Library(
        "OpenSSL",
        "Apache-2.0",
        "https://github.com/openssl/openssl/releases",
        "brought by python.org's Python",
        ("libcrypto-3*.dll", "libssl-3*.dll", "libcrypto.3.dylib", "libssl.3.dylib"),
        ("Apache-2.0",),
    ),
    Library(
        "libffi",
        "MIT",
        "https://github.com/libffi/libffi",
        "brought by python.org's Python",
        ("libffi-*.dll",),
        ("libffi",),
    ),
    Library(
        "SQLite",
        "blessing",
        "https://www.sqlite.org/download.html",
        "brought by python.org's Python",
        ("sqlite3.dll",),
        ("python-incorporated",),
    ),
)


class Python:
    """The Python that the bundle brings: the one it is built with."""

    def components(self, _file: Path, place: str) -> tuple[Component, ...]:
        """Say whether a file is Python's, by its place in the bundle; empty when it is not."""
        if any(fnmatch(place, pattern) for pattern in _FILES) or self._lies_beside(place):
            brought = [each for each in _BROUGHT if each.is_in(Path(place).name)]
            return tuple(self._brought(each) for each in brought) or (self.component,)
        return (self._brought(_MICROSOFT),) if _MICROSOFT.is_in(place) else ()

    def has_module(self, module: str) -> bool:
        """Whether a module is Python's own."""
        top = module.partition(".")[0]
        return top in sys.stdlib_module_names or _OTHERS.fullmatch(top) is not None

    @cached_property
    def component(self) -> Component:
        """Python, with the licenses of what it is made from."""
        version = platform.python_version()
        package = origin_system.package_of(Path(sys.executable).resolve())
        return Component(
            name="Python",
            version=version,
            license="PSF-2.0",
            texts=package.texts if package else _texts(),
            purl=generic_purl("python", version),
            source=package.source if package else f"https://www.python.org/ftp/python/{version}/",
            known=f"the system's package {package.name} {package.version}"
            if package
            else "it says its version",
        )

    def _brought(self, library: Library) -> Component:
        return Component(
            name=library.name,
            version="",
            license=library.license,
            texts=tuple(text(each) for each in library.texts),
            purl=generic_purl(library.name, ""),
            source=library.source,
            known=library.known,
            brought_by=self.component.purl,
        )

    def _lies_beside(self, place: str) -> bool:
        """Whether it is a library that Windows' Python keeps beside itself."""
        base, name = Path(sys.base_prefix), Path(place).name
        return sys.platform == "win32" and any((folder / name).exists() for folder in (base, base / "DLLs"))


def is_of_starter(module: str) -> bool:
    """Whether a module is PyInstaller's: what finds the others in a bundle."""
    return _STARTER.fullmatch(module.partition(".")[0]) is not None


def _texts() -> tuple[str, ...]:
    places = (Path(folder) / "LICENSE.txt" for folder in (sysconfig.get_path("stdlib"), sys.base_prefix))
    own = tuple(tidy(path.read_text(encoding="utf-8")) for path in places if path.exists())
    return (*own[:1], text("python-incorporated"))
