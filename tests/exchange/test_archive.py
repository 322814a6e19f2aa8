"""Zip archives from outside: what is good in them is read, all else told by its name; nothing unfolds far."""

import stat
import zipfile
import zlib
from hashlib import shake_128
from io import BytesIO
from time import process_time

import pytest
from helpers.zips import claiming, flagged, info, overlapping, twice, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange.archive import (
    LARGEST_ENTRY,
    LARGEST_WHOLE,
    MOST_ENTRIES,
    Archive,
    is_crowded,
)
from chain_timer.exchange.source import Source

MIB = 1024 * 1024


def opened(data: bytes, *, rooted: bool = False) -> Archive:
    return Archive(Source(data, "some.zip"), rooted=rooted)


def told(archive: Archive) -> list[str]:
    return [str(problem) for problem in archive.problems]


def read_all(archive: Archive) -> dict[str, bytes | None]:
    return {name: archive.read(name) for name in archive.names}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_entries_are_read_as_they_were_packed(method: int) -> None:
    files = {"a.toml": b"name = 1", "b/c.png": bytes(range(256)) * 3000, "empty": b""}
    archive = opened(zipped(files, method))
    assert read_all(archive) == files
    assert archive.problems == []


def test_a_name_in_any_script_is_read() -> None:
    assert read_all(opened(zipped({"übung/伸ばす.toml": b"x"}))) == {"übung/伸ばす.toml": b"x"}


def test_what_is_no_archive_has_no_entries() -> None:
    assert opened(b"PK\x03\x04 and no more").names == ()
    assert opened(b"text").names == ()


def test_an_entry_that_is_not_there_is_none_and_no_problem() -> None:
    archive = opened(zipped({"a": b"x"}))
    assert archive.read("b") is None
    assert archive.problems == []


def test_folders_are_passed_over() -> None:
    archive = opened(zipped({"a/": b"", "a/b": b"x"}))
    assert archive.names == ("a/b",)
    assert archive.problems == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("/etc/passwd", "its name is an absolute path"),
        ("C:/windows", "its name is an absolute path"),
        ("../up", "its name leads elsewhere"),
        ("a/../../up", "its name leads elsewhere"),
        ("a//b", "its name leads elsewhere"),
        ("./a", "its name leads elsewhere"),
        ("../", "its name leads elsewhere"),
        ("a\\b", "its name has a backslash or an unreadable character"),
        ("a\0b", "its name has a backslash or an unreadable character"),
    ],
)
def test_a_name_that_leads_elsewhere_is_left_out(name: str, why: str) -> None:
    archive = opened(zipped({name: b"x", "good": b"y"}))
    assert read_all(archive) == {"good": b"y"}
    assert [(problem.what, problem.remedy) for problem in archive.problems] == [(why, "it was left out")]


def test_a_rooted_archive_may_name_from_its_root_and_no_further() -> None:
    archive = opened(zipped({"/database.json": b"x", "//b": b"y", "/../c": b"z"}), rooted=True)
    assert read_all(archive) == {"database.json": b"x"}
    assert told(archive) == [
        "/b: its name is an absolute path; it was left out",
        "../c: its name leads elsewhere; it was left out",
    ]


def test_a_link_is_left_out() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = info("link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert told(opened(file.getvalue())) == ["link: it is a link; it was left out"]


@pytest.mark.parametrize("flag", [0x1, 0x40, 0x2000])
def test_an_encrypted_entry_is_left_out(flag: int) -> None:
    archive = opened(flagged(zipped({"a": b"x"}), flag))
    assert told(archive) == ["a: it is encrypted; it was left out"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 99])
def test_what_is_packed_in_another_way_is_left_out(method: int) -> None:
    archive = opened(flagged(zipped({"a": b"x"}), method=method))
    assert told(archive) == ["a: it is packed in a way we do not know; it was left out"]


def test_of_an_entry_that_is_there_twice_the_first_is_taken() -> None:
    archive = opened(twice("same.txt", b"first", b"second"))
    assert read_all(archive) == {"same.txt": b"first"}
    assert told(archive) == ["same.txt: it is there twice; the first was taken"]


def test_names_are_told_without_control_characters() -> None:
    archive = opened(zipped({"../\x1b[31mred\u202e": b"x"}))
    assert told(archive) == ["../[31mred: its name leads elsewhere; it was left out"]


