"""Stored bytes: answers that `servanda.web.storing.keep` marked, sent again without asking Django.

Nothing is ever invalidated. An answer is good while every stream that it was rendered from stands at the same
number and the day at the place lasts; one process runs one release, so the release needs no comparing. Only
GET and HEAD without a sign-in are served from here. The host belongs to the address, for a page may name it.
"""

import asyncio
import gzip
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from servanda.web.live.messages import Application, HeaderList, Message, Receive, Scope, Send, body, start
from servanda.web.storing import EVERY_STREAM, GOOD_UNTIL, NUMBERS

LIMIT_BYTES = 64 * 1024 * 1024
LARGEST_PART = 16  # one answer takes at most this part of the store
OVERHEAD_BYTES = 2048  # what an answer takes besides its bytes
WORTH_ZIPPING_BYTES = 512
ZIP_LEVEL = 6
PASSING_LIMIT = 4096
LONGEST_ADDRESS = 2048

MARKS = {NUMBERS.lower().encode(), GOOD_UNTIL.lower().encode()}
APART = {b"authorization", b"hx-request", b"range"}  # who asks with one of these may get another answer
SAID_UNCHANGED = {b"etag", b"cache-control", b"vary"}

Address = tuple[bytes, str, bytes]
Heads = Callable[[], Mapping[str, int] | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: the address, with or without gzip, and what the reader holds already."""

    address: Address
    zipped: bool
    held: bytes


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of an answer, as the very messages that are sent."""

    tag: bytes
    start: Message
    body: Message
    unchanged: Message

    @classmethod
    def of(cls, headers: HeaderList, data: bytes, tag: bytes) -> "Variant":
        """Build from the headers of both forms, the bytes and the tag of this one."""
        common = [*headers, (b"etag", tag)]
        return cls(
            tag=tag,
            start=start(200, [*common, (b"content-length", b"%d" % len(data))]),
            body=body(data),
            unchanged=start(304, [pair for pair in common if pair[0] in SAID_UNCHANGED]),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in both forms, and for how long it is good."""

    numbers: tuple[tuple[str, int], ...]
    good_until: float
    plain: Variant
    zipped: Variant
    size: int

    @classmethod
    def of(cls, headers: HeaderList, data: bytes) -> "Answer":
        """Build from what Django answered; the internal headers end here."""
        told = dict(headers)
        tag = told[b"etag"]
        kept = [pair for pair in headers if pair[0] not in MARKS | {b"etag", b"content-length"}]
        plain, small = Variant.of(kept, data, tag), zipped(data)
        return cls(
            numbers=tuple(json.loads(told[NUMBERS.lower().encode()]).items()),
            good_until=float(told[GOOD_UNTIL.lower().encode()]),
            plain=plain,
            zipped=Variant.of([*kept, (b"content-encoding", b"gzip")], small, tag[:-1] + b'-gzip"') if small else plain,
            size=len(data) + len(small) + OVERHEAD_BYTES,
        )

    def is_good(self, heads: Mapping[str, int] | None, instant: float) -> bool:
        """Whether every stream stands where it stood and the day lasts; never if that is not known."""
        if heads is None or instant >= self.good_until:
            return False
        return all(
            (len(heads) if stream == EVERY_STREAM else heads.get(stream, 0)) == number
            for stream, number in self.numbers
        )

    async def send_to(self, asked: Asked, method: str, send: Send) -> None:
        """Send the form that was asked for, or that nothing changed."""
        variant = self.zipped if asked.zipped else self.plain
        if asked.held and holds(asked.held, variant.tag):
            await send(variant.unchanged)
            await send(EMPTY)
        else:
            await send(variant.start)
            await send(EMPTY if method == "HEAD" else variant.body)


EMPTY = body(b"")


class Store:
    """Answers by address, the least lately asked for let go first; bounded in bytes."""

    def __init__(self, heads: Heads, *, limit_bytes: int = LIMIT_BYTES, clock: Callable[[], float] = time.time) -> None:
        self.heads, self.clock = heads, clock
        self.limit_bytes = limit_bytes
        self.bytes_held = 0
        self.answers: OrderedDict[Address, Answer] = OrderedDict()

    def find(self, address: Address) -> Answer | None:
        """The answer for an address, if there is one and it is good now."""
        answer = self.answers.get(address)
        if answer is None or not answer.is_good(self.heads(), self.clock()):
            return None
        self.answers.move_to_end(address)
        return answer

    def put(self, address: Address, answer: Answer) -> None:
        """Keep an answer in place of an older one, unless it is too large."""
        self.drop(address)
        if answer.size * LARGEST_PART > self.limit_bytes:
            return
        self.answers[address] = answer
        self.bytes_held += answer.size
        while self.bytes_held > self.limit_bytes:
            self.drop(next(iter(self.answers)))

    def drop(self, address: Address) -> None:
        """Let an answer go."""
        answer = self.answers.pop(address, None)
        self.bytes_held -= answer.size if answer else 0


class Stored:
    """Stands before an application: answers from the store, or has the answer rendered once and keeps it."""

    def __init__(self, application: Application, store: Store) -> None:
        self.application, self.store = application, store
        self.rendering: dict[Address, asyncio.Future[Answer | None]] = {}
        self.passing: set[int] = set()  # hashes of addresses whose answers are not kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        method = scope["method"]
        asked = asked_in(scope) if method in ("GET", "HEAD") else None
        answer = self.store.find(asked.address) if asked else None
        if asked and answer is None and method == "GET":
            answer = await self.rendered(asked.address, scope, receive, send)
        elif answer is None:
            await self.application(scope, receive, unmarked(send, method))
        if asked and answer:
            await answer.send_to(asked, method, send)

    async def rendered(self, address: Address, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """The answer that another request is having rendered, or one rendered now."""
        if address in self.rendering:
            answer = await asyncio.shield(self.rendering[address])
            if answer and answer.is_good(self.store.heads(), self.store.clock()):
                return answer
        if address in self.rendering or hash(address) in self.passing:
            return await self.render(address, scope, receive, send)
        return await self.render_for_all(address, scope, receive, send)

    async def render_for_all(self, address: Address, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """Render while equal requests wait for it."""
        waiting = self.rendering[address] = asyncio.get_running_loop().create_future()
        answer = None
        try:
            answer = await self.render(address, scope, receive, send)
        finally:
            del self.rendering[address]
            waiting.set_result(answer)
        return answer

    async def render(self, address: Address, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """Ask the application: the answer if it may be kept, else None, for it has been sent on already."""
        rendering = Rendering(send)
        await self.application(scope, receive, rendering.send)
        if rendering.headers is None:
            self.note_passing(address)
            return None
        answer = await asyncio.to_thread(Answer.of, rendering.headers, b"".join(rendering.parts))
        self.passing.discard(hash(address))
        self.store.put(address, answer)
        return answer

    def note_passing(self, address: Address) -> None:
        """Remember that nobody need wait for the answer of another request at this address."""
        if len(self.passing) >= PASSING_LIMIT:
            self.passing.clear()
        self.passing.add(hash(address))


class Rendering:
    """Takes what an application sends: holds an answer that may be kept, sends on any other."""

    def __init__(self, send: Send) -> None:
        self.send_on = unmarked(send, "GET")
        self.headers: HeaderList | None = None
        self.parts: list[bytes] = []

    async def send(self, message: Message) -> None:
        """Take one message."""
        if message["type"] == "http.response.start" and may_be_kept(message):
            self.headers = list(message["headers"])
        elif self.headers is None:
            await self.send_on(message)
        else:
            self.parts.append(message.get("body", b""))


def asked_in(scope: Scope) -> Asked | None:
    """What a request asks for; None if the reader is signed in or asks for something of their own."""
    host = held = encodings = b""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"accept-encoding":
            encodings = value
        elif name == b"if-none-match":
            held = value
        elif name in APART or (name == b"cookie" and b"sessionid=" in value):
            return None
    address = (host, scope["path"], scope["query_string"])
    return Asked(address, takes_gzip(encodings), held) if sum(map(len, address)) <= LONGEST_ADDRESS else None


@lru_cache(maxsize=256)
def takes_gzip(encodings: bytes) -> bool:
    """Whether an Accept-Encoding names gzip, and not to refuse it."""
    for choice in encodings.lower().split(b","):
        name, _, weight = choice.partition(b";")
        if name.strip() == b"gzip":
            return weight.replace(b" ", b"").rstrip(b".0") not in (b"q=", b"q")
    return False


def holds(held: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match names the tag, or anything."""
    return any(each.strip().removeprefix(b"W/") in (tag, b"*") for each in held.split(b","))


def may_be_kept(message: Message) -> bool:
    """Whether an answer is marked, whole, and the same for every reader."""
    told = dict(message["headers"])
    varies = {name.strip().lower() for name in told.get(b"vary", b"").split(b",")} - {b"accept-encoding", b""}
    return message["status"] == 200 and told.keys() >= MARKS and b"set-cookie" not in told and not varies


def unmarked(send: Send, method: str) -> Send:
    """A `send` that lets no internal header out, and no body for HEAD."""

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [pair for pair in message["headers"] if pair[0].lower() not in MARKS]
            message = {**message, "headers": headers}
        elif method == "HEAD":
            message = {**message, "body": b""}
        await send(message)

    return send_on


def zipped(data: bytes) -> bytes:
    """The bytes in gzip, always the same for the same; nothing where that saves less than a tenth."""
    if len(data) < WORTH_ZIPPING_BYTES:
        return b""
    small = gzip.compress(data, ZIP_LEVEL, mtime=0)
    return small if len(small) * 10 < len(data) * 9 else b""
