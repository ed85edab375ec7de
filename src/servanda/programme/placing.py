"""Where an entry stands in a programme, and how one place differs from another, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from servanda.common.wording import N_
from servanda.programme.plan import Entry, Plan, Sitting, Status

Words = tuple[str, dict[str, object]]

NOW: Mapping[Status, str] = {
    "scheduled": N_("On {day}: it is held as planned."),
    "new": N_("On {day}: it is new."),
    "struck": N_("On {day}: it is struck."),
    "provisional": N_("On {day}: it is provisional."),
    "closed": N_("On {day}: it is closed to the public."),
    "not_reached": N_("On {day}: it was not reached."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """An entry on its day, in its sitting or (None) between sittings."""

    day: date
    sitting: Sitting | None
    entry: Entry

    @property
    def sitting_id(self) -> str:
        """The id of the sitting, "" between sittings."""
        return self.sitting.id if self.sitting else ""


def places(plan: Plan) -> list[Place]:
    """Every entry with its place, day by day."""
    return [
        place
        for day in plan.days
        for place in (
            *(Place(day.day, sitting, entry) for sitting in day.sittings for entry in sitting.entries),
            *(Place(day.day, None, entry) for entry in day.between),
        )
    ]


def paired(before: list[Place], after: list[Place]) -> Iterator[tuple[Place | None, Place | None]]:
    """Places of one item: those in one sitting together, of the others the first with the first."""
    was, now = list(before), list(after)
    for place in after:
        if same := next((each for each in was if each.sitting_id == place.sitting_id), None):
            was.remove(same)
            now.remove(place)
            yield same, place
    for position in range(max(len(was), len(now))):
        yield at(was, position), at(now, position)


def at(found: list[Place], position: int) -> Place | None:
    """The place at a position, if there is one."""
    return found[position] if position < len(found) else None


def place_differences(before: Place | None, after: Place | None) -> Iterator[Words]:
    """What is different in where and how an entry is taken."""
    if before is None and after is None:
        return
    if before is None or after is None:
        yield came_or_went(before, after)
        return
    yield from moved(before, after)
    yield from hours(before.entry, after.entry, after.day)
    yield from manner(before.entry, after.entry, after.day)


def came_or_went(before: Place | None, after: Place | None) -> Words:
    """An entry that only one of the two has."""
    place = after or before
    assert place  # noqa: S101 (one of the two holds it)
    if place.sitting is None:
        return (N_("On {day}: it is added.") if after else N_("On {day}: it is dropped.")), {"day": place.day}
    words = (
        N_("It is taken up in the sitting of {day}, {start} to {end}.") if after
        else N_("It is no longer taken up in the sitting of {day}, {start} to {end}.")
    )  # fmt: skip
    return words, {"day": place.day, **times(place.sitting)}


def times(sitting: Sitting) -> dict[str, object]:
    """Start and end of a sitting."""
    return {"start": f"{sitting.start:%H:%M}", "end": f"{sitting.end:%H:%M}"}


def moved(before: Place, after: Place) -> Iterator[Words]:
    """Another day or another sitting."""
    if before.sitting_id == after.sitting_id and (before.sitting or before.day == after.day):
        return
    if before.sitting is None or after.sitting is None:
        words = N_("It stands on {day}; before, it stood at another place, on {day_before}.")
        yield words, {"day": after.day, "day_before": before.day}
        return
    words = N_("It is in the sitting of {day}, {start} to {end}; it was in that of {day_before}, {start_before}.")
    start = f"{before.sitting.start:%H:%M}"
    yield words, {"day": after.day, **times(after.sitting), "day_before": before.day, "start_before": start}


def hours(before: Entry, after: Entry, day: date) -> Iterator[Words]:
    """Fixed times that came, went or changed."""
    starts = [f"{entry.at:%H:%M}" if entry.at else "" for entry in (before, after)]
    if starts[0] != starts[1]:
        words = (
            N_("On {day} it starts at {after}; no time was fixed before.") if not starts[0]
            else N_("On {day} it has no fixed time any more; it was to start at {before}.") if not starts[1]
            else N_("On {day} it starts at {after}; it was to start at {before}.")
        )  # fmt: skip
        yield words, {"day": day, "before": starts[0], "after": starts[1]}
    ends = [f"{entry.until:%H:%M}" if entry.until else "–" for entry in (before, after)]
    if ends[0] != ends[1]:
        yield N_("On {day} it ends at {after}; before: {before}."), {"day": day, "before": ends[0], "after": ends[1]}


def manner(before: Entry, after: Entry, day: date) -> Iterator[Words]:
    """Room, status, continuation, minutes; and that something else differs."""
    found: list[Words] = []
    if before.room != after.room:
        rooms = {"before": before.room or "–", "after": after.room or "–"}
        found.append((N_("On {day} its room is {after}; it was {before}."), {"day": day, **rooms}))
    if before.status != after.status:
        found.append((NOW[after.status], {"day": day}))
    if before.continued != after.continued:
        words = N_("On {day} it is continued.") if after.continued else N_("On {day} it is begun.")
        found.append((words, {"day": day}))
    if before.minutes != after.minutes:
        minutes = {"before": before.minutes or "–", "after": after.minutes or "–"}
        found.append((N_("Minutes allotted to it on {day}: {after}; before: {before}."), {"day": day, **minutes}))
    if not found and details(before) != details(after):
        found.append((N_("On {day}: other details of it differ."), {"day": day}))
    yield from found


def details(entry: Entry) -> tuple[object, ...]:
    """What of an entry has no sentence of its own; ids tell a reader nothing."""
    return (entry.kind, entry.origin, entry.meeting, entry.side_events)
