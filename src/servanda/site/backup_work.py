"""What `servanda backup` and `servanda restore` do: the whole house into one file, while it works, and back."""

import argparse
import os
import secrets
import shutil
import signal
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import servanda
from servanda.common.clock import now
from servanda.common.refusals import Refusal, Unknown
from servanda.site.archive import Head
from servanda.site.backup import FILES, MANIFEST, Manifest, NewerBackup, NoBackup, Writing, prove, reading
from servanda.site.backup_databases import filled_postgresql, tables_of, take_postgresql, take_sqlite, unpack
from servanda.site.command import DatabaseIsClosed, prepare, say
from servanda.site.environment import SQLITE, Environment

SCHEMES = ("postgres://", "postgresql://")


class NothingToBackUp(Unknown):
    """There is no database where one should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is nothing to back up: {path} does not exist.",
            "A backup is made of the data folder that SERVANDA_DATA names.",
            "Name the folder of the server with SERVANDA_DATA, and its database with DATABASE_URL if it has one.",
        )


class NoPlaceForIt(Refusal):
    """A backup would overwrite something or lie within what it keeps; or a place has no folder or no room."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"Nothing was written to {path}.",
            why,
            "Name a new file or folder where you may write and where there is room; a backup best on another disk.",
        )


class IsNotEmpty(Refusal):
    """A backup would be restored over something."""

    def __init__(self, place: str, holds: str) -> None:
        super().__init__(
            f"{place} is not empty; nothing was touched.",
            f"It holds {holds}. A backup is restored beside what is there, never over it.",
            "Name a folder that does not exist yet, or an empty database.",
        )


class OtherDatabase(Refusal):
    """A backup of one kind of database is to go into the other."""

    def __init__(self, manifest: Manifest) -> None:
        goes = "a folder" if manifest.database == "sqlite" else "an empty database on PostgreSQL, named by its URL"
        super().__init__(
            f"The backup goes into {goes}; nothing was touched.",
            f"It was made from {manifest.database}, row for row.",
            "Name such a place after --into. To change the database, carry each convention by export and import.",
        )


class NotAsItWas(Refusal):
    """What was restored does not agree with itself or with the manifest."""

    def __init__(self, findings: list[str]) -> None:
        lines = "\n".join(f"  {each}" for each in findings[:20])
        super().__init__(
            f"The backup does not hold together; nothing was put in its place.\n{lines}\n",
            "Its parts are what its manifest says, so it was faulty when it was made.",
            "Restore an older backup, and run `servanda verify` where this one was made.",
        )


def make_backup(chosen: argparse.Namespace) -> int:
    """`servanda backup`: the whole house as one file, whoever else is at work in it."""
    target, house = Path(chosen.file).absolute(), Environment.read()
    check_target(target, house)
    with cleaning_up(), room_at(target), TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as unfinished:
        written = Path(unfinished) / "backup"
        with zipfile.ZipFile(written, "x") as file:
            manifest, faults = write(file, house, Path(unfinished) / "database")
        with reading(written) as (file, manifest):
            prove(file, manifest.parts)  # what was written can be read
        written.chmod(0o600)
        keep(written)
        written.rename(target)
    say(f"SHA-256 of its manifest: {manifest.digest}. It holds all, also the secret key; only its owner may read it.")
    print(f"{chosen.file}: {summary(manifest)}")
    for each in faults:
        print(each)
    if faults:
        say("The journal has faults, and so has this backup: `restore` will refuse it. Keep the last good one as well.")
    return 1 if faults else 0


@contextmanager
def cleaning_up() -> Iterator[None]:
    """Let a command that is told to end leave nothing half-made: SIGTERM and SIGHUP end it as an error would."""
    signals = (signal.SIGTERM, signal.SIGHUP)
    former = {each: signal.signal(each, lambda number, _frame: sys.exit(128 + number)) for each in signals}
    try:
        yield
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)


def check_target(target: Path, house: Environment) -> None:
    """Raise NothingToBackUp or NoPlaceForIt."""
    database = house.data / SQLITE
    if not house.database_url and not database.exists():
        raise NothingToBackUp(database)
    if target.exists():
        raise NoPlaceForIt(target, "A file of this name is there.")
    if house.data.resolve() in target.resolve().parents:
        raise NoPlaceForIt(target, "It lies in the data folder, which may be lost with all that is in it.")
    if not target.parent.is_dir():
        raise NoPlaceForIt(target, "There is no such folder.")


@contextmanager
def room_at(path: Path) -> Iterator[None]:
    """Say of a place that takes nothing, or not all, what the system says; raise NoPlaceForIt."""
    try:
        yield
    except OSError as error:
        raise NoPlaceForIt(path, f"The system says: {error.strerror}.") from error
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise DatabaseIsClosed(error) from error
        raise NoPlaceForIt(path, f"SQLite says: {error}.") from error


def write(file: zipfile.ZipFile, house: Environment, copy: Path) -> tuple[Manifest, list[str]]:
    """Write database, files and manifest; the database first, for rows name files and files name no rows.

    The manifest, and what does not hold in the chains of the journal.
    """
    writing = Writing(file)
    at = now()
    if house.database_url:
        with reached():
            taken = take_postgresql(house.database_url, writing)
    else:
        taken = take_sqlite(house.data / SQLITE, copy, writing)
    for path in sorted(each for each in house.data.rglob("*") if each.is_file()):
        if not (path.parent == house.data and path.name.startswith(SQLITE)):
            writing.add_file(f"{FILES}{path.relative_to(house.data).as_posix()}", path)
    manifest = Manifest(
        release=servanda.__version__,
        made_at=at.isoformat(timespec="seconds"),
        database=taken.kind,
        streams=taken.streams,
        migrations=taken.migrations,
        columns=taken.columns,
        parts=writing.parts,
    )
    file.writestr(MANIFEST, manifest.as_bytes)
    return manifest, taken.faults


