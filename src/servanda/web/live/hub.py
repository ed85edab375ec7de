"""One hub in a process: hears that heads moved, reads each meeting's new entries once, wakes its listeners.

A channel is subscribed before its first read, and the flag is cleared before each read; so a notice that is
lost costs time, never an event. No listener holds a connection to the database: one thread reads for all.
"""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from itertools import cycle
from typing import Protocol

from django.db import Error

from servanda.common.refusals import Refusal
from servanda.web.live.events import HEARTBEAT, entry_data, entry_event, register_event
from servanda.web.live.messages import Message, body

HEARTBEAT_SECONDS = 5.0
TURNS = 5  # a sign of life goes to all in so many turns, so that no event waits behind all of them
PAUSE_SECONDS = 1.0
TAIL = 1000  # entries that a channel holds, rendered, for those who come back
PAGE = 500  # entries of older times that one read takes

logger = logging.getLogger(__name__)

Heads = Callable[[], Mapping[str, int] | None]
Events = list[tuple[int, bytes]]  # numbers and data
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


class Channel:
    """One meeting's stream as it is heard: the latest entries as bytes, and where the register is."""

    def __init__(self, convention: str, stream: str) -> None:
        self.convention, self.stream = convention, stream
        self.before = 0  # the number before the first entry held
        self.numbers: list[int] = []
        self.messages: list[Message] = []
        self.register = 0
        self.register_said = b""
        self.latest = b""  # the data of the last event
        self.is_loaded = False
        self.lock = asyncio.Lock()
        self.listeners: set[Listener] = set()

    @property
    def at(self) -> int:
        """The number of the last entry read."""
        return self.numbers[-1] if self.numbers else self.before

    def add(self, events: Events) -> None:
        """Take in new entries and let go of the oldest."""
        self.numbers += [number for number, _ in events]
        self.messages += [body(entry_event(number, data), more=True) for number, data in events]
        self.latest = events[-1][1] if events else self.latest
        surplus = len(self.numbers) - TAIL
        if surplus > 0:
            self.before = self.numbers[surplus - 1]
            del self.numbers[:surplus], self.messages[:surplus]

    def lacks(self, heads: Mapping[str, int] | None) -> bool:
        """Whether there may be entries that it has not read."""
        return not self.is_loaded or heads is None or heads.get(self.stream, 0) > self.at

    def move_register(self, number: int) -> None:
        """Note where the register is now."""
        if number != self.register:
            self.register, self.register_said = number, register_event(self.convention, number)

    def wake(self) -> None:
        """Let every listener look for what it has not heard."""
        for listener in self.listeners:
            listener.wake()

    def give_life(self, turn: int) -> None:
        """Let the listeners whose turn it is give a sign of life."""
        for listener in self.listeners:
            if listener.turn == turn:
                listener.is_due = True
                listener.wake()

    def dismiss(self) -> None:
        """Let every listener leave."""
        for listener in self.listeners:
            listener.leave()


class Listener:
    """One reader: what it has heard, and the future on which it waits for more."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.position = self.register = 0
        self.is_over = self.is_due = False  # due: for a sign of life
        self.waiting: asyncio.Future[None] | None = None
        self.turn = len(channel.listeners) % TURNS
        channel.listeners.add(self)

    def begin(self) -> None:
        """Take what the channel holds as heard."""
        self.position, self.register = self.channel.at, self.channel.register

    def wake(self) -> None:
        """Let it look."""
        if self.waiting and not self.waiting.done():
            self.waiting.set_result(None)

    def leave(self) -> None:
        """It has gone, or has to."""
        self.is_over = True
        self.wake()

    async def wait(self) -> None:
        """Sleep until woken."""
        self.waiting = asyncio.get_running_loop().create_future()
        await self.waiting
        self.waiting = None

    def news(self) -> Message | None:
        """All it has not heard, as one message; the very same object for all who lack one entry alone."""
        channel = self.channel
        first = bisect_right(channel.numbers, self.position)
        messages, self.position = channel.messages[first:], max(self.position, channel.at)
        if self.register != channel.register:
            self.register = channel.register
            messages.append(body(channel.register_said, more=True))
        if self.is_due and not messages:
            messages.append(LIFE)
        self.is_due = False
        return joined(messages)


LIFE = body(HEARTBEAT, more=True)


def joined(messages: list[Message]) -> Message | None:
    """Several messages as one."""
    if len(messages) > 1:
        return body(b"".join(message["body"] for message in messages), more=True)
    return messages[0] if messages else None


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
        channel = self.channels.setdefault(stream, Channel(convention, stream))
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
        listener.channel.listeners.discard(listener)
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
                channel.before = max(0, (heads or {}).get(channel.stream, 0) - TAIL)
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
