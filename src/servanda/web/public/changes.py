"""The page of what changed: since a journal number, or between two days; and the same as CSV and JSON."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from servanda.common.days import parse_day
from servanda.common.names import State
from servanda.common.wording import Sentence
from servanda.convention.pack import Pack
from servanda.convention.queries import number_of
from servanda.programme.changes import Changes, Moved, OneOfTwo
from servanda.programme.queries import changes_between, changes_since
from servanda.register.changes import FactChange
from servanda.register.queries import refuse_after_today
from servanda.web.asking import NotANumber, Times, speaking, times
from servanda.web.changing import changes_table, told
from servanda.web.public.pages import language, page
from servanda.web.storing import keep


@speaking
def changes(request: HttpRequest, convention: str, form: str = "") -> HttpResponse:
    """What changed; without a question since the entry of the journal before the newest."""
    number = number_of(convention)
    asked = times(request, convention)
    found = asked_changes(request, convention, asked, number)
    if form:
        table = changes_table(found, convention, language())
        response = table.as_csv() if form == "csv" else table.as_json()
    else:
        response = page(request, "public/changes.html", shown(found, asked, number))
    return keep(response, numbers={convention: number}, zone=asked.zone)


def asked_changes(request: HttpRequest, convention: str, asked: Times, number: int) -> Changes:
    """The changes that the address asks for; raise OneOfTwo, NotANumber, NotADate or what the days refuse."""
    since, first, last = (request.GET.get(name, "").strip() for name in ("since", "from", "to"))
    if (since and (first or last)) or (last and not first):
        raise OneOfTwo
    if first:
        until = parse_day(last, "to") if last else asked.today
        refuse_after_today(until, asked.today)
        return changes_between(convention, parse_day(first, "from"), until)
    if since and not (since.isascii() and since.isdecimal()):
        raise NotANumber(since)
    return changes_since(convention, int(since or max(1, number - 1)), asked.known or asked.today)


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact that differs, as the page shows it."""

    state: State | None
    change: FactChange
    before: Sentence | None
    says: Sentence


def shown(found: Changes, asked: Times, number: int) -> dict[str, object]:
    """What the page shows, States by name."""
    rules = found.after.pack
    in_order = {state.code: place for place, state in enumerate(rules.names.sorted_in(rules.names.states, language()))}
    facts = sorted(found.facts, key=lambda change: in_order.get(change.fact.subject, -1))
    return {
        "rules": rules.rules,
        "here": "changes",
        "found": found,
        "between_days": found.before.day != found.after.day,
        "facts": [shown_fact(change, rules) for change in facts],
        "statuses": [
            (rules.names.states[each.after.state], rules.obligations[each.after.obligation].article, each)
            for each in sorted(found.statuses, key=lambda each: in_order[each.after.state])
        ],
        "moved": [(rules.names.states[each.state], each) for each in by_list(found.moved, in_order)],
        "times": asked,
        "number": number,
    }


def shown_fact(change: FactChange, rules: Pack) -> ShownFact:
    """A fact with its words on both sides; coverage of all States has no State."""
    before = told(change.before, rules) if change.before and change.after else None
    return ShownFact(rules.names.states.get(change.fact.subject), change, before, told(change.fact, rules))


def by_list(moved: tuple[Moved, ...], in_order: dict[str, int]) -> list[Moved]:
    """Places in lists, meeting by meeting and list by list, States in the order of the reader's language."""
    return sorted(moved, key=lambda each: (each.meeting.start, each.tier.id, in_order[each.state]))
