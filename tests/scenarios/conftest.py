"""Where a disk can be filled and made read-only without harm: a small one of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


class SmallDisk:
    """A disk of 256 KiB in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def mount(self) -> str:
        """Mount it; says why not where that cannot be."""
        if sys.platform != "linux":
            return "disks in memory are mounted on Linux alone"
        return self._run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(self.folder))

    def make_read_only(self) -> None:
        assert self._run("mount", "-o", "remount,ro", str(self.folder)) == ""

    def make_writable(self) -> None:
        assert self._run("mount", "-o", "remount,rw", str(self.folder)) == ""

    def unmount(self) -> None:
        # Lazily: a process that is just ending may still hold a file.
        self._run("umount", "--lazy", str(self.folder))

    def fill(self) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            for size in (4_096, 1):
                try:
                    while filler.write(b"\0" * size):
                        pass
                except OSError:
                    continue

    def _run(self, *command: str) -> str:
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            return str(error)
        return "" if done.returncode == 0 else done.stderr.strip() or "refused"


@pytest.fixture(scope="module")
def make_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Give small disks; a test that needs one is skipped where nobody may mount one."""
    made: list[SmallDisk] = []

    def make() -> SmallDisk:
        disk = SmallDisk(tmp_path_factory.mktemp("disk"))
        if reason := disk.mount():
            pytest.skip(f"no disk to fill: {reason}")
        made.append(disk)
        return disk

    yield make
    for disk in made:
        disk.unmount()
