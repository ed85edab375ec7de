"""What differs between two versions of a programme, in words: as a corrigendum says it, in the reader's language.

Each difference stands under what it is about: the meeting, a sitting, an item, an entry of its own, the days as of
which it was derived. Equal plans have none; plans that differ have at least one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from servanda.common.languages import LANGUAGES, Text
from servanda.common.phrases import Scribe
from servanda.common.wording import N_, Sentence
from servanda.programme.amendments import Said, States, documents, of_agenda_item, of_tier, renamed, say
from servanda.programme.placing import Place, paired, place_differences, places
from servanda.programme.plan import Item, Plan, Sitting

Part = Literal["meeting", "document", "sitting", "item", "entry", "as_of"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: of which part (`key` is its id there), under which words, and what is different.

    `state` is the State that it concerns, if it concerns one; `because` are the reasons that the lists give.
    """

    part: Part
    key: str
    about: Sentence
    sentence: Sentence
    state: str = ""
    because: tuple[Text, ...] = ()


def differences(before: Plan, after: Plan, states: States) -> tuple[Difference, ...]:
    """All that differs, in the order of a programme; `states` are the States by code, for their names."""
    if before == after:
        return ()
    found = [
        *of_meeting(before, after),
        *of_sittings(before, after),
        *of_items(before, after, states),
        *of_own_entries(before, after),
        *of_derivation(before, after),
    ]
    return tuple(found) or (the_rest(),)


def the_rest() -> Difference:
    """What is said where two plans differ in something that no other sentence tells."""
    about = Sentence.of(N_("The programme"))
    return Difference("meeting", "", about, Sentence.of(N_("Other details of it differ.")))


def under(part: Part, key: str, about: Sentence, found: Iterable[Said]) -> Iterator[Difference]:
    """Sentences under what they are about."""
    for each in found:
        yield Difference(part, key, about, each.sentence, each.state, each.because)


def of_meeting(before: Plan, after: Plan) -> Iterator[Difference]:
    """The meeting itself: its name, days, place, symbols and documents."""
    about = Sentence.of(N_("The meeting"))
    found = [
        *renamed(before.title, after.title),
        *changed_days(before, after),
        *changed_place(before, after),
        *listed(before.symbols, after.symbols),
        *documents(before.documents, after.documents),
    ]
    names = ("convention", "code", "kind", "convention_title")
    if any(getattr(before, name) != getattr(after, name) for name in names):
        found.append(say(N_("It is another meeting, or the convention is named in other words.")))
    if orders(before.agenda, after.agenda):
        found.append(say(N_("The items of its agenda stand in another order.")))
    yield from under("meeting", after.code, about, found)


def changed_days(before: Plan, after: Plan) -> Iterator[Said]:
    """The days of the meeting."""
    if (before.start, before.end) != (after.start, after.end):
        words = N_("It is held from {start} to {end}; it was to be held from {start_before} to {end_before}.")
        yield say(words, start=after.start, end=after.end, start_before=before.start, end_before=before.end)


def changed_place(before: Plan, after: Plan) -> Iterator[Said]:
    """Building, city, room and time zone."""
    if (before.venue, before.city, before.room) != (after.venue, after.city, after.room):
        yield say(N_("Its place is {after}; it was {before}."), before=place(before), after=place(after))
    if before.timezone != after.timezone:
        words = N_("Its times are those of {after}; they were those of {before}.")
        yield say(words, before=before.timezone, after=after.timezone)


def place(plan: Plan) -> Text:
    """The place of a meeting in every language."""
    parts = [part for part in (plan.venue, plan.city, plan.room) if part]
    scribes = {code: Scribe(code) for code in LANGUAGES}
    return Text.of(
        {code: str(each.in_line([each.put(part) for part in parts])) or "–" for code, each in scribes.items()}
    )


def listed(before: Iterable[str], after: Iterable[str]) -> Iterator[Said]:
    """The symbols of the programme."""
    if before != after:
        words = N_("Its document symbols: {after}; before: {before}.")
        yield say(words, before=", ".join(before) or "–", after=", ".join(after) or "–")


def orders(before: Iterable[Item], after: Iterable[Item]) -> bool:
    """Whether the items that both have follow one another otherwise."""
    first, second = ([item.id for item in items] for items in (before, after))
    return [name for name in first if name in second] != [name for name in second if name in first]


def of_sittings(before: Plan, after: Plan) -> Iterator[Difference]:
    """Sittings, matched by id: added, dropped, at other times, in another room, with another order."""
    was, now = ({sitting.id: sitting for sitting in plan.sittings} for plan in (before, after))
    for name in (*now, *(name for name in was if name not in now)):
        first, second = was.get(name), now.get(name)
        shown = second or first
        assert shown  # noqa: S101 (one of the two holds it)
        words = N_("The sitting of {day}, {start} to {end}")
        about = Sentence.of(words, day=shown.day, start=f"{shown.start:%H:%M}", end=f"{shown.end:%H:%M}")
        yield from under("sitting", name, about, of_sitting(first, second))
    days = [[day.day for day in plan.days if not day.sittings] for plan in (before, after)]
    if days[0] != days[1]:
        about = Sentence.of(N_("The days"))
        yield Difference("sitting", "", about, Sentence.of(N_("Other days stand without a sitting.")))


