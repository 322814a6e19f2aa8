"""Whether a sink may be started: on Linux a question of life and death.

Qt 6.11 keeps one connection to PulseAudio. When the server goes, Qt tries once more, 3 s later, on the
thread that asked for devices first. Until then, and for ever if that fails, starting a QAudioSink asks a
null pointer for its state, and libpulse aborts the process. So a sink is started only on a connection that
stands.
"""

import os
import socket
import sys
from pathlib import Path

_SECOND_TRY_NS = 4_000_000_000
_REFUSED = "pa_context_connect() failed"
_PATIENCE_S = 0.2


class SoundServer:
    """What is known of the server of this process; fed on the sound thread."""

    def __init__(self) -> None:
        self._wait_until_ns = 0
        self.gone = False
        """True when Qt has given up: nothing will be heard before the program is started again."""

    def hear(self, message: str) -> bool:
        """Take in what Qt says; True when it was about the server."""
        refused = _REFUSED in message
        self.gone = self.gone or refused
        return refused

    def lost(self, now_ns: int) -> None:
        """Note that sound stopped for a reason unknown: perhaps the connection is gone too."""
        self._wait_until_ns = now_ns + _SECOND_TRY_NS

    def allows_start(self, now_ns: int) -> bool:
        return not self.gone and now_ns >= self._wait_until_ns and _answers()


SERVER = SoundServer()
"""One for the process, as Qt's connection is; a second stream must know what the first has seen."""


def _answers() -> bool:
    """Whether the server takes connections; True where there is none to ask."""
    path = _socket_path() if sys.platform == "linux" else None
    if path is None:
        return True
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(_PATIENCE_S)
        try:
            probe.connect(str(path))
        except TimeoutError:
            return True
        except OSError:
            return False
    return True


def _socket_path() -> Path | None:
    named = os.environ.get("PULSE_SERVER", "")
    if named:
        return Path(named.removeprefix("unix:")) if named.startswith(("unix:/", "/")) else None
    default = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "pulse", "native")
    # Without it a server may still be started on demand, which is not ours to forbid.
    return default if default.exists() else None
