"""All checks of the project, one line each; what fails shows its words. Arguments go to pytest."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
CACHES = Path(sys.prefix) / "check-cache"  # not in the checkout, which may be read-only
LONGEST_S = 13 * 60
# These meet Qt, the whole program or its surroundings; all the other test folders are the core.
NOT_CORE = {
    "window",
    "terminal",
    "sound",
    "drawing",
    "exchange",
    "cli",
    "scenarios",
    "architecture",
    "slow",
    "tools",
    "packaging_steps",
}
# What is heard is measured here, and others at work on the same processor would be heard as well.
HEARD = ("scenarios", "sound", "speech")
SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile")
# The slow ones are among the tests: those with a real voice or clock, or with thousands of cases.
WITHOUT_QT = ("-p", "no:pytest-qt", "-p", "without_pyside", "-m", "not slow")
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"


@dataclass(frozen=True, slots=True)
class Check:
    """One command, and whether a person wants to follow it live."""

    name: str
    command: tuple[str, ...]
    live: bool = False
    counts: bool = False
    """Whether how many passed is worth a line."""


@dataclass(frozen=True, slots=True)
class Outcome:
    passed: bool
    output: str
    seconds: float

    @property
    def closing(self) -> str:
        lines = [line for line in self.output.splitlines() if line.strip()]
        return lines[-1] if lines else "nothing was said"


def main(arguments: list[str]) -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="chain-timer-test-") as home:
        environment = surroundings(Path(home))
        wanted = checks(arguments)
        for check in wanted:
            outcome = told(check, perform(check, environment))
            failed += not outcome.passed
            if check.counts and not check.live:
                print(f"       {outcome.closing.strip('= ')}")
    if failed:
        print(f"{failed} of {len(wanted)} checks failed")
    return 1 if failed else 0


def checks(arguments: list[str]) -> list[Check]:
    python = sys.executable
    pytest = (python, "-m", "pytest", "-o", f"cache_dir={CACHES / 'pytest'}")
    return [
        Check("lint", (python, "-m", "ruff", "check", "--quiet", "--output-format", "concise", ".")),
        Check("format", (python, "-m", "ruff", "format", "--check", "--quiet", ".")),
        Check("types", (python, "-m", "mypy", "--no-error-summary")),
        Check("imports", (python, "-c", _LINT_IMPORTS, "--cache-dir", str(CACHES / "imports"))),
        Check("core without Qt", (*pytest, "-q", *WITHOUT_QT, *core_tests())),
        *([Check("tests", (*pytest, *arguments), live=True)] if arguments else _all_tests(pytest)),
    ]


def _all_tests(pytest: tuple[str, ...]) -> list[Check]:
    heard = [f"tests/{folder}" for folder in HEARD]
    others = [f"--ignore={folder}" for folder in heard]
    return [
        Check("tests", (*pytest, "-q", *SIDE_BY_SIDE, *others), counts=True),
        Check("tests of what is heard", (*pytest, "-q", *heard), counts=True),
    ]


def core_tests() -> list[str]:
    tests = CHECKOUT / "tests"
    folders = [entry for entry in tests.iterdir() if entry.is_dir() and entry.name not in NOT_CORE]
    core = [folder for folder in folders if any(folder.rglob("test_*.py"))]
    return [str(path.relative_to(CHECKOUT)) for path in sorted([*core, *tests.glob("test_*.py")])]


def surroundings(home: Path) -> dict[str, str]:
    """Keep the checks off the person's screen and files."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "CHAIN_TIMER_HOME": str(home),
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "tools"), *_given("PYTHONPATH")]),
        # Kept apart, so that a system which forbids bytecode beside the sources need not go without.
        "PYTHONPYCACHEPREFIX": str(CACHES / "bytecode"),
        "PYTHONDONTWRITEBYTECODE": "",
        "RUFF_CACHE_DIR": str(CACHES / "ruff"),
        "MYPY_CACHE_DIR": str(CACHES / "mypy"),
    }


def _given(variable: str) -> list[str]:
    return [os.environ[variable]] if os.environ.get(variable) else []


def perform(check: Check, environment: Mapping[str, str]) -> Outcome:
    begin = time.monotonic()
    try:
        done = subprocess.run(
            check.command,
            cwd=CHECKOUT,
            env=environment,
            timeout=LONGEST_S,
            stdout=None if check.live else subprocess.PIPE,
            stderr=None if check.live else subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode(errors="replace")  # bytes here, whatever was asked for
        return Outcome(passed=False, output=f"{said}\nstopped after {LONGEST_S} s", seconds=LONGEST_S)
    return Outcome(done.returncode == 0, done.stdout or "", time.monotonic() - begin)


def told(check: Check, outcome: Outcome) -> Outcome:
    print(f"{'ok    ' if outcome.passed else 'FAILED'} {check.name} ({outcome.seconds:.1f} s)", flush=True)
    if not outcome.passed and not check.live:
        print(outcome.output.rstrip(), flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
