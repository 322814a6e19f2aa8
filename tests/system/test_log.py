import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from chain_timer.system import log_file
from chain_timer.system.log import LOG_NAME, close_log, set_up_log
from chain_timer.system.log_file import LARGEST_BYTES, OLDER_FILES

LOGGER = logging.getLogger("chain_timer.test")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_log()
    logging.getLogger("chain_timer").setLevel(logging.NOTSET)


def test_the_file_is_made_with_the_first_line_and_not_before(tmp_path: Path) -> None:
    set_up_log(tmp_path / "logs")
    assert not (tmp_path / "logs").exists()
    LOGGER.info("hello")
    assert "hello" in (tmp_path / "logs" / LOG_NAME).read_text()


def test_setting_up_twice_writes_each_line_once(tmp_path: Path) -> None:
    set_up_log(tmp_path)
    set_up_log(tmp_path)
    LOGGER.info("once")
    assert (tmp_path / LOG_NAME).read_text().count("once") == 1


def test_a_message_from_a_file_stays_on_its_line_and_without_escapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Kept from pytest's own log, which hands it on from process to process and cannot write half a letter.
    monkeypatch.setattr(logging.getLogger("chain_timer"), "propagate", False)
    set_up_log(tmp_path)
    LOGGER.warning("read %s", "a\nFAKE ENTRY\x1b[31m\udcff")
    assert (tmp_path / LOG_NAME).read_text().splitlines()[0].endswith(r"read a\nFAKE ENTRY\x1b[31m\xdcff")
    assert len((tmp_path / LOG_NAME).read_text().splitlines()) == 1


def test_a_traceback_is_kept_whole(tmp_path: Path) -> None:
    set_up_log(tmp_path)
    try:
        int("planted")
    except ValueError:
        LOGGER.exception("it failed")
    assert "ValueError: invalid literal" in (tmp_path / LOG_NAME).read_text().splitlines()[-1]


@pytest.mark.slow
def test_the_log_is_bounded(tmp_path: Path) -> None:
    set_up_log(tmp_path)
    for _ in range(4 * LARGEST_BYTES // 1_000):
        LOGGER.info("x" * 1_000)
    assert len(list(tmp_path.iterdir())) == OLDER_FILES + 1
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= LARGEST_BYTES * (OLDER_FILES + 1)


def test_a_folder_that_cannot_be_made_is_no_reason_to_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    set_up_log(tmp_path / "file" / "logs")
    LOGGER.error("lost")
    assert capsys.readouterr().err == ""


def test_a_full_disk_is_no_reason_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full_disk(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    set_up_log(tmp_path)
    monkeypatch.setattr(log_file.QuietFile, "shouldRollover", full_disk)
    LOGGER.error("lost")
    assert capsys.readouterr().err == ""
