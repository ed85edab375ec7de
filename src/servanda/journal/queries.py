"""Reading the journal: heads, entries with their newest meaning, and the proof of each chain."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F

from servanda.common.refusals import Unknown
from servanda.journal.carried import carried
from servanda.journal.chain import Finding, Written, salted_digest
from servanda.journal.chain import verify as verify_chain
from servanda.journal.kinds import ERASED, PERSONAL, Body, UnknownKind, find_kind
from servanda.journal.models import Entry, Personal, Stream

# Plain SQL, for whatever is asked of a floor passes here several times: through the ORM the same takes thrice the time.
SELECT = """
    SELECT number, kind, version, body, "by", at, hash FROM journal_entry
    WHERE stream_id = (SELECT id FROM journal_stream WHERE name = %s)
"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as this release reads it; `at` is an ISO 8601 instant in UTC."""

    stream: str
    number: int
    kind: str
    body: Body
    by: str
    at: str
    hash: str = field(default="", compare=False, repr=False)


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
    with connection.cursor() as cursor:
        cursor.execute("SELECT head FROM journal_stream WHERE name = %s", [stream])
        found: tuple[int] | None = cursor.fetchone()
    return found[0] if found else 0


def head_hash(stream: str) -> str:
    """The hash of the entry at which a stream stands."""
    return Stream.objects.values_list("head_hash", flat=True).get(name=stream)


def entries(stream: str, after: int = 0, until: int | None = None, kind: str | None = None) -> Iterator[Recorded]:
    """The entries of a stream after a number, of one kind or all, oldest first."""
    named = {"number > %s": after, "number <= %s": until, "kind = %s": kind}
    chosen = {condition: value for condition, value in named.items() if value is not None}
    yield from selected(stream, chosen, "ORDER BY number")


def find(stream: str, key: str) -> Recorded | None:
    """The entry that an act's key has in a stream, if the act was done."""
    return next(selected(stream, {'"key" = %s': key}), None)


def latest(stream: str, kind: str, until: int) -> Recorded | None:
    """The newest entry of a kind at or before a number, if there is one."""
    return next(selected(stream, {"kind = %s": kind, "number <= %s": until}, "ORDER BY number DESC LIMIT 1"), None)


def selected(stream: str, conditions: Mapping[str, str | int], order: str = "") -> Iterator[Recorded]:
    """The entries of a stream for which conditions hold, given with the value of each, as values."""
    with connection.cursor() as cursor:
        cursor.execute(" AND ".join([SELECT, *conditions]) + f" {order}", [stream, *conditions.values()])
        rows = cursor.fetchall()
    for number, name, version, text, *rest in rows:
        yield Recorded(stream, number, name, find_kind(name).read(version, json.loads(text)), *rest)


def written_at(stream: str, number: int) -> datetime:
    """The instant at which an entry was written, in UTC; raise Entry.DoesNotExist for a number that has none."""
    at: str = Entry.objects.values_list("at", flat=True).get(stream__name=stream, number=number)
    return datetime.fromisoformat(at)


def streams_of(convention: str) -> list[str]:
    """The stream of a convention, and those below it, by name."""
    return sorted(name for name in heads() if name == convention or name.startswith(f"{convention}/"))


def give_out(stream: str) -> Iterator[Written]:
    """Every entry of a stream exactly as it was hashed, oldest first."""
    for row in Entry.objects.filter(stream__name=stream).order_by("number").iterator():
        yield written(stream, row)


def give_out_personal(stream: str) -> Iterator[dict[str, Any]]:
    """The personal texts beside a stream's entries with their salts, and what is left of those erased."""
    numbers = dict(Entry.objects.filter(stream__name=stream).values_list("id", "number"))
    rows = Personal.objects.filter(entry__stream__name=stream)
    for row in sorted(carried(rows), key=lambda row: (numbers[row["entry_id"]], row["field"])):
        yield {"stream": stream, "number": numbers[row.pop("entry_id")], **row}


def personal_texts(stream: str, number: int) -> dict[str, str]:
    """The personal texts that stand beside an entry, by name; what was erased is not among them."""
    pieces = Personal.objects.filter(entry__stream__name=stream, entry__number=number, erased_at="")
    return dict(pieces.values_list("field", "text"))


