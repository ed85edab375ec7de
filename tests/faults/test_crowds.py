"""Many at once: 200 delegations ask in one second, and 2,000 screens come back after the server was killed."""

import asyncio
import json
import random
import re
import resource
import time
from itertools import groupby
from urllib.parse import urlencode

import pytest

from tests.faults.house import HOST, PATIENCE, Browser

pytestmark = pytest.mark.slow

SIGNATORY = "MHL"  # its rules hear signatories after the States Parties of a tier
DELEGATIONS, STREAMS, CHUNK = 200, 2000, 65536
BACK_WITHIN = 10  # seconds after the server answers again
EVENT = re.compile(rb"id: (\d+)\nevent: notice\ndata: (.*)\n\n")
RETRY = re.compile(rb"retry: (\d+)\n")


def seated(house):
    """A browser at each desk, by delegation."""

    async def sit():
        browsers = {code: Browser(house.port) for code in house.links["desks"]}
        loop = asyncio.get_running_loop()
        links = house.links["desks"]
        await asyncio.gather(*(loop.run_in_executor(None, each.sit, links[code]) for code, each in browsers.items()))
        return browsers

    return asyncio.run(sit())


def asking(stream, code, browser):
    """The request that a desk sends when its button is pressed."""
    fields = {"csrfmiddlewaretoken": browser.cookies["csrftoken"], "once": f"press0{code}", "item": "3"}
    body = urlencode({**fields, "act": "statement"}).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return (
        f"POST /en/floor/{stream}/desk/{code}/ask/ HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    ).encode() + body


async def pressed_together(port, requests):
    """The status of each answer when all are sent in one instant, and how many seconds it took."""

    async def press(request):
        reader, writer = await asyncio.open_connection(HOST, port)
        await ready.wait()
        writer.write(request)
        status = int((await reader.read(CHUNK)).split(b" ")[1])
        writer.close()
        return status

    ready = asyncio.Event()
    presses = [asyncio.ensure_future(press(each)) for each in requests]
    await asyncio.sleep(0.2)
    begun = time.monotonic()
    ready.set()
    return await asyncio.gather(*presses), time.monotonic() - begun


def test_two_hundred_delegations_ask_in_the_same_second_and_each_is_on_the_list_once(house):
    console, _ = house.floor(1)
    browsers = seated(house)
    requests = [asking(console.stream, code, each) for code, each in browsers.items()]
    random.shuffle(requests)

    statuses, seconds = asyncio.run(pressed_together(house.port, requests))

    print(f"{len(requests)} delegations asked at once; the last was answered after {seconds:.2f} s")
    asked = [body["speaker"]["code"] for kind, body in house.journal.acts(console.stream) if kind == "asked"]
    listed = [each["speaker"]["code"] for each in house.state(console.stream)["listed"]]
    assert statuses == [302] * DELEGATIONS
    assert sorted(asked) == sorted(browsers)
    assert sorted(listed) == sorted(browsers)
    by_request = [
        sorted(each, key=lambda code: (code == SIGNATORY, asked.index(code))) for each in in_tiers(console, listed)
    ]
    assert in_tiers(console, listed) == by_request
    assert house.journal.faults(console.stream) == []


def in_tiers(console, listed):
    """The list, cut where the console draws the line between two tiers."""
    sizes = [len(re.findall(r'form="order"', part)) for part in
             console.get(f"{console.here}?part=queue")[1].split('<section class="console__tier">')[1:]]  # fmt: skip
    whose = [tier for tier, size in enumerate(sizes) for _ in range(size)]
    return [
        [code for _, code in each] for _, each in groupby(zip(whose, listed, strict=True), key=lambda pair: pair[0])
    ]


class Screen:
    """A screen that follows a stream as a browser does: after an end it waits as it was told, and says what it has."""

    def __init__(self, port, stream, last):
        self.port, self.stream, self.last = port, stream, last
        self.numbers, self.floor, self.retry = [], None, 1.0
        self.opened = asyncio.Event()

    async def follow(self, until):
        """Follow until a number is heard, through every end of the connection."""
        while self.last < until:
            try:
                await self.read(until)
            except (OSError, asyncio.IncompleteReadError):
                self.opened.clear()
                await asyncio.sleep(self.retry)

    async def read(self, until):
        """One connection, to its end."""
        reader, writer = await asyncio.open_connection(HOST, self.port)
        try:
            asked = f"GET /live/{self.stream}/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: {self.last}\r\n\r\n"
            writer.write(asked.encode())
            opening = await reader.readuntil(b"data: -\n\n")
            self.retry = int(RETRY.search(opening)[1]) / 1000
            self.opened.set()
            while self.last < until:
                self.hear(await reader.readuntil(b"\n\n"))
        finally:
            writer.close()

    def hear(self, said):
        """Take in one event."""
        for event in EVENT.finditer(said):
            self.last = int(event[1])
            self.numbers.append(self.last)
            self.floor = json.loads(event[2]).get("floor", self.floor)


@pytest.fixture
def many_files():
    """As many open files as this process may have."""
    former = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (former[1], former[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, former)


@pytest.mark.sqlite
def test_two_thousand_screens_come_back_within_ten_seconds_of_a_restart_and_miss_nothing(house, many_files):
    console, _ = house.floor(5, "Chad")
    before = house.journal.entries(console.stream)[-1].number
    until = before + 6

    async def hall():
        loop = asyncio.get_running_loop()
        screens = [Screen(house.port, console.stream, before) for _ in range(STREAMS)]
        following = [asyncio.ensure_future(each.follow(until)) for each in screens]
        await asyncio.wait_for(asyncio.gather(*(each.opened.wait() for each in screens)), PATIENCE)
        for name in ("Angola", "Yemen", "Serbia"):
            await loop.run_in_executor(None, lambda who=name: console.must("ask", who=who, act="statement", reason="-"))
        await loop.run_in_executor(None, house.kill)
        await loop.run_in_executor(None, house.serve)
        begun = time.monotonic()
        for name in ("Iraq", "Peru", "Sudan"):
            await loop.run_in_executor(None, lambda who=name: console.must("ask", who=who, act="statement", reason="-"))
        await asyncio.wait_for(asyncio.gather(*following), PATIENCE)
        return screens, time.monotonic() - begun

    screens, seconds = asyncio.run(hall())

    print(f"{STREAMS} streams were back, and had heard all, {seconds:.1f} s after the server answered again")
    assert {tuple(each.numbers) for each in screens} == {tuple(range(before + 1, until + 1))}
    now = house.state(console.stream)["floor"]
    assert all(each.floor == now for each in screens)
    assert seconds < BACK_WITHIN
