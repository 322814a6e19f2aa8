"""Threads share their memory where the C library knows how."""

import platform

import pytest

from chain_timer.system.memory import share_memory


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a C library of its own kind")
def test_glibc_takes_the_wish() -> None:
    assert share_memory()
    assert share_memory()
