"""``THIRD-PARTY-LICENSES.txt``: what others made of a bundle, what they ask, and every license in full."""

import posixpath
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from places import version

from parts.component import Component
from parts.shipped import shipped

_WIDTH = 78
_RULE = "=" * _WIDTH
_MOST_FILES = 8

_FIRST = """\
Chain Timer itself is under the MIT license, which lies beside the program in the file LICENSE. This folder
also holds {count} parts that others made. They were listed from the files that are really here, and stand
below, each with its license, with where its source is, and with how we know.

Nothing is asked of those who only use the program. Whoever hands this folder on, changed or not, is asked
to keep this file with it and to do what follows. This is what the makers of Chain Timer concluded from the
licenses, told as plainly as they can. They are no lawyers and this is no legal advice: what counts is the
words of the licenses.
"""
_VOICE_TITLE = "eSpeak NG, the voice: the GNU General Public License, version 3 or later"
_VOICE = """\
The source of Chain Timer is under the MIT license and stays so. This bundle, though, carries eSpeak NG
{version}, a library under the GPL. So whoever hands the bundle on hands on eSpeak NG, and has to do that
part by the terms of the GPL: give its license along, keep the notices, and offer its source (section 6 of
the GPL says in which ways). Its source is at {source}; this copy of the library was built by
https://github.com/thewh1teagle/espeakng-loader (release {loader}, build.sh there), and with it goes sonic.
We did not build it anew. If one of these addresses goes away, whoever still hands the bundle on has to
offer the source in another way: keep a copy of it.

How it is used: the library is loaded in a process of the voice's own, which takes lines of text from the
program and writes files of sound. The process with the window never loads it. Read strictly, what runs in
the voice's process is one work together with eSpeak NG; Chain Timer's own part of it (MIT), pyttsx3
(MPL-2.0) and Python (PSF-2.0) are under licenses that the Free Software Foundation lists as going together
with the GPL. Of the package espeakng-loader only the library and its data are here, not the few lines of
Python that find them: their author names no license for these.

What we do not claim: that the window's process is, or is not, one work with the voice's in the eyes of a
court. The Free Software Foundation writes that programs which talk through pipes normally are separate ones
(https://www.gnu.org/licenses/gpl-faq.html#MereAggregation). Whoever would rather take the bundle as one
work can hand all of it on under the GPL, version 3: we know of no part that forbids it, and of none but
eSpeak NG that demands it.

Without it: delete the folder {folder} with all that is in it. The program then speaks with the eSpeak NG
that the system has (on Debian: the package libespeak-ng1), and where there is none it shows instead of
speaking.
"""
_QT_TITLE = "Qt and PySide6, the window: the GNU Lesser General Public License, version 3"
_QT = """\
They are used as shared libraries, unchanged but for what is said below, and may be replaced: put libraries
of your own making, of the same version and built in the same way, in the places of those below {folder}.
The program checks no signatures of them (on macOS, sign the program again after it: codesign --force --deep
--sign -). Nothing in the terms of Chain Timer forbids changing them or finding out how they work. Their
sources are at {source} and https://download.qt.io/official_releases/QtForPython/pyside6/, version
{version}; both licenses, the LGPL and the GPL it builds on, are below. On Linux the table of ICU, which Qt
uses, was cut down to what is needed (packaging/steps/bundles/icu_data.py in the source of Chain Timer).
"""
_LESSER_TITLE = "Others under a Lesser General Public License"
_LESSER = """\
{names}. These too are used as shared libraries, each in a file of its own or together with others in one,
as listed below, and may be replaced in the same way. Their sources are at the addresses given with
them.{note}
"""
_LAME = """\
Of LAME, Debian notes that one file (libmp3lame/fft.c) names the GPL, of no version; its makers publish the
library under the LGPL, and that is what we rely on.
"""
_WITH_LAME = {"LAME", "libmp3lame0"}
_OTHERS_TITLE = "All others"
_OTHERS = """\
They ask that their notices and licenses go along, which this file does.
"""
_TO_BE_SAID = {
    "IJG": "This software is based in part on the work of the Independent JPEG Group.",
    "FTL": "Portions of this software are copyright The FreeType Project (https://freetype.org). "
    "All rights reserved.",
}
"""Sentences that a license wants to be said, by its name."""


def text(bundle: Path) -> str:
    """Make the file for a bundle. Raises UnaccountedError when there is something in it that nobody knows."""
    return told(shipped(bundle), version())


