"""What holds for all tests."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Have pytest-qt take no messages of Qt from test to test.

    It takes its handler back after each: a sound thread that Qt is just about to call it on would crash.
    """
    if hasattr(config.option, "qt_log"):
        config.option.qt_log = False
