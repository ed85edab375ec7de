"""The programme of a meeting, composed from the template of its kind, the calendar and the tiers of the register.

A template counts days from the first of the meeting and says by `only_at` what belongs to some meetings alone.
The same inputs give the same plan. Persons are put in last (`presented`), so that a plan can be kept without them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property
from typing import TypeVar

from servanda.common.languages import LANGUAGES, Text, digest_of
from servanda.common.refusals import Refusal
from servanda.common.wording import N_, Sentence
from servanda.convention import templates
from servanda.convention.calendar import Calendar, Meeting, NoFormalMeetingAhead, NotYetAnnounced
from servanda.convention.institutions import Organ
from servanda.convention.pack import Pack
from servanda.convention.presenters import PresenterRow
from servanda.convention.rules import Wording
from servanda.convention.templates import Template
from servanda.programme.derivation import Derivation, Named, TierList
from servanda.programme.plan import (
    ActionRange,
    AsOf,
    Day,
    Entry,
    Invited,
    Item,
    NumberedDocument,
    Origin,
    Plan,
    Presenter,
    Reason,
    Sitting,
    Status,
    Tier,
)
from servanda.register.explain import Step, facts_of

Piece = TypeVar("Piece", bound=templates.Occasional)


class NoTemplate(Refusal):
    """The pack has no template for meetings of this kind."""

    status = 404

    def __init__(self, pack: Pack, meeting: Meeting) -> None:
        kinds = sorted({kind for template in pack.templates.values() for kind in template.meetings})
        super().__init__(
            f"{pack.code} has no template for {meeting.code}.",
            f"It is a meeting of the kind {meeting.kind!r}; there are templates for: {', '.join(kinds) or 'none'}.",
            "Add one to templates/ of the pack and load it again.",
        )


class MeetingIsTooEarly(NoTemplate):
    """Every template for this kind of meeting holds from a later year."""

    def __init__(self, meeting: Meeting, template: Template) -> None:
        Refusal.__init__(
            self,
            f"No programme is derived for {meeting.code} of {meeting.start.year}.",
            f"The template {template.id!r} holds since {template.since}; "
            "its agenda may name what did not exist before.",
            "Read the programme that the meeting issued among its documents, or add a template for its time to "
            "templates/ of the pack.",
        )


class MeetingIsTooShort(Refusal):
    """Every template for this kind of meeting takes more days than the calendar gives the meeting."""

    def __init__(self, meeting: Meeting, template: Template) -> None:
        super().__init__(
            f"The template {template.id!r} does not fit {meeting.code}.",
            f"It takes {template.lasts_days} days; the calendar gives the meeting {days_of(meeting)} "
            f"({meeting.start} to {meeting.end}).",
            "Mend the days in calendar/meetings.csv, or add a template of that many days to templates/ of the pack.",
        )


def days_of(meeting: Meeting) -> int:
    """How many days a meeting has."""
    return (meeting.end - meeting.start).days + 1


def template_for(pack: Pack, meeting: Meeting) -> Template:
    """The longest template of the meeting's kind that fits into its days and its time.

    Raises NoTemplate, MeetingIsTooEarly or MeetingIsTooShort.
    """
    of_kind = [each for each in pack.templates.values() if meeting.kind in each.meetings]
    if not of_kind:
        raise NoTemplate(pack, meeting)
    holding = [each for each in of_kind if each.holds_in(meeting.start.year)]
    if not holding:
        raise MeetingIsTooEarly(meeting, min(of_kind, key=lambda each: (each.since or 0, each.id)))
    in_length = sorted(holding, key=lambda each: (each.lasts_days, each.id))
    fitting = [each for each in in_length if each.fits(meeting.kind, meeting.start, meeting.end)]
    if not fitting:
        raise MeetingIsTooShort(meeting, in_length[0])
    return fitting[-1]


def compose(
    *,
    pack: Pack,
    calendar: Calendar,
    meeting: Meeting,
    template: Template,
    derivation: Derivation,
    presenters: Iterable[PresenterRow] = (),
    number: int,
    as_of: date,
) -> Plan:
    """The programme of a meeting as known on a day, at a journal number; raise MeetingIsTooShort or ImpossiblePlan."""
    if template.lasts_days > days_of(meeting):
        raise MeetingIsTooShort(meeting, template)
    plan = Composition(pack, calendar, meeting, template, derivation, number, as_of).plan()
    return presented(plan, pack=pack, template=template, presenters=presenters)


@dataclass(frozen=True)
class Composition:
    """All that one programme is composed from."""

    pack: Pack
    calendar: Calendar
    meeting: Meeting
    template: Template
    derivation: Derivation
    number: int
    known: date

    def plan(self) -> Plan:
        """The programme, with presenters by office alone."""
        meeting = self.meeting
        return Plan(
            convention=self.pack.code,
            code=meeting.code,
            kind=meeting.kind,
            title=self.text(self.template.title) if self.template.title else meeting.title,
            convention_title=(self.pack.rules.short_title or self.pack.rules.title).text,
            start=meeting.start,
            end=meeting.end,
            city=self.pack.rules.place(meeting.city),
            venue=self.pack.rules.place(meeting.venue),
            room=meeting.room,
            timezone=meeting.timezone,
            as_of=AsOf(meeting.start, self.known, self.number, self.pack.rules.version, self.pack.digest),
            agenda=self.agenda,
            days=tuple(self.day(day) for day in each_day(meeting)),
            documents=tuple(self.documents.values()),
        )

    def text(self, wording: Wording) -> Text:
        """Words of the template, with the year of the meeting where they leave a place for it."""
        return filled(wording.text, year=str(self.meeting.start.year))

    def held(self, pieces: Iterable[Piece]) -> list[Piece]:
        """The pieces that belong to this meeting."""
        return [piece for piece in pieces if piece.is_at(self.meeting.code)]

    @cached_property
    def agenda(self) -> tuple[Item, ...]:
        """The items in order, then the panels in the order in which they are held."""
        panels = {name: panel for name, panel in self.template.panels.items() if panel.is_at(self.meeting.code)}
        return (
            *(self.item(item) for item in self.held(self.template.agenda)),
            *(self.panel(name, panel) for name, panel in panels.items()),
        )

    @cached_property
    def items(self) -> dict[str, Item]:
        """The same by id."""
        return {item.id: item for item in self.agenda}

    @cached_property
    def documents(self) -> dict[int, NumberedDocument]:
        """The documents of the meeting by their number in it."""
        held = sorted(self.held(self.template.documents), key=lambda document: document.number)
        return {each.number: NumberedDocument(each.number, self.text(each.title), each.symbol or "") for each in held}

    def item(self, item: templates.Item) -> Item:
        """An item of the agenda with its tiers."""
        return Item(
            id=item.number,
            number=item.number,
            printed=item.printed,
            kind="subitem" if item.parent and item.kind == "item" else item.kind,
            title=self.text(item.title),
            body=item.organ,
            presenters=self.planned(item.presenters),
            actions=tuple(self.actions(item.actions)),
            tiers=tuple(self.tier(name, item) for name in item.tiers),
            documents=tuple(self.documents[number] for number in item.documents if number in self.documents),
            text=(self.text(item.text),) if item.text else (),
        )

    def panel(self, name: str, panel: templates.Panel) -> Item:
        """A panel, which stands outside the numbers of the agenda."""
        return Item(
            id=name,
            number=None,
            printed="",
            kind="panel",
            title=self.text(panel.title),
            presenters=self.planned(panel.presenters),
            text=(self.text(panel.concept),) if panel.concept else (),
        )

    def planned(self, presenters: Iterable[templates.Planned]) -> tuple[Presenter, ...]:
        """The presenters that the template plans, by office and body."""
        return tuple(self.presenter(order, each) for order, each in enumerate(self.held(presenters), 1))

    def presenter(self, order: int, planned: templates.Planned) -> Presenter:
        """One of them: an organ is a body, or the office of one person."""
        gives = self.text(planned.gives) if planned.gives else None
        if planned.organ:
            organ = self.pack.organs[planned.organ]
            return Presenter(order, *office_and_body(organ), gives, organ.id)
        office = self.text(planned.office) if planned.office else None
        return Presenter(order, office, self.text(planned.body) if planned.body else None, gives)

    def actions(self, ranges: Iterable[templates.ActionRange]) -> Iterator[ActionRange]:
        """The actions of the plans that are in force in the year of the meeting."""
        for each in ranges:
            plan = self.pack.plans[each.plan]
            if plan.is_in_force_in(self.meeting.start.year):
                yield ActionRange(plan.acronym, plan.title.text, each.from_, each.to)

    def tier(self, name: str, item: templates.Item) -> Tier:
        """A tier as everyone may read it: its names where it prints them, else its rule alone."""
        rule = self.pack.tiers[name]
        plain = Tier(
            kind=rule.id,
            label=rule.title.text,
            invites=rule.invites.text,
            prints=rule.prints,
            open_to=rule.open_to,
            footnote=item.footnotes.get(name),
            actions=tuple(self.actions(item.tier_actions.get(name, ()))),
        )
        if rule.prints == "rule":
            return plain
        try:
            found = self.derivation.tier(name)
        except (NoFormalMeetingAhead, NotYetAnnounced) as refusal:
            return replace(plain, withheld=why_withheld(refusal))
        if found.note:
            return replace(plain, withheld=said(found.note))
        return replace(plain, invited=self.invited(found))

    def invited(self, found: TierList) -> tuple[Invited, ...]:
        """The States of a tier in the calling order of the meeting, each with its reasons."""
        named = {each.state: each for each in found.named}
        in_order = self.pack.names.sorted_in(named, self.template.calling_order)
        return tuple(invited(named[state.code]) for state in in_order)

    def day(self, day: date) -> Day:
        """One day: its sittings, and what lies between them. A day of which the template says nothing is empty."""
        number = (day - self.meeting.start).days + 1
        for each in self.template.days:
            if each.day == number:
                sittings = tuple(self.sittings(each, day))
                return Day(day, sittings, tuple(self.between(each, sittings, day)))
        return Day(day)

    def sittings(self, day: templates.Day, on: date) -> Iterator[Sitting]:
        """The sittings in which something is taken at this meeting."""
        for sitting in day.sittings:
            if entries := tuple(self.entries(sitting.entries, sitting.id, on)):
                yield Sitting(
                    sitting.id,
                    on,
                    clock(sitting.start),
                    clock(sitting.end),
                    sitting.room,
                    entries,
                )

    def between(self, day: templates.Day, sittings: tuple[Sitting, ...], on: date) -> Iterator[Entry]:
        """Breaks that a sitting follows, and ends: where later sittings fell away, at the end of the last one left."""
        last = max((sitting.end for sitting in sittings), default=None)
        fell_away = len(sittings) < len(day.sittings)
        for entry in self.entries(day.between, f"day-{day.day}", on):
            if last is None:
                continue
            if entry.kind == "other" and fell_away and entry.at and entry.at > last:
                yield replace(entry, at=last, origin="inferred")
            elif entry.kind != "break" or entry.at is None or entry.at < last:
                yield entry

    def entries(self, pieces: Iterable[templates.Entry], place: str, on: date) -> Iterator[Entry]:
        """The entries of a sitting or of the time between, each named by its place."""
        for position, piece in enumerate(pieces, 1):
            if piece.is_at(self.meeting.code) and (entry := self.entry(piece, f"{place}.{position}", on)):
                yield entry

    def entry(self, piece: templates.Entry, name: str, on: date) -> Entry | None:
        """One entry at its time and in its room; None where what it takes up does not belong to this meeting."""
        at = clock(piece.at) if piece.at else None
        found = self.line(piece, name, on)
        return replace(found, at=at, room=piece.room, origin=self.origin) if found else None

    @cached_property
    def origin(self) -> Origin:
        """Where the times come from: the programme of this meeting, or that of another."""
        return "printed" if self.meeting.code in self.template.as_printed else "default"

    def line(self, piece: templates.Entry, name: str, on: date) -> Entry | None:
        """What an entry is, without its time."""
        match piece:
            case templates.ItemTaken(item=number) if number in self.items:
                is_sure = not self.provisional[number]
                status: Status = "scheduled" if is_sure else "provisional"
                return Entry(name, self.items[number].kind, number, continued=piece.continued, status=status)
            case templates.PanelHeld(panel=panel) if panel in self.items:
                return Entry(name, "panel", panel)
            case templates.Break():
                return Entry(name, "break", title=self.text(piece.break_), side_events=piece.side_events)
            case templates.End():
                return Entry(name, "other", title=self.text(piece.ends))
            case templates.Embedded():
                return self.embedded(piece, name, on)
        return None

    @cached_property
    def provisional(self) -> dict[str, bool]:
        """Which items were not read from an official agenda."""
        return {item.number: item.provisional for item in self.template.agenda}

    def embedded(self, piece: templates.Embedded, name: str, on: date) -> Entry | None:
        """A meeting of another kind that the calendar has on this day, if it has one."""
        document = self.documents.get(piece.agenda) if piece.agenda else None
        for meeting in self.calendar.meetings.values():
            if meeting.kind == piece.meeting and meeting.start <= on <= meeting.end:
                title = self.text(piece.title) if piece.title else meeting.title
                return Entry(name, "other", title=title, meeting=meeting.code, document=document)
        return None


def each_day(meeting: Meeting) -> Iterator[date]:
    """The days of a meeting in order."""
    for passed in range(days_of(meeting)):
        yield meeting.start + timedelta(days=passed)


def clock(text: str) -> time:
    """A time of day as templates write it."""
    return time.fromisoformat(text)


def filled(text: Text, **values: str) -> Text:
    """Words with their named places filled; what translated the original translates it still."""
    words = {code: words.format(**values) for code, words in text.words.items()}
    if words == text.words:
        return text
    before, now = digest_of(text.words[text.original]), digest_of(words[text.original])
    translates = {code: now if digest == before else digest for code, digest in text.translates.items()}
    return Text(text.original, words, text.official, translates)


def said(sentence: Sentence) -> Text:
    """A sentence of the rules in every language in which it was translated."""
    return Text("en", {code: sentence.said_in(code) for code in LANGUAGES if sentence.is_said_in(code)})


def why_withheld(refusal: NoFormalMeetingAhead | NotYetAnnounced) -> Text:
    """Why a list of names cannot be derived yet, in all languages."""
    if isinstance(refusal, NotYetAnnounced):
        words = N_("This list looks to {meeting}, whose days were not yet public on {day}.")
        return said(Sentence.of(words, meeting=refusal.meeting.code, day=refusal.known))
    words = N_("This list looks to the next formal meeting, and the calendar holds none after {day}.")
    return said(Sentence.of(words, day=refusal.meeting.start))


def invited(named: Named) -> Invited:
    """A State of a tier with its reasons."""
    return Invited(named.state, named.basis, tuple(reason(step) for step in named.because))


def reason(step: Step) -> Reason:
    """A step of a derivation as the plan keeps it: what it finds, and by which sources."""
    facts = facts_of((step,))
    names = dict.fromkeys(source.key for fact in facts for source in (fact.source, *fact.also))
    return Reason(said(step.sentence), tuple(names))


def presented(plan: Plan, *, pack: Pack, template: Template, presenters: Iterable[PresenterRow]) -> Plan:
    """The plan with the persons planned to present, in place of the offices of the template and besides them."""
    rows = [row for row in presenters if row.meeting == plan.code and row.standing == "planned"]
    if not rows:
        return plan
    agenda = tuple(replace(item, presenters=tuple(with_persons(item, rows, pack, template))) for item in plan.agenda)
    return replace(plan, agenda=agenda)


def with_persons(item: Item, rows: Iterable[PresenterRow], pack: Pack, template: Template) -> list[Presenter]:
    """The presenters of an item by their order, those of its rows in place of those of the template."""
    found = {presenter.order: presenter for presenter in item.presenters}
    for row in rows:
        if row.item == item.id:
            found[row.order] = named_presenter(row, found.get(row.order), pack, template)
    return [found[order] for order in sorted(found)]


def named_presenter(row: PresenterRow, planned: Presenter | None, pack: Pack, template: Template) -> Presenter:
    """Who presents by name; what the row leaves open is as the template plans it."""
    held = planned or Presenter(row.order)
    if row.body in pack.organs:
        organ: Organ | None = pack.organs[row.body]
        office, body = office_and_body(pack.organs[row.body])
    else:
        organ, office = None, held.office
        body = words_for(row.body, template) if row.body else held.body
    return Presenter(
        order=row.order,
        office=words_for(row.office, template) if row.office else office,
        body=body,
        gives=held.gives,
        organ=organ.id if organ else None,
        person=row.person,
        honorific=words_for(row.title, template) if row.title else None,
    )


def office_and_body(organ: Organ) -> tuple[Text | None, Text | None]:
    """An organ as what presents: the President is an office, a committee a body."""
    title = organ.title.text
    return (title, None) if organ.kind == "president" else (None, title)


def words_for(english: str, template: Template) -> Text:
    """An office, body or honorific as the template says it in more languages, else in English alone."""
    known = {wording.en: wording.text for wording in template.offices}
    return known.get(english, Text("en", {"en": english}))