def told(components: Sequence[Component], program_version: str) -> str:
    """Make the file from what was found."""
    texts = list(dict.fromkeys(each for component in components for each in component.texts))
    numbers = {each: number for number, each in enumerate(texts, start=1)}
    return "\n".join(
        (
            f"Chain Timer {program_version}: what others made of it, and their licenses",
            _RULE,
            "",
            *_opening(components),
            _heading("What is here"),
            *_contents(components, numbers),
            *(line for component in components for line in _described(component, components, numbers)),
            *(line for each in texts for line in _quoted(each, components, numbers)),
        )
    )


def _opening(components: Sequence[Component]) -> Iterator[str]:
    yield _filled(_FIRST.format(count=len(components)))
    if voices := [each for each in components if each.name == "eSpeak NG"]:
        loader = voices[0].brought_by.rpartition("@")[2]
        told = {"version": voices[0].version, "source": voices[0].source, "loader": loader}
        yield _section(_VOICE_TITLE, _VOICE.format(**told, folder=_folder(voices)))
    if qt := [each for each in components if each.name == "Qt"]:
        told = {"version": qt[0].version, "source": qt[0].source}
        yield _section(_QT_TITLE, _QT.format(**told, folder=_folder(qt)))
    lesser = {each.name for each in components if "LGPL" in each.license and not _is_of_qt(each)}
    if lesser:
        names = _enumerated(sorted(lesser, key=str.casefold))
        note = f" {_LAME}" if lesser & _WITH_LAME else ""
        yield _section(_LESSER_TITLE, _LESSER.format(names=names, note=note))
    said = [
        words
        for name, words in _TO_BE_SAID.items()
        if any(name in each.license.split() for each in components)
    ]
    yield _section(_OTHERS_TITLE, " ".join((_OTHERS, *said)))


def _contents(components: Sequence[Component], numbers: dict[str, int]) -> Iterator[str]:
    named = [f"{each.name} {each.version}".strip() for each in components]
    width = max(map(len, named), default=0)
    for name, component in zip(named, components, strict=True):
        yield f"{name:<{width}}  {component.license}  {_references(component, numbers)}"
    yield ""


def _described(
    component: Component, components: Sequence[Component], numbers: dict[str, int]
) -> Iterator[str]:
    yield _heading(f"{component.name} {component.version}".strip())
    owner = next((each.name for each in components if each.purl == component.brought_by), "")
    facts = {
        "License": f"{component.license} {_references(component, numbers)}",
        "Source": component.source,
        "Known by": component.known,
        "Lies in": owner,
        "Files": _listed_files(component),
    }
    for name, words in facts.items():
        if words:
            yield textwrap.fill(
                words,
                _WIDTH,
                initial_indent=f"{name + ':':<10}",
                subsequent_indent=" " * 10,
                break_long_words=False,
                break_on_hyphens=False,
            )
    yield ""


def _quoted(words: str, components: Sequence[Component], numbers: dict[str, int]) -> Iterator[str]:
    of = [each.name for each in components if words in each.texts]
    yield _RULE
    yield textwrap.fill(f"[{numbers[words]}] {_enumerated(list(dict.fromkeys(of)))}", _WIDTH)
    yield _RULE
    yield ""
    yield words


def _references(component: Component, numbers: dict[str, int]) -> str:
    """Name the texts by their numbers, runs of them by the first and the last."""
    runs: list[list[int]] = []
    for number in sorted(numbers[each] for each in component.texts):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(f"[{run[0]}]" if len(run) == 1 else f"[{run[0]}-{run[-1]}]" for run in runs)


def _listed_files(component: Component) -> str:
    if not component.files:
        return "modules in the executable"
    shown = ", ".join(component.files[:_MOST_FILES])
    more = len(component.files) - _MOST_FILES
    return f"{shown}, and {more} more" if more > 0 else shown


def _folder(components: Iterable[Component]) -> str:
    """Name the innermost folder that all files of some components lie in."""
    folders = [str(PurePosixPath(name).parent) for component in components for name in component.files]
    return posixpath.commonpath(folders) if folders else "."


def _is_of_qt(component: Component) -> bool:
    return component.name == "Qt" or component.name.casefold().startswith(("pyside6", "shiboken6"))


def _enumerated(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _heading(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"


def _section(title: str, words: str) -> str:
    return f"{_heading(title)}\n{_filled(words)}"


def _filled(words: str) -> str:
    """Break paragraphs into lines."""
    wrapper = textwrap.TextWrapper(_WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n\n".join(wrapper.fill(each) for each in words.strip().split("\n\n")) + "\n"
