"""Facts and the register that holds them: one immutable value, asked as known on a day.

A register is made of all versions of all facts that a seat may see. `View` answers questions
from it as known on one day, at one journal number, with or without leads.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from servanda.common.days import When
from servanda.documents.sources import Source

Standing = Literal["fact", "lead", "coverage"]
RANK_ORDER = {"preferred": 0, "normal": 1}
ANY_STATE = "*"
DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Fact:
    """What one source says about one State. `valid_to` None: it holds on; `number`: when taken in."""

    key: str
    number: int
    standing: Standing
    subject: str
    predicate: str
    value: str
    valid_from: When
    valid_to: When | None
    known_on: When
    source: Source
    unit: str = ""
    meeting: str = ""
    known_by: str = ""
    stance: str = ""
    rank: str = "normal"
    label: str = "public"
    place: str = ""
    also: tuple[Source, ...] = ()
    note: str = ""
    supersedes: str = ""

    @property
    def is_lead(self) -> bool:
        """Whether it is only said, and not verified."""
        return self.standing == "lead"

    @property
    def stands(self) -> bool:
        """Whether it is neither withdrawn nor set aside."""
        return self.rank in RANK_ORDER

    @property
    def place_in_register(self) -> tuple[str, str]:
        """The State and the predicate under which it is found."""
        return (self.subject, self.predicate)

    def is_known_by(self, day: date) -> bool:
        """Whether its source was public on a day; an imprecise date counts from its last day."""
        return self.known_on.last <= day

    def has_happened_by(self, day: date) -> bool:
        """Whether what it tells had happened by a day: its own date is past, or its source told it by then."""
        return min(self.valid_from.last, self.known_on.last) <= day

    def holds_on(self, day: date) -> bool:
        """Whether what it tells had begun by a day and had not ended."""
        return self.has_happened_by(day) and (self.valid_to is None or day < self.valid_to.first)

    def rests_on_programme_of(self, meeting: str) -> bool:
        """Whether all its sources are programmes of one meeting."""
        return all(source.programme_of == meeting for source in (self.source, *self.also))


@dataclass(frozen=True)
class Register:
    """All versions of the facts of one convention that a seat may see, up to a journal number."""

    convention: str
    number: int
    facts: tuple[Fact, ...] = field(repr=False)

    @cached_property
    def versions(self) -> Mapping[str, tuple[Fact, ...]]:
        """The versions of each fact by its key, oldest first."""
        versions: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            versions[fact.key].append(fact)
        return {key: tuple(sorted(found, key=lambda fact: fact.number)) for key, found in versions.items()}

    @cached_property
    def days_known(self) -> tuple[date, ...]:
        """The days on which any fact became known, in time: between two of them views hold the same facts."""
        return tuple(sorted({fact.known_on.last for fact in self.facts}))

    @cached_property
    def views(self) -> dict[tuple[date, int], "View"]:
        """Views already made, by day known and number."""
        return {}

    @cached_property
    def steps(self) -> dict[tuple[int, int], "View"]:
        """The same by how many days of `days_known` had come, and number."""
        return {}

    def as_known(self, known: date, at: int | None = None) -> "View":
        """The register as known on a day, at a journal number (the newest by default), leads included."""
        key = (known, self.number if at is None else at)
        if key not in self.views:
            forget_beyond(64, self.views)
            self.views[key] = self.view(*key)
        return self.views[key]

    def view(self, known: date, at: int) -> "View":
        """A view, its facts chosen anew only if some became known since any day asked about before."""
        step = (bisect_right(self.days_known, known), at)
        if step not in self.steps:
            forget_beyond(64, self.steps)
            self.steps[step] = View.of(self, known, at)
        return self.steps[step].on_another_day(known)


@dataclass(frozen=True)
class View:
    """A register as known on one day: the standing version of each fact, by State and predicate.

    What a source denies is kept apart in `denials`: shown beside what it disputes, it answers nothing by itself.
    """

    known: date
    index: Mapping[tuple[str, str], tuple[Fact, ...]] = field(repr=False)
    coverage: Mapping[tuple[str, str, str], Fact] = field(repr=False)
    with_leads: bool = True
    doubted: frozenset[str] = frozenset()
    denials: Mapping[tuple[str, str], tuple[Fact, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, register: Register, known: date, at: int) -> "View":
        """Choose the version of each fact that stood at the number, was known on the day and is not superseded."""
        standing = [fact for versions in register.versions.values() if (fact := version_at(versions, at))]
        public = [fact for fact in standing if fact.standing != "coverage" and fact.is_known_by(known)]
        correcting = [fact for fact in public if fact.stands and fact.supersedes]
        superseded = {fact.supersedes for fact in correcting if not fact.is_lead}
        doubted = frozenset(fact.supersedes for fact in correcting if fact.is_lead)
        current = [fact for fact in public if fact.stands and fact.key not in superseded]
        coverage = {
            (fact.unit, fact.subject, fact.predicate): fact
            for fact in standing
            if fact.standing == "coverage" and fact.stands
        }
        said = by_place(fact for fact in current if fact.stance != DENIED)
        denied = by_place(fact for fact in current if fact.stance == DENIED and not fact.is_lead)
        return cls(known, said, coverage, doubted=doubted, denials=denied)

    def on_another_day(self, known: date) -> "View":
        """The same facts as known on a day by which none was added."""
        same = replace(self, known=known)
        vars(same)["led"] = self.led  # it follows from the facts alone, and all of them would be looked at again
        return same

    @cached_property
    def firm(self) -> "View":
        """The same without leads."""
        kept = {
            place: tuple(fact for fact in found if not fact.is_lead) if place[0] in self.led else found
            for place, found in self.index.items()
        }
        return replace(self, index=kept, with_leads=False)

    @cached_property
    def led(self) -> frozenset[str]:
        """The States about which there is any lead: only for these can leads change an answer."""
        return frozenset(subject for (subject, _), found in self.index.items() if any(fact.is_lead for fact in found))

    def facts(self, subject: str, predicate: str) -> tuple[Fact, ...]:
        """The facts of a State under a predicate, in time.

        A view with leads holds them too, and leaves out what they would correct; to any other view they are nothing.
        """
        found = self.index.get((subject, predicate), ())
        if found and self.doubted and self.with_leads:
            return tuple(fact for fact in found if fact.key not in self.doubted)
        return found

    def latest(self, subject: str, predicates: Iterable[str], on: date) -> Fact | None:
        """The newest fact of any of these predicates that holds on a day; of equals the preferred one."""
        found = [fact for name in predicates for fact in self.facts(subject, name) if fact.holds_on(on)]
        return max(found, key=by_recency, default=None)

    def named_by_programme_of(self, meeting: str) -> frozenset[str]:
        """The States about which a fact rests on the programme of a meeting alone."""
        found = self.index.items()
        return frozenset(
            subject for (subject, _), facts in found if any(fact.rests_on_programme_of(meeting) for fact in facts)
        )

    def apart_from_programme_of(self, meeting: str) -> "View":
        """The same without the facts that rest on the programme of a meeting alone."""
        kept = {
            place: tuple(fact for fact in facts if not fact.rests_on_programme_of(meeting))
            for place, facts in self.index.items()
        }
        return replace(self, index=kept)

    def is_complete(self, obligation: str, subject: str, predicate: str, until: date) -> bool:
        """Whether every such fact up to a day is declared to be held; never beyond the day asked as known."""
        declared = self.coverage_of(obligation, subject, predicate)
        return declared is not None and until <= min(self.known, date.fromisoformat(declared.value))

    def coverage_of(self, obligation: str, subject: str, predicate: str) -> Fact | None:
        """The statement of coverage for a State, or for all States, if there is one."""
        return self.coverage.get((obligation, subject, predicate)) or self.coverage.get(
            (obligation, ANY_STATE, predicate)
        )

    def subjects(self) -> set[str]:
        """The States about which anything is known."""
        return {subject for subject, _predicate in self.index}


def forget_beyond(count: int, kept: dict[Any, View]) -> None:
    """Forget the views made so far when there are too many."""
    if len(kept) >= count:
        kept.clear()


def by_place(facts: Iterable[Fact]) -> dict[tuple[str, str], tuple[Fact, ...]]:
    """Facts by State and predicate, each group in time."""
    index: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        index[fact.place_in_register].append(fact)
    return {place: tuple(sorted(found, key=in_time)) for place, found in index.items()}


def version_at(versions: Iterable[Fact], number: int) -> Fact | None:
    """The newest version taken in at or before a journal number."""
    return next((fact for fact in reversed(tuple(versions)) if fact.number <= number), None)


def in_time(fact: Fact) -> tuple[date, int, str]:
    """Order of facts: when they happened, preferred ones first, then by key so that loading order never matters."""
    return (min(fact.valid_from.last, fact.known_on.last), RANK_ORDER.get(fact.rank, 1), fact.key)


def by_recency(fact: Fact) -> tuple[date, int, str]:
    """The opposite order for what a State says anew: the newest date is last, and of one date the preferred fact."""
    return (fact.valid_from.last, -RANK_ORDER.get(fact.rank, 1), fact.key)
