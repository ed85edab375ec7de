"""What can happen on the floor of a meeting: each act as a value, and as the body of a journal entry.

An act says what was done and to what; who did it and when stand on the entry. Nothing is ever changed: an
act that was wrong is undone by another. Requests are named by words chosen by whoever asks, so that the same
click sent twice is one request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from servanda.convention.procedure import Category

FloorAct = Literal["statement", "reply", "point_of_order"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a State (ISO alpha-3), an organization, an organ or a group, by category and code.

    `name` is a free name for a body that no list knows; the name of a person never stands here, but in the personal
    texts beside the entry. `on_behalf_of` names the group spoken for, `instead_of` the planned presenter replaced.
    """

    category: Category
    code: str
    name: str = ""
    on_behalf_of: str = ""
    instead_of: str = ""

    @property
    def seat(self) -> tuple[str, ...]:
        """Who waits once for each kind of act: a delegation; of those who present for one body, each by name."""
        if self.category == "officers":
            return (self.category, self.code, self.name)
        return (self.category, self.code or self.name, self.on_behalf_of)


@dataclass(frozen=True, slots=True)
class FloorOpened:
    """The meeting begins: the issued programme, the rules of its floor and its participants, by value.

    `plan` is a body `servanda-plan/1`, `rules` a profile of procedure, `participants` the category of each
    State by code. `rehearsal`: nothing of it may ever be approved, published or written back. What an order needs
    that no register holds: `places` drawn by lot or by seniority, `regions`, and the members of `groups`, all by code.
    `speed`: how many seconds of a rehearsal pass in one; 1 at a meeting.
    """

    plan: str
    version: int
    digest: str
    rules: Mapping[str, Any]
    participants: Mapping[str, Category]
    rehearsal: bool = False
    places: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    speed: int = 1
    kind: Literal["floor-opened"] = "floor-opened"


@dataclass(frozen=True, slots=True)
class SittingOpened:
    """A sitting of the programme is called to order."""

    sitting: str
    kind: Literal["sitting-opened"] = "sitting-opened"


@dataclass(frozen=True, slots=True)
class SittingSuspended:
    """The sitting is suspended, perhaps until a time that was said."""

    until: str = ""
    kind: Literal["sitting-suspended"] = "sitting-suspended"


@dataclass(frozen=True, slots=True)
class SittingResumed:
    """The sitting goes on."""

    kind: Literal["sitting-resumed"] = "sitting-resumed"


@dataclass(frozen=True, slots=True)
class SittingClosed:
    """The sitting rises; whoever waits is carried to the next in which the item is taken."""

    kind: Literal["sitting-closed"] = "sitting-closed"


@dataclass(frozen=True, slots=True)
class ItemTaken:
    """An item is taken up, or taken up again; `reason` where it is not the programme's turn."""

    item: str
    reason: str = ""
    kind: Literal["item-taken"] = "item-taken"


@dataclass(frozen=True, slots=True)
class ItemConcluded:
    """The consideration of an item is concluded; `reason` where some still wait on it."""

    item: str
    reason: str = ""
    kind: Literal["item-concluded"] = "item-concluded"


@dataclass(frozen=True, slots=True)
class ListClosed:
    """The list of speakers of an item is closed."""

    item: str
    kind: Literal["list-closed"] = "list-closed"


@dataclass(frozen=True, slots=True)
class ListReopened:
    """The list of speakers of an item is opened again."""

    item: str
    kind: Literal["list-reopened"] = "list-reopened"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks for the floor on an item, for themselves or entered by the secretariat.

    `tier`: under which the secretariat enters them, where no list names them. `reason`: with which the
    presiding officer lets somebody in whom the rules would not.
    """

    request: str
    item: str
    speaker: Speaker
    act: FloorAct = "statement"
    tier: str | None = None
    reason: str = ""
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A request is taken back."""

    request: str
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True, slots=True)
class Moved:
    """A request is placed right after another of its item, or first; a departure, with its reason."""

    request: str
    after: str | None
    reason: str
    kind: Literal["moved"] = "moved"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Two who wait exchange their places, both agreeing."""

    one: str
    other: str
    kind: Literal["exchanged"] = "exchanged"


@dataclass(frozen=True, slots=True)
class ExchangeProposed:
    """Who waits with `one` asks whoever waits with `other` to exchange their places."""

    one: str
    other: str
    kind: Literal["exchange-proposed"] = "exchange-proposed"


@dataclass(frozen=True, slots=True)
class ExchangeAnswered:
    """Who was asked agrees, or one of the two says no; the presiding officer may then do what both want."""

    one: str
    other: str
    agreed: bool
    kind: Literal["exchange-answered"] = "exchange-answered"


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """The floor is given; `seconds` is the limit that then applied, `reason` why out of order, if it was."""

    request: str
    seconds: int | None
    reason: str = ""
    kind: Literal["floor-given"] = "floor-given"


@dataclass(frozen=True, slots=True)
class TurnPaused:
    """The clock of the turn is stopped."""

    kind: Literal["turn-paused"] = "turn-paused"


@dataclass(frozen=True, slots=True)
class TurnContinued:
    """The clock of the turn runs again."""

    kind: Literal["turn-continued"] = "turn-continued"


@dataclass(frozen=True, slots=True)
class TurnExtended:
    """The turn is given more time, or less."""

    seconds: int
    kind: Literal["turn-extended"] = "turn-extended"


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The speaker has finished, or was asked to conclude (`cut`)."""

    cut: bool = False
    kind: Literal["turn-ended"] = "turn-ended"


