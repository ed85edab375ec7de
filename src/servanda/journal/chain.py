"""The chain: canonical text, hashes, and the proof that nothing in a stream was changed or lost.

Each entry's hash covers its own text and the hash before it, so that a change anywhere shows
everywhere after it. Personal data is not in the text: a salted digest stands for it.
"""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from servanda.common.refusals import Refusal

GENESIS = "0" * 64


class NotCanonical(Refusal):
    """A body cannot be written as one and only one text."""

    def __init__(self, place: str, value: object) -> None:
        super().__init__(
            f"The journal cannot hold {value!r} at {place or 'the top'}.",
            "Its text must have one form only: texts, whole numbers, yes or no, nothing, lists and mappings of these.",
            "Write the value as text.",
        )


@dataclass(frozen=True, slots=True)
class Written:
    """An entry exactly as it is stored; `at` is an ISO 8601 instant in UTC."""

    stream: str
    number: int
    kind: str
    version: int
    body: str
    by: str
    at: str
    key: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a stream that does not hold, or (`is_fault` false) that a reader should know."""

    stream: str
    number: int
    what: str
    is_fault: bool = True

    def __str__(self) -> str:
        return f"{self.stream} {self.number}: {self.what}"


def canonical(body: Mapping[str, object]) -> str:
    """The one text of a body: JSON with sorted keys, no blanks, composed Unicode; raise NotCanonical."""
    return json.dumps(composed(body, ""), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def composed(value: object, place: str) -> object:
    """A value with every text in composed form (NFC), refusing what has no single form."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return composed_text(value, place)
        case list() | tuple():
            return [composed(part, f"{place}[{position}]") for position, part in enumerate(value)]
        case Mapping() if all(isinstance(key, str) for key in value):
            parts = {
                composed_text(key, place): composed(part, f"{place}.{key}".lstrip(".")) for key, part in value.items()
            }
            if len(parts) == len(value):
                return parts
    raise NotCanonical(place, value)


def composed_text(text: str, place: str) -> str:
    """A text in composed form, refusing half a surrogate pair, which UTF-8 cannot say."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise NotCanonical(place, text)
    return unicodedata.normalize("NFC", text)


def digest(written: Written) -> str:
    """SHA-256 over an entry's fields and the hash before it, in hexadecimal digits."""
    fields = [
        written.previous_hash, written.stream, written.number, written.kind, written.version,
        written.body, written.by, written.at, written.key,
    ]  # fmt: skip
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def new_salt() -> str:
    """A salt for one piece of personal data."""
    return secrets.token_hex(16)


def salted_digest(salt: str, text: str) -> str:
    """What stands in an entry for a piece of personal data."""
    return hashlib.sha256(f"{salt}\0{text}".encode()).hexdigest()


def chained(entries: Iterable[Written]) -> Iterator[Written]:
    """Entries of one stream, in order, with their hashes made anew: a chain of its own."""
    previous = GENESIS
    for number, entry in enumerate(entries, 1):
        linked = replace(entry, number=number, previous_hash=previous, hash="")
        previous = digest(linked)
        yield replace(linked, hash=previous)


def verify(stream: str, entries: Iterable[Written], head: int, head_hash: str) -> Iterator[Finding]:
    """Every fault in one stream, from its first entry to its head."""
    number, previous = 0, GENESIS
    for entry in entries:
        if entry.number != number + 1:
            yield Finding(stream, number + 1, f"missing; the next entry has number {entry.number}.")
        elif entry.previous_hash != previous:
            yield Finding(stream, entry.number, "does not follow the entry before it.")
        if digest(entry) != entry.hash:
            yield Finding(stream, entry.number, "was changed after it was written.")
        number, previous = entry.number, entry.hash
    if (number, previous) != (head, head_hash):
        yield Finding(stream, head, f"the head says {head}, the last entry is {number} or has another hash.")
