"""What is in a bundle that others made: found out from the files that are really there.

Every file and every module has to be accounted for, so that nothing is shipped unknowingly: by the wheel it
came from, by Python, or by the system's package. What lies inside wheels stands in :mod:`native`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import Distribution, distributions
from pathlib import Path

from places import ROOT

from parts.component import Component, UnaccountedError, generic_purl
from parts.license_texts import demands_gpl, tidy
from parts.origin_python import Python, is_of_starter
from parts.origin_system import System
from parts.origin_wheels import Wheels, is_native

MAY_DEMAND_GPL = frozenset({"eSpeak NG"})
"""What is under the GPL alone and may be shipped: it is loaded in the voice's own process and no other."""

_PROGRAM = "chain_timer"
_BESIDE = re.compile(
    r"LICENSE|qt\.conf|README[^/]*|licenses/.*|share/.*|.*\.desktop|Contents/(Info\.plist|PkgInfo|_CodeSignature/.*)|.*\.icns"
)
_INSIDE = re.compile(r"^(_internal|Contents/(Frameworks|Resources|MacOS))/")
_FONT = re.compile(rb"V\0?e\0?r\0?s\0?i\0?o\0?n\0? \0?((?:[\d.]\0?)+)")


def modules_in(executable: Path) -> list[str]:
    """List the modules of Python within an executable that PyInstaller made; none in any other."""
    from PyInstaller.archive.readers import (  # noqa: PLC0415 - of the build environment alone
        ArchiveReadError,
        CArchiveReader,
    )

    try:
        archive = CArchiveReader(str(executable))
    except ArchiveReadError:
        return []
    within = [name for name, entry in archive.toc.items() if entry[4] in "mM"]
    scripts = [name for name, entry in archive.toc.items() if entry[4] == "s" and is_of_starter(name)]
    packed = [name for name, entry in archive.toc.items() if entry[4] == "z"]
    modules = [module for name in packed for module in archive.open_embedded_archive(name).toc]
    return sorted({*within, *scripts, *modules})


def shipped(
    bundle: Path,
    installed: Iterable[Distribution] | None = None,
    modules: Callable[[Path], Iterable[str]] = modules_in,
) -> tuple[Component, ...]:
    """List what others made, in order of the names; call it with the Python that built the bundle.

    Raises UnaccountedError with everything of which nobody knows whose it is, and what must not be there.
    """
    inventory = _Inventory(Wheels(distributions() if installed is None else installed))
    for file in sorted(path for path in bundle.rglob("*") if path.is_file()):
        inventory.add_file(file, file.relative_to(bundle).as_posix())
    for executable in sorted(path for path in bundle.rglob("*") if _is_executable(path, bundle)):
        for module in modules(executable):
            inventory.add_module(module)
    return inventory.components()


class _Inventory:
    """What was found so far, and what nobody accounts for."""

    def __init__(self, wheels: Wheels) -> None:
        self._wheels = wheels
        self._python = Python()
        self._origins = (wheels, self._python, System())
        self._files: dict[Component, list[str]] = {}
        self._problems: list[str] = []

    def add_file(self, file: Path, name: str) -> None:
        place = _INSIDE.sub("", name).replace("__dot__", ".")
        if file.is_symlink() and _leads_within(file):
            return  # the file it leads to is seen itself
        if _is_ours(name, place):
            if place.endswith(".otf"):
                self._found(_typeface(file), name)
        elif place == name and is_native(file):
            self._find_starter(name)
        else:
            self._find(file, name, place)

    def add_module(self, module: str) -> None:
        if module.partition(".")[0] == _PROGRAM:
            return
        try:
            component = self._wheels.of_module(module)
        except UnaccountedError as error:
            self._problems.append(str(error))
            return
        if is_of_starter(module):
            self._find_starter("")
        elif component is not None:
            self._found(component, "")
        elif self._python.has_module(module):
            self._found(self._python.component, "")
        else:
            self._problems.append(f"the module {module} is of no package that is installed here")

    def components(self) -> tuple[Component, ...]:
        """Give all that was found. Raises UnaccountedError."""
        found = [
            replace(component, files=tuple(sorted(files))) for component, files in self._merged().items()
        ]
        problems = [*self._problems, *_forbidden(found)]
        if problems:
            raise UnaccountedError(
                "\n  ".join(("The bundle holds what it should not:", *dict.fromkeys(problems)))
            )
        return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.version, each.purl)))

    def _merged(self) -> dict[Component, set[str]]:
        """Bring together one library that lies in several files."""
        merged: dict[str, Component] = {}
        files: dict[str, set[str]] = {}
        for component, names in self._files.items():
            key = f"{component.brought_by} {component.purl}"
            merged.setdefault(key, component)
            files.setdefault(key, set()).update(filter(None, names))
        return {component: files[key] for key, component in merged.items()}

    def _find(self, file: Path, name: str, place: str) -> None:
        try:
            found = next(filter(None, (origin.components(file, place) for origin in self._origins)), ())
        except UnaccountedError as error:
            self._problems.append(str(error))
            return
        for component in found:
            self._found(component, name)
        if not found:
            self._problems.append(f"{name} is of no wheel, not Python's, and of no package of this system")

    def _find_starter(self, name: str) -> None:
        starter = self._wheels.named("pyinstaller")
        if starter is None:
            self._problems.append(
                f"{name or 'the archive'} was made by PyInstaller, which is not installed here"
            )
        else:
            self._found(replace(starter, needs=()), name)

    def _found(self, component: Component, name: str) -> None:
        self._files.setdefault(component, []).append(name)


def _is_ours(name: str, place: str) -> bool:
    top = place.partition("/")[0]
    is_program = top == _PROGRAM or top.startswith(f"{_PROGRAM}-")
    return is_program or _BESIDE.fullmatch(name) is not None


def _is_executable(file: Path, bundle: Path) -> bool:
    name = file.relative_to(bundle).as_posix()
    beside = "/" not in name or name.startswith("Contents/MacOS/")
    return beside and file.is_file() and is_native(file)


def _leads_within(link: Path) -> bool:
    return link.exists() and not link.readlink().is_absolute()


def _typeface(file: Path) -> Component:
    """Describe the program's typeface, whose license lies beside it."""
    found = _FONT.search(file.read_bytes())
    version = found[1].replace(b"\0", b"").decode("ascii").strip(".") if found else ""
    return Component(
        name="Inter",
        version=version,
        license="OFL-1.1",
        texts=(tidy((ROOT / "resources" / "fonts" / "OFL.txt").read_text(encoding="utf-8")),),
        purl=generic_purl("inter", version),
        source="https://github.com/rsms/inter/releases",
        known="the font says its version; its license lies beside it",
    )


def _forbidden(components: Iterable[Component]) -> Iterator[str]:
    for component in components:
        try:
            is_gpl = demands_gpl(component.license)
        except UnaccountedError as error:
            yield f"{component.name}: {error}"
            continue
        if is_gpl and component.name not in MAY_DEMAND_GPL:
            where = ", ".join(component.files) or "the archive"
            yield f"{component.name} ({where}) is under {component.license} alone: leave it out of the bundle"
