"""What is written down of a session is what was done, however it was gone through."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from helpers.notebook import FakeNotebook
from helpers.stage import Compile, Simple, Stage
from hypothesis import given, settings
from hypothesis import strategies as st

from chain_timer.routine.exercise import Hold
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Circuit, Item, Routine
from chain_timer.session.clock import Moment
from chain_timer.session.events import State
from chain_timer.session.journal import Left, read_journal
from chain_timer.session.record import Ending, Feeling, Outcome, Part
from chain_timer.session.recorder import BEAT_MS, Recorder, opening_of
from chain_timer.timeline.change import stretched, with_segment
from chain_timer.timeline.options import Options
from chain_timer.timeline.segment import Kind
from chain_timer.timeline.timeline import Timeline

BEGUN = Moment(1_770_000_000_000, 60)


class Recorded:
    """A session, and all that is written down of it."""

    def __init__(self, timeline: Timeline, routine: Routine, left: Left | None = None) -> None:
        self.stage = Stage(timeline)
        self.player = self.stage.player
        self.notebook = FakeNotebook()
        self.wall_ms = BEGUN.ms
        self.recorder = Recorder(
            self.player,
            self.notebook,
            lambda: opening_of(routine, Options(), self.now()),
            clock=self.stage.clock,
            now=self.now,
            left=left,
        )

    def now(self) -> Moment:
        return Moment(self.wall_ms, 60)

    def advance(self, ms: int, tick_ms: int = 250) -> None:
        for passed in range(0, ms, tick_ms):
            step_ms = min(tick_ms, ms - passed)
            self.stage.clock.advance(step_ms)
            self.wall_ms += step_ms
            self.player.tick()
            self.recorder.beat()

    def parts(self) -> list[tuple[int, str, int]]:
        """Number of the segment by its planned length in seconds, outcome, and what it really took."""
        return [
            (part.planned_ms // 1_000, part.outcome.value, part.actual_ms)
            for part in self.recorder.record().parts
        ]


Record = Callable[..., Recorded]


@pytest.fixture
def routine(library: Library) -> Routine:
    return library.routine("desk-break")


@pytest.fixture
def record(simple: Simple, routine: Routine) -> Record:
    def make(*lengths_ms: int, gates: tuple[int, ...] = ()) -> Recorded:
        return Recorded(simple(*lengths_ms, gates=gates), routine)

    return make


def test_a_session_to_its_end_is_as_it_was_planned(record: Record) -> None:
    on = record(10_000, 20_000, 30_000)
    on.player.play()
    on.advance(60_000)
    kept = on.notebook.records[-1]
    assert on.parts() == [(10, "done", 10_000), (20, "done", 20_000), (30, "done", 30_000)]
    assert (kept.ending, kept.played_ms, kept.paused_ms) == (Ending.FINISHED, 60_000, 0)
    assert (kept.started, kept.ended_ms) == (BEGUN, BEGUN.ms + 60_000)
    assert kept.is_done


@pytest.mark.parametrize("tick_ms", [1, 7, 999, 60_000])
def test_how_often_the_player_ticks_makes_no_difference(record: Record, tick_ms: int) -> None:
    on = record(10_000, 20_000, 30_000)
    on.player.play()
    on.advance(60_000, tick_ms)
    assert [part.actual_ms for part in on.notebook.records[-1].parts] == [10_000, 20_000, 30_000]


def test_a_pause_belongs_to_the_part_it_was_in_and_to_no_work(record: Record) -> None:
    on = record(10_000, 20_000)
    on.player.play()
    on.advance(12_000)
    on.player.pause()
    on.advance(90_000)
    on.player.play()
    on.advance(18_000)
    kept = on.notebook.records[-1]
    assert [(part.actual_ms, part.paused_ms) for part in kept.parts] == [(10_000, 0), (20_000, 90_000)]
    assert kept.ended_ms - kept.started.ms == 120_000


def test_getting_ready_is_neither_work_nor_a_pause(record: Record) -> None:
    on = record(10_000)
    on.player.play()
    on.advance(4_000)
    on.player.pause()
    on.player.play(3_000)
    on.advance(9_000)
    assert on.parts() == [(10, "done", 10_000)]
    assert on.recorder.record().paused_ms == 0


def test_sleep_is_not_counted(record: Record) -> None:
    on = record(60_000)
    on.player.play()
    on.advance(10_000)
    on.stage.clock.sleep(3_600_000)
    on.wall_ms += 3_600_000
    on.player.tick()
    assert on.player.state is State.PAUSED
    on.player.play()
    on.advance(50_000)
    kept = on.notebook.records[-1]
    assert (kept.played_ms, kept.paused_ms) == (60_000, 0)
    assert kept.ended_ms - kept.started.ms == 3_660_000


def test_what_is_skipped_says_so_with_what_was_done_of_it(record: Record) -> None:
    on = record(10_000, 20_000, 30_000)
    on.player.play()
    on.advance(4_000)
    on.player.next()
    on.advance(50_000)
    assert on.parts() == [(10, "skipped", 4_000), (20, "done", 20_000), (30, "done", 30_000)]


def test_what_is_passed_over_is_told_as_skipped(record: Record) -> None:
    on = record(10_000, 20_000, 30_000, 40_000)
    on.player.play()
    on.advance(4_000)
    on.player.seek(60_000)
    on.advance(40_000)
    assert on.parts() == [
        (10, "skipped", 4_000),
        (20, "skipped", 0),
        (30, "skipped", 0),
        (40, "done", 40_000),
    ]


def test_who_goes_back_does_it_twice(record: Record) -> None:
    on = record(10_000, 20_000)
    on.player.play()
    on.advance(15_000)
    on.player.back()
    on.advance(20_000)
    assert on.parts() == [(10, "done", 10_000), (20, "repeated", 5_000), (20, "done", 20_000)]


def test_a_jump_within_a_segment_stays_one_visit(record: Record) -> None:
    on = record(60_000)
    on.player.play()
    on.advance(10_000)
    on.player.seek(50_000)
    on.advance(10_000)
    assert on.parts() == [(60, "done", 20_000)]


def test_done_at_a_gate_is_done_with_the_time_it_took(record: Record) -> None:
    on = record(5_000, 30_000, 10_000, gates=(1,))
    on.player.play()
    on.advance(5_000)
    on.advance(42_000)
    on.player.done()
    on.advance(10_000)
    assert on.parts() == [(5, "done", 5_000), (30, "done", 42_000), (10, "done", 10_000)]


def test_next_at_a_gate_skips_it(record: Record) -> None:
    on = record(30_000, 10_000, gates=(0,))
    on.player.play()
    on.advance(3_000)
    on.player.next()
    on.advance(10_000)
    assert on.parts() == [(30, "skipped", 3_000), (10, "done", 10_000)]


def test_back_from_a_gate_adds_no_time_to_it(record: Record) -> None:
    on = record(10_000, 30_000, gates=(1,))
    on.player.play()
    on.advance(11_000)
    on.player.back()
    assert on.parts()[:2] == [(10, "done", 10_000), (30, "repeated", 1_000)]


def test_a_pause_at_a_gate_is_a_pause(record: Record) -> None:
    on = record(30_000, 10_000, gates=(0,))
    on.player.play()
    on.advance(4_000)
    on.player.pause()
    on.advance(60_000)
    on.player.play()
    on.advance(5_000)
    on.player.done()
    on.advance(10_000)
    first = on.notebook.records[-1].parts[0]
    assert (first.actual_ms, first.paused_ms, first.outcome) == (9_000, 60_000, Outcome.DONE)


def test_leaving_breaks_off_what_is_being_done(record: Record) -> None:
    on = record(10_000, 20_000, 30_000)
    on.player.play()
    on.advance(15_000)
    on.player.finish()
    kept = on.notebook.records[-1]
    assert on.parts() == [(10, "done", 10_000), (20, "broken off", 5_000)]
    assert (kept.ending, kept.planned_ms, kept.planned_work_ms) == (Ending.BROKEN_OFF, 60_000, 60_000)
    assert not kept.is_done


def test_what_was_left_before_anything_began_is_not_kept(compiled: Compile, routine: Routine) -> None:
    on = Recorded(compiled(routine), routine)
    on.player.play()
    on.advance(9_000)
    on.player.finish()
    assert on.notebook.records == []


def test_what_was_never_started_leaves_no_trace(record: Record) -> None:
    on = record(10_000)
    on.player.finish()
    on.recorder.close()
    assert (on.notebook.openings, on.notebook.records, on.notebook.entries) == ([], [], [])


def test_time_added_is_not_planned(record: Record) -> None:
    on = record(10_000, 20_000)
    on.player.play()
    on.advance(5_000)
    timeline = on.player.timeline
    longer = with_segment(timeline, 0, stretched(timeline.segments[0], 25_000))
    on.player.change_timeline(longer, on.player.position_ms())
    on.advance(40_000)
    kept = on.notebook.records[-1]
    assert on.parts() == [(10, "done", 25_000), (20, "done", 20_000)]
    assert kept.planned_ms == 30_000


def test_another_timeline_before_the_first_segment_moves_no_time(record: Record, simple: Simple) -> None:
    on = record(10_000, 20_000)
    on.player.play()
    on.advance(12_000)
    on.player.change_timeline(simple(15_000, 20_000), 17_000)
    on.advance(18_000)
    assert [part.actual_ms for part in on.notebook.records[-1].parts] == [10_000, 20_000]


def test_going_on_after_the_end_is_kept_in_its_place(record: Record) -> None:
    on = record(10_000, 20_000)
    on.player.play()
    on.advance(30_000)
    on.player.back()
    on.player.play()
    on.advance(20_000)
    ids = {kept.id for kept in on.notebook.records}
    assert len(on.notebook.records) == 2
    assert len(ids) == 1
    assert on.parts() == [(10, "done", 10_000), (20, "done", 20_000), (20, "done", 20_000)]


def test_a_clock_set_back_never_ends_a_session_before_it_began(record: Record) -> None:
    on = record(10_000)
    on.player.play()
    on.advance(5_000)
    on.wall_ms -= 86_400_000
    on.advance(5_000)
    kept = on.notebook.records[-1]
    assert kept.ended_ms == kept.started.ms + 10_000


def test_how_it_felt_is_kept_with_the_record(record: Record) -> None:
    on = record(10_000)
    on.player.play()
    on.advance(10_000)
    on.recorder.feel(Feeling.GOOD, "looser than last week")
    kept = on.notebook.records[-1]
    assert (kept.feeling, kept.note, kept.changed_ms) == (Feeling.GOOD, "looser than last week", on.wall_ms)


def test_sides_sets_and_reps_are_told(compiled: Compile, library: Library) -> None:
    routine = library.routine("swing-and-hinge")
    timeline = compiled(routine)
    on = Recorded(timeline, routine)
    on.player.play()
    on.advance(timeline.duration_ms, 10_000)
    kept = on.notebook.records[-1]
    work = [part for part in kept.parts if part.kind.is_work]
    assert {(part.exercise_id, part.reps, part.reps_done) for part in work} == {
        ("kettlebell-swing", 10, 10),
        ("romanian-deadlift", 8, 8),
    }
    assert [part.round_number for part in work] == [1, 1, 2, 2, 3, 3]
    assert kept.ending is Ending.FINISHED
    assert {each.id for each in kept.exercises} == {"kettlebell-swing", "romanian-deadlift"}


def test_reps_that_were_broken_off_count_the_whole_ones(compiled: Compile, library: Library) -> None:
    routine = library.routine("swing-and-hinge")
    timeline = compiled(routine)
    on = Recorded(timeline, routine)
    first = next(n for n, each in enumerate(timeline.segments) if each.kind is Kind.REPS)
    on.player.seek(timeline.start_of(first))
    on.player.play()
    on.advance(7_000)
    on.player.finish()
    part = on.notebook.records[-1].parts[-1]
    assert (part.reps, part.reps_done, part.outcome) == (10, 3, Outcome.BROKEN_OFF)


def test_leaving_during_the_last_words_is_finished(compiled: Compile, routine: Routine) -> None:
    timeline = compiled(routine)
    on = Recorded(timeline, routine)
    on.player.play()
    on.advance(timeline.start_of(len(timeline.segments) - 1) + 100, 1_000)
    on.player.finish()
    assert on.notebook.records[-1].ending is Ending.FINISHED


# --- the journal --------------------------------------------------------------------------------------


def test_while_it_runs_the_position_is_written_every_other_second(record: Record) -> None:
    on = record(60_000)
    on.player.play()
    on.advance(20_000)
    positions = [beat.position_ms for beat in on.notebook.beats]
    gaps = [later - earlier for earlier, later in pairwise(positions)]
    assert max(gaps) <= BEAT_MS
    assert positions[-1] >= 18_000


def test_a_pause_writes_nothing(record: Record) -> None:
    on = record(60_000)
    on.player.play()
    on.advance(5_000)
    on.player.pause()
    written = len(on.notebook.entries)
    on.advance(600_000, 10_000)
    assert len(on.notebook.entries) == written


def journaled(on: Recorded) -> Left:
    read = read_journal(on.notebook.journal + bytes(500))
    assert read is not None
    return read[0]


def test_a_journal_tells_what_the_record_would(record: Record) -> None:
    on = record(10_000, 20_000, 30_000)
    on.player.play()
    on.advance(25_000)
    on.player.pause()
    left = journaled(on)
    assert replace(left.record(), ended_ms=0) == replace(on.recorder.record(), ended_ms=0)
    assert left.position_ms == 25_000


def test_what_is_gone_on_with_is_one_session(record: Record, simple: Simple, routine: Routine) -> None:
    on = record(10_000, 20_000, 30_000)
    on.player.play()
    on.advance(25_000)
    left = journaled(on)
    later = Recorded(simple(10_000, 20_000, 30_000), routine, left)
    assert left.beat is not None
    later.player.seek(left.position_ms)
    later.wall_ms = on.wall_ms + 7_200_000
    later.player.play()
    later.advance(60_000)
    kept = later.notebook.records[-1]
    assert kept.id == on.notebook.openings[0].id
    assert kept.started == BEGUN
    took = [(part.outcome.value, part.actual_ms) for part in kept.parts]
    lost_ms = 25_000 - left.position_ms
    assert lost_ms <= BEAT_MS
    assert took == [("done", 10_000), ("done", 20_000), ("done", 30_000)]


def test_a_beat_that_a_part_has_told_is_not_told_twice(record: Record) -> None:
    on = record(10_000, 20_000)
    on.player.play()
    on.advance(9_900)
    on.stage.clock.advance(200)
    on.player.tick()
    entries = on.notebook.entries
    cut = next(n for n, entry in enumerate(entries) if isinstance(entry, Part)) + 1
    del entries[cut:]
    assert [part.actual_ms for part in journaled(on).record().parts] == [10_000]


COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(["play", "pause", "next", "back", "restart", "done", "seek"]),
        st.integers(0, 80_000),
        st.integers(0, 15_000),
    ),
    max_size=25,
)


@given(COMMANDS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_time_is_lost_and_none_is_made_up(commands: list[tuple[str, int, int]]) -> None:
    on = _gated()
    passed_ms = 0
    on.player.play()
    for name, position_ms, wait_ms in commands:
        if name == "seek":
            on.player.seek(position_ms)
        else:
            getattr(on.player, name)()
        running = on.player.state in {State.PLAYING, State.WAITING, State.PAUSED}
        before_ms = on.player.position_ms()
        on.advance(wait_ms, 700)
        if on.player.state is not State.FINISHED and running:
            passed_ms += wait_ms
        elif running:
            passed_ms += on.player.position_ms() - before_ms
    kept = on.recorder.record()
    told_ms = kept.played_ms + kept.paused_ms
    # At a gate that ends a wait, the time between two ticks may be told of either side.
    assert abs(told_ms - passed_ms) <= 700 * (len(commands) + 1)
    assert all(part.actual_ms >= 0 for part in kept.parts)
    left = journaled(on)
    assert left.opening.id == kept.id


def _gated() -> Recorded:
    library = Library.built_in()
    exercise = library.exercise("downward-facing-dog")
    routine = Routine("r", "R", (Circuit((Item(exercise, Hold(30_000)),)),))
    return Recorded(next(_timelines()), routine)


def _timelines() -> Iterator[Timeline]:
    from chain_timer.timeline.segment import Key, Segment  # noqa: PLC0415 - as conftest makes them

    lengths = ((10_000, False), (20_000, True), (5_000, False), (40_000, False))
    yield Timeline(
        "r", "R", [Segment(Kind.HOLD, ms, Key(n, 2), gate=gate) for n, (ms, gate) in enumerate(lengths)]
    )
