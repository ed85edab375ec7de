"""Taking documents in."""

from collections.abc import Iterable

from servanda.convention.pack import DocumentRow
from servanda.documents.models import Document
from servanda.journal.carried import Carried, rows_from

COLUMNS = ("kind", "symbol", "title", "address", "note", "programme_of")


def difference(*, convention: str, rows: Iterable[DocumentRow]) -> list[Document]:
    """The documents that are new or described differently now."""
    held = {document.key: document for document in Document.objects.filter(convention=convention)}
    changed = []
    for row in rows:
        document = held.get(row.source) or Document(convention=convention, key=row.source)
        words = {column: getattr(row, column) for column in COLUMNS}
        if document.pk is None or any(getattr(document, column) != words[column] for column in COLUMNS):
            for column, value in words.items():
                setattr(document, column, value)
            changed.append(document)
    return changed


def take_in(documents: Iterable[Document]) -> None:
    """Store new and changed documents; the caller writes the journal in the same transaction."""
    documents = list(documents)
    Document.objects.bulk_create([document for document in documents if document.pk is None])
    Document.objects.bulk_update([document for document in documents if document.pk], COLUMNS)


def take_over(rows: Iterable[Carried], *, convention: str) -> None:
    """Store the documents of an archive; the caller holds the transaction. Raises UnfitRow."""
    Document.objects.bulk_create(rows_from(Document, rows, convention=convention), batch_size=500)