@dataclass(frozen=True, slots=True)
class FoundAbsent:
    """Who was called is not there."""

    request: str
    kind: Literal["found-absent"] = "found-absent"


@dataclass(frozen=True, slots=True)
class LimitSet:
    """The time limit of a category, or of a tier (`tier`), is changed from here on."""

    seconds: int
    category: Category | None = None
    tier: str | None = None
    act: FloorAct = "statement"
    reason: str = ""
    kind: Literal["limit-set"] = "limit-set"


@dataclass(frozen=True, slots=True)
class StatementReceived:
    """A text is handed in for an item; it is shown to interpreters, and to others when its speaker has spoken.

    `sha256` is of the text as stored beside the journal. `written`: it is not to be spoken. `for_everybody`: the
    delegation lets others read it afterwards.
    """

    statement: str
    item: str
    speaker: Speaker
    language: str
    sha256: str
    check_against_delivery: bool = True
    written: bool = False
    for_everybody: bool = True
    kind: Literal["statement-received"] = "statement-received"


@dataclass(frozen=True, slots=True)
class PointRuled:
    """The presiding officer rules on a point of order."""

    request: str
    upheld: bool
    ruling: str = ""
    kind: Literal["point-ruled"] = "point-ruled"


@dataclass(frozen=True, slots=True)
class SlowerAsked:
    """The interpreters ask the speaker to speak more slowly."""

    kind: Literal["slower-asked"] = "slower-asked"


@dataclass(frozen=True, slots=True)
class SlowerPassedOn:
    """The presiding officer has passed the wish on to the speaker, or has seen to it otherwise."""

    kind: Literal["slower-passed-on"] = "slower-passed-on"


@dataclass(frozen=True, slots=True)
class Undone:
    """The last act that stands is undone; `number` names its entry."""

    number: int
    kind: Literal["undone"] = "undone"


Act = Annotated[
    FloorOpened | SittingOpened | SittingSuspended | SittingResumed | SittingClosed | ItemTaken | ItemConcluded
    | ListClosed | ListReopened | Asked | Withdrawn | Moved | Exchanged | ExchangeProposed | ExchangeAnswered
    | FloorGiven | TurnPaused | TurnContinued | TurnExtended | TurnEnded | FoundAbsent | LimitSet
    | StatementReceived | PointRuled | SlowerAsked | SlowerPassedOn | Undone,
    Field(discriminator="kind"),
]  # fmt: skip
ADAPTER: TypeAdapter[Act] = TypeAdapter(Act)
KINDS: tuple[str, ...] = tuple(
    kind.__dataclass_fields__["kind"].default
    for kind in Act.__origin__.__args__  # type: ignore[attr-defined]
)


@dataclass(frozen=True, slots=True)
class Logged:
    """An act with its number in the stream, the instant it counts from (UTC), and who did it.

    `at` is when it was performed: the server's time of the entry, or `performed_at` of an act that waited
    off the network and was confirmed.
    """

    number: int
    act: Act
    at: datetime
    by: str


def body_of(act: Act) -> dict[str, Any]:
    """An act as the body of an entry; the kind stands on the entry."""
    content: dict[str, Any] = ADAPTER.dump_python(act, mode="json")
    del content["kind"]
    return content


def act_of(kind: str, body: Mapping[str, Any]) -> Act:
    """The act that an entry tells; a body that is none raises pydantic's ValidationError."""
    known = {name: value for name, value in body.items() if name != "performed_at"}
    return ADAPTER.validate_python({**known, "kind": kind})


NEEDED: Mapping[str, str] = dict.fromkeys(KINDS, "run the floor") | {
    "asked": "ask for the floor",
    "withdrawn": "withdraw a request",
    "exchange-proposed": "ask for the floor",
    "exchange-answered": "ask for the floor",
    "statement-received": "hand in a text",
    "slower-asked": "ask to speak more slowly",
}
"""By kind, the act of the table of permissions (`servanda.people.permissions`) that whoever does it needs at the least.

Whoever may run the floor may do every act; what a delegation may do it may do for itself alone.
"""
