"""``SHA256SUMS``: by which people see that what they downloaded is what was handed out."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def write(files: Iterable[Path], folder: Path) -> Path:
    """Write the sums of files in a folder, in order of their names; ``sha256sum -c`` checks them."""
    lines = sorted((path.name, of(path)) for path in files)
    path = folder / NAME
    path.write_text("".join(f"{digest}  {name}\n" for name, digest in lines), encoding="utf-8")
    return path


def of(file: Path) -> str:
    """Give the sum of one file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def problems(folder: Path, names: Iterable[str]) -> list[str]:
    """List what is wrong with the sums in a folder that should tell of these files and no others."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        return [f"{NAME} cannot be read: {error}"]
    told = {found[2]: found[1] for line in lines if (found := _LINE.fullmatch(line))}
    wanted = set(names)
    return [
        *(f"{NAME} says nothing of {name}" for name in sorted(wanted - told.keys())),
        *(f"{NAME} tells of {name}, which is not of this version" for name in sorted(told.keys() - wanted)),
        *(
            f"{name} is not the file whose sum stands in {NAME}"
            for name in sorted(wanted & told.keys())
            if not (folder / name).is_file() or of(folder / name) != told[name]
        ),
    ]
