"""The secretariat's pages. Each asks the one table of rules before it shows anything, and nothing of them is kept."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from servanda.common.languages import Text
from servanda.common.names import State
from servanda.common.refusals import Unknown
from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.convention.queries import calendar, pack
from servanda.programme.backtest import Outcome, Trial, backtest_as_json, foreseen_by
from servanda.programme.changes import coming_meetings
from servanda.programme.derivation import Doubt, Named, TierList
from servanda.programme.gaps import Asked, Gap, together
from servanda.programme.queries import backtest as tried
from servanda.programme.queries import gaps_of, tiers
from servanda.web.asking import times
from servanda.web.desk.admission import admitted, language, seat
from servanda.web.desk.showing import page
from servanda.web.secretariat.tables import backtest_table, candidates_table, gaps_table
from servanda.web.tables import Table

KINDS = {
    "decision": Sentence.of(N_("decision that may be missing")),
    "lead": Sentence.of(N_("not verified")),
    "conflict": Sentence.of(N_("sources disagree")),
    "open": Sentence.of(N_("no fact answers it")),
}
FORMS = ("csv", "json")


class NoSuchForm(Unknown):
    """A table is handed out as CSV or JSON."""

    def __init__(self, form: str) -> None:
        super().__init__(
            f"This table is not handed out as {form[:20]!r}.",
            "Programs and spreadsheets read two forms.",
            f"Ask for one of: {', '.join(FORMS)}.",
        )


@admitted("see what is not settled")
@require_safe
def overview(request: HttpRequest, convention: str) -> HttpResponse:
    """What the secretariat can ask of a convention: questions, lists put to the test, candidates by meeting."""
    rules, asked = pack(convention), times(request, convention)
    meetings = coming_meetings(rules, calendar(convention), asked.today)
    kinds = {kind for tier in rules.tiers.values() for kind in tier.meetings}
    past = [each for each in calendar(convention).meetings.values() if each.kind in kinds and each not in meetings]
    context = {
        "coming": meetings,
        "past": list(reversed(past)),
        "tested": [tier for tier in rules.tiers.values() if foreseen_by(rules, tier)],
    }
    return shown(request, "overview", rules, context)


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A question as the page shows it: about whom, of which kind, and the titles of what would change."""

    gap: Gap
    kind: Sentence
    states: tuple[State, ...]
    lists: list[tuple[str, Text]]
    articles: list[str]


@admitted("see what is not settled")
@require_safe
def gaps(request: HttpRequest, convention: str, form: str = "") -> HttpResponse:
    """What the register does not settle, first what would change most lists."""
    rules, asked = pack(convention), times(request, convention)
    code, day = request.GET.get("meeting") or None, asked.known or asked.today
    found = gaps_of(convention, day, code, seat(request), language())
    if form:
        return handed_out(gaps_table(found, convention, day, language()), form)
    context = {
        "of_lists": [shown_gap(each, rules) for each in together(gap for gap in found if gap.lists)],
        "of_statuses": [shown_gap(each, rules) for each in together(gap for gap in found if not gap.lists)],
        "meetings": with_lists(rules, convention),
        "chosen": code or "",
        "known": day,
        "times": asked,
    }
    return shown(request, "gaps", rules, context)


def shown_gap(asked: Asked, rules: Pack) -> ShownGap:
    """A question with the titles of what an answer would change, States in the order of the reader's language."""
    gap = asked.first
    lists = [(meeting, rules.tiers[tier].title.text) for meeting, tier in gap.lists]
    articles = [rules.obligations[name].article for name in gap.statuses]
    states = rules.names.sorted_in([state.code for state in asked.states], language())
    return ShownGap(gap, KINDS[gap.kind], tuple(states), lists, list(dict.fromkeys(articles)))


def with_lists(rules: Pack, convention: str) -> list[Meeting]:
    """The meetings whose kind has lists, the latest first."""
    kinds = {kind for tier in rules.tiers.values() for kind in tier.meetings}
    return [each for each in reversed(list(calendar(convention).meetings.values())) if each.kind in kinds]


