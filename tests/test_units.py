import random
import time

import pytest

from chain_timer.units import (
    HOUR_MS,
    clock_text,
    countdown_seconds,
    duration_text,
    parse_duration,
    stamp_text,
    whole_minutes,
)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("45", 45_000),
        ("45s", 45_000),
        (" 45 s ", 45_000),
        ("0", 0),
        ("0s", 0),
        ("1m30s", 90_000),
        ("1m 30s", 90_000),
        ("2 minutes", 120_000),
        ("1 min 5 secs", 65_000),
        ("1h2m3s", 3_723_000),
        ("1H", 3_600_000),
        ("0:45", 45_000),
        ("1:02:03", 3_723_000),
        ("90:00", 5_400_000),
        ("0:01.5", 1_500),
        ("0.999", 999),
        ("0.999s", 999),
        ("1.001s", 1_001),
        ("1.5", 1_500),
        ("1.05s", 1_050),
    ],
)
def test_a_duration_is_read_to_the_millisecond(text: str, ms: int) -> None:
    assert parse_duration(text) == ms


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "45x",
        "x45",
        "-5",
        "-5s",
        "+5",
        "1e9",
        "1e3s",
        "0x10",
        "NaN",
        "inf",
        "1,5s",
        "1.s",
        ".5s",
        "1.0001s",
        "1:60",
        "1:5",
        ":30",
        "1:",
        "30s1m",
        "s",
        "m",
        "hms",
        "1_000",
        "٤٥",
        "४५s",
        "\uff14\uff15s",
        "²s",
        "45\x00",
        "4\n5",
        "45s\u202e",
        "9" * 7,
        "9" * 1_000_000,
        " " * 1_000_000,
        "1h" * 500_000,
        "1:" * 500_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_text_that_is_no_duration_is_refused_at_once(text: str) -> None:
    start_s = time.perf_counter()
    with pytest.raises(ValueError, match="is not a duration; write it like 45s, 1m30s or 0:45") as refusal:
        parse_duration(text)
    assert time.perf_counter() - start_s < 0.1
    assert len(str(refusal.value)) < 300


def test_what_is_written_is_read_back_unchanged() -> None:
    source = random.Random(1)  # noqa: S311 - repeatable, not secret
    lengths_ms = [*range(2_000), *(source.randrange(9_999 * HOUR_MS) for _ in range(2_000))]
    for ms in lengths_ms:
        assert parse_duration(duration_text(ms)) == ms


def test_a_clock_is_read_back_to_the_second() -> None:
    for ms in range(0, 3 * HOUR_MS, 7_919):
        assert parse_duration(clock_text(ms)) == ms // 1_000 * 1_000


def test_a_stamp_is_read_back_to_the_millisecond() -> None:
    for ms in range(0, 3 * HOUR_MS, 7_919):
        assert parse_duration(stamp_text(ms)) == ms


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0s"),
        (45_000, "45s"),
        (90_000, "1m30s"),
        (120_000, "2m"),
        (3_900_000, "1h5m"),
        (1_500, "1.5s"),
        (1, "0.001s"),
    ],
)
def test_a_duration_is_written_short(ms: int, text: str) -> None:
    assert duration_text(ms) == text


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0:00"), (59_999, "0:59"), (60_000, "1:00"), (3_600_000, "1:00:00")]
)
def test_a_clock_shows_whole_seconds(ms: int, text: str) -> None:
    assert clock_text(ms) == text


@pytest.mark.parametrize(("ms", "text"), [(0, "0:00.000"), (61_001, "1:01.001"), (3_600_000, "60:00.000")])
def test_a_stamp_shows_milliseconds(ms: int, text: str) -> None:
    assert stamp_text(ms) == text


@pytest.mark.parametrize(
    ("left_ms", "digits"),
    [(45_000, 45), (44_001, 45), (44_000, 44), (1_001, 2), (1_000, 1), (1, 1), (0, 0)],
)
def test_a_countdown_shows_each_second_while_it_lasts(left_ms: int, digits: int) -> None:
    assert countdown_seconds(left_ms) == digits


def test_minutes_are_rounded_and_never_none() -> None:
    assert [whole_minutes(ms) for ms in (0, 29_999, 89_999, 90_000, 600_000)] == [1, 1, 1, 2, 10]
