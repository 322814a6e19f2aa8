"""What the tests of the routine stage share: the built-in library, and broken files in a line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chain_timer.problems import FileProblemsError
from chain_timer.routine.library import Library


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.built_in()


@pytest.fixture
def problems_of(tmp_path: Path, library: Library) -> Callable[[str | bytes], list[str]]:
    """Every problem line of a routine file with this content."""

    def read(content: str | bytes) -> list[str]:
        path = tmp_path / "tried.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            library.read_routine(path)
        except FileProblemsError as error:
            return [str(problem) for problem in error.problems]
        return []

    return read
