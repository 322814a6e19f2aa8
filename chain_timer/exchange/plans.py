"""Training plans of Workout Timer for GNOME, as it exports them: one array of plans, or a single plan.

https://github.com/NikolausB/WorkoutTimer: ``models.py`` writes them, ``default_plans.json`` are examples. An
exercise has seconds or reps, and the reps are done at one's own pace. The rest is after each exercise, also
after the last one of a round, where the rest between rounds is added.
"""

from collections import Counter
from dataclasses import replace

from chain_timer.exchange.json_values import Fields
from chain_timer.exchange.making import MOST_ROUTINES, Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.routine.exercise import Reps, Work
from chain_timer.routine.exercise_reader import USUAL_TEMPO
from chain_timer.routine.routine import Circuit, Item
from chain_timer.routine.routine_reader import MOST_SETS
from chain_timer.units import SECOND_MS

_USUAL_REPS = 8
_USUAL_REST_MS = 30 * SECOND_MS
_USUAL_ROUND_REST_MS = 60 * SECOND_MS
"""What the program itself takes where nothing is said, as the rest above (``models.py``)."""
_LOOKED_AT = 20
_EXERCISE_KEYS = frozenset({"reps", "duration_seconds"})


def recognizes(source: Source) -> bool:
    """Whether it looks like plans, or one plan."""
    found = source.json
    return any(_is_plan(each) for each in (found[:_LOOKED_AT] if isinstance(found, list) else [found]))


def _is_plan(value: object) -> bool:
    exercises = value.get("exercises") if isinstance(value, dict) else None
    looked_at = exercises[:_LOOKED_AT] if isinstance(exercises, list) else []
    return any(
        isinstance(each, dict) and "name" in each and each.keys() & _EXERCISE_KEYS for each in looked_at
    )


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Take every plan over as a routine. Raises FileProblemsError when none of them can be used."""
    found = source.checked_json()
    plans = found if isinstance(found, list) else [found]
    maker = Maker(source, known)
    whole = min(len(plans), MOST_ROUTINES)
    pictured = 0
    for done, plan in enumerate(Fields({"plans": plans}, "", maker).objects("plans", "plan", MOST_ROUTINES)):
        progress(done, whole)
        if maker.is_full:
            maker.lost(
                plan.where, "there is more than can be taken", "this and all that follows was left out"
            )
            break
        pictured += _Plan(maker, plan).take()
    progress(whole, whole)
    if pictured:
        maker.lost("", f"the pictures of {pictured:,} exercises are not in this file", "they were left out")
    return maker.parcel()


class _Plan:
    """One plan on its way to a routine."""

    def __init__(self, maker: Maker, fields: Fields) -> None:
        self._maker = maker
        self._fields = fields
        self._weights: list[str] = []
        self._pictured = 0

    def take(self) -> int:
        """Take it as a routine; gives how many of its exercises name a picture."""
        maker, fields = self._maker, self._fields
        # A rest for the whole plan is not what the program writes, but what plans by hand may say.
        usual_ms = fields.seconds_ms("rest_seconds", _USUAL_REST_MS)
        exercises = fields.objects("exercises", "exercise", MOST_SETS)
        items = [item for each in exercises if (item := self._item(each, usual_ms)) is not None]
        circuit = self._circuit(items)
        maker.routine(fields.text("name"), [circuit], fields.where, summary=self._summary())
        return self._pictured

    def _item(self, fields: Fields, usual_ms: int) -> Item | None:
        maker = self._maker
        name = maker.name(fields.text("name"), fields.at("name"), "")
        if not name:
            maker.lost(fields.where, "it has no name", "it was left out")
            return None
        self._pictured += fields.has("image_path")
        if (weight := fields.number("weight_kg", 0)) > 0:
            self._weights.append(f"{name} {weight:g} kg")
        rest_ms = maker.rest_ms(fields.seconds_ms("rest_seconds", usual_ms), fields.at("rest_seconds"))
        work = self._work(fields)
        exercise = maker.named(name, fields.at("name"), work)
        if isinstance(work, Reps) and isinstance(exercise.work, Reps):
            work = replace(work, tempo=exercise.work.tempo)
        return maker.item(exercise, work, rest_ms)

    def _work(self, fields: Fields) -> Work:
        length_ms = fields.seconds_ms("duration_seconds", 0)
        if length_ms > 0:
            return self._maker.hold(length_ms, fields.at("duration_seconds"))
        count = fields.count("reps", 0)
        if count <= 0:
            self._maker.lost(
                fields.where, "it says neither seconds nor reps", f"{_USUAL_REPS} reps were taken"
            )
        return self._maker.reps(
            count if count > 0 else _USUAL_REPS, fields.at("reps"), USUAL_TEMPO, self_paced=True
        )

    def _circuit(self, items: list[Item]) -> Circuit:
        """Say the most frequent rest once, for the circuit, and only the others for their items."""
        rests = Counter(item.rest_ms for item in items)
        usual_ms = rests.most_common(1)[0][0] if rests else 0
        own = tuple(replace(item, rest_ms=None) if item.rest_ms == usual_ms else item for item in items)
        rounds = self._maker.rounds(self._fields.count("total_rounds", 1), self._fields.at("total_rounds"))
        if rounds == 1:
            return Circuit(own, rest_ms=usual_ms)
        key = "rest_between_rounds_seconds"
        between_ms = self._fields.seconds_ms(key, _USUAL_ROUND_REST_MS)
        last_ms = (items[-1].rest_ms or 0) if items else 0
        return Circuit(own, rounds, usual_ms, self._maker.rest_ms(last_ms + between_ms, self._fields.at(key)))

    def _summary(self) -> str:
        if not self._weights:
            return ""
        what = "weights are kept as words alone"
        self._maker.lost(self._fields.where, what, "they stand in the summary of the routine")
        return f"Weights: {', '.join(self._weights)}."
