"""What one more fact would change, before it is saved: the statuses of its State, and its place in lists to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting, NoFormalMeetingAhead, NotYetAnnounced
from servanda.convention.pack import Pack
from servanda.convention.rules import Obligation, Tier
from servanda.people.permissions import SECRETARIAT, labels
from servanda.programme.derivation import Derivation
from servanda.register.facts import Register
from servanda.register.status import Question, Status

PLACES = {
    "computed": N_("in the list, computed from the register"),
    "recorded": N_("in the list, recorded from a source"),
    "not established": N_("not established"),
    "absent": N_("not in the list"),
    "not derived": N_("the list cannot be derived"),
}


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A status of the State before and after the fact."""

    obligation: Obligation
    before: Status
    after: Status

    @property
    def is_change(self) -> bool:
        """Whether the two differ in word, date or sentence."""
        return said(self.before) != said(self.after)


@dataclass(frozen=True, slots=True)
class TierChange:
    """Where the State stands in a list of a meeting before and after the fact, as known on a day."""

    tier: Tier
    meeting: Meeting
    known: date
    before: str
    after: str

    @property
    def is_change(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Effects:
    """All that was looked at: every obligation, and every list of the meetings next and last."""

    statuses: tuple[StatusChange, ...]
    tiers: tuple[TierChange, ...]

    @property
    def changed_statuses(self) -> tuple[StatusChange, ...]:
        """The statuses that the fact changes."""
        return tuple(change for change in self.statuses if change.is_change)

    @property
    def changed_tiers(self) -> tuple[TierChange, ...]:
        """The lists that the fact changes."""
        return tuple(change for change in self.tiers if change.is_change)

    @property
    def is_none(self) -> bool:
        """Whether nothing that was looked at changes."""
        return not self.changed_statuses and not self.changed_tiers


def said(status: Status) -> tuple[object, ...]:
    """What a reader is told of a status."""
    return (status.word, status.due, status.sentence, status.caution, status.missed)


def effects(*, pack: Pack, calendar: Calendar, before: Register, after: Register, state: str, today: date) -> Effects:
    """What the later register changes for a State, about today and as known today."""
    asked = [Question(pack, calendar, register.as_known(today), today) for register in (before, after)]
    statuses = tuple(
        StatusChange(obligation, *(question.status(obligation.id, state) for question in asked))
        for obligation in pack.obligations.values()
    )
    tiers = (
        change
        for meeting in meetings_looked_at(pack, calendar, today)
        for change in tier_changes(pack, calendar, (before, after), meeting, min(meeting.start, today), state)
    )
    return Effects(statuses, tuple(tiers))


def tier_changes(
    pack: Pack, calendar: Calendar, registers: tuple[Register, Register], meeting: Meeting, known: date, state: str
) -> Iterator[TierChange]:
    """Where a State stands in each list of a meeting by one register and by the other."""
    seen = labels(SECRETARIAT)
    derivations = [Derivation(pack, calendar, each, meeting, known, None, seen) for each in registers]
    for tier in pack.tiers.values():
        if meeting.kind in tier.meetings:
            before, after = (place_in(derivation, tier, state) for derivation in derivations)
            yield TierChange(tier, meeting, known, before, after)


def meetings_looked_at(pack: Pack, calendar: Calendar, today: date) -> Iterator[Meeting]:
    """Of the meetings that have lists of States: the last one held, and the next."""
    kinds = {kind for tier in pack.tiers.values() for kind in tier.meetings}
    having = [meeting for meeting in calendar.meetings.values() if meeting.kind in kinds]
    yield from [meeting for meeting in having if meeting.start <= today][-1:]
    yield from [meeting for meeting in having if meeting.start > today][:1]


def place_in(derivation: Derivation, tier: Tier, state: str) -> str:
    """Where a State stands in one list: a word of PLACES."""
    try:
        found = derivation.tier(tier.id)
    except (NoFormalMeetingAhead, NotYetAnnounced):
        return "not derived"
    for named in found.named:
        if named.state == state:
            return named.basis
    return "not established" if any(doubt.state == state for doubt in found.doubts) else "absent"


def place_sentence(place: str) -> Sentence:
    """A word of PLACES as a sentence in the reader's language."""
    return Sentence.of(PLACES[place])
