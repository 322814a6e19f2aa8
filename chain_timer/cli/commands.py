"""From a command's name to what carries it out; each brings in what it needs when it is its turn."""

# ruff: noqa: PLC0415 - that is what this module is for: --help and list must not wait for Qt and numpy

from argparse import Namespace
from collections.abc import Callable

from chain_timer.cli.arguments import WINDOW


def perform(arguments: Namespace) -> int:
    """Carry out a command and give its exit code. Raises ChainTimerError."""
    return _COMMANDS[arguments.command](arguments)


def _window(arguments: Namespace) -> int:
    from chain_timer.cli.opening import open_window

    return open_window(arguments.name or "", hidden=arguments.tray)


def _play(arguments: Namespace) -> int:
    from chain_timer.cli.faces import play

    return play(arguments)


def _resume(arguments: Namespace) -> int:
    from chain_timer.cli.faces import resume

    return resume(arguments)


def _list(arguments: Namespace) -> int:
    from chain_timer.cli.listing import list_routines

    return list_routines(arguments)


def _show(arguments: Namespace) -> int:
    from chain_timer.cli.listing import show

    return show(arguments)


def _preview(arguments: Namespace) -> int:
    from chain_timer.cli.preview import preview

    return preview(arguments)


def _check(arguments: Namespace) -> int:
    from chain_timer.cli.check import check

    return check(arguments)


def _figure(arguments: Namespace) -> int:
    from chain_timer.cli.figure_command import draw

    return draw(arguments)


def _import(arguments: Namespace) -> int:
    from chain_timer.cli.bringing import bring

    return bring(arguments)


def _export(arguments: Namespace) -> int:
    from chain_timer.cli.giving_out import give

    return give(arguments)


def _history(arguments: Namespace) -> int:
    from chain_timer.cli.history_command import tell_history

    return tell_history(arguments)


def _backup(arguments: Namespace) -> int:
    from chain_timer.cli.backup_command import back_up

    return back_up(arguments)


def _restore(arguments: Namespace) -> int:
    from chain_timer.cli.restore_command import bring_back

    return bring_back(arguments)


def _voices(arguments: Namespace) -> int:
    from chain_timer.cli.speaking import list_voices

    return list_voices(arguments)


def _say(arguments: Namespace) -> int:
    from chain_timer.cli.speaking import say

    return say(arguments)


def _doctor(arguments: Namespace) -> int:
    if arguments.report:
        from chain_timer.cli.report import print_report

        return print_report()
    from chain_timer.cli.doctor import examine

    return examine()


def _desktop_entry(arguments: Namespace) -> int:
    from chain_timer.cli.desktop_entry_command import enter_menu

    return enter_menu(arguments)


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    WINDOW: _window,
    "play": _play,
    "resume": _resume,
    "list": _list,
    "show": _show,
    "preview": _preview,
    "check": _check,
    "figure": _figure,
    "import": _import,
    "export": _export,
    "history": _history,
    "backup": _backup,
    "restore": _restore,
    "voices": _voices,
    "say": _say,
    "doctor": _doctor,
    "desktop-entry": _desktop_entry,
}
