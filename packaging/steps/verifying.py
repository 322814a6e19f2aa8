"""Runs proofs of what was built: each is a module ``verify_NAME`` with ``verify() -> None``."""

import importlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

PREFIX = "verify_"


def names(folder: Path = Path(__file__).parent) -> list[str]:
    """List what can be proven."""
    return sorted(modules(folder))


def modules(folder: Path = Path(__file__).parent) -> dict[str, str]:
    """Give the module of each proof."""
    found = folder.glob(f"*/{PREFIX}*.py")
    return {path.stem.removeprefix(PREFIX): f"{path.parent.name}.{path.stem}" for path in found}


def verify(name: str) -> bool:
    """Run one proof and tell how it went; what it asserts is what it says when it fails."""
    began = time.monotonic()
    try:
        importlib.import_module(modules()[name]).verify()
    except AssertionError as error:
        print(f"FAIL   {name}: {error}", file=sys.stderr, flush=True)
        return False
    print(f"ok     {name}  {time.monotonic() - began:.0f} s", flush=True)
    return True


def main(arguments: Sequence[str]) -> int:
    known = names()
    unknown = [name for name in arguments if name not in known]
    if unknown or not arguments:
        named = f"{', '.join(unknown)} cannot be proven; " if unknown else ""
        print(f"packaging/verify: {named}name some of: {' '.join(known)}", file=sys.stderr)
        return 2
    failed = [name for name in arguments if not verify(name)]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
