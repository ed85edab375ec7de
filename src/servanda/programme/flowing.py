"""How items flow through the sittings of a plan: one after the other, between what has a time of its own.

A stretch is the time from one fixed point to the next. What does not fit into it goes on where the programme takes
the item up again; where it does not, the rest is not reached. Breaks and panels keep their times.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise

from servanda.programme.plan import Entry, Plan, Sitting

PLACE = 10_000_000  # more seconds than any end lies beyond the beginning of its stretch


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time in a sitting (its place among the sittings) for items that flow; seconds."""

    sitting: int
    begins: datetime
    lasts: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """What every run came to, in seconds. The end of an item is the place of its stretch × PLACE, and the rest."""

    ends: dict[str, list[int]] = field(default_factory=dict)
    not_reached: dict[str, list[int]] = field(default_factory=dict)
    needs: dict[int, list[int]] = field(default_factory=dict)
    beyond: dict[int, list[int]] = field(default_factory=dict)
    lost: dict[int, list[int]] = field(default_factory=dict)


def stretches(plan: Plan) -> list[Stretch]:
    """Every stretch of a plan, in the order of its sittings."""
    return [
        Stretch(place, datetime.combine(sitting.day, begins), seconds_between(begins, ends), items)
        for place, sitting in enumerate(plan.sittings)
        for begins, ends, items in pieces(plan, sitting)
    ]


def pieces(plan: Plan, sitting: Sitting) -> Iterator[tuple[time, time, tuple[str, ...]]]:
    """The stretches of one sitting: a new one begins at each fixed time, and none while something fixed is held."""
    groups: list[tuple[time, list[Entry]]] = [(sitting.start, [])]
    for entry in sitting.entries:
        if entry.status == "struck":
            continue
        if entry.at and entry.at > groups[-1][0]:
            groups.append((entry.at, []))
        groups[-1][1].append(entry)
        if (ends := fixed_end(entry)) and not flows(plan, entry):
            groups.append((ends, []))
    for (begins, entries), (ends, _next) in pairwise([*groups, (sitting.end, [])]):
        items = tuple(entry.item for entry in entries if entry.item and flows(plan, entry))
        if items or not any(not flows(plan, entry) and entry.at for entry in entries):
            yield begins, ends, items


def flows(plan: Plan, entry: Entry) -> bool:
    """Whether an entry takes up an item of the agenda; all else has a time of its own."""
    item = plan.item_of(entry)
    return item is not None and item.kind != "panel"


def fixed_end(entry: Entry) -> time | None:
    """When something with a time of its own ends, where the programme says so."""
    if entry.until or not (entry.at and entry.minutes):
        return entry.until
    hours, minutes = divmod(entry.at.hour * 60 + entry.at.minute + entry.minutes, 60)
    return time(hours, minutes) if hours < 24 else time.max


def seconds_between(first: time, last: time) -> int:
    """From one time of a day to another, in seconds."""
    return max(0, (last.hour - first.hour) * 3600 + (last.minute - first.minute) * 60 + last.second - first.second)


def flow(parts: Sequence[Stretch], lengths: Mapping[str, Sequence[int]], runs: int) -> Flow:
    """Let the items flow, once a run; `lengths` are the seconds that each item takes in each run."""
    found = Flow(
        {item: [] for item in lengths},
        {item: [] for item in lengths},
        {part.sitting: [] for part in parts},
        {part.sitting: [] for part in parts},
        {part.sitting: [] for part in parts},
    )
    last = {item: place for place, part in enumerate(parts) for item in part.items}
    for run in range(runs):
        one_run(parts, {item: length[run] for item, length in lengths.items()}, last, found)
    return found


def one_run(parts: Sequence[Stretch], left: dict[str, int], last: Mapping[str, int], found: Flow) -> None:
    """One run through all stretches; `left` is what each item still needs."""
    ends: dict[str, int] = {}
    not_reached = dict.fromkeys(left, 0)
    sums = {part.sitting: [0, 0, 0] for part in parts}
    for place, part in enumerate(parts):
        reached, lasts, needed, lost = 0, part.lasts, 0, 0
        for item in part.items:
            wanted = left[item]
            needed += wanted
            if reached + wanted <= lasts:
                left[item] = 0
                reached += wanted
                if wanted or item not in ends:
                    ends[item] = place * PLACE + reached
            elif last[item] > place:
                left[item] = wanted - (lasts - reached)
                reached = lasts
            else:
                ends[item] = place * PLACE + reached + wanted
                not_reached[item] = reached + wanted - lasts
                lost += not_reached[item]
                left[item], reached = 0, lasts
        held = sums[part.sitting]
        held[0] += needed
        held[1] += max(0, needed - lasts)
        held[2] += lost
    note(found, ends, not_reached, sums)


def note(found: Flow, ends: Mapping[str, int], not_reached: Mapping[str, int], sums: Mapping[int, list[int]]) -> None:
    """Add one run to what was found."""
    for item, end in ends.items():
        found.ends[item].append(end)
        found.not_reached[item].append(not_reached[item])
    for sitting, (needs, beyond, lost) in sums.items():
        found.needs[sitting].append(needs)
        found.beyond[sitting].append(beyond)
        found.lost[sitting].append(lost)


def moment(parts: Sequence[Stretch], end: int) -> datetime:
    """When an end is by the clock of the meeting; beyond the end of its stretch if it is not reached."""
    place, seconds = divmod(end, PLACE)
    return parts[place].begins + timedelta(seconds=seconds)


def has(parts: Iterable[Stretch], sitting: int) -> int:
    """The seconds that a sitting leaves to items that flow."""
    return sum(part.lasts for part in parts if part.sitting == sitting)
