"""When each entry of a programme is taken: its window, and how each end of that window is known.

An anchored entry opens a *block*, which lasts until the next anchor of its sitting or the end of the sitting.
What flows shares the block of the anchor before it: that it is taken within the block is all that is known.
An entry that is struck takes no time and ends no block.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from servanda.programme.plan import Day, Entry, Origin, Plan, Sitting


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which an entry is taken, local to the meeting; `shared_with` are the others of its block.

    Origin of an end: *printed* with the entry, *default* from the length of its sitting, *inferred* from others.
    """

    entry: Entry
    day: date
    sitting: Sitting | None
    start: time
    end: time
    starts: Origin
    ends: Origin
    shared_with: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether others are taken in the same block, so that its own times are not fixed."""
        return bool(self.shared_with)

    @property
    def has_length(self) -> bool:
        """Whether it takes time; the end of a day takes none."""
        return self.start < self.end

    def within(self, timezone: str) -> tuple[datetime, datetime]:
        """Both ends as instants in an IANA time zone."""
        zone = ZoneInfo(timezone)
        return datetime.combine(self.day, self.start, zone), datetime.combine(self.day, self.end, zone)


def timetable(plan: Plan) -> dict[str, Window]:
    """The window of every entry, by the id of the entry, in the order of the programme."""
    found = {
        window.entry.id: window
        for day in plan.days
        for window in (*windows_of_sittings(day), *windows_between(day))
    }  # fmt: skip
    return {entry.id: found[entry.id] for entry in plan.entries}


def first_taken(plan: Plan) -> dict[str, Entry]:
    """The entry under which each item is printed in full, by the id of the item: the first that is not struck."""
    found: dict[str, Entry] = {}
    for entry in sorted(plan.entries, key=lambda entry: entry.status == "struck"):
        if entry.item:
            found.setdefault(entry.item, entry)
    return found


def windows_of_sittings(day: Day) -> Iterator[Window]:
    """The windows of what is taken in the sittings of a day."""
    for sitting in day.sittings:
        blocks = blocks_of(sitting)
        opens = [block[0].at or sitting.start for block in blocks]
        for block, start, following in zip(blocks, opens, (*opens[1:], None), strict=False):
            yield from windows_of_block(sitting, block, start, following)


def blocks_of(sitting: Sitting) -> list[tuple[Entry, ...]]:
    """The entries of a sitting from anchor to anchor."""
    numbered, number = [], 0
    for position, entry in enumerate(sitting.entries):
        number += bool(position and entry.at and entry.status != "struck")
        numbered.append((number, entry))
    return [tuple(entry for _number, entry in found) for _key, found in groupby(numbered, key=lambda each: each[0])]


def windows_of_block(
    sitting: Sitting, block: Sequence[Entry], start: time, following: time | None
) -> Iterator[Window]:  # fmt: skip
    """The windows of one block, which ends where it is printed to end, at the next anchor, or with its sitting."""
    printed = block[0].until
    end = printed or following or sitting.end
    ends: Origin = "printed" if printed else "inferred" if following else "default"
    taken = [entry.id for entry in block if entry.status != "struck"]
    for entry in block:
        is_first = entry is block[0]
        yield Window(
            entry=entry,
            day=sitting.day,
            sitting=sitting,
            start=entry.at or start,
            end=max(entry.at or start, entry.until or end),
            starts=entry.origin if entry.at else "default" if is_first else "inferred",
            ends="printed" if entry.until else ends,
            shared_with=tuple(each for each in taken if each != entry.id) if entry.id in taken else (),
        )


def windows_between(day: Day) -> Iterator[Window]:
    """The windows of what lies between and after the sittings: until the next thing of the day begins."""
    begins = sorted({sitting.start for sitting in day.sittings} | {entry.at for entry in day.between if entry.at})
    closes = max((sitting.end for sitting in day.sittings), default=time.min)
    for entry in day.between:
        start = entry.at or closes
        following = next((hour for hour in begins if hour > start), None)
        yield Window(
            entry=entry,
            day=day.day,
            sitting=None,
            start=start,
            end=max(start, entry.until or following or start),
            starts=entry.origin if entry.at else "inferred",
            ends="printed" if entry.until else "inferred",
        )
