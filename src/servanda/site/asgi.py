"""The dispatcher: live streams and stored bytes at once, everything else through Django in a pool of threads.

Django's WSGI handler is several times faster than its ASGI handler, and streams need neither. The dispatcher
answers the lifespan, too: it starts the notice and the hub, and lets streams end as soon as the process is
told to, for no server waits for them to end by themselves.
"""

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO
from types import FrameType
from typing import Any, Protocol, cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import build_environ
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import Error, connection

from servanda.common.clock import now_ns
from servanda.common.refusals import Refusal
from servanda.site.stored import Store, Stored
from servanda.web.live.hub import Entry, Hub, Tell, nothing
from servanda.web.live.messages import (
    Application,
    HeaderList,
    Message,
    Receive,
    Scope,
    Send,
    answer,
    answer_json,
    body,
    refuse,
    start,
)
from servanda.web.live.stream import ADDRESS, Exists, Streams

THREADS = 4
SIGNALS = (signal.SIGTERM, signal.SIGINT)
CLOCK = "/live/clock"
SAFE = ("GET", "HEAD", "OPTIONS")

logger = logging.getLogger(__name__)


class Notice(Protocol):
    """What the dispatcher needs of `servanda.journal.notice.Notice`."""

    def heads(self) -> Mapping[str, int] | None:
        """The number at which each stream stands; None if that is not known."""

    def start(self) -> None:
        """Begin to watch."""

    def subscribe(self, callback: Callable[[], None]) -> object:
        """Call back, from any thread, when heads moved."""

    def close(self) -> None:
        """Stop watching."""


class DatabaseIsSilent(Refusal):
    """The database does not answer."""

    status = 503

    def __init__(self, error: Error) -> None:
        super().__init__(
            "The database does not answer.",
            f"Reading from it ended in {type(error).__name__}.",
            "The server's standard error says more.",
        )


