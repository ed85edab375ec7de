"""What every page of the desk shows, and a row as a person reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from servanda.common.release import release
from servanda.convention.pack import Pack
from servanda.people.permissions import PUBLIC, RULES, may
from servanda.people.queries import seat_of
from servanda.web.asking import same_page_in
from servanda.web.desk.admission import language
from servanda.web.templatetags.servanda import ACTS, act


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page with what every page shows, and who is signed in and may do what."""
    seat = seat_of(request.user)
    shared = {
        "languages": same_page_in(request),
        "release": release(),
        "reader_language": language(),
        "account": None if seat == PUBLIC else request.user,
        "seat": seat,
        "may": {act.replace(" ", "_"): may(seat, act) for act in RULES},
    }
    return render(request, template, {**shared, **context}, status=status)


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of a row: its name, its words, and what it said before, where that differs."""

    name: str
    title: str
    value: str
    before: str
    changed: bool


def titles() -> dict[str, str]:
    """What each cell of a row is called, in the order in which a person reads it."""
    return {
        "state": _("State"),
        "predicate": _("What is said"),
        "value": _("Value"),
        "unit": _("Unit"),
        "meeting": _("Meeting"),
        "valid_from": _("When it happened, or from when it holds"),
        "valid_to": _("The first day on which it holds no more"),
        "source": _("Source"),
        "place": _("Place in the source"),
        "also": _("Further sources"),
        "known_on": _("Since when the source is public"),
        "known_by": _("How that day was found"),
        "stance": _("Who says it, and how"),
        "rank": _("Weight beside other sources"),
        "label": _("Who may see it"),
        "note": _("Note for readers"),
    }


def lines(cells: Mapping[str, str], before: Mapping[str, str] | None, rules: Pack) -> list[Line]:
    """A row cell by cell, without what is empty; compared with another version where there is one."""
    found = []
    for name, title in titles().items():
        value, former = cells.get(name, ""), (before or {}).get(name, "")
        if value or former:
            now, then = (worded(name, text, rules) for text in (value, former))
            found.append(Line(name, title, now, then, changed=before is not None and value != former))
    return found


def worded(name: str, value: str, rules: Pack) -> str:
    """The value of a cell in words, where the house has some."""
    if name == "state" and value in rules.names.states:
        return f"{rules.names.states[value].name_in(language())} ({value})"
    if name == "predicate" and value in rules.rules.predicates:
        return rules.rules.predicates[value].says.text.shown_in(language()).words
    if (name, value) == ("valid_to", "open"):
        return _("it holds on")
    choices = {"stance": stances, "rank": weights, "label": readers, "known_by": ways_known}.get(name)
    return choices().get(value, value) if choices else value


def stances() -> dict[str, str]:
    """The stances, in words."""
    return {
        "decided": _("decided by a meeting or the depositary"),
        "reported_by_state": _("reported by the State"),
        "announced": _("announced"),
        "reported_by_others": _("reported by others"),
        "denied": _("denied"),
    }


def weights() -> dict[str, str]:
    """The ranks, in words: the field's readers never see the column's own."""
    return {
        "normal": _("as any other"),
        "preferred": _("taken before others"),
        "deprecated": _("set aside: stays in the register, answers nothing"),
        "withdrawn": _("withdrawn"),
    }


def readers() -> dict[str, str]:
    """The labels that the desk can give, in words."""
    return {"public": _("everyone"), "parties": _("States Parties"), "secretariat": _("the secretariat")}


def ways_known() -> dict[str, str]:
    """How the day of `known_on` was found, in words."""
    return {
        "depositary": _("the depositary’s day"),
        "decision": _("the last day of the meeting that decided"),
        "meeting": _("the day of the meeting at which it was said"),
        "event": _("the day itself, public as it happened"),
        "source": _("the date of the source"),
    }


def acts() -> dict[str, str]:
    """What a proposal would do, in words."""
    return {name: act(name) for name in ACTS}
