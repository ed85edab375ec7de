"""What the register does not settle, in the order of what an answer would change: questions for the secretariat.

Four kinds: decisions that may be missing, leads, sources that disagree, and what no fact answers. Each question is
tried out: the lists and statuses that differ with the answer, either way, are what it would change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from servanda.common.days import When
from servanda.common.names import State, fold
from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.pack import Pack
from servanda.convention.rules import Obligation
from servanda.documents.sources import Source
from servanda.programme.worlds import Matter, World, world_of
from servanda.register.deadlines import says
from servanda.register.facts import DENIED, Fact, Register

Kind = Literal["decision", "lead", "conflict", "open"]
SHOWN = 3
ASSUMED = Source("assumed", "own_rule")


@dataclass(frozen=True)
class Gap:
    """One question about one State: what is said, what to look for, and what an answer would change."""

    state: State
    kind: Kind
    question: Sentence
    statements: tuple[Sentence, ...]
    look_for: Sentence
    changes: frozenset[Matter]
    facts: tuple[Fact, ...] = ()

    @property
    def lists(self) -> tuple[Matter, ...]:
        """The lists that would change: meeting and tier."""
        return tuple(sorted(matter for matter in self.changes if matter[0]))

    @property
    def statuses(self) -> tuple[str, ...]:
        """The obligations whose status would change."""
        return tuple(sorted(name for meeting, name in self.changes if not meeting))


def gaps(
    *,
    pack: Pack,
    calendar: Calendar,
    register: Register,
    day: date,
    meetings: Iterable[Meeting],
    seen: frozenset[str],
    language: str = "en",
) -> list[Gap]:
    """Every question, first what would change most lists, then most statuses, then by the name of the State."""
    meetings = tuple(meetings)
    found: list[Gap] = []
    for state in pack.states:
        world = world_of(pack, calendar, register, day, meetings, state, seen)
        found += Asking(world, pack.names.states[state]).gaps()
    return sorted(found, key=lambda gap: weight(gap, language))


def weight(gap: Gap, language: str) -> tuple[int, int, str, str]:
    """What comes first."""
    return (-len(gap.lists), -len(gap.statuses), fold(gap.state.name_in(language)), str(gap.question))


@dataclass(frozen=True)
class Asking:
    """The questions about one State."""

    world: World
    state: State

    def gaps(self) -> list[Gap]:
        """All of them; what a decision, a lead or a conflict would settle is not asked again."""
        found = [*self.decisions(), *self.leads(), *self.conflicts()]
        settled = {matter for gap in found for matter in gap.changes}
        return [*found, *self.open_questions(settled)]

    # Decisions that may be missing.

    def decisions(self) -> Iterator[Gap]:
        """Formal meetings were held whose decisions on the State are not declared to be in the register."""
        for rule in self.world.pack.obligations.values():
            status = self.world.statuses[rule.id]
            missing = self.world.question.uncovered(rule, self.state.code, self.world.day) if status.is_open else []
            if missing:
                changes = self.world.differing(*self.answers_of(rule, missing))
                if status.word == "unknown" or any(meeting for meeting, _name in changes):
                    yield self.missing_decision(rule, missing, changes)

    def answers_of(self, rule: Obligation, missing: list[Meeting]) -> list[World]:
        """Nothing was decided; or one of the meetings granted the longest extension."""
        assert rule.extension  # noqa: S101 (only such an obligation has decisions)
        covered = replace(
            self.assumed(rule.extension.granted_by, missing[-1]),
            key=f"coverage.{rule.id}.{self.state.code}.{rule.extension.granted_by}",
            standing="coverage",
            value=self.world.day.isoformat(),
            unit=rule.id,
        )
        longest = rule.extension.longest.period
        grants = [
            replace(self.assumed(rule.extension.granted_by, each), value=longest.after(each.end).isoformat())
            for each in missing[-SHOWN:]
        ]
        return [self.world.having(covered), *(self.world.having(covered, grant) for grant in grants)]

    def assumed(self, predicate: str, meeting: Meeting) -> Fact:
        """A decision that nobody has seen, to try out what it would change."""
        day = When.on(meeting.end)
        return Fact(
            f"assumed.{self.state.code}.{predicate}", self.world.register.number, "fact", self.state.code, predicate,
            "", day, None, day, ASSUMED, meeting=meeting.code, stance="decided",
        )  # fmt: skip

    def missing_decision(self, rule: Obligation, missing: list[Meeting], changes: frozenset[Matter]) -> Gap:
        """The question what these meetings decided."""
        codes = ", ".join(meeting.code for meeting in missing[-SHOWN:])
        return Gap(
            self.state,
            "decision",
            Sentence.of(DECIDED, meetings=codes, article=rule.article),
            (self.world.statuses[rule.id].sentence,),
            Sentence.of(DECISION_STANDS_IN, meetings=codes),
            changes | {("", rule.id)},
        )  # fmt: skip

    # Leads.

    def leads(self) -> Iterator[Gap]:
        """What is said and not verified, where it would change an answer if it were so, or if it were not."""
        for lead in self.held_facts():
            if lead.is_lead and (changes := self.tried(lead)):
                question = Sentence.of(N_("Is it so? No verified source says it."))
                statements = (says(self.world.pack, lead),)
                yield Gap(self.state, "lead", question, statements, where_to_look(lead), changes, (lead,))

    def tried(self, lead: Fact) -> frozenset[Matter]:
        """What differs if a lead is confirmed, or set aside."""
        return self.world.differing(
            self.world.having(replace(lead, standing="fact")), self.world.having(without=[lead])
        )  # fmt: skip

    def held_facts(self) -> list[Fact]:
        """All that is said of the State, facts and leads, in time."""
        found = (facts for (subject, _), facts in self.world.view.index.items() if subject == self.state.code)
        return sorted((fact for facts in found for fact in facts), key=lambda fact: (fact.valid_from.first, fact.key))

    # Sources that disagree.

    def conflicts(self) -> Iterator[Gap]:
        """Facts that cannot hold together, and facts that a source denies; where the choice would change an answer."""
        for facts in self.contradicting():
            changes = self.world.differing(
                *(self.world.having(without=[other for other in facts if other != kept]) for kept in facts)
            )
            question = Sentence.of(N_("Which of these sources is right? They do not agree."))
            statements = tuple(says(self.world.pack, fact) for fact in facts)
            yield Gap(self.state, "conflict", question, statements, where_to_look(facts[0]), changes, facts)

    def contradicting(self) -> Iterator[tuple[Fact, ...]]:
        """Groups of facts of one predicate and meeting, or day, with different values or of which one is denied."""
        groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in (*self.held_facts(), *self.denials()):
            if not fact.is_lead:
                groups[fact.predicate, fact.meeting or str(fact.valid_from)].append(fact)
        for (predicate, _), facts in groups.items():
            values = {fact.value for fact in facts if fact.value}
            counted = self.world.pack.rules.predicates[predicate].value != "year"
            if (counted and len(values) > 1) or len({fact.stance == DENIED for fact in facts}) > 1:
                yield tuple(facts)

    def denials(self) -> list[Fact]:
        """What a source denies of the State."""
        found = self.world.view.denials.items()
        return [fact for (subject, _), facts in found if subject == self.state.code for fact in facts]

    # What no fact answers.

    def open_questions(self, settled: set[Matter]) -> Iterator[Gap]:
        """What is not established in a list or a status, each question once."""
        asked: dict[str, tuple[Sentence, set[Matter]]] = {}
        for matter, sentence in (*self.doubts(), *self.unknown()):
            if matter not in settled:
                asked.setdefault(str(sentence), (sentence, set()))[1].add(matter)
        for sentence, matters in asked.values():
            yield Gap(self.state, "open", sentence, (), Sentence.of(ANSWERED_BY), frozenset(matters))

    def doubts(self) -> Iterator[tuple[Matter, Sentence]]:
        """What each list leaves open."""
        for derivation in self.world.derivations:
            for code, name in self.world.places:
                if code == derivation.meeting.code and self.world.places[code, name] == "not established":
                    yield from (((code, name), doubt.sentence) for doubt in derivation.tier(name).doubts)

    def unknown(self) -> Iterator[tuple[Matter, Sentence]]:
        """The statuses that are not established."""
        for name, status in self.world.statuses.items():
            if status.word == "unknown":
                yield ("", name), status.sentence


DECIDED = N_("What did {meetings} decide on this State under Article {article}?")
DECISION_STANDS_IN = N_("The decisions on requests in the report of {meetings}, or a later report of the State.")
ANSWERED_BY = N_("A decision, a report of the State, or a page of an organ of the Convention that answers it.")


def where_to_look(fact: Fact) -> Sentence:
    """Which report would say whether a fact is so."""
    if fact.meeting:
        words = N_("The report of {meeting}, where it speaks of this State.")
        return Sentence.of(words, meeting=fact.meeting)
    words = N_("A report of the State, or a page of an organ of the Convention, that covers {when}.")
    return Sentence.of(words, when=fact.valid_from)


@dataclass(frozen=True)
class Asked:
    """One question that is the same about many States, with what an answer would change for each."""

    first: Gap
    states: tuple[State, ...]


def together(found: Iterable[Gap]) -> list[Asked]:
    """Questions that are the same for many States, each once, in the order given."""
    groups: dict[object, list[Gap]] = {}
    for gap in found:
        same = (gap.kind, str(gap.question), gap.changes) if gap.kind == "open" else (gap.kind, id(gap))
        groups.setdefault(same, []).append(gap)
    return [Asked(gaps[0], tuple(gap.state for gap in gaps)) for gaps in groups.values()]
