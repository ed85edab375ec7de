"""The live stream of a meeting: what a reader hears, from where on, and what never leaves."""

import asyncio
import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest
from django.db import OperationalError

from servanda.web.live import channel as channels
from servanda.web.live import hub as hubs
from servanda.web.live.hub import Hub
from servanda.web.live.stream import Streams
from tests.site.talk import Connection, FakeJournal, ask, in_a_loop

MEETING = "apmbc/im-2024"
ADDRESS = f"/live/{MEETING}/events"
LIFE = b"event: life\ndata: -\n\n"


@asynccontextmanager
async def meeting(*kinds, known=True):
    """The streams of a journal in which a meeting's entries stand already."""
    journal = FakeJournal(known=known)
    journal.append("apmbc")
    for kind in kinds:
        journal.append(MEETING, kind)
    with ThreadPoolExecutor(max_workers=1) as reader:
        hub = Hub(heads=journal.heads, read=journal.entries, reader=reader)
        hub.start()
        journal.callbacks.append(hub.notify)
        exists = {"apmbc/im-2024", "apmbc/21msp"}.__contains__
        yield journal, hub, Streams(hub=hub, exists=lambda *names: exists("/".join(names)), reader=reader)
        await hub.close()


class Reader:
    """A browser that reads a live stream."""

    def __init__(self, streams, address=ADDRESS, **request):
        self.connection = Connection(streams, address, **request)

    async def opened(self):
        self.head = await self.connection.next()
        self.opening = (await self.connection.next())["body"].decode()
        return self

    async def hears(self, count=1):
        """The next events, as (id, event, data without its instant)."""
        heard = []
        while len(heard) < count:
            message = await self.connection.next()
            heard += [parsed(block) for block in message["body"].decode().split("\n\n") if block]
        return heard

    async def hears_nothing(self):
        await asyncio.sleep(0.05)
        return self.connection.messages.empty()


def parsed(block):
    fields = dict(line.split(": ", 1) for line in block.split("\n"))
    data = json.loads(fields["data"])
    assert abs(data.pop("sent_ns") - time.time_ns()) < 60e9
    return int(fields["id"]) if "id" in fields else None, fields["event"], data


def notice(number, kind="act"):
    return number, "notice", {"stream": MEETING, "number": number, "kind": kind}


def register(number):
    return None, "register", {"stream": "apmbc", "number": number}


@in_a_loop
async def test_a_stream_opens_at_the_last_entry_and_says_when_to_come_back():
    async with meeting("opened", "given") as (_, _, streams):
        reader = await Reader(streams).opened()

    assert reader.head["status"] == 200
    assert dict(reader.head["headers"]) == {
        b"content-type": b"text/event-stream; charset=utf-8",
        b"cache-control": b"no-cache, no-transform",
        b"x-accel-buffering": b"no",
        b"x-content-type-options": b"nosniff",
        b"x-robots-tag": b"noindex",
    }
    assert re.fullmatch(r"retry: [1-4]\d{3}\nid: 2\nevent: life\ndata: -\n\n", reader.opening)


@in_a_loop
async def test_readers_are_sent_back_at_different_times():
    async with meeting() as (_, _, streams):
        openings = {(await Reader(streams).opened()).opening for _ in range(20)}

    assert len(openings) > 10


@in_a_loop
async def test_a_new_entry_is_told_by_number_and_kind():
    async with meeting("opened") as (journal, _, streams):
        reader = await Reader(streams).opened()

        journal.append(MEETING, "floor-given")

        assert await reader.hears() == [notice(2, "floor-given")]


@in_a_loop
async def test_a_reader_whose_place_cannot_be_read_is_forgotten():
    async with meeting("opened") as (_, hub, streams):

        async def fails(*_):
            raise OperationalError

        streams.set_back = fails
        with pytest.raises(OperationalError):
            await streams.admitted({"method": "GET", "path": ADDRESS, "query_string": b"after=9", "headers": []})

        assert hub.channels == {}


@in_a_loop
async def test_bodies_never_leave():
    async with meeting("opened", "floor-given") as (journal, _, streams):
        reader = await Reader(streams, f"{ADDRESS}?after=0").opened()
        message = await reader.connection.next()
        journal.append(MEETING)
        later = await reader.connection.next()

    assert b"what nobody may see" not in message["body"] + later["body"]


