"""The end of the process: its exit code is kept, whatever is still under way."""

import sys
from types import ModuleType

import pytest

from chain_timer.cli import process


def test_a_sound_output_that_a_thread_is_just_loading_keeps_nobody_from_ending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "chain_timer.sound.output", ModuleType("half loaded"))
    process._end_sound(143)


def test_a_sound_output_that_is_there_is_told_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    output = ModuleType("loaded")
    output.leave_all = told.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "chain_timer.sound.output", output)
    process._end_sound(143)
    assert told == [143]
