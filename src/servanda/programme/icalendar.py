"""A programme as iCalendar (RFC 5545): the whole meeting, one item in all its sittings, or one State.

What flows stands over the whole window of its block, and says so in words: its own time is not fixed. A name
(UID) follows from the entry and stays when the entry moves; the stamp is the day as known on which the
programme was derived, or on which it was issued, never the clock. Same plan, same bytes.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from servanda.common.languages import Text, find_language
from servanda.common.names import Names
from servanda.common.phrases import Phrase, Scribe
from servanda.common.refusals import Unknown
from servanda.common.wording import N_
from servanda.programme.plan import Entry, Issued, Item, Plan, Tier
from servanda.programme.sheet import Line, Sheet, place_of, sheet
from servanda.programme.timetable import Window, timetable

STATES = {"struck": "CANCELLED", "provisional": "TENTATIVE"}


def status_of(window: Window, line: Line) -> str:
    """What a reader of calendars is told: a time that is taken from another meeting is tentative."""
    is_sure = window.starts != "default" or window.entry.at is None
    return STATES.get(line.status, "CONFIRMED" if is_sure else "TENTATIVE")


class UnknownItem(Unknown):
    """The programme has no item of this number."""

    def __init__(self, plan: Plan, text: str) -> None:
        numbers = [item.number or item.id for item in plan.agenda]
        super().__init__(
            f"{plan.convention} {plan.code} has no item {text[:40]!r}.",
            "An item is named by its number as a path; a discussion without a number by its name.",
            f"Known: {', '.join(numbers)}.",
        )


def calendar_of(
    plan: Plan,
    names: Names,
    language: str,
    *,
    item: str | None = None,
    state: str | None = None,
    notice: Text | None = None,
    issued: Issued | None = None,
) -> bytes:
    """The calendar of a meeting in a language; of one item with the items below it; of the items that name a State.

    `notice` is the operator's, in place of the standard words. Raises NotALanguage, UnknownItem and UnknownState.
    """
    find_language(language)
    wanted = entries_of(plan, names, item=item, state=state)
    return Maker(plan, names, sheet(plan, names, language, issued, notice), state).calendar(wanted)


def entries_of(plan: Plan, names: Names, *, item: str | None = None, state: str | None = None) -> list[Entry]:
    """The entries of a meeting that take time: all, those of an item, those whose tiers print a State."""
    kept = list(plan.entries)
    if item is not None:
        items = {each.id for each in items_at(plan, item)}
        kept = [entry for entry in kept if entry.item in items]
    if state is not None:
        code = names.find(state).code
        naming = {each.id for each in plan.agenda if any(code in printed_states(tier) for tier in each.tiers)}
        kept = [entry for entry in kept if entry.item in naming]
    return kept


def items_at(plan: Plan, text: str) -> list[Item]:
    """The item of a number with those below it, or the discussion of a name; raise UnknownItem."""
    found = [
        item
        for item in plan.agenda
        if text in (item.number, item.id) or (item.number or "").startswith(f"{text}.")
    ]  # fmt: skip
    if not found:
        raise UnknownItem(plan, text)
    return found


def printed_states(tier: Tier) -> tuple[str, ...]:
    """The States that a programme prints in a tier; nobody where it prints the rule."""
    return tier.states if tier.prints == "names" else ()


class Maker:
    """Makes a calendar of a plan in one language."""

    def __init__(self, plan: Plan, names: Names, printed: Sheet, state: str | None) -> None:
        self.plan, self.printed = plan, printed
        self.state = names.find(state) if state is not None else None
        self.scribe = Scribe(printed.language.code)
        self.lines = {line.id: line for day in printed.days for line in day.lines}
        self.windows = timetable(plan)

    def calendar(self, entries: Iterable[Entry]) -> bytes:
        """The calendar with these entries."""
        made = Calendar()
        made.add("prodid", "-//Servanda//Programme//EN")
        made.add("version", "2.0")
        made.add("calscale", "GREGORIAN")
        made.add("x-wr-calname", self.name())
        made.add("x-wr-caldesc", self.said(self.scribe.spaced([*self.emptiness(), self.printed.notice])))
        made.add("x-wr-timezone", self.plan.timezone)
        made.add_component(zone_of(self.plan))
        for entry in entries:
            window = self.windows[entry.id]
            if window.has_length and not self.only_heads(window):
                made.add_component(self.entry(window, self.lines[entry.id]))
        written: bytes = made.to_ical()
        return written

    def name(self) -> str:
        """What the calendar is called: the State whose it is, the convention, the meeting, its code and year."""
        own = [self.scribe.put(self.state)] if self.state else []
        code, year = self.plan.code, str(self.plan.start.year)
        which = self.scribe.put(code if year in code else f"{code} {year}")
        return self.said(self.scribe.in_line([*own, self.printed.convention, self.printed.title, which]))

    def emptiness(self) -> Iterator[Phrase]:
        """Why the calendar of a State is empty, where no list names it."""
        if self.state and not any(self.state.code in printed_states(tier) for tier in self.plan.tiers):
            words = N_(
                "This calendar is empty: no list of the programme names {state} as known on {known}. "
                "This says nothing more about it."
            )
            yield self.scribe.say(words, state=self.state, known=self.plan.as_of.known)

    def only_heads(self, window: Window) -> bool:
        """Whether an entry is nothing but the heading of items below it, which are taken in the same block."""
        item = self.plan.item_of(window.entry)
        if item is None or not item.number or item.tiers or item.presenters or item.text:
            return False
        beside = {self.windows[name].entry.item for name in window.shared_with}
        return any(part.parent == item.number and part.id in beside for part in self.plan.agenda)

    def entry(self, window: Window, line: Line) -> Event:
        """One entry over its window."""
        start, end = window.within(self.plan.timezone)
        made = Event()
        made.add("uid", f"{self.plan.convention}.{self.plan.code}.{line.id}@servanda")
        made.add("dtstamp", datetime.combine(self.stamped(), time.min, UTC))
        made.add("sequence", self.sequence())
        made.add("dtstart", start)
        made.add("dtend", end)
        made.add("summary", self.words(self.summary(window.entry, line), line.title.runs[0].language))
        made.add("location", self.said(self.place(window)))
        made.add("description", self.words("\n".join(self.said(each) for each in self.description(window, line))))
        made.add("status", status_of(window, line))
        return made

    def stamped(self) -> date:
        """The day on which it was issued, or as known on which it was derived."""
        issued = self.printed.issued
        return issued.on if issued else self.plan.as_of.known

    def sequence(self) -> int:
        """A number that grows with the journal, and with each version issued: readers of calendars take the larger."""
        issued = self.printed.issued
        return self.plan.as_of.number + (issued.version if issued else 0)

    def summary(self, entry: Entry, line: Line) -> str:
        """The number, with that of the item above where it is printed without; the title, and that it is continued."""
        item, printed = self.plan.item_of(entry), line.printed
        if item and item.number and item.parent and not printed.startswith(item.parent):
            printed = item.number
        number = self.said(self.scribe.put(printed)) + " " if printed else ""
        return number + self.said(self.scribe.spaced([part for part in (line.title, line.continued) if part]))

    def place(self, window: Window) -> Phrase:
        """The building, the city and the room."""
        room = window.entry.room or (window.sitting.room if window.sitting else "") or self.plan.room
        return place_of(self.plan, self.scribe, room)

    def description(self, window: Window, line: Line) -> Iterator[Phrase]:
        """When it is taken if that is not fixed; why the State is named; who presents; what it bears on."""
        if line.remark:
            yield line.remark
        if window.is_shared:
            words = N_("Within this block, from {start} to {end}, with other items: its own time is not fixed.")
            yield self.scribe.say(words, start=window.start, end=window.end)
        yield from self.because(window.entry)
        yield from self.above(window.entry)
        yield from (*line.presenters, *line.actions, *line.documents)
        if line.meeting:
            yield self.scribe.say(N_("A meeting of its own: {code}."), code=line.meeting)
        yield self.printed.as_of

    def above(self, entry: Entry) -> Iterator[Phrase]:
        """The item of which a sub-item is a part."""
        item = self.plan.item_of(entry)
        for each in self.plan.agenda:
            if item and item.parent and each.number == item.parent:
                yield self.scribe.spaced([self.scribe.put(part) for part in (each.printed, each.title) if part])

    def because(self, entry: Entry) -> Iterator[Phrase]:
        """In which tiers of the item the State is named, and why."""
        item = self.plan.item_of(entry)
        if self.state is None or item is None:
            return
        for tier in item.tiers:
            if self.state.code not in printed_states(tier):
                continue
            yield self.scribe.say(N_("{tier}: {invites}"), tier=tier.label, invites=tier.invites)
            for invited in tier.invited:
                if invited.state == self.state.code:
                    yield from (self.scribe.put(reason.sentence) for reason in invited.because)

    def said(self, phrase: Phrase) -> str:
        """A phrase within text of the calendar's language."""
        return phrase.in_line(self.printed.language.direction)

    def words(self, text: str, language: str = "") -> vText:
        """Text with the language in which it stands, by default that of the calendar."""
        return vText(text, params={"LANGUAGE": language or self.printed.language.code})