@pytest.mark.parametrize(
    ("query", "headers", "numbers"),
    [
        ("?after=0", {}, [1, 2, 3]),
        ("?after=2", {}, [3]),
        ("", {"Last-Event-ID": "1"}, [2, 3]),
        ("?after=0", {"Last-Event-ID": "2"}, [3]),
        ("", {}, []),
        ("?after=3", {}, []),
    ],
)
@in_a_loop
async def test_a_reader_goes_on_after_the_last_entry_it_has(query, headers, numbers):
    async with meeting("a", "b", "c") as (journal, _, streams):
        reader = await Reader(streams, ADDRESS + query, headers=headers).opened()
        journal.append(MEETING, "d")

        heard = await reader.hears(len(numbers) + 1)

    assert [number for number, _, _ in heard] == [*numbers, 4]


@in_a_loop
async def test_a_place_that_the_stream_has_not_reached_is_its_end():
    async with meeting("a") as (journal, _, streams):
        reader = await Reader(streams, f"{ADDRESS}?after=99").opened()
        journal.append(MEETING, "b")

        assert reader.opening.endswith("id: 1\nevent: life\ndata: -\n\n")
        assert await reader.hears() == [notice(2, "b")]


@in_a_loop
async def test_a_page_that_knows_more_than_the_hub_is_not_told_again():
    async with meeting("a") as (journal, _, streams):
        await Reader(streams).opened()
        journal.append(MEETING, "b", quietly=True)

        reader = await Reader(streams, f"{ADDRESS}?after=2").opened()
        journal.append(MEETING, "c")

        assert await reader.hears() == [notice(3, "c")]


@in_a_loop
async def test_a_move_of_the_register_is_told_without_an_id():
    async with meeting("a") as (journal, _, streams):
        reader = await Reader(streams).opened()

        journal.append("apmbc")

        assert await reader.hears() == [register(2)]


@pytest.mark.parametrize(("has", "heard"), [(1, [register(2)]), (2, [])])
@in_a_loop
async def test_a_page_of_an_older_register_is_told_at_once(has, heard):
    async with meeting("a") as (journal, _, streams):
        journal.append("apmbc")
        reader = await Reader(streams, f"{ADDRESS}?after=0&register={has}").opened()

        assert await reader.hears(1 + len(heard)) == [notice(1, "a"), *heard]


@in_a_loop
async def test_other_meetings_and_conventions_are_not_heard():
    async with meeting("a") as (journal, _, streams):
        reader = await Reader(streams).opened()

        journal.append("apmbc/21msp")
        journal.append("ccm")

        assert await reader.hears_nothing()


@in_a_loop
async def test_a_thousand_entries_are_heard_in_order_and_once():
    async with meeting() as (journal, _, streams):
        readers = [await Reader(streams).opened() for _ in range(5)]

        def append():
            for _ in range(1000):
                journal.append(MEETING)

        writer = threading.Thread(target=append)
        writer.start()
        heard = [await reader.hears(1000) for reader in readers]
        writer.join()

    assert all([number for number, _, _ in each] == list(range(1, 1001)) for each in heard)


@in_a_loop
async def test_entries_older_than_what_is_held_are_read_for_who_asks(monkeypatch):
    for module in (hubs, channels):
        monkeypatch.setattr(module, "TAIL", 4)
    monkeypatch.setattr(hubs, "PAGE", 3)
    async with meeting(*"abcdefghij") as (_, hub, streams):
        reader = await Reader(streams, f"{ADDRESS}?after=0").opened()

        heard = await reader.hears(10)

        assert [number for number, _, _ in heard] == list(range(1, 11))
        assert len(hub.channels[MEETING].numbers) == 4


@in_a_loop
async def test_older_entries_are_read_once_for_all_who_come_back_together(monkeypatch):
    for module in (hubs, channels):
        monkeypatch.setattr(module, "TAIL", 4)
    async with meeting(*"abcdefghij") as (journal, _, streams):
        await Reader(streams).opened()
        journal.reads.clear()

        readers = [Reader(streams, f"{ADDRESS}?after=0") for _ in range(20)]
        heard = [await (await reader.opened()).hears(10) for reader in readers]

        assert all([number for number, _, _ in each] == list(range(1, 11)) for each in heard)
        assert len(journal.reads) < 5


@in_a_loop
async def test_an_entry_is_read_and_written_once_for_all():
    async with meeting("a") as (journal, _, streams):
        readers = [await Reader(streams).opened() for _ in range(50)]
        journal.reads.clear()

        journal.append(MEETING, "b")
        messages = [await reader.connection.next() for reader in readers]

        assert journal.reads == [(MEETING, 1)]
        assert len({id(message) for message in messages}) == 1


