"""A pytest plugin that makes PySide6 unimportable: what passes with it needs no Qt."""

import gc
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _Refusal(MetaPathFinder):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        del path, target
        if fullname.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"{fullname} is out of reach in this run", name=fullname)


sys.meta_path.insert(0, _Refusal())


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later collection of garbage."""
    gc.collect()
    gc.freeze()
