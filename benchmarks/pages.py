"""Pages, stored and uncached, each against a bare page of the same bytes on the same server."""

import asyncio
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.measure import Measure

PAGES = {
    "meeting": "/en/apmbc/IM2024/",
    "programme": "/en/apmbc/IM2024/programme/",
    "programme as JSON": "/en/apmbc/IM2024/programme.json",
    "programme as calendar": "/en/apmbc/IM2024/programme.ics",
    "status board": "/en/apmbc/board/?on=2024-06-18&known=2024-06-18",
    "profile": "/en/apmbc/states/UKR/?on=2024-06-18&known=2024-06-18",
}
SIGNED_IN = {"Cookie": "sessionid=x"}  # a reader who is signed in never gets stored bytes
CONNECTIONS, SECONDS, ROUNDS = 16, 3, 2
STARTED_WITHIN_SECONDS = 20
SERVANDA = "import sys; from servanda.site.command import main; sys.exit(main(sys.argv[1:]))"
AIM_STORED = 0.25
KILL = ("--workers-kill-timeout", "3")  # as the site is served: no server waits for streams to end by themselves


class PageIsWrong(Exception):
    """A server does not answer as the measure needs it."""


def pages(folder: Path) -> list[Measure]:
    """Requests a second for each kind of page: stored ÷ bare and uncached ÷ bare, taken in turn."""
    with served([sys.executable, "-c", SERVANDA, "serve", "--port"], dict(os.environ)) as site:
        return [measure for name, path in PAGES.items() for measure in page_measures(folder, site.address, name, path)]


def page_measures(folder: Path, site: str, name: str, path: str) -> list[Measure]:
    """One page, against a bare server that sends the same bytes."""
    body = fetch(site + path, {})
    if fetch(site + path, SIGNED_IN) != body:
        raise PageIsWrong(f"{path} differs for who is signed in.")
    page = folder / "page.html"
    page.write_bytes(body)
    with served(bare_server("benchmarks.bare"), dict(os.environ) | {"BARE_PAGE": str(page)}) as server:
        bare = server.address
        if fetch(bare + path, {}) != body:
            raise PageIsWrong("The bare page has other bytes.")
        stored, uncached, least = loads_in_turn([(site + path, {}), (site + path, SIGNED_IN), (bare + path, {})])
    size = f"{len(body) / 1024:.0f} KiB"
    return [
        Measure(f"{name}, stored, {size}", stored, "/s", least, aim=AIM_STORED, more_is_better=True),
        Measure(f"{name}, uncached, {size}", uncached, "/s", least, more_is_better=True),
    ]


class Server(NamedTuple):
    """A server that runs: its address, and the id of its process."""

    address: str
    process: int


def bare_server(module: str) -> list[str]:
    """The command that serves the application of a module as the site is served, with nothing around it."""
    granian = [sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--no-ws", "--no-log"]
    return [*granian, f"{module}:application", "--backlog", "4096", "--backpressure", "30000", *KILL, "--port"]


@contextlib.contextmanager
def served(command: list[str], environment: Mapping[str, str]) -> Iterator[Server]:
    """A server that runs on a free port of this machine; the command takes the port last."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([*command, str(port)], env=dict(environment), stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(server, port)
            yield Server(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Return when the server accepts connections; raise PageIsWrong if it never does."""
    end = time.monotonic() + STARTED_WITHIN_SECONDS
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise PageIsWrong(f"A server did not start: {server.args!r}")


def fetch(address: str, headers: Mapping[str, str]) -> bytes:
    """The bytes at an address; raise PageIsWrong."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=dict(headers)), timeout=20) as answer:
            content: bytes = answer.read()
    except urllib.error.URLError as error:
        raise PageIsWrong(f"{address}: {error}") from error
    return content


def loads_in_turn(targets: list[tuple[str, Mapping[str, str]]]) -> list[float]:
    """The median of requests a second at each target, one after the other, round after round."""
    for address, headers in targets:
        load(address, headers, seconds=1)
    rounds = [[load(address, headers, seconds=SECONDS) for address, headers in targets] for _ in range(ROUNDS)]
    return [median(figures) for figures in zip(*rounds, strict=True)]


def load_tool() -> str:
    """Which client makes the load."""
    return "wrk" if shutil.which("wrk") else "a small asyncio client"


def load(address: str, headers: Mapping[str, str], *, seconds: int) -> float:
    """Requests a second that are answered with 200."""
    if shutil.which("wrk"):
        return wrk(address, headers, seconds)
    return asyncio.run(Client(address, headers).load(seconds))


def wrk(address: str, headers: Mapping[str, str], seconds: int) -> float:
    """The figure that wrk tells; raise PageIsWrong if any answer was not good."""
    words = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *words, address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not found or "Non-2xx" in told or "Socket errors" in told:
        raise PageIsWrong(told)
    return float(found[1])


class Client:
    """Connections that ask for one page again and again."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        host, _, path = address.removeprefix("http://").partition("/")
        self.host, port = host.split(":")
        self.port = int(port)
        lines = [f"GET /{path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
        self.request = ("\r\n".join(lines) + "\r\n\r\n").encode()
        self.answered = 0

    async def load(self, seconds: int) -> float:
        """Requests a second over some seconds."""
        begun = time.perf_counter()
        await asyncio.gather(*(self.ask_until(begun + seconds) for _ in range(CONNECTIONS)))
        return self.answered / (time.perf_counter() - begun)

    async def ask_until(self, end: float) -> None:
        """Ask on one connection until an instant."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        while time.perf_counter() < end:
            writer.write(self.request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = re.search(rb"content-length: (\d+)", head)
            if not head.startswith(b"http/1.1 200 ") or not length:
                raise PageIsWrong(head.decode())
            await reader.readexactly(int(length[1]))
            self.answered += 1
        writer.close()
        await writer.wait_closed()
