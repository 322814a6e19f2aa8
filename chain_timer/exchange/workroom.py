"""A folder for files that are needed for a moment: on the disk of the cache, or where the system has one."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import rmtree

_PREFIX = "moment-"
_STALE_MS = 24 * 60 * 60 * 1_000
_NANOSECONDS_A_MS = 1_000_000


@contextmanager
def workroom(cache: Path, now_ms: int) -> Iterator[Path]:
    """Give an empty folder that is gone afterwards; those of programs that died are cleared away after a day.

    Raises OSError where there is no room for it anywhere.
    """
    _clear_stale(cache, now_ms)
    with ExitStack() as made:
        try:
            cache.mkdir(parents=True, exist_ok=True)
            room = made.enter_context(_folder(cache))
        except OSError:
            room = made.enter_context(_folder(None))
        yield Path(room)


def _folder(where: Path | None) -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix=_PREFIX, dir=where, ignore_cleanup_errors=True)


def _clear_stale(cache: Path, now_ms: int) -> None:
    with suppress(OSError):
        for path in cache.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                if now_ms - path.lstat().st_mtime_ns // _NANOSECONDS_A_MS > _STALE_MS:
                    rmtree(path, ignore_errors=True)
