"""Clauses of decisions: what a meeting asked of a State or granted it, by when, and what answered it.

Which facts are clauses follows from the rules of the pack: the grants of its obligations, and what its
tiers name as clauses. Nothing is said to be overdue; where no answer stands in the register, that is all
that is said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from servanda.common.wording import N_, Sentence
from servanda.convention.pack import Pack
from servanda.convention.rules import All, Any_, ClauseDue, Condition, Not
from servanda.register.deadlines import says
from servanda.register.facts import Fact, View
from servanda.register.status import Question


@dataclass(frozen=True, slots=True)
class ClauseKind:
    """A predicate whose facts are clauses, what answers them, and whether the next of the kind replaces one."""

    predicate: str
    fulfilled_by: str
    replaced_by_next: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: the fact that states it, the day it is due, and the fact that answered or replaced it."""

    fact: Fact
    due: date | None
    outcome: Sentence
    answer: Fact | None = None


def clause_kinds(pack: Pack) -> tuple[ClauseKind, ...]:
    """The kinds of clause that a pack's rules know, each once, in their order."""
    grants = (
        ClauseKind(rule.extension.granted_by, rule.completed_by or "", replaced_by_next=True)
        for rule in pack.obligations.values()
        if rule.extension
    )
    asked = (
        ClauseKind(condition.clause, condition.fulfilled_by)
        for tier in pack.tiers.values()
        for condition in clauses_in(tier.when)
    )
    return tuple(dict.fromkeys([*grants, *asked]))


def clauses_in(condition: Condition | None) -> Iterator[ClauseDue]:
    """The conditions on clauses within a condition."""
    match condition:
        case All(all=parts) | Any_(any=parts):
            for part in parts:
                yield from clauses_in(part)
        case Not(not_=part):
            yield from clauses_in(part)
        case ClauseDue():
            yield condition


def ledger(question: Question, states: Iterable[str] | None = None) -> list[Clause]:
    """The clauses of decisions on some States, or all, as the facts of the question's view tell them, in time."""
    kinds = clause_kinds(question.pack)
    found = [
        clause
        for state in (question.pack.states if states is None else states)
        for kind in kinds
        for clause in clauses_on(question, kind, state)
    ]
    return sorted(found, key=lambda clause: (clause.fact.valid_from.first, clause.fact.subject, clause.fact.key))


def clauses_on(question: Question, kind: ClauseKind, state: str) -> list[Clause]:
    """The clauses of a kind on a State; what leads would change about their answer is not established."""
    firm = read_clauses(question.firm, kind, state)
    if state not in question.view.led:
        return firm
    led = {clause.fact.key: clause for clause in read_clauses(question, kind, state)}
    return [clause if led.get(clause.fact.key) == clause else unsettled(clause) for clause in firm]


def unsettled(clause: Clause) -> Clause:
    """A clause about whose answer statements that are not verified disagree."""
    words = N_("What followed is not established.")
    return Clause(clause.fact, clause.due, Sentence.of(words))


def read_clauses(question: Question, kind: ClauseKind, state: str) -> list[Clause]:
    """The clauses of a kind by one view: each answer is counted once, for the clause that waited longest."""
    view, day = question.view, question.on
    stated = [fact for fact in view.facts(state, kind.predicate) if fact.has_happened_by(day)]
    answers = happened(view, state, kind.fulfilled_by, day)
    read = []
    for fact, following in zip_longest(stated, stated[1:]):
        answer = next((each for each in answers if is_answer(fact, each)), None)
        if kind.replaced_by_next and following and (answer is None or decided(following) < decided(answer)):
            answer = following
        elif answer and not kind.replaced_by_next:
            answers.remove(answer)
        read.append(Clause(fact, due_of(fact), outcome(question, kind, fact, answer), answer))
    return read


def happened(view: View, state: str, predicate: str, day: date) -> list[Fact]:
    """The facts of a predicate that had happened by a day, in time; none for no predicate."""
    return [fact for fact in view.facts(state, predicate) if fact.has_happened_by(day)] if predicate else []


def decided(fact: Fact) -> date:
    """The day that counts for the order of a clause and what followed it."""
    return fact.valid_from.last


def is_answer(clause: Fact, answer: Fact) -> bool:
    """Whether a fact came after the decision that states the clause."""
    return decided(answer) > clause.valid_from.first


def due_of(clause: Fact) -> date | None:
    """The day on which a clause is due, where the source gives it."""
    return date.fromisoformat(clause.value) if clause.value else None


def outcome(question: Question, kind: ClauseKind, clause: Fact, answer: Fact | None) -> Sentence:
    """What the register holds of what followed a clause by the day asked about; never more."""
    if answer:
        return says(question.pack, answer)
    due = due_of(clause)
    if due and question.on <= due:
        return Sentence.of(N_("Its day is ahead."))
    if kind.replaced_by_next:
        return Sentence.of(N_("What followed is not in the register."))
    return Sentence.of(N_("Whether it was fulfilled is not in the register."))
