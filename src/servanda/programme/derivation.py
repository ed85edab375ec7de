"""Tiers, derived: which States a rule gives the floor, with the reason and the facts for each.

Every condition is judged twice, with and without leads. A State is named where both agree, asked
about where they differ. A name that rests on the programme of the meeting itself is *recorded*, never *computed*.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from servanda.common.refusals import Unknown
from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.pack import Pack
from servanda.convention.rules import All, Any_, Condition, DueBy, Horizon, Not, Tier
from servanda.people.permissions import PUBLIC_LABEL
from servanda.programme.judging import NO, Bench, Judgement, look_ahead
from servanda.register.explain import Step, facts_of
from servanda.register.facts import Register, View

Basis = Literal["computed", "recorded"]
PUBLIC_ONLY = frozenset({PUBLIC_LABEL})
# What of a tier's JSON tells who is in it.
NAMING = frozenset({"states", "basis", "because", "horizons", "not_established", "questions", "note", "digest"})


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
    named: tuple[Named, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    horizons: tuple[Sentence, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """The codes of the States named."""
        return tuple(named.state for named in self.named)

    @property
    def note(self) -> Sentence | None:
        """What an empty list does not say."""
        if self.named or not (self.tier.when or self.tier.recorded_by):
            return None
        words = N_(
            "Not established: the register names no State for this list as known on that day. "
            "This does not say that there is none."
        )
        return Sentence.of(words)

    @cached_property
    def as_printed(self) -> "TierList":
        """What a programme shows of it: where the rule is printed, nobody by name, as if nobody were in it."""
        return self if self.tier.prints == "names" else TierList(self.tier, self.meeting, self.known, self.number)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of who is named, why, and as of when: the same inputs give the same digits."""
        content = [
            self.tier.id, self.meeting.convention, self.meeting.code, str(self.known),
            [[named.state, named.basis, [step.as_json("en") for step in named.because]] for named in self.named],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Derivation:
    """All that the tiers of one meeting are derived from, as known on a day, for who sees rows of these labels."""

    pack: Pack
    calendar: Calendar
    register: Register
    meeting: Meeting
    known: date
    at: int | None = None
    seen: frozenset[str] = PUBLIC_ONLY

    @cached_property
    def led(self) -> Bench:
        """What judges with leads."""
        return self.bench(self.register.as_known(self.known, self.at))

    @cached_property
    def firm(self) -> Bench:
        """What judges by facts alone."""
        return self.bench(self.led.view.firm)

    @cached_property
    def apart(self) -> Bench:
        """What judges by facts that do not rest on the programme of the meeting alone."""
        return self.bench(self.firm.view.apart_from_programme_of(self.meeting.code))

    @cached_property
    def named_by_programme(self) -> frozenset[str]:
        """The States for which that makes a difference."""
        return self.firm.view.named_by_programme_of(self.meeting.code)

    @cached_property
    def derived(self) -> dict[str, TierList]:
        """Tiers derived already."""
        return {}

    def bench(self, view: View) -> Bench:
        """What judges by one view."""
        return Bench(self.pack, self.calendar, self.meeting, view)

    def tier(self, name: str) -> TierList:
        """The tier of an id; raises UnknownTier, and NoFormalMeetingAhead where its rule outlooks the calendar."""
        if name not in self.derived:
            self.derived[name] = self.derive(find_tier(self.pack, name))
        return self.derived[name]

    def blank(self, tier: Tier) -> TierList:
        """A tier as if nobody were in it."""
        return TierList(tier, self.meeting, self.known, self.register.number if self.at is None else self.at)

    def derive(self, tier: Tier) -> TierList:
        """Everybody in a tier. Whoever may not see its names gets the tier as if nobody were in it."""
        blank = self.blank(tier)
        if tier.names_to not in self.seen:
            return blank
        is_derived = tier.when or tier.recorded_by
        found = [self.consider(tier, state) for state in self.pack.states] if is_derived else []
        return replace(
            blank,
            named=tuple(each for each in found if isinstance(each, Named)),
            doubts=tuple(each for each in found if isinstance(each, Doubt)),
            horizons=tuple(
                look_ahead(horizon, self.calendar, self.meeting, self.known)[1] for horizon in horizons_in(tier.when)
            ),
        )

    def consider(self, tier: Tier, state: str) -> Named | Doubt | None:
        """One State: named, doubtful, or not in the tier; who is in a tier that comes first is not in this."""
        found = self.by_rule(tier, state)
        if found is None or not tier.after:
            return found
        before = [self.tier(name) for name in tier.after]
        if any(state in each.states for each in before):
            return None
        if any(state == doubt.state for each in before for doubt in each.doubts):
            return Doubt(state, Sentence.of(N_("It may belong to another list of this meeting, which comes first.")))
        return found

    def by_rule(self, tier: Tier, state: str) -> Named | Doubt | None:
        """One State by the tier's own rule and records."""
        by_facts = self.firm.judge(tier.when, state) if tier.when else NO
        by_all = self.led.judge(tier.when, state) if tier.when and state in self.led.view.led else by_facts
        if by_facts.holds and by_all.holds:
            return Named(state, self.basis(tier, state), under_rule(tier, reasons(by_facts, by_all)))
        if recorded := self.record_of(tier, state):
            return Named(state, "recorded", under_rule(tier, recorded))
        if by_facts.holds is False and by_all.holds is False:
            return None
        return Doubt(state, question_of(by_facts, by_all))

    def basis(self, tier: Tier, state: str) -> Basis:
        """Computed, unless the rule would not hold without what the meeting's own programme says."""
        if tier.when is None or state not in self.named_by_programme:
            return "computed"
        return "computed" if self.apart.judge(tier.when, state).holds else "recorded"

    def record_of(self, tier: Tier, state: str) -> tuple[Step, ...]:
        """The recorded facts that name a State for the list."""
        return self.firm.judge_fact(tier.recorded_by, state).because if tier.recorded_by else ()


def derive_tier(
    *,
    pack: Pack,
    calendar: Calendar,
    register: Register,
    meeting: Meeting,
    tier: Tier,
    known: date,
    at: int | None = None,
    seen: frozenset[str] = PUBLIC_ONLY,
) -> TierList:
    """The States of a tier at a meeting, as known on a day, at a journal number.

    Raises NoFormalMeetingAhead where the rule looks further than the calendar.
    """
    return Derivation(pack, calendar, register, meeting, known, at, seen).derive(tier)


def question_of(by_facts: Judgement, by_all: Judgement) -> Sentence:
    """What the secretariat would have to settle."""
    if by_facts.holds != by_all.holds:
        return Sentence.of(N_("Statements on this State that are not verified would change the answer."))
    return by_facts.asks or Sentence.of(N_("A decision on this State may be missing from the register."))


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


def horizons_in(condition: Condition | None) -> list[Horizon]:
    """The horizons that a rule looks to."""
    match condition:
        case All(all=parts) | Any_(any=parts):
            return [horizon for part in parts for horizon in horizons_in(part)]
        case Not(not_=part):
            return horizons_in(part)
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
        "prints": found.tier.prints,
        "open_to": list(found.tier.open_to),
        "states": list(found.states),
        "basis": {named.state: named.basis for named in found.named},
        "because": {named.state: [step.as_json(language) for step in named.because] for named in found.named},
        "horizons": [sentence.said_in(language) for sentence in found.horizons],
        "not_established": [doubt.state for doubt in found.doubts],
        "questions": {doubt.state: doubt.sentence.said_in(language) for doubt in found.doubts},
        "rule": {"document": found.tier.source.document, "place": found.tier.source.place},
        "note": found.note.said_in(language) if found.note else None,
        "digest": found.digest,
    }


def printed_as_json(found: TierList, language: str = "en") -> dict[str, object]:
    """A tier as a programme prints it, for everyone: where that is the rule, nothing that depends on who is in it."""
    content = tier_as_json(found.as_printed, language)
    return content if found.tier.prints == "names" else {name: content[name] for name in content if name not in NAMING}
