from collections.abc import Iterator
from itertools import pairwise, permutations, product

import pytest
from helpers.cases import Compile, MakeExercise, MakeItem, MakeRoutine, Voices

from chain_timer.routine.exercise import Hold
from chain_timer.routine.library import Library
from chain_timer.routine.routine import Coaching
from chain_timer.timeline.change import carried_over, stretched, with_segment
from chain_timer.timeline.segment import Anchor, Cue, Key, Kind, Segment, Tone
from chain_timer.timeline.timeline import Timeline


def last_cue(timeline: Timeline, position_ms: int) -> tuple[Key, tuple[object, ...] | None, int]:
    """The segment, the cue that was heard last in it (None before any), and the time since."""
    index = timeline.index_at(position_ms)
    offset_ms = position_ms - timeline.start_of(index)
    heard = [cue for cue in timeline.segments[index].cues if cue.offset_ms <= offset_ms]
    cue = heard[-1] if heard else None
    since_ms = offset_ms - (cue.offset_ms if cue else 0)
    return timeline.segments[index].key, cue and (cue.words, cue.tone, cue.step), since_ms


def moments(timeline: Timeline, every_ms: int = 1_733) -> Iterator[int]:
    yield from range(0, timeline.duration_ms, every_ms)
    for mark in timeline.marks():
        yield from (
            at for at in (mark.at_ms - 1, mark.at_ms, mark.at_ms + 1) if 0 <= at < timeline.duration_ms
        )


@pytest.fixture(scope="module")
def spoken_alike(compiled: Compile, library: Library, voices: Voices) -> list[tuple[Timeline, Timeline]]:
    """Pairs of timelines of one routine that differ in how long the voice takes."""
    return [
        (compiled(routine, voices[a]), compiled(routine, voices[b]))
        for routine in (library.routine("posterior-chain-stretch"), library.routine("swing-and-hinge"))
        for a, b in permutations(("slow", "usual", "fast"), 2)
    ]


def test_a_timeline_equal_to_itself_keeps_every_position(compiled: Compile, library: Library) -> None:
    for routine in library.routines:
        timeline, equal = compiled(routine), compiled(routine)
        for at_ms in [*moments(timeline), timeline.duration_ms]:
            assert carried_over(timeline, equal, at_ms) == at_ms


def test_a_position_keeps_its_segment_and_its_cue(spoken_alike: list[tuple[Timeline, Timeline]]) -> None:
    for old, new in spoken_alike:
        for at_ms in moments(old):
            there_ms = carried_over(old, new, at_ms)
            key, cue, _ = last_cue(old, at_ms)
            new_key, new_cue, _ = last_cue(new, there_ms)
            assert new_key == key
            # Where a rest had no time for the same words, there is nothing to keep.
            if cue and cue in [(c.words, c.tone, c.step) for c in new.segments[new.index_of(key)].cues]:
                assert new_cue == cue


def test_a_position_keeps_its_time_since_the_cue_unless_the_next_comes_first(
    spoken_alike: list[tuple[Timeline, Timeline]],
) -> None:
    for old, new in spoken_alike:
        for at_ms in moments(old):
            key, cue, since_ms = last_cue(old, at_ms)
            there_ms = carried_over(old, new, at_ms)
            _, new_cue, new_since_ms = last_cue(new, there_ms)
            if cue != new_cue:
                continue
            ends_ms = new.end_of(new.index_of(key))
            next_ms = next((mark.at_ms for mark in new.cues_between(there_ms + 1, ends_ms)), ends_ms)
            assert new_since_ms == since_ms or (new_since_ms < since_ms and there_ms == next_ms - 1)


def test_no_cue_still_to_come_is_passed_over(spoken_alike: list[tuple[Timeline, Timeline]]) -> None:
    for old, new in spoken_alike:
        for at_ms in moments(old):
            index = old.index_at(at_ms)
            segment = new.segments[new.index_of(old.segments[index].key)]
            there_ms = carried_over(old, new, at_ms)
            heard = {c.words for c in old.segments[index].cues if old.start_of(index) + c.offset_ms <= at_ms}
            known = {c.words for c in old.segments[index].cues}
            start_ms = new.start_of(new.index_of(segment.key))
            skipped = {c.words for c in segment.cues if start_ms + c.offset_ms <= there_ms}
            assert skipped & known <= heard


@pytest.mark.parametrize("levels", [(Coaching.FULL, Coaching.NAMES), (Coaching.CUES, Coaching.SILENT)])
def test_another_level_keeps_the_time_spent_in_work(
    compiled: Compile, library: Library, levels: tuple[Coaching, Coaching]
) -> None:
    for routine in library.routines:
        old, new = (compiled(routine, coaching=level) for level in levels)
        for at_ms in moments(old):
            index = old.index_at(at_ms)
            if old.segments[index].kind.is_work:
                found = new.index_of(old.segments[index].key)
                offset_ms = at_ms - old.start_of(index)
                assert carried_over(old, new, at_ms) == new.start_of(found) + offset_ms