def test_a_wrong_checksum_is_told() -> None:
    data = bytearray(zipped({"a": b"hello"}, zipfile.ZIP_STORED))
    data[data.index(b"hello")] ^= 1
    archive = opened(bytes(data))
    assert archive.read("a") is None
    assert told(archive) == ["a: it is damaged: its checksum is wrong; it was left out"]


def test_an_entry_that_goes_on_behind_the_end_is_told() -> None:
    data = bytearray(zipped({"a": b"hello" * 100}))
    place = data.index(b"PK\x01\x02") + 20
    data[place : place + 4] = (10**6).to_bytes(4, "little")
    archive = opened(bytes(data))
    assert archive.read("a") is None
    assert told(archive) == ["a: it is cut short; it was left out"]


def test_an_entry_with_another_name_before_its_content_is_told() -> None:
    data = zipped({"a": b"hello"})
    changed = bytearray(data)
    changed[data.index(b"PK\x03\x04") + 30] = ord("b")
    archive = opened(bytes(changed))
    assert archive.read("a") is None
    assert told(archive) == ["a: the archive says two things of it; it was left out"]


# --- bounds ----------------------------------------------------------------------------------------------


def test_an_entry_may_be_as_large_as_said_and_no_larger() -> None:
    data = zipped({"a": bytes(1000)})
    assert opened(data).read("a", 1000) == bytes(1000)
    archive = opened(data)
    assert archive.read("a", 999) is None
    assert len(archive.problems) == 1


def test_what_unfolds_beyond_measure_is_told_early() -> None:
    archive = opened(zipped({"bomb": bytes(15 * MIB)}))
    assert archive.read("bomb") is None
    assert told(archive) == ["bomb: it unfolds to more than 200 times its size; it was left out"]


def test_a_size_that_an_entry_claims_is_not_believed() -> None:
    noise = shake_128(b"noise").digest(LARGEST_ENTRY + 1)
    archive = opened(claiming(zipped({"large": noise}, zipfile.ZIP_STORED), 10))
    assert archive.read("large") is None
    assert told(archive) == ["large: it is larger than 16 MiB; it was left out"]


def test_small_things_may_pack_as_well_as_they_like() -> None:
    assert opened(zipped({"a": bytes(MIB)})).read("a") == bytes(MIB)


def test_all_entries_together_are_bounded() -> None:
    part = bytes(1024 * 15) + zlib.compress(bytes(range(256)), 0) * 1300
    names = [f"{number:03}" for number in range(400)]
    archive = opened(overlapping(names, part))
    whole = sum(len(data) for data in read_all(archive).values() if data is not None)
    assert whole <= LARGEST_WHOLE
    assert len(part) * len(names) > LARGEST_WHOLE
    assert told(archive)[-1] == "399: the whole archive holds more than 128 MiB; it was left out"


@pytest.mark.slow
def test_a_bomb_of_overlapping_entries_ends_quickly() -> None:
    names = [f"{number:04}" for number in range(1800)]
    data = overlapping(names, bytes(LARGEST_ENTRY))
    began = process_time()
    archive = opened(data)
    assert set(read_all(archive).values()) == {None}
    assert process_time() - began < 2


def test_an_archive_within_an_archive_is_only_bytes() -> None:
    inner = zipped({"bomb": bytes(MIB)})
    assert read_all(opened(zipped({"inner.zip": inner}))) == {"inner.zip": inner}


def test_too_many_entries_are_told_without_being_listed() -> None:
    data = zipped({str(number): b"" for number in range(MOST_ENTRIES + 1)})
    assert is_crowded(Source(data, "x.zip"))
    archive = opened(data)
    assert archive.names == ()
    assert told(archive) == ["it has more than 10,000 entries; choose an archive with fewer files"]


# --- anything at all -------------------------------------------------------------------------------------

GOOD = zipped({"a.toml": b"name = 'a'\n" * 40, "/b": bytes(range(256)), "c/": b"", "c/d": b""})


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_an_archive_with_bytes_changed_raises_nothing(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, byte in changes:
        data[place] = byte
    read_all(opened(bytes(data), rooted=True))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, len(GOOD)), st.binary(max_size=60))
def test_an_archive_cut_and_continued_raises_nothing(end: int, tail: bytes) -> None:
    read_all(opened(GOOD[:end] + tail))
    read_all(opened(b"PK\x03\x04" + tail))