def personal_of(stream: str, field: str) -> dict[int, str]:
    """The personal texts of one name in a stream by the number of their entries; what was erased is not among them."""
    pieces = Personal.objects.filter(entry__stream__name=stream, field=field, erased_at="")
    return dict(pieces.values_list("entry__number", "text"))


def verify(stream: str | None = None) -> Iterator[Finding]:
    """Every fault in one stream or all, and every erasure; raise UnknownStream."""
    found = Stream.objects.order_by("name")
    if stream is not None:
        found = found.filter(name=stream)
        if not found:
            raise UnknownStream(stream)
    for each in found:
        rows = Entry.objects.filter(stream=each, number__lte=each.head).order_by("number")
        chain = (written(each.name, row) for row in rows.iterator())
        yield from verify_chain(each.name, chain, each.head, each.head_hash)
        yield from after_head(each)
        yield from unreadable(each, rows.iterator())
        yield from verify_personal(each)


def written(stream: str, row: Entry) -> Written:
    """A row exactly as it was hashed."""
    return Written(
        stream,
        row.number,
        row.kind,
        row.version,
        row.body,
        row.by,
        row.at,
        row.key or "",
        row.previous_hash,
        row.hash,
    )


def after_head(stream: Stream) -> Iterator[Finding]:
    """Entries beyond the head, as both stand at one instant: others may be appending meanwhile."""
    beyond = Entry.objects.filter(stream=stream, number__gt=F("stream__head")).order_by("number")
    for number, head in beyond.values_list("number", "stream__head"):
        yield Finding(stream.name, number, f"stands after the head, which says {head}.")


def unreadable(stream: Stream, rows: Iterator[Entry]) -> Iterator[Finding]:
    """Entries whose kind or version this release does not know, or whose body is not one of its kind."""
    for row in rows:
        try:
            find_kind(row.kind).read(row.version, json.loads(row.body))
        except UnknownKind as unknown:
            yield Finding(stream.name, row.number, str(unknown))
        except (ValueError, TypeError, LookupError):
            yield Finding(stream.name, row.number, "its text cannot be read.")


def verify_personal(stream: Stream) -> Iterator[Finding]:
    """Personal data that is not what its digest stands for, or was erased."""
    rows = Entry.objects.filter(stream=stream, number__lte=stream.head)
    digests = {
        (row.number, field): digest
        for row in rows.filter(body__contains=f'"{PERSONAL}":')
        for field, digest in mapping_in(mapping_of(row.body), PERSONAL).items()
    }
    pieces = {
        (piece.entry.number, piece.field): piece
        for piece in Personal.objects.filter(entry__in=rows).select_related("entry")
    }
    erasures = erasures_in(stream)
    for place in sorted(digests.keys() | pieces.keys()):
        number, field = place
        piece = pieces.get(place)
        if piece and not piece.erased_at:
            if erasure := erasures.get(place):
                told = f"{field} is there, though entry {erasure.number} says that it was erased."
                yield Finding(stream.name, number, told)
            elif digests.get(place) != salted_digest(piece.salt, piece.text):
                yield Finding(stream.name, number, f"{field} is not what the entry stands for.")
        elif erasure := erasures.get(place):
            told = f"{field} was erased on {erasure.at}, by {erasure.by}."
            yield Finding(stream.name, number, told, is_fault=False)
        else:
            told = f"{field} is missing, and no entry says that it was erased."
            yield Finding(stream.name, number, told)


def erasures_in(stream: Stream) -> dict[tuple[Any, Any], Entry]:
    """The entries that tell of an erasure, by the number and the field that was erased."""
    found = {}
    for row in Entry.objects.filter(stream=stream, kind=ERASED.name):
        body = mapping_of(row.body)
        found[body.get("number"), body.get("field")] = row
    return found


def mapping_of(text: str) -> dict[str, Any]:
    """A body that may have been tampered with; empty if it is no mapping any more."""
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def mapping_in(body: dict[str, Any], name: str) -> dict[str, Any]:
    """A mapping inside such a body; empty if it is not there."""
    part = body.get(name)
    return part if isinstance(part, dict) else {}
