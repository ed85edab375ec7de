"""An archive: a convention as one file, a zip of seven members with fixed names.

    manifest.json     format, convention, seat, heads of the streams; size and SHA-256 of every other member
    documents.jsonl   one line a row, as all that follow
    meetings.jsonl
    facts.jsonl       every version of every fact, lead and statement of coverage
    plans.jsonl       every stored version of every programme; not in archives of the first format
    journal.jsonl     the entries, with their hashes
    personal.jsonl    the texts beside the entries that can be erased

The same content makes the same bytes: lines are in one order and one form, and the zip knows no time. What is read is
bounded before it is read, and no member is ever written to a disk under its own name.
"""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from servanda.common.refusals import Refusal
from servanda.convention.rules import Name

FORMAT = "servanda-archive/2"
MANIFEST = "manifest.json"
MEMBERS = ("documents.jsonl", "meetings.jsonl", "facts.jsonl", "journal.jsonl", "personal.jsonl", "plans.jsonl")
READ = {"servanda-archive/1": MEMBERS[:-1], FORMAT: MEMBERS}  # the members of each format that can be read
MEBIBYTE = 1024 * 1024
LARGEST_FILE = 256 * MEBIBYTE
LARGEST = 512 * MEBIBYTE  # all members unpacked: a million rows; what is larger was not made from a register
LARGEST_MANIFEST = MEBIBYTE
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first instant that a zip can say
NOTICE = (
    "Servanda is independent software. This is not a publication of the Convention, of its support unit or of the "
    "United Nations. The designations used imply no opinion on the legal status of any territory or of its authorities."
)
AGAIN = "Get the archive again from who made it, and compare its SHA-256."
FAMILY = re.compile(r"servanda-archive/\d{1,9}")
UNSTORABLE = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # JSON for a sign that PostgreSQL does not keep
Line = Mapping[str, Any]


class NoArchive(Refusal):
    """The file is no archive, or no longer one."""

    def __init__(self, why: str) -> None:
        super().__init__("The file cannot be read as an archive; nothing was taken in.", why, AGAIN)


class NewerFormat(Refusal):
    """The archive was made by a release that is newer than this one."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"The archive has the format {found[:60]!r}; nothing was taken in.",
            f"This release reads {' and '.join(READ)}.",
            "Import it with the release that made it, or a newer one.",
        )


class MemberWasAltered(Refusal):
    """A member is not what the manifest says it is."""

    def __init__(self, member: str, told: str, found: str) -> None:
        super().__init__(
            f"{member} was altered after the archive was made; nothing was taken in.",
            f"Its SHA-256 is {found}, and the manifest says {told}.",
            AGAIN,
        )


class TooLarge(Refusal):
    """A member, or the archive, is larger than anything that a register gives out."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"{name} is larger than {limit // MEBIBYTE} MiB; nothing was taken in.",
            "A file that grows so large when it is unpacked is refused before it fills the machine.",
            "Make sure that the archive comes from who says to have made it.",
        )


class MalformedLine(Refusal):
    """A line of a member cannot be read as a row."""

    def __init__(self, member: str, line: int, why: str) -> None:
        super().__init__(
            f"{member}, line {line} cannot be taken in, and so nothing was.",
            f"The line is not as this release writes it: {why}.",
            "Export the convention again; if the line comes out the same, report it.",
        )


