"""The vocabulary of rules in which a pack states what a convention says. Closed and small, no language.

Each class is the shape of a piece of a pack's YAML; what is not named here is refused when the
pack is checked. Periods count as `common.days.Period` says. Meaning, not wording: what a rule
yields for a State is worked out in the rooms above.
"""

from datetime import date
from itertools import product
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator

from servanda.common.days import Period, YearDay
from servanda.common.languages import LANGUAGES, Text

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
LanguageCode = Literal["ar", "en", "es", "fr", "ru", "zh"]
# What stands in an address, after the language, where the name of a convention could: none may be called so.
FIXED_FIRST_WORDS = frozenset({"desk", "kit", "secretariat"})
KindName = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=40)]


def comes_every_year(text: str) -> str:
    """A day of the year as it is written; 29 February does not come every year, 31 June never."""
    try:
        YearDay.parse(text)
    except ValueError:
        raise ValueError("it is no day that every year has") from None
    return text


DayOfYear = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"), AfterValidator(comes_every_year)]


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
    """Words by language; English is the original of a pack.

    `official`: the languages in which these words were read in an official text; the others are courtesy
    translations. `translates`: by language the digest of the English that was translated, where it was noted.
    """

    en: str
    ar: str | None = None
    es: str | None = None
    fr: str | None = None
    ru: str | None = None
    zh: str | None = None
    official: tuple[LanguageCode, ...] = ()
    translates: dict[str, Annotated[str, Field(pattern="^[0-9a-f]{8}$")]] = Field(default_factory=dict)

    @property
    def text(self) -> Text:
        """The same as a Text."""
        words = {code: words for code in LANGUAGES if (words := getattr(self, code))}
        return Text("en", words, frozenset(self.official), self.translates)


class Reference(Rule):
    """Where a rule stands: a document and the place in it."""

    document: str
    place: str = ""


class EntryIntoForce(Rule):
    """When the convention enters into force for a State, and how membership ends.

    `signed_by`: the fact of a signature; who signed and is not bound is a signatory. `shown_with`: further facts that
    tell of membership, for readers; nothing is counted from them.
    """

    article: str
    trigger: Name
    add: Length
    roll: Literal["none", "first_of_month"] = "none"
    not_before: date | None = None
    stated_by: Name
    ends_by: Name
    signed_by: Name | None = None
    shown_with: tuple[Name, ...] = ()
    source: Reference


class RequestBy(Rule):
    """By which day of the year of the deciding meeting a request is expected, and who says so."""

    day: DayOfYear
    source: Reference

    @property
    def year_day(self) -> YearDay:
        """The day as a value."""
        return YearDay.parse(self.day)


class Extension(Rule):
    """How a deadline is extended: only by a decision, to the literal date that it sets."""

    requested_by: Name
    granted_by: Name
    not_granted_by: Name
    longest: Length
    further: Length | None = None
    request_by: RequestBy | None = None


class Within(Rule):
    """A date: so long after entry into force, or after the day that a fact states, if that is later."""

    add: Length
    or_after: Name | None = None


class Yearly(Rule):
    """A day of each year, by which the calendar year before it is reported on."""

    yearly: DayOfYear
    reported_by: Name
    not_reported_by: Name | None = None
    first_after: Name | None = None

    @property
    def year_day(self) -> YearDay:
        """The day as a value."""
        return YearDay.parse(self.yearly)

    def in_year(self, year: int) -> date:
        """The day in one year."""
        return self.year_day.in_year(year)


def named_due(piece: Any) -> str:  # noqa: ANN401 (raw YAML)
    """Which kind of date a piece of YAML is."""
    return "yearly" if isinstance(piece, Yearly) or (isinstance(piece, dict) and "yearly" in piece) else "add"


Due = Annotated[Annotated[Within, Tag("add")] | Annotated[Yearly, Tag("yearly")], Discriminator(named_due)]


