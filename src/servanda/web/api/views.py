"""Answers as JSON below /api/v1/, each kept like the page it stands for."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from servanda.common.languages import LANGUAGES
from servanda.common.refusals import WrongUsage
from servanda.convention.queries import calendar, conventions, number_of, pack
from servanda.journal.queries import heads
from servanda.programme.derivation import TierList, UnknownTier, printed_as_json
from servanda.programme.exporting import programme_of
from servanda.programme.queries import printed_tiers, tiers
from servanda.register.explain import status_as_json
from servanda.register.queries import question
from servanda.web.api.described import ABOUT, SelfDescribed, answers
from servanda.web.asking import Times, reading, times
from servanda.web.issued import chosen_at
from servanda.web.listings import deadlines_table, ledger_table, read_board, read_deadlines, read_ledger
from servanda.web.notice import notice_in, own_notice
from servanda.web.programmes import Pieces, is_party, piece_as_json, state_as_json
from servanda.web.storing import EVERY_STREAM, keep

api = SelfDescribed(title="Servanda", version="1", description=ABOUT, docs_url=None, urls_namespace="api")
OF_MEETING = ("known", "at", "language")
OF_PROGRAMME = ("version", *OF_MEETING)
ABOUT_A_DAY = ("on", *OF_MEETING)


class UnknownLanguage(WrongUsage):
    """A language that is not one of the six."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code!r} is not a language of the interface.",
            "Sentences are given in the official languages.",
            f"Ask for one of: {', '.join(LANGUAGES)}.",
        )