@contextmanager
def reached() -> Iterator[None]:
    """Say of a PostgreSQL that cannot be reached what every command says; raise DatabaseIsClosed."""
    import psycopg  # only where PostgreSQL is in use

    try:
        yield
    except psycopg.Error as error:
        raise DatabaseIsClosed(error) from error


def keep(path: Path) -> None:
    """Wait until a file, or a folder with all that is in it, lies on the disk."""
    for each in [*path.rglob("*"), path] if path.is_dir() else [path]:
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def summary(manifest: Manifest) -> str:
    """A backup in a line."""
    size = sum(part.bytes for part in manifest.parts.values())
    return (
        f"as of {manifest.made_at}, {len(manifest.streams)} streams with {manifest.entries} entries, "
        f"{len(manifest.parts)} parts, {size / 2**20:.1f} MiB"
    )


def restore_backup(chosen: argparse.Namespace) -> int:
    """`servanda restore`: a backup into an empty place; it is proved whole before the place is touched."""
    path = Path(chosen.file)
    url = chosen.into if chosen.into.startswith(SCHEMES) else ""
    target = (Environment.read().data if url else Path(chosen.into)).resolve()  # beside what a link leads to
    if not path.is_file():
        raise NoBackup(f"There is no file {path}.")
    with reading(path) as (file, manifest):
        say(f"Reading the backup; SHA-256 of its manifest: {manifest.digest}")
        prove(file, manifest.parts)
        if bool(url) != (manifest.database == "postgresql"):
            raise OtherDatabase(manifest)
        must_be_empty(target, url)
        with cleaning_up(), room_at(target):
            put_in_place(file, manifest, target, url)
    print(f"{target}: {summary(manifest)}; the journal is whole")
    say(f"To serve it: SERVANDA_DATA={target}{' DATABASE_URL=…' if url else ''} servanda serve")
    return 0


def must_be_empty(target: Path, url: str) -> None:
    """Raise IsNotEmpty for a folder or a database that holds anything."""
    if target.exists():
        held = sorted(each.name for each in target.iterdir()) if target.is_dir() else ["a file"]
        if held:
            raise IsNotEmpty(str(target), ", ".join(held[:5]))
    if url:
        with reached():
            tables = tables_of(url)
        if tables:
            raise IsNotEmpty(f"The database {url.rpartition('/')[2]}", ", ".join(tables[:5]))


def put_in_place(file: zipfile.ZipFile, manifest: Manifest, target: Path, url: str) -> None:
    """Unpack beside the place, prove the journal there, and only then let it take the place.

    PostgreSQL commits what it was filled with when the folder is in its place, and else is as empty as it was.
    """
    stage = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        unpack(file, manifest, stage, SQLITE)
        os.environ |= {"SERVANDA_DATA": str(stage), "DATABASE_URL": url}
        prepare(migrating=False)
        from django.db import connections  # app-ready

        check_release(manifest)
        with filled(file, manifest, stage, target) if url else nullcontext():
            prove_journal(manifest)
            if not url:
                connections.close_all()
            keep(stage)
            stage.rename(target)
    finally:
        with suppress(FileNotFoundError):
            shutil.rmtree(stage)


@contextmanager
def filled(file: zipfile.ZipFile, manifest: Manifest, stage: Path, target: Path) -> Iterator[None]:
    """PostgreSQL filled from a backup, for good if the block ends well, else neither it nor the folder has its place.

    Raises NotAsItWas or DatabaseIsClosed.
    """
    import django.db  # app-ready
    import psycopg  # only where PostgreSQL is in use

    try:
        with filled_postgresql(file, manifest):
            yield
    except BaseException as error:
        if not stage.exists():
            target.rename(stage)
        if isinstance(
            error, (psycopg.DataError, psycopg.IntegrityError, django.db.DataError, django.db.IntegrityError)
        ):
            raise NotAsItWas([str(error).splitlines()[0]]) from error
        if isinstance(error, (psycopg.Error, django.db.Error)):
            raise DatabaseIsClosed(error) from error
        raise


def check_release(manifest: Manifest) -> None:
    """Raise NewerBackup for a database that this release could not bring up to date."""
    from django.db.migrations.loader import MigrationLoader  # app-ready

    known = MigrationLoader(None).disk_migrations
    for app, names in manifest.migrations.items():
        if strange := [name for name in names if (app, name) not in known]:
            raise NewerBackup(f"the step {app}.{strange[0]} of its database", manifest.release)


def prove_journal(manifest: Manifest) -> None:
    """Raise NotAsItWas unless every stream is whole and ends as the manifest says."""
    from django.core.management import call_command  # app-ready, as what follows

    from servanda.journal.queries import head_hash, heads, verify

    call_command("migrate", verbosity=0, interactive=False)
    stand = {name: Head(number=number, hash=head_hash(name)) for name, number in heads().items() if number}
    findings = [str(finding) for finding in verify() if finding.is_fault]
    findings += [f"{name} ends otherwise." for name in stand.keys() | manifest.streams.keys()
                 if stand.get(name) != manifest.streams.get(name)]  # fmt: skip
    if findings:
        raise NotAsItWas(findings)