class Obligation(Rule):
    """What a State undertakes under an article, by when, and what ends or reopens it.

    Without `due` it binds continually and has no date; `stated_by` then says where a State stands.
    """

    id: Name
    article: str
    title: Wording
    says: Wording | None = None
    source: Reference
    applies_by: tuple[Name, ...] = ()
    due: Due | None = None
    extension: Extension | None = None
    completed_by: Name | None = None
    missed_by: Name | None = None
    reopened_by: Name | None = None
    stated_by: tuple[Name, ...] = ()
    excluded_by: Name | None = None

    @model_validator(mode="after")
    def fits_its_date(self) -> "Obligation":
        """What completes or extends needs a date that runs; what is stated has none."""
        runs = isinstance(self.due, Within)
        if runs and self.completed_by is None:
            raise ValueError("an obligation with a date says what completes it: completed_by")
        if not runs and (self.extension or self.completed_by or self.missed_by or self.reopened_by):
            raise ValueError("extension, completed_by, missed_by and reopened_by need a date: due with add")
        if self.due is not None and self.stated_by:
            raise ValueError("stated_by belongs to an obligation without a date")
        return self

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
    """The last day of the calendar year so many years after that of a meeting."""

    end_of_year_after: Literal["next_formal_meeting", "this_meeting"]
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


class Overdue(Rule):
    """The deadline passed and nothing fulfilled the obligation, by a source or by declared coverage."""

    overdue: Name


Silence = Literal["no", "unknown"]


class FactFor(Rule):
    """A fact of this predicate: one that holds on the day, belongs to a meeting, or is newer than one.

    `absent` says what follows where no such fact is in the register: that it is not so, or a question.
    """

    fact: Name
    meeting: Literal["next_formal_meeting", "this_meeting"] | None = None
    since: Literal["previous_formal_meeting"] | None = None
    absent: Silence = "no"

    @model_validator(mode="after")
    def looks_one_way(self) -> "FactFor":
        """A fact belongs to a meeting or is newer than one; not both."""
        if self.meeting and self.since:
            raise ValueError("write meeting or since, not both")
        return self


Anchor = Literal["previous_meeting_of_kind", "previous_formal_meeting", "this_meeting", "next_formal_meeting"]


class ClauseDue(Rule):
    """A clause of a decision falls due after one meeting's first day and until another's, or waits since before.

    The value of such a fact is the day it is due. What is overdue counts only where its fulfilment is covered.
    """

    clause: Name
    after: Anchor
    until: Anchor
    fulfilled_by: Name


class Latest(Rule):
    """The newest fact of this predicate says one of these words, or a quantity above a number."""

    latest: Name
    is_: tuple[str, ...] = Field(default=(), alias="is")
    above: int | None = None
    absent: Silence = "no"

    @model_validator(mode="after")
    def says_what(self) -> "Latest":
        """It compares with words or with a number."""
        if bool(self.is_) == (self.above is not None):
            raise ValueError("write is, with words, or above, with a number")
        return self


class IsParty(Rule):
    """Whether the convention binds the State on the first day of the meeting."""

    party: bool


class All(Rule):
    """Each of the conditions holds."""

    all: tuple["Condition", ...]


class Any_(Rule):  # noqa: N801 (`Any` is taken)
    """At least one of the conditions holds."""

    any: tuple["Condition", ...]


class Not(Rule):
    """The condition does not hold."""

    not_: "Condition" = Field(alias="not")


CONDITIONS = ("all", "any", "not", "open", "overdue", "due", "fact", "clause", "latest", "party")


def named_condition(piece: Any) -> str | None:  # noqa: ANN401 (raw YAML)
    """Which condition a piece of YAML is, by the word it starts with."""
    if isinstance(piece, dict):
        return next((word for word in CONDITIONS if word in piece), None)
    return next((word for word in CONDITIONS if hasattr(piece, word) or hasattr(piece, f"{word}_")), None)


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Open, Tag("open")]
    | Annotated[Overdue, Tag("overdue")]
    | Annotated[DueBy, Tag("due")]
    | Annotated[FactFor, Tag("fact")]
    | Annotated[ClauseDue, Tag("clause")]
    | Annotated[Latest, Tag("latest")]
    | Annotated[IsParty, Tag("party")],
    Discriminator(
        named_condition,
        custom_error_type="unknown_condition",
        custom_error_message=f"a condition starts with one of: {', '.join(CONDITIONS)}",
    ),
]


