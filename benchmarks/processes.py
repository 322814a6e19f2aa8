"""What a process and its children use, as Linux counts it: processor time, and memory shared fairly (PSS).

And the home they are given, where the program has been before.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path


def family(pid: int) -> Iterator[int]:
    """Give a process and all that it started, and they started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            yield from family(int(child))


def cpu_s(pid: int) -> float:
    """Seconds of processor time of a process with its children, so far."""
    total = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def pss_mib(pid: int) -> float:
    """MiB of memory of a process with its children; what is shared counts by its share."""
    total = 0
    for each in family(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def cpu_share(pid: int, seconds: float) -> float:
    """Give the share of one core used over some seconds, in percent."""
    before, began = cpu_s(pid), time.monotonic()
    time.sleep(seconds)
    return 100 * (cpu_s(pid) - before) / (time.monotonic() - began)


def settle_in(home: Path) -> None:
    """Make it the home of somebody who has been welcomed: the window opens on the library."""
    (home / "settings").mkdir(parents=True)
    (home / "settings" / "settings.toml").touch()
