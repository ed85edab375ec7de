"""How the tests of this folder talk to an ASGI application, and what stands in for the journal."""

import asyncio
from dataclasses import dataclass, field
from functools import wraps
from threading import Barrier

from django.db import connections

from servanda.site.asgi import THREADS

PATIENCE_SECONDS = 5


class Awaited:
    """What the real server hands out for `receive()`: it can be awaited, and is no coroutine."""

    def __init__(self, make):
        self.make = make

    def __await__(self):
        return self.make().__await__()


@dataclass
class Got:
    """One answer, whole."""

    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One request that is being answered; `drop` is the reader going away."""

    def __init__(self, application, path, *, method="GET", headers=None, body=b""):
        path, _, query = path.partition("?")
        self.messages = asyncio.Queue()
        self.gone = asyncio.Event()
        self.has_asked = False
        self.body = body
        names = {"Host": "localhost"} | (headers or {})
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "query_string": query.encode(),
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 4),
            "headers": [(name.lower().encode(), value.encode()) for name, value in names.items()],
        }
        self.task = asyncio.ensure_future(application(scope, self.receive, self.messages.put))

    def receive(self):
        return Awaited(self.received)

    async def received(self):
        if not self.has_asked:
            self.has_asked = True
            return {"type": "http.request", "body": self.body, "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    def drop(self):
        self.gone.set()

    async def next(self):
        return await asyncio.wait_for(self.messages.get(), PATIENCE_SECONDS)

    async def whole(self):
        await asyncio.wait_for(self.task, PATIENCE_SECONDS)
        start, *parts = [self.messages.get_nowait() for _ in range(self.messages.qsize())]
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return Got(start["status"], headers, b"".join(part.get("body", b"") for part in parts))


async def ask(application, path, **request):
    """Ask once and read the whole answer."""
    return await Connection(application, path, **request).whole()


@dataclass
class Entry:
    number: int
    kind: str
    body: str = "what nobody may see"


@dataclass
class FakeJournal:
    """Streams in memory, with the notice's own methods."""

    streams: dict[str, list[Entry]] = field(default_factory=dict)
    known: bool = True
    reads: list[tuple[str, int]] = field(default_factory=list)
    callbacks: list = field(default_factory=list)
    is_started: bool = False

    def append(self, stream, kind="act", *, quietly=False):
        entries = self.streams.setdefault(stream, [])
        entries.append(Entry(len(entries) + 1, kind))
        for callback in [] if quietly else self.callbacks:
            callback()

    def heads(self):
        return {stream: len(entries) for stream, entries in self.streams.items()} if self.known else None

    def entries(self, stream, after, limit):
        self.reads.append((stream, after))
        return [entry for entry in self.streams.get(stream, []) if entry.number > after][:limit]

    def start(self):
        self.is_started = True

    def subscribe(self, callback):
        self.callbacks.append(callback)

    def close(self):
        self.is_started = False


def in_a_loop(test):
    """Let a test be a coroutine."""

    @wraps(test)
    def run(*args, **named):
        return asyncio.run(asyncio.wait_for(test(*args, **named), 4 * PATIENCE_SECONDS))

    return run


async def hang_up(site):
    """Each thread that answered pages closes its connection, as the end of a process would."""
    together = Barrier(THREADS)

    def close():
        together.wait(PATIENCE_SECONDS)
        connections.close_all()

    pool, loop = site.stored.application.piecewise.executor, asyncio.get_running_loop()
    await asyncio.gather(*(loop.run_in_executor(pool, close) for _ in range(THREADS)))
