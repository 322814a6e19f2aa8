"""The licenses of installed packages: which one it is, and its text."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from places import PACKAGING

from parts.component import UnaccountedError

_TEXTS = PACKAGING / "licenses"
_IS_TEXT = re.compile(r"(?i)(.*[^a-z])?(licen[cs]es?|copying|notice|authors)([^a-z].*)?")

# What packages wrote before there were license expressions (https://peps.python.org/pep-0639/).
_WORDS: Mapping[str, str] = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "Apache-2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "PSFL": "PSF-2.0",
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
# What the package itself does not say, or says in words alone.
_SAID_HERE: Mapping[str, str] = {
    # COPYING.txt: the starter is under the GPL with an exception, its hooks are under Apache's license.
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception AND Apache-2.0",
    "pywin32": "PSF-2.0",
}
_BROUGHT_HERE: Mapping[str, tuple[str, ...]] = {
    "pyside6-essentials": ("LGPL-3.0", "GPL-3.0"),
    "pyside6-addons": ("LGPL-3.0", "GPL-3.0"),
    "shiboken6": ("LGPL-3.0", "GPL-3.0"),
    "pyinstaller": ("Apache-2.0",),
}


def canonical(name: str) -> str:
    """Spell the name of a package as PyPI does."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def text(name: str) -> str:
    """Give one of the texts in ``packaging/licenses``."""
    return (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def texts(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(text(name) for name in names)


def license_of(package: Distribution) -> str:
    """Give the license of a package as SPDX says it. Raises UnaccountedError when nothing tells it."""
    name = canonical(package.name)
    said = package.metadata
    if name in _SAID_HERE:
        return _SAID_HERE[name]
    if "License-Expression" in said:
        return said["License-Expression"]
    words = [*said.get_all("License", ()), *said.get_all("Classifier", ())]
    found = [_WORDS[word] for word in words if word in _WORDS]
    if not found:
        raise UnaccountedError(
            f"{package.name} {package.version} does not say its license in words known here: "
            "read it, and add it to packaging/steps/parts/license_texts.py"
        )
    return found[0]


def texts_of(package: Distribution) -> tuple[str, ...]:
    """Read the license texts of a package. Raises UnaccountedError when there is none."""
    brought = sorted(
        (path for path in package.files or () if ".dist-info/" in str(path) and _is_text(path.name)), key=str
    )
    own = tuple(_read(Path(str(path.locate()))) for path in brought)
    found = (*own, *texts(_BROUGHT_HERE.get(canonical(package.name), ())))
    if not found:
        raise UnaccountedError(
            f"{package.name} {package.version} brings no license text: "
            "add it to packaging/licenses, and its name to packaging/steps/parts/license_texts.py"
        )
    return tuple(dict.fromkeys(found))


def demands_gpl(expression: str) -> bool:
    """Whether a license leaves no choice but the GPL, without an exception for programs that use the part.

    Raises UnaccountedError when it is not as SPDX wants it.
    """
    from license_expression import (  # noqa: PLC0415 - of the build environment, and slow to import
        ExpressionError,
        LicenseWithExceptionSymbol,
    )

    spdx = _licensing()
    try:
        parsed = spdx.parse(expression)
    except ExpressionError as error:
        raise UnaccountedError(f"{expression} is no license expression: {error}") from error
    unknown = [key for key in spdx.unknown_license_keys(parsed) if not key.startswith("LicenseRef-")]
    if unknown:
        raise UnaccountedError(
            f"{', '.join(unknown)}: SPDX knows no such license (https://spdx.org/licenses/)"
        )

    def demands(part: object) -> bool:
        if isinstance(part, spdx.OR):
            return all(demands(each) for each in part.args)
        if isinstance(part, spdx.AND):
            return any(demands(each) for each in part.args)
        return not isinstance(part, LicenseWithExceptionSymbol) and str(part).startswith(("GPL-", "AGPL-"))

    return demands(parsed)


@cache
def _licensing() -> Any:  # noqa: ANN401 - the library has no types
    from license_expression import get_spdx_licensing  # noqa: PLC0415 - of the build environment

    return get_spdx_licensing()


def _is_text(name: str) -> bool:
    return _IS_TEXT.fullmatch(name) is not None


def _read(path: Path) -> str:
    return tidy(path.read_text(encoding="utf-8", errors="replace"))


def tidy(words: str) -> str:
    """Take out what no reader sees, so that equal texts are equal."""
    lines = words.replace("\f", "").replace("\r\n", "\n").replace("\ufeff", "").expandtabs().split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
