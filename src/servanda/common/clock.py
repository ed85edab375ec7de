"""The clock: the one place where the present enters. Rules never look here."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """The day it is at a place, by its IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()
