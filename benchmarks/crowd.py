"""A crowd: thousands of readers of one live stream, on raw sockets in one thread, who note when each event came.

Meant to cost little, for it runs on the machine that it measures: while events arrive it only reads and looks at
the clock, and what was read is understood when nothing more comes.
"""

import re
import resource
import select
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

NOTICE = re.compile(rb"id: (\d+)\nevent: notice\ndata: [^\n]*\n\n")
OPENED = re.compile(rb"HTTP/1\.1 200 [^\0]*?\n\n")
LONGEST = 65536  # bytes of an event, or of what is none
AT_ONCE = 200  # readers who come in one go
PATIENCE_SECONDS = 20.0
IDLE_SECONDS = 0.01  # without anything to read


class CrowdIsWrong(Exception):
    """A stream or an act was not answered as the measure needs it."""


class Reader:
    """One reader: what came and is not yet understood, and the events heard, as (number, instant)."""

    def __init__(self) -> None:
        self.socket: socket.socket
        self.rest = b""
        self.is_open = False
        self.heard: list[tuple[int, float]] = []
        self.last = b""  # the latest event, as it came

    def understand(self, instant: float, data: bytes) -> None:
        """Take in bytes that came at an instant, in seconds."""
        self.rest += data
        if not self.is_open and (opened := OPENED.match(self.rest)):
            self.is_open, self.rest = True, self.rest[opened.end() :]
        if self.is_open:
            known = 0
            for event in NOTICE.finditer(self.rest):
                self.heard.append((int(event[1]), instant))
                self.last, known = event[0], event.end()
            self.rest = self.rest[known:][-LONGEST:]


class Crowd:
    """Readers of the stream at one address, and the connection on which acts are sent."""

    def __init__(self, address: str, path: str) -> None:
        self.host, _, port = address.removeprefix("http://").partition(":")
        self.port, self.path = int(port), path
        self.poll = select.epoll()
        self.readers: dict[int, Reader] = {}
        self.came: list[tuple[int, float, bytes]] = []
        self.console = self.connected()
        self.answers = b""

    def connected(self) -> socket.socket:
        """A new connection, watched."""
        made = socket.create_connection((self.host, self.port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.settimeout(0)
        self.poll.register(made.fileno(), select.EPOLLIN)
        return made

    def open(self, readers: list[Reader]) -> None:
        """Let readers come, or come back after the last event that they heard."""
        for start in range(0, len(readers), AT_ONCE):
            batch = readers[start : start + AT_ONCE]
            for reader in batch:
                reader.socket, reader.rest, reader.is_open = self.connected(), b"", False
                self.readers[reader.socket.fileno()] = reader
                after = f"Last-Event-ID: {reader.heard[-1][0]}\r\n" if reader.heard else ""
                reader.socket.send(f"GET {self.path} HTTP/1.1\r\nHost: {self.host}\r\n{after}\r\n".encode())
            self.read_until(lambda batch=batch: all(reader.is_open for reader in batch))

    def close(self, readers: list[Reader]) -> None:
        """Let readers go; what was read for them is understood first."""
        self.understand()
        for reader in readers:
            self.readers.pop(reader.socket.fileno(), None)
            reader.socket.close()

    def read(self, seconds: float) -> None:
        """Read what comes within some seconds, and understand it when nothing more is there."""
        now, came = time.perf_counter, self.came
        end = now() + seconds
        while (left := end - now()) > 0:
            ready = self.poll.poll(min(left, IDLE_SECONDS if came else left), 4096)
            for number, _ in ready:
                reader = self.readers.get(number)
                try:
                    data = (reader.socket if reader else self.console).recv(65536)
                except BlockingIOError:
                    continue
                came.append((number, now(), data))
            if not ready and came:
                self.understand()
                return

    def understand(self) -> None:
        """Give each reader what was read for it."""
        for number, instant, data in self.came:
            reader = self.readers.get(number)
            if not data:
                raise CrowdIsWrong("The server closed a connection.")
            if reader:
                reader.understand(instant, data)
            else:
                self.answers += data
        self.came.clear()

    def read_until(self, is_done: Callable[[], bool]) -> None:
        """Read until something is so; raise CrowdIsWrong if it never is."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not is_done():
            if time.monotonic() > end:
                raise CrowdIsWrong(f"Waited {PATIENCE_SECONDS} s: {self.answers[-300:]!r}")
            self.read(0.1)

    def send_act(self, request: bytes) -> float:
        """Send the request of an act; the instant before."""
        begun = time.perf_counter()
        self.console.send(request)
        return begun

    def delays(self, request: bytes) -> list[float]:
        """One act until every reader has it: how long each waited, in seconds, the shortest first."""
        before = {reader: len(reader.heard) for reader in self.readers.values()}
        self.answers = b""
        begun = self.send_act(request)
        self.read_until(lambda: all(len(reader.heard) > count for reader, count in before.items()))
        self.read_until(lambda: b"HTTP/1.1 302 " in self.answers)
        return sorted(reader.heard[count][1] - begun for reader, count in before.items())


@contextmanager
def crowd(address: str, path: str, count: int) -> Iterator[Crowd]:
    """So many readers, all of whose streams are open; gone afterwards."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    made = Crowd(address, path)
    try:
        made.open([Reader() for _ in range(count)])
        yield made
    finally:
        made.close(list(made.readers.values()))
        made.console.close()
        made.poll.close()


def memory_of(process: int) -> float:
    """The memory of a process and of those it started, in KiB, what is shared counted in parts (PSS)."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    own = float(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1])
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(memory_of(int(child)) for child in children)
