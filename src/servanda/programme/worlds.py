"""What if: where one State would stand, in statuses and in lists, were its facts others than they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from servanda.common.names import Names
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.pack import Pack
from servanda.convention.rules import Tier
from servanda.programme.derivation import Derivation
from servanda.programme.effects import place_in
from servanda.register.changes import told
from servanda.register.facts import ANY_STATE, Fact, Register, View
from servanda.register.status import Question, Status

# A list of a meeting (`meeting`, `tier`), or the status of an obligation (`""`, `obligation`).
Matter = tuple[str, str]


@dataclass(frozen=True)
class World:
    """One State by one set of facts: its statuses on the day, and its place in each list."""

    pack: Pack
    calendar: Calendar
    register: Register
    day: date
    meetings: tuple[Meeting, ...]
    state: str
    seen: frozenset[str]

    @cached_property
    def view(self) -> View:
        """The register as known on the day."""
        return self.register.as_known(self.day)

    @cached_property
    def question(self) -> Question:
        """What its statuses are asked of."""
        return Question(self.pack, self.calendar, self.view, self.day)

    @cached_property
    def derivations(self) -> tuple[Derivation, ...]:
        """What its places are derived from: each meeting as known on the day, but never after it opens."""
        return tuple(
            Derivation(
                self.pack, self.calendar, self.register, meeting, min(self.day, meeting.start), None, self.seen
            )
            for meeting in self.meetings
        )  # fmt: skip

    @cached_property
    def statuses(self) -> Mapping[str, Status]:
        """Its status under each obligation."""
        return {name: self.question.status(name, self.state) for name in self.pack.obligations}

    @cached_property
    def places(self) -> Mapping[Matter, str]:
        """Where it stands in each list of each meeting, by the words of `effects`."""
        return {
            (derivation.meeting.code, tier.id): place_in(derivation, tier, self.state)
            for derivation in self.derivations
            for tier in tiers_of(self.pack, derivation.meeting)
        }

    @cached_property
    def answers(self) -> Mapping[Matter, object]:
        """All of it."""
        return {**self.places, **{("", name): told(status) for name, status in self.statuses.items()}}

    def differing(self, *others: "World") -> frozenset[Matter]:
        """The matters of which any of these worlds tells otherwise."""
        return frozenset(
            matter
            for matter, answer in self.answers.items()
            if any(other.answers[matter] != answer for other in others)
        )

    def having(self, *facts: Fact, without: Iterable[Fact] = ()) -> "World":
        """The same State with these facts, in place of those of the same key, and without others."""
        gone = {fact.key for fact in (*facts, *without)}
        kept = tuple(fact for fact in self.register.facts if fact.key not in gone)
        return replace(self, register=replace(self.register, facts=(*kept, *facts)))


def tiers_of(pack: Pack, meeting: Meeting) -> list[Tier]:
    """The lists of a meeting of which States can be derived."""
    return [tier for tier in pack.tiers.values() if meeting.kind in tier.meetings and not tier.open_to]


def world_of(
    pack: Pack,
    calendar: Calendar,
    register: Register,
    day: date,
    meetings: Iterable[Meeting],
    state: str,
    seen: frozenset[str],
) -> World:
    """The world as it is, narrowed to one State: what concerns the others cannot change its answers."""
    newest = (versions[-1] for versions in register.versions.values())
    about = tuple(fact for fact in newest if fact.subject in (state, ANY_STATE))
    narrowed = replace(pack, names=Names.of([pack.names.states[state]]))
    return World(narrowed, calendar, replace(register, facts=about), day, tuple(meetings), state, seen)
