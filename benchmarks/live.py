"""The floor live: an act of the console until every stream has it, against "a task each" on the same server.

Servanda and the bare server are started anew for each round and take turns (A-B-A-B). An act is the request of the
console, sent from here, with all that it does: the seat, the room, the durable commit, the event. `PUBLISHED` are the
figures of OpenSlides 4 as they were measured on another day on a machine of the same kind, two cores.
"""

import gc
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks.crowd import Crowd, Reader, crowd, memory_of
from benchmarks.measure import Measure, say
from benchmarks.pages import SERVANDA, Server, bare_server, load, served
from benchmarks.sitting import CONVENTION, MEETING, Console, call_to_order

STREAM = f"/live/{CONVENTION}/{MEETING}/events"
PAGE = f"/en/{CONVENTION}/{MEETING}/programme/"
PUBLISHED = {1000: 206.0, 5000: 1128.0}  # OpenSlides 4, anonymous: p99 in ms
WARM_UP = 50  # streams, before memory is looked at
AWAY = 5  # acts that who leaves misses
PAUSE_SECONDS = 0.05
AIM_RATIO, AIM_MORE_MS = 1.2, 5.0
AIM_FIRST_MS = 25.0
AIM_PAGES = 0.85


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    sizes: tuple[int, ...] = (1000, 5000, 10_000)
    rounds: int = 3
    acts: int = 15
    steady_acts: int = 100
    a_second: int = 10
    page_seconds: int = 3


@dataclass(frozen=True)
class Seen:
    """One round on one server: the delays of each act in ms, the shortest first, and KiB for each stream."""

    delays: list[list[float]]
    memory: float

    def at(self, part: float) -> float:
        """The delay within which this part of the streams had an act, in the median act."""
        return median(delays[min(int(len(delays) * part), len(delays) - 1)] for delays in self.delays)


class Side:
    """A server that is started anew for each round, a console to act on it, and the file of its latest event."""

    def __init__(self, command: list[str], console: Console, event: Path) -> None:
        self.command, self.console, self.event = command, console, event

    def served(self) -> AbstractContextManager[Server]:
        """The server, running."""
        return served(self.command, dict(os.environ) | {"BARE_EVENT": str(self.event)})

    def seen(self, size: int, acts: int) -> Seen:
        """One round on a server that has just started."""
        with self.served() as server:
            with crowd(server.address, STREAM, WARM_UP) as few:
                few.delays(self.console.request())
            before = memory_of(server.process)
            with crowd(server.address, STREAM, size) as many:
                many.delays(self.console.request())
                memory = (memory_of(server.process) - before) / size
                delays = []
                for _ in range(acts):
                    many.read(PAUSE_SECONDS)
                    gc.collect()
                    delays.append([1000 * each for each in many.delays(self.console.request())])
                self.event.write_bytes(next(iter(many.readers.values())).last)
        return Seen(delays, memory)


def live(folder: Path, extent: Extent) -> list[Measure]:
    """Every measure of the live floor."""
    cookies, event = call_to_order(), folder / "event"
    ours = Side([sys.executable, "-c", SERVANDA, "serve", "--port"], Console(cookies), event)
    bare = Side(bare_server("benchmarks.bare_stream"), Console(cookies), event)
    gc.disable()  # here, where the clock is looked at
    try:
        measures = [measure for size in extent.sizes for measure in fan_out(ours, bare, size, extent)]
        with ours.served() as server:
            for returning in (0, 10):
                measures += steady(server.address, ours.console, extent, returning)
            measures.append(page_rate(server.address, ours.console, extent))
    finally:
        gc.enable()
    return measures


