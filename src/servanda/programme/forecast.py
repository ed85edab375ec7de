"""How long a programme will take: when each item and sitting ends, by how many take the floor and how long they speak.

A plan, the time limits and what was observed of attendance give for every item and sitting an expectation and the
10th, 50th and 90th of a hundred. Nothing here looks at the clock, and the same question has the same answer.
"""

from dataclasses import dataclass
from datetime import datetime

from servanda.common.languages import Text
from servanda.common.wording import Sentence
from servanda.programme.plan import Sitting


@dataclass(frozen=True, slots=True)
class Minutes:
    """An uncertain length in whole minutes: what is expected, and below what it stays in 10, 50 and 90 of a hundred."""

    expected: int
    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class Ends:
    """When something ends, local to the meeting: in 10, 50 and 90 of a hundred it has ended by then."""

    p10: datetime
    p50: datetime
    p90: datetime


@dataclass(frozen=True, slots=True)
class TierForecast:
    """Who takes the floor in a tier; `invited` is None where it is open or its number is not known.

    `limit` is the time limit of one turn in seconds, `learnt_from` the meetings that the estimate rests on.
    """

    kind: str
    label: Text
    invited: int | None
    expected_speakers: float
    limit: int
    learnt_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemForecast:
    """How long an item takes in all its sittings, when it ends, and how likely a part of it is not reached."""

    item: str
    number: str | None
    title: Text
    tiers: tuple[TierForecast, ...]
    needs: Minutes
    ends: Ends
    not_reached: float


@dataclass(frozen=True, slots=True)
class SittingForecast:
    """What a sitting has and needs. `has` is what it leaves to items that flow; `needs` counts what is carried in.

    `overruns` is the chance (0 to 1) that it needs more than it has, `beyond` by how much; `goes_on` says whether
    all that would not fit has a later sitting. `sentence` says the same in words.
    """

    sitting: Sitting
    has: int
    needs: Minutes
    beyond: Minutes
    overruns: float
    goes_on: bool
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of one meeting's programme; `assumptions` are whole sentences that a page shows beside it."""

    convention: str
    code: str
    runs: int
    items: tuple[ItemForecast, ...]
    sittings: tuple[SittingForecast, ...]
    assumptions: tuple[Sentence, ...]
