"""Tiers, derived: which States a rule gives the floor, with the reason and the facts for each.

Every condition is judged twice, with and without leads. A State is named where both agree, asked
about where they differ. A fact whose only source is a programme can make a name *recorded*, never *computed*.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from servanda.common.days import Period
from servanda.common.refusals import Unknown
from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting, NotYetAnnounced
from servanda.convention.pack import Pack
from servanda.convention.rules import (
    All,
    Any_,
    Condition,
    DueBy,
    FactFor,
    FirstDay,
    Horizon,
    Open,
    Tier,
    YearEnd,
)
from servanda.register.deadlines import says
from servanda.register.explain import Step, facts_of
from servanda.register.facts import Register, View
from servanda.register.status import Question, Status, find_obligation

Basis = Literal["computed", "recorded"]


class UnknownTier(Unknown):
    """The pack has no tier of this name."""

    def __init__(self, pack: Pack, name: str) -> None:
        super().__init__(
            f"{pack.code} has no tier {name!r}.",
            "A tier is named by its id in the pack.",
            f"Known: {', '.join(pack.tiers)}.",
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A State in a tier: how it came there and why."""

    state: str
    basis: Basis
    because: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A State on which the register does not settle the question; for the secretariat."""

    state: str
    sentence: Sentence


@dataclass(frozen=True)
class TierList:
    """A tier of a meeting as known on a day, at a journal number; States in the order of their codes."""

    tier: Tier
    meeting: Meeting
    known: date
    number: int
    named: tuple[Named, ...]
    doubts: tuple[Doubt, ...]
    horizons: tuple[Sentence, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The codes of the States named."""
        return tuple(named.state for named in self.named)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of who is named, why, and as of when: the same inputs give the same digits."""
        content = [
            self.tier.id, self.meeting.convention, self.meeting.code, str(self.known),
            [[named.state, named.basis, [step.as_json("en") for step in named.because]] for named in self.named],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a condition holds for a State: yes, no, or (None) not established; and the steps that say so."""

    holds: bool | None
    because: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Bench:
    """What judges a tier: the rules, the calendar, the meeting and one view of the register."""

    pack: Pack
    calendar: Calendar
    meeting: Meeting
    view: View

    @cached_property
    def question(self) -> Question:
        """The question of status on the first day of the meeting."""
        return Question(self.pack, self.calendar, self.view, self.meeting.start)

    @cached_property
    def statuses(self) -> dict[tuple[str, str], Status]:
        """Statuses already worked out."""
        return {}

    def status(self, obligation: str, state: str) -> Status:
        """The status by this view alone."""
        key = (obligation, state)
        if key not in self.statuses:
            self.statuses[key] = self.question.status_in_view(find_obligation(self.pack, obligation), state)
        return self.statuses[key]

    def judge(self, condition: Condition, state: str) -> Judgement:
        """Whether a condition holds for a State."""
        match condition:
            case All(all=parts):
                return all_of([self.judge(part, state) for part in parts])
            case Any_(any=parts):
                return any_of([self.judge(part, state) for part in parts])
            case Open(open=obligation):
                return self.judge_open(obligation, state)
            case FactFor(fact=predicate):
                return self.judge_fact(predicate, state)
            case DueBy(due=obligation, on_or_before=horizon):
                return self.judge_due(obligation, horizon, state)

    def judge_open(self, obligation: str, state: str) -> Judgement:
        """The obligation applies to the State and is not fulfilled."""
        status = self.status(obligation, state)
        if not status.is_open or status.course is None:
            return Judgement(holds=False)
        rule = find_obligation(self.pack, obligation)
        words = N_("Article {article} applies to it, and no completion stands in the register.")
        facts = status.course.begun_by + status.course.discoveries
        return Judgement(holds=True, because=(Step(Sentence.of(words, article=rule.article), facts, rule.source),))

    def judge_fact(self, predicate: str, state: str) -> Judgement:
        """A fact of the predicate belongs to the next formal meeting."""
        ahead = self.calendar.next_formal_meeting(self.meeting)
        found = [fact for fact in self.view.facts(state, predicate) if fact.meeting == ahead.code]
        return Judgement(holds=bool(found), because=tuple(Step(says(self.pack, fact), (fact,)) for fact in found))

    def judge_due(self, obligation: str, horizon: Horizon, state: str) -> Judgement:
        """The deadline in force falls on or before the horizon; unknown where a decision may be missing."""
        status = self.status(obligation, state)
        course = status.course
        if course is None or (course.due is None and course.due_is_known):
            return Judgement(holds=False)
        if course.due is None:
            return Judgement(holds=None)
        until, _sentence = look_ahead(horizon, self.calendar, self.meeting, self.view.known)
        if course.due > until:
            return Judgement(holds=False)
        rule = find_obligation(self.pack, obligation)
        day = min(self.meeting.start, self.view.known)
        if course.due < self.meeting.start and not self.question.is_complete(rule, state, day):
            return Judgement(holds=None)
        words = N_("Its deadline, {due}, falls on or before {until}.")
        facts = course.grants[-1:] or status.steps[0].facts
        step = Step(Sentence.of(words, due=course.due, until=until), facts, rule.source)
        return Judgement(holds=True, because=(step,))


