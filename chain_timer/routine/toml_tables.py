"""The tables and lists of a file, however they are written: inline, below headers or with dotted keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chain_timer.routine.toml_text import Block, Document, Group, NotMergedError, Part, read_document
from chain_timer.routine.toml_values import key_text, line_text, table_text, value_text


@dataclass(frozen=True, slots=True, eq=False)
class TextTable:
    """A table as it stands in a text."""

    document: Document
    group: Group
    """Where its own values stand."""
    prefix: tuple[str, ...] = ()
    """What its keys begin with there."""
    blocks: Sequence[Block] = field(default=())
    """Those below it, in order."""
    depth: int = 0
    """How many names of their paths are its own."""

    @classmethod
    def whole(cls, document: Document) -> "TextTable":
        """All of a file as one table."""
        return cls(document, document.top, blocks=document.blocks)

    def has(self, key: str) -> bool:
        return bool(self._parts(key) or self._blocks(key))

    def value(self, key: str) -> Part | None:
        """The entry that says the whole value, if there is one."""
        return next((part for part in self._parts(key) if part.key == (*self.prefix, key)), None)

    def remove(self, key: str) -> None:
        """Remove a key with all below it, and with the comments that are its own."""
        for part in self._parts(key):
            self.group.take_out(part, keep_lead=part is self.document.first_part)
        for block in self._blocks(key):
            self.document.take_out(block)
        self.group.settle()

    def put(self, key: str, value: object, order: Sequence[str]) -> None:
        """Say a value; a new key comes after the one before it in this order."""
        text = value_text(value) if self.group.closing else line_text(key, value)
        if part := self.value(key):
            part.value = read_value(text)
            return
        self.remove(key)
        names = (*self.prefix, key)
        part = self.group.new_part(names, f"{key_text(*names)} = ", text)
        self.group.parts.insert(self._place(key, order), part)
        self.group.settle()

    def table(self, key: str) -> "TextTable | None":
        """The table that a key holds, however it is written; None when it holds none."""
        if part := self.value(key):
            is_table = isinstance(part.value, Group) and part.value.closing == "}"
            return (
                TextTable(self.document, part.value) if is_table and isinstance(part.value, Group) else None
            )
        if not self.has(key):
            return None
        below = self._blocks(key)
        own = next((block for block in below if len(block.path) == self.depth + 1), None)
        if own is None:
            return TextTable(self.document, self.group, (*self.prefix, key), below, self.depth + 1)
        if own.listed or self._parts(key):
            return None
        rest = [block for block in below if block is not own]
        return TextTable(self.document, own.body, (), rest, self.depth + 1)

    def listed(self, key: str) -> "InlineList | BlockList | None":
        """The list that a key holds, however it is written; None when it holds none."""
        if part := self.value(key):
            is_list = isinstance(part.value, Group) and part.value.closing == "]"
            return (
                InlineList(self.document, part.value) if is_list and isinstance(part.value, Group) else None
            )
        chunks: list[list[Block]] = []
        for block in self._blocks(key):
            if block.listed and len(block.path) == self.depth + 1:
                chunks.append([])
            if not chunks:
                return None
            chunks[-1].append(block)
        return BlockList(self.document, chunks) if chunks else None

    def _parts(self, key: str) -> list[Part]:
        names = (*self.prefix, key)
        return [part for part in self.group.parts if part.key[: len(names)] == names]

    def _blocks(self, key: str) -> list[Block]:
        there = set(map(id, self.document.blocks))
        return [block for block in self.blocks if block.path[self.depth] == key and id(block) in there]

    def _place(self, key: str, order: Sequence[str]) -> int:
        before = order[: order.index(key)]
        at = len(self.prefix)
        places = [
            number
            for number, part in enumerate(self.group.parts, 1)
            if part.key[:at] == self.prefix and part.key[at] in before
        ]
        return places[-1] if places else 0


@dataclass(frozen=True, slots=True, eq=False)
class InlineList:
    """A list within brackets."""

    document: Document
    group: Group

    def __len__(self) -> int:
        return len(self.group.parts)

    def table(self, index: int) -> TextTable | None:
        """The entry as a table; None when it is a single value."""
        value = self.group.parts[index].value
        return TextTable(self.document, value) if isinstance(value, Group) and value.closing == "}" else None

    def raw(self, index: int) -> str:
        """The entry as it is written."""
        value = self.group.parts[index].value
        return value if isinstance(value, str) else value.text

    def put(self, index: int, text: str) -> None:
        """Write another value in the place of an entry."""
        self.group.parts[index].value = read_value(text)

    def arrange(self, entries: Sequence[int | str]) -> None:
        """Put these entries in this order: old ones by their place, new ones as text. The others go."""
        parts = list(self.group.parts)
        fresh = [entry if isinstance(entry, int) else self._part(entry) for entry in entries]
        kept = {entry for entry in entries if isinstance(entry, int)}
        for index, part in enumerate(parts):
            if index not in kept:
                self.group.take_out(part)
        self.group.parts[:] = [parts[entry] if isinstance(entry, int) else entry for entry in fresh]
        self.group.settle()

    def _part(self, text: str) -> Part:
        part = self.group.new_part((), "", "")
        part.value = read_value(text)
        return part


@dataclass(frozen=True, slots=True, eq=False)
class BlockList:
    """A list of tables, each below a header in double brackets."""

    document: Document
    chunks: list[list[Block]]
    """Of each table its header, and those below it."""

    def __len__(self) -> int:
        return len(self.chunks)

    @property
    def path(self) -> tuple[str, ...]:
        return self.chunks[0][0].path

    def table(self, index: int) -> TextTable:
        head, *below = self.chunks[index]
        return TextTable(self.document, head.body, (), below, len(self.path))

    def arrange(self, entries: Sequence[int | Mapping[str, object]]) -> None:
        """Put these tables in this order: old ones by place, new ones as plain values. The others go."""
        kept = [entry for entry in entries if isinstance(entry, int)]
        if kept == sorted(kept):
            self._insert_new(entries)
        else:
            self._gather(entries)
        for index in set(range(len(self.chunks))) - set(kept):
            for block in reversed(self.chunks[index]):
                self.document.take_out(block)

    def _insert_new(self, entries: Sequence[int | Mapping[str, object]]) -> None:
        blocks = self.document.blocks
        place = blocks.index(self.chunks[0][0])
        for entry in entries:
            chunk = self.chunks[entry] if isinstance(entry, int) else self._chunk(entry)
            if not isinstance(entry, int):
                blocks[place:place] = chunk
            place = blocks.index(chunk[-1]) + 1

    def _gather(self, entries: Sequence[int | Mapping[str, object]]) -> None:
        # What stood between them and is none of them comes after them all.
        blocks = self.document.blocks
        chunks = [self.chunks[entry] if isinstance(entry, int) else self._chunk(entry) for entry in entries]
        moved = {id(block) for chunk in chunks for block in chunk}
        first = min(blocks.index(chunk[0]) for chunk in self.chunks)
        place = sum(1 for block in blocks[:first] if id(block) not in moved)
        rest = [block for block in blocks if id(block) not in moved]
        blocks[:] = [*rest[:place], *(block for chunk in chunks for block in chunk), *rest[place:]]

    def _chunk(self, values: Mapping[str, object]) -> list[Block]:
        return new_blocks(self.path, values, listed=True)


def new_blocks(path: Sequence[str], values: Mapping[str, object], *, listed: bool) -> list[Block]:
    """Make a header with plain values below it, an empty line above."""
    header = f"[[{key_text(*path)}]]" if listed else f"[{key_text(*path)}]"
    return read_document(f"\n{header}\n{table_text(values)}").blocks


def read_value(text: str) -> str | Group:
    """Divide the text of one value."""
    parts = read_document(f"value = {text}\n").top.parts
    if len(parts) != 1:
        raise NotMergedError("this is no value")
    return parts[0].value
