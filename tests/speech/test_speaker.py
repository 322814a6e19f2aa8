from pathlib import Path

import pytest

from chain_timer.speech.speaker import _short, is_whole


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (b"RIFF\x04\0\0\0WAVE", True),
        (b"RIFF\x05\0\0\0WAVE", False),
        (b"FORM\0\0\0\x04AIFF", True),
        (b"FORM\0\0\x01\x04AIFF", False),
        (b"RIFF", False),
        (b"", False),
        (b"OggS\0\0\0\0", False),
    ],
)
def test_a_sound_file_is_whole_when_it_is_as_long_as_it_says(
    data: bytes, *, whole: bool, tmp_path: Path
) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    assert is_whole(tmp_path / "a.wav") == whole


def test_a_file_that_is_not_there_is_not_whole(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "a.wav")


def test_data_under_a_path_too_long_for_espeak_is_reached_by_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / ("long" * 30) / "espeak-ng-data"
    data.mkdir(parents=True)
    (data / "phontab").touch()
    monkeypatch.chdir(tmp_path)
    short = _short(data)
    assert short == Path.cwd() / "espeak-ng-data"
    assert (short / "phontab").exists()


def test_data_under_a_short_path_stays_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert _short(Path("/opt/espeak-ng-data")) == Path("/opt/espeak-ng-data")
