"""Chapters: which there are, how a cue sheet tells them, and that every kind of file gives them back."""

from io import BytesIO

import pytest
from helpers.tracks import chapters_in, default_timeline, library, long_timeline, sound_of, written
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.exchange.audio_chapters import chapters_of, cue_sheet
from chain_timer.exchange.audio_splice import Spliced
from chain_timer.exchange.audio_track import FORMS
from chain_timer.routine.exercise import Side
from chain_timer.timeline.segment import Key, Kind, Segment
from chain_timer.timeline.timeline import Timeline

LONG_NAME = "Ä" * 149
HOSTILE = st.text(max_size=400) | st.text('"\n\r\x00\x85\u2028 ab')


def titles(timeline: Timeline) -> list[str]:
    return [chapter.title for chapter in chapters_of(timeline)]


def segment(kind: Kind, slot: int, length_ms: int = 1_000, **more: object) -> Segment:
    order = 0 if kind in {Kind.PREPARE, Kind.REST, Kind.SWITCH} else 2
    exercise = None if kind is Kind.FINISH else library().exercise("standing-hamstring-stretch")
    return Segment(kind, length_ms, Key(slot, order), (), exercise, **more)


# --- which there are ---------------------------------------------------------------------------------


def test_each_piece_of_work_and_each_rest_is_a_chapter() -> None:
    assert titles(default_timeline()) == [
        "Get ready",
        "Seated figure-four stretch, right leg",
        "Seated figure-four stretch, left leg",
        "Rest",
        "Standing hamstring stretch, right leg",
        "Standing hamstring stretch, left leg",
        "Rest",
        "Downward-facing dog",
        "Well done",
    ]


def test_chapters_lie_end_to_end_from_the_first_to_the_last_moment() -> None:
    timeline, chapters = default_timeline(), chapters_of(default_timeline())
    assert [0, *(chapter.end_ms for chapter in chapters)] == [
        *(chapter.start_ms for chapter in chapters),
        timeline.duration_ms,
    ]


def test_a_piece_of_work_begins_with_what_leads_to_it() -> None:
    timeline = Timeline(
        "sides",
        "Sides",
        [segment(Kind.INSTRUCT, 0), segment(Kind.HOLD, 0), segment(Kind.SWITCH, 1), segment(Kind.HOLD, 1)],
    )
    assert [chapter.start_ms for chapter in chapters_of(timeline)] == [0, 2_000]


def test_sets_and_rounds_are_told_apart() -> None:
    work = segment(Kind.HOLD, 0, side=Side.LEFT, set_number=2, sets=3, round_number=1, rounds=2)
    title = "Standing hamstring stretch, left leg, set 2 of 3, round 1 of 2"
    assert titles(Timeline("one", "One", [work])) == [title]


def test_what_has_no_length_is_no_chapter() -> None:
    timeline = Timeline("one", "One", [segment(Kind.HOLD, 0), segment(Kind.FINISH, 1, 0)])
    assert titles(timeline) == ["Standing hamstring stretch"]


# --- in the files ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_every_chapter_is_read_back(form: str) -> None:
    timeline = default_timeline()
    track = written(form, sound_of(timeline))
    assert chapters_in(form, track.data) == [(each.start_ms, each.title) for each in chapters_of(timeline)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "works", "left", "told"),
    [
        ("wav", 1_500, 3_000, []),
        (
            "flac",
            1_500,
            1_000,
            ["chapters: there is room for 1,000 of 3,000; rests and the last ones have none"],
        ),
        ("opus", 180, 180, ["chapters: there is room for 180 of 360; rests have none"]),
        ("opus", 1_100, 188, ["chapters: there is room for 188 of 2,200; rests and the last ones have none"]),
        ("mp3", 200, 200, ["chapters: there is room for 200 of 400; rests have none"]),
        ("mp3", 300, 255, ["chapters: there is room for 255 of 600; rests and the last ones have none"]),
    ],
)
def test_more_chapters_than_a_file_holds_are_told(form: str, works: int, left: int, told: list[str]) -> None:
    track = written(form, sound_of(long_timeline(works, LONG_NAME)))
    assert len(chapters_in(form, track.data)) == left
    assert [str(loss) for loss in track.losses] == told
    assert len(track.frames) == works * 200 * 48  # libogg leaves out every page whose checksum is wrong


# --- as a cue sheet ----------------------------------------------------------------------------------


def test_a_cue_sheet_names_the_file_and_counts_in_75ths() -> None:
    timeline = Timeline("two", "Two", [segment(Kind.REST, 0, 61_014), segment(Kind.HOLD, 0)])
    assert cue_sheet(timeline, "two.flac", "Two").splitlines() == [
        'TITLE "Two"',
        'FILE "two.flac" WAVE',
        "  TRACK 01 AUDIO",
        '    TITLE "Rest"',
        "    INDEX 01 00:00:00",
        "  TRACK 02 AUDIO",
        '    TITLE "Standing hamstring stretch"',
        "    INDEX 01 01:01:01",
    ]


def test_a_cue_sheet_knows_mp3_by_its_name() -> None:
    assert 'FILE "a.MP3" MP3' in cue_sheet(default_timeline(), "a.MP3", "A")


def test_quotes_become_single_ones_and_controls_are_left_out() -> None:
    lines = cue_sheet(default_timeline(), 'a"b.wav', 'The "5\x00 minute"\nroutine').splitlines()
    assert lines[:2] == ["TITLE \"The '5 minute' routine\"", 'FILE "a\'b.wav" WAVE']


@settings(max_examples=100, deadline=None, derandomize=True)
@given(HOSTILE, HOSTILE)
def test_no_name_can_add_a_line_or_a_quote_to_a_cue_sheet(title: str, name: str) -> None:
    lines = cue_sheet(default_timeline(), name, title).splitlines()
    assert len(lines) == 2 + 3 * len(chapters_of(default_timeline()))
    assert {line.count('"') for line in lines} == {0, 2}
    assert all(line.isprintable() or line.strip() for line in lines)


@pytest.mark.parametrize(
    ("works", "first", "tracks"), [(49, "Rest", 98), (99, "Stretch", 99), (200, "Stretch", 99)]
)
def test_a_cue_sheet_has_99_tracks_at_most(works: int, first: str, tracks: int) -> None:
    lines = cue_sheet(long_timeline(works), "a.wav", "A").splitlines()
    assert sum("TRACK" in line for line in lines) == tracks
    assert lines[3] == f'    TITLE "{first}"'


# --- a head replaced on the way ----------------------------------------------------------------------


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.binary(min_size=1, max_size=9), min_size=1), st.binary(max_size=20))
def test_however_it_is_cut_the_head_alone_is_replaced(pieces: list[bytes], new: bytes) -> None:
    file, whole = BytesIO(), b"".join(pieces)
    spliced = Spliced(file, lambda head: (4, new) if len(head) >= 4 else None)
    for piece in pieces:
        spliced.write(piece)
    assert spliced.tell() == len(whole)
    assert spliced.is_whole() == (len(whole) >= 4)
    assert file.getvalue() == (new + whole[4:] if len(whole) >= 4 else b"")


def test_what_is_written_again_comes_to_its_place() -> None:
    file = BytesIO()
    spliced = Spliced(file, lambda head: (4, b"abXYZ") if len(head) >= 4 else None)
    spliced.write(b"abcd1234")
    spliced.seek(0)
    spliced.write(b"AB")
    spliced.seek(-2, 2)
    spliced.write(b"56")
    assert file.getvalue() == b"ABXYZ1256"
