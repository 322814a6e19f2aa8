"""Whether there is a display, found out without Qt ending the process."""

import socket
import sys
from pathlib import Path

import pytest

from chain_timer.cli import display
from chain_timer.cli.display import Display, find_display, qt_missing

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is one")


def test_without_any_there_is_none() -> None:
    assert find_display({}) == Display(problem="There is no display")


def test_a_platform_that_was_chosen_is_believed() -> None:
    assert find_display({"QT_QPA_PLATFORM": "offscreen"}).usable


@pytest.mark.parametrize("name", [":987", "nonsense", ":", "host.invalid:0"])
def test_an_x_display_nobody_serves_is_none(name: str) -> None:
    assert find_display({"DISPLAY": name}).problem == f"The display {name} does not answer"


def test_an_x_display_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(display, "_WAIT_S", 0.05)
        number = server.getsockname()[1] - 6_000
        assert not find_display({"DISPLAY": f"127.0.0.1:{number}"}).usable


def test_a_wayland_display_that_answers_is_one(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        given = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert find_display(given) == Display("Wayland wayland-7")


def test_a_wayland_display_left_behind_is_none(tmp_path: Path) -> None:
    given = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert find_display(given).problem == "The Wayland display wayland-7 does not answer"


def test_a_platform_plugin_that_lacks_a_library_is_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin = tmp_path / "libqwayland.so"
    plugin.write_bytes(b"no library")
    monkeypatch.setattr(display, "_plugins", lambda: tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "w"))
        server.listen()
        found = find_display({"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert not found.usable
    assert "apt-get install" in found.problem


def test_qt_that_is_not_whole_is_told_with_the_remedy() -> None:
    assert "apt-get install libegl1" in qt_missing("libEGL.so.1: cannot open shared object file")
    assert "install Chain Timer again" in qt_missing("No module named 'PySide6'")
