"""The first pages: the door, the conventions held, and what one of them is about."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from servanda.common.languages import OFFERED, Text
from servanda.common.names import State
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.convention.queries import calendar, conventions, number_of, pack
from servanda.convention.rules import Obligation
from servanda.convention.telling import told, told_of_entry
from servanda.register.facts import ANY_STATE, Fact
from servanda.register.queries import coverage
from servanda.web.asking import Reading, reading, speaking
from servanda.web.public.pages import handed_out, language, page, read_page
from servanda.web.storing import keep
from servanda.web.tables import Table


@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """The door: go to the first page in the reader's language, as the browser asks for it."""
    asked = get_language_from_request(request)
    spoken = asked if asked in OFFERED else "en"
    response = HttpResponseRedirect(reverse("public:home", args=[spoken]))
    response["Vary"] = "Accept-Language"
    return response


@speaking
def home(request: HttpRequest) -> HttpResponse:
    """The first page: the conventions held, and the meetings of each that have tiers."""
    names = conventions()
    numbers = {name: number_of(name) for name in names}
    held = [{"rules": pack(name).rules, "meetings": with_tiers(name)} for name in names]
    return keep(page(request, "public/home.html", {"held": held}), numbers=numbers)


def with_tiers(convention: str) -> list[Meeting]:
    """The meetings whose kind has tiers, the latest first."""
    kinds = {kind for tier in pack(convention).tiers.values() for kind in tier.meetings}
    return [meeting for meeting in reversed(list(calendar(convention).meetings.values())) if meeting.kind in kinds]


@dataclass(frozen=True, slots=True)
class Covered:
    """How far the register is complete, as a page shows it; no obligation: membership, no State: all."""

    fact: Fact
    says: Text
    obligation: Obligation | None
    state: State | None


@speaking
def convention(request: HttpRequest, convention: str) -> HttpResponse:
    """A convention: its obligations in words, how far the register is complete, its meetings and its States."""
    asked = reading(request, convention)
    kinds = asked.rules.rules.meeting_kinds
    meetings = [(meeting, kinds[meeting.kind]) for meeting in asked.question.calendar.meetings.values()]
    context = {
        "here": "convention",
        "entry": told_of_entry(asked.rules),
        "obligations": [(rule, told(asked.rules, rule)) for rule in asked.rules.obligations.values()],
        "organs": asked.rules.organs,
        "plans": asked.rules.plans,
        "terms": asked.rules.glossary.terms,
        "coverage": [covered(asked.rules, fact) for fact in coverage(asked.question)],
        "meetings": list(reversed(meetings)),
        "states": asked.rules.names.sorted_in(asked.rules.states, language()),
    }
    return read_page(request, "public/convention.html", asked, context)


def covered(rules: Pack, fact: Fact) -> Covered:
    """A statement of coverage with the words for it."""
    says = rules.rules.predicates[fact.predicate].says.text
    state = None if fact.subject == ANY_STATE else rules.names.states[fact.subject]
    return Covered(fact, says, rules.obligations.get(fact.unit), state)


@speaking
def coverage_as(request: HttpRequest, convention: str, form: str) -> HttpResponse:
    """How far the register is complete, to hand out."""
    asked = reading(request, convention)
    columns = ("obligation", "state", "predicate", "complete_through", "source", "note")
    rows = [
        (fact.unit, fact.subject, fact.predicate, fact.value, fact.source.name, fact.note)
        for fact in coverage(asked.question)
    ]
    return handed_out(Table("coverage", columns, rows, asked.about), form, asked)


@speaking
def meetings_as(request: HttpRequest, convention: str, form: str) -> HttpResponse:
    """The calendar of meetings, to hand out."""
    asked = reading(request, convention)
    return handed_out(calendar_table(asked), form, asked)


def calendar_table(asked: Reading) -> Table:
    """Every meeting of the calendar in time."""
    columns = ("code", "kind", "formal", "start", "end", "city", "timezone", "venue", "verified", "source")
    rows = [
        (each.code, each.kind, yes_no(each.formal), each.start, each.end, each.city, each.timezone, each.venue,
         yes_no(each.verified), each.source)
        for each in asked.question.calendar.meetings.values()
    ]  # fmt: skip
    return Table("meetings", columns, rows, asked.about)


def yes_no(holds: bool) -> str:  # noqa: FBT001 (a cell, not a switch)
    """A cell that says whether something holds."""
    return "yes" if holds else "no"
