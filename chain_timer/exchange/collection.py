"""Exercises of a collection, taken over one by one: what one of them says wrongly costs no other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chain_timer.exchange.json_values import Fields
from chain_timer.exchange.making import MOST_EXERCISES, Maker
from chain_timer.exchange.parcel import Progress
from chain_timer.exchange.vocabulary import Vocabulary, side_noun
from chain_timer.routine.exercise import Exercise, Tempo
from chain_timer.routine.exercise_reader import USUAL_HOLD, USUAL_TEMPO
from chain_timer.routine.names import Names

USUAL_REPS = 8
"""Where a collection tells what an exercise is and not how much of it."""
_MOST_TEXTS = 400
_PROGRESS_EVERY = 50


@dataclass(frozen=True, slots=True)
class Described:
    """What a collection says of one exercise, in its own words."""

    instructions: Sequence[str]
    is_hold: bool
    muscles: Sequence[str]
    also: Sequence[str]
    equipment: Sequence[str]
    source: str
    license: str = ""
    summary: str = ""
    key_cue: str = ""
    tempo: Tempo = USUAL_TEMPO


class Collection:
    """Takes exercises into a parcel, and tells at the end what none of them could keep."""

    def __init__(self, maker: Maker, names: Names) -> None:
        self.maker = maker
        self._vocabulary = Vocabulary(names)

    def exercises(self, entries: Sequence[object], progress: Progress) -> Iterator[Fields]:
        """Give each that has a name, with its place; the others are told."""
        whole = min(len(entries), MOST_EXERCISES)
        fields = Fields({"exercises": entries}, "", self.maker)
        for done, (where, entry) in enumerate(fields.entries("exercises", "exercise", MOST_EXERCISES)):
            if done % _PROGRESS_EVERY == 0:
                progress(done, whole)
            exercise = Fields.of(entry, where, self.maker)
            if exercise is not None and self._has_name(exercise):
                yield exercise
        progress(whole, whole)

    def _has_name(self, fields: Fields) -> bool:
        if self.maker.name(fields.text("name"), fields.where, ""):
            return True
        self.maker.lost(fields.where, "it has no name", "it was left out")
        return False

    def texts(self, fields: Fields, key: str, noun: str) -> list[str]:
        """Give the texts of a list; what else is in it is told, each called by the noun and its number."""
        found: list[str] = []
        for where, value in fields.entries(key, noun, _MOST_TEXTS):
            if isinstance(value, str):
                found.append(value)
            else:
                self.maker.lost(where, "it is not text", "it was left out")
        return found

    def take(self, fields: Fields, said: Described) -> None:
        """Take the exercise of an entry."""
        maker = self.maker
        name = maker.name(fields.text("name"), fields.where, "Exercise")
        muscles = self._vocabulary.muscles(said.muscles)
        also = self._vocabulary.muscles(said.also)
        equipment, note = self._vocabulary.equipment(said.equipment)
        steps = maker.steps(said.instructions, fields.at("steps"))
        noun = side_noun(name, steps, is_hold=said.is_hold)
        reps = maker.reps(USUAL_REPS, fields.where, said.tempo)
        maker.exercise(
            Exercise(
                id="",
                name=name,
                steps=steps,
                work=USUAL_HOLD if said.is_hold else reps,
                sided=bool(noun),
                side_noun=noun or "side",
                muscles=muscles,
                also=tuple(each for each in also if each not in muscles),
                equipment=equipment,
                key_cue=maker.line(said.key_cue, fields.at("tip")),
                summary=_sentence(maker.line(said.summary, fields.at("summary"))),
                equipment_note=maker.line(note, fields.at("equipment")),
                source=maker.line(said.source, fields.at("source")),
                license=maker.line(said.license, fields.at("license")),
            )
        )

    def tell(self) -> None:
        """Tell which words meant nothing here, once for all exercises."""
        self._vocabulary.tell(self.maker)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
