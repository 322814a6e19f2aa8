"""Damaged files for every reader, one after another: none may crash, hang, or make what we cannot read.

    python tools/fuzz_readers.py --seconds 60 fit bundle

Where atheris is installed, it steers by what the readers' code does with a file; otherwise files are changed
blindly. Both begin with the samples of the tests, and both know how to change what is inside of an archive,
of JSON and of FIT. What makes a reader fail is kept as a file, to run again with ``--again FILE``.
"""

import argparse
import importlib
import importlib.util
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tools")]

from fuzz_changes import changed  # noqa: E402 - beside this file

from chain_timer.exchange.formats import IN_FORMATS, InFormat, format_of  # noqa: E402 - of this checkout
from chain_timer.exchange.parcel import Known, Parcel, no_progress  # noqa: E402
from chain_timer.exchange.source import Source  # noqa: E402
from chain_timer.problems import FileProblemsError, plain  # noqa: E402
from chain_timer.routine.exercise_reader import exercise_from  # noqa: E402
from chain_timer.routine.exercise_writer import exercise_text  # noqa: E402
from chain_timer.routine.library import Library  # noqa: E402
from chain_timer.routine.routine_reader import routine_from  # noqa: E402
from chain_timer.routine.routine_writer import routine_text  # noqa: E402

SAMPLES = CHECKOUT / "tests" / "exchange" / "samples"
LONGEST_S = 10
"""Of one file; the samples take milliseconds."""
LARGEST = 64 * 1024
_MOST_CHECKED = 20
"""Exercises and routines of a file that are written and read again."""
_RUNS = re.compile(r"Done (\d+) runs")

LIBRARY = Library.built_in()
KNOWN = Known(LIBRARY.by_exercise_id, LIBRARY.names)


class SlowError(Exception):
    """A file takes longer than any file should."""


