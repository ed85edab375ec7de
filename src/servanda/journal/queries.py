"""Reading the journal: heads, entries with their newest meaning, and the proof of each chain."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from servanda.common.refusals import Unknown
from servanda.journal.chain import Finding, Written, salted_digest
from servanda.journal.chain import verify as verify_chain
from servanda.journal.kinds import Body, UnknownKind, find_kind
from servanda.journal.models import Entry, Personal, Stream


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as this release reads it; `at` is an ISO 8601 instant in UTC."""

    stream: str
    number: int
    kind: str
    body: Body
    by: str
    at: str


class UnknownStream(Unknown):
    """The journal has no such stream."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The journal has no stream {name!r}.",
            f"Its streams: {', '.join(sorted(heads())) or 'none'}.",
            "Name one of these, or none for all.",
        )


def heads() -> dict[str, int]:
    """The number at which each stream stands."""
    return dict(Stream.objects.values_list("name", "head"))


def head(stream: str) -> int:
    """The number at which a stream stands; 0 if nothing was ever written to it."""
    return Stream.objects.filter(name=stream).values_list("head", flat=True).first() or 0


def entries(stream: str, after: int = 0, until: int | None = None) -> Iterator[Recorded]:
    """The entries of a stream after a number, oldest first."""
    rows = Entry.objects.filter(stream__name=stream, number__gt=after).order_by("number")
    for row in rows if until is None else rows.filter(number__lte=until):
        yield recorded(stream, row)


def latest(stream: str, kind: str, until: int) -> Recorded | None:
    """The newest entry of a kind at or before a number, if there is one."""
    row = Entry.objects.filter(stream__name=stream, kind=kind, number__lte=until).order_by("-number").first()
    return recorded(stream, row) if row else None


def recorded(stream: str, row: Entry) -> Recorded:
    """A row as a value, its body in the newest version."""
    body: Any = json.loads(row.body)
    return Recorded(stream, row.number, row.kind, find_kind(row.kind).read(row.version, body), row.by, row.at)


def verify(stream: str | None = None) -> Iterator[Finding]:
    """Every fault in one stream or all, and every erasure; raise UnknownStream."""
    found = Stream.objects.order_by("name")
    if stream is not None:
        found = found.filter(name=stream)
        if not found:
            raise UnknownStream(stream)
    for each in found:
        rows = Entry.objects.filter(stream=each).order_by("number")
        yield from verify_chain((written(each.name, row) for row in rows.iterator()), each.head, each.head_hash)
        yield from unreadable(each, rows.iterator())
        yield from verify_personal(each)


def written(stream: str, row: Entry) -> Written:
    """A row exactly as it was hashed."""
    return Written(
        stream, row.number, row.kind, row.version, row.body, row.by, row.at, row.key or "", row.previous_hash, row.hash
    )


def unreadable(stream: Stream, rows: Iterator[Entry]) -> Iterator[Finding]:
    """Entries whose kind or version this release does not know."""
    for row in rows:
        try:
            find_kind(row.kind).read(row.version, json.loads(row.body))
        except UnknownKind as unknown:
            yield Finding(stream.name, row.number, str(unknown))
        except ValueError:
            yield Finding(stream.name, row.number, "its text cannot be read.")


def verify_personal(stream: Stream) -> Iterator[Finding]:
    """Personal data that does not match its digest, or was erased."""
    for piece in Personal.objects.filter(entry__stream=stream).select_related("entry"):
        number = piece.entry.number
        if piece.erased_at:
            told = f"{piece.field} was erased on {piece.erased_at}, by {piece.erased_by}."
            yield Finding(stream.name, number, told, is_fault=False)
        elif json.loads(piece.entry.body)["personal"].get(piece.field) != salted_digest(piece.salt, piece.text):
            yield Finding(stream.name, number, f"{piece.field} is not what the entry stands for.")
