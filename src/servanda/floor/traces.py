"""What acts leave in the room beside requests and turns: sittings held, items taken, absences, departures."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A sitting as held."""

    sitting: str
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """When an item was first taken up, in which sitting it was last, and in which it was last taken up by name."""

    first_at: datetime
    sitting: str
    named_in: str


@dataclass(frozen=True, slots=True)
class Absence:
    """A call that found nobody: it moves a request like an act of the presiding officer, once, where it happened.

    `to_the_end`: of its tier, as the rules have it after so many calls; else past the next who waited.
    """

    number: int
    request: str
    to_the_end: bool


@dataclass(frozen=True, slots=True)
class Departed:
    """A departure of the presiding officer from the rules or the order, on record."""

    number: int
    kind: str
    reason: str
    by: str
    at: datetime
