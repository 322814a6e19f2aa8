"""Clips on disk: found again, bounded, and at worst not there."""

import errno
import logging
import os
from pathlib import Path
from threading import Event, Thread

import pytest

from chain_timer.speech.cache import ClipCache
from chain_timer.speech.clip import Clip, clip_of

HOLD = clip_of("Hold", bytes(range(96)) * 10)
SOON_S = 5.0


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_clip_comes_back_whole_from_another_cache_on_the_same_folder(tmp_path: Path) -> None:
    ClipCache(tmp_path / "a" / "b").put(HOLD, "gmw/en", 150)
    assert ClipCache(tmp_path / "a" / "b").get("Hold", "gmw/en", 150) == HOLD


@pytest.mark.parametrize(
    ("words", "voice", "rate"), [("hold", "a", 150), ("Hold", "b", 150), ("Hold", "a", 151)]
)
def test_other_words_another_voice_or_rate_is_another_clip(
    words: str, voice: str, rate: int, tmp_path: Path
) -> None:
    cache = ClipCache(tmp_path)
    cache.put(HOLD, "a", 150)
    assert cache.get(words, voice, rate) is None


def test_a_clip_is_read_while_another_one_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = ClipCache(tmp_path)
    cache.put(HOLD, "a", 150)
    writing, go, found = Event(), Event(), Event()

    def slow(*_what: object) -> None:
        writing.set()
        go.wait(SOON_S)

    def read() -> None:
        if cache.get("Hold", "a", 150) == HOLD:
            found.set()

    monkeypatch.setattr("chain_timer.speech.cache.write_bytes_atomic", slow)
    threads = [Thread(target=cache.put, args=(clip_of("Rest", bytes(96)), "a", 150)), Thread(target=read)]
    threads[0].start()
    assert writing.wait(SOON_S)
    threads[1].start()
    assert found.wait(SOON_S)
    go.set()
    for thread in threads:
        thread.join(SOON_S)


def test_what_a_stand_in_says_is_not_kept(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.put(Clip("Hold", bytes(96), 1, stand_in=True), "a", 150)
    assert files(tmp_path) == []


def damage(data: bytes) -> list[bytes]:
    flipped = bytearray(data)
    flipped[500] ^= 1
    return [b"", data[:3], data[:-2], data + b"\0\0", bytes(len(data)), bytes(flipped), b"#!/bin/sh\n" * 50]


@pytest.mark.parametrize("kind", range(7))
def test_a_broken_file_is_no_clip_and_is_removed(kind: int, tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.put(HOLD, "a", 150)
    path = files(tmp_path)[0]
    path.write_bytes(damage(path.read_bytes())[kind])
    assert cache.get("Hold", "a", 150) is None
    assert files(tmp_path) == []


def test_a_file_far_too_large_is_removed_unread(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.put(HOLD, "a", 150)
    os.truncate(files(tmp_path)[0], 1 << 33)
    assert cache.get("Hold", "a", 150) is None
    assert files(tmp_path) == []


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_bytes(bytes(9_000))
    cache = ClipCache(tmp_path, limit=2_500)
    for number in range(5):
        cache.put(clip_of(str(number), HOLD.pcm), "a", 150)
    assert (tmp_path / "diary.txt").stat().st_size == 9_000


def test_the_clips_not_used_for_longest_go_first(tmp_path: Path) -> None:
    size = 4 + 44 + len(HOLD.pcm)
    cache = ClipCache(tmp_path, limit=size * 4)
    for age, words in enumerate("abcd"):
        cache.put(clip_of(words, HOLD.pcm), "v", 150)
        newest = max(files(tmp_path), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (1_000 + age, 1_000 + age))
    assert cache.get("a", "v", 150)
    cache.put(clip_of("e", HOLD.pcm), "v", 150)
    kept = [words for words in "abcde" if cache.get(words, "v", 150)]
    assert kept == ["a", "d", "e"]
    assert sum(path.stat().st_size for path in files(tmp_path)) <= size * 4


def test_the_bound_holds_for_clips_of_an_earlier_run_too(tmp_path: Path) -> None:
    limit = 10 * (4 + 44 + len(HOLD.pcm))
    for run in range(5):
        cache = ClipCache(tmp_path, limit=limit)
        for number in range(7):
            cache.put(clip_of(f"{run} {number}", HOLD.pcm), "v", 150)
    assert 0 < sum(path.stat().st_size for path in files(tmp_path)) <= limit


def test_a_clip_larger_than_all_the_room_costs_no_other_clip(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, limit=3_000)
    cache.put(HOLD, "v", 150)
    cache.put(clip_of("long", bytes(9_600)), "v", 150)
    assert cache.get("Hold", "v", 150) == HOLD


def test_a_folder_that_cannot_be_is_no_cache_and_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    cache = ClipCache(tmp_path / "file" / "clips")
    for _ in range(3):
        cache.put(HOLD, "a", 150)
        assert cache.get("Hold", "a", 150) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_keeps_what_is_there_and_warns_once(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cache = ClipCache(tmp_path)
    cache.put(HOLD, "a", 150)

    def refuse(path: Path, data: bytes) -> None:
        raise OSError(code, os.strerror(code), str(path), len(data))

    monkeypatch.setattr("chain_timer.speech.cache.write_bytes_atomic", refuse)
    for words in ("one", "two"):
        cache.put(clip_of(words, HOLD.pcm), "a", 150)
    assert cache.get("Hold", "a", 150) == HOLD
    assert len(caplog.records) == 1
    assert os.strerror(code) in caplog.text
