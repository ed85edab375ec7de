"""Reading programmes: the tiers of a meeting, derived when asked and kept while nothing moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from servanda.common.refusals import Refusal
from servanda.convention.calendar import NoFormalMeetingAhead, NotYetAnnounced
from servanda.convention.queries import calendar, number_of, pack, presenters
from servanda.convention.rules import Tier
from servanda.people.permissions import PUBLIC, SECRETARIAT, Seat, labels
from servanda.programme.backtest import Backtest
from servanda.programme.backtest import backtest as tried
from servanda.programme.changes import Changes, Comparison, DaysTheWrongWayRound, Side, coming_meetings
from servanda.programme.composing import compose, presented, template_for
from servanda.programme.derivation import Derivation, TierList, find_tier
from servanda.programme.effects import Effects, effects
from servanda.programme.forecast import RUNS, Forecast
from servanda.programme.forecast import forecast as foreseen
from servanda.programme.gaps import Gap, gaps
from servanda.programme.plan import Plan
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
    find_tier(pack(convention, at), name)
    return derivation(convention, meeting, known, at, seat).tier(name)


def tiers(
    convention: str, meeting: str, known: date | None = None, at: int | None = None, seat: Seat = PUBLIC
) -> list[TierList]:
    """Every tier that meetings of this kind have, in the order of the pack."""
    kind = calendar(convention).meeting(meeting).kind
    rules = sorted(pack(convention, at).tiers.values(), key=lambda rule: (rule.order, rule.id))
    names = [rule.id for rule in rules if kind in rule.meetings]
    found = derivation(convention, meeting, known, at, seat)
    return [found.tier(name) for name in names]


@dataclass(frozen=True, slots=True)
class Printed:
    """A tier as a programme prints it; `withheld` says why a list of names cannot be derived yet."""

    found: TierList
    withheld: Refusal | None = None


def printed_tiers(convention: str, meeting: str, known: date | None = None, at: int | None = None) -> list[Printed]:
    """What everyone may read of every tier of a meeting, in its order; a tier that prints its rule is not derived."""
    kind = calendar(convention).meeting(meeting).kind
    rules = sorted(pack(convention, at).tiers.values(), key=lambda rule: (rule.order, rule.id))
    deriving = derivation(convention, meeting, known, at)
    return [printed_tier(deriving, rule) for rule in rules if kind in rule.meetings]


def printed_tier(deriving: Derivation, rule: Tier) -> Printed:
    """One tier as a programme prints it."""
    if rule.prints == "rule":
        return Printed(deriving.blank(rule))
    try:
        return Printed(deriving.tier(rule.id))
    except (NoFormalMeetingAhead, NotYetAnnounced) as refusal:
        return Printed(deriving.blank(rule), refusal)


def derivation(
    convention: str, meeting: str, known: date | None = None, at: int | None = None, seat: Seat = PUBLIC
) -> Derivation:
    """What the tiers of a meeting are derived from; `known` defaults to its first day."""
    found = calendar(convention).meeting(meeting)
    return derivation_at(convention, number_of(convention), found.code, known or found.start, at, seat)


@lru_cache(maxsize=128)
def derivation_at(convention: str, number: int, meeting: str, known: date, at: int | None, seat: Seat) -> Derivation:
    """The same at a journal number; kept, for the same question has the same answer until the number moves."""
    days = calendar(convention)
    return Derivation(
        pack(convention, at), days, register(convention, seat), days.meeting(meeting), known, at, labels(seat)
    )


def plan(convention: str, code: str, known: date | None = None, at: int | None = None) -> Plan:
    """The programme of a meeting as everyone may read it; `known` defaults to its first day.

    Raises UnknownMeeting, NoTemplate and ImpossiblePlan. Persons are read anew with each call.
    """
    meeting = calendar(convention).meeting(code)
    composed = plan_at(convention, number_of(convention), meeting.code, known or meeting.start, at)
    rules = pack(convention, at)
    return presented(
        composed,
        pack=rules,
        template=template_for(rules, meeting),
        presenters=presenters(convention, meeting.code, at),
    )


@lru_cache(maxsize=64)
def plan_at(convention: str, number: int, meeting: str, known: date, at: int | None) -> Plan:
    """The same at a journal number, without persons: kept until the number moves, and what is erased is not kept."""
    deriving = derivation_at(convention, number, meeting, known, at, PUBLIC)
    return compose(
        pack=deriving.pack,
        calendar=deriving.calendar,
        meeting=deriving.meeting,
        template=template_for(deriving.pack, deriving.meeting),
        derivation=deriving,
        number=number if at is None else at,
        as_of=known,
    )


def forecast(
    convention: str,
    code: str,
    known: date | None = None,
    limits: Mapping[str, int] | None = None,
    runs: int = RUNS,
) -> Forecast:
    """How long the programme of a meeting will take, for the secretariat; `limits` are seconds by tier.

    Raises what `plan` raises, and NoTimeLimit, NotInTheProgramme, LimitOutOfRange and RunsOutOfRange.
    """
    meeting = calendar(convention).meeting(code)
    changed = tuple(sorted((limits or {}).items()))
    return forecast_at(convention, number_of(convention), meeting.code, known or meeting.start, changed, runs)


@lru_cache(maxsize=32)
def forecast_at(
    convention: str, number: int, meeting: str, known: date, limits: tuple[tuple[str, int], ...], runs: int
) -> Forecast:
    """The same at a journal number; kept until the number moves."""
    composed = plan_at(convention, number, meeting, known, None)
    deriving = derivation_at(convention, number, meeting, known, None, SECRETARIAT)
    return foreseen(
        plan=composed, pack=deriving.pack, sizes=sizes_of(composed, deriving), limits=dict(limits), runs=runs
    )


def sizes_of(composed: Plan, deriving: Derivation) -> dict[str, int]:
    """How many each tier invites that prints its rule; not those whose names only some may see, nor open questions."""
    sizes: dict[str, int] = {}
    for name in {tier.kind for tier in composed.tiers if tier.prints == "rule" and not tier.open_to}:
        if deriving.pack.tiers[name].names_to != "public":
            continue
        try:
            found = deriving.tier(name)
        except (NoFormalMeetingAhead, NotYetAnnounced):
            continue
        if found.named or not found.doubts:
            sizes[name] = len(found.named)
    return sizes


def backtest(convention: str, name: str, seat: Seat = SECRETARIAT) -> Backtest:
    """A tier put to the test at every meeting that has it; raise UnknownTier or NothingToCompare."""
    return backtest_at(convention, number_of(convention), name, seat)


@lru_cache(maxsize=8)
def backtest_at(convention: str, number: int, name: str, seat: Seat) -> Backtest:
    """The same at a journal number; kept until the number moves."""
    rules = pack(convention)
    return tried(
        pack=rules,
        calendar=calendar(convention),
        register=register(convention, seat),
        tier=find_tier(rules, name),
        seen=labels(seat),
    )


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


def changes_since(convention: str, number: int, day: date, seat: Seat = PUBLIC) -> Changes:
    """What the register took in after a journal number, and what differs by it about a day; raise NotThatFar."""
    head = number_of(convention)
    before = Side(pack(convention, number), number_of(convention, number), day)
    return compared(convention, before, Side(pack(convention), head, day), seat)


def changes_between(convention: str, first: date, last: date, seat: Seat = PUBLIC) -> Changes:
    """What became public after one day and until another, and what differs; raise DaysTheWrongWayRound."""
    if first >= last:
        raise DaysTheWrongWayRound(first, last)
    rules, head = pack(convention), number_of(convention)
    return compared(convention, Side(rules, head, first), Side(rules, head, last), seat)


def compared(convention: str, before: Side, after: Side, seat: Seat) -> Changes:
    """Two sides compared in the register that a seat may see."""
    return Comparison(before, after, calendar(convention), register(convention, seat), labels(seat)).changes()


def gaps_of(
    convention: str, day: date, meeting: str | None = None, seat: Seat = SECRETARIAT, language: str = "en"
) -> list[Gap]:
    """What the register does not settle on a day, by what would change in the coming lists or those of a meeting."""
    days, rules = calendar(convention), pack(convention)
    meetings = [days.meeting(meeting)] if meeting else coming_meetings(rules, days, day)
    return gaps(
        pack=rules,
        calendar=days,
        register=register(convention, seat),
        day=day,
        meetings=meetings,
        seen=labels(seat),
        language=language,
    )
