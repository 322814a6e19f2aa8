"""TOML as it stands in a file: every character has its place, so that some can change and all others stay.

A comment belongs to what stands right below it, or before it on its line. tomlkit, which keeps comments too,
hangs those above a ``[[circuit]]`` on the circuit before: one that moves would leave its own behind.
"""

import re
import tomllib
from dataclasses import dataclass, field

_ONE_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_KEY = re.compile(rf"{_ONE_KEY}(?:[ \t]*\.[ \t]*{_ONE_KEY})*+")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_KEY.pattern})[ \t]*\]\]?")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{1,2})?'
    r"|'''.*?'''(?:'{1,2})?"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]+")
_LINES = re.compile(r"(?:[ \t]*(?:#[^\n]*+)?\n)*+[ \t]*+")
_REST = re.compile(r"[ \t]*(?:#[^\n]*+)?\n")
_BETWEEN = re.compile(r"(?:[ \t\n]|#[^\n]*+)*+")
_CLOSING = {"[": "]", "{": "}"}


class NotMergedError(Exception):
    """The text is written in a way that cannot be changed in place."""


@dataclass(slots=True, eq=False)
class Part:
    """One entry of a table or a list, with the comments that go with it."""

    lead: str
    """What stands before it: lines of comments and nothing, and the space it is moved in by."""
    key: tuple[str, ...]
    """The names of a dotted key; none in a list."""
    key_text: str
    """The key as written, with its equals sign."""
    value: "str | Group"
    comma: str
    """All up to the comma after it; empty where there is none."""
    tail: str
    """The rest of its last line, where nothing else stands on it."""

    @property
    def text(self) -> str:
        value = self.value if isinstance(self.value, str) else self.value.text
        return f"{self.lead}{self.key_text}{value}{self.comma}{self.tail}"


@dataclass(slots=True, eq=False)
class Group:
    """Entries within brackets, or those below a header, which have none."""

    opening: str = ""
    """The bracket, and the rest of its line where nothing else stands on it."""
    parts: list[Part] = field(default_factory=list)
    end: str = ""
    """What stands between the last entry and the closing bracket."""
    closing: str = ""
    tall: bool = False
    """Whether each entry stands on lines of its own."""
    pad: str = ""
    """The space before the first entry."""

    @property
    def text(self) -> str:
        return f"{self.opening}{''.join(part.text for part in self.parts)}{self.end}{self.closing}"

    def take_out(self, part: Part, *, keep_lead: bool = False) -> None:
        """Remove an entry with the comments right above it; what stands further above stays."""
        at = self.parts.index(part)
        kept = part.lead if keep_lead else apart(part.lead)
        part.lead = part.lead[len(kept) :]
        del self.parts[at]
        if at < len(self.parts):
            following = self.parts[at]
            following.lead = joined(kept, following.lead)
        elif kept.strip():
            self.end = joined(kept, self.end)

    def new_part(self, key: tuple[str, ...], key_text: str, value: str) -> Part:
        """Make an entry that is written like the others here. It is not among them yet."""
        indent = self.parts[0].lead.rpartition("\n")[2] if self.parts else ""
        if not self.closing:
            return Part(indent, key, key_text, value, "", "\n")
        if self.tall:
            return Part(indent or "  ", key, key_text, value, ",", "\n")
        return Part(" ", key, key_text, value, "", "")

    def settle(self) -> None:
        """Put the commas and line ends right after entries came, went or changed places."""
        if not self.closing or not self.parts:
            return
        for part in self.parts[:-1]:
            part.comma = part.comma or ","
            if self.tall and not part.tail:
                part.tail = "\n"
        first, last = self.parts[0], self.parts[-1]
        if not self.tall:
            if not last.tail:
                last.comma = last.comma.removesuffix(",")
            if first.lead.isspace() or not first.lead:
                first.lead = self.pad
            for before, part in zip(self.parts, self.parts[1:], strict=False):
                part.lead = part.lead or (" " if not before.tail else "")

    def make_tall(self) -> None:
        """Give each entry a line of its own."""
        self.opening, self.tall, self.end = f"{self.opening}\n", True, ""
        for part in self.parts:
            part.lead, part.comma, part.tail = "  ", ",", "\n"


@dataclass(slots=True, eq=False)
class Block:
    """A header with what stands below it, up to the next header."""

    lead: str
    header: str
    path: tuple[str, ...]
    listed: bool
    """Whether it begins another table of a list: ``[[circuit]]``."""
    body: Group

    @property
    def text(self) -> str:
        return f"{self.lead}{self.header}{self.body.text}"


@dataclass(slots=True, eq=False)
class Document:
    """A whole file: what stands above the first header, and all headers in order."""

    top: Group
    blocks: list[Block]
    end: str = ""

    @property
    def text(self) -> str:
        return f"{self.top.text}{''.join(block.text for block in self.blocks)}{self.end}"

    @property
    def first_part(self) -> Part | None:
        """The entry that the opening comments of the file stand above, if it is one."""
        return self.top.parts[0] if self.top.parts else None

    def take_out(self, block: Block) -> None:
        """Remove a header and all below it, with the comments right above it."""
        at = self.blocks.index(block)
        kept = apart(block.lead)
        del self.blocks[at]
        if at < len(self.blocks):
            self.blocks[at].lead = joined(kept, self.blocks[at].lead)
        elif kept.strip():
            self.end = joined(kept, self.end)


