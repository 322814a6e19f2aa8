"""SVG drawings from outside made plain: shapes, words and colors, with nothing that reaches out or blows up.

A drawing is a program for whoever draws it: it can name other files, draw one part a million times over, or
fill the page a thousand times. What comes out of here is small, stands alone, and is drawn in a bounded time.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone: defusedxml does the reading

LARGEST_SVG = 4 * 1024 * 1024
MOST_ELEMENTS = 2_000
"""Drawn ones, each counted as often as it is used."""
DEEPEST = 30
"""Qt itself draws no deeper."""
_MOST_GEOMETRY = 1024 * 1024
"""Letters of paths and points, counted as often as they are drawn."""
_MOST_WORDS = 5_000
_MOST_STYLE = 20_000
_MOST_DASHED = 300
"""Lines that may be dashed: each may have ten thousand dashes."""
MOST_IMAGES = 8
_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_HREF = f"{_XLINK}href"
_HREFS = frozenset({_HREF, "href"})
_DRAWN = frozenset(
    {
        *("svg", "g", "defs", "use", "switch", "style", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop"),
    }
)
_DROPPED = frozenset(
    {"filter", "mask", "clip-path", "marker", "marker-start", "marker-mid", "marker-end", "base"}
)
_URL = re.compile(r"url\(\s*['\"]?(?!#)|@import|image-set|expression\(|\\", re.IGNORECASE)
"""What names a file; and what is written so that it cannot be seen to."""
_HASHED = re.compile(r"#[\w-]+")
_HUGE = re.compile(r"(?<![.\d])\d{8,}|\d\.?[eE]\+?0*(?:[4-9]|[1-9]\d)")
"""A hundred million and more: no drawing has that, and what is drawn so far out takes its time."""
_DASHES = re.compile(r"stroke-dasharray\s*:[^;}]*", re.IGNORECASE)
_MOVES = re.compile("[mM]")
_NAMES = frozenset({"id", "class", "font-family"})
_DATA = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)

Inner = Callable[[bytes], bytes]
"""Makes a picture within a drawing safe: PNG bytes of it. Raises ValueError."""


class UnsafeSvgError(ValueError):
    """A drawing cannot be made plain; the text goes on after "this drawing"."""


class _Weight(NamedTuple):
    """What a part of a drawing costs."""

    elements: int
    letters: int

    def plus(self, other: "_Weight") -> "_Weight":
        return _Weight(
            min(self.elements + other.elements, MOST_ELEMENTS + 1),
            min(self.letters + other.letters, _MOST_GEOMETRY + 1),
        )


def plain_svg(data: bytes, inner: Inner) -> bytes:
    """Give a drawing that is safe to draw. Raises UnsafeSvgError."""
    if len(data) > LARGEST_SVG:
        raise UnsafeSvgError(f"takes more than {LARGEST_SVG // 1024 // 1024} MiB")
    root = _parsed(data)
    _Cleaning(inner).clean(root)
    _check_weight(root)
    return _written(root)


def _parsed(data: bytes) -> "Element":
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - few pictures are drawings
    from defusedxml.ElementTree import ParseError, iterparse  # noqa: PLC0415

    depth = count = 0
    elements: list[Element] = []
    try:
        for event, element in iterparse(BytesIO(data), ("start", "end"), forbid_dtd=True):
            elements[1:] = [element]
            depth += 1 if event == "start" else -1
            count += event == "start"
            if depth > DEEPEST or count > 4 * MOST_ELEMENTS:
                raise UnsafeSvgError("has too many parts")
    except DefusedXmlException:
        raise UnsafeSvgError("has a DOCTYPE or entities, which may reach out to other files") from None
    except (ParseError, LookupError, UnicodeError):
        raise UnsafeSvgError("is damaged") from None
    if not elements or _local(elements[0]) != "svg":
        raise UnsafeSvgError("is no SVG")
    return elements[0]


def _written(root: "Element") -> bytes:
    from defusedxml.ElementTree import tostring  # noqa: PLC0415

    # Qt looks for these very names, and not for what they mean.
    root.attrib |= {"xmlns": _SVG[1:-1], "xmlns:xlink": _XLINK[1:-1]}
    written: bytes = tostring(root, encoding="utf-8")
    return written


def _local(element: "Element") -> str:
    """The name of an element of SVG, in its name space or in none; of all others it is empty."""
    tag: object = element.tag  # comments have something else there
    if not isinstance(tag, str):
        return ""
    if tag.startswith(_SVG):
        return tag.removeprefix(_SVG)
    return "" if tag.startswith("{") else tag


class _Cleaning:
    """Goes through a drawing and keeps what is drawn."""

    def __init__(self, inner: Inner) -> None:
        self._inner = inner
        self._images = 0
        self._words = 0
        self._style = 0

    def clean(self, element: "Element") -> None:
        for child in list(element):
            if _local(child) == "a":  # a link: what it holds is drawn all the same
                child.tag = "g"
                for key in _HREFS:
                    child.attrib.pop(key, None)
            if _local(child) in _DRAWN:
                self.clean(child)
            else:
                element.remove(child)
        name = _local(element)
        self._check_words(element, name)
        element.tag = name
        element.attrib = {
            ("xlink:href" if key in _HREFS else key): self._checked(name, key, value)
            for key, value in element.attrib.items()
            if _stays(key)
        }

    def _check_words(self, element: "Element", name: str) -> None:
        if name == "style":
            text = element.text or ""
            self._style += len(text)
            if self._style > _MOST_STYLE:
                raise UnsafeSvgError("has too many rules of style")
            _check_text(text)
        elif name in {"text", "tspan"}:
            self._words += sum(len(part or "") for part in (element.text, *(each.tail for each in element)))
            if self._words > _MOST_WORDS:
                raise UnsafeSvgError("has too many words")
        else:
            element.text = None
            for each in element:
                each.tail = None

    def _checked(self, name: str, key: str, value: str) -> str:
        if key in _HREFS:
            return self._reference(name, value.strip())
        if key not in _NAMES:
            _check_text(value)
        return value

    def _reference(self, name: str, value: str) -> str:
        if value.startswith("#"):
            return value
        found = _DATA.match(value)
        if name != "image" or found is None:
            raise UnsafeSvgError("needs another file")
        self._images += 1
        if self._images > MOST_IMAGES:
            raise UnsafeSvgError("holds too many pictures")
        try:
            made = self._inner(base64.b64decode(value[found.end() :]))
        except (binascii.Error, ValueError):
            raise UnsafeSvgError("holds a picture that cannot be used") from None
        return f"data:image/png;base64,{base64.b64encode(made).decode()}"


def _stays(key: str) -> bool:
    """Whether an attribute says how something looks: no scripts, no effects, nothing of other programs."""
    return key == _HREF or not (key.startswith(("{", "on", "data-", "aria-")) or key in _DROPPED)


def _check_text(text: str) -> None:
    if _URL.search(text):
        raise UnsafeSvgError("needs another file")
    if _HUGE.search(_HASHED.sub("", text)):
        raise UnsafeSvgError("has numbers beyond all measure")


# --- how much it draws -------------------------------------------------------------------------------


def _check_weight(root: "Element") -> None:
    weight = _weight(root, _by_id(root), {}, ())
    if weight.elements > MOST_ELEMENTS or weight.letters > _MOST_GEOMETRY:
        raise UnsafeSvgError("has too many parts")
    lines = sum(1 + len(_MOVES.findall(element.get("d", ""))) for element in root.iter())
    if max(lines, weight.elements) > _MOST_DASHED:
        _drop_dashes(root)


def _by_id(root: "Element") -> dict[str, "Element"]:
    found: dict[str, Element] = {}
    for element in root.iter():
        name = element.attrib.pop("id", "")
        if name and name not in found:  # an id that two have would be one for us, and the other for Qt
            found[name] = element
            element.set("id", name)
    return found


def _weight(
    element: "Element", by_id: Mapping[str, "Element"], known: dict[int, _Weight], within: tuple[int, ...]
) -> _Weight:
    """Count what is drawn of an element, with all that it uses."""
    if id(element) in within or len(within) > 2 * DEEPEST:
        raise UnsafeSvgError("uses itself")
    if id(element) in known:
        return known[id(element)]
    weight = _Weight(1, len(element.get("d", "")) + len(element.get("points", "")))
    parts = list(element)
    if element.tag == "use":
        used = by_id.get(element.get("xlink:href", "")[1:])
        parts += [used] if used is not None else []
    for part in parts:
        weight = weight.plus(_weight(part, by_id, known, (*within, id(element))))
    known[id(element)] = weight
    return weight


def _drop_dashes(root: "Element") -> None:
    for element in root.iter():
        element.attrib.pop("stroke-dasharray", None)
        if "style" in element.attrib:
            element.set("style", _DASHES.sub("", element.attrib["style"]))
        if element.tag == "style" and element.text:
            element.text = _DASHES.sub("", element.text)
