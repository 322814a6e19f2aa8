"""The registry: every kind of file is known by its content alone, and nothing else is taken for one."""

import json
import random
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.incoming import known
from helpers.zips import zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange.formats import IN_FORMATS, OUT_FORMATS, format_of, out_format
from chain_timer.exchange.parcel import no_progress
from chain_timer.exchange.source import Source

SAMPLES = sorted(path for path in (Path(__file__).parent / "samples").glob("*/*") if path.is_file())
NAMES = ("x", "a.toml", "b.zip", "c.json", "d.fit", "e.txt", "f.csv", "g.chain-timer", "h.feeel", "", "i.jpg")

PROSE = """Dear neighbor,

thank you for the plants. We were away for 14 days, and the balcony had 30 degrees; still all of them are
green. Next year we stay at home, or leave for 2 days at most, and then you owe us nothing at all.

Yours, the people from number 12
"""
PROGRAM = """#include <stdio.h>
int main(void) {
    for (int i = 0; i < 30; i++) printf("%d reps\\n", i);
    return 0;
}
"""
PYTHON = """import time

REST = 30

def plank(seconds=45):
    time.sleep(seconds)
    return {"sets": 3, "exercises": []}
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(range(256)) * 4
OTHERS: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b"\n\n  \n",
    "prose": PROSE.encode(),
    "a list of things to buy": b"Eggs 12\nMilk 2 l\nBread\nButter 250 g\nApples\n",
    "a page": b"<!DOCTYPE html><html><body><p>Plank 30 s</p><p>Rest 10 s</p></body></html>",
    "XML": b'<?xml version="1.0"?><workout><step duration="30">Plank</step></workout>',
    "a program in C": PROGRAM.encode(),
    "a program in Python": PYTHON.encode(),
    "a picture": PNG,
    "settings of another program": b'[project]\nname = "x"\nversion = "1"\n\n[tool.ruff]\nlength = 110\n',
    "YAML": b"name: x\nexercises:\n  - name: Plank\n    duration: 30\n",
    "an address list": b"Name,Street,Number\nAnn,Hill,12\nBo,Dale,30\nCy,Lane,45\n",
    "a calendar": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "a sheet": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "numbers": b"1\n2\n3\n45\n",
    "a log": b"12:30:01 INFO started\n12:30:02 INFO 30 s passed\n12:30:03 WARN rest\n",
    "JSON of something else": json.dumps({"type": "FeatureCollection", "features": [{"id": 1}]}).encode(),
    "a list of numbers": json.dumps(list(range(1000))).encode(),
    "null": b"null",
    "an empty object": b"{}",
    "an empty list": b"[]",
    "half of a JSON": b'{"workouts": [{"title": "x", "sets"',
    "another archive": zipped({"word/document.xml": "<w:document/>", "[Content_Types].xml": "<x/>"}),
    "an empty archive": zipped({}),
    "half of an archive": zipped({"routines/x.toml": "name = 'x'"})[:-30],
    "packed bytes": zlib.compress(b"Plank 30 s\n" * 100),
}


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def recognizing(data: bytes, name: str = "x") -> list[str]:
    return [each.id for each in IN_FORMATS if each.recognizes(Source(data, name))]


@pytest.mark.parametrize("sample", SAMPLES, ids=label)
def test_one_format_and_no_other_knows_a_file_however_it_is_called(sample: Path) -> None:
    data = sample.read_bytes()
    assert [recognizing(data, name) for name in NAMES] == [[sample.parent.name]] * len(NAMES)


def test_there_is_a_sample_of_every_format() -> None:
    assert {path.parent.name for path in SAMPLES} == {each.id for each in IN_FORMATS}


@pytest.mark.parametrize("sample", SAMPLES, ids=label)
def test_every_sample_is_read(sample: Path) -> None:
    source = Source(sample.read_bytes(), sample.name)
    found = format_of(source)
    assert found is not None
    assert not found.read(source, known(), no_progress).is_empty


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_something_else_is_known_by_none(what: str) -> None:
    assert [recognizing(OTHERS[what], name) for name in NAMES] == [[]] * len(NAMES)


def test_large_json_of_something_else_is_known_by_none() -> None:
    places = [{"id": number, "name": f"Place {number}", "tags": ["a", "b"]} for number in range(100_000)]
    assert recognizing(json.dumps(places).encode()) == []
    assert recognizing(json.dumps({"places": places}).encode()) == []


def test_bytes_at_random_are_known_by_none() -> None:
    chance = random.Random(7)  # noqa: S311 - it keeps no secret
    for size in (1, 7, 100, 1_000, 100_000):
        for _ in range(20):
            assert recognizing(chance.randbytes(size)) == []


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.sampled_from([path.read_bytes() for path in SAMPLES]),
    st.lists(st.tuples(st.integers(0, 2_000), st.binary(max_size=8)), max_size=6),
)
def test_no_damage_makes_telling_files_apart_fail(data: bytes, changes: list[tuple[int, bytes]]) -> None:
    for place, new in changes:
        data = data[:place] + new + data[place + len(new) // 2 :]
    found = format_of(Source(data, "x"))
    assert found is None or found in IN_FORMATS


def test_the_first_that_knows_a_file_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    every = [replace(each, recognizes=lambda _source: True) for each in IN_FORMATS]
    monkeypatch.setattr("chain_timer.exchange.formats.IN_FORMATS", tuple(every))
    assert format_of(Source(b"", "x")) is every[0]


def test_what_is_told_most_surely_is_asked_first_and_text_last() -> None:
    ids = [each.id for each in IN_FORMATS]
    assert (ids[:3], ids[-1]) == (["bundle", "toml", "fit"], "text")


def test_ids_and_names_are_there_once_each() -> None:
    for formats in (IN_FORMATS, OUT_FORMATS):
        assert len({each.id for each in formats}) == len({each.name for each in formats}) == len(formats)


def test_a_format_to_give_out_is_found_by_its_id() -> None:
    assert [out_format(each.id) for each in OUT_FORMATS] == list(OUT_FORMATS)
    assert out_format("doc") is None


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("feeel", "Before_work_4.feeel"),
        ("free-exercise-db", "exercises.json"),
        ("exercemus", "exercises.json"),
        ("openhiit", "exported_timers.json"),
        ("timer-machine", "backup.json"),
        ("just-another", "damaged-letters.json"),
        ("workout-timer", "plans.json"),
        ("text", "latin.txt"),
    ],
)
def test_letters_that_may_be_wrong_are_told_once(folder: str, name: str) -> None:
    sample = Path(__file__).parent / "samples" / folder / name
    data = sample.read_bytes()
    for key in (b'"name": "', b'"title": "'):
        data = data.replace(key, key + b"\xe4")
    source = Source(data, name)
    found = format_of(source)
    assert found is not None
    losses = [str(loss) for loss in found.read(source, known(), no_progress).losses]
    assert sum("letters beyond a-z" in loss for loss in losses) == 1, losses


def test_the_registry_loads_no_format() -> None:
    probe = "import sys, chain_timer.exchange.formats; print(*(m for m in sys.modules if 'exchange' in m))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["chain_timer.exchange", "chain_timer.exchange.formats"]
