"""The public pages. Each reads from the rooms' queries and says for which numbers it may be kept."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe

from servanda.common.languages import OFFERED, Text
from servanda.common.names import Names, State
from servanda.common.release import release
from servanda.common.wording import Value
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.convention.queries import calendar, conventions, number_of, pack
from servanda.programme.derivation import Named, TierList
from servanda.programme.queries import tiers
from servanda.register.deadlines import value_of
from servanda.register.facts import Fact
from servanda.register.queries import facts_about, joined, question
from servanda.web.asking import same_page_in, speaking, times
from servanda.web.storing import keep


@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """The door: go to the first page in the reader's language, as the browser asks for it."""
    asked = get_language_from_request(request)
    language = asked if asked in OFFERED else "en"
    response = HttpResponseRedirect(reverse("public:home", args=[language]))
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


@speaking
def convention(request: HttpRequest, convention: str) -> HttpResponse:
    """A convention: its meetings in time, and its States in alphabetical order."""
    number = number_of(convention)
    rules, known = pack(convention), times(request, convention)
    meetings = [
        (meeting, rules.rules.meeting_kinds[meeting.kind]) for meeting in calendar(convention).meetings.values()
    ]
    context = {
        "rules": rules.rules,
        "meetings": list(reversed(meetings)),
        "states": rules.names.sorted_in(rules.names.states, language()),
        "number": number,
    }
    return keep(page(request, "public/convention.html", context), numbers={convention: number}, zone=known.zone)


@dataclass(frozen=True)
class ShownName:
    """A State in a tier as the page shows it, with the notes of its sources."""

    state: State
    named: Named
    notes: tuple[int, ...]


@dataclass(frozen=True)
class ShownTier:
    """A tier as the page shows it: names in the order of the reader's language, sources as numbered notes."""

    found: TierList
    names: tuple[ShownName, ...]
    notes: tuple[Fact, ...]


def shown_tier(found: TierList, names: Names) -> ShownTier:
    """Put a tier in the order of the reader's language, each source noted once."""
    by_code = {named.state: named for named in found.named}
    notes: dict[str, tuple[int, Fact]] = {}
    rows = []
    for state in names.sorted_in(by_code, language()):
        facts = [fact for step in by_code[state.code].because for fact in step.facts]
        for fact in facts:
            notes.setdefault(fact.key, (len(notes) + 1, fact))
        rows.append(ShownName(state, by_code[state.code], tuple(dict.fromkeys(notes[fact.key][0] for fact in facts))))
    return ShownTier(found, tuple(rows), tuple(fact for _number, fact in notes.values()))


@speaking
def meeting(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """A meeting: days, place, and each tier with its States, the reason for each, and the sources."""
    number = number_of(convention)
    asked, rules = times(request, convention), pack(convention)
    found = calendar(convention).meeting(code)
    if found.code != code:
        return HttpResponseRedirect(reverse("public:meeting", args=[language(), convention, found.code]) + asked.query)
    derived = tiers(convention, code, asked.known, asked.at)
    context = {
        "rules": rules.rules,
        "meeting": found,
        "kind": rules.rules.meeting_kinds[found.kind],
        "tiers": [shown_tier(tier, rules.names) for tier in derived],
        "known": asked.known or found.start,
        "times": asked,
        "number": number,
    }
    return keep(page(request, "public/meeting.html", context), numbers={convention: number}, zone=asked.zone)


@speaking
def state(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """The profile of a State: where it stands with each obligation on a day, as known on a day, and why."""
    number = number_of(convention)
    asked, rules = times(request, convention), pack(convention)
    found = rules.names.find(code)
    if found.code != code:
        return HttpResponseRedirect(reverse("public:state", args=[language(), convention, found.code]) + asked.query)
    known = asked.known or asked.today
    on = asked.on or known
    asking = question(convention, on, known, asked.at)
    context = {
        "rules": rules.rules,
        "state": found,
        "membership": joined(asking, found.code),
        "obligations": [(rule, asking.status(rule.id, found.code)) for rule in rules.obligations.values()],
        "facts": [shown_fact(rules, fact) for fact in facts_about(convention, found.code, known, asked.at)],
        "on": on,
        "known": known,
        "times": asked,
        "number": number,
    }
    return keep(page(request, "public/state.html", context), numbers={convention: number}, zone=asked.zone)


def shown_fact(rules: Pack, fact: Fact) -> tuple[Fact, Text, Value]:
    """A fact, the words of the pack for what it says, and its value."""
    return fact, rules.rules.predicates[fact.predicate].says.text, value_of(rules, fact)


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with what every page shows."""
    shared = {"languages": same_page_in(request), "release": release(), "reader_language": language()}
    return render(request, template, context | shared)


def language() -> str:
    """The code of the reader's language."""
    return get_language() or "en"
