"""The rules of the floor as data: eighteen knobs, each with its value and where it comes from.

A profile is a full set of knobs for a kind of meeting. The set is closed: a knob that is missing or
unknown is refused. Lengths are seconds or minutes, as their names say.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from servanda.convention.rules import KindName, Reference, Rule, Wording

Category = Literal["states_parties", "signatories", "states_not_party", "organizations", "groups", "officers"]
Act = Literal["statement", "reply", "point_of_order", "motion"]
Seconds = Annotated[int, Field(ge=1, le=7200)]
Minutes = Annotated[int, Field(ge=0, le=10080)]
Quota = Annotated[int, Field(ge=0, le=99)]
Share = Literal["none", "one_quarter", "one_third", "majority"]
Moment = Literal["never", "when_called", "after", "at_once"]


class Knob(Rule):
    """A setting with its citation, or with the plain words that it is a habit of the house."""

    source: Reference | Literal["house practice"]


class OrderInTier(Knob):
    """How those within one tier follow each other."""

    by: Literal["request", "seniority", "alphabet", "lot", "regions_in_turn"]


class TierOrder(Knob):
    """Whether a tier is called to its end before the next, or so many of one after so many of the other."""

    take: Literal["to_the_end", "in_turn"]
    of_one: Quota = 1
    of_next: Quota = 1


class Signatories(Knob):
    """Where States that signed and are not yet bound stand."""

    speak: Literal["with_states_parties", "after_states_parties"]


class GroupStatements(Knob):
    """Where statements for a group stand, and what follows for the statements of its members."""

    speak: Literal["first", "in_tier", "by_time"]
    members_then: Literal["as_before", "warned", "last", "shorter"]


class Limit(Rule):
    """How long one category may speak in one kind of act."""

    who: Category
    act: Act = "statement"
    seconds: Seconds


class Limits(Knob):
    """The time limits, and how far they may be shortened when too many wish to speak."""

    limits: tuple[Limit, ...]
    shorten_to_seconds: Seconds | None = None


class Clock(Knob):
    """When the speaker is warned, and what happens at the end of the time."""

    warn_at_seconds: tuple[Seconds, ...] = ()
    end: Literal["soft", "hard"]
    grace_seconds: Quota = 0
    microphone_off: bool = False


class Interventions(Knob):
    """How often one delegation may speak on an item; absent: as often as it is given the floor."""

    most: Quota | None = None


class Inscription(Knob):
    """From when to when speakers may be entered, and what happens to those who come later."""

    opens_minutes_before: Minutes | None = None
    late: Literal["to_the_end", "to_the_desk", "refused"]


class Closing(Knob):
    """How the list of speakers is closed, and who may still be entered."""

    by: Literal["chair", "minutes_after_start", "time_of_day"]
    minutes: Minutes | None = None
    may_still_enter: tuple[Category, ...] = ()


class Reply(Knob):
    """The right of reply: how often, how long, when, how, and whose."""

    most: Quota
    first_seconds: Seconds
    second_seconds: Seconds | None = None
    when: Literal["end_of_item", "end_of_sitting", "end_of_day"]
    form: Literal["spoken", "written", "either"] = "either"
    who: tuple[Category, ...]


class PointOfOrder(Knob):
    """Who may raise a point of order, how long it may take, and who speaks before an appeal or motion is decided."""

    who: tuple[Category, ...]
    seconds: Seconds | None = None
    appeal: bool
    speakers_for: Quota = 0
    speakers_against: Quota = 0


class Absent(Knob):
    """What happens to a speaker who is not there when called, and after how many calls."""

    then: Literal["passed_over", "end_of_tier", "struck"]
    calls: Quota = 1


class Exchange(Knob):
    """Whether two delegations may exchange their places."""

    allowed: bool
    both_consent: bool = True


class Continuation(Knob):
    """What becomes of the list when an item goes on in another sitting."""

    list_then: Literal["stays_open", "frozen", "opened_again"]


class Comments(Knob):
    """Whether comments are gathered by the State that they concern, with its answer."""

    by_state: bool
    state_answers: bool = True


class Quorum(Knob):
    """How many must be there to open and to decide, and of whom."""

    to_open: Share
    to_decide: Share
    of: Literal["states_parties", "states_parties_participating"] = "states_parties_participating"


class PublicSees(Knob):
    """What the public sees, and when."""

    names: Moment
    list_of_speakers: Moment
    texts: Moment


class Departure(Knob):
    """The presiding officer may depart from any of these; it is always recorded with who, when and why."""

    allowed: Literal[True]
    recorded: Literal[True]


class Profile(Rule):
    """The rules of the floor for a kind of meeting.

    `standing` says whether a person has read them in their source, or whether they are what the house does.
    """

    id: KindName
    title: Wording
    standing: Literal["loaded from source", "rules not yet loaded from source", "house practice"]
    decides: bool
    order_in_tier: OrderInTier
    tier_order: TierOrder
    signatories: Signatories
    group_statements: GroupStatements
    limits: Limits
    clock: Clock
    interventions: Interventions
    inscription: Inscription
    closing: Closing
    reply: Reply
    point_of_order: PointOfOrder
    absent: Absent
    exchange: Exchange
    continuation: Continuation
    comments: Comments
    quorum: Quorum
    public_sees: PublicSees
    departure: Departure

    @model_validator(mode="after")
    def cites_what_it_claims(self) -> "Profile":
        """Rules that are called loaded name at least one source."""
        if self.standing == "loaded from source" and not any(
            isinstance(knob.source, Reference) for _name, knob in self.knobs
        ):
            raise ValueError("rules loaded from a source cite it: give at least one knob a document and a place")
        return self

    @property
    def knobs(self) -> tuple[tuple[str, Knob], ...]:
        """Every knob by its name, in order."""
        pieces = ((name, getattr(self, name)) for name in type(self).model_fields)
        return tuple((name, piece) for name, piece in pieces if isinstance(piece, Knob))
