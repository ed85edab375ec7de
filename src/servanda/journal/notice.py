"""The notice: "stream S is at n", for servers that keep answers and hold streams open.

On SQLite every process sees every commit by `PRAGMA data_version`; on PostgreSQL a connection of its
own listens. What was not confirmed for some seconds is not known, and callers go the long way.
"""

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, connections

from servanda.journal.actions import CHANNEL

INTERVAL = 0.1
TRUSTED_SECONDS = 3.0  # how long heads on PostgreSQL are believed without being read again
LIVELY = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
}
READ = "SELECT name, head FROM journal_stream"
Subscriber = Callable[[], None]

logger = logging.getLogger(__name__)


class Notice:
    """The heads of all streams, kept up to date cheaply for one process."""

    def __init__(self) -> None:
        self.subscribers: list[Subscriber] = []
        self.known: Mapping[str, int] | None = None
        self.stopping = threading.Event()
        self.thread: threading.Thread | None = None
        self.lock = threading.Lock()
        self.watcher: Watcher = Listener(self) if connection.vendor == "postgresql" else Poller(self)

    def heads(self) -> Mapping[str, int] | None:
        """The heads now; None while they are not known. Callable from any thread."""
        with self.lock:
            return self.watcher.heads()

    def start(self) -> None:
        """Begin to watch in a thread of its own and to call subscribers."""
        self.thread = threading.Thread(target=self.watcher.watch, name="notice", daemon=True)
        self.thread.start()

    def subscribe(self, subscriber: Subscriber) -> None:
        """Have a function called, from the watching thread, whenever heads moved."""
        self.subscribers.append(subscriber)

    def changed(self) -> None:
        """Tell the subscribers that heads moved."""
        for subscriber in self.subscribers:
            try:
                subscriber()
            except Exception:  # whatever a subscriber does wrong, the watch goes on and the others are told
                logger.exception("A subscriber to the journal's notice failed.")

    def close(self) -> None:
        """Stop watching."""
        self.stopping.set()
        self.watcher.wake()
        if self.thread:
            self.thread.join(timeout=2)
        self.watcher.close()


class Watcher:
    """How one kind of database tells that heads moved."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice

    def heads(self) -> Mapping[str, int] | None:
        """The heads, if they are known."""
        return self.notice.known

    def watch(self) -> None:
        """Run until the notice stops."""

    def wake(self) -> None:
        """End a wait."""

    def close(self) -> None:
        """Let go of connections."""


class Poller(Watcher):
    """SQLite: a connection of its own, on which `data_version` moves with every commit of any other."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice)
        self.version = -1
        self.connection: sqlite3.Connection | None = None

    def heads(self) -> Mapping[str, int] | None:
        """The heads, read again only if anyone has committed; not known while the file cannot be read."""
        try:
            return self.read()
        except sqlite3.Error:
            self.version, self.connection, self.notice.known = -1, None, None
            return None

    def read(self) -> Mapping[str, int] | None:
        """Look whether anyone has committed, and if so read."""
        if self.connection is None:
            self.connection = self.connect()
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self.version:
            self.notice.known = dict(self.connection.execute(READ).fetchall())
            self.version = version
        return self.notice.known

    def connect(self) -> sqlite3.Connection:
        """A connection usable from any thread under the notice's lock."""
        name = str(connections["default"].settings_dict["NAME"])
        return sqlite3.connect(name, isolation_level=None, check_same_thread=False, timeout=20)

    def watch(self) -> None:
        """Look ten times a second."""
        last: Mapping[str, int] | None = None
        while not self.notice.stopping.wait(INTERVAL):
            now = self.notice.heads()
            if now != last:
                last = now
                self.notice.changed()

    def close(self) -> None:
        """Close the connection."""
        with self.notice.lock:
            if self.connection is not None:
                self.connection.close()
                self.connection = None


class Listener(Watcher):
    """PostgreSQL: an autocommit connection outside the pool listens, and reads all heads again after each notice.

    A network can fall silent without an error. Heads are therefore read twice a second, too, and are not
    known any more once that has not come through.
    """

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice)
        self.confirmed_at = 0.0

    def heads(self) -> Mapping[str, int] | None:
        """The heads, if they were confirmed of late."""
        is_fresh = time.monotonic() - self.confirmed_at < TRUSTED_SECONDS
        return self.notice.known if is_fresh else None

    def watch(self) -> None:
        """Listen until stopped; while disconnected, nothing is known."""
        import psycopg  # only where PostgreSQL is in use

        while not self.notice.stopping.is_set():
            with contextlib.suppress(psycopg.Error):
                self.listen(psycopg.connect(**parameters(), autocommit=True))
            self.take_note(None)
            self.notice.stopping.wait(1)

    def listen(self, heard: Any) -> None:  # noqa: ANN401 (psycopg.Connection)
        """Read the heads, and again after every notice or a short wait."""
        with heard:
            heard.execute(f"LISTEN {CHANNEL}")
            while not self.notice.stopping.is_set():
                self.take_note(dict(heard.execute(READ).fetchall()))
                list(heard.notifies(timeout=INTERVAL * 5, stop_after=1))

    def take_note(self, heads: Mapping[str, int] | None) -> None:
        """Keep heads, the only ones this process knows, and tell of them if they moved."""
        before, self.notice.known = self.notice.known, heads
        self.confirmed_at = time.monotonic()
        if heads != before:
            self.notice.changed()


def parameters() -> dict[str, Any]:
    """How to reach the database in use, for a connection outside Django."""
    settings = connections["default"].settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return LIVELY | {name: settings[key] for name, key in named.items() if settings[key]}
