"""Who presents an item at a meeting: planned and actual, by person, office and body.

Persons stand here only as holders of an office that an official document names. Names are written as
in that document, and never put into another script. They are the one personal part of a pack: a load
keeps them beside its journal entry, where they can be erased.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.convention.sheets import read_csv

PRESENTERS = "calendar/presenters.csv"
PRESENTER_COLUMNS = ("meeting", "item", "order", "person", "title", "office", "body", "standing", "source", "note")
STANDINGS = ("planned", "actual")


@dataclass(frozen=True, slots=True)
class PresenterRow:
    """One presenter of one item; `person` and `title` are empty where only the office is known."""

    meeting: str
    item: str
    order: int
    person: str
    title: str
    office: str
    body: str
    standing: str
    source: str
    note: str


def presenter_of(row: dict[str, str]) -> PresenterRow:
    """A row as a value; its order must be a number."""
    return PresenterRow(**(row | {"order": int(row["order"])}))  # type: ignore[arg-type]


def parse_presenters(text: str) -> Iterator[PresenterRow]:
    """Every presenter of a file that was checked when it was loaded."""
    for _line, row in read_csv(PRESENTERS, text, PRESENTER_COLUMNS):
        yield presenter_of(row)