def all_of(parts: Iterable[Judgement]) -> Judgement:
    """Holds if each part does; fails if one fails; else not established."""
    parts = list(parts)
    because = tuple(step for part in parts for step in part.because)
    if any(part.holds is False for part in parts):
        return Judgement(holds=False)
    return Judgement(holds=True if all(part.holds for part in parts) else None, because=because)


def any_of(parts: Iterable[Judgement]) -> Judgement:
    """Holds if one part does; fails if each fails; else not established."""
    parts = list(parts)
    if any(part.holds for part in parts):
        return Judgement(holds=True, because=tuple(step for part in parts if part.holds for step in part.because))
    return Judgement(holds=None if any(part.holds is None for part in parts) else False)


def look_ahead(horizon: Horizon, calendar: Calendar, meeting: Meeting, known: date) -> tuple[date, Sentence]:
    """The last day a list looks to, and the sentence that tells how it was set."""
    following = calendar.next_formal_meeting(meeting)
    if following.announced_on and not following.is_announced_by(known):
        raise NotYetAnnounced(following, known)
    match horizon.is_:
        case YearEnd(years=years):
            until = date(following.start.year + years, 12, 31)
            words = N_("It looks to {until}, the end of the year that the pack counts from {next}.")
            return until, Sentence.of(words, until=until, next=following.code)
        case FirstDay(start_of="formal_meeting_after_next", add=add):
            ahead = calendar.formal_meetings_after(meeting)
            announced = len(ahead) > 1 and ahead[1].is_announced_by(known)
            if horizon.if_not_announced and not announced:
                return instead(horizon.if_not_announced.add.period, following)
            target = calendar.next_formal_meeting(following)
        case FirstDay(add=add):
            target = following
    until = add.period.after(target.start)
    return until, Sentence.of(N_("It looks to {until}, when {next} opens."), until=until, next=target.code)


def instead(period: Period, following: Meeting) -> tuple[date, Sentence]:
    """How far a list looks while the days of the meeting it should look to are not known as announced."""
    until = period.after(following.start)
    words = N_(
        "It looks to {until}, {period} after {next} opens: when the days of the formal "
        "meeting after it were announced is not in the register."
    )
    return until, Sentence.of(words, until=until, next=following.code, period=period)


