"""When a sink may be started."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from chain_timer.sound.sound_server import SoundServer

LATER = 60_000_000_000


@pytest.fixture
def server_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "s"
    monkeypatch.setenv("PULSE_SERVER", f"unix:{path}")
    monkeypatch.setattr("sys.platform", "linux")
    return path


@pytest.fixture
def listening(server_path: Path) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(server_path))
        server.listen()
        yield


@pytest.mark.usefixtures("listening")
def test_it_may_start_where_a_server_answers() -> None:
    assert SoundServer().allows_start(0)


def test_it_may_not_start_where_the_server_is_gone(server_path: Path) -> None:
    assert not server_path.exists()
    assert not SoundServer().allows_start(0)


@pytest.mark.usefixtures("server_path")
def test_it_may_start_where_there_is_no_pulseaudio_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert SoundServer().allows_start(0)


def test_a_server_on_another_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "tcp:loudspeaker.example:4713")
    assert SoundServer().allows_start(0)


@pytest.mark.usefixtures("listening")
def test_after_a_loss_it_waits_for_the_second_try_of_qt() -> None:
    server = SoundServer()
    server.lost(LATER)
    assert not server.allows_start(LATER + 3_500_000_000)
    assert server.allows_start(LATER + 4_000_000_000)


@pytest.mark.usefixtures("listening")
def test_when_qt_has_given_up_it_never_starts_again() -> None:
    server = SoundServer()
    assert server.hear("PulseAudioService: pa_context_connect() failed")
    assert server.gone
    assert not server.allows_start(LATER)


def test_other_messages_are_not_about_the_server() -> None:
    server = SoundServer()
    assert not server.hear("QPainter::begin: Paint device returned engine == 0")
    assert not server.gone
