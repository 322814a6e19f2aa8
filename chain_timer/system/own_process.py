"""How this program is started once more: by others, or by itself for what runs in a process of its own.

A program made into a bundle has no Python to ask for a module: there the program itself is started again,
with an option that no person gives, and runs that module instead.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

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


def own_command(
    options: Sequence[str],
    *,
    executable: Path | None = None,
    environ: Mapping[str, str] | None = None,
    bundled: bool | None = None,
) -> tuple[str, ...]:
    """Give the command that starts this program once more, in whatever way it is installed."""
    executable = executable or Path(sys.executable)
    environ = os.environ if environ is None else environ
    if flatpak := environ.get("FLATPAK_ID", ""):
        return ("flatpak", "run", flatpak, *options)
    if image := environ.get("APPIMAGE", ""):
        return (image, *options)
    if is_bundle() if bundled is None else bundled:
        return (str(executable), *options)
    script = executable.with_name("chain-timer")
    if script.is_file():
        return (str(script), *options)
    # Without -P a folder of this name in the home folder would be taken for the program.
    return (str(executable), "-P", "-m", "chain_timer", *options)
