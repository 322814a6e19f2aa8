import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system's part is Linux's")


@pytest.fixture
def need(system_packages: Any) -> Any:
    return system_packages.Need("libnothing-at-all.so.9", "deb9", "fed9", "arch9", "suse9")


def test_a_library_that_is_not_there_is_unmet(system_packages: Any, need: Any) -> None:
    there = system_packages.Need("libc.so.6", "libc6", "glibc", "glibc", "glibc")
    assert system_packages.unmet((there, need)) == [need]


def test_each_family_gets_its_own_command(
    system_packages: Any, need: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    commands = {}
    for family in ("debian", "fedora", "arch", "suse"):
        monkeypatch.setattr(system_packages, "family", lambda family=family: family)
        commands[family] = system_packages.install_command([need])
    assert commands == {
        "debian": "sudo apt-get install -y deb9",
        "fedora": "sudo dnf install -y fed9",
        "arch": "sudo pacman -S --needed arch9",
        "suse": "sudo zypper install suse9",
    }


def test_an_unknown_family_gets_the_list(
    system_packages: Any, need: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "family", lambda: None)
    assert "libnothing-at-all.so.9" in system_packages.install_command([need])


def test_a_package_for_two_needs_is_named_once(system_packages: Any, need: Any) -> None:
    assert system_packages.packages([need, need], "debian") == ["deb9"]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("NewConnectionError: Failed to establish a new connection", "internet"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: something odd", "start again"),
    ],
)
def test_a_failure_of_pip_comes_with_a_remedy(said: str, word: str, bootstrap: Any) -> None:
    assert word in bootstrap.remedy(said)


def test_what_a_failing_command_said_is_kept_short(bootstrap: Any) -> None:
    noisy = [sys.executable, "-c", "for i in range(100): print('line', i)\nraise SystemExit(1)"]
    with pytest.raises(bootstrap.SetupError, match="It went wrong") as caught:
        bootstrap.call(noisy, "It went wrong.")
    assert "line 99" in str(caught.value)
    assert "line 50" not in str(caught.value)


def test_the_tests_need_more_than_the_program(bootstrap: Any) -> None:
    assert set(bootstrap.requirements("run")) < set(bootstrap.requirements("test"))


def test_a_folder_that_is_no_environment_does_not_work(bootstrap: Any, tmp_path: Path) -> None:
    assert not bootstrap.works(tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    assert not bootstrap.works(tmp_path)


@pytest.mark.parametrize("left", ["interrupted", "broken", "link"])
def test_a_half_made_environment_is_made_anew(
    left: str, bootstrap: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / "venv"
    if left == "link":
        venv.symlink_to(tmp_path / "gone")
    else:
        venv.mkdir()
        (venv / "rubbish").touch()
    if left == "interrupted":
        (venv / bootstrap.UNDER_WAY).touch()
        monkeypatch.setattr(bootstrap, "works", lambda _venv: True)
    commands: list[list[str]] = []

    def call(command: list[str], _failure: str) -> None:
        commands.append(command)
        (venv / "lib" / "python3.11" / "site-packages").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(bootstrap, "call", call)
    bootstrap.install("run", venv, "key")
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert sorted(path.name for path in venv.iterdir()) == ["installed-run", "lib"]


def test_an_interrupted_set_up_leaves_its_mark(
    bootstrap: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_command: list[str], _failure: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "call", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bootstrap.install("run", tmp_path / "venv", "key")
    assert (tmp_path / "venv" / bootstrap.UNDER_WAY).exists()


def test_without_venv_and_without_rights_it_ends_with_the_one_command(
    bootstrap: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap, "unmet", lambda needs: [n for n in needs if n.what == "ensurepip"])
    monkeypatch.setattr(bootstrap, "install_command", lambda needs: f"bring {[need.what for need in needs]}")
    assert bootstrap.main(["run", str(tmp_path / "venv"), "key"]) == 1
    assert "bring ['ensurepip']" in capsys.readouterr().err
    assert not (tmp_path / "venv").exists()


def test_without_some_libraries_it_goes_on_and_looks_again_next_time(
    bootstrap: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap, "unmet", lambda needs: [n for n in needs if n.what == "libGL.so.1"])
    monkeypatch.setattr(bootstrap, "install", lambda *_: None)
    assert bootstrap.main(["run", str(tmp_path / "venv"), "key"]) == 0
    assert "no window and no sound" in capsys.readouterr().err
    assert not (tmp_path / "venv" / "ready-run").exists()


def test_a_start_waits_for_another_that_sets_up(bootstrap: Any, tmp_path: Path) -> None:
    source = (
        "import sys; sys.path.insert(0, sys.argv[1]); import bootstrap, pathlib\n"
        "with bootstrap.one_at_a_time(pathlib.Path(sys.argv[2]), 'Another'): print('in')"
    )
    tools = str(Path(bootstrap.__file__).parent)
    command = [sys.executable, "-c", source, tools, str(tmp_path)]
    with bootstrap.one_at_a_time(tmp_path, "Another"):
        other = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert other.stderr is not None
        assert other.stderr.readline() == "Another; waiting for it …\n"
        assert other.poll() is None
    said, _ = other.communicate(timeout=20)
    assert said == "in\n"
