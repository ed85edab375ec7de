"""What stands between a browser and the server in the tests of screens: a proxy that can spoil things, and a screen.

`buffers` holds what a stream says until the stream ends, as some proxies do; `blocks` answers long polls with an
error; `cut` ends every connection and takes none; `hangs` lets nothing through and says nothing.
"""

import asyncio
import contextlib
import json
import threading
import urllib.request
from email import message_from_string

from servanda.web.middleware import HEADERS

SCREEN = """<!doctype html><html lang="en"><head><title>Screen</title><script src="{script}" defer></script></head>
<body><main data-floor="/live/{stream}" data-floor-number="{number}" data-floor-zone="Europe/Zurich">
<p data-floor-lost hidden>Connection lost since <time data-floor-since></time></p>
<section id="now" data-floor-part="/screen?part=now" data-floor-number="{number}"><div data-floor-current>
<h2>{name}</h2><input id="note" value=""><output role="timer" data-floor-clock data-floor-used="{used}"
 data-floor-since="{since}" data-floor-limit="{limit}" data-floor-warns="30" data-floor-grace="15"></output>
<p id="words" data-floor-when="warning" hidden>Soon</p></div></section></main></body></html>"""


class Proxy:
    """A proxy in a thread of its own, on a free port."""

    def __init__(self, upstream, stream, script):
        self.upstream, self.stream, self.script = upstream, stream, script
        self.buffers = self.blocks = self.cut = self.hangs = False
        self.screens = 0
        self.writers = set()
        self.ready, self.ending = threading.Event(), asyncio.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self.run()))
        self.thread.start()
        assert self.ready.wait(5)

    async def run(self):
        """Serve until the end."""
        self.loop = asyncio.get_running_loop()
        async with await asyncio.start_server(self.serve, "127.0.0.1", 0) as server:
            self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            self.ready.set()
            await self.ending.wait()
            for writer in list(self.writers):
                writer.transport.abort()

    def close(self):
        """End it."""
        self.loop.call_soon_threadsafe(self.ending.set)
        self.thread.join(10)

    def cut_all(self, cut=True):
        """Cut every connection, or take them again."""
        self.cut = cut
        for writer in list(self.writers) if cut else []:
            self.loop.call_soon_threadsafe(writer.transport.abort)

    async def serve(self, reader, writer):
        """Serve one connection with one request."""
        self.writers.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            if not self.cut:
                await self.held()
                await self.answer(head, writer)
        self.writers.discard(writer)
        writer.transport.abort() if self.cut else writer.close()

    async def held(self):
        """Wait while nothing gets through."""
        while self.hangs:
            await asyncio.sleep(0.05)

    async def answer(self, head, writer):
        """Answer with the screen, an error, or what the server says."""
        path = head.split(b" ")[1].decode()
        if path.startswith("/screen"):
            self.screens += "part=" not in path
            page = await self.loop.run_in_executor(None, self.screen)
            writer.write(answered(200, page.encode(), **{"Content-Type": "text/html; charset=utf-8"}, **HEADERS))
        elif self.blocks and "/next" in path:
            writer.write(answered(502, b"blocked"))
        else:
            await self.relay(head, writer, holds=self.buffers and "/events" in path)
        await writer.drain()

    async def relay(self, head, writer, *, holds):
        """Pass a request on, and its answer back, at once or when it has ended."""
        host, port = self.upstream.removeprefix("http://").split(":")
        back, forth = await asyncio.open_connection(host, int(port))
        line, _, rest = head.partition(b"\r\n")
        kept = [each for each in rest.split(b"\r\n") if each and not each.lower().startswith(b"connection:")]
        forth.write(b"\r\n".join([line, *kept, b"Connection: close", b"", b""]))
        parts = []
        try:
            while (data := await back.read(65536)) and not writer.is_closing():
                await self.held()
                parts.append(data)
                if not holds:
                    writer.write(b"".join(parts))
                    parts = []
            writer.write(b"".join(parts))
        finally:
            forth.transport.abort()

    def screen(self):
        """The screen as the state stands."""
        with urllib.request.urlopen(f"{self.upstream}/live/{self.stream}/state.json", timeout=5) as answer:
            told = json.load(answer)
        turn = told["floor"]["turn"]
        clock = turn["clock"] if turn else {"used_ms": 0, "running_since_ms": None, "limit_seconds": None}
        return SCREEN.format(
            script=self.script,
            stream=self.stream,
            number=told["floor"]["number"],
            name=told["words"]["speakers"][turn["speaker"]["code"]] if turn else "Nobody",
            used=clock["used_ms"],
            since=clock["running_since_ms"] or "",
            limit=clock["limit_seconds"] or "",
        )


def answered(status, data, **headers):
    """The bytes of an answer."""
    head = message_from_string("")
    for name, value in {**headers, "Content-Length": str(len(data)), "Connection": "close"}.items():
        head[name] = value
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"HTTP/1.1 {status} Told\r\n{lines}\r\n".encode() + data
