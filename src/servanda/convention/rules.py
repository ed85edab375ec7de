"""The vocabulary of rules in which a pack states what a convention says. Closed and small, no language.

Each class is the shape of a piece of a pack's YAML; what is not named here is refused when the
pack is checked. Periods count as `common.days.Period` says. Meaning, not wording: what a rule
yields for a State is worked out in the rooms above.
"""

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator

from servanda.common.days import Period
from servanda.common.languages import LANGUAGES, Text

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
KindName = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=40)]


def is_timezone(text: str) -> bool:
    """Whether a text names an IANA time zone."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True


class Rule(BaseModel):
    """Any piece of a pack: unchanging, and refusing what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Length(Rule):
    """A period as a pack writes it: `{years: 10}`."""

    years: int = Field(default=0, ge=0, le=200)
    months: int = Field(default=0, ge=0, le=2400)
    days: int = Field(default=0, ge=0, le=73000)

    @property
    def period(self) -> Period:
        """The same as a value that counts."""
        return Period(self.years, self.months, self.days)


class Wording(Rule):
    """Words by language; English is the original of a pack."""

    en: str
    ar: str | None = None
    es: str | None = None
    fr: str | None = None
    ru: str | None = None
    zh: str | None = None

    @property
    def text(self) -> Text:
        """The same as a Text."""
        return Text.of({code: words for code in LANGUAGES if (words := getattr(self, code))})


class Reference(Rule):
    """Where a rule stands: a document and the place in it."""

    document: str
    place: str = ""


class EntryIntoForce(Rule):
    """When the convention enters into force for a State, and how membership ends."""

    article: str
    trigger: Name
    add: Length
    roll: Literal["none", "first_of_month"] = "none"
    not_before: date | None = None
    stated_by: Name
    ends_by: Name
    source: Reference


class Extension(Rule):
    """How a deadline is extended: only by a decision, to the literal date that it sets."""

    requested_by: Name
    granted_by: Name
    not_granted_by: Name
    longest: Length


class Due(Rule):
    """The date an obligation is due: so long after entry into force."""

    add: Length


class Obligation(Rule):
    """What a State undertakes under an article, by when, and what ends or reopens it."""

    id: Name
    article: str
    title: Wording
    source: Reference
    applies_by: tuple[Name, ...]
    due: Due
    extension: Extension | None = None
    completed_by: Name
    reopened_by: Name | None = None

    def is_decided_by(self, predicate: str) -> bool:
        """Whether a fact of this predicate is a decision on an extension."""
        return self.extension is not None and predicate in (
            self.extension.granted_by,
            self.extension.not_granted_by,
        )


class FirstDay(Rule):
    """The first day of a formal meeting, seen from the meeting that is being prepared."""

    start_of: Literal["next_formal_meeting", "formal_meeting_after_next"]
    add: Length = Length()


class YearEnd(Rule):
    """The last day of the calendar year so many years after that of the next formal meeting."""

    end_of_year_after: Literal["next_formal_meeting"]
    years: int = Field(default=0, ge=0, le=200)


class Horizon(Rule):
    """How far a list looks ahead; `if_not_announced` serves while that meeting has no announced days."""

    is_: FirstDay | YearEnd = Field(alias="is")
    if_not_announced: FirstDay | None = None


class Open(Rule):
    """The obligation applies to the State and is not fulfilled."""

    open: Name


class DueBy(Rule):
    """The deadline in force falls on or before a horizon."""

    due: Name
    on_or_before: Horizon


class FactFor(Rule):
    """A fact of this predicate belongs to the next formal meeting."""

    fact: Name
    meeting: Literal["next_formal_meeting"]


class All(Rule):
    """Each of the conditions holds."""

    all: tuple["Condition", ...]


class Any_(Rule):  # noqa: N801 (`Any` is taken)
    """At least one of the conditions holds."""

    any: tuple["Condition", ...]


CONDITIONS = ("all", "any", "open", "due", "fact")


def named_condition(piece: Any) -> str | None:  # noqa: ANN401 (raw YAML)
    """Which condition a piece of YAML is, by the word it starts with."""
    if isinstance(piece, dict):
        return next((word for word in CONDITIONS if word in piece), None)
    return next((word for word in CONDITIONS if hasattr(piece, word)), None)


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[Open, Tag("open")]
    | Annotated[DueBy, Tag("due")]
    | Annotated[FactFor, Tag("fact")],
    Discriminator(
        named_condition,
        custom_error_type="unknown_condition",
        custom_error_message=f"a condition starts with one of: {', '.join(CONDITIONS)}",
    ),
]


class Tier(Rule):
    """A set of States given the floor together: who belongs to it, by rule."""

    id: Name
    title: Wording
    invites: Wording
    prints: Literal["names", "rule"]
    meetings: tuple[str, ...]
    when: Condition
    recorded_by: Name | None = None
    source: Reference


class MeetingKind(Rule):
    """A kind of meeting: its title, whether it takes decisions, and the rules of its floor."""

    title: Wording
    formal: bool
    procedure: KindName | None = None


class Predicate(Rule):
    """What a fact can say: its meaning, the kind of its value, and whether it is about performance."""

    says: Wording
    value: Literal["none", "day", "word", "quantity"] = "none"
    words: tuple[str, ...] = ()
    performance: bool = True


class PackRules(Rule):
    """The head of a pack: what it is, and the words its facts use."""

    format: Literal[1]
    id: Name
    version: str
    title: Wording
    short_title: Wording
    timezone: str
    entry_into_force: EntryIntoForce
    meeting_kinds: dict[KindName, MeetingKind]
    predicates: dict[Name, Predicate]

    @field_validator("timezone")
    @classmethod
    def timezone_exists(cls, value: str) -> str:
        """The place of a convention has a clock."""
        if not is_timezone(value):
            raise ValueError("it is no IANA zone, as Europe/Zurich")
        return value

    @field_validator("version", mode="before")
    @classmethod
    def version_is_text(cls, value: object) -> object:
        """A version such as 2026.1 is text, not a number."""
        return str(value) if isinstance(value, float | int) else value


class DeadlinesAsked(Rule):
    """A question of a case: the first deadline of States, each with the day expected."""

    obligation: Name
    expect: dict[str, date | None]


class StatusAsked(Rule):
    """A question of a case: one State on a day, as known on a day."""

    obligation: Name
    state: str
    on: date
    known: date


class TierAsked(Rule):
    """A question of a case: a tier of a meeting, as known on a day, perhaps without some sources."""

    tier: Name
    meeting: str
    known: date
    without: tuple[str, ...] = ()


class Case(Rule):
    """One of a pack's own tests: a title, one question, and what is expected."""

    title: str
    entry_into_force: dict[str, date | None] | None = None
    original_deadline: DeadlinesAsked | None = None
    status: StatusAsked | None = None
    tier: TierAsked | None = None
    expect: dict[str, Any] | str | None = None

    @model_validator(mode="after")
    def asks_once(self) -> "Case":
        """A case asks one thing."""
        asked = (self.entry_into_force, self.original_deadline, self.status, self.tier)
        if sum(question is not None for question in asked) != 1:
            raise ValueError("a case asks one of: entry_into_force, original_deadline, status, tier")
        return self
