"""Checking the template of a meeting: what it names is there, and its times can be kept."""

from collections.abc import Iterable
from itertools import combinations
from string import Formatter
from typing import TYPE_CHECKING

from servanda.convention.pack import MeetingRow, Pack
from servanda.convention.template_meetings import check_meetings
from servanda.convention.templates import (
    ActionRange,
    Embedded,
    Entry,
    Item,
    ItemTaken,
    Occasional,
    PanelHeld,
    Planned,
    Sitting,
    Template,
)

if TYPE_CHECKING:
    from servanda.convention.institution_checks import File, Place


def check_template(template: Template, pack: Pack, meetings: Iterable[MeetingRow], file: "File") -> None:
    """Note what a template names and the pack lacks, and times that cannot be kept at a meeting of the calendar."""
    held = list(meetings)
    codes = {meeting.code for meeting in held}
    for position, kind in enumerate(template.meetings):
        file.known(("meetings", position), "A kind of meeting", kind, pack.rules.meeting_kinds)
    for position, item in enumerate(template.agenda):
        check_item(item, ("agenda", position), template, pack, file)
    for name, panel in template.panels.items():
        check_planned(panel.presenters, ("panels", name), pack, file)
    for placed in template.entries():
        check_entry(placed.entry, placed.place, template, pack, file)
    check_occasions(template, codes, file)
    check_since(template, held, file)
    check_numbers(template, file)
    check_days(template, file)
    check_anchors(template, file)
    check_wordings(file.sheet.content, (), file)
    check_meetings(template, held, file)


def check_item(item: Item, place: "Place", template: Template, pack: Pack, file: "File") -> None:
    """An item's organ, actions, presenters and tiers are there, and so is the item above it."""
    if item.organ:
        file.known((*place, "organ"), "organ", item.organ, pack.organs)
    if item.parent and not template.item(item.parent):
        file.note(place, f"Item {item.number} has no item {item.parent} above it.", "Its number says so.", "Add it.")
    for position, actions in enumerate(item.actions):
        check_range(actions, (*place, "actions", position), pack, file)
    check_planned(item.presenters, place, pack, file)
    for position, name in enumerate(item.tiers):
        at = (*place, "tiers", position)
        if file.known(at, "A tier", name, pack.tiers) and not {*pack.tiers[name].meetings} & {*template.meetings}:
            why = f"It is for: {', '.join(pack.tiers[name].meetings)}."
            file.note(at, f"The tier {name!r} is for other meetings.", why, "Mend the tier, or take it out.")
    for name in item.footnotes:
        file.known((*place, "footnotes", name), "A footnote", name, item.tiers)
    for name, ranges in item.tier_actions.items():
        file.known((*place, "tier_actions", name), "The tier of some actions", name, item.tiers)
        for position, actions in enumerate(ranges):
            check_range(actions, (*place, "tier_actions", name, position), pack, file)
    for position, number in enumerate(item.documents):
        held = [str(document.number) for document in template.documents]
        file.known((*place, "documents", position), "A document", str(number), held)


def check_range(actions: ActionRange, place: "Place", pack: Pack, file: "File") -> None:
    """Actions stand in a plan of the pack, in order."""
    if not file.known((*place, "plan"), "plan", actions.plan, pack.plans):
        return
    plan = pack.plans[actions.plan]
    if actions.to < actions.from_ or not (plan.holds(actions.from_) and plan.holds(actions.to)):
        what = f"The plan {actions.plan!r} has no actions {actions.from_} to {actions.to}."
        file.note(place, what, f"It goes from {plan.first or 1} to {plan.last or 'a number not known'}.", "Mend them.")


def check_planned(presenters: tuple[Planned, ...], place: "Place", pack: Pack, file: "File") -> None:
    """A planned presenter is the holder of an office: of an organ of the pack, or one described."""
    for position, planned in enumerate(presenters):
        at = (*place, "presenters", position)
        if planned.organ:
            file.known((*at, "organ"), "organ", planned.organ, pack.organs)
        if bool(planned.organ) == bool(planned.office):
            file.note(at, "A presenter has an organ or an office.", "One of them names who speaks.", "Write one.")


def check_entry(entry: Entry, place: "Place", template: Template, pack: Pack, file: "File") -> None:
    """What an entry takes up is there."""
    match entry:
        case ItemTaken(item=number):
            file.known((*place, "item"), "item", number, [item.number for item in template.agenda])
        case PanelHeld(panel=name):
            file.known((*place, "panel"), "panel", name, template.panels)
        case Embedded(meeting=kind, agenda=number):
            file.known((*place, "meeting"), "A kind of meeting", kind, pack.rules.meeting_kinds)
            if number is not None:
                held = [str(document.number) for document in template.documents]
                file.known((*place, "agenda"), "The agenda", str(number), held)


