"""Parts of the program in processes of their own, out of a checkout and out of a bundle."""

import subprocess
import sys

import pytest

from chain_timer import __main__ as program
from chain_timer.system.own_process import MODULES, OPTION, is_own_process, own_process


def test_out_of_a_checkout_python_runs_the_module() -> None:
    assert own_process("probe", "sound") == (sys.executable, "-m", "chain_timer.cli.probe", "sound")


def test_a_bundle_starts_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_process("voice") == (sys.executable, OPTION, "voice")


def test_a_bundle_that_is_asked_so_runs_the_module_and_no_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("chain_timer.cli.probe.main", asked.append)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["chain-timer", OPTION, "probe", "window"])
    assert program.main() == 0
    assert asked == ["window"]


def test_out_of_a_checkout_the_option_is_unknown() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chain_timer", OPTION, "probe"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert OPTION in done.stderr


@pytest.mark.parametrize("arguments", [[], [OPTION], [OPTION, "this"], ["voice"], ["list", OPTION, "voice"]])
def test_only_modules_that_are_named_can_be_run(arguments: list[str]) -> None:
    assert set(MODULES) == {"voice", "probe"}
    assert not is_own_process(arguments)
