"""One meeting's stream as it is heard: the latest entries as bytes, and the readers to whom they are written.

One writer sends an event to all readers, one after another, in one step of the loop: thousands of tasks that are
woken for one event each take half as long again. A server takes a message at once while there is room for it; where
a reader's connection is full, its writer waits with it, and another goes on with the rest.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Awaitable, Callable, Iterable, Mapping

from servanda.web.live.events import HEARTBEAT, entry_event, register_event
from servanda.web.live.messages import Message, Send, body

TURNS = 5  # a sign of life goes to all in so many turns, so that no event waits behind all of them
TAIL = 1000  # entries that a channel holds, rendered, for those who come back

Events = list[tuple[int, bytes]]  # numbers and data
Older = Callable[[str, int], Awaitable[Events]]
LIFE = body(HEARTBEAT, more=True)


class Channel:
    """The latest entries of a stream, where the register is, and who listens; `older` reads what lies before."""

    def __init__(self, convention: str, stream: str, older: Older) -> None:
        self.convention, self.stream, self.older = convention, stream, older
        self.before = self.at = 0  # the number before the first entry held, and that of the last
        self.numbers: list[int] = []
        self.messages: list[Message] = []
        self.register = 0
        self.register_said = b""
        self.latest = b""  # the data of the last event
        self.is_loaded = False
        self.lock = asyncio.Lock()
        self.listeners: set[Listener] = set()
        self.due: set[Listener] = set()
        self.writers: set[asyncio.Task[None]] = set()

    def begin(self, before: int) -> None:
        """Hold entries from the one after a number."""
        self.before = self.at = before

    def add(self, events: Events) -> None:
        """Take in new entries and let go of the oldest."""
        self.numbers += [number for number, _ in events]
        self.messages += [body(entry_event(number, data), more=True) for number, data in events]
        self.at, self.latest = events[-1] if events else (self.at, self.latest)
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
        """Write to every listener what it has not heard."""
        self.write_to(self.listeners)

    def give_life(self, turn: int) -> None:
        """Write a sign of life to the listeners whose turn it is."""
        due = [listener for listener in self.listeners if listener.turn == turn]
        for listener in due:
            listener.is_due = True
        self.write_to(due)

    def dismiss(self) -> None:
        """Let every listener leave, and nobody wait for one whose connection is full."""
        for listener in self.listeners:
            listener.leave()
        for writer in self.writers:
            writer.cancel()

    def forget(self, listener: "Listener") -> None:
        """Let one listener go."""
        self.listeners.discard(listener)
        self.due.discard(listener)

    def write_to(self, listeners: "Iterable[Listener]") -> None:
        """Write to some listeners what they have not heard."""
        self.due.update(listeners)
        self.go_on()

    def go_on(self) -> None:
        """Have a writer for those who are due, and look again: if it had to wait with one, another takes the rest."""
        if self.due:
            loop = asyncio.get_running_loop()
            writer = loop.create_task(self.write())
            self.writers.add(writer)
            writer.add_done_callback(self.writers.discard)
            loop.call_soon(self.go_on)

    async def write(self) -> None:
        """Let those who are due hear, one after another."""
        while self.due:
            await self.due.pop().hear()


class Listener:
    """One reader: what it has heard, and how to write to it."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.position = self.register = 0
        self.is_due = False  # for a sign of life
        self.is_busy = True  # until it attends, and while something is written to it
        self.over = asyncio.get_running_loop().create_future()
        self.turn = len(channel.listeners) % TURNS
        self.send: Send
        channel.listeners.add(self)

    def begin(self) -> None:
        """Take what the channel holds as heard."""
        self.position, self.register = self.channel.at, self.channel.register

    async def attend(self, send: Send) -> None:
        """Write what it lacks, and from now on all that comes."""
        self.send, self.is_busy = send, False
        await self.hear()

    def leave(self) -> None:
        """It has gone, or has to."""
        if not self.over.done():
            self.over.set_result(None)

    async def hear(self) -> None:
        """Write all it has not heard, unless that is being done already."""
        if self.is_busy:
            return
        self.is_busy = True
        try:
            while not self.over.done() and (message := self.news() or await self.old_news()):
                await self.send(message)
        finally:
            self.is_busy = False

    def news(self) -> Message | None:
        """All it has not heard, as one message; the very same object for all who lack one entry alone."""
        channel = self.channel
        if self.position < channel.before:
            return None
        messages = channel.messages[bisect_right(channel.numbers, self.position) :]
        self.position = channel.at
        if self.register != channel.register:
            self.register = channel.register
            messages.append(body(channel.register_said, more=True))
        if self.is_due and not messages:
            messages.append(LIFE)
        self.is_due = False
        return joined(messages)

    async def old_news(self) -> Message | None:
        """Some of what lies before the entries that the channel holds; None if it lacks nothing there."""
        if self.position >= self.channel.before:
            return None
        page = await self.channel.older(self.channel.stream, self.position)
        self.position = page[-1][0] if page else self.channel.before
        return body(b"".join(entry_event(number, data) for number, data in page), more=True)


def joined(messages: list[Message]) -> Message | None:
    """Several messages as one."""
    if len(messages) > 1:
        return body(b"".join(message["body"] for message in messages), more=True)
    return messages[0] if messages else None
