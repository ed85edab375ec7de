"""What changed, in facts, in statuses and in the lists of the coming meetings: since a number, or between two days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from servanda.common.refusals import WrongUsage
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.pack import Pack
from servanda.convention.rules import Tier
from servanda.people.permissions import SECRETARIAT_LABEL
from servanda.programme.derivation import Derivation
from servanda.programme.effects import place_in
from servanda.register.changes import FactChange, StatusChange, fact_changes, status_changes
from servanda.register.facts import Register
from servanda.register.status import Question


class DaysTheWrongWayRound(WrongUsage):
    """The first of two days is not before the second."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            f"Between {first} and {last} nothing can change.",
            "What changed is told from an earlier day to a later one.",
            "Ask from the earlier day to the later.",
        )


class OneOfTwo(WrongUsage):
    """Someone asks since a number and between days at once, or neither."""

    def __init__(self) -> None:
        super().__init__(
            "What changed is asked in one of two ways.",
            "Since a journal number tells what this register took in; from a day to a day what became public.",
            "Give since, or from (and to, if it is not today).",
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things compared: the rules and the register at a number, about a day, as known on it."""

    pack: Pack
    number: int
    day: date


@dataclass(frozen=True, slots=True)
class Moved:
    """A State that stands in a list of a meeting on one side otherwise than on the other; places by their words."""

    tier: Tier
    meeting: Meeting
    state: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """All that differs between two sides, for who sees rows of these labels."""

    before: Side
    after: Side
    facts: tuple[FactChange, ...]
    statuses: tuple[StatusChange, ...]
    moved: tuple[Moved, ...]

    @property
    def rules_changed(self) -> bool:
        """Whether the rules of the pack differ too."""
        return self.before.pack.texts != self.after.pack.texts

    @property
    def is_none(self) -> bool:
        """Whether nothing that this seat may see differs."""
        return not (self.facts or self.statuses or self.moved or self.rules_changed)


@dataclass(frozen=True)
class Comparison:
    """What two sides are compared in: the calendar, and the register for who sees rows of these labels."""

    before: Side
    after: Side
    calendar: Calendar
    register: Register
    seen: frozenset[str]

    @property
    def is_internal(self) -> bool:
        """Whether leads, doubts and names behind a printed rule are shown."""
        return SECRETARIAT_LABEL in self.seen

    def changes(self) -> Changes:
        """All that differs."""
        views = [self.register.as_known(side.day, side.number) for side in (self.before, self.after)]
        before, after = (
            Question(side.pack, self.calendar, view, side.day)
            for side, view in zip((self.before, self.after), views, strict=True)
        )
        return Changes(
            self.before,
            self.after,
            fact_changes(*views, leads=self.is_internal),
            tuple(status_changes(before, after, self.after.pack.states)),
            tuple(self.moved()),
        )

    def moved(self) -> Iterator[Moved]:
        """Who stands otherwise in the lists of the coming meetings, as known on each day but never after they open."""
        for meeting in coming_meetings(self.after.pack, self.calendar, self.after.day):
            days = [min(side.day, meeting.start) for side in (self.before, self.after)]
            if days[0] == days[1] and self.before.number == self.after.number:
                continue
            derivations = [
                Derivation(side.pack, self.calendar, self.register, meeting, day, side.number, self.seen)
                for side, day in zip((self.before, self.after), days, strict=True)
            ]
            for tier in self.tiers_of(meeting):
                yield from self.moved_in(tier, *derivations)

    def tiers_of(self, meeting: Meeting) -> list[Tier]:
        """The lists of a meeting that both sides know and this seat may read by name."""
        found = [tier for name, tier in self.after.pack.tiers.items() if name in self.before.pack.tiers]
        named = [tier for tier in found if self.is_internal or tier.prints == "names"]
        return [tier for tier in named if meeting.kind in tier.meetings and tier.names_to in self.seen]

    def moved_in(self, tier: Tier, before: Derivation, after: Derivation) -> Iterator[Moved]:
        """Who stands otherwise in one list."""
        for state in after.pack.states:
            places = [self.shown(place_in(side, tier, state)) for side in (before, after)]
            if places[0] != places[1]:
                yield Moved(tier, after.meeting, state, *places)

    def shown(self, place: str) -> str:
        """A place as this seat may read it: what is not established is not named, and asked about elsewhere."""
        return "absent" if place == "not established" and not self.is_internal else place


def coming_meetings(pack: Pack, calendar: Calendar, day: date) -> list[Meeting]:
    """Of each kind that has lists the next meeting, or the latest where none is ahead; in time."""
    kinds = {kind for tier in pack.tiers.values() for kind in tier.meetings}
    chosen = []
    for kind in kinds:
        meetings = [meeting for meeting in calendar.meetings.values() if meeting.kind == kind]
        ahead = [meeting for meeting in meetings if meeting.end >= day]
        chosen += ahead[:1] or meetings[-1:]
    return sorted(chosen, key=lambda meeting: (meeting.start, meeting.code))
