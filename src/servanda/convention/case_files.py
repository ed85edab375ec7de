"""The cases of a pack as files: read, and checked for their form."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from servanda.convention.pack import shape_findings
from servanda.convention.rules import Case
from servanda.convention.sheets import Faulty, Sheet, read_yaml

if TYPE_CHECKING:
    from servanda.convention.checking import Check


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