def derive_tier(
    *,
    pack: Pack,
    calendar: Calendar,
    register: Register,
    meeting: Meeting,
    tier: Tier,
    known: date,
    at: int | None = None,
) -> TierList:
    """The States of a tier at a meeting, as known on a day, at a journal number.

    Raises NoFormalMeetingAhead where the rule looks further than the calendar.
    """
    view = register.as_known(known, at)
    led = Bench(pack, calendar, meeting, view)
    firm = Bench(pack, calendar, meeting, view.firm)
    named, doubts = [], []
    for state in sorted(view.subjects()):
        found = consider(tier, led, firm, state)
        if isinstance(found, Named):
            named.append(found)
        elif found:
            doubts.append(found)
    horizons = tuple(look_ahead(horizon, calendar, meeting, known)[1] for horizon in horizons_in(tier.when))
    number = register.number if at is None else at
    return TierList(tier, meeting, known, number, tuple(named), tuple(doubts), horizons)


def consider(tier: Tier, led: Bench, firm: Bench, state: str) -> Named | Doubt | None:
    """One State: named, doubtful, or not in the tier."""
    by_facts = firm.judge(tier.when, state)
    by_all = led.judge(tier.when, state) if state in led.view.led else by_facts
    if by_facts.holds and by_all.holds:
        return Named(state, "computed", under_rule(tier, reasons(by_facts, by_all)))
    if recorded := record_of(tier, firm, state):
        return Named(state, "recorded", under_rule(tier, recorded))
    if by_facts.holds is False and by_all.holds is False:
        return None
    if by_facts.holds == by_all.holds:
        return Doubt(state, Sentence.of(N_("A decision on this State may be missing from the register.")))
    return Doubt(state, Sentence.of(N_("Statements on this State that are not verified would change the answer.")))


def reasons(by_facts: Judgement, by_all: Judgement) -> tuple[Step, ...]:
    """The steps that both find; where leads would change a date, neither date is claimed."""
    agreed = [step.sentence for step in by_all.because]
    shared = tuple(step for step in by_facts.because if step.sentence in agreed)
    differing = tuple(step for step in by_facts.because if step.sentence not in agreed)
    if not differing:
        return shared
    words = N_(
        "Its deadline in force is not established, for decisions on this State are not verified; "
        "by each date in question it belongs to this list."
    )
    return (*shared, Step(Sentence.of(words), facts_of(differing), differing[0].rule))


def under_rule(tier: Tier, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps; those that rest on no article cite the rule of the tier."""
    return tuple(replace(step, rule=step.rule or tier.source) for step in steps)


def record_of(tier: Tier, bench: Bench, state: str) -> tuple[Step, ...]:
    """The recorded facts that name a State for this meeting's list."""
    return bench.judge_fact(tier.recorded_by, state).because if tier.recorded_by else ()


def horizons_in(condition: Condition) -> list[Horizon]:
    """The horizons that a rule looks to."""
    match condition:
        case All(all=parts) | Any_(any=parts):
            return [horizon for part in parts for horizon in horizons_in(part)]
        case DueBy(on_or_before=horizon):
            return [horizon]
    return []


def find_tier(pack: Pack, name: str) -> Tier:
    """The tier of an id; raise UnknownTier if the pack has none."""
    if name not in pack.tiers:
        raise UnknownTier(pack, name)
    return pack.tiers[name]


def tier_as_json(found: TierList, language: str = "en") -> dict[str, object]:
    """A tier for audit and exchange: `servanda-tier/1`."""
    return {
        "format": "servanda-tier/1",
        "tier": found.tier.id,
        "convention": found.meeting.convention,
        "meeting": found.meeting.code,
        "known": found.known.isoformat(),
        "number": found.number,
        "states": list(found.states),
        "basis": {named.state: named.basis for named in found.named},
        "because": {named.state: [step.as_json(language) for step in named.because] for named in found.named},
        "horizons": [sentence.said_in(language) for sentence in found.horizons],
        "not_established": [doubt.state for doubt in found.doubts],
        "rule": {"document": found.tier.source.document, "place": found.tier.source.place},
        "digest": found.digest,
    }
