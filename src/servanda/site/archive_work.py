"""What `servanda export` and `servanda import` do, once Django is ready."""

import argparse
import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from servanda.common.refusals import Refusal, Unknown, WrongUsage
from servanda.site.archive import LARGEST_FILE, Archive, TooLarge, read_archive
from servanda.site.archiving import export, take_over
from servanda.site.command import say

HOLDS = {
    "secretariat": "It holds all, also what is hidden from the public; only its owner may read the file.",
    "public": "It holds what the public may see, and nothing else.",
}


class NoSuchFile(Unknown):
    """The file to import cannot be read."""

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(
            f"{name} cannot be read.", f"The system says: {error.strerror}.", "Name the file of an archive."
        )


class CannotWrite(Refusal):
    """A file cannot be written where it should."""

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(
            f"{name} cannot be written.",
            f"The system says: {error.strerror}.",
            "Name a file in a folder that you may write.",
        )


class NotOnATerminal(WrongUsage):
    """An archive would be shown on a screen."""

    def __init__(self) -> None:
        super().__init__("An archive is not text.", "It would only disturb the terminal.", "Name a file with -o.")


def export_convention(chosen: argparse.Namespace) -> int:
    """`servanda export`: one convention as one file."""
    if not chosen.output and sys.stdout.isatty():
        raise NotOnATerminal
    archive = export(chosen.convention, chosen.seat)
    if chosen.output:
        write_whole(Path(chosen.output), archive.zipped())
    else:
        sys.stdout.buffer.write(archive.zipped())
    say(f"{summary(archive)}. {HOLDS[chosen.seat]}")
    say(f"SHA-256 of its manifest: {archive.digest}")
    return 0


def import_convention(chosen: argparse.Namespace) -> int:
    """`servanda import`: take an archive in and print what it held."""
    archive = read_archive(read_bounded(chosen.file))
    say(f"{archive.manifest.convention}: checking the archive; SHA-256 of its manifest: {archive.digest}")
    if take_over(archive):
        print(f"{summary(archive)}. {HOLDS[archive.manifest.seat].partition(';')[0].rstrip('.')}.")
    else:
        print(f"{archive.manifest.convention}: nothing new; the journal stands at {archive.head.number}")
    return 0


def summary(archive: Archive) -> str:
    """An archive in a line."""
    rows = {name.partition(".")[0]: member.rows for name, member in archive.manifest.members.items()}
    return (
        f"{archive.manifest.convention}, journal number {archive.head.number}: {rows['facts']} versions of facts, "
        f"{rows['meetings']} meetings, {rows['documents']} documents, {rows.get('plans', 0)} programmes, "
        f"{rows['journal']} journal entries"
    )


def read_bounded(name: str) -> bytes:
    """The bytes of a file; raise NoSuchFile or TooLarge."""
    try:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NoSuchFile(name, error) from error
    if len(content) > LARGEST_FILE:
        raise TooLarge(name, LARGEST_FILE)
    return content


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file, by default for its owner alone; whoever looks finds the old one or the new one, never a part.

    Raises CannotWrite.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise CannotWrite(str(path), error) from error
