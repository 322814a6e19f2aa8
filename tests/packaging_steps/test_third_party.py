"""The file of licenses tells of every part, gives every text once, and says what the licenses ask."""

from typing import Any

import pytest
from helpers.shipping import component, step

third_party = step("third_party")

VOICE = {
    "license_id": "GPL-3.0-or-later",
    "version": "1.52.0",
    "brought_by": "pkg:pypi/espeakng-loader@0.2.4",
    "files": ("_internal/espeakng_loader/data/en", "_internal/espeakng_loader/libespeak-ng.so"),
}


def told(*components: Any) -> str:
    text: str = third_party.told(components, "1.2.0")
    return text


def words(*components: Any) -> str:
    """Give the file without its line breaks."""
    return " ".join(told(*components).split())


def test_it_says_of_which_version_it_is() -> None:
    assert told(component("rope")).startswith("Chain Timer 1.2.0:")


def test_every_part_is_told_with_its_license_and_its_source() -> None:
    text = told(component("rope"), component("sail", "BSD-3-Clause"))
    assert "rope 1.0  MIT  [1]\nsail 1.0  BSD-3-Clause  [2]\n" in text
    assert "Source:   https://example.org/sail" in text


def test_a_text_that_two_share_is_given_once_under_both_names() -> None:
    text = told(component("rope", texts=("As you like.\n",)), component("sail", texts=("As you like.\n",)))
    assert text.count("As you like.") == 1
    assert "[1] rope and sail" in text


def test_texts_in_a_row_are_named_by_the_first_and_the_last() -> None:
    texts = ("one\n", "two\n", "three\n")
    assert "rope 1.0  MIT  [1-3]" in told(component("rope", texts=texts))


def test_nothing_is_said_of_the_gpl_where_the_voice_is_not_there() -> None:
    assert "General Public License" not in told(component("rope"))


def test_whoever_hands_on_the_voice_is_told_what_the_gpl_asks() -> None:
    text = words(component("eSpeak NG", **VOICE))
    assert "carries eSpeak NG 1.52.0, a library under the GPL" in text
    assert "Its source is at https://example.org/eSpeak-NG;" in text
    assert "(release 0.2.4, build.sh there)" in text
    assert "only the library and its data are here" in text
    assert "delete the folder _internal/espeakng_loader with all that is in it" in text


def test_what_is_not_known_for_sure_is_not_claimed() -> None:
    text = words(component("eSpeak NG", **VOICE))
    assert "They are no lawyers and this is no legal advice" in text
    assert "What we do not claim" in text


def test_it_tells_how_qt_can_be_replaced() -> None:
    files = ("_internal/PySide6/Qt/lib/libQt6Core.so.6", "_internal/PySide6/Qt/plugins/platforms/libqxcb.so")
    text = words(component("Qt", "LGPL-3.0-only OR GPL-3.0-only", version="6.11.3", files=files))
    assert "in the places of those below _internal/PySide6/Qt." in text
    assert "version 6.11.3" in text


def test_other_libraries_under_the_lgpl_are_named() -> None:
    text = words(
        component("mpg123", "LGPL-2.1-only"), component("rope"), component("LAME", "LGPL-2.0-or-later")
    )
    assert "LAME and mpg123. These too are used as shared libraries" in text
    assert "Of LAME, Debian notes" in text


@pytest.mark.parametrize(("license_id", "said"), [("IJG AND BSD-3-Clause", True), ("BSD-3-Clause", False)])
def test_a_sentence_that_a_license_wants_said_is_said(license_id: str, *, said: bool) -> None:
    sentence = "based in part on the work of the Independent JPEG Group"
    assert (sentence in words(component("libjpeg", license_id))) == said


def test_long_lists_of_files_are_cut_short() -> None:
    text = words(component("rope", files=tuple(f"knot{number}" for number in range(20))))
    assert "knot7, and 12 more" in text


def test_what_lies_only_in_the_executable_is_said_to() -> None:
    assert "Files: modules in the executable" in words(component("rope"))


def test_our_own_words_fit_into_a_terminal() -> None:
    text = told(component("eSpeak NG", **VOICE), component("Qt", "LGPL-3.0-only"))
    own = text.partition("What is here")[0].splitlines()
    assert max(len(line) for line in own if "https://" not in line) <= 78
