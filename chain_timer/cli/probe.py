"""What ``doctor`` tries in a process of its own, as it may hang or crash: ``sound``, ``window``, ``screens``.

Prints the problem, or nothing when all is well; of the screens, what they are.
"""

import sys
from importlib import import_module
from threading import Event

from chain_timer.problems import plain

_OPENING_S = 3.0
_LOOK_S = 0.05


def main(what: str) -> int:
    """Try it, and print what is wrong with it."""
    try:
        problem = _WAYS[what]()
    except ImportError as error:
        from chain_timer.cli.display import qt_missing  # noqa: PLC0415 - only when something is missing

        problem = qt_missing(error)
    print(plain(problem, 600))
    return 0


def _sound() -> str:
    from chain_timer.cli.composition import make_speaker  # noqa: PLC0415 - as each of these, only when tried
    from chain_timer.session.clock import SystemClock  # noqa: PLC0415
    from chain_timer.sound.output import Output  # noqa: PLC0415
    from chain_timer.sound.sound_state import SoundKind  # noqa: PLC0415

    speaker = make_speaker(SystemClock())
    speaker.open()
    waiting, waited_s = Event(), 0.0
    while isinstance(speaker, Output) and speaker.state.kind is SoundKind.OPENING and waited_s < _OPENING_S:
        waiting.wait(_LOOK_S)
        waited_s += _LOOK_S
    problem = speaker.problem
    if isinstance(speaker, Output) and speaker.state.kind is SoundKind.OPENING:
        problem = "The sound output does not answer; look at the sound settings of your computer"
    speaker.close()
    return problem


def _window() -> str:
    import_module("chain_timer.window.app")
    return ""


def _screens() -> str:
    """Tell their sizes, as a window sees them, and how many pixels of theirs are one of it."""
    from chain_timer.cli.display import find_display  # noqa: PLC0415 - as above
    from chain_timer.drawing.screens import screens_told  # noqa: PLC0415

    return screens_told() if find_display().usable else ""


_WAYS = {"sound": _sound, "window": _window, "screens": _screens}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["window"]))
