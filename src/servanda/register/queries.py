"""Reading the register: made once per journal number and set of labels, then kept in memory.

Labels filter in the query itself, so that what a seat may not see is never in the value it gets.
"""

from collections import OrderedDict
from collections.abc import Set
from dataclasses import replace
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any

from servanda.common.days import When
from servanda.common.refusals import WrongUsage
from servanda.convention.checking import OPEN_END
from servanda.convention.queries import calendar, number_of, pack
from servanda.documents.queries import sources
from servanda.documents.sources import Source
from servanda.journal.carried import carried
from servanda.people.permissions import PUBLIC, Seat, labels
from servanda.register.deadlines import Membership, membership
from servanda.register.facts import Fact, Register
from servanda.register.models import Fact as FactRow
from servanda.register.status import Question

KEPT = 16
ELSEWHERE = "elsewhere"  # who entered a row that came without its author
COLUMNS = (
    "key", "number", "standing", "subject", "predicate", "value", "valid_from", "valid_to", "known_on",
    "source", "unit", "meeting", "known_by", "stance", "rank", "label", "place", "also", "note", "supersedes",
)  # fmt: skip

when = lru_cache(maxsize=4096)(When.parse)  # many facts share few days: one value each is faster, and smaller
registers: "OrderedDict[tuple[str, frozenset[str]], Register]" = OrderedDict()
lock = Lock()


class KnownAfterToday(WrongUsage):
    """Someone asks what will be known on a day that has not come."""

    def __init__(self, known: date, today: date) -> None:
        super().__init__(
            f"What is known on {known} cannot be told today.",
            f"Today is {today}, and sources of later days do not exist yet.",
            f"Ask as known on {today} or before.",
        )


def refuse_after_today(known: date | None, today: date) -> None:
    """Raise KnownAfterToday for a day that has not come at the convention's place."""
    if known is not None and known > today:
        raise KnownAfterToday(known, today)


def register(convention: str, seat: Seat = PUBLIC) -> Register:
    """The register that a seat may see, at the newest journal number."""
    number, seen = number_of(convention), labels(seat)
    key = (convention, seen)
    with lock:
        held = registers.get(key)
        if held is None or held.number != number:
            held = extended(convention, seen, number, held)
            registers[key] = held
        registers.move_to_end(key)
        while len(registers) > KEPT:
            registers.popitem(last=False)
    return held


def extended(convention: str, seen: frozenset[str], number: int, held: Register | None) -> Register:
    """A register with the rows taken in since the one held, or all rows if none is.

    Once a version of a fact is out of sight, so are the versions before it: a label put right is put right for all.
    """
    after = held.number if held and held.number < number else 0
    cited = sources(convention)
    earlier = [recited(fact, cited) for fact in held.facts] if held and after else []
    rows = FactRow.objects.filter(convention=convention, number__gt=after, number__lte=number)
    shown = rows.filter(label__in=seen).order_by("id").values_list(*COLUMNS)
    newer = [fact_of(row, cited) for row in shown]
    hidden = dict(rows.exclude(label__in=seen).order_by("number").values_list("key", "number"))
    kept = (fact for fact in earlier + newer if fact.number > hidden.get(fact.key, 0))
    return Register(convention, number, tuple(kept))


def recited(fact: Fact, cited: dict[str, Source]) -> Fact:
    """A fact with its sources as they are described now."""
    also = tuple(cited.get(source.key, source) for source in fact.also)
    return replace(fact, source=cited.get(fact.source.key, fact.source), also=also)


def fact_of(row: tuple, cited: dict[str, Source]) -> Fact:  # type: ignore[type-arg]
    """A row as a fact, its sources by value."""
    named = dict(zip(COLUMNS, row, strict=True))
    valid_to = named["valid_to"]
    return Fact(
        **named
        | {
            "valid_from": when(named["valid_from"]),
            "valid_to": None if valid_to == OPEN_END else when(valid_to),
            "known_on": when(named["known_on"]),
            "source": cited.get(named["source"]) or Source(named["source"], "own_rule"),
            "also": tuple(cited[key] for key in named["also"] if key in cited),
        }
    )


def question(convention: str, on: date, known: date, at: int | None = None, seat: Seat = PUBLIC) -> Question:
    """What statuses are asked of: the rules, the calendar and the register as known on a day."""
    number_of(convention, at)
    view = register(convention, seat).as_known(known, at)
    return Question(pack(convention, at), calendar(convention), view, on)


def facts_about(convention: str, state: str, known: date, at: int | None = None, seat: Seat = PUBLIC) -> list[Fact]:
    """The facts about a State as known on a day, in time, denials among them; leads are not facts and stay out."""
    view = register(convention, seat).as_known(known, at).firm
    subjects = [predicate for subject, predicate in view.index if subject == state]
    found = [fact for predicate in subjects for fact in view.facts(state, predicate)]
    found += [fact for (subject, _), denied in view.denials.items() if subject == state for fact in denied]
    return sorted(found, key=lambda fact: (fact.valid_from.first, fact.key))


def coverage(asked: Question) -> list[Fact]:
    """How far the register is declared complete: by obligation and predicate, all States first."""
    return sorted(asked.view.coverage.values(), key=lambda fact: (fact.unit, fact.predicate, fact.subject))


def joined(asked: Question, state: str) -> Membership:
    """Since when the convention binds a State, by facts alone."""
    return membership(asked.pack, asked.view.firm, state)


def has_signed(asked: Question, state: str) -> bool:
    """Whether a State had signed the convention by the day of the question, by facts alone."""
    predicate = asked.pack.rules.entry_into_force.signed_by
    found = asked.view.firm.facts(state, predicate) if predicate else ()
    return any(fact.has_happened_by(asked.on) for fact in found)


def give_out(convention: str, seat: Seat | None = None) -> list[dict[str, Any]]:
    """The rows of a convention as an archive carries them, in the order taken in; with a seat, those it may see.

    What a seat may see follows `extended`. Who entered and approved a row, and what it supersedes out of sight,
    stays behind.
    """
    rows = FactRow.objects.filter(convention=convention)
    found = sorted(carried(rows, "convention"), key=lambda row: (row["number"], row["key"]))
    return found if seat is None else in_sight(found, labels(seat))


def in_sight(rows: list[dict[str, Any]], seen: frozenset[str]) -> list[dict[str, Any]]:
    """Of all rows, in order, those that a seat with some labels may see, as it may see them."""
    hidden = {row["key"]: row["number"] for row in rows if row["label"] not in seen}
    shown = [row for row in rows if row["number"] > hidden.get(row["key"], 0)]
    keys = {row["key"] for row in shown}
    return [row | unsigned(row, keys) for row in shown]


def unsigned(row: dict[str, Any], keys: Set[str]) -> dict[str, str]:
    """What a row says to who sees these keys only, in place of its authors and of the row that it supersedes."""
    supersedes = row["supersedes"] if row["supersedes"] in keys else ""
    return {"entered_by": ELSEWHERE, "approved_by": "", "supersedes": supersedes}