def test_from_the_middle_of_steps_that_are_no_longer_said_the_work_begins(
    compiled: Compile, library: Library
) -> None:
    for routine in library.routines:
        full, names = (compiled(routine, coaching=level) for level in (Coaching.FULL, Coaching.NAMES))
        for index, segment in enumerate(full.segments):
            if segment.kind is Kind.INSTRUCT:
                there_ms = carried_over(full, names, full.start_of(index) + segment.length_ms // 2)
                landed = names.segments[names.index_at(there_ms)]
                assert landed.kind.is_work
                assert landed.key.slot == segment.key.slot
                assert there_ms == names.start_of(names.index_at(there_ms))


def test_a_longer_hold_keeps_the_time_already_held(compiled: Compile, library: Library) -> None:
    routine = library.routine("desk-break")
    old, new = compiled(routine, hold_ms=30_000), compiled(routine, hold_ms=45_000)
    index = next(i for i, s in enumerate(old.segments) if s.kind is Kind.HOLD)
    there = new.index_of(old.segments[index].key)
    for held_ms in range(0, 30_000, 500):
        moved_ms = carried_over(old, new, old.start_of(index) + held_ms)
        assert moved_ms == new.start_of(there) + held_ms


def test_a_shorter_hold_still_counts_to_its_end(compiled: Compile, library: Library) -> None:
    routine = library.routine("desk-break")
    old, new = compiled(routine, hold_ms=60_000), compiled(routine, hold_ms=30_000)
    index = next(i for i, s in enumerate(old.segments) if s.kind is Kind.HOLD)
    there = new.index_of(old.segments[index].key)
    assert carried_over(old, new, old.start_of(index) + 45_000) == new.start_of(there) + 26_999


def test_between_timelines_of_nothing_there_is_only_the_start(compiled: Compile, library: Library) -> None:
    empty, some = Timeline("e", "E", ()), compiled(library.routine("desk-break"))
    assert carried_over(empty, some, 5_000) == 0
    assert carried_over(some, empty, 5_000) == 0


# --- one segment made longer or shorter ---------------------------------------------------------------


@pytest.fixture(scope="module")
def segments(compiled: Compile, library: Library) -> list[Segment]:
    """A segment of every kind that can be stretched, of every built-in routine and level."""
    return [
        segment
        for routine, coaching in product(library.routines[:2], Coaching)
        for segment in dict.fromkeys(compiled(routine, coaching=coaching).segments)
        if segment.kind in {Kind.HOLD, Kind.REST, Kind.PREPARE, Kind.SWITCH}
    ]


def there_and_back(segment: Segment) -> Iterator[Segment]:
    """Five seconds less again and again, then five more up to ten minutes, then less again."""
    length_ms, step_ms = segment.length_ms, -5_000
    while True:
        length_ms = min(600_000, max(1_000, length_ms + step_ms))
        segment = stretched(segment, length_ms)
        yield segment
        if length_ms == 600_000:
            break
        step_ms = 5_000 if length_ms == 1_000 else step_ms
    yield stretched(segment, 1_000)


@pytest.mark.slow
def test_stretched_cues_stay_in_order_inside_and_apart(segments: list[Segment]) -> None:
    for origin in segments:
        for segment in there_and_back(origin):
            assert all(a.offset_ms <= b.offset_ms for a, b in pairwise(segment.cues))
            assert all(cue.offset_ms >= 0 and cue.end_ms <= segment.length_ms for cue in segment.cues)
            spoken = [cue for cue in segment.cues if cue.words]
            assert all(a.end_ms <= b.offset_ms for a, b in pairwise(spoken))


def test_stretched_holds_count_to_the_end_as_far_as_it_fits(segments: list[Segment]) -> None:
    for origin in (segment for segment in segments if segment.kind is Kind.HOLD):
        for segment in there_and_back(origin):
            ticks = [segment.length_ms - c.offset_ms for c in segment.cues if c.tone is Tone.TICK]
            assert ticks == [ms for ms in (3_000, 2_000, 1_000) if ms <= segment.length_ms]


def test_stretched_holds_keep_halfway_in_the_middle(segments: list[Segment]) -> None:
    for origin in (segment for segment in segments if segment.kind is Kind.HOLD):
        for length_ms in (21_000, 35_000, 44_001):
            half = [c for c in stretched(origin, length_ms).cues if c.tone is Tone.HALF]
            assert len(half) == 1
            assert abs(half[0].offset_ms - length_ms // 2) <= 1


@pytest.mark.slow
def test_stretching_there_and_back_changes_nothing(segments: list[Segment]) -> None:
    for origin in segments:
        *_, last = there_and_back(origin)
        assert stretched(last, origin.length_ms) == origin


def test_words_that_give_way_leave_their_tone() -> None:
    cues = (
        Cue(450, 4_000, "Hold. Stay tall."),
        Cue(10_000, 900, "Halfway.", Tone.HALF, anchor=Anchor.MIDDLE),
    )
    short = stretched(Segment(Kind.HOLD, 20_000, Key(0, 2), cues), 6_000)
    assert [(cue.words, cue.tone) for cue in short.cues] == [("Hold. Stay tall.", None), ("", Tone.HALF)]


def test_a_timeline_with_another_segment_is_the_same_around_it(
    compiled: Compile, routine: MakeRoutine, item: MakeItem, stretch: MakeExercise
) -> None:
    timeline = compiled(routine(item(stretch(1)), item(stretch(2), Hold(20_000))), coaching=Coaching.CUES)
    changed = with_segment(timeline, 1, stretched(timeline.segments[1], 35_000))
    assert changed.duration_ms == timeline.duration_ms + 5_000
    assert changed.segments[2:] == timeline.segments[2:]
    assert changed.segments[0] is timeline.segments[0]