def of_sitting(before: Sitting | None, after: Sitting | None) -> Iterator[Said]:
    """One sitting."""
    if before is None:
        yield say(N_("It is added."))
    elif after is None:
        yield say(N_("It is dropped."))
    else:
        if (before.day, before.start, before.end) != (after.day, after.start, after.end):
            words = N_("It was to be held on {day}, from {start} to {end}.")
            yield say(words, day=before.day, start=f"{before.start:%H:%M}", end=f"{before.end:%H:%M}")
        if before.room != after.room:
            yield say(N_("Its room is {after}; it was {before}."), before=before.room or "–", after=after.room or "–")
        first, second = (
            [(entry.item, entry.item or entry.id) for entry in sitting.entries] for sitting in (before, after)
        )
        if [name for name in first if name in second] != [name for name in second if name in first]:
            yield say(N_("What is taken in it stands in another order."))


def of_items(before: Plan, after: Plan, states: States) -> Iterator[Difference]:
    """The items of the agenda, those dropped at the end."""
    was, now = before.items, after.items
    for name in (*now, *(name for name in was if name not in now)):
        first, second = was.get(name), now.get(name)
        yield from under("item", name, about_item(second or first), of_item(first, second, before, after, states))


def about_item(item: Item | None) -> Sentence:
    """What stands above the differences of an item."""
    assert item  # noqa: S101 (one of the two plans holds it)
    if item.number is None:
        return Sentence.of("{title}", title=item.title)
    number = item.printed.rstrip(".") or item.number
    return Sentence.of(N_("Item {number}, {title}"), number=number, title=item.title)


def of_item(first: Item | None, second: Item | None, before: Plan, after: Plan, states: States) -> Iterator[Said]:
    """One item: what is said of it, and when it is taken."""
    if second is None:
        yield say(N_("It is no longer on the agenda."))
        return
    taken = [[place for place in places(plan) if place.entry.item == second.id] for plan in (before, after)]
    if first is None:
        yield say(N_("It is added to the agenda."))
        yield from (say(words, **values) for words, values in moves([], taken[1]))
        yield from (said for tier in second.tiers for said in of_tier(None, tier, states))
        return
    found = [*of_agenda_item(first, second, states)]
    if not found and first != second:
        found.append(say(N_("Other details of it differ.")))
    yield from found
    yield from (say(words, **values) for words, values in moves(*taken))


def moves(before: list[Place], after: list[Place]) -> Iterator[tuple[str, dict[str, object]]]:
    """When an item was taken and is taken now, sitting by sitting."""
    for first, second in paired(before, after):
        yield from place_differences(first, second)


def of_own_entries(before: Plan, after: Plan) -> Iterator[Difference]:
    """Breaks, side events, meetings held here: entries that take up no item."""
    own = [[each for each in places(plan) if each.entry.item is None] for plan in (before, after)]
    for first, second in matched(*own):
        shown = second or first
        assert shown  # noqa: S101 (one of the two is there)
        about = Sentence.of("{title}", title=shown.entry.title or shown.entry.id)
        yield from under("entry", shown.entry.id, about, of_own_entry(first, second))


def matched(before: list[Place], after: list[Place]) -> Iterator[tuple[Place | None, Place | None]]:
    """Entries of their own by name and id, else by name, else by id; those dropped at the end."""
    left, found = list(before), dict[str, Place]()
    for marks in (("title", "id"), ("title",), ("id",)):
        for place in after:
            if place.entry.id in found:
                continue
            wanted = [getattr(place.entry, mark) for mark in marks]
            same = next((each for each in left if [getattr(each.entry, mark) for mark in marks] == wanted), None)
            if same:
                left.remove(same)
                found[place.entry.id] = same
    for place in after:
        yield found.get(place.entry.id), place
    for place in left:
        yield place, None


def of_own_entry(before: Place | None, after: Place | None) -> Iterator[Said]:
    """One entry of its own."""
    if before and after:
        yield from renamed(before.entry.title, after.entry.title)
        yield from documents(filter(None, [before.entry.document]), filter(None, [after.entry.document]))
    for words, values in place_differences(before, after):
        yield say(words, **values)


def of_derivation(before: Plan, after: Plan) -> Iterator[Difference]:
    """As of when it was derived."""
    about = Sentence.of(N_("As of when it was derived"))
    was, now, found = before.as_of, after.as_of, []
    if was.on != now.on:
        found.append(say(N_("About {after}; before, about {before}."), before=was.on, after=now.on))
    if was.known != now.known:
        found.append(say(N_("As known on {after}; before, on {before}."), before=was.known, after=now.known))
    if was.number != now.number:
        words = N_("By the register at journal number {after}; before, at {before}.")
        found.append(say(words, before=was.number, after=now.number))
    if (was.pack_version, was.pack_digest) != (now.pack_version, now.pack_digest):
        words = N_("By the rules of version {after}; before, of {before}.")
        versions = [f"{each.pack_version} ({each.pack_digest[:12]})" for each in (was, now)]
        found.append(say(words, before=versions[0], after=versions[1]))
    yield from under("as_of", "", about, found)
