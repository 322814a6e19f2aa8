"""Modules of packaging that lie outside its steps, because something else runs them."""

import importlib.util
from pathlib import Path
from types import ModuleType

PACKAGING = Path(__file__).parents[2] / "packaging"


def beside(folder: str, name: str) -> ModuleType:
    """Load a module from a folder of packaging."""
    spec = importlib.util.spec_from_file_location(name, PACKAGING / folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
