"""One hub in a process: hears that heads moved, reads each meeting's new entries once, wakes its listeners.

A channel is subscribed before its first read, and the flag is cleared before each read; so a notice that is
lost costs time, never an event. No listener holds a connection to the database: one thread reads for all.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from itertools import cycle
from typing import Protocol

from django.db import Error

from servanda.common.refusals import Refusal
from servanda.web.live.channel import TAIL, TURNS, Channel, Events, Listener
from servanda.web.live.events import entry_data

HEARTBEAT_SECONDS = 5.0
PAUSE_SECONDS = 1.0
PAGE = 500  # entries of older times that one read takes

logger = logging.getLogger(__name__)

Heads = Callable[[], Mapping[str, int] | None]
Tell = Callable[[str], bytes]


class Entry(Protocol):
    """What the hub needs to know of a journal entry."""

    @property
    def number(self) -> int:
        """Its place in its stream."""

    @property
    def kind(self) -> str:
        """What was done."""


Read = Callable[[str, int, int], Iterable[Entry]]


def nothing(_stream: str) -> bytes:
    """What is told of a stream on which no floor was opened."""
    return b""


class Hub:
    """All channels of a process, and the task that keeps them up to date."""

    def __init__(self, *, heads: Heads, read: Read, reader: Executor, tell: Tell = nothing) -> None:
        self.heads, self.read, self.reader, self.tell = heads, read, reader, tell
        self.channels: dict[str, Channel] = {}
        self.is_ended = False
        self.loop: asyncio.AbstractEventLoop | None = None
        self.tasks: list[asyncio.Task[None]] = []
        self.moved = asyncio.Event()
        self.older: dict[tuple[str, int], asyncio.Future[Events]] = {}

    def start(self) -> None:
        """Begin to listen, on the running loop."""
        self.loop, self.is_ended = asyncio.get_running_loop(), False
        self.tasks = [self.loop.create_task(self.follow_heads()), self.loop.create_task(self.keep_alive())]

    def notify(self) -> None:
        """Heads moved; may be called from any thread."""
        self.soon(self.moved.set)

    def end(self) -> None:
        """End every stream at once; may be called from any thread, and from a signal handler."""
        self.soon(self.end_streams)

    async def close(self) -> None:
        """End every stream, and the hub's own tasks."""
        self.end_streams()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.loop = None

    def soon(self, act: Callable[[], None]) -> None:
        """Let the loop do something, if it still runs."""
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(act)

    def end_streams(self) -> None:
        """Tell every listener to leave."""
        self.is_ended = True
        for channel in self.channels.values():
            channel.dismiss()

    async def listen(self, convention: str, stream: str) -> Listener:
        """A new listener, at the last entry of its channel; `forget` lets it go."""
        channel = self.channels.setdefault(stream, Channel(convention, stream, self.older_page))
        listener = Listener(channel)
        try:
            if not channel.is_loaded:
                await self.catch_up(channel)
        except BaseException:
            self.forget(listener)
            raise
        listener.begin()
        return listener

    def forget(self, listener: Listener) -> None:
        """Let a listener go, and its channel with the last of them."""
        listener.channel.forget(listener)
        if not listener.channel.listeners:
            self.channels.pop(listener.channel.stream, None)

    async def follow_heads(self) -> None:
        """Bring all channels up to date whenever heads moved."""
        while True:
            await self.moved.wait()
            self.moved.clear()
            for channel in list(self.channels.values()):
                await self.try_to_catch_up(channel)

    async def try_to_catch_up(self, channel: Channel) -> None:
        """Bring a channel up to date; if its entries cannot be read, try again or end its streams."""
        try:
            await self.catch_up(channel)
        except Error:
            logger.exception("The journal cannot be read for the live streams; they try again.")
            await asyncio.sleep(PAUSE_SECONDS)
            self.moved.set()
        except (Refusal, ValueError):
            logger.exception("The stream %s cannot be read; its live streams end.", channel.stream)
            channel.dismiss()

    async def keep_alive(self) -> None:
        """Give a sign of life now and then, and look for what a lost notice did not tell."""
        for turn in cycle(range(TURNS)):
            await asyncio.sleep(HEARTBEAT_SECONDS / TURNS)
            self.moved.set()
            for channel in self.channels.values():
                channel.give_life(turn)

    async def catch_up(self, channel: Channel, *, whatever_heads_say: bool = False) -> None:
        """Read what a channel lacks, once for all its listeners, and wake them if there is any."""
        async with channel.lock:
            heads, known = self.heads(), (channel.at, channel.register)
            if not channel.is_loaded:
                channel.begin(max(0, (heads or {}).get(channel.stream, 0) - TAIL))
            if whatever_heads_say or channel.lacks(heads):
                channel.add(await self.events(channel.stream, channel.at))
                channel.is_loaded = True
            if heads is not None:
                channel.move_register(heads.get(channel.convention, 0))
            if known != (channel.at, channel.register):
                channel.wake()

    async def events(self, stream: str, after: int) -> Events:
        """New entries as bytes, read in the reader's thread until there are no more."""
        events: Events = []
        while page := await self.page(stream, events[-1][0] if events else after):
            events += page
            if len(page) < PAGE:
                break
        return events

    async def page(self, stream: str, after: int) -> Events:
        """Some entries after a number as bytes, read in the reader's thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.reader, self.rendered, stream, after)

    async def older_page(self, stream: str, after: int) -> Events:
        """Some entries of older times; read once for all who ask for the same at the same time."""
        asked = (stream, after)
        if asked not in self.older:
            self.older[asked] = asyncio.ensure_future(self.page(stream, after))
            self.older[asked].add_done_callback(lambda _: self.older.pop(asked))
        return await asyncio.shield(self.older[asked])

    def rendered(self, stream: str, after: int) -> Events:
        """Entries as the data of their events; only kind and number leave, never bodies.

        The last of them carries the floor as everybody sees it, which has its own number and may be newer.
        """
        entries = list(self.read(stream, after, PAGE))
        floors = [b""] * (len(entries) - 1) + [self.tell(stream)] if entries else []
        return [
            (entry.number, entry_data(stream, entry.number, entry.kind, floor))
            for entry, floor in zip(entries, floors, strict=True)
        ]
