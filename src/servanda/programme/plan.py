"""The programme of a meeting as one immutable value: an agenda of items, and the sittings in which they are taken.

Item (what is spoken of) and entry (when it is taken up) are two things: one item may be taken in several
sittings. An entry is *anchored* at a time or *flows* after the one before. Times of day are local to the
meeting, days are dates. A plan that cannot be held cannot be made: see `servanda.programme.possible`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Literal

from servanda.common.languages import Text
from servanda.programme.possible import refuse_impossible

ItemKind = Literal["item", "subitem", "panel", "opening", "closing"]
EntryKind = Literal["item", "subitem", "panel", "opening", "closing", "break", "other"]
Status = Literal["scheduled", "new", "struck", "provisional", "closed", "not_reached"]
Origin = Literal["printed", "default", "inferred"]
Basis = Literal["computed", "recorded"]


@dataclass(frozen=True, slots=True)
class ActionRange:
    """Actions of an action plan, both ends included; `plan` is its acronym (OAP)."""

    plan: str
    title: Text
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who presents: an office and its body, and the person and honorific where an official document names one.

    `order` tells the presenters of one item apart; `gives` is what is presented ("opening remarks").
    """

    order: int
    office: Text | None = None
    body: Text | None = None
    gives: Text | None = None
    organ: str | None = None
    person: str = ""
    honorific: Text | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a State is in a tier: a sentence, and the names of the sources it rests on."""

    sentence: Text
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invited:
    """A State given the floor by name, how it came there and why."""

    state: str
    basis: Basis
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """Participants given the floor together: named States in calling order, organizations, or a rule.

    `prints` "rule": nobody is named here, whoever the register holds. `withheld`: why a list that prints names
    could not be derived. `footnote`: the names stand in the footnote of this mark. `kind` is its id in the pack.
    `actions`: on which it speaks, where its item bears on more.
    """

    kind: str
    label: Text
    invites: Text
    prints: Literal["names", "rule"]
    invited: tuple[Invited, ...] = ()
    organisations: tuple[str, ...] = ()
    open_to: tuple[str, ...] = ()
    footnote: str | None = None
    withheld: Text | None = None
    actions: tuple[ActionRange, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """The codes of the States named, in calling order."""
        return tuple(each.state for each in self.invited)


@dataclass(frozen=True, slots=True)
class NumberedDocument:
    """A document by its number in the meeting, and its symbol where it has one."""

    number: int
    title: Text
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is spoken of. `number` is the path of an item of the agenda (6.b), None for a panel.

    `body` is the id of the organ on whose mandate it bears.
    """

    id: str
    number: str | None
    printed: str
    kind: ItemKind
    title: Text
    body: str | None = None
    presenters: tuple[Presenter, ...] = ()
    actions: tuple[ActionRange, ...] = ()
    tiers: tuple[Tier, ...] = ()
    documents: tuple[NumberedDocument, ...] = ()
    text: tuple[Text, ...] = ()

    @property
    def parent(self) -> str | None:
        """The number of the item above, if there is one."""
        return (self.number or "").rpartition(".")[0] or None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the programme: an item taken or taken up again, or something of its own (`title`).

    `at` None: it flows. `meeting` is the code of the meeting held here, `document` what holds its agenda.
    `minutes` is what was allotted to it, where somebody said so.
    """

    id: str
    kind: EntryKind
    item: str | None = None
    title: Text | None = None
    at: time | None = None
    until: time | None = None
    origin: Origin = "printed"
    continued: bool = False
    room: str = ""
    status: Status = "scheduled"
    meeting: str | None = None
    document: NumberedDocument | None = None
    side_events: bool = False
    minutes: int | None = None

    @property
    def is_anchored(self) -> bool:
        """Whether it starts at a fixed time."""
        return self.at is not None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A piece of time in a room, with the entries taken in it; an empty room is that of the meeting."""

    id: str
    day: date
    start: time
    end: time
    room: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the meeting: its sittings, and what lies between and after them."""

    day: date
    sittings: tuple[Sitting, ...] = ()
    between: tuple[Entry, ...] = ()

    @property
    def lines(self) -> tuple[Entry, ...]:
        """Every entry of the day in the order of a programme: by time, what flows after what it follows."""
        timed = [(time_of, position, entry) for position, (time_of, entry) in enumerate(self.timed())]
        return tuple(entry for _time, _position, entry in sorted(timed, key=lambda each: each[:2]))

    def timed(self) -> Iterator[tuple[time, Entry]]:
        """Entries of sittings, then those between, each with the last fixed time at or before it."""
        for sitting in self.sittings:
            reached = sitting.start
            for entry in sitting.entries:
                reached = entry.at or reached
                yield reached, entry
        for entry in self.between:
            yield entry.at or time.max, entry


@dataclass(frozen=True, slots=True)
class AsOf:
    """As of when a plan was derived: about which day, known on which, by which pack and journal number."""

    on: date
    known: date
    number: int
    pack_version: str
    pack_digest: str


@dataclass(frozen=True, slots=True)
class Issued:
    """As which version a plan was issued, on which day at the place of the meeting, and the digest of its text."""

    version: int
    on: date
    digest: str


@dataclass(frozen=True)
class Plan:
    """The programme of one meeting; `convention` and `code` name it. `room` is a name, `timezone` an IANA zone."""

    convention: str
    code: str
    kind: str
    title: Text
    convention_title: Text
    start: date
    end: date
    city: Text | None
    venue: Text | None
    room: str
    timezone: str
    as_of: AsOf
    agenda: tuple[Item, ...] = ()
    days: tuple[Day, ...] = ()
    symbols: tuple[str, ...] = ()
    documents: tuple[NumberedDocument, ...] = ()

    def __post_init__(self) -> None:
        refuse_impossible(self)

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """Every sitting in the order of the days."""
        return tuple(sitting for day in self.days for sitting in day.sittings)

    @cached_property
    def items(self) -> dict[str, Item]:
        """The items by id."""
        return {item.id: item for item in self.agenda}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, day by day, in the order of the programme."""
        return tuple(entry for day in self.days for entry in day.lines)

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """Every tier, in the order of the agenda."""
        return tuple(tier for item in self.agenda for tier in item.tiers)

    def item_of(self, entry: Entry) -> Item | None:
        """The item that an entry takes up, if it takes one."""
        return self.items[entry.item] if entry.item else None

    def title_of(self, entry: Entry) -> Text:
        """What an entry is called: by its item, or by its own title."""
        item = self.item_of(entry)
        if item:
            return item.title
        if entry.title is None:
            raise ValueError(f"the entry {entry.id} has neither item nor title")
        return entry.title
