"""A backup: all that a house keeps, at one instant, as one file, a zip.

    manifest.json        where every stream stood; size and SHA-256 of every other member
    database.sqlite3     the database, page for page (SQLite)
    tables/<name>.copy   the rows of a table, as PostgreSQL itself writes them (PostgreSQL)
    files/…              every other file of the data folder

An archive (`archive.py`) carries one convention from house to house. A backup carries the whole house, with accounts,
links, sessions and the secret key, and only back to where it came from. Nothing here needs Django.
"""

import hashlib
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from pydantic import Field, ValidationError

from servanda.common.refusals import Refusal
from servanda.site.archive import Head, Shape

FORMAT = "servanda-backup/1"
FAMILY = re.compile(r"servanda-backup/\d{1,9}")
MANIFEST = "manifest.json"
DATABASE = "database.sqlite3"
TABLES, FILES = "tables/", "files/"
LARGEST_MANIFEST = 16 * 1024 * 1024
PIECE = 1024 * 1024
# What a zip that was cut short or altered comes to: its frame, its names, a way of packing that is none or another.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OSError,
)  # fmt: skip
ELSEWHERE = "Take another backup; look at the disk that this one lay on, and the way that it came."


class NoBackup(Refusal):
    """The file is no backup, or no longer one."""

    def __init__(self, why: str) -> None:
        super().__init__("The file cannot be read as a backup; nothing was touched.", why, ELSEWHERE)


class PartWasAltered(Refusal):
    """A part of a backup is not what its manifest says."""

    def __init__(self, part: str, told: str, found: str) -> None:
        super().__init__(
            f"{part} in the backup is damaged; nothing was touched.",
            f"Its SHA-256 is {found}, and the manifest says {told}.",
            ELSEWHERE,
        )


class NewerBackup(Refusal):
    """The backup was made by a release that is newer than this one."""

    def __init__(self, what: str, release: str = "") -> None:
        super().__init__(
            f"The backup was made by a newer release{f' ({release})' if release else ''}; nothing was touched.",
            f"This release does not know {what}.",
            "Restore it with the release that made it, or a newer one.",
        )


class Part(Shape):
    """What the manifest says of a member."""

    bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(Shape):
    """What a backup holds. `made_at` is an instant in UTC; `columns` are those of each table, in order (PostgreSQL)."""

    format: Literal["servanda-backup/1"] = "servanda-backup/1"
    release: str
    made_at: str
    database: Literal["sqlite", "postgresql"]
    streams: dict[str, Head]
    migrations: dict[str, list[str]]
    columns: dict[str, list[str]]
    parts: dict[str, Part]

    @property
    def as_bytes(self) -> bytes:
        """The manifest as it stands in the file."""
        return (json.dumps(self.model_dump(), ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest, and so over all that the backup holds."""
        return hashlib.sha256(self.as_bytes).hexdigest()

    @property
    def entries(self) -> int:
        """The journal entries in all streams."""
        return sum(head.number for head in self.streams.values())


class Writing:
    """A backup that is being written: what went into each member is hashed on its way."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.parts: dict[str, Part] = {}

    def add(self, name: str, pieces: Iterator[bytes]) -> None:
        """Write one member."""
        size, digest = 0, hashlib.sha256()
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_DEFLATED
        with self.file.open(about, "w", force_zip64=True) as member:
            for piece in pieces:
                size += member.write(piece)
                digest.update(piece)
        self.parts[name] = Part(bytes=size, sha256=digest.hexdigest())

    def add_file(self, name: str, path: Path) -> None:
        """Write one member from a file."""
        with path.open("rb") as file:
            self.add(name, pieces_of(file))


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """What a file holds, piece by piece."""
    while piece := file.read(PIECE):
        yield piece


@contextmanager
def reading(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup, open, with its manifest. Raises NoBackup or NewerBackup."""
    with ExitStack() as closing:
        try:
            file = closing.enter_context(zipfile.ZipFile(path))
            manifest = manifest_in(file)
        except UNREADABLE as error:
            raise NoBackup(f"It was cut short, was altered, or is no backup ({error}).") from error
        yield file, manifest


def manifest_in(file: zipfile.ZipFile) -> Manifest:
    """The manifest, once it names exactly the members that are there."""
    names = [about.filename for about in file.infolist()]
    if names.count(MANIFEST) != 1 or file.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise NoBackup(f"It holds no {MANIFEST}.")
    try:
        told = json.loads(file.read(MANIFEST))
        if (found := str(dict(told).get("format"))) != FORMAT and FAMILY.fullmatch(found):
            raise NewerBackup(f"the format {found}")
        manifest = Manifest.model_validate(told)
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        raise NoBackup(f"{MANIFEST} does not say what it must ({str(error).splitlines()[0]}).") from error
    if lacking := sorted({*manifest.parts} ^ {name for name in names if name != MANIFEST}):
        raise NoBackup(f"{lacking[0][:80]} stands in the manifest alone, or in the file alone.")
    if strange := [name for name in manifest.parts if not is_safe(name)]:
        raise NoBackup(f"It holds {strange[0][:80]!r}, which no backup holds.")
    return manifest


def is_safe(name: str) -> bool:
    """Whether a member is one that a backup has, and stays below the folder that it is put into."""
    parts = PurePosixPath(name).parts
    is_plain = "/".join(parts) == name and ".." not in parts and "\\" not in name  # so files//x is not
    return is_plain and (name == DATABASE or name.startswith((TABLES, FILES)))


def prove(file: zipfile.ZipFile, parts: Mapping[str, Part]) -> None:
    """Read every member once; raise PartWasAltered for one that is not what the manifest says."""
    for name, told in parts.items():
        size, digest = 0, hashlib.sha256()
        try:
            with file.open(name) as member:
                for piece in pieces_of(member):
                    size += len(piece)
                    digest.update(piece)
                    if size > told.bytes:
                        break
        except UNREADABLE as error:
            raise PartWasAltered(name, told.sha256, f"not to be had ({error})") from error
        if (size, digest.hexdigest()) != (told.bytes, told.sha256):
            raise PartWasAltered(name, told.sha256, digest.hexdigest())
