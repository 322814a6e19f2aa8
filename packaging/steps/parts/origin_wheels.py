"""Which wheel a file or a module of the bundle came from, and what else lies in it."""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from functools import cached_property
from importlib.metadata import Distribution, PackagePath
from pathlib import Path

from parts import native, native_qt
from parts.component import Component, UnaccountedError, generic_purl
from parts.license_texts import canonical, license_of, texts, texts_of
from parts.native import Library

WHEELS: Mapping[str, tuple[Library, ...]] = {**native.WHEELS, **native_qt.WHEELS}

OWN_LIBRARIES = (
    "PySide6/libpyside6*",
    "PySide6/pyside6*.dll",
    "shiboken6/libshiboken6*",
    "shiboken6/shiboken6*.dll",
)
"""Shared libraries that are the wheel's own code."""

_EXTENSION = re.compile(r"\.pyd$|\.abi3\.so$|\.cpython-[^/]*\.so$")
_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_MAGIC = (
    b"\x7fELF",
    b"MZ",
    *(bytes.fromhex(each) for each in ("cffaedfe", "feedfacf", "cafebabe", "cefaedfe")),
)


def is_native(file: Path) -> bool:
    """Whether it is a program or a library of Linux, Windows or macOS."""
    with file.open("rb") as opened:
        return opened.read(4).startswith(_MAGIC)


class Wheels:
    """The packages that are installed where the bundle is built."""

    def __init__(self, installed: Iterable[Distribution]) -> None:
        self._packages = {canonical(each.name): each for each in installed}
        self._described: dict[str, Component] = {}
        self._versions: dict[tuple[str, str], str] = {}

    def components(self, file: Path, place: str) -> tuple[Component, ...]:
        """Say whose a file is, by its place in the bundle; empty when no wheel has it.

        Raises UnaccountedError when it is a library that nobody wrote down.
        """
        found = self._found(file, place)
        if found is None:
            return ()
        package, path = found
        inside = [each for each in WHEELS.get(canonical(package.name), ()) if each.is_in(path)]
        if any(fnmatch(path, pattern) for pattern in native_qt.GPL_ALONE):
            raise UnaccountedError(f"{place} is a part of Qt under the GPL alone: leave it out of the bundle")
        is_own = _EXTENSION.search(path) or any(fnmatch(path, pattern) for pattern in OWN_LIBRARIES)
        if not is_own and inside:
            return tuple(self._library(each, package) for each in inside)
        if not is_own and is_native(file):
            raise UnaccountedError(
                f"{place} is a library inside {package.name} {package.version} that nobody wrote down: "
                "find out whose it is, and add it to packaging/steps/parts/native.py"
            )
        return (self.component(package), *(self._library(each, package) for each in inside))

    def of_module(self, module: str) -> Component | None:
        """Say whose a module is; None when no wheel has it."""
        while module:
            if package := self._modules.get(module):
                return self.component(package)
            module = module.rpartition(".")[0]
        return None

    def named(self, name: str) -> Component | None:
        """Give a package by its name, when it is installed."""
        package = self._packages.get(name)
        return None if package is None else self.component(package)

    def component(self, package: Distribution) -> Component:
        """Describe a package. Raises UnaccountedError when its license cannot be told."""
        name = canonical(package.name)
        if name not in self._described:
            self._described[name] = self._describe(name, package)
        return self._described[name]

    def _describe(self, name: str, package: Distribution) -> Component:
        return Component(
            name=package.name,
            version=package.version,
            license=license_of(package),
            texts=texts_of(package),
            purl=_purl_of(package),
            source=f"https://pypi.org/project/{name}/{package.version}/",
            known="what the package says of itself",
            needs=tuple(sorted({f"pkg:pypi/{each}" for each in _needs(package)})),
        )

    def _library(self, library: Library, package: Distribution) -> Component:
        version = self._version(library, package)
        return Component(
            name=library.name,
            version=version,
            license=library.license,
            texts=texts(library.texts) or texts_of(package),
            purl=generic_purl(library.name, version),
            source=library.source,
            known=library.known,
            brought_by=_purl_of(package),  # of which nothing else need be here, nor have a license
        )

    def _version(self, library: Library, package: Distribution) -> str:
        """Ask the files of the wheel, the bundle may hold only some of them, until one tells it."""
        key = (library.name, package.name)
        if key not in self._versions:
            files = (Path(str(path.locate())) for path in package.files or () if library.is_in(str(path)))
            told = (library.version(file, package) for file in files if file.is_file() and is_native(file))
            self._versions[key] = next(filter(None, told), "")
        return self._versions[key]

    def _found(self, file: Path, place: str) -> tuple[Distribution, str] | None:
        """Find the wheel that has a file: at its place, or the very same one at another, by its name."""
        if place in self._places:
            return self._places[place], place
        # PyInstaller puts some libraries beside the executable.
        for path in self._names.get(Path(place).name, ()):
            if path.hash is not None and path.hash.value == _digest(file, path.hash.mode):
                return self._places[str(path)], str(path)
        return None

    @cached_property
    def _places(self) -> Mapping[str, Distribution]:
        return {str(path): package for package, path in self._files()}

    @cached_property
    def _names(self) -> Mapping[str, list[PackagePath]]:
        names: defaultdict[str, list[PackagePath]] = defaultdict(list)
        for _package, path in self._files():
            names[path.name].append(path)
        return names

    @cached_property
    def _modules(self) -> Mapping[str, Distribution]:
        modules = {}
        for package, path in self._files():
            if path.suffix == ".py":
                parts = path.with_suffix("").parts
                modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = package
        return modules

    def _files(self) -> Iterator[tuple[Distribution, PackagePath]]:
        for name, package in self._packages.items():
            if name != "chain-timer":
                yield from ((package, path) for path in package.files or () if ".." not in path.parts)


def _purl_of(package: Distribution) -> str:
    return f"pkg:pypi/{canonical(package.name)}@{package.version}"


def _needs(package: Distribution) -> Iterator[str]:
    for requirement in package.requires or ():
        found = _REQUIREMENT.match(requirement)
        if found and "extra ==" not in requirement:
            yield canonical(found[0])


def _digest(file: Path, mode: str) -> str:
    digest = hashlib.new(mode, file.read_bytes(), usedforsecurity=False).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
