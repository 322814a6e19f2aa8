"""A folder of files is there whole or not at all."""

from pathlib import Path

import pytest

from chain_timer.system.files import folder_made_whole, write_bytes_atomic


def test_it_has_its_name_when_all_is_in_it_and_not_before(tmp_path: Path) -> None:
    with folder_made_whole(tmp_path / "frames") as folder:
        write_bytes_atomic(folder / "a", b"1")
        assert not (tmp_path / "frames").exists()
    assert (tmp_path / "frames" / "a").read_bytes() == b"1"
    assert list(tmp_path.iterdir()) == [tmp_path / "frames"]


def test_an_empty_folder_is_filled_and_stays_the_one_it_was(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    before = (tmp_path / "frames").stat().st_ino
    with folder_made_whole(tmp_path / "frames") as folder:
        write_bytes_atomic(folder / "a", b"1")
        assert not (tmp_path / "frames" / "a").exists()
    assert [path.name for path in (tmp_path / "frames").iterdir()] == ["a"]
    assert (tmp_path / "frames").stat().st_ino == before


@pytest.mark.parametrize("trouble", [OSError, KeyboardInterrupt])
def test_nothing_stays_of_what_was_not_finished(tmp_path: Path, trouble: type[BaseException]) -> None:
    def half() -> None:
        with folder_made_whole(tmp_path / "frames") as folder:
            write_bytes_atomic(folder / "a", b"1")
            raise trouble

    with pytest.raises(trouble):
        half()
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_replaced(tmp_path: Path) -> None:
    kept = tmp_path / "frames" / "mine"
    write_bytes_atomic(kept, b"1")
    with pytest.raises(OSError, match="frames"), folder_made_whole(tmp_path / "frames") as folder:
        write_bytes_atomic(folder / "a", b"2")
    assert [path.name for path in tmp_path.rglob("*")] == ["frames", "mine"]
