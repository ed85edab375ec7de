"""Writing to the register: a pack's facts, taken in as new versions. Nothing is overwritten.

A fact approved at the desk is local: no load changes or withdraws it. Where the pack now says something else
than the desk has seen, that is a clash, which a person settles.
"""

from collections.abc import Iterable, Iterator, Mapping
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
class Disagreement:
    """A fact of the desk (`local_key`) and what the pack says now about `key`; None where the pack drops it."""

    key: str
    local_key: str
    said: FactRow | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a load would change: rows that are new, stated differently, or gone from the pack; and where it clashes."""

    added: tuple[FactRow, ...]
    changed: tuple[FactRow, ...]
    withdrawn: tuple[FactRow, ...]
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def rows(self) -> tuple[FactRow, ...]:
        """Every row to be written."""
        return self.added + self.changed + self.withdrawn


@dataclass(frozen=True)
class Versions:
    """The newest version of each fact, and the newest that came from the pack."""

    newest: Mapping[str, FactRow]
    from_pack: Mapping[str, FactRow]

    @classmethod
    def of(cls, convention: str) -> "Versions":
        """As the register holds them."""
        rows = list(FactRow.objects.filter(convention=convention).order_by("number"))
        return cls({row.key: row for row in rows}, {row.key: row for row in rows if not row.approved_by})

    def is_local(self, key: str) -> bool:
        """Whether the newest version of a fact was approved at the desk."""
        return key in self.newest and bool(self.newest[key].approved_by)


def difference(contents: Contents, *, by: str) -> Difference:
    """Compare a pack's facts with the newest versions that the register holds."""
    convention = contents.pack.code
    held = Versions.of(convention)
    rows = {fact.key: row_of(fact, convention, by) for fact in register_of(contents).facts}
    free = {key: row for key, row in held.newest.items() if not held.is_local(key)}
    added = [row for key, row in rows.items() if key not in held.newest]
    changed = [row for key, row in rows.items() if key in free and stated(row) != stated(free[key])]
    gone = [row for key, row in free.items() if key not in rows and row.rank != WITHDRAWN]
    withdrawals = tuple(withdrawal(row, by) for row in gone)
    found = (*same_key(held, rows), *corrected_here(held, [*changed, *withdrawals]))
    return Difference(tuple(added), tuple(changed), withdrawals, found)


def same_key(held: Versions, rows: Mapping[str, FactRow]) -> Iterator[Disagreement]:
    """Facts of the desk about which the pack says something else than it said when the desk acted."""
    for key, local in held.newest.items():
        if not held.is_local(key):
            continue
        said, before = rows.get(key), held.from_pack.get(key)
        if said and stated(said) != stated(local) and (before is None or stated(said) != stated(before)):
            yield Disagreement(key, key, said)
        if said is None and before is not None and WITHDRAWN not in (before.rank, local.rank):
            yield Disagreement(key, key, None)


def corrected_here(held: Versions, moved: Iterable[FactRow]) -> Iterator[Disagreement]:
    """Facts of the pack that change though a fact of the desk corrects them."""
    corrections = {
        row.supersedes: key
        for key, row in held.newest.items()
        if held.is_local(key) and row.supersedes and row.rank != WITHDRAWN
    }
    for row in moved:
        if row.key in corrections:
            yield Disagreement(row.key, corrections[row.key], None if row.rank == WITHDRAWN else row)


def take_in(rows: Iterable[FactRow], *, number: int) -> None:
    """Store rows as taken in at a journal number; the caller writes that entry in the same transaction."""
    rows = list(rows)
    for row in rows:
        row.number = number
    FactRow.objects.bulk_create(rows, batch_size=500)


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
