"""Reading conventions: the rules as loaded, and the calendar.

The rules of a pack stand by value in the journal entry of its load, so that they can be read as
they were at any number.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from servanda.common.days import When
from servanda.common.refusals import Refusal, Unknown
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.models import Meeting as MeetingRow
from servanda.convention.pack import Pack, parse_rules
from servanda.convention.presenters import PRESENTERS, PresenterRow, parse_presenters
from servanda.journal.carried import carried
from servanda.journal.kinds import Body, Kind, declare
from servanda.journal.queries import head, heads, latest, personal_texts

LOADED = declare(Kind("pack-loaded")).name


class UnknownConvention(Unknown):
    """No convention of this name is loaded."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"There is no convention {name!r} in the register.",
            f"Loaded: {', '.join(known) or 'none'}.",
            "Name one of these, or load its pack: servanda load apmbc",
        )


class NotThatFar(Refusal):
    """The journal has no such number."""

    status = 400
    exit_code = 2

    def __init__(self, convention: str, number: int, head: int) -> None:
        super().__init__(
            f"The journal of {convention} has no number {number}.",
            f"It goes from 1 to {head}.",
            "Ask at one of these numbers, or leave it out for the newest.",
        )


def conventions() -> list[str]:
    """The conventions loaded, by name."""
    return sorted(name for name in heads() if "/" not in name)


def number_of(convention: str, at: int | None = None) -> int:
    """The newest journal number of a convention, or `at` if it is one; raise UnknownConvention or NotThatFar."""
    newest = head(convention)
    if newest == 0:
        raise UnknownConvention(convention, conventions())
    if at is not None and not 1 <= at <= newest:
        raise NotThatFar(convention, at, newest)
    return newest if at is None else at


def pack(convention: str, at: int | None = None) -> Pack:
    """The rules of a convention as loaded at a journal number, by default the newest."""
    return pack_at(convention, number_of(convention, at))


@lru_cache(maxsize=64)
def pack_at(convention: str, number: int) -> Pack:
    """The rules at a number; kept, for what the journal says at a number never changes."""
    entry = latest(convention, kind=LOADED, until=number)
    if entry is None:
        raise UnknownConvention(convention, conventions())
    return parse_rules(entry.body["rules"])


def presenters(convention: str, meeting: str | None = None, at: int | None = None) -> list[PresenterRow]:
    """Who presents at one meeting or all, as loaded at a journal number; nobody whose names were erased.

    Not kept in memory: what is erased must be gone with the next question.
    """
    number = number_of(convention, at)
    entry = latest(convention, kind=LOADED, until=number)
    texts = personal_texts(convention, entry.number) if entry else {}
    rows = parse_presenters(texts[PRESENTERS]) if PRESENTERS in texts else iter(())
    return [row for row in rows if meeting in (None, row.meeting)]


def calendar(convention: str) -> Calendar:
    """The meetings of a convention, as they stand."""
    return calendar_at(convention, number_of(convention))


@lru_cache(maxsize=16)
def calendar_at(convention: str, number: int) -> Calendar:
    """The meetings at the newest number; kept until an entry is written."""
    rules = pack_at(convention, number)
    rows = MeetingRow.objects.filter(convention=convention)
    return Calendar.of(convention, (meeting_of(row, rules) for row in rows))


def meeting_of(row: MeetingRow, rules: Pack) -> Meeting:
    """A row as the value that rules use, with what the pack says of its kind and of its title."""
    return Meeting(
        convention=row.convention,
        code=row.code,
        kind=row.kind,
        formal=rules.rules.meeting_kinds[row.kind].formal,
        start=row.start,
        end=row.end,
        city=row.city,
        timezone=row.timezone,
        venue=row.venue,
        room=row.room,
        president=row.president,
        announced_on=When.parse(row.announced_on) if row.announced_on else None,
        source=row.source,
        verified=row.verified,
        note=row.note,
        title=rules.meeting_title(row.code, row.kind),
    )


def meeting_exists(convention: str, code: str) -> bool:
    """Whether the calendar holds a meeting of exactly this code."""
    return MeetingRow.objects.filter(convention=convention, code=code).exists()


def give_out(convention: str) -> Iterator[dict[str, Any]]:
    """Every meeting of a convention as an archive carries it, by code."""
    rows = MeetingRow.objects.filter(convention=convention)
    yield from sorted(carried(rows, "convention"), key=lambda row: str(row["code"]))


def load_in_sight(body: Body, named: Mapping[str, list[str]]) -> Body:
    """What the entry of a load says to a seat for which it added, changed and withdrew these rows only.

    No digest: with the rest of a pack at hand, it would confirm a guess of what is hidden.
    """
    counts = {name: len(keys) for name, keys in named.items()}
    lists = {name: named[name] for name in ("changed", "withdrawn")}
    return {"version": body["version"], "digest": "", "rules": body["rules"], "counts": counts, **lists}
