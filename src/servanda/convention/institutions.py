"""The institutions of a convention: its organs with their mandates, and its action plans with their actions.

Descriptions are this project's own words, compared with a source or not. What is not verified stays in
the pack as a lead: the properties that pages ask (`described`, `shown`) leave it out.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from servanda.common.languages import Text
from servanda.convention.rules import Name, Reference, Rule, Wording

Year = Annotated[int, Field(ge=1900, le=2200)]
Number = Annotated[int, Field(ge=1, le=999)]


class Organ(Rule):
    """A body or office of the convention; `verified` says that all but its title was compared with the source.

    `observations`: it reports preliminary observations to informal meetings and conclusions to formal ones.
    """

    id: Name
    title: Wording
    kind: Literal["meeting", "committee", "president", "secretariat", "coordinator", "bureau"]
    mandate: Wording | None = None
    members: int | None = Field(default=None, ge=1, le=200)
    term_years: int | None = Field(default=None, ge=1, le=20)
    observations: bool = False
    source: Reference
    verified: bool

    @property
    def described(self) -> Text | None:
        """Its mandate in this project's words, if it was verified."""
        return self.mandate.text if self.mandate and self.verified else None


class Theme(Rule):
    """A theme of an action plan."""

    title: Wording


class Action(Rule):
    """One action of a plan: its number, what it is about, and which organ reports on it.

    `inferred`: that this number stands under this theme is concluded, not read; the action is then a lead.
    `verified`: the description was compared with the text.
    """

    number: Number
    theme: Name
    organ: Name | None = None
    says: Wording | None = None
    verified: bool
    inferred: bool = False
    source: Reference

    @property
    def described(self) -> Text | None:
        """What it asks, in this project's words, if that was verified."""
        return self.says.text if self.says and self.verified and not self.inferred else None


class ActionPlan(Rule):
    """A plan that a formal meeting adopted for some years; `first` and `last` are its numbers, where sourced."""

    id: Name
    title: Wording
    acronym: str = Field(pattern=r"^[A-Z][A-Za-z]{1,11}$")
    from_: Year = Field(alias="from")
    to: Year
    adopted_by: str
    first: Number | None = None
    last: Number | None = None
    source: Reference
    themes: dict[Name, Theme]
    actions: tuple[Action, ...]

    @model_validator(mode="after")
    def runs_forward(self) -> "ActionPlan":
        """A plan ends after it starts, and its last number is not before its first."""
        if self.to < self.from_:
            raise ValueError("it ends before it starts: to is before from")
        if self.first and self.last and self.last < self.first:
            raise ValueError("its last number is before its first")
        return self

    def is_in_force_in(self, year: int) -> bool:
        """Whether the plan is for a year."""
        return self.from_ <= year <= self.to

    def holds(self, number: int) -> bool:
        """Whether the plan can have an action of this number, as far as its first and last are known."""
        return (self.first or 1) <= number <= (self.last or number)

    @property
    def shown(self) -> dict[int, Action]:
        """The actions whose number and theme a source gives, by number."""
        found = {action.number: action for action in self.actions if not action.inferred}
        return dict(sorted(found.items()))

    @property
    def numbers(self) -> Iterator[int]:
        """Every number from the first to the last known; what `shown` lacks of them is not in the register."""
        known = self.shown
        if not known:
            return iter(())
        return iter(range(self.first or min(known), (self.last or max(known)) + 1))