def main() -> int:
    arguments = _arguments()
    formats = [each for each in IN_FORMATS if not arguments.formats or each.id in arguments.formats]
    if arguments.again:
        data = arguments.again.read_bytes()
        for each in formats:
            run(each, data)
        return 0
    if arguments.here:
        return _steered(formats[0], arguments) if arguments.steered else _blind(formats[0], arguments)
    return max([_in_process(each, arguments) for each in formats], default=0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    add = parser.add_argument
    add("formats", nargs="*", help=f"of {', '.join(each.id for each in IN_FORMATS)}; all without one")
    add("--seconds", type=int, default=60, help="for each reader")
    add("--seed", type=int, default=1, help="of the changes; the same one makes the same files")
    kept = Path(tempfile.gettempdir()) / "chain-timer-fuzz"
    add("--keep", type=Path, default=kept, help="for files that make a reader fail")
    add("--again", type=Path, metavar="FILE", help="run the readers on this file alone")
    add("--blind", dest="steered", action="store_false", help="without atheris")
    add("--here", action="store_true", help=argparse.SUPPRESS)
    found = parser.parse_args()
    unknown = set(found.formats) - {each.id for each in IN_FORMATS}
    if unknown:
        parser.error(f"there is no format {', '.join(sorted(unknown))}")
    found.steered = found.steered and importlib.util.find_spec("atheris") is not None
    return found


def _in_process(each: InFormat, arguments: argparse.Namespace) -> int:
    """Run one reader in a process of its own: atheris ends the one it is in, and so may a reader."""
    command = [sys.executable, __file__, each.id, "--here", "--keep", str(arguments.keep)]
    command += ["--seconds", str(arguments.seconds), "--seed", str(arguments.seed)]
    command += [] if arguments.steered else ["--blind"]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    runs = sum(map(int, _RUNS.findall(done.stdout)))
    print(f"{each.id}: {runs:,} files, {'well' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout[-4_000:], flush=True)
    return int(done.returncode != 0)


# --- one file --------------------------------------------------------------------------------------------


def run(each: InFormat, data: bytes) -> None:
    """Ask what the file is, read it with this reader whatever it is, and look at what came of it."""
    source = Source(data, "tried")
    format_of(source)
    each.recognizes(source)
    try:
        parcel = each.read(source, KNOWN, no_progress)
    except FileProblemsError as error:
        for problem in error.problems:
            _check(plain(str(problem), 10_000) == str(problem), f"{problem!r} is not plain")
        return
    _check_parcel(parcel)


def _check_parcel(parcel: Parcel) -> None:
    """See that everything can be written as files of ours, and reads back the same."""
    new = {each.id: each for each in parcel.exercises}
    every = {**KNOWN.exercises, **new}
    _check(len(new) == len(parcel.exercises), "an id is there twice")
    for exercise in parcel.exercises[:_MOST_CHECKED]:
        found = exercise_from(exercise_text(exercise), exercise.id, KNOWN.names)
        _check(found == exercise, f"{exercise!r} reads back otherwise")
    for routine in parcel.routines[:_MOST_CHECKED]:
        own = {each.id: each for each in routine.exercises}
        # A routine may bring exercises that it defines itself.
        again = routine_from(routine_text(routine, every), routine.id, {**every, **own}, KNOWN.names)
        _check(again.circuits == routine.circuits, f"{routine!r} reads back otherwise")
    for loss in parcel.losses:
        _check(plain(str(loss), 10_000) == str(loss), f"{loss!r} is not plain")


def _check(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - what is checked
    if not holds:
        raise AssertionError(otherwise)


# --- without atheris -------------------------------------------------------------------------------------


def _blind(each: InFormat, arguments: argparse.Namespace) -> int:
    """Change files of what was interesting so far: the samples, and what is read in another way."""
    random, corpus = Random(arguments.seed), list(_seeds(each))  # noqa: S311 - no secret
    end, runs, outcomes = time.monotonic() + arguments.seconds, 0, set[str]()
    while time.monotonic() < end:
        data = changed(random.choice(corpus), random, corpus)[:LARGEST]
        runs += 1
        try:
            with _bounded():
                outcome = _outcome(each, data)
        except Exception:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            path = arguments.keep / f"{each.id}-{arguments.seed}-{runs}"
            path.write_bytes(data)
            print(f"kept as {path}", flush=True)
            raise
        if outcome not in outcomes:
            outcomes.add(outcome)
            corpus.append(data)
    print(f"Done {runs} runs, {len(outcomes)} outcomes")
    return 0


def _outcome(each: InFormat, data: bytes) -> str:
    """Run, and give roughly what came of it: the kinds of problems, without places and numbers."""
    run(each, data)
    try:
        parcel = each.read(Source(data, "tried"), KNOWN, no_progress)
    except FileProblemsError as error:
        return " ".join(sorted({re.sub(r'".*?"|\d+', "", problem.what) for problem in error.problems}))
    kinds = " ".join(sorted({re.sub(r'".*?"|\d+', "", loss.what) for loss in parcel.losses}))
    return f"{len(parcel.routines)} {len(parcel.exercises)} {kinds}"


@contextmanager
def _bounded() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    signal.signal(signal.SIGALRM, _too_slow)
    signal.alarm(LONGEST_S)
    try:
        yield
    finally:
        signal.alarm(0)


def _too_slow(_number: int, _frame: FrameType | None) -> None:
    raise SlowError(f"more than {LONGEST_S} s")


def _seeds(each: InFormat) -> Iterator[bytes]:
    for path in sorted((SAMPLES / each.id).iterdir()):
        yield path.read_bytes()


# --- with atheris ----------------------------------------------------------------------------------------


def _steered(each: InFormat, arguments: argparse.Namespace) -> int:
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["chain_timer.exchange", "chain_timer.routine", "fitdecode"]):
        _load_readers()  # what is loaded before this it does not see
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(_seeds(each)):
            (Path(corpus) / str(number)).write_bytes(data)
        arguments.keep.mkdir(parents=True, exist_ok=True)
        options = [
            sys.argv[0],
            f"-max_total_time={arguments.seconds}",
            f"-seed={arguments.seed}",
            f"-max_len={LARGEST}",
            f"-timeout={LONGEST_S}",
            "-rss_limit_mb=2048",
            f"-artifact_prefix={arguments.keep}/{each.id}-",
            corpus,
        ]
        # Looked up when it is needed: Fuzz puts another one in its place.
        mutator = _mutator(lambda data, most: atheris.Mutate(data, most))  # noqa: PLW0108 - as above
        atheris.Setup(options, lambda data: run(each, data), custom_mutator=mutator)
        atheris.Fuzz()
        shutil.rmtree(corpus, ignore_errors=True)
    return 0


def _load_readers() -> None:
    for path in sorted((CHECKOUT / "chain_timer" / "exchange").glob("*.py")):
        importlib.import_module(f"chain_timer.exchange.{path.stem}")


def _mutator(mutate: Callable[[bytes, int], bytes]) -> Callable[[bytes, int, int], bytes]:
    def mutator(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311 - no secret
        if random.random() < 0.4:  # noqa: PLR2004 - a little less than half
            return mutate(data, most)
        return changed(data, random, [data])[:most]

    return mutator


if __name__ == "__main__":
    sys.exit(main())
