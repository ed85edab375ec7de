"""A programme as a document in one language: what its text and its page both print, before either is set.

Every run of words says in which language it stands and how it stands to its original. Whole phrases come from
the catalogues. A number, its title and the word that it is continued are separate elements. Where a tier
prints its rule, no State stands in the document, whoever the register holds.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date

from servanda.common.languages import Language, Standing, Text, find_language
from servanda.common.names import Names
from servanda.common.notice import STANDARD
from servanda.common.organisations import organisations
from servanda.common.phrases import Phrase, Scribe, Words, heading_of_day, time_in
from servanda.common.wording import N_, days_in
from servanda.programme.plan import ActionRange, Day, Entry, Issued, Item, NumberedDocument, Plan, Presenter, Tier
from servanda.programme.timetable import first_taken

NOTHING = Phrase()
# What marks words that are not a translation of the original as it now stands.
MARKS: Mapping[Standing, str] = {"missing": "*", "stale": "†"}
SUMMED_UP: Mapping[Standing, str] = {
    "official": N_("Texts in the words of an official document: {number}."),
    "courtesy": N_("Courtesy translations: {number}."),
    "stale": N_("Texts translated from an earlier wording, marked {mark}: {number}."),
    "missing": N_("Texts not translated, shown in the language of their original and marked {mark}: {number}."),
}
EMPTY_DAY = N_("Nothing is placed on this day yet.")
STATUSES = {
    "new": N_("New in this version."),
    "struck": N_("Struck from the programme."),
    "provisional": N_("Provisional."),
    "closed": N_("Closed."),
    "not_reached": N_("Not reached."),
}
MAY_ASK = {
    "states_parties": N_("States Parties"),
    "states_not_party": N_("States not party"),
    "organizations": N_("organizations"),
}
NOT_ESTABLISHED = N_(
    "Not established: the register names no State for this list as known on that day. "
    "This does not say that there is none."
)


@dataclass(frozen=True, slots=True)
class GivenFloor:
    """A tier as printed: its label, what it is invited to, and who is named, in the order of the language.

    `mark`: the names stand in the footnote of this mark, and not here. `states` are the codes of all names.
    """

    kind: str
    label: Phrase
    invites: Phrase
    names: tuple[Phrase, ...] = ()
    states: tuple[str, ...] = ()
    mark: str = ""
    says: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the programme. What concerns its item stands where the item is first taken, and not again.

    `when` is empty where it flows; `room` where it does not change; `continued` where the item is begun.
    """

    id: str
    kind: str
    status: str
    title: Phrase
    when: Phrase = NOTHING
    number: str = ""
    printed: str = ""
    continued: Phrase = NOTHING
    remark: Phrase = NOTHING
    room: str = ""
    presenters: tuple[Phrase, ...] = ()
    actions: tuple[Phrase, ...] = ()
    text: tuple[Phrase, ...] = ()
    tiers: tuple[GivenFloor, ...] = ()
    documents: tuple[Phrase, ...] = ()
    meeting: str = ""
    side_events: bool = False


@dataclass(frozen=True, slots=True)
class DayPrinted:
    """A day under its heading; `remark` says that it is empty."""

    day: date
    heading: Phrase
    lines: tuple[Line, ...]
    remark: Phrase = NOTHING


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote with the names of a tier in the order of the language."""

    mark: str
    label: Phrase
    names: tuple[Phrase, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A programme in one language. `summary` says how its words stand to their originals, `notice` whose it is not.

    `issued` tells as which version it was issued, None where it is only derived; `as_of` says it in words.
    """

    language: Language
    convention: Phrase
    title: Phrase
    heading: Phrase
    dates: Phrase
    place: Phrase
    symbols: tuple[str, ...]
    days: tuple[DayPrinted, ...]
    footnotes: tuple[Footnote, ...]
    documents_heading: Phrase
    documents: tuple[Phrase, ...]
    as_of: Phrase
    notice: Phrase
    standings: Mapping[Standing, int] = field(default_factory=dict)
    summary: tuple[Phrase, ...] = ()
    issued: Issued | None = None