def fan_out(ours: Side, bare: Side, size: int, extent: Extent) -> Iterator[Measure]:
    """How long an act takes to reach every stream, and the first; what a stream takes in memory."""
    say(f"{size:,} streams")
    pairs = [(ours.seen(size, extent.acts), bare.seen(size, extent.acts)) for _ in range(extent.rounds)]
    figure, least = (median(seen.at(0.99) for seen in side) for side in zip(*pairs, strict=True))
    aim = AIM_RATIO * least + AIM_MORE_MS
    yield Measure(f"an act until all of {size:,} streams have it, p99", figure, "ms", least, aim=aim, by_ratio=False)
    if size in PUBLISHED:
        yield Measure("the same against OpenSlides 4, measured apart", figure, "ms", PUBLISHED[size])
    first = [median(seen.at(0) for seen in side) for side in zip(*pairs, strict=True)]
    name = f"an act until the first of {size:,} has it, p50"
    yield Measure(name, first[0], "ms", first[1], aim=AIM_FIRST_MS, by_ratio=False)
    memory = [median(seen.memory for seen in side) for side in zip(*pairs, strict=True)]
    yield Measure(f"memory of each of {size:,} streams", memory[0], "KiB", memory[1], aim=AIM_RATIO)


def steady(address: str, console: Console, extent: Extent, returning: int) -> Iterator[Measure]:
    """Acts at an even pace while `returning` in a hundred are cut and come back: what is wrong, and how late."""
    size, acts = extent.sizes[0], extent.steady_acts
    say(f"{extent.a_second} acts a second, {returning} % coming back")
    with crowd(address, STREAM, size) as many:
        many.delays(console.request())
        readers = list(many.readers.values())
        first = readers[0].heard[-1][0] + 1
        begun = acted(many, console, extent, readers[: size * returning // 100])
        many.read_until(lambda: many.answers.count(b"HTTP/1.1 302 ") == acts)
        many.read_until(lambda: all(reader.heard[-1][0] >= first + acts - 1 for reader in readers))
    wrong = sum(faults([number for number, _ in each.heard if number >= first], first, acts) for each in readers)
    stayed = readers[size * returning // 100 :]
    late = sorted(at - begun[number - first] for each in stayed for number, at in each.heard if number >= first)
    pace = f"{extent.a_second} acts a second, {size:,} streams" + (f", {returning} % coming back" if returning else "")
    yield Measure(f"lost, doubled or out of order: {pace}", wrong, f"of {acts * size:,}", aim=0, by_ratio=False)
    yield Measure("the same: p99 of who stayed", 1000 * late[int(len(late) * 0.99)], "ms")


def acted(many: Crowd, console: Console, extent: Extent, returning: list[Reader]) -> list[float]:
    """Do acts at an even pace, some of those who return leaving with each; the instants at which acts were sent."""
    many.answers, begun, away = b"", [], []
    start, acts = time.perf_counter(), extent.steady_acts
    for turn in range(acts + AWAY):
        if turn < acts:
            begun.append(many.send_act(console.request()))
        away.append(returning[turn::acts] if turn < acts else [])
        many.close(away[turn])
        many.open(away[turn - AWAY] if turn >= AWAY else [])
        while (left := start + (turn + 1) / extent.a_second - time.perf_counter()) > 0:
            many.read(left)
    return begun


def faults(heard: list[int], first: int, acts: int) -> int:
    """How many events a reader lacks, has twice, or out of order."""
    due = range(first, first + acts)
    if heard == list(due):
        return 0
    return max(1, len(set(due) ^ set(heard)) + len(heard) - len(set(heard)))


def page_rate(address: str, console: Console, extent: Extent) -> Measure:
    """Requests for the programme a second while streams are open and get an act a second, against none, in turn."""
    say("pages beside open streams")
    size, alone, beside = extent.sizes[0], [], []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for _ in range(extent.rounds + 1):  # the first does not count
            asked = (load, address + PAGE, {})
            alone.append(pool.submit(*asked, seconds=extent.page_seconds).result())
            with crowd(address, STREAM, size) as many:
                loading = pool.submit(*asked, seconds=extent.page_seconds)
                while not loading.done():
                    many.delays(console.request())
                    read_for(many, 1.0)
                beside.append(loading.result())
    name = f"the programme's page beside {size:,} streams, an act a second"
    return Measure(name, median(beside[1:]), "/s", median(alone[1:]), aim=AIM_PAGES, more_is_better=True)


def read_for(many: Crowd, seconds: float) -> None:
    """Read all that comes for some seconds."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        many.read(left)


def written_into(page: Path, lines: Iterable[str], name: str = "live") -> None:
    """Put lines in the place of those that a page has between two marks."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text("".join([before, begin, *(f"{line}\n" for line in lines), end, after]), encoding="utf-8")
