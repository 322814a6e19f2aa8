"""What is not released yet becomes a version; everything else in the change log stays as it is."""

from datetime import date
from pathlib import Path

import pytest
from helpers.shipping import step
from hypothesis import given, settings
from hypothesis import strategies as st

release_notes = step("release_notes")
NotesError = release_notes.NotesError

DAY = date(2026, 11, 23)
ADDRESS = "https://example.org/timer"
BEFORE = """\
# Changelog

Words about it.

## Unreleased

### Added

- Ropes to jump.

## 0.1.0

- The first version.
"""


def released(text: str = BEFORE, version: str = "0.2.0", before: str | None = None) -> str:
    moved: str = release_notes.released(text, version, DAY, ADDRESS, before)
    return moved


def test_what_was_not_released_becomes_the_version_of_that_day() -> None:
    assert released() == BEFORE.replace("## Unreleased\n", "## [Unreleased]\n\n## [0.2.0] - 2026-11-23\n") + (
        "\n"
        "[Unreleased]: https://example.org/timer/compare/v0.2.0...HEAD\n"
        "[0.2.0]: https://example.org/timer/releases/tag/v0.2.0\n"
    )


def test_the_next_version_is_linked_with_what_changed_since_the_one_before() -> None:
    again = released().replace("## [Unreleased]\n", "## [Unreleased]\n\n- Sails.\n")
    text = released(again, "0.3.0", "0.2.0")
    assert text.endswith(
        "\n\n[Unreleased]: https://example.org/timer/compare/v0.3.0...HEAD\n"
        "[0.3.0]: https://example.org/timer/compare/v0.2.0...v0.3.0\n"
        "[0.2.0]: https://example.org/timer/releases/tag/v0.2.0\n"
    )
    assert text.count("Unreleased]") == 2


def test_nothing_is_unreleased_afterwards() -> None:
    with pytest.raises(NotesError, match="nothing under"):
        release_notes.unreleased(released())


def test_software_centers_read_the_new_version() -> None:
    (first, second) = step("change_log").read(released(), DAY)
    assert (first.version, first.day, first.changes) == ("0.2.0", DAY, {"Added": ("Ropes to jump.",)})
    assert second.version == "0.1.0"


def test_a_version_that_is_there_is_not_released_again() -> None:
    with pytest.raises(NotesError, match=r"0\.1\.0 already"):
        released(version="0.1.0")


@pytest.mark.parametrize("text", ["# Changelog\n", "## 0.1.0\n\n- First.\n"])
def test_without_a_place_for_it_nothing_is_released(text: str) -> None:
    with pytest.raises(NotesError, match="no section"):
        released(text)


@pytest.mark.parametrize("body", ["", "\n### Added\n", "\n\nComing soon.\n"])
def test_headings_and_promises_are_no_changes(body: str) -> None:
    with pytest.raises(NotesError, match="nothing under"):
        released(f"## Unreleased\n{body}\n## 0.1.0\n\n- First.\n")


def test_the_section_of_a_version_is_without_its_heading_and_without_links() -> None:
    assert release_notes.section(released(), "0.2.0") == "### Added\n\n- Ropes to jump."
    assert release_notes.section(released(), "0.1.0") == "- The first version."


def test_a_section_that_is_not_there_is_named() -> None:
    with pytest.raises(NotesError, match=r"no section for 9\.9\.9"):
        release_notes.section(BEFORE, "9.9.9")


def test_our_own_change_log_can_be_read() -> None:
    text = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert release_notes.versions(text)[-1] == "0.1.0"
    assert "The first version." in release_notes.section(text, "0.1.0")


TEXT = st.text(st.sampled_from("#-[]():\n Un012.v"), max_size=80)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(TEXT, TEXT)
def test_whatever_stands_around_it_no_line_that_is_no_link_is_lost(above: str, below: str) -> None:
    text = f"{above}\n## Unreleased\n\n- Ropes.\n{below}\n"
    try:
        moved = released(text)
    except NotesError:
        return  # a heading of what was drawn came first
    kept = [line for line in text.split("\n") if line.strip() and not line.startswith(("[", "## Unreleased"))]
    lines = iter(moved.split("\n"))
    assert all(line in lines for line in kept)  # in the same order
