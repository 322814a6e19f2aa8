"""Exercises of free-exercise-db: the whole collection in one array, or a single one.

https://github.com/yuhonas/free-exercise-db: 873 exercises in the public domain; ``schema.json`` there tells
their keys. Some names come with no instructions, and pictures lie beside the file, not in it.
"""

from chain_timer.exchange.collection import Collection, Described
from chain_timer.exchange.json_values import Fields
from chain_timer.exchange.making import Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source

SOURCE = "free-exercise-db"
LICENSE = "Unlicense"
_MARKS = frozenset({"name", "primaryMuscles", "instructions"})
_LOOKED_AT = 20
"""Entries at the start: one of them being whole is enough to know the collection by."""
_HELD = frozenset({"stretching", "cardio"})
"""Done for a time; eight reps of rowing are no exercise."""


def recognizes(source: Source) -> bool:
    """Whether it looks like the collection, or one exercise of it."""
    found = source.json
    entries = found[:_LOOKED_AT] if isinstance(found, list) else [found]
    return any(isinstance(each, dict) and each.keys() >= _MARKS for each in entries)


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Take every exercise over. Raises FileProblemsError when there is none that can be used."""
    found = source.checked_json()
    collection = Collection(Maker(source, known), known.names)
    pictured = 0
    for fields in collection.exercises(found if isinstance(found, list) else [found], progress):
        pictured += fields.has("images")
        collection.take(fields, _described(collection, fields))
    if pictured:
        what = f"the pictures of {pictured:,} exercises are not in this file"
        collection.maker.lost("images", what, "give an exercise a picture of your own where you want one")
    collection.tell()
    return collection.maker.parcel()


def _described(collection: Collection, fields: Fields) -> Described:
    category, level = fields.text("category"), fields.text("level")
    equipment = fields.text("equipment")
    return Described(
        instructions=collection.texts(fields, "instructions", "step"),
        is_hold=category in _HELD or fields.text("force") == "static",
        muscles=collection.texts(fields, "primaryMuscles", "muscle"),
        also=collection.texts(fields, "secondaryMuscles", "secondary muscle"),
        equipment=[equipment] if equipment else [],
        summary=", ".join(part for part in (category, f"{level} level" if level else "") if part),
        source=SOURCE,
        license=LICENSE,
    )
