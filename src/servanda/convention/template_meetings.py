"""Checking a template against the meetings of the calendar that are built from it."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from servanda.common.days import is_shown_once
from servanda.convention.rules import is_timezone
from servanda.convention.templates import Embedded, ItemTaken, Template

if TYPE_CHECKING:
    from servanda.convention.institution_checks import File, Place
    from servanda.convention.pack import MeetingRow


def check_meetings(template: Template, meetings: Iterable["MeetingRow"], file: "File") -> None:
    """Note what cannot be so at a meeting of the calendar; a fault of many meetings is said of the first."""
    held = list(meetings)
    said: set[object] = set()
    for meeting in held:
        if template.fits(meeting.kind, meeting.start, meeting.end):
            check_course(template, meeting.code, file, said)
            check_embedded(template, meeting, held, file)
            if is_timezone(meeting.timezone):
                check_clock(template, meeting, file, said)


def check_course(template: Template, code: str, file: "File", said: set[object]) -> None:
    """An item is begun once, and continued only after that."""
    begun: set[str] = set()
    for placed in template.entries():
        entry = placed.entry
        if not isinstance(entry, ItemTaken) or not entry.is_at(code):
            continue
        if entry.continued == (entry.item not in begun) and placed.place not in said:
            said.add(placed.place)
            out_of_course(entry, placed.place, code, file)
        begun.add(entry.item)


def out_of_course(entry: ItemTaken, place: "Place", code: str, file: "File") -> None:
    """Note an item that is continued too early, or begun too late."""
    if entry.continued:
        what, why = f"Item {entry.item} is continued before it was begun.", f"At {code} nothing before it takes it."
        file.note(place, what, why, "Take out `continued`, or move it.")
    else:
        what, why = f"Item {entry.item} is begun twice.", f"At {code} it was taken before."
        file.note(place, what, why, "Write `continued: true`.")


def check_embedded(template: Template, meeting: "MeetingRow", held: list["MeetingRow"], file: "File") -> None:
    """What an entry says of one meeting by its code is so: the calendar has the other meeting on that day."""
    for placed in template.entries():
        entry = placed.entry
        if not isinstance(entry, Embedded) or meeting.code not in entry.only_at:
            continue
        on = meeting.start + timedelta(days=placed.day - 1)
        if not any(other.kind == entry.meeting and other.start <= on <= other.end for other in held):
            what = f"{meeting.code} is to hold a meeting of the kind {entry.meeting!r} on {on}."
            why = "The calendar has none on that day."
            file.note(placed.place, what, why, "Add it to calendar/meetings.csv, or take the entry out.")


def check_clock(template: Template, meeting: "MeetingRow", file: "File", said: set[object]) -> None:
    """Every time is shown once by the clock of the meeting's place, also in a night when it is changed."""
    zone = ZoneInfo(meeting.timezone)
    for position, day in enumerate(template.days):
        on = meeting.start + timedelta(days=day.day - 1)
        times = [
            *(
                (("days", position, "sittings", sat), at)
                for sat, s in enumerate(day.sittings)
                for at in (s.start, s.end)
            ),
            *((placed.place, placed.entry.at) for placed in template.entries() if placed.day == day.day),
        ]
        for place, at in times:
            if at and (place, at) not in said and not is_once(on, at, zone):
                said.add((place, at))
                what = f"{at} on {on} is not one time at {meeting.code}."
                why = f"The clock in {meeting.timezone} is changed that night."
                file.note(place, what, why, "Choose a time that this clock shows once.")


def is_once(on: date, at: str, zone: ZoneInfo) -> bool:
    """Whether a time of a template is one time on a day."""
    return is_shown_once(on, time.fromisoformat(at), zone)
