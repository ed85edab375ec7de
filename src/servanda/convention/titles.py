"""What the meetings of a convention are called, by code: the Fifth Review Conference, and not a kind and 5RC.

A meeting that is not named here is shown by the title of its kind, beside its code.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import ConfigDict, RootModel

from servanda.convention.rules import Wording
from servanda.convention.sheets import Faulty, read_yaml

if TYPE_CHECKING:
    from servanda.convention.checking import Check

TITLES = "calendar/titles.yaml"


class Titles(RootModel[dict[str, Wording]]):
    """The file of titles: a wording for each code."""

    model_config = ConfigDict(frozen=True)


def check_titles(codes: Iterable[str], check: "Check") -> None:
    """Each title is that of a meeting of the calendar."""
    if TITLES not in check.texts:
        return
    try:
        sheet = read_yaml(TITLES, check.texts[TITLES])
    except Faulty:
        return  # noted where the pack was made
    if not isinstance(sheet.content, dict):
        return
    held = set(codes)
    for code in sheet.content:
        if code not in held:
            what, why = f"A title stands under {code!r}.", "The calendar has no such meeting."
            check.note(TITLES, sheet.line_of((str(code),)), what, why, "Mend the code, or add the meeting.")
