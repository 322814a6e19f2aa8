"""Sessions that were, for whatever gives them out and takes them in again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

from hypothesis import strategies as st

from chain_timer.exchange.history_out import history_format, write_history
from chain_timer.exchange.parcel import Progress, no_progress
from chain_timer.problems import Problem
from chain_timer.routine.exercise import Side
from chain_timer.session.clock import Moment
from chain_timer.session.record import Ending, Feeling, Outcome, Part, PastExercise, SessionRecord
from chain_timer.timeline.kinds import Kind

START = Moment(1_767_594_600_250, 60)  # 2026-01-05 07:30:00.250 in Berlin
CALF = PastExercise("wall-calf-stretch", "Wall calf stretch", ("calves",), (), "leg")
SQUAT = PastExercise("back-squat", "Back squat", ("glutes", "quadriceps"), ("lower-back",))
CONTENT = 'name = "Evening"\nexercises = ["wall-calf-stretch", "back-squat"]\n'

RIGHT = Part(Kind.HOLD, 30_000, 30_000, Outcome.DONE, 0, CALF.id, Side.RIGHT, 1, 1, 1, 2)
SWITCH = Part(Kind.SWITCH, 6_000, 6_000, Outcome.DONE, 0, CALF.id)
LEFT = replace(RIGHT, side=Side.LEFT, actual_ms=21_500, outcome=Outcome.SKIPPED, paused_ms=90_000)
REST = Part(Kind.REST, 20_000, 20_000, Outcome.DONE, 0, SQUAT.id)
REPS = Part(Kind.REPS, 40_000, 42_000, Outcome.DONE, 0, SQUAT.id, None, 2, 3, reps=10, reps_done=9)
PASSED_OVER = replace(REPS, set_number=3, actual_ms=0, outcome=Outcome.SKIPPED, reps_done=0)
READY = Part(Kind.PREPARE, 5_000, 5_000, Outcome.DONE, 0, CALF.id)
TELL = Part(Kind.INSTRUCT, 10_000, 8_000, Outcome.DONE, 0, CALF.id)
PARTS = (READY, TELL, RIGHT, SWITCH, LEFT, REST, REPS, PASSED_OVER)
PLAYED_MS, PAUSED_MS, WORK_MS = 132_500, 90_000, 93_500


def session(number: int = 1, **changes: object) -> SessionRecord:
    """Give a session with a little of everything; each number is another one."""
    started = Moment(START.ms + (number - 1) * 86_400_000, START.offset_min)
    record = SessionRecord(
        id=f"{number:032x}",
        started=started,
        ended_ms=started.ms + PLAYED_MS + PAUSED_MS,
        routine_id="evening",
        routine_name="Evening",
        content=CONTENT,
        planned_ms=190_000,
        planned_work_ms=140_000,
        ending=Ending.FINISHED,
        parts=PARTS,
        exercises=(CALF, SQUAT),
        feeling=Feeling.GOOD,
        note="Slept well.",
        changed_ms=started.ms + 300_000,
    )
    return replace(record, **changes)  # type: ignore[arg-type]


def given_out(
    form: str, records: Sequence[SessionRecord], progress: Progress = no_progress
) -> tuple[bytes, tuple[Problem, ...]]:
    """Give the bytes of a format, and what it could not hold."""
    found, file = history_format(form), BytesIO()
    assert found is not None
    problems = write_history(found, iter(records), len(records), file, progress)
    return file.getvalue(), problems


# --- any session -----------------------------------------------------------------------------------------

_letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf"))
notes = st.text(st.one_of(_letters, st.sampled_from("\n=+-@'\",;<&>]")), max_size=60).map(str)
names = notes.map(lambda text: " ".join(text.split()))
_some_ids = st.sampled_from((CALF.id, SQUAT.id, ""))
_lengths = st.integers(0, 10**7)
_counts = st.integers(1, 9_999)
parts = st.builds(
    Part,
    st.sampled_from(Kind),
    _lengths,
    _lengths,
    st.sampled_from(Outcome),
    _lengths,
    _some_ids,
    st.none() | st.sampled_from(Side),
    _counts,
    _counts,
    _counts,
    _counts,
    st.none() | st.integers(0, 1_000),
    st.none() | st.integers(0, 1_000),
)
exercises: Callable[[str], st.SearchStrategy[PastExercise]] = lambda exercise_id: st.builds(  # noqa: E731
    PastExercise,
    st.just(exercise_id),
    names,
    st.lists(names, max_size=3).map(tuple),
    st.lists(names, max_size=3).map(tuple),
    names,
)
sessions = st.builds(
    lambda length_ms, **values: SessionRecord(ended_ms=values["started"].ms + length_ms, **values),
    _lengths,
    id=st.text("0123456789abcdef", min_size=32, max_size=32),
    started=st.builds(Moment, st.integers(10**12, 4 * 10**12), st.integers(-720, 840)),
    routine_id=names,
    routine_name=names,
    content=notes,
    planned_ms=_lengths,
    planned_work_ms=_lengths,
    ending=st.sampled_from(Ending),
    parts=st.lists(parts, max_size=6).map(tuple),
    exercises=st.tuples(exercises(CALF.id), exercises(SQUAT.id)),
    feeling=st.none() | st.sampled_from(Feeling),
    note=notes,
    changed_ms=st.integers(0, 4 * 10**12),
)
