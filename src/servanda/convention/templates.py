"""The template of a kind of meeting: its agenda, and the sittings of relative days in which items are taken.

A template knows no dates: its first day is the first day of whichever meeting is built from it. What
belongs to some meetings only says so by `only_at`. Times of day are local to the meeting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from servanda.convention.rules import KindName, LanguageCode, Name, Reference, Rule, Wording

ItemNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$", max_length=20)]


def clock_time(value: object) -> object:
    """A time of day; YAML reads 10:00 without quotation marks as ten times sixty."""
    return f"{value // 60:02}:{value % 60:02}" if type(value) is int else value


TimeOfDay = Annotated[str, BeforeValidator(clock_time), Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Occasional(Rule):
    """A piece that belongs to every meeting, or, with `only_at`, to the meetings of these codes."""

    only_at: tuple[str, ...] = ()

    def is_at(self, code: str) -> bool:
        """Whether a meeting has it."""
        return not self.only_at or code in self.only_at

    def meets(self, other: "Occasional") -> bool:
        """Whether one meeting can have both."""
        return not self.only_at or not other.only_at or bool({*self.only_at} & {*other.only_at})


class ActionRange(Rule):
    """Actions of a plan, from one number to another, both included."""

    plan: Name
    from_: int = Field(alias="from", ge=1)
    to: int = Field(ge=1)


class Planned(Occasional):
    """A presenter by office: the holder of an office of the convention, or of another body."""

    organ: Name | None = None
    office: Wording | None = None
    body: Wording | None = None
    gives: Wording | None = None


class Item(Occasional):
    """An item of the agenda: its number as a path (6.a) and as printed, its organ, and who is given the floor.

    `footnotes`: the tiers whose names stand in a footnote, with its mark. `tier_actions`: the actions on which one of
    its tiers speaks, where the item bears on more. `documents`: their numbers in the meeting.
    `provisional`: it was not read from an official agenda.
    """

    number: ItemNumber
    printed: str
    kind: Literal["item", "opening", "closing"] = "item"
    title: Wording
    organ: Name | None = None
    actions: tuple[ActionRange, ...] = ()
    presenters: tuple[Planned, ...] = ()
    tiers: tuple[Name, ...] = ()
    footnotes: dict[Name, str] = Field(default_factory=dict)
    tier_actions: dict[Name, tuple[ActionRange, ...]] = Field(default_factory=dict)
    documents: tuple[int, ...] = ()
    provisional: bool = False
    text: Wording | None = None

    @property
    def parent(self) -> str | None:
        """The number of the item above, if there is one."""
        return self.number.rpartition(".")[0] or None


class Panel(Occasional):
    """A discussion outside the agenda, with what it is about in this project's words."""

    title: Wording
    concept: Wording | None = None
    presenters: tuple[Planned, ...] = ()


class NumberedDocument(Occasional):
    """A document by its number in the meeting, with its symbol where it has one."""

    number: int = Field(ge=1)
    title: Wording
    symbol: str | None = None


class Entry(Occasional):
    """A line of the programme: anchored at a time, or flowing after the one before."""

    at: TimeOfDay | None = None
    room: str = ""


class ItemTaken(Entry):
    """An item is taken, or taken up again."""

    item: ItemNumber
    continued: bool = False


class PanelHeld(Entry):
    """A panel is held."""

    panel: Name


class Break(Entry):
    """A break, perhaps with side events."""

    break_: Wording = Field(alias="break")
    side_events: bool = False


class End(Entry):
    """The end of a day or of an embedded meeting."""

    ends: Wording


class Embedded(Entry):
    """A meeting of another kind that the calendar has on this day, with its agenda in a document of this meeting.

    Where the calendar has none, there is no such entry. `title` defaults to that of the meeting.
    """

    meeting: KindName
    title: Wording | None = None
    agenda: int | None = None


WORDS = ("item", "panel", "break", "ends", "meeting")


def named_entry(piece: Any) -> str | None:  # noqa: ANN401 (raw YAML)
    """Which entry a piece of YAML is, by the word that only such an entry has."""
    if isinstance(piece, dict):
        return next((word for word in WORDS if word in piece), None)
    return next((word for word in WORDS if hasattr(piece, word) or hasattr(piece, f"{word}_")), None)


AnyEntry = Annotated[
    Annotated[ItemTaken, Tag("item")]
    | Annotated[PanelHeld, Tag("panel")]
    | Annotated[Break, Tag("break")]
    | Annotated[End, Tag("ends")]
    | Annotated[Embedded, Tag("meeting")],
    Discriminator(
        named_entry,
        custom_error_type="unknown_entry",
        custom_error_message=f"an entry has one of: {', '.join(WORDS)}",
    ),
]


class Sitting(Rule):
    """A piece of time in a room, with the entries taken in it."""

    id: Name
    start: TimeOfDay
    end: TimeOfDay
    room: str = ""
    entries: tuple[AnyEntry, ...]


class Day(Rule):
    """A day of the meeting, counted from its first, with its sittings and what lies between them."""

    day: int = Field(ge=1)
    sittings: tuple[Sitting, ...]
    between: tuple[AnyEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its place in the file, its day and its room; an empty room is that of the meeting."""

    place: tuple[str | int, ...]
    day: int
    room: str
    entry: Entry


class Template(Rule):
    """What a programme of some kinds of meeting is built from.

    `since`: the year from which meetings are built from it; its agenda says nothing of earlier ones.
    `title` heads the programme; without one the title of the meeting does.
    `calling_order`: the language in whose alphabet the States of a tier are called, one for the meeting.
    `as_printed`: the meetings whose own programme gave its times; for others they are a default.
    `offices`: words of calendar/presenters.csv for offices, bodies and honorifics, in more languages than it has.
    """

    id: Name
    title: Wording | None = None
    meetings: tuple[KindName, ...]
    lasts_days: int = Field(ge=1, le=30)
    since: int | None = Field(default=None, ge=1800, le=9999)
    calling_order: LanguageCode = "en"
    as_printed: tuple[str, ...] = ()
    offices: tuple[Wording, ...] = ()
    agenda: tuple[Item, ...]
    panels: dict[Name, Panel] = Field(default_factory=dict)
    documents: tuple[NumberedDocument, ...] = ()
    days: tuple[Day, ...]
    source: Reference

    def item(self, number: str) -> Item | None:
        """The item of a number, if the agenda has it."""
        return next((item for item in self.agenda if item.number == number), None)

    def fits(self, kind: str, start: date, end: date) -> bool:
        """Whether a meeting of a kind on these days, both included, can be built from it."""
        return kind in self.meetings and self.holds_in(start.year) and self.lasts_days <= (end - start).days + 1

    def holds_in(self, year: int) -> bool:
        """Whether it is of this year, or was there before."""
        return self.since is None or self.since <= year

    def entries(self) -> Iterator[Placed]:
        """Every entry with its place, day and room, in the order of the file."""
        for position, day in enumerate(self.days):
            for sat, sitting in enumerate(day.sittings):
                for number, entry in enumerate(sitting.entries):
                    place = ("days", position, "sittings", sat, "entries", number)
                    yield Placed(place, day.day, entry.room or sitting.room, entry)
            for number, entry in enumerate(day.between):
                yield Placed(("days", position, "between", number), day.day, entry.room, entry)
