"""Writing to the journal. The number is taken from the stream's head row, locked until the commit."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from servanda.common.clock import now
from servanda.common.refusals import Refusal
from servanda.journal.chain import GENESIS, Written, canonical, digest, new_salt, salted_digest
from servanda.journal.kinds import ERASED, find_kind
from servanda.journal.models import Entry, Personal, Stream

CHANNEL = "servanda"


class KeyIsTaken(Refusal):
    """The same key comes with another act."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            f"The key {entry.key!r} was used already, for another act.",
            f"Entry {entry.number} ({entry.kind}) has it; a key stands for one act only.",
            "Send the new act with a key of its own.",
        )


class OutOfStep(Refusal):
    """Someone else acted first."""

    def __init__(self, stream: Stream, expected: int, last: Entry | None) -> None:
        came_first = f" Entry {last.number} ({last.kind}, by {last.by}) came first." if last else ""
        super().__init__(
            f"{stream.name} stands at {stream.head}, not at {expected}.",
            f"Someone acted in between.{came_first}",
            "Look at the newest state and, if the act still fits, do it again.",
        )


def append(
    *,
    stream: str,
    kind: str,
    body: Mapping[str, Any],
    by: str,
    key: str | None = None,
    expected: int | None = None,
    personal: Mapping[str, str] | None = None,
) -> Entry:
    """Append one entry and return it; durable when the surrounding transaction has committed.

    `key` makes the act idempotent: the same act with the same key gives the entry already there.
    `expected` is the number the caller believes the stream stands at. `personal` texts are stored
    beside the entry, where they can be erased. Raises KeyIsTaken, OutOfStep, NotCanonical, UnknownKind.
    """
    with transaction.atomic():
        head = locked_head(stream)
        texts = personal or {}
        salts = {name: new_salt() for name in texts}
        digests = {name: salted_digest(salts[name], text) for name, text in texts.items()}
        text = canonical(dict(body) | ({"personal": digests} if digests else {}))
        if key and (earlier := Entry.objects.filter(stream=head, key=key).first()):
            return repeated(earlier, kind, text, texts)
        if expected is not None and expected != head.head:
            raise OutOfStep(head, expected, Entry.objects.filter(stream=head, number=head.head).first())
        entry = written_entry(head, kind, text, by, key)
        Personal.objects.bulk_create(
            Personal(entry=entry, field=name, salt=salts[name], text=words) for name, words in texts.items()
        )
        notify(stream)
        return entry


def locked_head(stream: str) -> Stream:
    """The head row of a stream, locked; made if the stream is new, also when two make it at once."""
    Stream.objects.bulk_create([Stream(name=stream, head_hash=GENESIS)], ignore_conflicts=True)
    return Stream.objects.select_for_update().get(name=stream)


def repeated(earlier: Entry, kind: str, text: str, personal: Mapping[str, str]) -> Entry:
    """The entry that a key already has, if the act is the same; salted digests are compared by their texts."""
    held = {piece.field: piece.text for piece in earlier.personal.all()}
    ours, theirs = json.loads(text), json.loads(earlier.body)
    ours.pop("personal", None), theirs.pop("personal", None)
    if (earlier.kind, theirs, held) != (kind, ours, dict(personal)):
        raise KeyIsTaken(earlier)
    return earlier


def written_entry(head: Stream, kind: str, text: str, by: str, key: str | None) -> Entry:
    """Write the entry after the head and move the head to it."""
    written = Written(
        stream=head.name,
        number=head.head + 1,
        kind=kind,
        version=find_kind(kind).version,
        body=text,
        by=by,
        at=now().isoformat(timespec="microseconds"),
        key=key or "",
        previous_hash=head.head_hash,
        hash="",
    )
    entry = Entry.objects.create(
        stream=head,
        number=written.number,
        kind=kind,
        version=written.version,
        body=text,
        by=by,
        at=written.at,
        key=key,
        previous_hash=written.previous_hash,
        hash=digest(written),
    )
    head.head, head.head_hash = entry.number, entry.hash
    head.save(update_fields=["head", "head_hash"])
    return entry


def notify(stream: str) -> None:
    """On PostgreSQL, tell other processes at commit; on SQLite they see it by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, stream])


def erase(*, stream: str, number: int, field: str, by: str) -> Entry:
    """Erase one piece of personal data for good; the entry and its hash stay, and a new entry says so."""
    with transaction.atomic():
        entry = append(stream=stream, kind=ERASED.name, body={"number": number, "field": field}, by=by)
        piece = Personal.objects.get(entry__stream__name=stream, entry__number=number, field=field)
        piece.salt, piece.text, piece.erased_at, piece.erased_by = "", "", entry.at, by
        piece.save()
        return entry