def check_occasions(template: Template, codes: set[str], file: "File") -> None:
    """What belongs to some meetings only names meetings of the calendar."""
    pieces: list[tuple[Place, Occasional]] = [
        *((("agenda", position), item) for position, item in enumerate(template.agenda)),
        *((("panels", name), panel) for name, panel in template.panels.items()),
        *((("documents", position), document) for position, document in enumerate(template.documents)),
        *((placed.place, placed.entry) for placed in template.entries()),
    ]
    for position, code in enumerate(template.as_printed):
        file.known(("as_printed", position), "as_printed", code, codes)
    for place, piece in pieces:
        for code in piece.only_at:
            file.known((*place, "only_at"), "only_at", code, codes)


def check_since(template: Template, meetings: Iterable[MeetingRow], file: "File") -> None:
    """A template holds already at the meetings whose own programme gave its times."""
    years = {meeting.code: meeting.start.year for meeting in meetings}
    for position, code in enumerate(template.as_printed):
        if code in years and not template.holds_in(years[code]):
            what = f"The template holds since {template.since}, and its times are those of {code}, of {years[code]}."
            file.note(("as_printed", position), what, "A meeting before it has no programme of it.", "Mend `since`.")


def check_numbers(template: Template, file: "File") -> None:
    """An item, a document, a day, a sitting and the mark of a footnote stand once each."""
    held: list[tuple[Place, str]] = [
        *((("agenda", at), f"Item {item.number}") for at, item in enumerate(template.agenda)),
        *((("documents", at), f"Document {document.number}") for at, document in enumerate(template.documents)),
        *((("days", at), f"Day {day.day}") for at, day in enumerate(template.days)),
        *(
            (("agenda", at, "footnotes", name), f"The mark {mark!r} of a footnote")
            for at, item in enumerate(template.agenda)
            for name, mark in item.footnotes.items()
        ),
        *(
            (("days", at, "sittings", sat), f"The sitting {sitting.id!r}")
            for at, day in enumerate(template.days)
            for sat, sitting in enumerate(day.sittings)
        ),
    ]
    seen: set[str] = set()
    for place, name in held:
        if name in seen:
            file.note(place, f"{name} stands twice.", "Each stands once.", "Keep one of them.")
        seen.add(name)


def check_days(template: Template, file: "File") -> None:
    """There are sittings, on days within the meeting; each ends after it starts, and has its room to itself."""
    if not any(day.sittings for day in template.days):
        file.note(("days",), "The template has no sitting.", "A meeting is held in sittings.", "Add one to a day.")
    for position, day in enumerate(template.days):
        if day.day > template.lasts_days:
            what = f"Day {day.day} lies outside the meeting."
            file.note(("days", position), what, f"It lasts {template.lasts_days} days.", "Mend day or lasts_days.")
        for sat, sitting in enumerate(day.sittings):
            place = ("days", position, "sittings", sat)
            check_sitting(sitting, place, file)
            for other in day.sittings[:sat]:
                if other.room == sitting.room and other.start < sitting.end and sitting.start < other.end:
                    what = f"The sittings {other.id!r} and {sitting.id!r} overlap in one room."
                    file.note(place, what, "One room holds one sitting at a time.", "Mend their times, or give a room.")


def check_sitting(sitting: Sitting, place: "Place", file: "File") -> None:
    """A sitting ends after it starts; what is anchored in it lies within, in order."""
    if sitting.end <= sitting.start:
        why = f"Its times are {sitting.start} and {sitting.end}."
        file.note(place, f"The sitting {sitting.id!r} ends before it starts.", why, "Mend start or end.")
    before = sitting.start
    for position, entry in enumerate(sitting.entries):
        if entry.at and not before <= entry.at < sitting.end:
            what = f"The entry at {entry.at} does not lie between {before} and {sitting.end}."
            file.note((*place, "entries", position), what, "Entries follow each other in a sitting.", "Mend its time.")
        before = entry.at or before


def check_anchors(template: Template, file: "File") -> None:
    """Two entries of one meeting are not anchored at one time in one room."""
    anchored = [placed for placed in template.entries() if placed.entry.at]
    for first, second in combinations(anchored, 2):
        together = (first.day, first.entry.at, first.room) == (second.day, second.entry.at, second.room)
        if together and first.entry.meets(second.entry):
            room = f"in {second.room}" if second.room else "in the room of the meeting"
            what = f"Two entries stand at {second.entry.at} on day {second.day} {room}."
            do = "Move one, or let it flow without `at`."
            file.note(second.place, what, "One room holds one entry at a time.", do)


def check_wordings(content: object, place: "Place", file: "File") -> None:
    """What is in braces in words of the template has a value: the year of the meeting, and nothing else."""
    match content:
        case dict():
            for word, piece in content.items():
                check_wordings(piece, (*place, word), file)
        case list():
            for position, piece in enumerate(content):
                check_wordings(piece, (*place, position), file)
        case str() if ("{" in content or "}" in content) and places_in(content) != {"year"}:
            what = f"These words leave a place that is not filled: {content[:60]!r}."
            file.note(place, what, "Only {year} is known, the year of the meeting.", "Write {year}, or no braces.")


def places_in(words: str) -> set[str] | None:
    """The names in braces; None where the braces do not match."""
    try:
        return {name for _text, name, _form, _turn in Formatter().parse(words) if name is not None}
    except ValueError:
        return None