Attendance = Literal["duty", "general", "open", "comment"]
ATTENDED = {*product(("duty", "general", "open", "comment"))} | {*product(("duty", "general"), ("open", "comment"))}


class Tier(Rule):
    """A set of participants given the floor together: who belongs to it, by rule, by record or by asking.

    `open_to` names those who may ask for the floor; nobody is derived for it. `after`: who is in one of
    these tiers is not in this. `order`: its place among the tiers of a meeting.
    `names_to`: the label of those who may see any name or reason at all. `attendance`: how lists of its kind are
    attended: by those whom it invites, then by those who ask for the floor; a forecast counts with it.
    """

    id: Name
    title: Wording
    invites: Wording
    prints: Literal["names", "rule"]
    meetings: tuple[str, ...]
    when: Condition | None = None
    recorded_by: FactFor | None = None
    open_to: tuple[Literal["states_parties", "states_not_party", "organizations"], ...] = ()
    after: tuple[Name, ...] = ()
    names_to: str = "public"
    order: int = 0
    attendance: tuple[Attendance, ...] = ()
    source: Reference

    @field_validator("attendance")
    @classmethod
    def is_attended_in_order(cls, value: tuple[Attendance, ...]) -> tuple[Attendance, ...]:
        """At most one kind for those invited, then at most one for those who ask."""
        if value and value not in ATTENDED:
            raise ValueError("it is duty or general, open or comment, or one of each in this order")
        return value

    @property
    def attended(self) -> "tuple[Attendance, ...]":
        """How it is attended; where the pack does not say, as an open floor or as a long list of those invited."""
        return self.attendance or (("open",) if self.open_to else ("general",))

    @model_validator(mode="after")
    def says_who(self) -> "Tier":
        """Somebody must be able to be in it."""
        if self.when is None and self.recorded_by is None and not self.open_to:
            raise ValueError("a tier says who is in it: when, recorded_by or open_to")
        if self.names_to != "public" and self.prints == "names":
            raise ValueError("a tier whose names are not public prints its rule")
        return self


class MeetingKind(Rule):
    """A kind of meeting: its title, whether it takes decisions, and the rules of its floor."""

    title: Wording
    formal: bool
    procedure: KindName | None = None


class Predicate(Rule):
    """What a fact can say: its meaning, the kind of its value, and whether it is about performance."""

    says: Wording
    value: Literal["none", "day", "word", "quantity", "year"] = "none"
    words: tuple[str, ...] = ()
    word_titles: dict[str, Wording] = {}
    unit: Wording | None = None
    performance: bool = True


class PackRules(Rule):
    """The head of a pack: what it is, and the words its facts use.

    `places`: cities and buildings as the calendar writes them, in the languages of programmes.
    """

    format: Literal[1]
    id: Name
    version: str
    title: Wording
    short_title: Wording
    timezone: str
    entry_into_force: EntryIntoForce
    main_obligation: Name | None = None
    meeting_kinds: dict[KindName, MeetingKind]
    places: dict[str, Wording] = {}
    predicates: dict[Name, Predicate]

    def place(self, stored: str) -> Text | None:
        """A city or building of the calendar in the languages in which it is worded; None where none is given."""
        wording = self.places.get(stored)
        return wording.text if wording else Text("en", {"en": stored}) if stored else None

    @field_validator("id")
    @classmethod
    def id_is_no_address(cls, value: str) -> str:
        """The site has addresses of its own."""
        if value in FIXED_FIRST_WORDS:
            raise ValueError("the site has an address of this name")
        return value

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
