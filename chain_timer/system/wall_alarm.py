"""An alarm at a moment of the clock on the wall, which sleeps through nothing. Linux alone has such.

A usual timer stands still while the computer sleeps, and does not know when the clock is set. The kernel's
own (timerfd_create(2), with TFD_TIMER_CANCEL_ON_SET) goes off in both cases and costs nothing while it waits.
"""

import os
import sys
from contextlib import suppress

_CLOCK_REALTIME = 0
_ABSOLUTE, _CANCEL_ON_SET = 1, 2
_SECOND_MS = 1_000
_NS_A_MS = 1_000_000
_LONG = 8


class WallAlarm:
    """One alarm. :attr:`descriptor` can be read when it goes off: then call :meth:`take`, and set it anew."""

    def __init__(self) -> None:
        """Raise OSError where the system has no such thing."""
        import ctypes  # noqa: PLC0415 - only where somebody wants to be reminded

        if not sys.platform.startswith("linux") or ctypes.sizeof(ctypes.c_long) < _LONG:
            raise OSError("only Linux on 64 bit has such alarms")
        self._ctypes = ctypes
        self._library = ctypes.CDLL(None, use_errno=True)
        self.descriptor: int = self._library.timerfd_create(_CLOCK_REALTIME, os.O_NONBLOCK | os.O_CLOEXEC)
        if self.descriptor < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")

    def set(self, at_ms: int) -> None:
        """Have it go off at a moment, in milliseconds since 1970, and when the clock is set before that.

        Raises OSError.
        """
        seconds, ms = divmod(max(1, at_ms), _SECOND_MS)
        # struct itimerspec: the interval, then the moment; each as seconds and nanoseconds.
        moment = (self._ctypes.c_long * 4)(0, 0, seconds, ms * _NS_A_MS)
        flags = _ABSOLUTE | _CANCEL_ON_SET
        if self._library.timerfd_settime(self.descriptor, flags, moment, None) < 0:
            raise OSError(self._ctypes.get_errno(), "timerfd_settime")

    def take(self) -> None:
        """Take note that it went off."""
        with suppress(OSError):  # ECANCELED says that the clock was set; EAGAIN that it was nothing
            os.read(self.descriptor, 8)

    def close(self) -> None:
        """Give it back; a second time does nothing."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
