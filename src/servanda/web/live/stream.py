"""One reader of a meeting's live stream: where to begin, what to send, when to leave.

`/live/<convention>/<code>/events` begins after `Last-Event-ID`, else after `?after=`, else with what comes.
With `?register=` it says at once if the register has another number than the page that asks. `…/next?after=`
answers once, when there is something. A rehearsal has a stream of its own: `/live/<convention>/<code>/<rehearsal>/`.
"""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Executor
from urllib.parse import parse_qs

from servanda.common.refusals import Refusal, Unknown, WrongUsage
from servanda.web.live.channel import Listener
from servanda.web.live.events import opening
from servanda.web.live.hub import Hub
from servanda.web.live.messages import HeaderList, Message, Receive, Scope, Send, answer_json, body, refuse, start

NAME = r"[A-Za-z0-9._-]{1,64}"
ADDRESS = re.compile(
    rf"/live/(?P<convention>{NAME})/(?P<code>{NAME})(?:/(?P<rehearsal>rehearsal-[0-9]{{1,6}}))?/(events|next)"
)
POLL_SECONDS = 10.0
NUMBER = re.compile(r"[0-9]{1,18}")
HEADERS: HeaderList = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex"),
]

Exists = Callable[[str, str], bool]


class NoSuchMeeting(Unknown):
    """No meeting has this convention and code."""

    def __init__(self, convention: str, code: str) -> None:
        super().__init__(
            f"No meeting {code} of a convention {convention} is known here.",
            "A live stream belongs to a meeting, named by its convention and its code.",
            "Take the address from the meeting's page.",
        )


class NotANumber(WrongUsage):
    """A place in the stream that is none."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(
            f"{name} is {text[:40]!r}, which is not the number of an entry.",
            "A stream goes on after an entry, counted from 1.",
            "Give a whole number, or leave it out.",
        )


class OnlyToRead(WrongUsage):
    """A stream was asked to do something else than to be read."""

    status = 405

    def __init__(self) -> None:
        super().__init__("A live stream can only be read.", "It answers to GET alone.", "Send GET.")


class IsEnding(Refusal):
    """The server is about to end."""

    status = 503

    def __init__(self) -> None:
        super().__init__("This server is ending.", "It begins no new stream.", "Come back in a few seconds.")


class Streams:
    """Answers every reader of a live stream."""

    def __init__(self, *, hub: Hub, exists: Exists, reader: Executor) -> None:
        self.hub, self.exists, self.reader = hub, exists, reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream to one reader until it leaves or the server ends, or answer once with what comes next."""
        try:
            listener = await self.admitted(scope)
        except Refusal as refusal:
            await refuse(send, refusal)
            return
        try:
            await (self.tell_next if scope["path"].endswith("/next") else self.tell)(listener, receive, send)
        finally:
            self.hub.forget(listener)

    async def admitted(self, scope: Scope) -> Listener:
        """A listener at the place that the reader asked for; raise a Refusal if there can be none."""
        if scope["method"] != "GET":
            raise OnlyToRead
        place, register = begins(scope)
        convention, code, stream = meeting_in(scope["path"])
        if stream not in self.hub.channels and not await self.is_known(convention, code, stream):
            raise NoSuchMeeting(convention, stream.removeprefix(f"{convention}/"))
        if self.hub.is_ended:
            raise IsEnding
        listener = await self.hub.listen(convention, stream)
        if place is not None:
            try:
                await self.set_back(listener, place)
            except BaseException:
                self.hub.forget(listener)
                raise
        if register is not None:
            listener.register = register
        return listener

    async def set_back(self, listener: Listener, place: int) -> None:
        """Let a listener begin after a number; a number that the stream has not reached is its end."""
        if place > listener.position:
            await self.hub.catch_up(listener.channel, whatever_heads_say=True)
        listener.position = min(place, listener.channel.at)

    async def is_known(self, convention: str, code: str, stream: str) -> bool:
        """Whether there is such a meeting, asked in the reader's thread; a rehearsal was opened, too."""
        heads = self.hub.heads()
        if stream != f"{convention}/{code}" and heads is not None and stream not in heads:
            return False
        return await asyncio.get_running_loop().run_in_executor(self.reader, self.exists, convention, code)

    async def tell(self, listener: Listener, receive: Receive, send: Send) -> None:
        """Send the head, what the reader missed, and then all that comes."""
        leaving = asyncio.ensure_future(departure(receive))
        leaving.add_done_callback(lambda _: listener.leave())
        try:
            await send(start(200, HEADERS))
            await send(body(opening(listener.position), more=True))
            await listener.attend(send)
            await listener.over
            await send(body(b""))
        finally:
            leaving.cancel()

    async def tell_next(self, listener: Listener, receive: Receive, send: Send) -> None:
        """Answer with the data of the latest event as soon as the stream is past the place, else after a while."""
        leaving = asyncio.ensure_future(departure(receive))
        leaving.add_done_callback(lambda _: listener.leave())
        ending = asyncio.get_running_loop().call_later(POLL_SECONDS, listener.leave)
        channel, place = listener.channel, listener.position

        async def look(_message: Message) -> None:
            if channel.at > place:
                listener.leave()

        try:
            if place >= channel.at:
                await listener.attend(look)
                await listener.over
            is_past = place < channel.at and channel.latest
            await answer_json(send, channel.latest if is_past else b'{"number":%d}' % channel.at)
        finally:
            ending.cancel()
            leaving.cancel()


async def departure(receive: Receive) -> None:
    """Return when the reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def meeting_in(path: str) -> tuple[str, str, str]:
    """The convention, the code and the name of the stream in its address."""
    match = ADDRESS.fullmatch(path)
    if not match:
        raise NoSuchMeeting("?", path)
    names = (match["convention"], match["code"], match["rehearsal"])
    return names[0], names[1], "/".join(name for name in names if name)


def begins(scope: Scope) -> tuple[int | None, int | None]:
    """After which entry to begin, and the number of the register that the reader has; None if not said."""
    asked = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    last = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"last-event-id"), "")
    place = last or asked.get("after", [""])[0]
    return number_in("Last-Event-ID" if last else "after", place), number_in("register", asked.get("register", [""])[0])


def number_in(name: str, text: str) -> int | None:
    """A number, or None for an empty text; raise NotANumber for anything else."""
    if text and not NUMBER.fullmatch(text):
        raise NotANumber(name, text)
    return int(text) if text else None
