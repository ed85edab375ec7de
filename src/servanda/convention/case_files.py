"""The cases of a pack: their shape, and their files read and checked for it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError, model_validator

from servanda.convention.pack import shape_findings
from servanda.convention.rules import Name, Rule
from servanda.convention.sheets import Faulty, Sheet, read_yaml

if TYPE_CHECKING:
    from servanda.convention.checking import Check


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


def read_cases(check: "Check") -> tuple[Mapping[str, Any], ...]:
    """The cases of a pack, in the order of their files."""
    cases: list[Mapping[str, Any]] = []
    for name in sorted(check.texts):
        if name.startswith("cases/") and name.endswith(".yaml"):
            try:
                cases += cases_in(read_yaml(name, check.texts[name]), check)
            except Faulty as faulty:
                check.findings.append(faulty.finding)
    return tuple(cases)


def cases_in(sheet: Sheet, check: "Check") -> list[Mapping[str, Any]]:
    """The cases of one file; what is no case is noted."""
    if not isinstance(sheet.content, list):
        what, why = "The file is not a list of cases.", "Each case starts with `- title:`."
        check.note(sheet.file, 1, what, why, "Write it so.")
        return []
    for position, case in enumerate(sheet.content):
        try:
            Case.model_validate(case)
        except ValidationError as error:
            check.findings += shape_findings(sheet, error, (position,))
    return [{"file": sheet.file, **case} for case in sheet.content if isinstance(case, dict)]
