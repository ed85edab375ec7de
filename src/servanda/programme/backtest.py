"""A list put to the test: what it would have said on the first day of each meeting, and what then came of it.

What came of it are requests to the meeting that decides, and its decisions, granted or not. The numbers
say how well the rule foresees; they say nothing of a State.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from servanda.common.refusals import Refusal
from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting, NoFormalMeetingAhead, NotYetAnnounced
from servanda.convention.pack import Pack
from servanda.convention.rules import All, Any_, Condition, DueBy, FactFor, Not, Obligation, Tier, YearEnd
from servanda.programme.derivation import Derivation, TierList
from servanda.programme.hindsight import Hindsight
from servanda.register.explain import Step
from servanda.register.facts import ANY_STATE, Register, View
from servanda.register.status import find_obligation

FORMAT = "servanda-backtest/1"


class NothingToCompare(Refusal):
    """A tier does not foresee requests for extension, so nothing that happened could prove it."""

    def __init__(self, pack: Pack, tier: Tier) -> None:
        fitting = [name for name, each in pack.tiers.items() if foreseen_by(pack, each)]
        super().__init__(
            f"The list {tier.id} of {pack.code} cannot be put to the test.",
            "Its rule has no `due:` condition on a deadline that decisions extend: nothing in the register answers it.",
            f"Name a list that has one: {', '.join(fitting) or 'this pack has none'}.",
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """A State on which the list and what came of it differ, with the reasons; none means not explained."""

    state: str
    named: bool
    because: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """How often the rule was right, over one or many meetings; what is not verified counts apart.

    Where the facts are incomplete there are no shares: what came is not established.
    """

    hits: int
    missed: int
    extra: int
    unverified: int
    left_open: int
    is_complete: bool = True

    @property
    def precision(self) -> float | None:
        """The share of the names of which something came."""
        return share(self.hits, self.hits + self.extra) if self.is_complete else None

    @property
    def recall(self) -> float | None:
        """The share of what came that the list had named."""
        return share(self.hits, self.hits + self.missed) if self.is_complete else None


@dataclass(frozen=True)
class Trial:
    """One meeting: the list as known on its first day beside what came of it at the meeting that decides.

    `is_complete`: the register is declared to hold, for all States, what that meeting decided.
    """

    found: TierList
    deciding: Meeting
    is_complete: bool
    hits: tuple[str, ...]
    missed: tuple[Outcome, ...]
    extra: tuple[Outcome, ...]
    unverified: tuple[Outcome, ...]

    @property
    def meeting(self) -> Meeting:
        """The meeting whose list it is."""
        return self.found.meeting

    @property
    def sums(self) -> Sums:
        """Its numbers."""
        return Sums(
            hits=len(self.hits),
            missed=len(self.missed),
            extra=len(self.extra),
            unverified=len(self.unverified),
            left_open=len(self.found.doubts),
            is_complete=self.is_complete,
        )


@dataclass(frozen=True)
class Backtest:
    """A list put to the test at every meeting that has it; `left_out` are those where it cannot be derived, and why."""

    tier: Tier
    convention: str
    number: int
    trials: tuple[Trial, ...]
    left_out: tuple[tuple[Meeting, Refusal], ...]

    @property
    def sums(self) -> Sums:
        """The numbers over all meetings on which the register is complete."""
        counted = [trial.sums for trial in self.trials if trial.is_complete]
        names = ("hits", "missed", "extra", "unverified", "left_open")
        return Sums(**{name: sum(getattr(each, name) for each in counted) for name in names})


@dataclass(frozen=True)
class Foresight:
    """What a list foresees: the obligation whose deadline it looks at, and how far; at which meeting it is answered."""

    obligation: Obligation
    due: DueBy
    at_this_meeting: bool

    def deciding(self, calendar: Calendar, meeting: Meeting) -> Meeting:
        """The meeting whose requests and decisions answer the list; raise NoFormalMeetingAhead."""
        return meeting if self.at_this_meeting else calendar.next_formal_meeting(meeting)


def backtest(
    *, pack: Pack, calendar: Calendar, register: Register, tier: Tier, seen: frozenset[str], at: int | None = None
) -> Backtest:
    """Put a tier to the test at every meeting of its kinds; raise NothingToCompare if it foresees no request."""
    foresight = foreseen_by(pack, tier)
    if foresight is None:
        raise NothingToCompare(pack, tier)
    trials: list[Trial] = []
    left_out: list[tuple[Meeting, Refusal]] = []
    for meeting in calendar.meetings.values():
        if meeting.kind not in tier.meetings:
            continue
        derivation = Derivation(pack, calendar, register, meeting, meeting.start, at, seen)
        try:
            trials.append(try_at(derivation, tier, foresight))
        except (NoFormalMeetingAhead, NotYetAnnounced) as refusal:
            left_out.append((meeting, refusal))
    return Backtest(tier, pack.code, register.number if at is None else at, tuple(trials), tuple(left_out))


def foreseen_by(pack: Pack, tier: Tier) -> Foresight | None:
    """What a tier foresees, if its rule looks to a deadline that decisions extend."""
    parts = list(parts_of(tier.when))
    for due in (part for part in parts if isinstance(part, DueBy)):
        obligation = find_obligation(pack, due.due)
        if obligation.extension:
            return Foresight(obligation, due, is_answered_here(parts, obligation, due))
    return None


def parts_of(condition: Condition | None) -> Iterator[Condition]:
    """The conditions of which a rule is made; what it excludes is none of them."""
    match condition:
        case All(all=parts) | Any_(any=parts):
            for part in parts:
                yield from parts_of(part)
        case None | Not():
            return
        case _:
            yield condition


def is_answered_here(parts: Sequence[Condition], obligation: Obligation, due: DueBy) -> bool:
    """Whether the rule speaks of requests to the meeting itself, or counts its horizon from it."""
    requested = obligation.extension.requested_by if obligation.extension else ""
    for part in parts:
        if isinstance(part, FactFor) and part.fact == requested and part.meeting:
            return part.meeting == "this_meeting"
    looks_to = due.on_or_before.is_
    return isinstance(looks_to, YearEnd) and looks_to.end_of_year_after == "this_meeting"


def try_at(derivation: Derivation, tier: Tier, foresight: Foresight) -> Trial:
    """The list of one meeting beside what came of it."""
    deciding = foresight.deciding(derivation.calendar, derivation.meeting)
    found = derivation.derive(tier)
    held = derivation.register.as_known(date.max, derivation.at)
    rule, horizon = foresight.obligation, foresight.due.on_or_before
    hindsight = Hindsight(derivation, rule, horizon, deciding, held)
    came = [state for state in derivation.pack.states if hindsight.acts_here(state)]
    said = [state for state in derivation.pack.states if state not in came and hindsight.acts_here(state, held)]
    doubts = {doubt.state: doubt for doubt in found.doubts}
    named = set(found.states)
    return Trial(
        found,
        deciding,
        is_complete=covers(held, rule, deciding),
        hits=tuple(state for state in came if state in named),
        missed=tuple(
            Outcome(state, named=False, because=hindsight.why_missed(state, doubts.get(state)))
            for state in came
            if state not in named
        ),
        extra=tuple(
            Outcome(state, named=True, because=hindsight.why_extra(state))
            for state in found.states
            if state not in came and state not in said
        ),
        unverified=tuple(
            Outcome(state, state in named, (only_said(hindsight, state, held),)) for state in said
        ),
    )  # fmt: skip


def covers(view: View, obligation: Obligation, deciding: Meeting) -> bool:
    """Whether the register is declared to hold, for all States, the decisions of a meeting."""
    granted_by = obligation.extension.granted_by if obligation.extension else ""
    return view.is_complete(obligation.id, ANY_STATE, granted_by, deciding.end)


def only_said(hindsight: Hindsight, state: str, held: View) -> Step:
    """That only sources which are not verified tell of a request or decision."""
    words = N_("Only statements that are not verified tell of a request to {meeting} or of its decision.")
    return Step(Sentence.of(words, meeting=hindsight.deciding.code), hindsight.acts_here(state, held))


def share(part: int, whole: int) -> float | None:
    """A part of a whole; none where there is no whole."""
    return round(part / whole, 3) if whole else None


def backtest_as_json(found: Backtest, language: str = "en") -> dict[str, object]:
    """A backtest for audit and exchange: `servanda-backtest/1`."""
    return {
        "format": FORMAT,
        "convention": found.convention,
        "tier": found.tier.id,
        "number": found.number,
        "totals": sums_as_json(found.sums),
        "meetings": [trial_as_json(trial, language) for trial in found.trials],
        "left_out": {meeting.code: str(refusal) for meeting, refusal in found.left_out},
    }


def trial_as_json(trial: Trial, language: str) -> dict[str, object]:
    """One meeting of a backtest."""
    differing = {"missed": trial.missed, "extra": trial.extra, "unverified": trial.unverified}
    return {
        "meeting": trial.meeting.code,
        "known": trial.found.known.isoformat(),
        "days_verified": trial.meeting.verified,
        "decided_at": trial.deciding.code,
        "facts_complete": trial.is_complete,
        **sums_as_json(trial.sums),
        "named": list(trial.found.states),
        "hit": list(trial.hits),
        **{
            f"{name}_because": {each.state: [step.as_json(language) for step in each.because] for each in outcomes}
            for name, outcomes in differing.items()
        },
        "not_established": {doubt.state: doubt.sentence.said_in(language) for doubt in trial.found.doubts},
    }


def sums_as_json(sums: Sums) -> dict[str, object]:
    """The numbers of a backtest."""
    return {
        "hits": sums.hits,
        "missed": sums.missed,
        "extra": sums.extra,
        "unverified": sums.unverified,
        "left_open": sums.left_open,
        "precision": sums.precision,
        "recall": sums.recall,
    }
