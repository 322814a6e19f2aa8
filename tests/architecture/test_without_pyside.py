"""The run of the core without Qt is worth nothing if Qt could still be imported in it."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("what", ["PySide6", "PySide6.QtCore", "shiboken6"])
def test_the_plugin_makes_qt_unimportable(what: str, checkout: Path) -> None:
    source = f"import without_pyside\ntry:\n    import {what}\nexcept ImportError as error:\n    print(error)"
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=checkout / "tools", capture_output=True, text=True, check=True
    )
    assert "out of reach" in done.stdout


def test_the_core_can_be_imported_without_qt(checkout: Path, modules: list[object]) -> None:
    core = ("routine", "timeline", "session", "speech", "figure", "history", "system", "units", "problems")
    names = [
        name
        for name in (module.name for module in modules)
        if name.split(".")[1:2] and name.split(".")[1] in core
    ]
    source = "import without_pyside, importlib\n" + "".join(
        f"importlib.import_module({name!r})\n" for name in names
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", source],
        env=None,
        cwd=checkout / "tools",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
