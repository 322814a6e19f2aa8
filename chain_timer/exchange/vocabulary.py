"""Other programs' words for muscles, equipment and sides, as our own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from chain_timer.exchange.making import Maker
from chain_timer.problems import plain, quoted
from chain_timer.routine.exercise import Step
from chain_timer.routine.names import Names

_LONGEST_WORD = 60
_MOST_WORDS = 40
"""Of one exercise; ours has at most 20 of a kind."""
_MOST_STRANGE = 20
"""Words told to a person that mean nothing here; a person reads no more."""


def _table(words: Mapping[str, str]) -> dict[str, str]:
    return {word.strip(): our for our, listed in words.items() for word in listed.split(",")}


# Not here: adductors and neck, for which we have no area, and back and legs, which say too little.
_MUSCLES = _table(
    {
        "trapezius": "traps, trap, upper traps, middle traps, lower traps, upper trapezius, upper back",
        "rear-shoulders": "rear delts, rear delt, rear deltoid, rear deltoids, posterior deltoid, "
        "posterior deltoids, rear shoulder",
        "rhomboids": "rhomboid, middle back, mid back",
        "lats": "lat, latissimus dorsi",
        "erector-spinae": "lower back, lowerback, low back, erector spinae, spinal erectors, erectors",
        "glutes": "glute, gluteus maximus, gluteals, buttocks",
        "hamstrings": "hamstring, hams, biceps femoris",
        "calves": "calf, gastrocnemius, soleus",
        "shoulders": "shoulder, deltoid, deltoids, delts, anterior deltoid, anterior deltoids, front delts, "
        "lateral deltoid, lateral deltoids, side delts",
        "arms": "arm, biceps, bicep, biceps brachii, triceps, tricep, triceps brachii, brachialis, "
        "brachioradialis, forearms, forearm",
        "upper-body": "upperbody, chest, pectorals, pecs, pectoralis major, serratus anterior",
        "core": "abs, abdominals, abdominal, obliques, oblique, rectus abdominis, external obliques, "
        "obliquus externus abdominis, transverse abdominis, transversus abdominis",
        "hips": "hip, abductors, abductor, hip abductors, gluteus medius, gluteus minimus, hip flexors, "
        "hip flexor, iliopsoas, piriformis",
        "quadriceps": "quads, quad, quadricep, quadriceps femoris",
    }
)
_EQUIPMENT = _table(
    {
        "chair": "chairs",
        "mat": "gym mat, yoga mat, exercise mat",
        "kettlebell": "kettlebells, kettle bell, kettle bells",
        "dumbbells": "dumbbell, dumb bell, dumb bells",
        "barbell": "barbells, olympic barbell",
        "squat-rack": "squat racks, power rack",
        "pullup-bar": "pullup bar, pull up bar, chin up bar, chinup bar",
        "band": "bands, resistance bands, exercise band, exercise bands",
        "bench": "benches, flat bench, weight bench",
        "ez-bar": "ez curl bar, e z curl bar, e z bar, sz bar, curl bar",
        "machine": "machines, leverage machine",
        "cable": "cables, cable machine",
        "exercise-ball": "swiss ball, stability ball, gym ball, fitness ball",
        "medicine-ball": "medicine balls, med ball",
        "foam-roller": "foam roll, foam rollers, roller",
        "box": "step, plyo box, plyometric box",
        "towel": "towels",
    }
)
_NOTHING = frozenset(
    {"", "none", "no equipment", "body only", "bodyweight", "body weight", "none (bodyweight exercise)"}
)
_SOMETHING = "other"
_SEE_STEPS = "other equipment, as the steps say"

# What is done in turns, or says right and left itself, is no exercise that is done whole on either side.
_IN_TURNS = re.compile(r"\b(?:alternat\w*|walking|right|left)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\bswitch(?:ing)? (sides|legs|arms|feet|hands)\b"
    r"|\b(?:other|opposite|next) (side|leg|arm|foot|hand)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:switch(?:ing)?|change|repeat|perform)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:repetitions|reps)\b", re.IGNORECASE)
_NOUNS = {"sides": "side", "legs": "leg", "arms": "arm", "feet": "foot", "hands": "hand"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


class Vocabulary:
    """Turns words into ids, and remembers those that mean nothing here, to tell each once for a file."""

    def __init__(self, names: Names) -> None:
        self._muscles = _words(_MUSCLES, {key: each.name for key, each in names.muscles.items()})
        self._equipment = _words(_EQUIPMENT, names.equipment)
        self._strange: Counter[str] = Counter()

    def muscles(self, words: Iterable[str]) -> tuple[str, ...]:
        """Give the ids of the muscles that we have, each once, in their order."""
        found: dict[str, None] = {}
        for word in islice(words, _MOST_WORDS):
            if our := self._muscles.get(_normal(word)):
                found[our] = None
            elif len(self._strange) < _MOST_STRANGE or word in self._strange:
                self._strange[word[:_LONGEST_WORD]] += 1
        return tuple(found)

    def equipment(self, words: Iterable[str]) -> tuple[tuple[str, ...], str]:
        """Give the ids of the equipment that we have, and a line that names what we have not."""
        found: dict[str, None] = {}
        rest: dict[str, None] = {}
        for word in islice(words, _MOST_WORDS):
            normal = _normal(word)
            if our := self._equipment.get(normal):
                found[our] = None
            elif normal == _SOMETHING:
                rest[_SEE_STEPS] = None
            elif normal not in _NOTHING:
                rest[plain(word.strip(), _LONGEST_WORD)] = None
        note = ", ".join(rest)
        return tuple(found), f"{'Also ' if found else 'Needs '}{note}." if note else ""

    def tell(self, maker: Maker) -> None:
        """Tell which muscles are not among ours."""
        if self._strange:
            listed = ", ".join(f"{quoted(word)} of {number:,}" for word, number in self._strange.items())
            maker.lost("muscles", f"they are not on our list: {listed}", "they were left out")


def side_noun(name: str, steps: Iterable[Step], *, is_hold: bool) -> str:
    """Say of what an exercise has a right and a left one, such as ``leg``; empty when that is not sure.

    Sure it is only where the text says to change over when all is done: after a hold, or after the reps. In
    "press, then repeat on the other side" the sides may take turns, and steps that say right and left
    themselves would be wrong for one of the sides.
    """
    lines = [name, *(step.right for step in steps)]
    noun = next((noun for line in lines for noun in _nouns_in(line, is_hold=is_hold)), "")
    return "" if noun and any(_IN_TURNS.search(line) for line in lines) else noun


def _nouns_in(line: str, *, is_hold: bool) -> Iterator[str]:
    if _OTHER.search(line):
        for sentence in _SENTENCE.split(line):
            found = _OTHER.search(sentence)
            if found and _AGAIN.search(sentence, 0, found.end()) and (is_hold or _DONE.search(sentence)):
                noun = (found[1] or found[2]).casefold()
                yield _NOUNS.get(noun, noun)


def _words(table: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """All words for what we have: the table's, and our own names and ids."""
    words = {word: our for word, our in table.items() if our in ours}
    for our, name in ours.items():
        words[_normal(name)] = words[_normal(our)] = our
    return words


def _normal(word: str) -> str:
    spaced = word[:_LONGEST_WORD].casefold().replace("-", " ").replace("_", " ")
    return " ".join(spaced.split())
