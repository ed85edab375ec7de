"""What makes a plan possible: every rule that a programme must keep to be held, and the refusal of one that does not.

Each rule yields sentences that say what is wrong and what to do. `refuse_impossible` is called by every Plan.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from servanda.common.days import is_shown_once
from servanda.common.refusals import Refusal

if TYPE_CHECKING:
    from servanda.programme.plan import Entry, Plan, Sitting


class ImpossiblePlan(Refusal):
    """A programme that cannot be held."""

    def __init__(self, plan: "Plan", faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"This programme of {plan.convention} {plan.code} cannot be held.",
            " ".join(faults),
            "Mend the template, the calendar or the edit, and build it again.",
        )


def refuse_impossible(plan: "Plan") -> None:
    """Raise ImpossiblePlan with every fault, if there is one."""
    rules = (faults_of_agenda, faults_of_days, faults_of_sittings, faults_of_entries, faults_of_clock)
    if faults := [fault for rule in rules for fault in rule(plan)]:
        raise ImpossiblePlan(plan, faults)


def faults_of_agenda(plan: "Plan") -> Iterator[str]:
    """Items stand once, below the items above them; a tier names a State once, and none where it prints its rule."""
    for item_id, times in Counter(item.id for item in plan.agenda).items():
        if times > 1:
            yield f"Item {item_id} stands {times} times in the agenda."
    numbers = {item.number for item in plan.agenda}
    for item in plan.agenda:
        if item.parent and item.parent not in numbers:
            yield f"Item {item.number} has no item {item.parent} above it."
        for tier in item.tiers:
            for state, times in Counter(tier.states).items():
                if times > 1:
                    yield f"The tier {tier.kind!r} of item {item.id} names {state} {times} times."
            if tier.prints == "rule" and tier.invited:
                yield f"The tier {tier.kind!r} of item {item.id} prints its rule, and cannot name a State."


def faults_of_days(plan: "Plan") -> Iterator[str]:
    """Days lie in the meeting, in order."""
    if plan.end < plan.start:
        yield f"The meeting ends on {plan.end}, before it starts on {plan.start}."
    for day in plan.days:
        if not plan.start <= day.day <= plan.end:
            yield f"{day.day} lies outside the meeting ({plan.start} to {plan.end})."
        if any(sitting.day != day.day for sitting in day.sittings):
            yield f"A sitting of another day stands under {day.day}."
    for first, second in pairwise(plan.days):
        if second.day <= first.day:
            yield f"{second.day} stands after {first.day}."


def faults_of_sittings(plan: "Plan") -> Iterator[str]:
    """There are sittings, each stands once, has a length, and has its room to itself."""
    if not plan.sittings:
        yield "It has no sitting."
    for sitting_id, times in Counter(sitting.id for sitting in plan.sittings).items():
        if times > 1:
            yield f"The sitting {sitting_id!r} stands {times} times."
    for sitting in plan.sittings:
        if sitting.end <= sitting.start:
            yield f"The sitting {sitting.id!r} runs from {sitting.start:%H:%M} to {sitting.end:%H:%M}."
    yield from overlaps(plan)


def overlaps(plan: "Plan") -> Iterator[str]:
    """One room holds one sitting at a time."""
    in_time = sorted(plan.sittings, key=lambda each: (each.day, each.room, each.start))
    for first, second in pairwise(in_time):
        if (first.day, first.room) == (second.day, second.room) and second.start < first.end:
            yield f"The sittings {first.id!r} and {second.id!r} overlap in one room."


def faults_of_entries(plan: "Plan") -> Iterator[str]:
    """Entries take up items of the agenda, in their sitting, one at a time in a room; what is continued was begun."""
    for entry_id, times in Counter(entry.id for entry in plan.entries).items():
        if times > 1:
            yield f"The entry {entry_id!r} stands {times} times."
    items = {item.id for item in plan.agenda}
    begun: set[str] = set()
    for entry in plan.entries:
        yield from faults_of_entry(entry, items, begun)
    for sitting in plan.sittings:
        yield from out_of_sitting(sitting)
    yield from at_one_time(plan)


def faults_of_entry(entry: "Entry", items: set[str], begun: set[str]) -> Iterator[str]:
    """An entry has an item of the agenda or a title of its own; an item is begun once and then continued."""
    if (entry.item is None) == (entry.title is None):
        yield f"The entry {entry.id!r} has to have an item or a title, and not both."
    if entry.item is None:
        return
    if entry.item not in items:
        yield f"The entry {entry.id!r} takes up {entry.item!r}, which is not on the agenda."
    if entry.status == "struck":
        return
    if entry.continued and entry.item not in begun:
        yield f"Item {entry.item} is continued before it was begun."
    if not entry.continued and entry.item in begun:
        yield f"Item {entry.item} is begun twice; the second time it is continued."
    begun.add(entry.item)


def out_of_sitting(sitting: "Sitting") -> Iterator[str]:
    """What is anchored lies in its sitting, in order."""
    before = sitting.start
    for entry in sitting.entries:
        if entry.at and not before <= entry.at < sitting.end:
            yield f"{entry.at:%H:%M} does not lie between {before:%H:%M} and the end of the sitting {sitting.id!r}."
        before = entry.at or before


def at_one_time(plan: "Plan") -> Iterator[str]:
    """Two entries are not anchored at one time in one room."""
    for day in plan.days:
        held = [
            (entry.at, entry.room or sitting.room)
            for sitting in day.sittings
            for entry in sitting.entries
            if entry.at and entry.status != "struck"
        ]
        for (at, room), times in Counter(held).items():
            if times > 1:
                yield f"{times} entries stand at {at:%H:%M} on {day.day} {f'in {room}' if room else 'in one room'}."


def faults_of_clock(plan: "Plan") -> Iterator[str]:
    """Every time is one that the clock of the place shows once: not skipped or repeated in a night of clock change."""
    zone = ZoneInfo(plan.timezone)
    for day in plan.days:
        hours = {time_of for sitting in day.sittings for time_of in (sitting.start, sitting.end)}
        hours |= {entry.at for entry in day.lines if entry.at}
        for hour in sorted(hours):
            if not is_shown_once(day.day, hour, zone):
                yield f"{hour:%H:%M} on {day.day} is not one time in {plan.timezone}: the clock changes that night."