def zone_of(plan: Plan) -> Timezone:
    """The rules of the time zone in the years of the meeting, under its IANA name."""
    zone = ZoneInfo(plan.timezone)
    first, last = datetime(plan.start.year - 1, 12, 31, tzinfo=UTC), datetime(plan.end.year + 1, 1, 2, tzinfo=UTC)
    made = Timezone()
    made.add("tzid", plan.timezone)
    made.add_component(observance(first, first, zone))
    day = first
    while day < last:
        following = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            made.add_component(observance(day, change_between(day, following, zone), zone))
        day = following
    return made


def change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The minute from which the clocks of a zone show what they show later."""
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // timedelta(minutes=2) * timedelta(minutes=1)
        is_later = middle.astimezone(zone).utcoffset() == after.astimezone(zone).utcoffset()
        before, after = (before, middle) if is_later else (middle, after)
    return after


def observance(before: datetime, begins: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """What the clocks show from an instant on; its start stands in the time that they showed before."""
    local = begins.astimezone(zone)
    shown = before.astimezone(zone).utcoffset() or timedelta()
    made = TimezoneDaylight() if local.dst() else TimezoneStandard()
    made.add("dtstart", (begins + shown).replace(tzinfo=None))
    made.add("tzname", local.tzname())
    made.add("tzoffsetfrom", shown)
    made.add("tzoffsetto", local.utcoffset())
    return made