@dataclass(frozen=True, slots=True)
class ShownTrial:
    """A meeting of a backtest as the page shows it, States by name."""

    trial: Trial
    missed: list[tuple[State, Outcome]]
    extra: list[tuple[State, Outcome]]
    unverified: list[tuple[State, Outcome]]
    left_open: list[tuple[State, Doubt]]

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell beside the numbers."""
        return bool(self.missed or self.extra or self.unverified or self.left_open)


@admitted("see what is not settled")
@require_safe
def backtest(request: HttpRequest, convention: str, name: str, form: str = "") -> HttpResponse:
    """A list put to the test at every meeting that had it."""
    rules = pack(convention)
    found = tried(convention, name, seat(request))
    if form == "json":
        return JsonResponse(backtest_as_json(found, language()), json_dumps_params={"ensure_ascii": False, "indent": 1})
    if form:
        return handed_out(backtest_table(found, language()), form)
    trials = [shown_trial(trial, rules) for trial in found.trials]
    context = {
        "found": found,
        "complete": [each for each in trials if each.trial.is_complete],
        "incomplete": [each for each in trials if not each.trial.is_complete],
        "trials": [each for each in trials if each.differs],
    }
    return shown(request, "backtest", rules, context)


def shown_trial(trial: Trial, rules: Pack) -> ShownTrial:
    """A meeting with the names of the States on which it differs."""
    names = rules.names.states
    missed, extra, unverified = (
        [(names[each.state], each) for each in outcomes] for outcomes in (trial.missed, trial.extra, trial.unverified)
    )
    left_open = [(names[doubt.state], doubt) for doubt in trial.found.doubts]
    return ShownTrial(trial, missed, extra, unverified, left_open)


@dataclass(frozen=True, slots=True)
class ShownCandidates:
    """A list that prints its rule, with the names that it would have."""

    found: TierList
    named: list[tuple[State, Named]]
    left_open: list[tuple[State, Doubt]]


@admitted("see what is not settled")
@require_safe
def candidates(request: HttpRequest, convention: str, code: str, form: str = "") -> HttpResponse:
    """Who would be in the lists of a meeting that print their rule alone, and on whom they leave the question open."""
    rules, asked = pack(convention), times(request, convention)
    meeting = calendar(convention).meeting(code)
    derived = tiers(convention, meeting.code, asked.known, asked.at, seat(request))
    printed = [each for each in derived if each.tier.prints == "rule"]
    if form:
        return handed_out(candidates_table(printed, convention, language()), form)
    context = {
        "meeting": meeting,
        "lists": [shown_candidates(each, rules) for each in printed],
        "known": asked.known or meeting.start,
        "times": asked,
    }
    return shown(request, "candidates", rules, context)


def shown_candidates(found: TierList, rules: Pack) -> ShownCandidates:
    """A list in the order of the reader's language."""
    named = {each.state: each for each in found.named}
    doubts = {each.state: each for each in found.doubts}
    return ShownCandidates(
        found,
        [(state, named[state.code]) for state in rules.names.sorted_in(named, language())],
        [(state, doubts[state.code]) for state in rules.names.sorted_in(doubts, language())],
    )


def shown(request: HttpRequest, name: str, rules: Pack, context: dict[str, Any]) -> HttpResponse:
    """A page of the secretariat about a convention."""
    return page(
        request, f"secretariat/{name}.html", {"rules": rules.rules, "asked_query": asked_query(request), **context}
    )


def asked_query(request: HttpRequest) -> str:
    """What the address asks, for the same as CSV and JSON."""
    asked = request.GET.urlencode()
    return f"?{asked}" if asked else ""


def handed_out(table: Table, form: str) -> HttpResponse:
    """A table as CSV or JSON; raise NoSuchForm."""
    if form not in FORMS:
        raise NoSuchForm(form)
    return table.as_csv() if form == "csv" else table.as_json()
