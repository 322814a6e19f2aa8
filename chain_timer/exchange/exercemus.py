"""Exercises of exercemus: one object with all of them, each with its own license.

https://github.com/exercemus/exercises: its README tells the keys, and asks that author, license and the
link to it stay with each exercise.
"""

import re
from collections import Counter
from collections.abc import Mapping

from chain_timer.exchange.collection import Collection, Described
from chain_timer.exchange.json_values import Fields
from chain_timer.exchange.making import Maker
from chain_timer.exchange.parcel import Known, Parcel, Progress
from chain_timer.exchange.source import Source
from chain_timer.problems import quoted
from chain_timer.routine.exercise import Tempo
from chain_timer.routine.exercise_reader import USUAL_TEMPO
from chain_timer.units import SECOND_MS

SOURCE = "exercemus"
_MARKS = frozenset({"name", "primary_muscles", "instructions"})
_LOOKED_AT = 20
_HELD = frozenset({"stretching", "cardio"})
# Seconds down, at the bottom, up, at the top: the usual order in strength training.
_TEMPO = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_LEFT: Mapping[str, str] = {
    "images": "links to pictures",
    "video": "a link to a video",
    "aliases": "other names",
    "variation_on": "a note of what they are variations on",
    "variations_on": "a note of what they are variations on",
}


def recognizes(source: Source) -> bool:
    """Whether it looks like the collection."""
    found = source.json
    entries = found.get("exercises") if isinstance(found, dict) else None
    looked_at = entries[:_LOOKED_AT] if isinstance(entries, list) else []
    return any(isinstance(each, dict) and each.keys() >= _MARKS for each in looked_at)


def read(source: Source, known: Known, progress: Progress) -> Parcel:
    """Take every exercise over. Raises FileProblemsError when there is none that can be used."""
    found = source.checked_json()
    whole = found if isinstance(found, dict) else {}
    entries = whole.get("exercises")
    if not isinstance(entries, list):
        raise source.problem("", "it has no list of exercises", "choose the exercises.json of exercemus")
    collection = Collection(Maker(source, known), known.names)
    left: Counter[str] = Counter()
    for fields in collection.exercises(entries, progress):
        left.update(what for key, what in _LEFT.items() if fields.has(key))
        left["no license of their own"] += not fields.has("license")
        collection.take(fields, _described(collection, fields))
    _tell_left(collection.maker, left, whole.get("exercises_to_merge"))
    collection.tell()
    return collection.maker.parcel()


def _described(collection: Collection, fields: Fields) -> Described:
    instructions = collection.texts(fields, "instructions", "step")
    description = fields.text("description")
    tips = collection.texts(fields, "tips", "tip")
    for number, _ in enumerate(tips[1:], 2):
        collection.maker.lost(fields.at(f"tip {number}"), "an exercise has one tip", "it was left out")
    return Described(
        # Some are only described: then that is what there is to go by.
        instructions=instructions or [description],
        is_hold=fields.text("category") in _HELD,
        muscles=collection.texts(fields, "primary_muscles", "muscle"),
        also=collection.texts(fields, "secondary_muscles", "secondary muscle"),
        equipment=collection.texts(fields, "equipment", "equipment"),
        summary=description if instructions else fields.text("category"),
        key_cue=tips[0] if tips else "",
        tempo=_tempo(collection.maker, fields),
        source=SOURCE,
        license=_license(fields),
    )


def _license(fields: Fields) -> str:
    """Give license, author and link in one line; empty where none is named."""
    own = fields.inner("license")
    name = (own.text("short_name") or own.text("full_name")) if own else ""
    author = fields.text("license_author")
    return ", ".join(
        part for part in (name, f"by {author}" if author else "", own.text("url") if own else "") if part
    )


def _tempo(maker: Maker, fields: Fields) -> Tempo:
    said = fields.text("tempo")
    match = _TEMPO.fullmatch(said.strip()) if said else None
    if match is None:
        if said:
            maker.lost(
                fields.at("tempo"), f"{quoted(said)} is no tempo like 3-1-1-0", "our usual one was taken"
            )
        return USUAL_TEMPO
    down, bottom, up, top = (int(part or 0) * SECOND_MS for part in match.groups())
    if top:
        maker.lost(fields.at("tempo"), "a rep has no pause at its end", "it was left out")
    return Tempo(down, bottom, up)


def _tell_left(maker: Maker, left: Counter[str], merging: object) -> None:
    for what, number in left.items():
        if number and what.startswith("no license"):
            maker.lost(
                "license", f"{number:,} exercises name {what}", "see exercemus before you pass them on"
            )
        elif number:
            maker.lost("", f"{number:,} exercises have {what}", "that was left out")
    if isinstance(merging, list) and merging:
        what = f"{len(merging):,} exercises are still to be merged with others"
        maker.lost("exercises_to_merge", what, "they were left out")