def read_document(text: str) -> Document:
    """Divide valid TOML with plain line ends. Raises NotMergedError where it is not understood."""
    whole = text if text.endswith("\n") or not text else f"{text}\n"
    document = _Scanner(whole).document()
    if document.text != whole:
        raise NotMergedError("the text cannot be divided")
    return document


def opening_comments(text: str) -> str:
    """The lines of comments and nothing that a file begins with."""
    match = _LINES.match(text if text.endswith("\n") else f"{text}\n")
    return match[0].rpartition("\n")[0] + "\n" if match and match[0].strip() else ""


def apart(lead: str) -> str:
    """The comments that stand apart from what is below them: those above the last empty line."""
    lines = lead.splitlines(keepends=True)
    at = len(lines)
    while at and lines[at - 1].strip():
        at -= 1
    if at == len(lines) and lines and not lines[-1].endswith("\n"):  # the space it is moved in by
        at -= 1
        while at and lines[at - 1].strip():
            at -= 1
    return "".join(lines[:at])


def joined(above: str, below: str) -> str:
    """Put what stood above something that is gone before what comes now, with one empty line at most."""
    if not below.startswith("\n"):
        return above + below
    return (above.rstrip("\n") + "\n" if above.strip() else "") + below


class _Scanner:
    """Walks through the text once. What is no TOML may be divided wrongly, and never costs more time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def document(self) -> Document:
        document = Document(Group(), [])
        body = document.top
        while True:
            lead = self._take(_LINES)
            if self._at == len(self._text):
                document.end = self._divided(lead, body)
                return document
            if self._text[self._at] == "[":
                block = self._block(self._divided(lead, body))
                document.blocks.append(block)
                body = block.body
            else:
                body.parts.append(self._statement(lead))

    def _block(self, lead: str) -> Block:
        start = self._at
        match = _HEADER.match(self._text, self._at)
        if not match:
            raise NotMergedError("a header is not understood")
        self._at = match.end()
        self._need(_REST)
        header = self._text[start : self._at]
        return Block(lead, header, _names(match[2]), match[1] == "[[", Group())

    @staticmethod
    def _divided(lead: str, body: Group) -> str:
        """Leave to the entries above the comments that follow them at once, when an empty line comes next."""
        above, empty_line, below = lead.partition("\n\n")
        if not body.parts or not empty_line or not above.strip() or above.startswith("\n"):
            return lead
        body.end = f"{above}\n"
        return f"\n{below}"

    def _statement(self, lead: str) -> Part:
        key, key_text = self._key()
        return Part(lead, key, key_text, self._value(), "", self._need(_REST))

    def _key(self) -> tuple[tuple[str, ...], str]:
        written = self._need(_KEY)
        return _names(written), written + self._need(_EQUALS)

    def _value(self) -> str | Group:
        if self._text[self._at : self._at + 1] in _CLOSING:
            return self._group()
        if string := self._take(_STRING):
            return string
        found = self._need(_BARE)
        kept = found.rstrip(" \t")
        self._at -= len(found) - len(kept)
        return kept

    def _group(self) -> Group:
        bracket = self._text[self._at]
        self._at += 1
        group = Group(bracket + self._take(_REST), closing=_CLOSING[bracket])
        while True:
            lead = self._take(_BETWEEN)
            if self._text.startswith(group.closing, self._at):
                break
            group.parts.append(self._part(lead, keyed=bracket == "{"))
        self._at += 1
        group.end = lead
        lines = (part.tail for part in group.parts[:-1])
        group.tall = "\n" in group.opening and all(lines)
        group.pad = group.parts[0].lead if group.parts else ""
        return group

    def _part(self, lead: str, *, keyed: bool) -> Part:
        key, key_text = self._key() if keyed else ((), "")
        value = self._value()
        start = self._at
        comma = self._take(_BETWEEN)
        if self._text.startswith(",", self._at):
            self._at += 1
            comma += ","
        else:
            self._at, comma = start, ""
        return Part(lead, key, key_text, value, comma, self._take(_REST))

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if not match:
            return ""
        self._at = match.end()
        return match[0]

    def _need(self, pattern: re.Pattern[str]) -> str:
        if found := self._take(pattern):
            return found
        raise NotMergedError(f"the text is not understood at character {self._at}")


def _names(written: str) -> tuple[str, ...]:
    """The names of a key: ``a."b c"`` is two."""
    if _PLAIN_KEY.fullmatch(written):
        return (written,)
    try:
        found: object = tomllib.loads(f"{written} = 0")
    except ValueError:
        raise NotMergedError("a key is not understood") from None
    names = []
    while isinstance(found, dict):
        ((name, found),) = found.items()
        names.append(name)
    return tuple(names)
