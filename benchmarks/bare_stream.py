"""A bare live stream, "a task each": every reader is a task woken by a future of its own, and nothing else is done.

An ASGI application. GET streams events, POST sends one to all: the bytes of the file BARE_EVENT, with the next
number as its id. No journal, no permission, nobody is told what was missed.
"""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

DATA = re.sub(rb"id: \d+\n", b"", Path(os.environ["BARE_EVENT"]).read_bytes(), count=1)
HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}
OPENING = {"type": "http.response.body", "body": b"retry: 2000\nid: 0\nevent: life\ndata: -\n\n", "more_body": True}
DONE = {"type": "http.response.start", "status": 302, "headers": [(b"content-length", b"0")]}
NOTHING = {"type": "http.response.body", "body": b""}

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

waiting: set[asyncio.Future[Message]] = set()
sent = 0


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Stream to one reader, or send an event to all."""
    if scope["type"] != "http":
        return
    if scope["method"] == "GET":
        await stream(receive, send)
    else:
        broadcast()
        await send(DONE)
        await send(NOTHING)


def broadcast() -> None:
    """Wake every reader with the next event."""
    global sent  # noqa: PLW0603 (the whole state of a bare server)
    sent += 1
    message = {"type": "http.response.body", "body": b"id: %d\n%s" % (sent, DATA), "more_body": True}
    for each in waiting:
        each.set_result(message)
    waiting.clear()


async def stream(receive: Receive, send: Send) -> None:
    """Send what comes until the reader leaves."""
    await send(HEAD)
    await send(OPENING)
    loop, me = asyncio.get_running_loop(), asyncio.current_task()
    leaving = asyncio.ensure_future(departure(receive))
    leaving.add_done_callback(lambda _: me and me.cancel())
    while True:
        mine = loop.create_future()
        waiting.add(mine)
        try:
            message = await mine
        except asyncio.CancelledError:
            waiting.discard(mine)
            return
        await send(message)


async def departure(receive: Receive) -> None:
    """Return when the reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
