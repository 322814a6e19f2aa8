"""The tools as modules, and a small checkout in which ./run can be tried without the real environment."""

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).parents[2]
FAKE_PYTHON = '#!/bin/sh\nprintf "%s|" started "$@"\n'
# Stands for setting up: says so, and makes what ./run starts.
FAKE_BOOTSTRAP = """
import pathlib, sys
purpose, venv, key = sys.argv[1:]
print("set up", purpose, pathlib.Path(venv).name, end="|", flush=True)
python = pathlib.Path(venv, "bin", "python")
python.parent.mkdir(parents=True, exist_ok=True)
python.write_text(pathlib.Path(__file__).with_name("fake-python").read_text())
python.chmod(0o755)
pathlib.Path(venv, f"ready-{purpose}").write_text(key)
"""


@dataclass(frozen=True, slots=True)
class SmallCheckout:
    """A checkout with the real ./run and a setting up that is a fake."""

    root: Path

    def run(self, *arguments: str, **environ: str) -> str:
        command = [str(self.root / "run"), *arguments]
        done = subprocess.run(
            command, env=os.environ | environ, cwd="/", capture_output=True, text=True, check=False
        )
        return done.stdout or done.stderr


@pytest.fixture
def small_checkout(tmp_path: Path) -> SmallCheckout:
    root = tmp_path / "a checkout"
    (root / "tools").mkdir(parents=True)
    shutil.copy(CHECKOUT / "run", root)
    for name in ("ready.sh", "system_packages.py"):
        shutil.copy(CHECKOUT / "tools" / name, root / "tools")
    (root / "tools" / "bootstrap.py").write_text(FAKE_BOOTSTRAP)
    (root / "tools" / "fake-python").write_text(FAKE_PYTHON)
    (root / "pyproject.toml").write_text("[project]\n")
    return SmallCheckout(root)


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CHECKOUT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def system_packages() -> ModuleType:
    return _load("system_packages")


@pytest.fixture(scope="session")
def bootstrap(system_packages: ModuleType) -> ModuleType:
    del system_packages  # loaded first, as the next: bootstrap imports them by name
    _load("one_at_a_time")
    return _load("bootstrap")
