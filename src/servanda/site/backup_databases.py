"""The database of a house as it stood at one instant, for a backup, while others write to it.

SQLite copies itself page for page (its online backup). PostgreSQL writes every table in one transaction that sees one
instant (REPEATABLE READ); no program beside the server is needed, and none of another version gets in the way.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZipFile

from servanda.common.refusals import Refusal
from servanda.journal.chain import Written, verify
from servanda.site.archive import Head
from servanda.site.backup import DATABASE, FILES, TABLES, Manifest, Writing, pieces_of

if TYPE_CHECKING:
    from psycopg import Cursor

HEADS = "SELECT name, head, head_hash FROM journal_stream WHERE head > 0 ORDER BY name"
APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"
ENTRIES = """
    SELECT number, kind, version, body, "by", at, coalesce("key", ''), previous_hash, hash FROM journal_entry
    WHERE stream_id = (SELECT id FROM journal_stream WHERE name = {}) ORDER BY number
"""
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables
    USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
    ORDER BY table_name, ordinal_position
"""
NUMBERED = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_identity = 'YES'
"""


class DatabaseIsDamaged(Refusal):
    """SQLite finds that its own file does not hold together."""

    def __init__(self, found: str) -> None:
        super().__init__(
            "The database is damaged; no backup was made of it.",
            f"SQLite says: {found}.",
            "Keep the data folder as it is, and restore the last good backup elsewhere.",
        )


class OtherTables(Refusal):
    """The tables in a backup are not those that its release makes."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            f"The backup and this release differ in their tables: {', '.join(sorted(names))}.",
            "Nothing was restored; the database is as empty as it was.",
            "Restore it with the release that made it.",
        )


@dataclass(frozen=True)
class Taken:
    """What a manifest says of a database that was copied, and what does not hold in the chains of its journal."""

    kind: Literal["sqlite", "postgresql"]
    streams: dict[str, Head]
    migrations: dict[str, list[str]]
    faults: list[str]
    columns: dict[str, list[str]] = field(default_factory=dict)


def take_sqlite(source: Path, beside: Path, writing: Writing) -> Taken:
    """Copy a database into a backup by way of a file beside it; raise DatabaseIsDamaged or sqlite3.Error."""
    live = sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=20)
    copy = sqlite3.connect(beside)
    with closing(live), closing(copy):
        found = copied(live, copy)
        if found != "ok":
            raise DatabaseIsDamaged(found)
        heads = heads_in(copy.execute(HEADS))
        faults = faults_in(heads, lambda name: copy.execute(ENTRIES.format("?"), [name]))
        taken = Taken("sqlite", heads, grouped(copy.execute(APPLIED)), faults)
    writing.add_file(DATABASE, beside)
    return taken


def copied(live: sqlite3.Connection, copy: sqlite3.Connection) -> str:
    """Copy all in one step, so of one instant; with the write-ahead log nobody waits. What SQLite says of the copy."""
    try:
        live.backup(copy)
        return str(copy.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.OperationalError:
        raise  # it is locked, away or not to be opened; nothing is known of what it holds
    except sqlite3.DatabaseError as error:
        return str(error)


def take_postgresql(url: str, writing: Writing) -> Taken:
    """Copy every table into a backup, all as of one instant; raise psycopg.Error."""
    import psycopg  # only where PostgreSQL is in use
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(url) as database:
        database.isolation_level, database.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        columns = grouped(database.execute(COLUMNS))
        for table, names in columns.items():
            query = SQL("COPY (SELECT {} FROM {} ORDER BY 1) TO STDOUT").format(
                SQL(", ").join(map(Identifier, names)), Identifier(table)
            )
            with database.cursor().copy(query) as rows:
                writing.add(f"{TABLES}{table}.copy", map(bytes, rows))
        heads = heads_in(database.execute(HEADS))
        faults = faults_in(heads, lambda name: database.execute(ENTRIES.format("%s"), [name]))
        return Taken("postgresql", heads, grouped(database.execute(APPLIED)), faults, columns)


def heads_in(rows: Iterable[tuple[Any, ...]]) -> dict[str, Head]:
    """Where each stream stands."""
    return {name: Head(number=number, hash=digest) for name, number, digest in rows}


def faults_in(heads: dict[str, Head], ask: Callable[[str], Iterable[tuple[Any, ...]]]) -> list[str]:
    """What does not hold in the chains of a journal; `ask` gives the entries of a stream."""
    found: list[str] = []
    for name, head in heads.items():
        entries = (Written(name, *row) for row in ask(name))
        found += map(str, verify(name, entries, head.number, head.hash))
    return found


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[str]]:
    """The second column by the first, in the order that they come."""
    return {name: [second for _, second in each] for name, each in groupby(rows, key=lambda row: str(row[0]))}


def tables_of(url: str) -> list[str]:
    """The tables of a PostgreSQL database; raise psycopg.Error."""
    import psycopg  # only where PostgreSQL is in use

    with psycopg.connect(url) as database:
        return list(grouped(database.execute(COLUMNS)))


def unpack(file: ZipFile, manifest: Manifest, folder: Path, database: str) -> None:
    """Write the files of a backup, and its SQLite database under its name, into a folder that is its owner's alone."""
    folder.mkdir(mode=0o700, parents=True)
    for name in manifest.parts:
        if name.startswith(TABLES):
            continue
        path = folder / (database if name == DATABASE else name.removeprefix(FILES))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open(name) as member, path.open("xb") as written:
            path.chmod(0o600)
            written.writelines(pieces_of(member))


@contextmanager
def filled_postgresql(file: ZipFile, manifest: Manifest) -> Iterator[None]:
    """An empty database with the tables of the backup's release and their rows; left as it was unless the block ends.

    Django is ready, and its database the one to fill. Raises OtherTables.
    """
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    with transaction.atomic():
        MigrationExecutor(connection).migrate([(app, max(names)) for app, names in manifest.migrations.items()])
        with connection.cursor() as wrapped:
            cursor: Any = wrapped.cursor
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            if strange := set(grouped(cursor.execute(COLUMNS))) ^ manifest.columns.keys():
                raise OtherTables(strange)
            copy_into(cursor, file, manifest.columns)
        yield


def copy_into(cursor: "Cursor[Any]", file: ZipFile, columns: dict[str, list[str]]) -> None:
    """Put the rows of a backup in the place of whatever the tables hold, and let numbers go on after theirs."""
    from psycopg.sql import SQL, Identifier

    cursor.execute(SQL("TRUNCATE {}").format(SQL(", ").join(map(Identifier, columns))))
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for table, names in columns.items():
        into = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), SQL(", ").join(map(Identifier, names)))
        with file.open(f"{TABLES}{table}.copy") as member, cursor.copy(into) as rows:
            for piece in pieces_of(member):
                rows.write(piece)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, column in list(cursor.execute(NUMBERED)):
        number = SQL("SELECT setval(pg_get_serial_sequence({}, {}), coalesce(max({}), 1), count(*) > 0) FROM {}")
        cursor.execute(number.format(f'"{table}"', column, Identifier(column), Identifier(table)))
