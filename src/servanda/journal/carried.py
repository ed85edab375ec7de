"""Rows as an archive carries them: one shape for every room, checked before anything is stored.

A row is carried as its columns by name, without the id of one database; days are ISO texts.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, QuerySet

Carried = Mapping[str, Any]
Row = TypeVar("Row", bound=Model)
# How each type of column stands in JSON; a room checks columns of any other type itself.
SAYS: Mapping[str, type] = {
    "CharField": str, "TextField": str, "DateField": str, "BooleanField": bool,
    "PositiveBigIntegerField": int, "PositiveSmallIntegerField": int,
}  # fmt: skip


class UnfitRow(Exception):
    """A carried row cannot be stored; `position` counts from 0 in the order given."""

    def __init__(self, position: int, why: str) -> None:
        self.position, self.why = position, why
        super().__init__(f"{position}: {why}")


def carried(rows: "QuerySet[Any]", *apart: str) -> Iterator[dict[str, Any]]:
    """Rows as they are carried, without the columns that are said apart."""
    names = [column.attname for column in columns_of(rows.model, apart)]
    for row in rows.values_list(*names).iterator():
        yield {name: str(value) if isinstance(value, date) else value for name, value in zip(names, row, strict=True)}


def columns_of(model: type[Model], apart: Iterable[str]) -> list["Field[Any, Any]"]:
    """The columns of a model, without its id and those that are said apart."""
    return [column for column in model._meta.fields if not column.primary_key and column.attname not in apart]


def rows_from(model: type[Row], given: Iterable[Carried], **said: object) -> Iterator[Row]:
    """Rows to be stored, each checked for its columns and their limits; raise UnfitRow."""
    columns = {column.attname: column for column in columns_of(model, said)}
    for position, values in enumerate(given):
        if strange := sorted(values.keys() - columns.keys()):
            raise UnfitRow(position, f"it has an unknown column {strange[0]!r}")
        if lacking := sorted(name for name in columns.keys() - values.keys() if is_needed(columns[name])):
            raise UnfitRow(position, f"it lacks the column {lacking[0]!r}")
        yield model(**{name: cleaned(columns[name], value, position) for name, value in values.items()}, **said)


def is_needed(column: "Field[Any, Any]") -> bool:
    """Whether a row must state a column: one that a later release added has a value without being stated."""
    return not (column.has_default() or column.blank or column.null)


def cleaned(column: "Field[Any, Any]", value: object, position: int) -> object:
    """A value as its column stores it; raise UnfitRow for another type, or beyond the limits of the column."""
    kind = SAYS.get(column.get_internal_type())
    if column.is_relation and type(value) is not int:
        raise UnfitRow(position, f"what it belongs to ({column.name}) is not in the archive")
    if kind is None and value is not None:
        return value
    if type(value) is not kind and not (value is None and column.null):
        raise UnfitRow(position, f"{column.attname} is {str(value)[:40]!r}, which is of another type")
    try:
        return column.clean(value, None)
    except ValidationError as error:
        raise UnfitRow(position, f"{column.attname}: {' '.join(error.messages)}") from error
