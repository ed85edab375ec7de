"""Writing to the register: a pack's facts, taken in as new versions. Nothing is overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from servanda.common.days import NotADate, When
from servanda.convention.checking import OPEN_END
from servanda.convention.pack import Contents
from servanda.journal.carried import Carried, UnfitRow, rows_from
from servanda.register.facts import Fact
from servanda.register.models import Fact as FactRow
from servanda.register.queries import COLUMNS
from servanda.register.rows import register_of

WITHDRAWN = "withdrawn"
STATED = tuple(column for column in COLUMNS if column != "number")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a load would change: rows that are new, stated differently, or gone from the pack."""

    added: tuple[FactRow, ...]
    changed: tuple[FactRow, ...]
    withdrawn: tuple[FactRow, ...]

    @property
    def rows(self) -> tuple[FactRow, ...]:
        """Every row to be written."""
        return self.added + self.changed + self.withdrawn


def difference(contents: Contents, *, by: str) -> Difference:
    """Compare a pack's facts with the newest versions that the register holds."""
    convention = contents.pack.code
    held = newest(convention)
    rows = {fact.key: row_of(fact, convention, by) for fact in register_of(contents).facts}
    added = [row for key, row in rows.items() if key not in held]
    changed = [row for key, row in rows.items() if key in held and stated(row) != stated(held[key])]
    gone = [row for key, row in held.items() if key not in rows and row.rank != WITHDRAWN]
    return Difference(tuple(added), tuple(changed), tuple(withdrawal(row, by) for row in gone))


def take_in(rows: Iterable[FactRow], *, number: int) -> None:
    """Store rows as taken in at a journal number; the caller writes that entry in the same transaction."""
    rows = list(rows)
    for row in rows:
        row.number = number
    FactRow.objects.bulk_create(rows, batch_size=500)


def newest(convention: str) -> Mapping[str, FactRow]:
    """The newest version of each fact from the pack."""
    return {row.key: row for row in FactRow.objects.filter(convention=convention).order_by("number")}


def stated(row: FactRow) -> tuple[object, ...]:
    """All that a row states, without when and by whom it was taken in."""
    return tuple(getattr(row, column) for column in STATED)


def withdrawal(row: FactRow, by: str) -> FactRow:
    """A version that says the fact no longer stands in the pack."""
    values = {column: getattr(row, column) for column in STATED}
    return FactRow(**values | {"rank": WITHDRAWN}, convention=row.convention, number=1, entered_by=by)


def row_of(fact: Fact, convention: str, by: str) -> FactRow:
    """A fact as a row; its number is set when it is stored."""
    values = {column: getattr(fact, column) for column in STATED}
    return FactRow(
        **values
        | {
            "valid_from": str(fact.valid_from),
            "valid_to": str(fact.valid_to) if fact.valid_to else OPEN_END,
            "known_on": str(fact.known_on),
            "source": fact.source.key,
            "also": [source.key for source in fact.also],
        },
        convention=convention,
        number=1,
        entered_by=by,
    )


def take_over(rows: Iterable[Carried], *, convention: str, until: int) -> None:
    """Store the rows of an archive, with their numbers up to the last; the caller holds the transaction.

    Raises UnfitRow.
    """
    stored = list(rows_from(FactRow, rows, convention=convention))
    for position, row in enumerate(stored):
        check_row(row, position, until)
    FactRow.objects.bulk_create(stored, batch_size=500)


def check_row(row: FactRow, position: int, until: int) -> None:
    """Refuse a row whose number, days or further sources cannot be read as such; raise UnfitRow."""
    if not 1 <= row.number <= until:
        raise UnfitRow(position, f"number is {row.number}, and the journal goes from 1 to {until}")
    if not (isinstance(row.also, list) and all(isinstance(key, str) for key in row.also)):
        raise UnfitRow(position, "also is no list of sources")
    for name in ("valid_from", "valid_to", "known_on"):
        text = getattr(row, name)
        try:
            if (name, text) != ("valid_to", OPEN_END):
                When.parse(text, name)
        except NotADate as error:
            raise UnfitRow(position, str(error)) from error
