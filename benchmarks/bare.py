"""A bare page: an ASGI application that sends the bytes of the file BARE_PAGE, and does nothing else."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

PAGE = Path(os.environ["BARE_PAGE"]).read_bytes()
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % len(PAGE))],
}
BODY = {"type": "http.response.body", "body": PAGE}


async def application(
    scope: dict[str, Any], _receive: object, send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    """Send the page, whatever is asked."""
    if scope["type"] == "http":
        await send(START)
        await send(BODY)
