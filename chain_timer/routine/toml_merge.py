"""New values put into a file that a person wrote: only what changed is changed.

What a file said and what it shall say are plain values in the order our own files have. They need not be
spelled as the file spells them: where the two are the same, the file stays as it is. Comments go along with
what they stand at.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from chain_timer.routine.toml_tables import BlockList, InlineList, TextTable
from chain_timer.routine.toml_text import NotMergedError, opening_comments
from chain_timer.routine.toml_values import ALONE, entry_text, key_text, value_text

T = TypeVar("T")
Values = Mapping[str, object]

_MOST_COMPARED = 300
"""Longer lists are matched from both ends only, and then entry by entry."""
_LONGEST_LINE = 110


def rewritten(
    before: str, fresh: str, read: Callable[[str], T | None], merge: Callable[[str, T], str]
) -> str:
    """Give the text of a file anew: near to the one before, and reading exactly as ``fresh`` does.

    ``read`` gives None for what cannot be read. Where merging does not come to the same, the fresh text is
    taken, below the comments that the file began with.
    """
    plain = before.replace("\r\n", "\n")
    meant, was = read(fresh), read(plain)
    if was is not None and meant is not None:
        if was == meant:
            return before
        try:
            merged = merge(plain, was)
        except NotMergedError:
            merged = ""
        if merged and read(merged) == meant:
            return _with_line_ends_of(before, merged)
    return _with_line_ends_of(before, opening_comments(plain) + fresh)


def _with_line_ends_of(before: str, text: str) -> str:
    return text.replace("\n", "\r\n") if "\r\n" in before else text


def merge_table(table: TextTable, old: Values, new: Values) -> None:
    """Change what a table says from the old values to the new ones. Raises NotMergedError."""
    for key in old:
        if key not in new:
            table.remove(_as_written(table, key))
    for key, value in new.items():
        if not _same(old.get(key), value):
            _merge_key(table, _as_written(table, key), old.get(key), value, tuple(new))


def _as_written(table: TextTable, key: str) -> str:
    # The exercises of a circuit are an inline list, or [[circuit.exercise]].
    return ALONE if key == "exercises" and not table.has(key) and table.has(ALONE) else key


def _merge_key(table: TextTable, key: str, old: object, new: object, order: Sequence[str]) -> None:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        inner = table.table(key)
        if inner is not None and _same_order(old, new):
            merge_table(inner, old, new)
            return
    if isinstance(old, list) and isinstance(new, list):
        found = table.listed(key)
        if found is not None and len(found) == len(old):
            _merge_list(found, old, new)
            return
    table.put(key, new, order if key in order else (*order, key))


def _merge_list(found: InlineList | BlockList, old: list[object], new: list[object]) -> None:
    matches = paired(old, new)
    if isinstance(found, BlockList):
        _merge_blocks(found, old, new, matches)
        return
    for match, value in zip(matches, new, strict=True):
        if match is not None and not _same(old[match], value):
            _merge_entry(found, match, old[match], value)
    entries = [
        entry_text(value) if match is None else match for match, value in zip(matches, new, strict=True)
    ]
    if entries != list(range(len(old))):
        found.arrange(entries)
    group = found.group
    if not group.tall and len(group.text) > _LONGEST_LINE and not {"#", "\n"} & set(group.text):
        group.make_tall()


def _merge_blocks(
    found: BlockList, old: list[object], new: list[object], matches: Sequence[int | None]
) -> None:
    entries: list[int | Values] = []
    for match, value in zip(matches, new, strict=True):
        if not isinstance(value, Mapping):
            raise NotMergedError("a list of tables can only hold tables")
        entries.append(value if match is None else match)
        was = None if match is None else old[match]
        if match is not None and isinstance(was, Mapping):
            merge_table(found.table(match), was, value)
    if entries != list(range(len(old))):
        found.arrange(entries)


def _merge_entry(found: InlineList, index: int, old: object, new: object) -> None:
    table = found.table(index)
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        found.put(index, value_text(new))
    elif table is not None:
        merge_table(table, old, new)
        name = table.value(ALONE)
        if name is not None and set(new) == {ALONE} and len(table.group.parts) == 1:
            found.put(index, name.value if isinstance(name.value, str) else name.value.text)
    else:  # it was the name alone, and stays written as it was
        name_text = found.raw(index) if old.get(ALONE) == new.get(ALONE) else value_text(new[ALONE])
        others = "".join(
            f", {key_text(key)} = {value_text(each)}" for key, each in new.items() if key != ALONE
        )
        found.put(index, f"{{ {ALONE} = {name_text}{others} }}")


def _same(one: object, other: object) -> bool:
    # As text: True is no 1 here, and the order of a tempo's phases matters.
    return repr(one) == repr(other)


def _same_order(one: Values, other: Values) -> bool:
    return [key for key in one if key in other] == [key for key in other if key in one]


# --- which entry of the new list is which of the old one ------------------------------------------------


def paired(old: Sequence[object], new: Sequence[object]) -> list[int | None]:
    """For each new entry the place of the old one that it is, or None: the same, then of the same kind."""
    found: list[int | None] = [None] * len(new)
    for kind in (repr, _name, _exercises, _first_exercise):
        _pair_by(kind, old, new, found)
    _pair_sentences(old, new, found)
    return found


def _name(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    return str(value.get(ALONE) or value.get("name") or "")


def _exercises(value: object) -> str:
    entries = value.get("exercises") if isinstance(value, Mapping) else None
    return repr([_name(entry) for entry in entries]) if isinstance(entries, list) else ""


def _first_exercise(value: object) -> str:
    entries = value.get("exercises") if isinstance(value, Mapping) else None
    return _name(entries[0]) if isinstance(entries, list) and entries else ""


def _pair_by(
    kind: Callable[[object], str], old: Sequence[object], new: Sequence[object], found: list[int | None]
) -> None:
    taken = {match for match in found if match is not None}
    olds = [(index, key) for index, value in enumerate(old) if index not in taken and (key := kind(value))]
    news = [(index, key) for index, value in enumerate(new) if found[index] is None and (key := kind(value))]
    while olds and news and olds[0][1] == news[0][1]:
        found[news.pop(0)[0]] = olds.pop(0)[0]
    while olds and news and olds[-1][1] == news[-1][1]:
        found[news.pop()[0]] = olds.pop()[0]
    if len(olds) <= _MOST_COMPARED and len(news) <= _MOST_COMPARED:
        from difflib import SequenceMatcher  # noqa: PLC0415 - only what is merged wants it

        matcher = SequenceMatcher(None, [key for _, key in olds], [key for _, key in news], autojunk=False)
        for at_old, at_new, size in matcher.get_matching_blocks():
            for step in range(size):
                found[news[at_new + step][0]] = olds[at_old + step][0]
    _pair_moved(olds, news, found)


def _pair_moved(olds: list[tuple[int, str]], news: list[tuple[int, str]], found: list[int | None]) -> None:
    taken = {match for match in found if match is not None}
    waiting: dict[str, list[int]] = {}
    for index, key in reversed(olds):
        if index not in taken:
            waiting.setdefault(key, []).append(index)
    for index, key in news:
        if found[index] is None and waiting.get(key):
            found[index] = waiting[key].pop()


def _pair_sentences(old: Sequence[object], new: Sequence[object], found: list[int | None]) -> None:
    """A sentence that stands where another stood is that one in other words."""
    taken = {match for match in found if match is not None}
    before: int | None = -1
    for index, value in enumerate(new):
        following = None if before is None or before + 1 in taken else before + 1
        if found[index] is None and following is not None and isinstance(value, str):
            found[index] = following if following < len(old) and isinstance(old[following], str) else None
        before = found[index]
