"""Pages of a programme: the document, one item of it, and what of it invites one State; each also as a file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from servanda.common.languages import find_language
from servanda.common.names import Names, State
from servanda.common.release import HOUSE
from servanda.convention.calendar import Meeting
from servanda.convention.queries import calendar
from servanda.documents.queries import sources
from servanda.floor.queries import floor_stream
from servanda.floor.stages import stage_of
from servanda.programme.exporting import programme_of
from servanda.programme.icalendar import Maker, calendar_of
from servanda.programme.plain import plain_text
from servanda.programme.plan import Issued, Plan
from servanda.programme.queries import printed_tiers
from servanda.programme.sheet import Line, Sheet, sheet
from servanda.web.asking import Reading, reading, speaking
from servanda.web.floors import read_floor
from servanda.web.issued import Chosen, chosen
from servanda.web.notice import own_notice
from servanda.web.programmes import Listed, Piece, Pieces, is_party, piece_as_json, state_as_json
from servanda.web.public.meetings import ShownName, ShownTier, about, shown_tier, to_page
from servanda.web.public.pages import kept, language, read_page
from servanda.web.public.versions import Cited, FrozenTier, cited, frozen_tiers

FONT = re.compile(r"@font-face\s*{[^}]*}\s*")
CONTENT_TYPES = {"ics": "text/calendar", "json": "application/json", "txt": "text/plain"}
STYLES = ("tokens.css", "page.css", "programme.css", "paper.css")


@dataclass(frozen=True)
class Asked:
    """What a page of a programme is asked: the question, the meeting, and its programme as issued or derived."""

    reading: Reading
    meeting: Meeting
    chosen: Chosen

    @property
    def plan(self) -> Plan:
        """The programme."""
        return self.chosen.plan

    @property
    def issued(self) -> Issued | None:
        """As which version it was issued; None where it is derived."""
        return self.chosen.issued

    @cached_property
    def pieces(self) -> Pieces:
        """The programme piece by piece."""
        return Pieces(self.plan)

    @cached_property
    def tiers(self) -> dict[str, ShownTier]:
        """Every list of the meeting as its own page shows it, by id; for what is derived."""
        times, names = self.reading.times, self.names
        printed = printed_tiers(self.reading.convention, self.meeting.code, times.known, times.at)
        return {each.found.tier.id: shown_tier(each, names) for each in printed}

    @property
    def names(self) -> Names:
        """The names of States, by the rules of the programme."""
        return self.chosen.names

    @cached_property
    def sheet(self) -> Sheet:
        """The programme as a document in the reader's language."""
        return sheet(self.plan, self.names, language(), self.issued, own_notice())

    @property
    def document(self) -> dict[str, Any]:
        """What the document is shown with, each of its documents with the address that the register has."""
        held = {source.symbol: source.address for source in sources(self.plan.convention).values() if source.symbol}
        addresses = [held.get(each.symbol, "") for each in self.plan.documents]
        return laid_out(self.plan, self.sheet, self.pieces, addresses)

    def shown(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        """A page of the programme."""
        shared = about(self.reading, self.meeting) | {
            "plan": self.plan,
            "chosen": self.chosen,
            "as_of": self.sheet.as_of,
        }
        if self.issued:
            shared |= {"known": self.plan.as_of.known, "number": self.plan.as_of.number}
        return read_page(request, f"public/{name}.html", self.reading, shared | context, self.chosen.numbers)

    def elsewhere(self, name: str, *words: str, form: str = "") -> HttpResponse:
        """To the one address of a page or a file of this form that was spelt another way."""
        place, last = (f"{name}-as", (form,)) if form else (name, ())
        return to_page(place, self.reading.convention, self.meeting.code, *words, *last, query=self.chosen.query)


def laid_out(plan: Plan, printed: Sheet, pieces: Pieces, addresses: Iterable[str] = ()) -> dict[str, Any]:
    """A sheet with what a page adds: of each line its entry and the name of its own page, of documents an address."""
    entries = {entry.id: entry for entry in plan.entries}
    names = pieces.names_of_items
    days = [(day, [(line, entries[line.id], names.get(line.id)) for line in day.lines]) for day in printed.days]
    documents = list(zip_longest(printed.documents, addresses, fillvalue=""))
    return {"plan": plan, "sheet": printed, "days": days, "documents": documents}


def document(plan: Plan, names: Names, language: str, issued: Issued | None = None) -> str:
    """The programme as one file of HTML that stands alone: no script, no link to this site; same plan, same bytes."""
    with translation.override(find_language(language).code):
        context = laid_out(plan, sheet(plan, names, language, issued, own_notice()), Pieces(plan))
        return render_to_string("public/programme_document.html", context | {"styles": inlined()})


def inlined() -> SafeString:
    """The styles of a programme, for a file that stands alone."""
    shown, printed = "".join(map(style, STYLES)), style("print.css")
    return mark_safe(f"<style>\n{shown}@media print {{\n{printed}}}\n</style>")  # noqa: S308 (our own files)


def style(name: str) -> str:
    """One file of styles, without fonts, which would have to be fetched."""
    text = (HOUSE / "web" / "static" / "css" / name).read_text(encoding="utf-8")
    return FONT.sub("", text)


def asked_of(request: HttpRequest, convention: str, code: str) -> Asked:
    """Read what an address asks of the programme of a meeting."""
    asked, meeting = reading(request, convention), calendar(convention).meeting(code)
    return Asked(asked, meeting, chosen(request, asked.times, meeting))


def json_of(content: dict[str, object], asked: Asked) -> HttpResponse:
    """An answer as JSON, kept like the page that it stands for."""
    return kept(
        JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1}),
        asked.reading,
        asked.chosen.numbers,
    )


