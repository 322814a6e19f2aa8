"""The history as JSON: everything comes back the same, and nothing that is not one of ours does any harm."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from helpers.past import given_out, session, sessions
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange import json_stream
from chain_timer.exchange.history_json import read_history_json
from chain_timer.exchange.parcel import CanceledError, no_progress
from chain_timer.problems import FileProblemsError, Problem
from chain_timer.routine.table import Report
from chain_timer.session.record import SessionRecord

Data = dict[str, Any]


def read(data: bytes) -> tuple[list[SessionRecord], tuple[Problem, ...]]:
    report = Report()
    found = list(read_history_json(BytesIO(data), "history.json", report))
    return found, report.problems


def as_json(*records: SessionRecord) -> Data:
    data: Data = json.loads(given_out("json", records)[0])
    return data


def told(data: Data) -> list[str]:
    return [str(problem) for problem in read(json.dumps(data).encode())[1]]


def changed(change: Callable[[Data], None]) -> list[str]:
    """Tell what is wrong after a change to the first of two sessions; the other one has to be there."""
    data = as_json(session(1), session(2))
    change(data["sessions"][0])
    found, problems = read(json.dumps(data).encode())
    assert session(2) in found
    assert (session(1) in found) == (not problems)
    return [str(problem) for problem in problems]


# --- there and back --------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(sessions, min_size=1, max_size=4, unique_by=lambda each: each.id))
def test_any_history_comes_back_the_same(records: list[SessionRecord]) -> None:
    data, losses = given_out("json", records)
    assert losses == ()
    assert read(data) == (records, ())


def test_everything_of_a_session_is_in_it_under_its_own_name() -> None:
    (data,) = as_json(session())["sessions"]
    assert (data["started"], data["ended"]) == (
        "2026-01-05T07:30:00.250+01:00",
        "2026-01-05T07:33:42.750+01:00",
    )
    assert data["content"] == session().content
    assert data["exercises"][1]["muscles"] == ["glutes", "quadriceps"]
    assert (data["parts"][4]["side"], data["parts"][4]["paused_ms"]) == ("left", 90_000)
    names = {name.replace("_ms", "") for name in SessionRecord.__slots__}
    assert {name.replace("_ms", "") for name in data} == names


def test_it_is_ascii_with_a_line_for_each_session() -> None:
    data, _ = given_out("json", [session(note="Müde \ud83d"), session(2)])
    assert data.isascii()
    assert len(data.splitlines()) == 4


@pytest.mark.parametrize("chunk", [1, 7, 1_000])
def test_it_is_read_the_same_however_it_comes(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", chunk)
    records = [session(number) for number in range(1, 4)]
    pretty = json.dumps(as_json(*records), indent=3, sort_keys=True).encode("utf-8-sig")
    assert read(pretty) == (records, ())


def test_a_number_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 1)
    stream = json_stream.JsonStream(BytesIO(b'{"many": 1234567, "list": [12, 3.5e2]}'))
    named = stream.named()
    assert (next(named), stream.value()) == ("many", 1_234_567)
    assert (next(named), list(stream.entries())) == ("list", ["12", "3.5e2"])
    assert list(named) == []


def test_sessions_are_written_and_read_one_by_one() -> None:
    seen: list[str] = []

    def records() -> Iterator[SessionRecord]:
        for number in range(1, 1_000):
            seen.append(f"made {number}")
            yield session(number)

    data, _ = given_out("json", list(records()))
    reading = read_history_json(BytesIO(data), "x", Report())
    assert next(reading) == session(1)
    tail = BytesIO(data)
    next(read_history_json(tail, "x", Report()))
    assert tail.tell() < len(data) / 4


# --- what is wrong ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not valid JSON: it is cut short before {"),
        (b"[]", "not valid JSON: { is missing"),
        (b"\xff{}", "it is not UTF-8"),
        (b"{}", '"format" does not say chain-timer-history before the sessions'),
        (b'{"sessions": []}', '"format" does not say'),
        (b'{"format": "other", "format_version": 1, "sessions": []}', '"format" does not say'),
        (b'{"format": "chain-timer-history", "sessions": []}', '"format_version" is'),
        (b'{"format": "chain-timer-history", "format_version": true}', '"format_version" is true'),
        (
            b'{"format": "chain-timer-history", "format_version": 2}',
            "it is of version 2, and 1 is the newest",
        ),
        (b'{"format": "chain-timer-history", "format": "chain-timer-history"}', '"format" is there twice'),
        (b'{"format": "chain-timer-history", }', "it is cut short, or no JSON"),
        (b'{"format": ' + b"[" * 100_000, "it is nested too deeply"),
        (b'{"format": NaN}', "NaN is no number"),
    ],
)
def test_what_is_no_history_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(FileProblemsError) as refused:
        read(data)
    assert what in str(refused.value)


HEAD = b'{"format": "chain-timer-history", "format_version": 1, '


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        (b'"sessions": {}}', "sessions: it is not a list"),
        (b'"other": [1, {}], "sessions": []}', '"other" is not known here'),
        (b'"more": 1}', "sessions is missing"),
        (b'"sessions": []', "it is cut short before }"),
        (b'"sessions": []} []', "something follows after the end"),
        (b'"sessions": [1, null, "x"]}', "session 3: "),
        (b'"sessions": [{"id": 1, "id": 2}]}', "session 1: not valid JSON"),
        (b'"sessions": [{}}', "after session 1: not valid JSON: ] is missing"),
    ],
)
def test_what_is_wrong_in_a_history_is_told_with_its_place(rest: bytes, what: str) -> None:
    found, problems = read(HEAD + rest)
    assert found == []
    assert any(what in str(problem) for problem in problems), problems


def test_what_came_before_the_damage_is_taken() -> None:
    data, _ = given_out("json", [session(1), session(2), session(3)])
    found, (problem,) = read(data[: data.index(session(3).id.encode())])
    assert found == [session(1), session(2)]
    assert str(problem) == (
        "after session 2: not valid JSON: it is cut short, or no JSON; what came before was taken"
    )


def test_every_problem_of_a_session_is_named_and_the_session_left_out() -> None:
    def spoil(data: Data) -> None:
        data.update(id="zz", started="soon", planned_ms=-1, feeling="great", note=3)
        del data["ending"]
        data["parts"][2].update(kind="holds", exercise_id="other", side="up", sets=0)
        data["parts"][3] = None
        data["exercises"].append(data["exercises"][0])

    assert [line.split("; ")[0] for line in changed(spoil)] == [
        'session 1, started: "soon" is no moment with a time zone',
        'session 1, exercise 3: "wall-calf-stretch" is there twice',
        'session 1, id: "zz" is no id',
        "session 1, planned_ms: -1 is too few",
        "session 1: ending is missing",
        'session 1, part 3, kind: "holds" is not one of prepare, instruct, hold, reps, switch, rest, finish',
        'session 1, part 3, side: "up" is not one of right, left',
        "session 1, part 3, sets: 0 is too few",
        'session 1, part 3, exercise_id: "other" is not among the exercises of the session',
        "session 1, part 4: null is no object",
        'session 1, feeling: "great" is not one of easy, good, hard, painful',
        "session 1, note: 3 is not text",
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("started", "2026-01-05T07:30:00"),
        ("started", "2026-01-05T07:30:00+01:00:30"),
        ("started", "1969-01-05T07:30:00Z"),
        ("started", "9999-12-31T07:30:00Z"),
        ("started", 12),
        ("ended", "2026-01-05T06:30:00Z"[:10]),
        ("ended", "2020-01-05T07:30:00Z"),
        ("planned_ms", 10**18),
        ("planned_ms", 1.5),
        ("planned_ms", True),
        ("note", "x" * 2_001),
        ("routine_name", "x" * 2_001),
        ("routine_name", None),
        ("exercises", "x"),
        ("parts", {}),
    ],
)
def test_what_cannot_be_is_told(key: str, value: object) -> None:
    assert any(key in line for line in changed(lambda data: data.update({key: value})))


def test_keys_that_are_not_known_are_told_and_the_session_is_taken() -> None:
    data = as_json(session())
    data["sessions"][0]["pulse"] = 120
    data["sessions"][0]["parts"][0]["weight"] = 20
    found, problems = read(json.dumps(data).encode())
    assert found == [session()]
    assert [str(problem) for problem in problems] == [
        'session 1: "pulse" is not known here; it was left out',
        'session 1, part 1: "weight" is not known here; it was left out',
    ]


def test_what_is_usual_need_not_be_said() -> None:
    keys = ("id", "started", "ended", "routine_name", "planned_ms", "planned_work_ms", "ending")
    least = {key: value for key, value in as_json(session())["sessions"][0].items() if key in keys}
    (found,), problems = read(json.dumps(_one(least)).encode())
    assert problems == ()
    empty = replace(session(), content="", parts=(), exercises=(), feeling=None, note="", changed_ms=0)
    assert found == replace(empty, routine_id="")


def test_a_session_that_is_there_twice_is_given_once() -> None:
    data = as_json(session(1), session(2))
    data["sessions"].append(data["sessions"][0])
    found, (problem,) = read(json.dumps(data).encode())
    assert found == [session(1), session(2)]
    assert str(problem) == "session 3: it is there twice; the first one was taken"


def test_text_is_made_safe() -> None:
    data = as_json(session())
    data["sessions"][0].update(routine_name="Even\u202eing\x1b\ud800", note="a\x00\nb\ud800")
    (found,), _ = read(json.dumps(data).encode())
    assert (found.routine_name, found.note) == ("Evening", "a\nb")


def test_many_problems_are_counted_and_not_all_kept() -> None:
    data = as_json(*(session(number) for number in range(1, 200)))
    for each in data["sessions"]:
        each["id"] = each["id"][1:]
    assert told(data)[-1] == "and 99 more"


def test_a_value_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LARGEST_VALUE", 10_000)
    monkeypatch.setattr(json_stream, "_CHUNK", 1_000)
    file = BytesIO(HEAD + b'"sessions": [[' + b"1," * 10**6)
    report = Report()
    assert list(read_history_json(file, "x", report)) == []
    assert "it is too large, or no JSON" in str(report.problems[0])
    assert file.tell() < 50_000


def test_a_person_who_had_enough_is_heard() -> None:
    def enough(_done: int, _whole: int) -> None:
        raise CanceledError

    data, _ = given_out("json", [session()])
    with pytest.raises(CanceledError):
        list(read_history_json(BytesIO(data), "x", Report(), enough))


def _one(data: Data) -> Data:
    return {"format": "chain-timer-history", "format_version": 1, "sessions": [data]}


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["hold", "done", "2026-01-05T07:30:00Z", "9999-12-31T23:59:59-23:59", "0" * 32]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.data())
def test_a_session_with_anything_anywhere_is_read_or_told(data: st.DataObject) -> None:
    (whole,) = as_json(session())["sessions"]
    targets = [whole, *whole["parts"], *whole["exercises"]]
    for _ in range(data.draw(st.integers(1, 4))):
        target = data.draw(st.sampled_from(targets))
        target[data.draw(st.sampled_from(sorted(target)))] = data.draw(_json)
    found, problems = read(json.dumps(_one(whole)).encode())
    assert found or problems
    for record in found:
        assert read(given_out("json", [record])[0]) == ([record], ())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=40), st.integers(0, 10_000), st.integers(0, 40))
def test_damaged_bytes_are_read_or_told(noise: bytes, place: int, gone: int) -> None:
    data, _ = given_out("json", [session(1), session(2)])
    at = place % len(data)
    try:
        found, problems = read(data[:at] + noise + data[at + gone :])
    except FileProblemsError:
        return
    assert len(found) == 2 or problems


def test_progress_is_told_and_ends_with_the_whole() -> None:
    seen: list[tuple[int, int]] = []
    given_out("json", [session(1), session(2)], lambda *both: seen.append(both))
    assert seen == [(0, 2), (1, 2), (2, 2)]
    assert no_progress(0, 1) is None
