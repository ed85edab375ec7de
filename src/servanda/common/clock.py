"""The clock: the one place where the present enters. Rules never look here.

The clock of the machine may be set back while a meeting goes on; then the house goes on by the steady clock
of the machine, so that nobody's time is given twice and no act seems older than the one before.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

SECOND = 1_000_000_000  # nanoseconds
SET_BACK = SECOND // 20  # what is less is the unevenness of two readings
FARTHEST = 12 * 3600 * SECOND  # what lies farther ahead is no clock set back, but a wrong instant
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

logger = logging.getLogger(__name__)


class Steady:
    """A clock that follows that of the machine, and goes on evenly when this is set back."""

    def __init__(self, wall: Callable[[], int] = time.time_ns, steady: Callable[[], int] = time.monotonic_ns) -> None:
        self.wall, self.steady = wall, steady
        self.said, self.said_at = wall(), steady()
        self.is_alone = False  # the clock of the machine lies behind
        self.lock = Lock()

    def now_ns(self) -> int:
        """The present instant in nanoseconds since the epoch; never before one that was said."""
        with self.lock:
            wall, steady = self.wall(), self.steady()
            due = self.said + steady - self.said_at
            was_alone, self.is_alone = self.is_alone, wall < due - SET_BACK
            if self.is_alone and not was_alone:
                logger.warning("The clock of this machine was set back; its former time is kept meanwhile.")
            self.said, self.said_at = due if self.is_alone else max(self.said, wall), steady
            return self.said

    def reach(self, instant: int) -> None:
        """Be no earlier than an instant that was written down, unless it lies too far ahead to be believed."""
        if 0 < instant - self.now_ns() <= FARTHEST:
            with self.lock:
                self.said = max(self.said, instant)


STEADY = Steady()


def now() -> datetime:
    """The present instant, in UTC."""
    return EPOCH + timedelta(microseconds=STEADY.now_ns() // 1000)


def now_ns() -> int:
    """The same in nanoseconds since the epoch."""
    return STEADY.now_ns()


def not_before(instant: datetime) -> None:
    """Let the clock be no earlier than an act that is on record."""
    STEADY.reach((instant - EPOCH) // timedelta(microseconds=1) * 1000)


def today(zone: str = "UTC") -> date:
    """The day it is at a place, by its IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()
