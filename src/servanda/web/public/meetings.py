"""Pages of a meeting: its tiers, one tier, and the proof sheet of a list."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from servanda.common.names import Names, State
from servanda.common.refusals import Refusal, Unknown
from servanda.convention.calendar import Meeting
from servanda.convention.queries import calendar
from servanda.programme.composing import MeetingIsTooShort, NoTemplate
from servanda.programme.derivation import Named, TierList, UnknownTier
from servanda.programme.queries import Printed, printed_tiers
from servanda.programme.sheet import sheet
from servanda.register.facts import Fact
from servanda.web.asking import Reading, reading, speaking
from servanda.web.issued import chosen, number_of_meeting
from servanda.web.programmes import Pieces
from servanda.web.public.pages import handed_out, language, read_page
from servanda.web.tables import Cell, Table


class RuleIsPrinted(Unknown):
    """A list of names is asked for where a programme prints the rule alone."""

    def __init__(self, tier: TierList) -> None:
        super().__init__(
            f"{tier.meeting.code} has no list of names for {tier.tier.id!r}.",
            "A programme prints the rule of this list, and so do the pages that everyone may see.",
            "Read the rule on the page of the meeting.",
        )


@dataclass(frozen=True)
class ShownName:
    """A State in a tier as the page shows it, with the notes of its sources."""

    state: State
    named: Named
    notes: tuple[int, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact that its reasons rest on, once."""
        return tuple(dict.fromkeys(fact for step in self.named.because for fact in step.facts))


@dataclass(frozen=True)
class ShownTier:
    """A tier as the page shows it: names in the order of the reader's language, sources as numbered notes."""

    found: TierList
    names: tuple[ShownName, ...]
    notes: tuple[Fact, ...]
    withheld: Refusal | None


def shown_tier(printed: Printed, names: Names) -> ShownTier:
    """What a programme prints of a tier, in the order of the reader's language, each source noted once."""
    found = printed.found
    by_code = {named.state: named for named in found.named}
    notes: dict[str, tuple[int, Fact]] = {}
    rows = []
    for state in names.sorted_in(by_code, language()):
        facts = [fact for step in by_code[state.code].because for fact in step.facts]
        for fact in facts:
            notes.setdefault(fact.key, (len(notes) + 1, fact))
        rows.append(ShownName(state, by_code[state.code], tuple(dict.fromkeys(notes[fact.key][0] for fact in facts))))
    return ShownTier(found, tuple(rows), tuple(fact for _number, fact in notes.values()), printed.withheld)


@speaking
def meeting(request: HttpRequest, convention: str, code: str, form: str = "") -> HttpResponse:
    """A meeting: days, place, and each tier with its States, the reason for each, and the sources."""
    asked, found = reading(request, convention), calendar(convention).meeting(code)
    if found.code != code:
        last = ("meeting-as", convention, found.code, form) if form else ("meeting", convention, found.code)
        return sent_on(*last, asked=asked)
    printed = printed_tiers(convention, code, asked.times.known, asked.times.at)
    shown = [shown_tier(tier, asked.rules.names) for tier in printed]
    if form:
        return handed_out(names_table(shown, asked, found), form, asked)
    numbers = number_of_meeting(convention, found.code)
    context = about(asked, found) | glance(request, asked, found) | {"tiers": shown}
    return read_page(request, "public/meeting.html", asked, context, numbers)


def glance(request: HttpRequest, asked: Reading, found: Meeting) -> dict[str, object]:
    """The programme of a meeting at a glance, as its own page shows it, or why none is built."""
    try:
        programme = chosen(request, asked.times, found)
    except (NoTemplate, MeetingIsTooShort) as refusal:
        return {"unbuilt": refusal}
    names = Pieces(programme.plan).names_of_items
    printed = sheet(programme.plan, programme.names, language(), programme.issued)
    days = [(day, [(line, names.get(line.id)) for line in day.lines]) for day in printed.days]
    return {"glance": days, "chosen": programme, "as_of": printed.as_of}


def sent_on(name: str, *words: str, asked: Reading) -> HttpResponse:
    """To the one address of a page whose code was spelt another way."""
    return to_page(name, *words, query=asked.times.query)


def to_page(name: str, *words: str, query: str) -> HttpResponse:
    """To a page, with what the address asks."""
    return HttpResponseRedirect(reverse(f"public:{name}", args=[language(), *words]) + query)


def about(asked: Reading, found: Meeting) -> dict[str, object]:
    """What every page of a meeting shows; by default as known on its first day."""
    return {"meeting": found, "known": asked.times.known or found.start}


def names_table(shown: list[ShownTier], asked: Reading, found: Meeting) -> Table:
    """The names in the lists of a meeting that a programme prints, each with basis, reasons and sources."""
    rows = [name_row(tier, row) for tier in shown for row in tier.names]
    columns = ("tier", "state", "name", "basis", "because", "sources")
    number = asked.times.at or asked.number
    content: dict[str, Cell] = {
        "convention": asked.convention,
        "meeting": found.code,
        "known": asked.times.known or found.start,
        "number": number,
    }
    return Table(f"{found.code}-names", columns, rows, content)


def name_row(tier: ShownTier, row: ShownName) -> tuple[Cell, ...]:
    """One name as cells."""
    reasons = " ".join(step.sentence.said_in(language()) for step in row.named.because)
    sources = " ; ".join(fact.source.name for fact in row.facts)
    return tier.found.tier.id, row.state.code, row.state.name_in(language()), row.named.basis, reasons, sources


def shown_alone(asked: Reading, found: Meeting, name: str) -> ShownTier:
    """One tier of a meeting; raise UnknownTier where its kind of meeting has none of this name."""
    for printed in printed_tiers(asked.convention, found.code, asked.times.known, asked.times.at):
        if printed.found.tier.id == name:
            return shown_tier(printed, asked.rules.names)
    raise UnknownTier(asked.rules, name)


@speaking
def tier(request: HttpRequest, convention: str, code: str, name: str, form: str = "") -> HttpResponse:
    """One tier of a meeting at an address of its own."""
    asked, found = reading(request, convention), calendar(convention).meeting(code)
    if found.code != code:
        words = (convention, found.code, name)
        return sent_on("tier-as", *words, form, asked=asked) if form else sent_on("tier", *words, asked=asked)
    shown = shown_alone(asked, found, name)
    if not form:
        return read_page(request, "public/tier.html", asked, about(asked, found) | {"tier": shown})
    if shown.withheld:
        raise shown.withheld
    if shown.found.tier.prints == "rule":
        raise RuleIsPrinted(shown.found)
    return handed_out(names_table([shown], asked, found), form, asked)


@speaking
def proof(request: HttpRequest, convention: str, code: str, name: str) -> HttpResponse:
    """The proof sheet of a list, to print: one footnote a name, with reason, fact, source and place."""
    asked, found = reading(request, convention), calendar(convention).meeting(code)
    if found.code != code:
        return sent_on("proof", convention, found.code, name, asked=asked)
    context = {"tier": shown_alone(asked, found, name), "at": asked.times.at or asked.number}
    return read_page(request, "public/proof.html", asked, about(asked, found) | context)