def file_of(content: bytes, form: str, name: str, asked: Asked) -> HttpResponse:
    """A file, kept like the page that it stands for."""
    response = HttpResponse(content, content_type=f"{CONTENT_TYPES[form]}; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    return kept(response, asked.reading, asked.chosen.numbers)


@speaking
def programme(request: HttpRequest, convention: str, code: str, form: str = "") -> HttpResponse:
    """The programme as a document that reads and prints as one."""
    asked = asked_of(request, convention, code)
    if asked.meeting.code != code:
        return asked.elsewhere("programme", form=form)
    if form:
        return file_of(as_file(asked, form), form, f"{convention}-{code}", asked)
    _number, room = read_floor(floor_stream(convention, code))
    is_live = room is not None and stage_of(room).name != "over"
    return asked.shown(request, "programme", asked.document | {"is_live": is_live})


def as_file(asked: Asked, form: str) -> bytes:
    """The whole programme as text, JSON or calendar."""
    if form == "ics":
        return calendar_of(asked.plan, asked.names, language(), issued=asked.issued, notice=own_notice())
    if form == "json":
        return programme_of(asked.plan, language(), asked.issued, own_notice()).as_text().encode()
    return plain_text(asked.sheet).encode()


@speaking
def item(request: HttpRequest, convention: str, code: str, name: str, form: str = "") -> HttpResponse:
    """One item: when it is taken, who presents, and each of its lists with its States, reasons and sources."""
    asked = asked_of(request, convention, code)
    piece = asked.pieces.find(name)
    if (asked.meeting.code, piece.name) != (code, name):
        return asked.elsewhere("item", piece.name, form=form)
    if form == "json":
        return json_of(piece_as_json(piece, language(), asked.issued), asked)
    if form:
        return file_of(calendar_of_piece(piece, asked), form, f"{convention}-{code}-{name}", asked)
    before, after = asked.pieces.beside(piece)
    context = {"piece": piece, "line": line_of(piece, asked), "before": before, "after": after}
    return asked.shown(request, "programme_item", context | lists_of(piece, asked))


def lists_of(piece: Piece, asked: Asked) -> dict[str, list[FrozenTier] | list[ShownTier]]:
    """The lists of an item: frozen with their reasons where it is issued, else with the facts of the register."""
    tiers = piece.item.tiers if piece.item else ()
    if asked.issued:
        return {"frozen": frozen_tiers(tiers, asked.chosen, asked.reading.rules.tiers)}
    return {"tiers": [asked.tiers[tier.kind] for tier in tiers]}


def line_of(piece: Piece, asked: Asked) -> Line | None:
    """The line under which a piece is printed in full; None where the programme has none."""
    taken = {window.entry.id for window in piece.windows if not window.entry.continued}
    return next((line for day in asked.sheet.days for line in day.lines if line.id in taken), None)


def calendar_of_piece(piece: Piece, asked: Asked) -> bytes:
    """The calendar of an item with the items below it, or of an entry of its own."""
    if piece.item:
        return calendar_of(
            asked.plan, asked.names, language(), item=piece.name, issued=asked.issued, notice=own_notice()
        )
    return Maker(asked.plan, asked.names, asked.sheet, None).calendar([window.entry for window in piece.windows])


@dataclass(frozen=True)
class ShownListed:
    """A list that names a State as the page shows it, with the sources of its reasons.

    `name` has them as facts of the register; None where the list was issued, and `sources` has their names.
    """

    listed: Listed
    name: ShownName | None = None
    sources: tuple[Cited, ...] = ()


@speaking
def state(request: HttpRequest, convention: str, code: str, name: str, form: str = "") -> HttpResponse:
    """What invites one State: each list with its item and time, why, and the lists that are open to it."""
    asked = asked_of(request, convention, code)
    found = asked.names.find(name)
    if (asked.meeting.code, found.code) != (code, name):
        return asked.elsewhere("state-at-meeting", found.code, form=form)
    party = is_party(asked.plan, found.code, asked.chosen.at)
    if form == "json":
        content = state_as_json(asked.pieces, found, language(), is_party=party, issued=asked.issued)
        return json_of(content, asked)
    if form:
        made = calendar_of(
            asked.plan, asked.names, language(), state=found.code, issued=asked.issued, notice=own_notice()
        )
        return file_of(made, form, f"{convention}-{code}-{name}", asked)
    context = {
        "state": found,
        "naming": shown_lists(asked.pieces.naming(found.code), asked, found),
        "may_ask_for": asked.pieces.open_to(is_party=party),
        "withheld": asked.pieces.withheld(),
    }
    return asked.shown(request, "programme_state", context)


def shown_lists(naming: Iterable[Listed], asked: Asked, state: State) -> list[ShownListed]:
    """The lists that name a State, with the sources of their reasons: as issued, or as the register has them."""
    if asked.issued:
        held = sources(asked.plan.convention)
        return [ShownListed(each, sources=cited(each.invited, held)) for each in naming if each.invited]
    rows = ((each, asked.tiers[each.tier.kind].names) for each in naming)
    return [ShownListed(each, next(row for row in names if row.state is state)) for each, names in rows]


@speaking
def states(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """A plain list of all States, to choose one."""
    asked = asked_of(request, convention, code)
    if asked.meeting.code != code:
        return asked.elsewhere("states-at-meeting")
    known = [code for code in asked.reading.rules.states if code in asked.names.states]
    return asked.shown(request, "programme_states", {"states": asked.names.sorted_in(known, language())})
