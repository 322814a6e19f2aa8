"""Drafts survive a crash, and a damaged one costs itself alone."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chain_timer.routine import drafts as module
from chain_timer.routine.drafts import MOST_DRAFTS, Draft, Drafts, Standing
from chain_timer.routine.own_files import NotSavedError, OwnFiles

DRAFT = Draft("", "", 'name = "Ö 🧘"\n', "Ö 🧘")


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


def test_without_a_folder_there_are_no_drafts(drafts: Drafts) -> None:
    assert drafts.all() == ((), ())


def test_a_draft_is_there_after_a_crash(drafts: Drafts) -> None:
    drafts.keep("one", DRAFT)
    assert Drafts(drafts.folder).all() == ((("one", DRAFT),), ())


def test_the_newest_draft_comes_first_and_a_kept_one_replaces_the_one_before(drafts: Drafts) -> None:
    for age, (draft_id, title) in enumerate([("one", "old"), ("two", "B"), ("one", "new")], 1):
        drafts.keep(draft_id, Draft("", "", "", title))
        os.utime(drafts.folder / f"{draft_id}.json", (age, age))
    assert [(draft_id, draft.title) for draft_id, draft in drafts.all()[0]] == [("one", "new"), ("two", "B")]


def test_a_forgotten_draft_is_gone_and_may_be_forgotten_again(drafts: Drafts) -> None:
    drafts.keep("one", DRAFT)
    drafts.forget("one")
    drafts.forget("one")
    assert drafts.all() == ((), ())


@pytest.mark.parametrize("draft_id", ["", "../x", "a/b", "a.b", "x" * 65, "\0"])
def test_an_id_is_never_a_path(draft_id: str, drafts: Drafts) -> None:
    with pytest.raises(ValueError, match="is no id"):
        drafts.keep(draft_id, DRAFT)
    with pytest.raises(ValueError, match="is no id"):
        drafts.forget(draft_id)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"\xff",
        b"null",
        b'{"format": 2}',
        b'{"format": 1, "of": "", "digest": "", "title": ""}',
        b'{"format": 1, "of": 5, "digest": "", "text": "", "title": ""}',
        b'{"format": 1, "of": "../a.toml", "digest": "", "text": "", "title": ""}',
        b'{"format": 1, "of": "a\\\\b.toml", "digest": "", "text": "", "title": ""}',
        b'{"format": 1, "of": "", "digest": "", "text": "\\ud800", "title": ""}',
        b'{"format": 1, "n": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_damaged_draft_is_set_aside_and_told_and_the_others_are_read(
    content: bytes, drafts: Drafts
) -> None:
    drafts.keep("good", DRAFT)
    (drafts.folder / "bad.json").write_bytes(content)
    found, (problem,) = drafts.all()
    assert found == (("good", DRAFT),)
    assert str(problem).endswith("bad.json: this draft is damaged; it is kept as bad.json.damaged")
    assert (drafts.folder / "bad.json.damaged").read_bytes() == content
    assert drafts.all() == (found, ())


def test_a_draft_without_end_is_damaged(drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.keep("one", DRAFT)
    monkeypatch.setattr(module, "_LARGEST_BYTES", 10)
    assert drafts.all()[0] == ()
    with pytest.raises(NotSavedError, match="too large"):
        drafts.keep("two", DRAFT)


def test_of_too_many_drafts_the_newest_are_given_and_none_is_lost(drafts: Drafts) -> None:
    drafts.folder.mkdir()
    text = json.dumps({"format": 1, **asdict(DRAFT)})
    for number in range(MOST_DRAFTS + 1):
        path = drafts.folder / f"{number}.json"
        path.write_text(text)
        os.utime(path, (number, number))
    found, (problem,) = drafts.all()
    assert (len(found), found[0][0], found[-1][0]) == (MOST_DRAFTS, str(MOST_DRAFTS), "1")
    assert "more than 100 drafts" in str(problem)
    assert (drafts.folder / "0.json").exists()


def test_what_is_no_draft_is_left_alone(drafts: Drafts) -> None:
    drafts.folder.mkdir()
    for name in (".chain-timer-00.tmp", "notes.txt", "one (conflicted copy).json"):
        (drafts.folder / name).write_text("?")
    assert drafts.all() == ((), ())
    assert len(list(drafts.folder.iterdir())) == 3


def test_half_a_character_is_no_trouble(drafts: Drafts) -> None:
    drafts.keep("one", Draft("", "", "a\ud83e", "b"))
    assert drafts.all()[0][0][1].text == "a?"


def test_a_draft_that_cannot_be_kept_is_told_by_its_title(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("in the way")
    with pytest.raises(NotSavedError, match="is not kept as a draft"):
        Drafts(tmp_path / "drafts").keep("one", DRAFT)
    assert "cannot be read" in str(Drafts(tmp_path / "drafts").all()[1][0])


def test_a_draft_knows_what_became_of_its_file(tmp_path: Path) -> None:
    files = OwnFiles(tmp_path)
    kept = files.new("a", "A")
    draft = Draft(kept.path.name, kept.digest, "b", "A")
    assert DRAFT.standing(tmp_path) is Standing.NEW
    assert draft.standing(tmp_path) is Standing.SAME
    files.save(kept, "c")
    assert draft.standing(tmp_path) is Standing.CHANGED
    kept.path.unlink()
    assert draft.standing(tmp_path) is Standing.GONE
    kept.path.mkdir()
    assert draft.standing(tmp_path) is Standing.CHANGED


@pytest.mark.slow
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=100), st.recursive(st.none() | st.floats() | st.text(), st.lists), st.text())
def test_whatever_lies_there_only_costs_itself(drafts: Drafts, raw: bytes, value: object, text: str) -> None:
    drafts.folder.mkdir(exist_ok=True)
    (drafts.folder / "a.json").write_bytes(raw)
    for name, of in (("b", value), ("c", text)):
        values = {"format": 1, "of": of, "digest": value, "text": text, "title": text}
        (drafts.folder / f"{name}.json").write_text(json.dumps(values))
    found, problems = drafts.all()
    assert (len(found), len(problems)) == (0, 3) or all(draft.text == text for _, draft in found)
    for path in drafts.folder.iterdir():
        path.unlink()
