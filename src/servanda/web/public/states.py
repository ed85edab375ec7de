"""The profile of a State: membership, obligations, clauses, meetings, facts in time, and the documents cited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse

from servanda.common.languages import Text
from servanda.common.wording import Value
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.convention.rule_checks import named_in, named_in_entry
from servanda.convention.rules import Obligation
from servanda.documents.sources import Source
from servanda.programme.derivation import Named, TierList
from servanda.programme.queries import printed_tiers
from servanda.register.clauses import ledger
from servanda.register.deadlines import unit_of, value_of
from servanda.register.disputes import disputes
from servanda.register.explain import Step
from servanda.register.facts import Fact
from servanda.register.queries import facts_about, joined
from servanda.register.status import Status
from servanda.web.asking import Reading, reading, speaking
from servanda.web.public.meetings import sent_on
from servanda.web.public.pages import handed_out, language, read_page
from servanda.web.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact, the words of the pack for what it says, its value, and the unit of a quantity."""

    fact: Fact
    says: Text
    value: Value
    unit: Value


@dataclass(frozen=True, slots=True)
class Chapter:
    """The facts of one obligation in time; without one, those of membership or, `is_other`, all that is left."""

    obligation: Obligation | None
    facts: tuple[ShownFact, ...]
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Appearance:
    """A list of a meeting that names the State in public."""

    meeting: Meeting
    tier: TierList
    named: Named


@speaking
def state(request: HttpRequest, convention: str, code: str, form: str = "") -> HttpResponse:
    """The profile of a State: where it stands with each obligation on a day, as known on a day, and why."""
    asked = reading(request, convention)
    found = asked.rules.names.find(code)
    if found.code != code:
        return sent_on("state", convention, found.code, asked=asked)
    facts = facts_about(convention, code, asked.known, asked.times.at)
    if form:
        return handed_out(facts_table(facts, asked, code), form, asked)
    rules = asked.rules
    context = {
        "state": found,
        "membership": joined(asked.question, code),
        "described": [shown_fact(rules, fact) for fact in facts if fact.predicate in named_in_entry(rules)],
        "obligations": [shown_status(asked, rule, code) for rule in rules.obligations.values()],
        "clauses": [(shown_fact(rules, clause.fact), clause) for clause in ledger(asked.question, [code])],
        "appearances": appearances(asked, code),
        "disputed": [tuple(shown_fact(rules, fact) for fact in matter) for matter in disputes(rules, facts)],
        "chapters": chapters(rules, facts),
        "documents": documents(facts),
    }
    return read_page(request, "public/state.html", asked, context)


def shown_status(asked: Reading, rule: Obligation, state: str) -> tuple[Obligation, Status, tuple[Step, ...]]:
    """An obligation with its status and the steps to it; those of membership stand once, at the head of the page."""
    status, above = asked.question.status(rule.id, state), joined(asked.question, state).steps
    return rule, status, tuple(step for step in status.steps if step not in above)


def shown_fact(rules: Pack, fact: Fact) -> ShownFact:
    """A fact as the page shows it."""
    return ShownFact(
        fact, rules.rules.predicates[fact.predicate].says.text, value_of(rules, fact), unit_of(rules, fact)
    )


def chapters(rules: Pack, facts: Iterable[Fact]) -> list[Chapter]:
    """The facts about a State by what they belong to: membership, each obligation, and the rest; each once."""
    left = [shown_fact(rules, fact) for fact in facts]
    found = []
    parts = [(None, named_in_entry(rules)), *((rule, named_in(rule)) for rule in rules.obligations.values())]
    for rule, names in parts:
        found.append(Chapter(rule, tuple(each for each in left if each.fact.predicate in names)))
        left = [each for each in left if each.fact.predicate not in names]
    return [chapter for chapter in (*found, Chapter(None, tuple(left), is_other=True)) if chapter.facts]


def documents(facts: Iterable[Fact]) -> list[Source]:
    """Every source that the facts cite, once, by name."""
    cited = {source.key: source for fact in facts for source in (fact.source, *fact.also)}
    return sorted(cited.values(), key=lambda source: (source.name.casefold(), source.key))


def appearances(asked: Reading, state: str) -> list[Appearance]:
    """The lists of coming meetings, and of the latest held, on which a programme prints the State by name."""
    return [
        Appearance(meeting, tier.found, named)
        for meeting in meetings_near(asked)
        for tier in printed_tiers(asked.convention, meeting.code, min(asked.known, meeting.start), asked.times.at)
        for named in tier.found.named
        if named.state == state
    ]


def meetings_near(asked: Reading) -> list[Meeting]:
    """The last meeting with lists before the day asked about, and those ahead of it.

    A list beyond the next formal meeting waits for what that one decides, and is not shown.
    """
    kinds = {kind for tier in asked.rules.tiers.values() if tier.prints == "names" for kind in tier.meetings}
    held = asked.question.calendar.meetings.values()
    listing = [meeting for meeting in held if meeting.kind in kinds]
    decided = next((meeting.start for meeting in held if meeting.formal and meeting.start > asked.known), date.max)
    before = [meeting for meeting in listing if meeting.start <= asked.on]
    return before[-1:] + [meeting for meeting in listing if asked.on < meeting.start <= decided]


def facts_table(facts: Iterable[Fact], asked: Reading, state: str) -> Table:
    """The facts about a State, to hand out."""
    columns = (
        "key", "predicate", "says", "value", "unit", "valid_from", "valid_to", "meeting", "known_on", "known_by",
        "stance", "source", "kind", "address", "place", "note",
    )  # fmt: skip
    rows = [fact_row(asked.rules, fact) for fact in facts]
    return Table(f"{state}-facts", columns, rows, asked.about | {"state": state})


def fact_row(rules: Pack, fact: Fact) -> tuple[Cell, ...]:
    """One fact as cells."""
    says = rules.rules.predicates[fact.predicate].says.text.shown_in(language()).words
    until = str(fact.valid_to) if fact.valid_to else None
    return (
        fact.key, fact.predicate, says, fact.value, fact.unit, str(fact.valid_from), until, fact.meeting,
        str(fact.known_on), fact.known_by, fact.stance, fact.source.name, fact.source.kind, fact.source.address,
        fact.place, fact.note,
    )  # fmt: skip
