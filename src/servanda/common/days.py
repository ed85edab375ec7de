"""Days as treaties and their sources know them: sometimes a day, sometimes only a month or a year.

Periods are counted in calendar months and years; a day that the target month does not have
(29 February) becomes that month's last day.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from servanda.common.refusals import WrongUsage

Precision = Literal["year", "month", "day"]
SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class NotADate(WrongUsage):
    """A text that should be a date is none."""

    def __init__(self, text: str, where: str = "", *, exact: bool = False) -> None:
        imprecise = "" if exact else "; where only the month or the year is known, 2024-06 or 2024"
        super().__init__(
            f"{where + ': ' if where else ''}{text[:40]!r} is not a date.",
            "Dates are written as in ISO 8601.",
            f"Write a day as 2024-06-18{imprecise}.",
        )


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A day, month or year, as the two days between which it lies (both included)."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str, where: str = "") -> "When":
        """Read `2024`, `2024-06` or `2024-06-18`; raise NotADate for anything else."""
        match = SHAPE.fullmatch(text.strip())
        if not match:
            raise NotADate(text, where)
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return cls.of(year or 0, month, day)
        except ValueError as error:
            raise NotADate(text, where) from error

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> "When":
        """Build from numbers; an absent month or day makes it imprecise."""
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return cls(date(year, month, 1), date(year, month, days_in(year, month)))
        return cls(date(year, month, day), date(year, month, day))

    @classmethod
    def on(cls, day: date) -> "When":
        """A day known exactly."""
        return cls(day, day)

    @property
    def precision(self) -> Precision:
        """How much of the date is known: `year`, `month` or `day`."""
        if self.first == self.last:
            return "day"
        return "month" if self.first.month == self.last.month else "year"

    def __str__(self) -> str:
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


def parse_day(text: str, where: str = "") -> date:
    """Read one exact day; raise NotADate if the text is imprecise or no date."""
    try:
        when = When.parse(text, where)
    except NotADate:
        raise NotADate(text, where, exact=True) from None
    if when.precision != "day":
        raise NotADate(text, where, exact=True)
    return when.first


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day that comes every year, as 30 April."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> "YearDay":
        """Read `04-30`; raise ValueError for a day that some year does not have."""
        common_year = date.fromisoformat(f"2001-{text}")
        return cls(common_year.month, common_year.day)

    def in_year(self, year: int) -> date:
        """The day in one year."""
        return date(year, self.month, self.day)

    def after(self, day: date) -> date:
        """The first such day after a day."""
        here = self.in_year(day.year)
        return here if here > day else self.in_year(day.year + 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of calendar time, as a rule states it."""

    years: int = 0
    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day that lies this long after `day`, which itself is not counted."""
        months = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, days_in(year, month))) + timedelta(days=self.days)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(year, month)[1]


def first_of_month(day: date) -> date:
    """The first day of the month in which `day` lies."""
    return day.replace(day=1)


def is_shown_once(day: date, hour: time, zone: ZoneInfo) -> bool:
    """Whether a clock of the zone shows this time exactly once on this day."""
    first, second = (datetime.combine(day, hour.replace(fold=fold), zone) for fold in (0, 1))
    there_and_back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return first.utcoffset() == second.utcoffset() and there_and_back == datetime.combine(day, hour)
