"""The pages of a convention's institutions: its organs, its action plans, the terms of its field.

What is a lead in the pack (a mandate that nobody compared, an inferred number) is not handed to a template.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from servanda.common.languages import LANGUAGES, Language, Text
from servanda.convention.glossary import Term
from servanda.convention.institutions import ActionPlan, Organ
from servanda.convention.pack import Pack
from servanda.convention.queries import number_of, pack
from servanda.convention.rules import Reference
from servanda.web.asking import speaking
from servanda.web.public.pages import page
from servanda.web.storing import keep


@dataclass(frozen=True)
class ShownAction:
    """A number of a plan as the page shows it; without a theme it is not in the register."""

    number: int
    theme: Text | None = None
    organ: Text | None = None
    says: Text | None = None
    note: int | None = None


@dataclass(frozen=True)
class ShownPlan:
    """A plan with every number from its first to its last known, each source noted once."""

    plan: ActionPlan
    actions: tuple[ShownAction, ...]
    sources: tuple[Reference, ...]


@dataclass(frozen=True)
class ShownWord:
    """A term in one language, and whether it was read in an official text."""

    language: Language
    words: str
    verified: bool


@speaking
def organs(request: HttpRequest, convention: str) -> HttpResponse:
    """The organs of a convention: what each is for, how many sit in it and for how long."""
    number, rules = number_of(convention), pack(convention)
    shown = [(organ, organ if organ.verified else None) for organ in sorted(rules.organs.values(), key=place_of)]
    context = {"here": "organs", "rules": rules.rules, "organs": shown, "number": number}
    return keep(page(request, "public/organs.html", context), numbers={convention: number})


def place_of(organ: Organ) -> tuple[int, str]:
    """Where an organ stands in the list: meetings first, then offices, committees and their support."""
    order = ("meeting", "president", "bureau", "committee", "coordinator", "secretariat")
    return order.index(organ.kind), organ.id


@speaking
def plans(request: HttpRequest, convention: str) -> HttpResponse:
    """The action plans of a convention, the newest first, with each number and what it is about."""
    number, rules = number_of(convention), pack(convention)
    newest_first = sorted(rules.plans.values(), key=lambda plan: plan.from_, reverse=True)
    shown = [shown_plan(plan, rules) for plan in newest_first]
    context = {"here": "plans", "rules": rules.rules, "plans": shown, "number": number}
    return keep(page(request, "public/plans.html", context), numbers={convention: number})


def shown_plan(plan: ActionPlan, rules: Pack) -> ShownPlan:
    """A plan with its numbers; what is not in the register stays empty."""
    sources = tuple(dict.fromkeys(action.source for action in plan.shown.values()))
    notes = {source: position for position, source in enumerate(sources, start=1)}
    return ShownPlan(plan, tuple(shown_action(plan, number, rules, notes) for number in plan.numbers), sources)


def shown_action(plan: ActionPlan, number: int, rules: Pack, notes: Mapping[Reference, int]) -> ShownAction:
    """One number of a plan."""
    action = plan.shown.get(number)
    if action is None:
        return ShownAction(number)
    organ = rules.organs[action.organ].title.text if action.organ else None
    return ShownAction(number, plan.themes[action.theme].title.text, organ, action.described, notes[action.source])


@speaking
def glossary(request: HttpRequest, convention: str) -> HttpResponse:
    """The terms of the field, each in the six languages."""
    number, rules = number_of(convention), pack(convention)
    terms = [(term, shown_words(term)) for term in rules.glossary.terms]
    context = {"here": "glossary", "rules": rules.rules, "terms": terms, "number": number}
    return keep(page(request, "public/glossary.html", context), numbers={convention: number})


def shown_words(term: Term) -> list[ShownWord]:
    """A term in each language, empty where the glossary has no words."""
    words = term.words.text.words
    return [ShownWord(LANGUAGES[code], words.get(code, ""), term.is_verified_in(code)) for code in LANGUAGES]