@in_a_loop
async def test_a_reader_whose_connection_is_full_holds_nobody_up_and_misses_nothing():
    async with meeting() as (journal, _, streams):
        full, others = await Reader(streams).opened(), [await Reader(streams).opened() for _ in range(20)]
        full.connection.messages._maxsize = 1

        for _ in range(5):
            journal.append(MEETING)
        heard = [await reader.hears(5) for reader in others]

        assert all([number for number, _, _ in each] == [1, 2, 3, 4, 5] for each in heard)
        assert [number for number, _, _ in await full.hears(5)] == [1, 2, 3, 4, 5]


@in_a_loop
async def test_entries_are_heard_while_heads_are_not_known():
    async with meeting("a", known=False) as (journal, _, streams):
        reader = await Reader(streams).opened()

        journal.append(MEETING, "b")

        assert await reader.hears() == [notice(2, "b")]


@in_a_loop
async def test_a_quiet_stream_gives_signs_of_life_and_finds_what_a_lost_notice_did_not_tell(monkeypatch):
    monkeypatch.setattr(hubs, "HEARTBEAT_SECONDS", 0.02)
    async with meeting("a") as (journal, _, streams):
        reader = await Reader(streams).opened()
        life = await reader.connection.next()

        journal.append(MEETING, "b", quietly=True)
        while (message := await reader.connection.next())["body"] == LIFE:
            pass

    assert life["body"] == LIFE
    assert parsed(message["body"].decode().strip()) == notice(2, "b")


@in_a_loop
async def test_a_database_that_fails_once_costs_time_and_no_entry(monkeypatch, caplog):
    monkeypatch.setattr(hubs, "PAUSE_SECONDS", 0.01)
    async with meeting("a") as (journal, hub, streams):
        reader = await Reader(streams).opened()
        failures = iter([OperationalError("database is locked")])

        def read(*asked):
            for failure in failures:
                raise failure
            return journal.entries(*asked)

        hub.read = read
        journal.append(MEETING, "b")

        assert await reader.hears() == [notice(2, "b")]
    assert "they try again" in caplog.text


@in_a_loop
async def test_a_reader_for_whom_the_database_fails_is_forgotten(monkeypatch):
    async with meeting("a") as (_journal, hub, streams):
        await Reader(streams).opened()

        async def fails(*_channel, **_how):
            raise OperationalError("gone")

        monkeypatch.setattr(hub, "catch_up", fails)
        with pytest.raises(OperationalError):
            await ask(streams, f"{ADDRESS}?after=9")

        assert [len(each.listeners) for each in hub.channels.values()] == [1]


@in_a_loop
async def test_who_leaves_is_forgotten():
    async with meeting("a") as (_, hub, streams):
        readers = [await Reader(streams).opened() for _ in range(3)]

        for reader in readers:
            reader.connection.drop()
            await asyncio.wait_for(reader.connection.task, 5)

        assert hub.channels == {}


@in_a_loop
async def test_all_streams_end_at_once_when_the_server_does():
    async with meeting("a") as (_, hub, streams):
        readers = [await Reader(streams).opened() for _ in range(100)]

        hub.end()
        await asyncio.wait_for(asyncio.gather(*(reader.connection.task for reader in readers)), 1)
        late = await ask(streams, ADDRESS)

        assert [(await reader.connection.next())["more_body"] for reader in readers] == [False] * 100
        assert hub.channels == {}
        assert (late.status, late.body.decode().split("\n")[0]) == (503, "This server is ending.")


@pytest.mark.parametrize(
    ("address", "asked", "status", "what"),
    [
        ("/live/apmbc/nowhere/events", {}, 404, "No meeting nowhere of a convention apmbc is known here."),
        (f"{ADDRESS}?after=-1", {}, 400, "after is '-1', which is not the number of an entry."),
        (f"{ADDRESS}?after=%D9%A3", {}, 400, "after is '٣', which is not the number of an entry."),
        (f"{ADDRESS}?after=" + "9" * 19, {}, 400, "after is '9999999999999999999', which is not"),
        (f"{ADDRESS}?register=one", {}, 400, "register is 'one', which is not the number of an entry."),
        (ADDRESS, {"headers": {"Last-Event-ID": "x y"}}, 400, "Last-Event-ID is 'x y', which is not"),
        (ADDRESS, {"method": "POST"}, 405, "A live stream can only be read."),
    ],
)
@in_a_loop
async def test_what_cannot_be_answered_is_refused_in_plain_words(address, asked, status, what):
    async with meeting("a") as (_, _, streams):
        connection = Connection(streams, address, **asked)
        head, first = await connection.next(), await connection.next()

    assert head["status"] == status
    assert first["body"].decode().startswith(what)
    assert (b"content-type", b"text/plain; charset=utf-8") in head["headers"]
