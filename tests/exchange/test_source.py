"""A file from outside as text and as JSON, looked at without trust."""

import gc
import os
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange.source import LARGEST_TEXT, Source, parse_json
from chain_timer.problems import FileProblemsError


def source(data: bytes) -> Source:
    return Source(data, "tried.json")


def problems(error: pytest.ExceptionInfo[FileProblemsError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


# --- as text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "Plié à 1½".encode(),
        "Plié à 1½".encode("utf-8-sig"),
        "Plié à 1½".encode("utf-16"),
        b"\xfe\xff" + "Plié à 1½".encode("utf-16-be"),
        "Plié à 1½".encode("latin-1"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-16 the other way", "latin-1"],
)
def test_text_is_read_in_the_encodings_that_programs_write(data: bytes) -> None:
    assert source(data).text == "Plié à 1½"


@pytest.mark.parametrize(
    "data",
    [b"a\0b", b"\xff\xfe\x00", "a\0b".encode("utf-16"), "ab".encode("utf-16-le"), "ab".encode("utf-32")],
    ids=["nul", "half a letter", "wide nul", "wide without a mark", "utf-32"],
)
def test_what_is_no_text_is_none(data: bytes) -> None:
    assert source(data).text is None


def test_nothing_is_empty_text() -> None:
    assert source(b"").text == ""


@pytest.mark.parametrize(
    ("data", "is_damaged"),
    [
        ("Plié".encode(), False),
        ("Plié".encode("utf-16"), False),
        ("Plié".encode("latin-1"), True),
        (b"plain", False),
        (b"\0", False),
    ],
)
def test_it_tells_where_letters_may_be_wrong(data: bytes, is_damaged: bool) -> None:  # noqa: FBT001 - a fact
    assert source(data).is_damaged_text is is_damaged


def test_text_is_bounded() -> None:
    assert source(b"a" * LARGEST_TEXT).text is not None
    assert source(b"a" * (LARGEST_TEXT + 1)).text is None


# --- as JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[]", []),
        (' \n{"a": [1, 2.5, -3e2, null, true, "é"]}', {"a": [1, 2.5, -300.0, None, True, "é"]}),
        ("[9223372036854775807, -9223372036854775808]", [2**63 - 1, -(2**63)]),
        ('{"a": {"a": 1}, "A": 2}', {"a": {"a": 1}, "A": 2}),
        ('["\\ud800"]', ["\ud800"]),
    ],
)
def test_json_is_read_as_it_is(text: str, value: object) -> None:
    assert source(text.encode()).json == value
    assert source(text.encode()).checked_json() == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[NaN]", "NaN is no number"),
        ("[-Infinity]", "-Infinity is no number"),
        ("[1e999]", "a number too large for any use"),
        ("[-1e999]", "a number too large for any use"),
        ("[12345678901234567890]", "a number of more than 19 digits"),
        (f"[{'9' * 5_000}]", "a number of more than 19 digits"),
        ('[{"a": 1, "b": 2, "a": 3}]', 'the key "a" is there twice'),
        ('{"\\u001b[31m": 1, "\\u001b[31m": 2}', 'the key "[31m" is there twice'),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"a":' * 100_000, "it is nested too deeply"),
        ("[1,]", "Illegal trailing comma before end of array"),
        ("[1", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
        ("", "Expecting value: line 1 column 1 (char 0)"),
    ],
    ids=lambda text: text[:20],
)
def test_json_that_cannot_be_trusted_is_none_and_refused_with_the_reason(text: str, message: str) -> None:
    assert source(text.encode()).json is None
    with pytest.raises(FileProblemsError) as error:
        source(text.encode()).checked_json()
    if "trailing" not in message:  # worded anew in Python 3.13
        assert problems(error) == [f"not valid JSON: {message}; export it once more"]


@pytest.mark.parametrize("text", ["5", '"text"', "null", "true", "name;reps", "[1] 2"])
def test_json_is_a_list_or_an_object_with_nothing_behind(text: str) -> None:
    assert source(text.encode()).json is None


def test_what_is_no_text_is_no_json() -> None:
    with pytest.raises(FileProblemsError) as error:
        source(b"[\0]").checked_json()
    assert problems(error) == ["this is not text; choose a JSON file"]


def test_json_that_is_too_large_is_called_so() -> None:
    with pytest.raises(FileProblemsError) as error:
        source(b"[" + b" " * LARGEST_TEXT + b"]").checked_json()
    assert problems(error) == ["it is too large; text of up to 16 MiB can be brought in"]


@pytest.mark.parametrize("text", ["[1.5]", "[NaN]"])
def test_the_collector_is_at_work_again_after_reading(text: str) -> None:
    source(text.encode()).json  # noqa: B018 - reading it is what it is about
    assert gc.isenabled()


def test_a_collector_that_was_at_rest_stays_so() -> None:
    gc.disable()
    try:
        parse_json("[]")
        assert not gc.isenabled()
    finally:
        gc.enable()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: f"[{text}]".encode()))
def test_no_bytes_do_any_harm(data: bytes) -> None:
    tried = source(data)
    assert tried.text is None or isinstance(tried.text, str)
    assert tried.json is None or isinstance(tried.json, list | dict)
    assert tried.archive is None
    assert isinstance(tried.is_damaged_text, bool)
    if tried.json is None:
        with suppress(FileProblemsError):
            tried.checked_json()


# --- as a file ---------------------------------------------------------------------------------------


def test_a_file_is_known_by_its_name_without_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "My\x1b[31m plan.v2.json"
    path.write_bytes(b"[]")
    read = Source.read(path)
    assert (read.name, read.stem, read.json) == ("My[31m plan.v2.json", "My[31m plan.v2", [])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblemsError, match="there is no such file; check its name and folder"):
        Source.read(tmp_path / "none.json")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblemsError):
        Source.read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileProblemsError, match="not a regular file"):
        Source.read(tmp_path / "pipe")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chain_timer.exchange.source.LARGEST_BYTES", 10)
    path = tmp_path / "large.json"
    path.write_bytes(b"x" * 11)
    with pytest.raises(FileProblemsError, match="it is larger than 10 bytes"):
        Source.read(path)


def test_an_archive_is_opened_and_a_damaged_one_is_none() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.json", "[]")
    opened = source(packed.getvalue()).archive
    assert opened is not None
    assert opened.namelist() == ["a.json"]
    assert source(packed.getvalue()[:20]).archive is None
