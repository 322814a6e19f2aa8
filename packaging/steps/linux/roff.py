r"""Text as man pages want it written, in the macros of man(7).

Both groff and mandoc read what is made here: https://man.openbsd.org/man.7, https://www.gnu.org/software/groff/manual/.
"""

import textwrap
from collections.abc import Iterable

# A bare - becomes a hyphen, which nobody can paste back into a terminal; ~ ^ and ` become typographic, and "
# ends an argument.
_AS = {"\\": "\\e", "-": "\\-", "~": "\\(ti", "^": "\\(ha", "`": "\\(ga", '"': "\\(dq"}
_LAST_ASCII = "~"
_LINE = 80


def escaped(text: str) -> str:
    """Write words so that they are shown just so, wherever in a line they stand; control characters go."""
    written = "".join(_escaped(each) for each in text if each.isprintable())
    return f"\\&{written}" if written.startswith((".", "'")) else written


def filled(text: str) -> list[str]:
    """Write words as lines of a paragraph, none too long to be read in a terminal."""
    # By words that are escaped already: what is wrapped afterwards could begin with a dot.
    words = " ".join(escaped(word) for word in text.split())
    return textwrap.wrap(words, _LINE, break_long_words=False, break_on_hyphens=False)


def bold(text: str) -> str:
    """Write what is typed as it is."""
    return f"\\fB{escaped(text)}\\fR"


def italic(text: str) -> str:
    """Write what stands for something else."""
    return f"\\fI{escaped(text)}\\fR"


def quoted(*arguments: str) -> str:
    """Write arguments of a macro, of words that are escaped already."""
    return " ".join(f'"{each}"' for each in arguments)


def unfilled(lines: Iterable[str]) -> list[str]:
    """Write lines that stay as they are: examples, tables. An apostrophe in them is a straight one."""
    return [".EX", *(escaped(line).replace("'", "\\(aq") or "\\&" for line in lines), ".EE"]


def item(tag: str, text: str) -> list[str]:
    """Write one entry of a list: a tag that is escaped already, and plain text."""
    return [".TP", tag, *(filled(text) or ["\\&"])]


def link(address: str, words: str) -> list[str]:
    """Write words that lead to an address."""
    return [f".UR {escaped(address)}", *filled(words), ".UE"]


def _escaped(letter: str) -> str:
    if letter in _AS:
        return _AS[letter]
    return letter if letter <= _LAST_ASCII else f"\\[u{ord(letter):04X}]"