def answer(content: object, *, numbers: dict[str, int], zone: str = "UTC") -> HttpResponse:
    """JSON that may be kept while the numbers stand."""
    response = JsonResponse(content, safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return keep(response, numbers=numbers, zone=zone)


def language_of(request: HttpRequest) -> str:
    """The language asked for with `language`, English by default; raise UnknownLanguage."""
    code = request.GET.get("language", "en")
    if code not in LANGUAGES:
        raise UnknownLanguage(code)
    return code


@answers(api, "/conventions", "The conventions held, each with the number of its journal")
def list_conventions(request: HttpRequest) -> HttpResponse:
    """The conventions held, each with its title and journal number."""
    streams = len(heads())
    numbers = {name: number_of(name) for name in conventions()}
    content = [
        {"convention": name, "title": pack(name).rules.title.text.words, "number": number}
        for name, number in numbers.items()
    ]
    return answer(content, numbers=numbers | {EVERY_STREAM: streams})


@answers(
    api,
    "/{convention}/meetings/{code}",
    "A meeting and its tiers",
    asks=OF_MEETING,
    gives="servanda-meeting/1",
)
def show_meeting(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """A meeting with its days, place and tiers."""
    number, asked = number_of(convention), times(request, convention)
    meeting = calendar(convention).meeting(code)
    spoken = language_of(request)
    content = {
        "format": "servanda-meeting/1",
        "notice": notice_in(spoken).words,
        "convention": convention,
        "meeting": meeting.code,
        "kind": meeting.kind,
        "start": meeting.start.isoformat(),
        "end": meeting.end.isoformat(),
        "city": meeting.city,
        "venue": meeting.venue,
        "room": meeting.room,
        "timezone": meeting.timezone,
        "source": meeting.source,
        "tiers": [printed_as_json(found, spoken) for found in tiers(convention, code, asked.known, asked.at)],
    }
    return answer(content, numbers={convention: number}, zone=asked.zone)


@answers(
    api,
    "/{convention}/meetings/{code}/tiers/{name}",
    "One tier of a meeting",
    asks=OF_MEETING,
    gives="servanda-tier/1",
)
def show_tier(request: HttpRequest, convention: str, code: str, name: str) -> HttpResponse:
    """The States of a tier, each with basis and reasons."""
    number, asked = number_of(convention), times(request, convention)
    found = printed_alone(convention, code, name, asked)
    spoken = language_of(request)
    content = {"notice": notice_in(spoken).words, **printed_as_json(found, spoken)}
    return answer(content, numbers={convention: number}, zone=asked.zone)


def printed_alone(convention: str, code: str, name: str, asked: Times) -> TierList:
    """A tier as everyone may read it: one that prints its rule is not derived; raise UnknownTier."""
    for printed in printed_tiers(convention, code, asked.known, asked.at):
        if printed.found.tier.id == name:
            if printed.withheld:
                raise printed.withheld
            return printed.found
    raise UnknownTier(pack(convention, asked.at), name)


@answers(
    api,
    "/{convention}/states/{code}",
    "The statuses of a State",
    asks=ABOUT_A_DAY,
    gives="servanda-state/1",
)
def show_state(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """Where a State stands with each obligation on a day, as known on a day, with explanations."""
    number, asked = number_of(convention), times(request, convention)
    rules, spoken = pack(convention, asked.at), language_of(request)
    state = rules.names.find(code)
    known = asked.known or asked.today
    asking = question(convention, asked.on or known, known, asked.at)
    content = {
        "format": "servanda-state/1",
        "notice": notice_in(spoken).words,
        "convention": convention,
        "state": state.code,
        "names": dict(state.names),
        "statuses": [status_as_json(convention, asking.status(name, state.code), spoken) for name in rules.obligations],
    }
    return answer(content, numbers={convention: number}, zone=asked.zone)


@answers(
    api,
    "/{convention}/board",
    "Where every State stands with an obligation",
    asks=("obligation", "status", *ABOUT_A_DAY),
    gives="servanda-table/1",
)
def show_board(request: HttpRequest, convention: str) -> HttpResponse:
    """The status of every State, or of those with one word of status, in alphabetical order."""
    asked, spoken = reading(request, convention), language_of(request)
    table = read_board(request, asked, spoken).table(asked, spoken)
    return keep(table.as_json(spoken), numbers={convention: asked.number}, zone=asked.times.zone)


@answers(
    api,
    "/{convention}/ledger",
    "The clauses of decisions",
    asks=ABOUT_A_DAY,
    gives="servanda-table/1",
)
def show_ledger(request: HttpRequest, convention: str) -> HttpResponse:
    """Every clause of a decision, with what the register holds of what followed it."""
    asked, spoken = reading(request, convention), language_of(request)
    table = ledger_table(read_ledger(asked, spoken), asked, spoken)
    return keep(table.as_json(spoken), numbers={convention: asked.number}, zone=asked.times.zone)


@answers(
    api,
    "/{convention}/deadlines",
    "Deadlines ahead, and by when an extension must be requested",
    asks=ABOUT_A_DAY,
    gives="servanda-table/1",
)
def show_deadlines(request: HttpRequest, convention: str) -> HttpResponse:
    """Every deadline ahead, with the formal meeting that would have to decide on its extension."""
    asked, spoken = reading(request, convention), language_of(request)
    table = deadlines_table(read_deadlines(asked, spoken), asked, spoken)
    return keep(table.as_json(spoken), numbers={convention: asked.number}, zone=asked.times.zone)


@answers(
    api,
    "/{convention}/meetings/{code}/programme",
    "The programme of a meeting",
    asks=OF_PROGRAMME,
    gives="servanda-programme/1",
)
def show_programme(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """The programme of a meeting: the version issued last; what is derived where none is, or where days are named."""
    number, asked, spoken = number_of(convention), times(request, convention), language_of(request)
    found = chosen_at(request, asked, convention, code)
    text = programme_of(found.plan, spoken, found.issued, own_notice()).as_text()
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    return keep(response, numbers={convention: number, **found.numbers}, zone=asked.zone)


@answers(
    api,
    "/{convention}/meetings/{code}/programme/items/{number}",
    "One item of a programme: when it is taken, its tiers and why each State is in them",
    asks=OF_PROGRAMME,
    gives="servanda-item/1",
)
def show_item(request: HttpRequest, convention: str, code: str, number: str) -> HttpResponse:
    """One item of a programme, or an entry of its own."""
    head, asked, spoken = number_of(convention), times(request, convention), language_of(request)
    found = chosen_at(request, asked, convention, code)
    content = piece_as_json(Pieces(found.plan).find(number), spoken, found.issued)
    return answer(content, numbers={convention: head, **found.numbers}, zone=asked.zone)


@answers(
    api,
    "/{convention}/meetings/{code}/states/{state}",
    "The lists of a programme that name a State, with reasons, and those that it may ask for",
    asks=OF_PROGRAMME,
    gives="servanda-invitations/1",
)
def show_invitations(request: HttpRequest, convention: str, code: str, state: str) -> HttpResponse:
    """What of a programme invites one State."""
    asked, spoken = reading(request, convention), language_of(request)
    programme = chosen_at(request, asked.times, convention, code)
    found = programme.names.find(state)
    party = is_party(programme.plan, found.code, programme.at)
    content = state_as_json(Pieces(programme.plan), found, spoken, is_party=party, issued=programme.issued)
    return answer(content, numbers={convention: asked.number, **programme.numbers}, zone=asked.times.zone)
