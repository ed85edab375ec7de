"""Writing to the journal. The number is taken from the stream's head row, locked until the commit."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from servanda.common.clock import now
from servanda.common.refusals import Refusal
from servanda.journal.carried import Carried, rows_from
from servanda.journal.chain import (
    GENESIS,
    NotCanonical,
    Written,
    canonical,
    composed_text,
    digest,
    new_salt,
    salted_digest,
)
from servanda.journal.kinds import ERASED, PERSONAL, find_kind
from servanda.journal.models import Entry, Personal, Stream

CHANNEL = "servanda"
LIMITS = {"stream": 100, "by": 60, "key": 100}  # characters, as in models
COLUMNS = ("stream_id", "number", "kind", "version", "body", "by", "at", "key", "previous_hash", "hash")

# Plain SQL, for every act of the floor passes here: through the ORM the same takes twice the time.
FIND = "SELECT id, name, head, head_hash FROM journal_stream WHERE name = %s"
OF_KEY = 'SELECT * FROM journal_entry WHERE stream_id = %s AND "key" = %s'
INSERT = """
    INSERT INTO journal_entry (stream_id, number, kind, version, body, "by", at, "key", previous_hash, hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
"""
MOVE = "UPDATE journal_stream SET head = %s, head_hash = %s WHERE id = %s"


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


class PersonalIsApart(Refusal):
    """A body uses the name under which the digests of personal texts stand."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"The body of an entry ({kind}) cannot use the name {PERSONAL!r}.",
            "There stand the digests of the texts that can be erased.",
            "Hand these texts over as personal=, or choose another name.",
        )


class NothingToErase(Refusal):
    """The piece of personal data is not there, or not any more."""

    def __init__(self, stream: str, number: int, field: str, piece: Personal | None) -> None:
        super().__init__(
            f"Entry {number} of {stream} has no {field} to erase.",
            f"It was erased on {piece.erased_at}, by {piece.erased_by}."
            if piece
            else "No personal text of this name stands beside it.",
            "Nothing needs to be done." if piece else "Look at the entry for the names of its personal texts.",
        )


class UnfitWord(Refusal):
    """A stream, key or author is written in a way that one of the two databases would not keep."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(
            f"{text[:40]!r} cannot stand as {name} of an entry.",
            f"It takes 1 to {LIMITS[name]} printable characters; `by` is an id without blanks, never a person's name.",
            "Write it shorter and plain.",
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
    beside the entry, where they can be erased. Raises KeyIsTaken, OutOfStep, NotCanonical, UnknownKind,
    PersonalIsApart, UnfitWord.
    """
    check_words(stream=stream, by=by, key=key or None)
    if PERSONAL in body:
        raise PersonalIsApart(kind)
    texts = {name: storable(words, name) for name, words in (personal or {}).items()}
    salts = {name: new_salt() for name in texts}
    digests = {name: salted_digest(salts[name], words) for name, words in texts.items()}
    text = canonical({**body, PERSONAL: digests} if digests else body)
    with transaction.atomic():
        head = locked_head(stream)
        for earlier in Entry.objects.raw(OF_KEY, [head.pk, key]) if key else ():
            return repeated(earlier, kind, text, by, texts)
        if expected is not None and expected != head.head:
            raise OutOfStep(head, expected, Entry.objects.filter(stream=head, number=head.head).first())
        entry = written_entry(head, kind, text, by, key or None)
        if texts:
            Personal.objects.bulk_create(
                Personal(entry=entry, field=name, salt=salts[name], text=words) for name, words in texts.items()
            )
        return entry


def check_words(**words: str | None) -> None:
    """Refuse what SQLite would keep and PostgreSQL would not; raise UnfitWord."""
    for name, text in words.items():
        if text is None:
            continue
        if not 0 < len(text) <= LIMITS[name] or not text.isprintable() or (name == "by" and " " in text):
            raise UnfitWord(name, text)


def storable(text: str, place: str) -> str:
    """A personal text as it is; raise NotCanonical for what no database keeps."""
    if "\0" in composed_text(text, place):
        raise NotCanonical(place, text)
    return text


def hold(*, stream: str) -> None:
    """Keep a stream for this transaction: whoever else would write to it waits until the commit."""
    locked_head(stream)


