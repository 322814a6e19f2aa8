"""What exercises are called in the FIT profile: a category, and a number within it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from chain_timer.routine.words import slug
from chain_timer.session.record import PastExercise

Number = tuple[int, int]
"""A category of exercises, and the exercise within it."""
_LARGEST = 2**16 - 2
_OURS = {
    ("SQUAT", "BARBELL_BACK_SQUAT"): "back-squat",
    ("POSE", "DOWNWARD_FACING_DOG"): "downward-facing-dog",
    ("HIP_RAISE", "KETTLEBELL_SWING"): "kettlebell-swing",
    ("PULL_UP", "PULL_UP"): "pullup",
    ("DEADLIFT", "ROMANIAN_DEADLIFT"): "romanian-deadlift",
    ("WARM_UP", "STRETCH_PIRIFORMIS"): "seated-figure-four-stretch",
    ("WARM_UP", "STANDING_HAMSTRING_STRETCH"): "standing-hamstring-stretch",
    ("WARM_UP", "STRETCH_HAMSTRING"): "standing-hamstring-stretch-feet-together",
}
"""The exercises that ship, by what the profile calls them."""


def numbers_of(exercises: Iterable[PastExercise]) -> dict[str, Number]:
    """Give each exercise, by its id, the number the profile has for it or its name, else one of its own."""
    known = _profile()
    return {
        exercise.id: known.get(exercise.id) or known.get(slug(exercise.name)) or unknown(index)
        for index, exercise in enumerate(exercises)
    }


def unknown(index: int = _LARGEST) -> Number:
    """Give a number for what the profile does not know; the name stands beside it in a file."""
    from fit_tool.profile.profile_type import ExerciseCategory  # noqa: PLC0415 - only with a file to write

    return ExerciseCategory.UNKNOWN.value, min(index, _LARGEST)


@cache
def _profile() -> Mapping[str, Number]:
    """Give every number by the name as we make ids of names; where two have one name, the first."""
    found: dict[str, Number] = {}
    for category, name, number in _named():
        found.setdefault(name.lower().replace("_", "-"), number)
        if ours := _OURS.get((category, name)):
            found[ours] = number
    return found


def _named() -> Iterator[tuple[str, str, Number]]:
    from fit_tool.profile import profile_type  # noqa: PLC0415 - only with a file to write

    for category in profile_type.ExerciseCategory:
        kind = f"{category.name.title().replace('_', '')}ExerciseName"
        for each in getattr(profile_type, kind, ()):
            yield category.name, each.name, (category.value, each.value)
