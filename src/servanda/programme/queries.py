"""Reading programmes: the tiers of a meeting, derived when asked and kept while nothing moves."""

from datetime import date
from functools import lru_cache

from servanda.convention.queries import calendar, number_of, pack
from servanda.people.permissions import PUBLIC, Seat
from servanda.programme.derivation import TierList, derive_tier, find_tier
from servanda.programme.effects import Effects, effects
from servanda.register.desk import Draft
from servanda.register.drafting import fact_of_draft, faults, register_with
from servanda.register.inbox import held
from servanda.register.queries import register


def tier(
    convention: str,
    name: str,
    meeting: str,
    known: date | None = None,
    at: int | None = None,
    seat: Seat = PUBLIC,
) -> TierList:
    """A tier of a meeting; `known` defaults to the meeting's first day."""
    number = number_of(convention)
    code = calendar(convention).meeting(meeting).code
    find_tier(pack(convention, at), name)
    return derived(convention, number, name, code, known, at, seat)


@lru_cache(maxsize=256)
def derived(
    convention: str, number: int, name: str, code: str, known: date | None, at: int | None, seat: Seat
) -> TierList:
    """The tier at a journal number; kept, for the same question has the same answer until the number moves."""
    rules, days = pack(convention, at), calendar(convention)
    meeting = days.meeting(code)
    return derive_tier(
        pack=rules,
        calendar=days,
        register=register(convention, seat),
        meeting=meeting,
        tier=find_tier(rules, name),
        known=known or meeting.start,
        at=at,
    )


def tiers(
    convention: str, meeting: str, known: date | None = None, at: int | None = None, seat: Seat = PUBLIC
) -> list[TierList]:
    """Every tier that meetings of this kind have."""
    kind = calendar(convention).meeting(meeting).kind
    names = [name for name, rule in pack(convention, at).tiers.items() if kind in rule.meetings]
    return [tier(convention, name, meeting, known, at, seat) for name in names]


def effects_of(convention: str, draft: Draft) -> Effects | None:
    """What a draft would change for its State, as the secretariat sees it; None where it makes no fact yet."""
    now_held = held(convention)
    if faults(draft, now_held):
        return None
    fact = fact_of_draft(draft, now_held, now_held.register.number + 1)
    return effects(
        pack=now_held.pack,
        calendar=calendar(convention),
        before=now_held.register,
        after=register_with(fact, now_held.register),
        state=fact.subject,
        today=now_held.today,
    )
