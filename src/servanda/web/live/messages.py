"""The few words of ASGI: the shapes of its calls, and an answer in plain text."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from servanda.common.refusals import Refusal

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HeaderList = list[tuple[bytes, bytes]]


def start(status: int, headers: HeaderList) -> Message:
    """The first message of an answer."""
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(data: bytes, *, more: bool = False) -> Message:
    """A piece of an answer; `more` says that it is not the last."""
    return {"type": "http.response.body", "body": data, "more_body": more}


async def answer(send: Send, status: int, words: str) -> None:
    """Answer in plain text, for this moment only."""
    await answer_with(send, status, words.encode(), b"text/plain; charset=utf-8")


async def answer_json(send: Send, data: bytes) -> None:
    """Answer with JSON, for this moment only."""
    await answer_with(send, 200, data, b"application/json")


async def answer_with(send: Send, status: int, data: bytes, kind: bytes) -> None:
    """Answer with bytes of a kind, for this moment only."""
    headers = [
        (b"content-type", kind),
        (b"content-length", b"%d" % len(data)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-robots-tag", b"noindex"),
    ]
    await send(start(status, headers))
    await send(body(data))


async def refuse(send: Send, refusal: Refusal) -> None:
    """Answer with a refusal in plain text: what, why and what to do, a line each."""
    words = "\n".join(part for part in (refusal.what, refusal.why, refusal.do) if part)
    await answer(send, refusal.status, words + "\n")