def locked_head(stream: str) -> Stream:
    """The head row of a stream, locked; made if the stream is new, also when two make it at once."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    rows = Stream.objects.raw(f"{FIND}{lock}", [stream])
    for held in rows:
        return held
    Stream.objects.bulk_create([Stream(name=stream, head_hash=GENESIS)], ignore_conflicts=True)
    return locked_head(stream)


def repeated(earlier: Entry, kind: str, text: str, by: str, personal: Mapping[str, str]) -> Entry:
    """The entry that a key already has, if the act is the same, by the same hand.

    Salted digests are compared by their texts; what was erased can be compared no more.
    """
    pieces = {piece.field: piece for piece in earlier.personal.all()}
    held = {name: personal.get(name) if piece.erased_at else piece.text for name, piece in pieces.items()}
    ours, theirs = json.loads(text), json.loads(earlier.body)
    ours.pop(PERSONAL, None), theirs.pop(PERSONAL, None)
    theirs = json.loads(canonical(find_kind(earlier.kind).read(earlier.version, theirs)))
    if (earlier.kind, earlier.by, theirs, held) != (kind, by, ours, dict(personal)):
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
    values: list[str | int | None] = [
        head.pk, written.number, kind, written.version, text, by, written.at, key,
        written.previous_hash, digest(written),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        entry = Entry.from_db(connection.alias, ["id", *COLUMNS], [cursor.fetchone()[0], *values])
        move_head(cursor, head, entry)
    return entry


def move_head(cursor: CursorWrapper, head: Stream, entry: Entry) -> None:
    """Move the head to an entry; on PostgreSQL tell other processes at commit, on SQLite they see it by themselves."""
    moved: list[str | int] = [entry.number, entry.hash, head.pk]
    if connection.vendor == "postgresql":
        cursor.execute(f"{MOVE} RETURNING pg_notify(%s, %s)", [*moved, CHANNEL, head.name])
    else:
        cursor.execute(MOVE, moved)


def take_over(entries: Iterable[Carried], *, streams: Iterable[str]) -> None:
    """Store the entries of an archive, verbatim, and move the heads of their streams, which must be new.

    The caller holds the transaction, and verifies the streams before it ends. Raises UnfitRow, UnfitWord.
    """
    for name in streams:
        check_words(stream=name)
    held = {name: locked_head(name) for name in streams}
    ids = {name: head.pk for name, head in held.items()}
    given = (
        without(row, "stream") | {"stream_id": ids.get(str(row.get("stream"))), "key": row.get("key") or None}
        for row in entries
    )
    rows = list(rows_from(Entry, given))
    Entry.objects.bulk_create(rows, batch_size=500)
    last = {row.stream_id: row for row in rows}
    with connection.cursor() as cursor:
        for head in held.values():
            if head.pk in last:
                move_head(cursor, head, last[head.pk])


def take_over_personal(texts: Iterable[Carried]) -> None:
    """Store the personal texts of an archive beside their entries, in the same transaction. Raises UnfitRow."""
    texts = list(texts)
    streams = {str(text.get("stream")) for text in texts}
    found = Entry.objects.filter(stream__name__in=streams).values_list("stream__name", "number", "id")
    entries = {f"{stream} {number}": entry for stream, number, entry in found}
    given = (
        without(text, "stream", "number") | {"entry_id": entries.get(f"{text.get('stream')} {text.get('number')}")}
        for text in texts
    )
    Personal.objects.bulk_create(rows_from(Personal, given), batch_size=500)


def without(row: Carried, *names: str) -> dict[str, Any]:
    """A row without some of its columns."""
    return {name: value for name, value in row.items() if name not in names}


def erase(*, stream: str, number: int, field: str, by: str) -> Entry:
    """Erase one piece of personal data for good; the entry and its hash stay, and a new entry says so.

    Raises NothingToErase.
    """
    with transaction.atomic():
        entry = append(stream=stream, kind=ERASED.name, body={"number": number, "field": field}, by=by)
        pieces = Personal.objects.filter(entry__stream__name=stream, entry__number=number, field=field)
        piece = pieces.first()
        if piece is None or piece.erased_at:
            raise NothingToErase(stream, number, field, piece)
        piece.salt, piece.text, piece.erased_at, piece.erased_by = "", "", entry.at, by
        piece.save()
        return entry
