"""Small wheels, bundles and components, and the step modules of packaging by their names."""

import base64
import hashlib
import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

STEPS = Path(__file__).parents[2] / "packaging" / "steps"
ELF = b"\x7fELF\2\1\1"
MIT = {"LICENSE": "Do as you like.\n"}


def step(name: str) -> ModuleType:
    """Import a module of packaging by its name, wherever it stands, as they import each other."""
    (path,) = STEPS.rglob(f"{name}.py")
    sys.path.insert(0, str(STEPS))
    try:
        return importlib.import_module(".".join(path.relative_to(STEPS).with_suffix("").parts))
    finally:
        sys.path.remove(str(STEPS))


def install(
    site: Path,
    name: str,
    version: str,
    files: Mapping[str, bytes],
    *,
    metadata: str = "License-Expression: MIT",
    licenses: Mapping[str, str] = MIT,
) -> None:
    """Put a package into a folder as pip does, with the record of its files."""
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    said = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{metadata}\n"
    everything = {
        **files,
        f"{info}/METADATA": said.encode(),
        **{f"{info}/licenses/{each}": text.encode() for each, text in licenses.items()},
    }
    record = []
    for path, data in everything.items():
        lay(site, path, data)
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record.append(f"{path},sha256={digest},{len(data)}")
    lay(site, f"{info}/RECORD", "\n".join(record).encode())


def lay(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def component(name: str, license_id: str = "MIT", **more: Any) -> Any:
    """Make a component that is like most."""
    values = {
        "version": "1.0",
        "texts": (f"The license of {name}.\n",),
        "purl": f"pkg:pypi/{name.lower().replace(' ', '-')}@1.0",
        "source": f"https://example.org/{name.replace(' ', '-')}",
        "known": "what the package says of itself",
    }
    return step("component").Component(name=name, license=license_id, **{**values, **more})
