"""Who may import what from outside; who may import whom inside is a contract in pyproject.toml."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# What is imported, and the parts that may. A late import inside a function counts like any other.
ONLY_HERE = {
    "PySide6.QtWidgets": ("window",),
    "PySide6.QtGui": ("window", "drawing"),
    "PySide6.QtSvg": ("window", "drawing"),
    "PySide6.QtMultimedia": ("sound",),
    "PySide6": ("window", "drawing", "terminal", "sound", "cli"),  # cli puts the parts together
    "shiboken6": ("window", "drawing", "sound"),
    "pyttsx3": ("speech.worker", "speech.speaker"),
    "espeakng_loader": ("speech.worker", "speech.speaker"),
    "rich": ("terminal", "cli"),
    "tomlkit": ("routine", "system"),
    "PIL": ("drawing.figure_film",),
    "defusedxml": ("drawing", "exchange"),
    "fitdecode": ("exchange",),
    "fit_tool": ("exchange",),
    "icalendar": ("exchange",),
    "soundfile": ("speech", "exchange"),
    "zipfile": ("exchange",),
    "wakepy": ("system.awake",),
    "desktop_notifier": ("system.notifier",),
    "dbus_fast": ("system.notifier",),
    "platformdirs": ("system.folders",),
    "sqlite3": ("history",),
    "subprocess": ("speech", "cli.doctor", "cli.desktop_entry_command"),
}
NEVER = ("importlib.import_module", "__import__")


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def is_within(name: str, part: str) -> bool:
    return name == part or name.startswith(f"{part}.")


@pytest.mark.parametrize("package", ONLY_HERE)
def test_it_is_imported_only_where_it_belongs(package: str, modules: list[Any]) -> None:
    homes = [f"chain_timer.{home}" for home in ONLY_HERE[package]]
    strays = [
        f"{module.path}:{line} imports {name}"
        for module in modules
        for name, line in imported(module.tree)
        if is_within(name, package) and not any(is_within(module.name, home) for home in homes)
    ]
    assert strays == []


def test_no_import_hides_from_this_test(modules: list[Any]) -> None:
    strays = [
        f"{module.path}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in NEVER
    ]
    assert strays == []


def test_the_tests_of_the_core_import_no_qt(core_test_files: list[Path]) -> None:
    strays = [
        f"{path}:{line}"
        for path in core_test_files
        for name, line in imported(ast.parse(path.read_text(encoding="utf-8")))
        if is_within(name, "PySide6") or is_within(name, "pytestqt")
    ]
    assert strays == []


def test_the_core_has_tests(core_test_files: list[Path]) -> None:
    assert {"routine", "system"} <= {path.parent.name for path in core_test_files}


@pytest.mark.parametrize(
    "source",
    ["import PySide6.QtGui", "from PySide6 import QtGui", "def f():\n    from PySide6.QtGui import QPen"],
)
def test_every_way_to_import_is_seen(source: str) -> None:
    assert any(is_within(name, "PySide6.QtGui") for name, _ in imported(ast.parse(source)))
