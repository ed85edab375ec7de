"""A durable act of the journal against the least that the same database can durably write."""

import sqlite3
from itertools import count
from pathlib import Path

from benchmarks.measure import Act, Measure, medians_in_turn

BODY = '{"delegation":"KHM","list":"statements","seconds":180,"sitting":3,"turn":%d}'
TABLE = "CREATE TABLE bare (id INTEGER PRIMARY KEY, number BIGINT, kind TEXT, body TEXT, by TEXT, at TEXT, hash TEXT)"
INSERT = "INSERT INTO bare (id, number, kind, body, by, at, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
AIM = 3
STREAM = "apmbc/bench"


def durable(folder: Path, database_url: str) -> Measure:
    """The median time of one act, and of one bare insert committed with the same durability."""
    bare = bare_postgresql(database_url) if database_url else bare_sqlite(folder)
    ours, least = medians_in_turn(append_one(), bare, rounds=7, times=100)
    return Measure("durable act", 1000 * ours, "ms", 1000 * least, aim=AIM)


def append_one() -> Act:
    """One entry through the journal's own action and transaction."""
    from servanda.journal.actions import append
    from servanda.journal.kinds import Kind, declare

    kind = declare(Kind("bench-act"))
    turns = count()

    def act() -> object:
        turn = next(turns)
        body = {"delegation": "KHM", "list": "statements", "seconds": 180, "sitting": 3, "turn": turn}
        return append(stream=STREAM, kind=kind.name, body=body, by="bench")

    return act


def row(turn: int) -> tuple[object, ...]:
    """A row of the size of an entry."""
    return (turn, turn, "bench-act", BODY % turn, "bench", "2024-06-18T12:00:00.000000+00:00", "0" * 128)


def bare_sqlite(folder: Path) -> Act:
    """One INSERT between BEGIN IMMEDIATE and COMMIT, in a file with the product's settings."""
    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute(TABLE)
    turns = count(1)

    def act() -> None:
        database.execute("BEGIN IMMEDIATE")
        database.execute(INSERT, row(next(turns)))
        database.execute("COMMIT")

    return act


def bare_postgresql(url: str) -> Act:
    """One INSERT in a transaction of its own, with the product's durability."""
    import psycopg  # only where PostgreSQL is in use

    database = psycopg.connect(url, autocommit=True, options="-c synchronous_commit=on")
    database.execute(TABLE)
    insert = INSERT.replace("?", "%s")
    turns = count(1)

    def act() -> None:
        database.execute("BEGIN")
        database.execute(insert, row(next(turns)))
        database.execute("COMMIT")

    return act