def sheet(plan: Plan, names: Names, language: str, issued: Issued | None = None, notice: Text | None = None) -> Sheet:
    """The programme as a document in one of the six languages; raise NotALanguage.

    `notice` is the operator's, in place of the standard words.
    """
    return Writer(plan, names, find_language(language), Scribe(language), issued, notice).sheet()


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes a plan down in one language."""

    plan: Plan
    names: Names
    language: Language
    scribe: Scribe
    issued: Issued | None = None
    notice: Text | None = None

    def sheet(self) -> Sheet:
        """The whole document."""
        plan, say = self.plan, self.scribe.say
        head = (
            self.scribe.put(plan.convention_title), self.scribe.put(plan.title), say(N_("Programme")),
            self.words(days_in(plan.start, plan.end, self.language.code)),
            place_of(plan, self.scribe, plan.room),
        )  # fmt: skip
        days, footnotes = tuple(self.days()), tuple(self.footnotes())
        documents = tuple(self.document(each) for each in plan.documents)
        counted = standings_of((head, days, footnotes, documents))
        return Sheet(
            self.language,
            *head,
            symbols=plan.symbols,
            days=days,
            footnotes=footnotes,
            documents_heading=say(N_("Documents of the meeting")),
            documents=documents,
            as_of=self.as_of(),
            notice=self.said_notice(),
            standings=counted,
            summary=tuple(self.summary(counted)),
            issued=self.issued,
        )

    def said_notice(self) -> Phrase:
        """Whose publication this is, or is not."""
        if self.notice is None:
            return self.scribe.say(STANDARD)
        shown = self.notice.shown_in(self.language.code)
        return Phrase((Words(shown.words, shown.language.code),))

    def words(self, text: str) -> Phrase:
        """Words that were written in the language of the document."""
        return Phrase((Words(text, self.language.code),))

    def as_of(self) -> Phrase:
        """As of when the programme was derived, and from what; of an issued one also which version it is."""
        as_of = self.plan.as_of
        if self.issued:
            words = N_(
                "Version {version}, issued on {issued}; derived from what was public on {known}; "
                "pack {pack}, version {of_pack}; journal number {number}; digest {digest}."
            )
            return self.scribe.say(
                words, version=self.issued.version, issued=self.issued.on, known=as_of.known,
                pack=self.plan.convention, of_pack=as_of.pack_version, number=as_of.number, digest=self.issued.digest,
            )  # fmt: skip
        words = N_(
            "Derived from a template; not the programme issued by the meeting. "
            "Its lists are derived from what was public on {known}; "
            "the rest is of pack {pack}, version {version}; journal number {number}."
        )
        return self.scribe.say(
            words, known=as_of.known, pack=self.plan.convention, version=as_of.pack_version, number=as_of.number
        )

    def summary(self, counted: Mapping[Standing, int]) -> Iterator[Phrase]:
        """How the words stand to their originals, in sentences."""
        for standing, number in counted.items():
            if standing in SUMMED_UP:
                yield self.scribe.say(SUMMED_UP[standing], number=number, mark=MARKS.get(standing, ""))

    def days(self) -> Iterator[DayPrinted]:
        """The days, each with its lines."""
        full = {entry.id for entry in first_taken(self.plan).values()}
        rooms = {entry.id: room for day in self.plan.days for entry, room in room_changes(self.plan.room, day)}
        for day in self.plan.days:
            lines = tuple(self.line(entry, rooms[entry.id], is_full=entry.id in full) for entry in day.lines)
            heading = self.words(heading_of_day(day.day, self.language.code))
            yield DayPrinted(day.day, heading, lines, NOTHING if lines else self.scribe.say(EMPTY_DAY))

    def line(self, entry: Entry, room: str, *, is_full: bool) -> Line:
        """One line; with what concerns its item where that is printed in full."""
        item, say = self.plan.item_of(entry), self.scribe.say
        told = item if is_full else None
        return Line(
            id=entry.id,
            kind=entry.kind,
            status=entry.status,
            title=self.scribe.put(self.plan.title_of(entry)),
            when=self.when(entry),
            number=(item.number or "") if item else "",
            printed=item.printed if item else "",
            continued=say(N_("(continued)")) if entry.continued else NOTHING,
            remark=say(STATUSES[entry.status]) if entry.status in STATUSES else NOTHING,
            room=room,
            presenters=tuple(self.presenter(each) for each in told.presenters) if told else (),
            actions=tuple(self.actions(each) for each in own_actions(told)) if told else (),
            text=tuple(self.scribe.put(each) for each in told.text) if told else (),
            tiers=tuple(self.tier(each) for each in told.tiers) if told else (),
            documents=tuple(self.documents(entry, told)),
            meeting=entry.meeting or "",
            side_events=entry.side_events,
        )

    def when(self, entry: Entry) -> Phrase:
        """The time at which an entry is printed to begin, and to end where that is printed too."""
        hours = [time_in(hour, self.language.code) for hour in (entry.at, entry.until) if hour]
        if entry.at is None or entry.origin == "inferred":
            return NOTHING
        if len(hours) == 1:
            return Phrase((Words(hours[0]),))
        dash = Words(" – " if self.language.direction == "rtl" else "–", self.language.code)
        return Phrase((Words(hours[0]), dash, Words(hours[1])))

    def presenter(self, presenter: Presenter) -> Phrase:
        """Who presents, by person, office and body, and what is presented."""
        parts = [self.scribe.put(part) for part in (presenter.office, presenter.body) if part]
        if presenter.person:
            parts.insert(0, self.named(presenter.person, presenter.honorific))
        who = self.scribe.in_line(parts)
        return self.scribe.say(N_("{who}: {gives}"), who=who, gives=presenter.gives) if presenter.gives else who

    def named(self, person: str, honorific: Text | None) -> Phrase:
        """A person with the words that stand before the name, or after it as in Chinese; no name is transliterated."""
        if honorific is None:
            return self.scribe.put(person)
        return self.scribe.say(N_("{honorific} {person}"), honorific=honorific, person=person)

    def actions(self, found: ActionRange) -> Phrase:
        """Actions of a plan as a sentence."""
        if found.first == found.last:
            return self.scribe.say(N_("{plan}, Action {number}"), plan=found.title, number=found.first)
        is_pair = found.last == found.first + 1
        words = N_("{plan}, Actions {first} and {last}") if is_pair else N_("{plan}, Actions {first} to {last}")
        return self.scribe.say(words, plan=found.title, first=found.first, last=found.last)

    def tier(self, tier: Tier) -> GivenFloor:
        """A tier: its names only where it prints names, and in the footnote if it has one."""
        states = self.names_of(tier)
        return GivenFloor(
            kind=tier.kind,
            label=self.scribe.put(tier.label),
            invites=self.scribe.put(tier.invites),
            names=() if tier.footnote else tuple(states.values()),
            states=tuple(states),
            mark=(tier.footnote or "") if states else "",
            says=tuple(self.said_of(tier)),
        )

    def names_of(self, tier: Tier) -> dict[str, Phrase]:
        """The names that a tier prints, by code, in the order of the language."""
        if tier.prints == "rule":
            return {}
        found = self.names.sorted_in(tier.states, self.language.code)
        return {state.code: self.scribe.put(state) for state in found}

    def said_of(self, tier: Tier) -> Iterator[Phrase]:
        """What else is said of a tier: on which actions, which organizations, who may ask, why there are no names."""
        yield from (self.actions(each) for each in tier.actions)
        if tier.organisations:
            who = self.scribe.listed([self.organisation(code) for code in tier.organisations])
            yield self.scribe.say(N_("Organizations: {names}."), names=who)
        if tier.open_to:
            who = self.scribe.listed([self.scribe.say(MAY_ASK[each]) for each in tier.open_to])
            yield self.scribe.say(N_("May ask for the floor: {who}."), who=who)
        if tier.prints == "names" and tier.withheld:
            yield self.scribe.put(tier.withheld)
        elif tier.prints == "names" and not (tier.invited or tier.organisations or tier.open_to):
            yield self.scribe.say(NOT_ESTABLISHED)

    def organisation(self, code: str) -> Phrase:
        """The short name of an organization in the language, or the code of one that is not in the table."""
        known = organisations().by_code.get(code)
        if known is None:
            return self.scribe.put(code)
        has_own = self.language.code in {*known.short, *(() if known.short else known.name.words)}
        return Phrase((Words(known.short_in(self.language.code), self.language.code if has_own else "en"),))

    def footnotes(self) -> Iterator[Footnote]:
        """The footnotes in the order in which their marks stand."""
        full = first_taken(self.plan)
        for entry in self.plan.entries:
            item = self.plan.item_of(entry)
            if item is None or full[item.id] is not entry:
                continue
            for tier in item.tiers:
                names = self.names_of(tier)
                if tier.footnote and names:
                    yield Footnote(tier.footnote, self.scribe.put(tier.label), tuple(names.values()), tuple(names))

    def documents(self, entry: Entry, item: Item | None) -> Iterator[Phrase]:
        """The documents of an item; where the agenda of a meeting held here stands."""
        if item:
            yield from (self.document(each) for each in item.documents)
        if entry.document is None:
            return
        number, symbol = entry.document.number, entry.document.symbol
        if symbol:
            words = N_("See the agenda in document {number} ({symbol}).")
            yield self.scribe.say(words, number=number, symbol=symbol)
        else:
            yield self.scribe.say(N_("See the agenda in document {number}."), number=number)

    def document(self, document: NumberedDocument) -> Phrase:
        """A document by its number, its symbol where it has one, and its title."""
        number, symbol, title = document.number, document.symbol, document.title
        if symbol:
            words = N_("Document {number} ({symbol}): {title}")
            return self.scribe.say(words, number=number, symbol=symbol, title=title)
        return self.scribe.say(N_("Document {number}: {title}"), number=number, title=title)


def place_of(plan: Plan, scribe: Scribe, room: str) -> Phrase:
    """The building, the city and a room in one line; what is not known is left out."""
    held = [scribe.put(part) for part in (plan.venue, plan.city) if part]
    return scribe.in_line([*held, scribe.say(N_("room {room}"), room=room)] if room else held)


def room_changes(room: str, day: Day) -> Iterator[tuple[Entry, str]]:
    """Each entry of a day with its room where that changes; it begins in the room of the meeting."""
    sittings = {entry.id: sitting.room for sitting in day.sittings for entry in sitting.entries}
    before = room
    for entry in day.lines:
        here = entry.room or (sittings[entry.id] or room if entry.id in sittings else before)
        yield entry, here if here != before else ""
        before = here


def standings_of(pieces: object) -> dict[Standing, int]:
    """How many texts of a pack stand how to their originals; each text counts once."""
    counted = Counter(words.standing for words in dict.fromkeys(words_in(pieces)) if words.standing)
    order: tuple[Standing, ...] = ("original", "official", "courtesy", "stale", "missing")
    return {standing: counted[standing] for standing in order if counted[standing]}


def words_in(piece: object) -> Iterator[Words]:
    """Every run of words in a piece of a document."""
    if isinstance(piece, Words):
        yield piece
    elif isinstance(piece, tuple):
        for part in piece:
            yield from words_in(part)
    elif is_dataclass(piece):
        for each in fields(piece):
            yield from words_in(getattr(piece, each.name))


def own_actions(item: Item) -> list[ActionRange]:
    """The actions of an item that do not stand under one of its tiers."""
    under_tiers = [found for tier in item.tiers for found in tier.actions]
    return [found for found in item.actions if found not in under_tiers]
