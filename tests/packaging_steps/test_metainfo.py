"""What software centers show: true of this program, and understood by them."""

import shutil
import struct
import subprocess
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from helpers.shipping import step
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.system.desktop_entry import BUNDLE_TYPE, ROUTINE_TYPE, menu_entry_text

CHECKOUT = Path(__file__).parents[2]
PICTURES = CHECKOUT / "docs" / "pictures"
LONGEST_CAPTION = 100
UNDATED = date(2026, 1, 5)
CHANGES = """\
# Changelog

## [Unreleased]

### Added

- Nobody has it yet.

## [1.1.0] - 2026-03-01

### Added

- A `thing` of two
  lines, see [the manual](docs/x.md).
- **Another** & <one>.

### Fixed

- What was broken.

## 1.0.0

First words.

### Added

- The first thing.

[Unreleased]: https://example.org/compare/v1.1.0...HEAD
[1.1.0]: https://example.org/releases/tag/v1.1.0
"""

metainfo = step("metainfo")
change_log = step("change_log")
places = step("places")


@pytest.fixture(scope="module")
def tree() -> Any:
    return fromstring(metainfo.text())


def texts(tree: Any, path: str) -> list[str]:
    return [each.text for each in tree.findall(path)]


def test_no_place_is_left_unfilled() -> None:
    assert "@" not in metainfo.text()


def test_pictures_are_those_of_the_manual_at_the_tag_of_the_version(tree: Any) -> None:
    home = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"][
        "Homepage"
    ]
    place = f"{home}/raw/v{places.version()}/docs/pictures/"
    shown = texts(tree, "screenshots/screenshot/image")
    assert [each.removeprefix(place) for each in shown] == list(metainfo.SCREENSHOTS)
    assert [name for name in metainfo.SCREENSHOTS if not (PICTURES / name).is_file()] == []


def test_pictures_are_as_large_as_it_says(tree: Any) -> None:
    for each in tree.findall("screenshots/screenshot/image"):
        data = (PICTURES / each.text.rpartition("/")[2]).read_bytes()
        assert (int(each.get("width")), int(each.get("height"))) == struct.unpack(">II", data[16:24])


def test_every_picture_has_a_short_caption_and_one_is_the_first(tree: Any) -> None:
    captions = texts(tree, "screenshots/screenshot/caption")
    assert len(captions) == len(metainfo.SCREENSHOTS)
    assert [each for each in captions if len(each) > LONGEST_CAPTION or each.endswith(".")] == []
    assert [each.get("type") for each in tree.findall("screenshots/screenshot")].count("default") == 1


def test_it_opens_the_files_that_the_menu_entry_opens(tree: Any) -> None:
    assert texts(tree, "provides/mediatype") == [BUNDLE_TYPE, ROUTINE_TYPE]


def test_it_has_the_words_and_the_kinds_of_the_menu_entry(tree: Any) -> None:
    entry = menu_entry_text(("chain-timer",))
    keywords = "".join(f"{word};" for word in texts(tree, "keywords/keyword"))
    categories = "".join(f"{word};" for word in texts(tree, "categories/category"))
    assert f"\nKeywords={keywords}\n" in entry
    assert f"\nCategories={categories}\n" in entry


def test_a_flatpak_names_the_entry_and_the_icon_otherwise() -> None:
    tree = fromstring(metainfo.text("an.id.desktop", "an.id"))
    assert (texts(tree, "launchable"), texts(tree, "icon")) == (["an.id.desktop"], ["an.id"])


def test_the_newest_release_is_this_version(tree: Any) -> None:
    assert tree.find("releases/release").get("version") == places.version()


def test_it_is_put_where_software_centers_look(tmp_path: Path) -> None:
    path = metainfo.write_metainfo(tmp_path)
    assert path == tmp_path / "metainfo" / "io.github.chain_timer.ChainTimer.metainfo.xml"


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstreamcli is not installed")
def test_appstream_has_nothing_to_say_but_what_is_named_here(tmp_path: Path) -> None:
    path = metainfo.write_metainfo(tmp_path)
    command = ["appstreamcli", "validate", "--no-net", "--pedantic", "--no-color", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # The id is spelled like the application's everywhere; who develops it is told in a tag of AppStream 1.0.
    named = ("cid-contains-uppercase-letter", "unknown-tag developer")
    said = [line for line in done.stdout.splitlines() if line[:3] in {"E: ", "W: ", "I: ", "P: "}]
    assert [line for line in said if not any(each in line for each in named)] == []
    assert done.returncode == 0


def test_releases_are_read_with_their_days_and_what_is_not_released_is_left_out() -> None:
    found = list(change_log.read(CHANGES, UNDATED))
    assert [(each.version, each.day) for each in found] == [("1.1.0", date(2026, 3, 1)), ("1.0.0", UNDATED)]


def test_changes_are_in_plain_words_under_their_headings() -> None:
    newest, first = change_log.read(CHANGES, UNDATED)
    assert newest.changes == {
        "Added": ("A thing of two lines, see the manual.", "Another & <one>."),
        "Fixed": ("What was broken.",),
    }
    assert first.changes == {"Added": ("The first thing.",)}


@pytest.mark.parametrize(
    "heading", ["1.2.3", "[1.2.3]", "1.2.3 - 2026-02-03", "1.2.3 (2026-02-03)", "1.2.3 2026-02-03"]
)
def test_headings_of_releases_may_be_written_in_all_these_ways(heading: str) -> None:
    (found,) = change_log.read(f"# Changes\n\n## {heading}\n", UNDATED)
    assert (found.version, found.day) == ("1.2.3", date(2026, 2, 3) if "-02-" in heading else UNDATED)


def test_signs_of_xml_in_a_change_are_told_as_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metainfo, "releases", lambda: tuple(change_log.read(CHANGES, UNDATED)))
    tree = fromstring(metainfo.text())
    assert "Another & <one>." in texts(tree, "releases/release/description/ul/li")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["## ", "### ", "- ", "1.0.0", "[x]: y", "\n", "[", "]", "`", "**", " a"])))
def test_any_change_log_is_read(parts: list[str]) -> None:
    list(change_log.read("".join(parts), UNDATED))