class Shape(BaseModel):
    """A part of the manifest: unchanging, and refusing what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Member(Shape):
    """What the manifest says of a member."""

    rows: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Head(Shape):
    """Where a stream stands."""

    number: int = Field(ge=1)
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(Shape):
    """What an archive holds, and for whom."""

    format: Literal["servanda-archive/1", "servanda-archive/2"]
    convention: Name
    seat: Literal["public", "secretariat"]
    streams: dict[str, Head]
    members: dict[str, Member]
    notice: str

    @property
    def content(self) -> tuple[object, ...]:
        """What the archive holds, whichever format it has; a member that a format lacks is empty."""
        members = {name: self.members.get(name, EMPTY) for name in MEMBERS}
        return (self.convention, self.seat, self.streams, members)


EMPTY = Member(rows=0, sha256=hashlib.sha256().hexdigest())


@dataclass(frozen=True)
class Archive:
    """An archive whose members are what its manifest says."""

    manifest: Manifest
    members: Mapping[str, bytes]

    @classmethod
    def of(cls, convention: str, seat: str, heads: Mapping[str, Head], rows: Mapping[str, Iterable[Line]]) -> "Archive":
        """Make one from the rows of each member, in the order in which they are to stand."""
        texts = {name: [line_of(row) for row in rows[name]] for name in MEMBERS}
        members = {name: "".join(f"{line}\n" for line in lines).encode() for name, lines in texts.items()}
        told = {name: Member(rows=len(texts[name]), sha256=sha256(members[name])) for name in MEMBERS}
        said = {"format": FORMAT, "notice": NOTICE, "convention": convention, "seat": seat}
        return cls(Manifest.model_validate({**said, "streams": heads, "members": told}), members)

    @property
    def head(self) -> Head:
        """Where the stream of the convention itself stands."""
        return self.manifest.streams[self.manifest.convention]

    @property
    def manifest_bytes(self) -> bytes:
        """The manifest as it stands in the file."""
        told = self.manifest.model_dump()
        return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, and so over all that the archive holds."""
        return sha256(self.manifest_bytes)

    def zipped(self) -> bytes:
        """The bytes of the file."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, content in {MANIFEST: self.manifest_bytes, **self.members}.items():
                about = zipfile.ZipInfo(name, NO_TIME)
                about.create_system, about.compress_type = 3, zipfile.ZIP_DEFLATED
                archive.writestr(about, content)
        return file.getvalue()

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a member; raise MalformedLine."""
        lines = self.members.get(name, b"").split(b"\n")
        if lines.pop() != b"":
            raise MalformedLine(name, len(lines) + 1, "it does not end")
        for number, line in enumerate(lines, 1):
            yield row_of(name, number, line)


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def line_of(row: Line) -> str:
    """The one line of a row: JSON with sorted keys and no blanks; its texts stay as they are."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_of(name: str, number: int, line: bytes) -> dict[str, Any]:
    """A line as a row; raise MalformedLine for what `line_of` would not have written."""
    try:
        text = line.decode()
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedLine(name, number, f"it is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise MalformedLine(name, number, "it is no mapping of columns to values")
    if line_of(row) != text or UNSTORABLE.search(text):
        raise MalformedLine(name, number, "it is JSON of another form, or holds a sign that no register stores")
    return row


def read_archive(content: bytes) -> Archive:
    """Read an archive and prove that it is whole.

    Raises NoArchive, NewerFormat, TooLarge or MemberWasAltered.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = members_of(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise NoArchive(f"It was cut short, or is no zip file ({error}).") from error
    manifest = manifest_of(parts.pop(MANIFEST))
    if lacking := sorted(set(manifest.members) ^ set(parts)):
        raise NoArchive(f"{lacking[0]} stands in the manifest alone, or in the file alone.")
    for name, told in manifest.members.items():
        found, lines = sha256(parts[name]), parts[name].count(b"\n")
        if found != told.sha256:
            raise MemberWasAltered(name, told.sha256, found)
        if lines != told.rows:
            raise NoArchive(f"{name} has {lines} lines, and the manifest says {told.rows}.")
    return Archive(manifest, parts)


def members_of(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The bytes of every member, if they are those of an archive and of bounded size."""
    names = [about.filename for about in archive.infolist()]
    needed = (MANIFEST, *(MEMBERS if MEMBERS[-1] in names else MEMBERS[:-1]))
    if strange := [name for name in names if name not in (MANIFEST, *MEMBERS)]:
        raise NoArchive(
            f"It holds {strange[0][:80]!r}; an archive has these members only: {', '.join((MANIFEST, *MEMBERS))}."
        )
    if lacking := [name for name in needed if names.count(name) != 1]:
        raise NoArchive(f"It holds {lacking[0]} {names.count(lacking[0])} times, not once.")
    if sum(about.file_size for about in archive.infolist()) > LARGEST:
        raise TooLarge("The archive", LARGEST)
    return {name: bounded(archive, name) for name in needed}


def bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member, unpacked no further than its head says; raise TooLarge."""
    size = archive.getinfo(name).file_size
    if name == MANIFEST and size > LARGEST_MANIFEST:
        raise TooLarge(name, LARGEST_MANIFEST)
    with archive.open(name) as member:
        content = member.read(size + 1)
    if len(content) != size:
        raise NoArchive(f"{name} has another length than the file says.")
    return content


def manifest_of(content: bytes) -> Manifest:
    """The manifest as a value; raise NewerFormat or NoArchive."""
    try:
        told = json.loads(content)
        if (found := str(dict(told).get("format"))) not in READ and FAMILY.fullmatch(found):
            raise NewerFormat(found)
        manifest = Manifest.model_validate(told)
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        raise NoArchive(f"{MANIFEST} does not say what it must ({str(error).splitlines()[0]}).") from error
    below = f"{manifest.convention}/"
    if strange := [name for name in manifest.streams if name != manifest.convention and not name.startswith(below)]:
        raise NoArchive(f"{MANIFEST} names the stream {strange[0][:80]!r}, which is not one of {manifest.convention}.")
    if set(manifest.members) != set(READ[manifest.format]) or manifest.convention not in manifest.streams:
        raise NoArchive(f"{MANIFEST} does not name every member and the stream {manifest.convention}.")
    return manifest
