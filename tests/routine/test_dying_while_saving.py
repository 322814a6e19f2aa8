"""Killed while it saves, or refused by the disk: the file is the old one or the new one, whole."""

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from chain_timer.routine.drafts import Draft, Drafts
from chain_timer.routine.file_names import is_stray
from chain_timer.routine.own_files import NotSavedError, OwnFiles
from chain_timer.system import files as system_files

OLD = "old " * 5_000
NEW = "new " * 6_000
WAYS = ("save", "save_over", "new", "draft")
STEPS = ("open", "fsync", "replace", "rename", "link", "chmod", "unlink", "mkdir")
CHECKOUT = Path(__file__).parents[2]

# One process for all deaths of one way: it forks, and each child dies at another step. What is left is told
# as the parent of them all reads it.
CHILDREN = f"""
import json, os, sys
from pathlib import Path
sys.path[:0] = [{str(CHECKOUT)!r}, {str(Path(__file__).parent)!r}]
import test_dying_while_saving as here

way, root = sys.argv[1], Path(sys.argv[2])
for moment in range(1_000):
    folder = root / str(moment)
    act = here.prepared(way, folder)
    child = os.fork()
    if child == 0:
        here.interrupted_at(moment, lambda: os.kill(os.getpid(), 9))
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), here.left_in(folder)]))
    if status == 0:
        break
"""


def prepared(way: str, folder: Path) -> Callable[[], object]:
    """A folder with a file, and what is to be interrupted."""
    own = OwnFiles(folder)
    kept = own.new(OLD, "A")
    if way == "draft":
        drafts = Drafts(folder)
        drafts.keep("draft", Draft("", "", OLD, "A"))
        return lambda: drafts.keep("draft", Draft("", "", NEW, "A"))
    if way == "new":
        return lambda: own.new(NEW, "B")
    return lambda: (own.save if way == "save" else own.save_over)(kept, NEW)


def left_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in sorted(folder.iterdir())}


def interrupted_at(moment: int, interrupt: Callable[[], object]) -> None:
    """Have something happen at the moment of this number: before and after each step, and in mid-writing.

    Only for a process that is about to end: nothing is put back.
    """
    patch_steps(setattr, moment, interrupt, both_ends=True)


def patch_steps(
    patch: Callable[..., object], moment: int, interrupt: Callable[[], object], *, both_ends: bool
) -> None:
    moments = iter(range(1_000))

    def pass_moment() -> None:
        if next(moments) == moment:
            interrupt()

    def watched(step: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            pass_moment()
            done = step(*arguments, **named)
            if both_ends:  # a step that was done is no step that is refused
                pass_moment()
            return done

        return call

    class Halting(io.FileIO):
        def write(self, data: Any) -> int:
            half = len(data) // 2
            super().write(data[:half])
            pass_moment()
            super().write(data[half:])
            pass_moment()
            return len(data)

    opened = system_files._opened_anew

    def open_halting(path: Path) -> Any:
        with opened(path):
            pass
        return Halting(path, "r+b")

    for step in STEPS:
        patch(os, step, watched(getattr(os, step)))
    patch(system_files, "_opened_anew", open_halting)


def assert_whole(way: str, left: dict[str, str]) -> None:
    """Nothing is half, and all that nobody asked for is known to be stray."""
    whole = {OLD, NEW}
    if way == "draft":
        assert json.loads(left.pop("draft.json"))["text"] in whole
    if way == "new":
        assert left.pop("b.toml", NEW) == NEW
        whole = {OLD}
    assert left.pop("a.toml") in whole
    assert left.pop("a.toml.bak", OLD) == OLD
    assert [name for name in left if not is_stray(name)] == []


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that split in two")
@pytest.mark.parametrize("way", WAYS)
def test_a_program_that_is_killed_leaves_the_old_file_or_the_new_one(way: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILDREN, way, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    deaths = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(deaths) > 10
    assert [code for code, _ in deaths] == [-9] * (len(deaths) - 1) + [0]
    for _, left in deaths:
        assert_whole(way, dict(left))
    assert is_done(way, deaths[-1][1])
    assert not is_done(way, deaths[0][1])


def is_done(way: str, left: dict[str, str]) -> bool:
    name = {"draft": "draft.json", "new": "b.toml"}.get(way, "a.toml")
    return NEW in left.get(name, "") if way != "draft" else NEW in json.loads(left[name])["text"]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_disk_that_refuses_leaves_the_old_file_and_nothing_beside(way: str, tmp_path: Path) -> None:
    told = 0
    for moment in range(1_000):
        folder = tmp_path / str(moment)
        act = prepared(way, folder)
        refused: list[int] = []
        message = ""
        with pytest.MonkeyPatch.context() as patch:
            patch_steps(patch.setattr, moment, partial(refuse, refused), both_ends=False)
            try:
                act()
            except NotSavedError as error:
                message = str(error)
        left = left_in(folder)
        assert_whole(way, dict(left))
        assert [name for name in left if name.startswith(".")] == []
        # What cannot be done but is not needed, as a mode taken over, is no failure.
        assert is_done(way, left) or "no space left on device" in message
        told += bool(message)
        if not refused:
            break
    assert told > 3


def refuse(refused: list[int]) -> None:
    refused.append(1)
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
