"""Pages of a programme: the document, one item of it, and what of it invites one State; each also as a file."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from servanda.common.names import State
from servanda.convention.calendar import Meeting
from servanda.convention.queries import calendar
from servanda.programme.plan import Plan
from servanda.programme.queries import plan as built
from servanda.programme.queries import printed_tiers
from servanda.register.queries import joined
from servanda.web.asking import Reading, reading, speaking
from servanda.web.programmes import Listed, Pieces, piece_as_json, state_as_json
from servanda.web.public.meetings import ShownName, ShownTier, about, sent_on, shown_tier
from servanda.web.public.pages import kept, language, read_page


@dataclass(frozen=True)
class Asked:
    """What a page of a programme is asked: the question, the meeting, and its programme by the days of the question."""

    reading: Reading
    meeting: Meeting
    plan: Plan

    @cached_property
    def pieces(self) -> Pieces:
        """The programme piece by piece."""
        return Pieces(self.plan)

    @cached_property
    def tiers(self) -> dict[str, ShownTier]:
        """Every list of the meeting as its own page shows it, by id."""
        times, names = self.reading.times, self.reading.rules.names
        printed = printed_tiers(self.reading.convention, self.meeting.code, times.known, times.at)
        return {each.found.tier.id: shown_tier(each, names) for each in printed}

    def shown(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        """A page of the programme."""
        shared = about(self.reading, self.meeting) | {"plan": self.plan}
        return read_page(request, f"public/{name}.html", self.reading, shared | context)

    def elsewhere(self, name: str, *words: str) -> HttpResponse:
        """To the one address of a page that was spelt another way."""
        return sent_on(name, self.reading.convention, self.meeting.code, *words, asked=self.reading)

    def is_party(self, state: str) -> bool:
        """Whether a State is a party on the first day of the meeting, as far as the register knows."""
        return joined(self.reading.question, state).binds_on(self.meeting.start)


def asked_of(request: HttpRequest, convention: str, code: str) -> Asked:
    """Read what an address asks of the programme of a meeting."""
    asked, meeting = reading(request, convention), calendar(convention).meeting(code)
    return Asked(asked, meeting, built(convention, meeting.code, asked.times.known, asked.times.at))


def address_of(request: HttpRequest, name: str, *words: str) -> str:
    """The whole address of a page, as a calendar names it."""
    return request.build_absolute_uri(reverse(f"public:{name}", args=[language(), *words]))


def json_of(content: dict[str, object], asked: Asked) -> HttpResponse:
    """An answer as JSON, kept like the page that it stands for."""
    return kept(JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1}), asked.reading)


@speaking
def item(request: HttpRequest, convention: str, code: str, name: str, form: str = "") -> HttpResponse:
    """One item: when it is taken, who presents, and each of its lists with its States, reasons and sources."""
    asked = asked_of(request, convention, code)
    piece = asked.pieces.find(name)
    if (asked.meeting.code, piece.name) != (code, name):
        return asked.elsewhere("item", piece.name)
    if form == "json":
        return json_of(piece_as_json(piece, language()), asked)
    before, after = asked.pieces.beside(piece)
    tiers = [asked.tiers[tier.kind] for tier in piece.item.tiers] if piece.item else []
    return asked.shown(request, "programme_item", {"piece": piece, "tiers": tiers, "before": before, "after": after})


@dataclass(frozen=True)
class ShownListed:
    """A list that names a State as the page shows it, with the sources of the reasons."""

    listed: Listed
    name: ShownName


@speaking
def state(request: HttpRequest, convention: str, code: str, name: str, form: str = "") -> HttpResponse:
    """What of a programme invites one State: each list with its item and time, why, and the lists that are open to it."""
    asked = asked_of(request, convention, code)
    found = asked.reading.rules.names.find(name)
    if (asked.meeting.code, found.code) != (code, name):
        return asked.elsewhere("state-at-meeting", found.code)
    is_party = asked.is_party(found.code)
    if form == "json":
        return json_of(state_as_json(asked.pieces, found, language(), is_party=is_party), asked)
    context = {
        "state": found,
        "naming": [shown_listed(each, asked, found) for each in asked.pieces.naming(found.code)],
        "may_ask_for": asked.pieces.open_to(is_party=is_party),
        "withheld": asked.pieces.withheld(),
    }
    return asked.shown(request, "programme_state", context)


def shown_listed(listed: Listed, asked: Asked, state: State) -> ShownListed:
    """A list that names a State, with the facts and sources of its reasons."""
    rows = asked.tiers[listed.tier.kind].names
    return ShownListed(listed, next(row for row in rows if row.state is state))


@speaking
def states(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """A plain list of all States, to choose one."""
    asked = asked_of(request, convention, code)
    if asked.meeting.code != code:
        return asked.elsewhere("states-at-meeting")
    rules = asked.reading.rules
    return asked.shown(request, "programme_states", {"states": rules.names.sorted_in(rules.states, language())})
