"""The clock of a session: the only place that asks what time it is."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

NANOSECONDS_A_MS = 1_000_000
_MS = timedelta(milliseconds=1)
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Time that stands still while the computer sleeps, and how long it has slept."""

    def now_ns(self) -> int:
        """Nanoseconds since some fixed moment, not counting sleep; never goes back."""
        ...

    def slept_ms(self) -> int:
        """Milliseconds of sleep since that moment; only its changes mean something."""
        ...


class SystemClock:
    """The computer's own clocks.

    On Linux the monotonic clock stands still in sleep and CLOCK_BOOTTIME does not; on macOS the same
    holds of mach_absolute_time and CLOCK_MONOTONIC_RAW; on Windows the monotonic clock goes on, and the
    unbiased interrupt time stands still.
    """

    def __init__(self) -> None:
        self._awake, self._always = _clocks()

    def now_ns(self) -> int:
        return self._awake()

    def slept_ms(self) -> int:
        return (self._always() - self._awake()) // NANOSECONDS_A_MS


class FastClock:
    """Another clock's time gone through faster: a rehearsal."""

    def __init__(self, clock: Clock, speed: float) -> None:
        self._clock = clock
        self._speed = speed
        self._start_ns = clock.now_ns()

    def now_ns(self) -> int:
        return self._start_ns + int((self._clock.now_ns() - self._start_ns) * self._speed)

    def slept_ms(self) -> int:
        return self._clock.slept_ms()


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A moment with the time zone of the place: what day it was stays what day it was."""

    ms: int
    """Milliseconds since 1970, UTC."""
    offset_min: int = 0
    """What local time was ahead of UTC, in minutes, summer time included."""

    @property
    def local(self) -> datetime:
        """The date and time that the clock on the wall showed."""
        return _FIRST.astimezone(timezone(timedelta(minutes=self.offset_min))) + self.ms * _MS

    @property
    def day(self) -> date:
        return self.local.date()


def now() -> Moment:
    """Give the present moment by the computer's clock, which may be set back or forth at any time."""
    if hasattr(time, "tzset"):
        time.tzset()  # otherwise who travels stays in the time zone the program was started in
    return moment_at(time.time_ns() // NANOSECONDS_A_MS)


def moment_at(ms: int) -> Moment:
    """Give a moment, in milliseconds since 1970, with the time zone that holds here at that time."""
    local = (_FIRST + ms * _MS).astimezone()
    return Moment(ms, (local.utcoffset() or timedelta()) // timedelta(minutes=1))


def today_ns() -> int:
    """Nanoseconds since 1970, the way files are stamped; may be set back or forth at any time."""
    return time.time_ns()


def _clocks() -> tuple[Callable[[], int], Callable[[], int]]:
    if sys.platform == "win32":
        return _windows_awake(), time.monotonic_ns
    name = "CLOCK_MONOTONIC_RAW" if sys.platform == "darwin" else "CLOCK_BOOTTIME"
    identity = getattr(time, name, None)
    if identity is None:
        return time.monotonic_ns, time.monotonic_ns
    return time.monotonic_ns, lambda: time.clock_gettime_ns(identity)


def _windows_awake() -> Callable[[], int]:
    import ctypes  # noqa: PLC0415 - needed on one platform only

    # https://learn.microsoft.com/windows/win32/api/realtimeapiset/nf-realtimeapiset-queryunbiasedinterrupttimeprecise
    library = getattr(ctypes, "WinDLL")("api-ms-win-core-realtime-l1-1-1.dll")  # noqa: B009 - unknown elsewhere
    query = library.QueryUnbiasedInterruptTimePrecise

    def awake_ns() -> int:
        hundreds = ctypes.c_ulonglong()
        query(ctypes.byref(hundreds))
        return hundreds.value * 100

    return awake_ns
