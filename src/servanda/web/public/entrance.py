"""The first pages: the door, the conventions held, and what one of them is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from servanda.common.folding import sort_key
from servanda.common.languages import OFFERED, Text
from servanda.common.names import State
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.convention.queries import conventions
from servanda.convention.rules import Obligation, PackRules
from servanda.convention.telling import told, told_of_entry
from servanda.floor.replaying import has_rules
from servanda.journal.queries import heads
from servanda.people.queries import is_demonstration
from servanda.register.facts import ANY_STATE, Fact
from servanda.register.outlook import DueDay, due_until
from servanda.register.queries import coverage
from servanda.web.asking import Reading, reading, speaking
from servanda.web.issued import has_programme
from servanda.web.public.pages import handed_out, language, page, read_page
from servanda.web.seats import unlisted
from servanda.web.storing import EVERY_STREAM, first_midnight, keep
from servanda.web.tables import Table

DAYS_AHEAD = 365
MOST_TO_REHEARSE = 2


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
    """The first page: of each convention the meeting now, next and last, and what falls due within a year."""
    streams = len(heads())
    read = [reading(request, name) for name in conventions()]
    order = sorted(
        read, key=lambda each: sort_key(each.rules.rules.short_title.text.shown_in(language()).words, language())
    )
    demonstrates = is_demonstration()
    held = [standing_of(each, demonstrates=demonstrates) for each in order]
    answer = page(request, "public/home.html", {"held": held})
    if demonstrates:
        return unlisted(answer)  # it holds forms
    numbers = {each.convention: each.number for each in read} | {EVERY_STREAM: streams}
    return keep(answer, numbers=numbers, zone=first_midnight(each.times.zone for each in read))


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting, whether lists are derived for it, and whether it has a programme, issued or derived."""

    meeting: Meeting
    has_lists: bool
    has_programme: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a convention stands today: its meetings around the day, and what falls due up to another."""

    rules: PackRules
    today: date
    now: list[Gathering]
    next: Gathering | None
    latest: list[Gathering]
    until: date
    due: list[tuple[DueDay, list[State]]]
    to_rehearse: list[Meeting]


def standing_of(asked: Reading, *, demonstrates: bool) -> Standing:
    """A convention as the first page shows it; in a demonstration with meetings to rehearse."""
    day, held = asked.on, asked.question.calendar
    until = day + timedelta(days=DAYS_AHEAD)
    now, ahead = [gathering(asked, meeting) for meeting in held.held_on(day)], held.next_after(day)
    return Standing(
        rules=asked.rules.rules,
        today=day,
        now=now,
        next=gathering(asked, ahead) if ahead else None,
        latest=latest(gathering(asked, meeting) for meeting in held.ended_before(day)),
        until=until,
        due=[(each, named_in_order(asked, each)) for each in due_until(asked.question, until)],
        to_rehearse=list(islice(rehearsable(asked), MOST_TO_REHEARSE)) if demonstrates else [],
    )


def gathering(asked: Reading, meeting: Meeting) -> Gathering:
    """A meeting as the first page shows it."""
    with_lists = {kind for tier in asked.rules.tiers.values() for kind in tier.meetings}
    return Gathering(meeting, meeting.kind in with_lists, has_programme(asked.rules, meeting))


def latest(ended: Iterable[Gathering]) -> list[Gathering]:
    """The meeting that ended last and, where that is another, the last one with lists."""
    found = list(ended)
    listed = [each for each in found if each.has_lists]
    return found[:1] + [each for each in listed[:1] if each is not found[0]]


def rehearsable(asked: Reading) -> Iterator[Meeting]:
    """The meetings with lists that can be rehearsed, the latest first."""
    for meeting in reversed(list(asked.question.calendar.meetings.values())):
        found = gathering(asked, meeting)
        if found.has_lists and found.has_programme and has_rules(asked.rules, meeting):
            yield meeting


def named_in_order(asked: Reading, due: DueDay) -> list[State]:
    """The States of which something is due, in the alphabetical order of the reader's language."""
    return asked.rules.names.sorted_in(due.states, language())


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
    context = {
        "here": "convention",
        "entry": told_of_entry(asked.rules),
        "obligations": [(rule, told(asked.rules, rule)) for rule in asked.rules.obligations.values()],
        "organs": asked.rules.organs,
        "plans": asked.rules.plans,
        "terms": asked.rules.glossary.terms,
        "coverage": [covered(asked.rules, fact) for fact in coverage(asked.question)],
        "meetings": list(asked.question.calendar.meetings.values())[::-1],
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
