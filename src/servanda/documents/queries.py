"""Reading documents."""

from collections.abc import Iterator
from typing import Any

from servanda.documents.models import Document
from servanda.documents.sources import Source
from servanda.journal.carried import carried


def sources(convention: str) -> dict[str, Source]:
    """Every source of a convention by the name that facts cite."""
    columns = ("key", "kind", "symbol", "title", "address", "note", "programme_of")
    rows = Document.objects.filter(convention=convention).values_list(*columns)
    return {row[0]: Source(*row) for row in rows}


def give_out(convention: str) -> Iterator[dict[str, Any]]:
    """Every document of a convention as an archive carries it, by key."""
    rows = Document.objects.filter(convention=convention)
    yield from sorted(carried(rows, "convention"), key=lambda row: str(row["key"]))
