"""What the house is made of: every module of the program as a path, a dotted name and a syntax tree."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Module:
    """One module; ``name`` is dotted, ``path`` relative to the checkout."""

    name: str
    path: Path
    text: str
    tree: ast.Module


def _module(path: Path) -> Module:
    relative = path.relative_to(CHECKOUT)
    text = path.read_text(encoding="utf-8")
    name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
    return Module(name, relative, text, ast.parse(text, str(path)))


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    return [_module(path) for path in sorted((CHECKOUT / "chain_timer").rglob("*.py"))]


@pytest.fixture(scope="session")
def tools() -> list[Module]:
    folders = ("tools", "benchmarks", "docs", "packaging")
    return [_module(path) for folder in folders for path in sorted((CHECKOUT / folder).rglob("*.py"))]


@pytest.fixture(scope="session")
def core_test_files() -> list[Path]:
    """Test files that must pass without Qt, by the list in tools/check.py."""
    import importlib.util  # noqa: PLC0415 -- only this fixture needs it

    spec = importlib.util.spec_from_file_location("check", CHECKOUT / "tools" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    core = [CHECKOUT / entry for entry in check.core_tests()]
    return [path for entry in core for path in (sorted(entry.rglob("*.py")) if entry.is_dir() else [entry])]
