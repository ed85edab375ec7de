"""Reading documents."""

from servanda.documents.models import Document
from servanda.documents.sources import Source


def sources(convention: str) -> dict[str, Source]:
    """Every source of a convention by the name that facts cite."""
    columns = ("key", "kind", "symbol", "title", "address", "note", "programme_of")
    rows = Document.objects.filter(convention=convention).values_list(*columns)
    return {row[0]: Source(*row) for row in rows}
