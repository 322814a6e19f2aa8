"""``doctor --report``: a text to send along with a question, in which nothing is a person's own.

What is told is chosen piece by piece, and the words of others are gone through as well. Of files there are
counts, of the log the kinds of mistakes and lines of this program, of settings what is a choice or a number.
"""

import os
import platform
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from chain_timer import __version__
from chain_timer.cli.doctor import FILES, Finding, look, probe
from chain_timer.cli.errors import DONE
from chain_timer.cli.home import Home
from chain_timer.cli.scrubbing import Scrubber, own_folders, own_names
from chain_timer.problems import plain
from chain_timer.system.files import read_bytes_bounded
from chain_timer.system.folders import HOME_VARIABLE
from chain_timer.system.log import LOG_NAME
from chain_timer.system.own_process import is_bundle
from chain_timer.system.settings import SETTINGS, Choice, Range, Switch

_CHECKOUT = Path(__file__).parents[2] / "pyproject.toml"
_MOST_LINES = 20
"""Of the log."""
_LARGEST_LOG = 2 * 1024 * 1024
_LARGEST_RELEASE = 64 * 1024
_WORD = re.compile(r"[\w.:+ -]{1,40}")
"""What a variable of a desktop may be to be told: a name, and no sentence."""
_ENTRY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ (?P<level>[A-Z]+) (?P<logger>[\w.]+): ")
_FRAME = re.compile(r'  File ".*[\\/](?P<file>chain_timer[\\/][\w\\/]+\.py)", line (?P<line>\d+)')
_VOICE = re.compile(r"\((?P<language>[\w-]+)\), out of (?P<count>\d+)$")
_MISTAKE = re.compile(r"(?P<kind>(?:[A-Za-z_]\w*\.)*[A-Z]\w*)(?::.*)?$")


def print_report() -> int:
    """Print the report. Takes some seconds at most."""
    print(report(Home()))
    return DONE


def report(home: Home) -> str:
    """Give the whole text, to be pasted as it is."""
    scrub = Scrubber(own_folders(HOME_VARIABLE), (*own_names(), home.settings.voice))
    parts = {
        "": _program(),
        "Computer": _computer(),
        "Found": _found(look(home), scrub),
        "Settings that differ": _settings(home),
        "Packages": _packages(),
        "Log": _log_lines(home.folders.logs / LOG_NAME),
    }
    lines = ["```"]
    for title, told in parts.items():
        lines += [*(["", f"{title}:"] if title else []), *(told or ["none"])]
    return "\n".join([*(plain(line.rstrip(), 400) for line in lines), "```"])


def _program() -> list[str]:
    return [f"Chain Timer {__version__} ({_installed_as()})"]


def _installed_as() -> str:
    if os.environ.get("FLATPAK_ID"):
        return "Flatpak"
    if os.environ.get("APPIMAGE"):
        return "AppImage"
    if is_bundle():
        return "system package" if Path(sys.executable).is_relative_to("/usr") else "bundle"
    return "checkout" if _CHECKOUT.is_file() else "installed package"


def _computer() -> list[str]:
    lines = [
        f"System: {_system()}, {platform.machine()}",
        f"Python: {platform.python_version()} ({platform.python_implementation()})",
    ]
    for label, variable in (("Desktop", "XDG_CURRENT_DESKTOP"), ("Session", "XDG_SESSION_TYPE")):
        value = os.environ.get(variable, "")
        if _WORD.fullmatch(value):
            lines.append(f"{label}: {value}")
    screens = probe("screens")
    return [*lines, f"Screens: {screens}"] if re.fullmatch(r"[\dx@., ]+", screens) else lines


def _system() -> str:
    try:
        told = read_bytes_bounded(Path("/etc/os-release"), _LARGEST_RELEASE).decode()
    except (OSError, ValueError):
        return f"{platform.system()} {platform.release()}"
    name = re.search(r'^PRETTY_NAME="?([^"\n]*)', told, re.MULTILINE)
    return f"{name[1] if name else platform.system()} ({platform.system()} {platform.release()})"


def _found(findings: Iterable[Finding], scrub: Scrubber) -> list[str]:
    lines, files = [], 0
    for finding in findings:
        if finding.label == FILES:
            files += 1
        elif spoken := _VOICE.search(finding.text):  # without its name: some record a voice of their own
            lines.append(f"ok   {finding.label}: {spoken['language']}, out of {spoken['count']}")
        else:
            lines.append(f"{'ok  ' if finding.fine else 'NOTE'} {finding.label}: {scrub(finding.text)}")
    return [*lines, f"NOTE {FILES}: problems in {files} or more places"] if files else lines


def _settings(home: Home) -> list[str]:
    lines = []
    for setting in SETTINGS:
        value = getattr(home.settings, setting.key)
        if value != setting.default:
            is_told = isinstance(setting.rule, Switch | Range | Choice)
            lines.append(f"{setting.key} = {value if is_told else '(set)'}")
    return lines


def _packages() -> list[str]:
    """Name the packages that the program asks for, with their versions."""
    names = {re.match(r"[\w.-]*", text)[0] for text in _asked() if "extra ==" not in text}  # type: ignore[index]
    return [f"{name} {version}" for name, version in _versions(names)]


def _asked() -> Iterable[str]:
    try:
        return metadata.requires("chain-timer") or ()
    except metadata.PackageNotFoundError:
        pass  # a checkout is not installed, and a bundle has the packages that belong to its version
    try:
        return list(tomllib.loads(_CHECKOUT.read_text(encoding="utf-8"))["project"]["dependencies"])
    except (OSError, ValueError, KeyError, TypeError):
        return [each.metadata["Name"] for each in metadata.distributions()]


def _versions(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(names, key=str.lower):
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # for another system


def _log_lines(path: Path) -> list[str]:
    try:
        text = read_bytes_bounded(path, _LARGEST_LOG).decode("utf-8", "replace")
    except (OSError, ValueError):
        return []
    lines: list[str] = []
    for line in text.splitlines():
        if entry := _ENTRY.match(line):
            lines.append(
                f"{entry['level']} {entry['logger']}" if _is_ours(entry["logger"]) else entry["level"]
            )
        elif frame := _FRAME.match(line):
            lines.append(f"  {frame['file']}:{frame['line']}".replace("\\", "/"))
        elif (mistake := _MISTAKE.match(line)) and mistake["kind"].endswith(("Error", "Exception")):
            lines.append(f"  {mistake['kind'].rpartition('.')[2]}")
    return lines[-_MOST_LINES:]


def _is_ours(logger: str) -> bool:
    return logger == "chain_timer" or logger.startswith("chain_timer.")
