"""Clips kept on disk by what they say and who says it, within a bound; at worst there is no cache."""

import hashlib
import json
import logging
import os
import re
import zlib
from contextlib import suppress
from pathlib import Path
from threading import Lock

from chain_timer.speech.clip import LARGEST_WAV, BadClipError, Clip, clip_of, pcm_of, wav_of
from chain_timer.system.files import read_bytes_bounded, write_bytes_atomic

_log = logging.getLogger(__name__)

FORMAT = 1
"""Goes up when the same words would be rendered into another clip."""
DEFAULT_LIMIT = 64 * 1_024 * 1_024
_CHECKSUM_BYTES = 4
# The second kind is what a write leaves behind that was cut off by a power failure.
_NAME = re.compile(r"[0-9a-f]{64}\.clip|\.chain-timer-[0-9a-f]{16}\.tmp", re.ASCII)
_LEFT_AFTER_EVICTION = 0.9


class ClipCache:
    """A folder of clips. Nothing here raises: a folder that cannot be used means rendering again, no more.

    Files of other programs in the folder are left alone. Any thread may get and put: reading a clip does not
    wait for another one to be written.
    """

    def __init__(self, folder: Path, limit: int = DEFAULT_LIMIT) -> None:
        """``limit`` is the bytes all clips together may take; the ones not used for longest go first."""
        self._folder = folder
        self._limit = limit
        self._size: int | None = None
        self._warned = False
        self._changing = Lock()
        """Held while files are counted or removed, so that none vanishes from under the count."""

    def get(self, words: str, voice: str, rate: int) -> Clip | None:
        """The clip, if it is there and whole; what is there and broken is removed."""
        path = self._path(words, voice, rate)
        try:
            data = read_bytes_bounded(path, _CHECKSUM_BYTES + LARGEST_WAV)
            clip = clip_of(words, pcm_of(_unsealed(data)))
        except FileNotFoundError:
            return None
        except OSError as error:
            self._warn(error)
            return None
        except ValueError as error:
            _log.info("removed a broken clip from the cache: %s", error)
            with self._changing:
                self._remove(path)
            return None
        with suppress(OSError):
            os.utime(path)
        return clip

    def put(self, clip: Clip, voice: str, rate: int) -> bool:
        """Keep a clip, unless another voice than the one asked for speaks in it; True when it is kept."""
        data = _sealed(wav_of(clip.pcm))
        if clip.stand_in or len(data) > self._limit:
            return False
        try:
            with self._changing:
                self._make_room(len(data))
            write_bytes_atomic(self._path(clip.words, voice, rate), data)
        except OSError as error:
            self._warn(error)
            return False
        with self._changing:
            self._size = (self._size or 0) + len(data)
        return True

    def _path(self, words: str, voice: str, rate: int) -> Path:
        key = json.dumps([FORMAT, words, voice, rate]).encode("ascii")
        return self._folder / f"{hashlib.sha256(key).hexdigest()}.clip"

    def _make_room(self, needed: int) -> None:
        if self._size is not None and self._size + needed <= self._limit:
            return
        files = sorted(self._files())
        self._size = sum(size for _, size, _ in files)
        if self._size + needed <= self._limit:
            return
        for _, size, path in files:
            if self._size + needed <= self._limit * _LEFT_AFTER_EVICTION:
                return
            self._remove(path)
            self._size -= size

    def _files(self) -> list[tuple[int, int, Path]]:
        """Last use, size and path of every clip. Raises OSError."""
        if not self._folder.is_dir():
            return []
        found = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if _NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    found.append((status.st_mtime_ns, status.st_size, Path(entry.path)))
        return found

    def _remove(self, path: Path) -> None:
        with suppress(OSError):
            path.unlink(missing_ok=True)

    def _warn(self, error: OSError) -> None:
        if not self._warned:
            self._warned = True
            _log.warning("spoken phrases cannot be kept in %s: %s", self._folder, error.strerror or error)


def _sealed(wav: bytes) -> bytes:
    return zlib.crc32(wav).to_bytes(_CHECKSUM_BYTES, "little") + wav


def _unsealed(data: bytes) -> bytes:
    """Raises BadClipError when as much as one bit is not as it was written."""
    wav = data[_CHECKSUM_BYTES:]
    if zlib.crc32(wav).to_bytes(_CHECKSUM_BYTES, "little") != data[:_CHECKSUM_BYTES]:
        raise BadClipError("its checksum does not fit")
    return wav
