"""What the tests of drawing stand on."""

import pytest

QtGui = pytest.importorskip("PySide6.QtGui", exc_type=ImportError)


@pytest.fixture(scope="session", autouse=True)
def qt(qapp: object) -> object:
    """Make the application that the tests of the window need too: there can be one in a process."""
    return qapp
