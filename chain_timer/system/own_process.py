"""Parts of this program that run in a process of their own, started by this same program.

A program made into a bundle has no Python to ask for a module: there the program itself is started again,
with an option that no person gives, and runs that module instead.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

OPTION = "--own-process"
"""The first argument of a bundle that is to run one of the modules below."""

MODULES: Mapping[str, str] = {"voice": "chain_timer.speech.worker", "probe": "chain_timer.cli.probe"}
"""What may be run, by name: nothing else, whatever the command line says."""


def is_bundle() -> bool:
    """Whether the program was made into a bundle that brings its own Python."""
    return bool(getattr(sys, "frozen", False))


def own_process(name: str, *arguments: str) -> tuple[str, ...]:
    """Give the command that runs one of :data:`MODULES`, in a checkout, an installation or a bundle."""
    if is_bundle():
        return (sys.executable, OPTION, name, *arguments)
    return (sys.executable, "-m", MODULES[name], *arguments)


def is_own_process(arguments: Sequence[str]) -> bool:
    """Whether these are the arguments of a command of :func:`own_process`, in a bundle."""
    return arguments[:1] == [OPTION] and len(arguments) > 1 and arguments[1] in MODULES


def run_own_process(arguments: Sequence[str]) -> int:
    """Run the module that these arguments of :func:`own_process` name, and give its exit code."""
    _option, name, *others = arguments
    main = import_module(MODULES[name]).main
    return int(main(*others) or 0)