class Dispatcher:
    """The ASGI application: sends each request where it is answered fastest."""

    def __init__(
        self,
        *,
        pages: Application,
        notice: Notice,
        exists: Exists,
        read: Callable[[str, int, int], Iterable[Entry]],
        tell: Tell = nothing,
    ) -> None:
        self.notice = notice
        self.reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
        self.hub = Hub(heads=notice.heads, read=read, reader=self.reader, tell=tell)
        self.streams = Streams(hub=self.hub, exists=exists, reader=self.reader)
        self.stored = Stored(pages, Store(notice.heads))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or the server's own questions about starting and ending."""
        if scope["type"] == "http":
            await self.answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.live(receive, send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = scope["path"]
        if path == "/healthz":
            await self.tell_health(send)
        elif path == CLOCK:
            await answer_json(send, b'{"now_ns":%d}' % now_ns())
        elif path.startswith("/live/") and ADDRESS.fullmatch(path):
            await self.streams(scope, receive, send)
        else:
            await self.stored(scope, receive, send)
            if scope["method"] not in SAFE:
                self.hub.notify()  # what was just written is told now, not when the notice looks next

    async def tell_health(self, send: Send) -> None:
        """Say `ok`, if the database answers."""
        try:
            await asyncio.get_running_loop().run_in_executor(self.reader, ask_database)
        except Error as error:
            logger.exception("The database does not answer.")
            await refuse(send, DatabaseIsSilent(error))
        else:
            await answer(send, 200, "ok")

    async def live(self, receive: Receive, send: Send) -> None:
        """Start with the server and end with it."""
        await receive()
        restore = end_on_signals(self.hub.end)
        end_with_parent()
        await self.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.close()
        restore()
        await send({"type": "lifespan.shutdown.complete"})

    async def start(self) -> None:
        """Start the hub, and the notice that wakes it."""
        self.hub.start()
        self.notice.subscribe(self.hub.notify)
        await asyncio.to_thread(self.notice.start)
        gc.freeze()  # what is loaded now stays; collections need not walk it while thousands wait for an event

    async def close(self) -> None:
        """End the streams, the notice, and the reader with its connection."""
        await self.hub.close()
        await asyncio.to_thread(self.notice.close)
        await asyncio.get_running_loop().run_in_executor(self.reader, close_connection)
        self.reader.shutdown(wait=False)


class Pages:
    """Django's WSGI handler in a fixed pool of threads.

    What only reads is answered whole, with one hop into a thread and one back; a2wsgi, which hops for every
    piece and gives half as many answers, serves the rest, for it takes in what is sent as it comes.
    """

    def __init__(self, handler: WSGIHandler) -> None:
        self.handler = handler
        self.piecewise = WSGIMiddleware(cast(Any, handler), workers=THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in SAFE:
            # The server hands out an awaitable where a2wsgi, in its thread, needs a coroutine.
            await self.piecewise(cast(Any, scope), cast(Any, as_coroutine(receive)), cast(Any, send))
            return
        pool = self.piecewise.executor
        status, headers, data = await asyncio.get_running_loop().run_in_executor(pool, self.whole, scope)
        await send(start(status, headers))
        await send(body(data))

    def whole(self, scope: Scope) -> tuple[int, HeaderList, bytes]:
        """Status, headers and bytes of an answer, in a thread of the pool."""
        environ = build_environ(cast(Any, scope), cast(Any, BytesIO()))
        said: list[tuple[int, HeaderList]] = []

        def say(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            said.append((int(status[:3]), pairs))

        with closing(self.handler(cast(Any, environ), cast(Any, say))) as answered:
            data = b"".join(answered)
        return *said[-1], data


def as_coroutine(receive: Receive) -> Receive:
    """A `receive` that is a coroutine function, whatever it was."""

    async def received() -> Message:
        return await receive()

    return received


def end_on_signals(end: Callable[[], None]) -> Callable[[], None]:
    """Call `end` on SIGTERM and SIGINT before whatever they did; return what undoes this.

    Signals belong to the main thread: in another one nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    former = {number: signal.getsignal(number) for number in SIGNALS}

    def handle(number: int, frame: FrameType | None) -> None:
        end()
        old = former[signal.Signals(number)]
        if callable(old):
            old(number, frame)
        elif old == signal.SIG_DFL:
            restore()
            signal.raise_signal(number)

    def restore() -> None:
        for number, old in former.items():
            signal.signal(number, old)

    for number in SIGNALS:
        signal.signal(number, handle)
    return restore


def end_with_parent() -> None:
    """End this worker at once when the process that started it is gone, for nobody else would; acts are whole or not.

    Left alone it would keep the port, and no other server could begin there.
    """
    if parent := multiprocessing.parent_process():

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, name="parent", daemon=True).start()


def ask_database() -> None:
    """Read one row of a table that every migrated database has; raise Django's Error if that fails."""
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
        cursor.fetchone()


def close_connection() -> None:
    """Close the connection of the thread that calls this."""
    connection.close()


def the_site() -> Dispatcher:
    """The dispatcher of this site, with Django set up behind it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servanda.site.settings")
    pages = Pages(get_wsgi_application())
    # Rooms with rows can only be imported once Django is set up.
    from servanda.convention.queries import meeting_exists
    from servanda.floor.queries import folded
    from servanda.floor.seen import floor_as_json, written
    from servanda.floor.view import public_view
    from servanda.journal.notice import Notice as TheNotice
    from servanda.journal.queries import entries

    def exists(convention: str, code: str) -> bool:
        connection.close_if_unusable_or_obsolete()
        return meeting_exists(convention, code)

    def read(stream: str, after: int, limit: int) -> list[Entry]:
        connection.close_if_unusable_or_obsolete()
        return list(entries(stream, after=after, until=after + limit))

    def tell(stream: str) -> bytes:
        room = folded(stream).room
        return written(floor_as_json(public_view(room, "en"))) if room else b""

    return Dispatcher(pages=pages, notice=TheNotice(), exists=exists, read=read, tell=tell)


application = the_site()
