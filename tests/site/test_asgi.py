"""The dispatcher: each request where it is answered fastest, and a clean start and end."""

import asyncio
import json
import os
import signal
from contextlib import asynccontextmanager

import pytest
from django.db import OperationalError, connection
from django.http import StreamingHttpResponse

from servanda.journal.actions import append
from servanda.journal.kinds import Kind, declare
from servanda.site import asgi
from servanda.site.asgi import THREADS, Dispatcher, Pages, end_on_signals, the_site
from servanda.web.live.messages import answer
from tests.site.talk import PATIENCE_SECONDS, Connection, FakeJournal, ask, hang_up, in_a_loop

ACT = declare(Kind("test-act"))
STREAM = "/live/apmbc/im-2024/events"


@asynccontextmanager
async def started(dispatcher):
    """The dispatcher between the two questions that a server asks."""
    asked, said = asyncio.Queue(), asyncio.Queue()
    await asked.put({"type": "lifespan.startup"})
    life = asyncio.ensure_future(dispatcher({"type": "lifespan"}, asked.get, said.put))
    assert await asyncio.wait_for(said.get(), PATIENCE_SECONDS) == {"type": "lifespan.startup.complete"}
    try:
        yield dispatcher
    finally:
        await asked.put({"type": "lifespan.shutdown"})
        await asyncio.wait_for(life, PATIENCE_SECONDS)
        assert said.get_nowait() == {"type": "lifespan.shutdown.complete"}


def toy(journal=None):
    """A dispatcher before pages that say which method and path they were asked for."""

    async def pages(scope, receive, send):
        await answer(send, 200, f"{scope['method']} {scope['path']}")

    journal = journal or FakeJournal()
    return Dispatcher(pages=pages, notice=journal, exists=lambda *names: True, read=journal.entries)


async def write(stream):
    """Append an entry as a view would: in another thread, in a transaction."""

    def act():
        append(stream=stream, kind=ACT.name, body={"words": "what nobody may see"}, by="test")
        connection.close()

    await asyncio.to_thread(act)


@in_a_loop
async def test_start_and_end_reach_the_notice():
    journal = FakeJournal()

    async with started(toy(journal)):
        running = journal.is_started

    assert (running, journal.is_started) == (True, False)


@pytest.mark.parametrize("path", ["/", "/en/apmbc", "/live/apmbc/im-2024", "/live/a/b/c/events", "/healthz/"])
@in_a_loop
async def test_all_that_is_neither_stream_nor_health_goes_to_the_pages(path):
    got = await ask(toy(), path)

    assert got.body.decode() == f"GET {path}"


@in_a_loop
async def test_what_a_request_wrote_is_told_without_waiting_for_the_notice():
    journal = FakeJournal()
    journal.append("apmbc/im-2024", "a")
    async with started(toy(journal)) as dispatcher:
        reader = Connection(dispatcher, STREAM)
        await reader.next(), await reader.next()

        journal.append("apmbc/im-2024", "b", quietly=True)
        await ask(dispatcher, "/en/act", method="POST")

        assert b'"number":2,"kind":"b"' in (await reader.next())["body"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@in_a_loop
async def test_a_signal_ends_the_streams_and_then_does_what_it_did_before(number):
    heard = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(number, heard.set)
    async with started(toy()) as dispatcher:
        readers = [Connection(dispatcher, STREAM) for _ in range(50)]
        for reader in readers:
            await reader.next()

        os.kill(os.getpid(), number)
        await asyncio.wait_for(asyncio.gather(*(reader.task for reader in readers)), 1)

        await asyncio.wait_for(heard.wait(), 1)
    asyncio.get_running_loop().remove_signal_handler(number)


def test_a_signal_handler_is_called_after_ours_and_comes_back_at_the_end():
    calls = []
    former = signal.signal(signal.SIGTERM, lambda number, frame: calls.append("old"))

    restore = end_on_signals(lambda: calls.append("end"))
    os.kill(os.getpid(), signal.SIGTERM)
    restore()
    os.kill(os.getpid(), signal.SIGTERM)
    signal.signal(signal.SIGTERM, former)

    assert calls == ["end", "old", "old"]


@pytest.mark.django_db(transaction=True)
def test_health_is_ok_while_the_database_answers():
    got = run_the_site(lambda site: ask(site, "/healthz"))

    assert (got.status, got.body, got.headers["cache-control"]) == (200, b"ok", "no-store")


@pytest.mark.django_db(transaction=True)
def test_health_says_what_and_why_when_the_database_is_silent(monkeypatch, capsys):
    def ask_database():
        raise OperationalError("could not connect to user:password@host")

    monkeypatch.setattr(asgi, "ask_database", ask_database)

    got = run_the_site(lambda site: ask(site, "/healthz"))

    assert got.status == 503
    assert got.body.decode() == (
        "The database does not answer.\n"
        "Reading from it ended in OperationalError.\n"
        "The server's standard error says more.\n"
    )
    assert "could not connect" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_the_journal_reaches_a_reader_and_its_body_does_not(monkeypatch):
    async def story(site):
        await write("apmbc")
        await write("apmbc/im-2024")
        monkeypatch.setattr(site.streams, "exists", lambda *names: names == ("apmbc", "im-2024"))
        reader = Connection(site, STREAM)
        await reader.next()
        opening = (await reader.next())["body"]
        await write("apmbc/im-2024")
        entry = (await reader.next())["body"]
        await write("apmbc")
        register = (await reader.next())["body"]
        return opening, entry, register

    opening, entry, register = run_the_site(story)

    assert opening.endswith(b"id: 1\nevent: life\ndata: -\n\n")
    assert entry.startswith(b"id: 2\nevent: notice\n")
    told = json.loads(entry.split(b"data: ")[1])
    assert sorted(told) == ["kind", "number", "sent_ns", "stream"]
    assert (told["stream"], told["number"], told["kind"]) == ("apmbc/im-2024", 2, "test-act")
    assert register.startswith(b'event: register\ndata: {"stream":"apmbc","number":2,')


@pytest.mark.django_db(transaction=True)
def test_a_meeting_outside_the_calendar_has_no_stream():
    got = run_the_site(lambda site: ask(site, "/live/apmbc/nowhere/events"))

    assert got.status == 404
    assert got.body.decode() == (
        "No meeting nowhere of a convention apmbc is known here.\n"
        "A live stream belongs to a meeting, named by its convention and its code.\n"
        "Take the address from the meeting's page.\n"
    )


@pytest.mark.django_db(transaction=True)
def test_a_commit_makes_stored_bytes_stale_at_once():
    async def story(site):
        await write("apmbc")
        first = await heads_until(site, {"apmbc": 1})
        await write("apmbc")
        return first, await heads_until(site, {"apmbc": 2})

    told = run_the_site(story)

    assert told == ({"apmbc": 1}, {"apmbc": 2})


@pytest.mark.django_db(transaction=True)
def test_django_answers_with_the_headers_of_the_site():
    got = run_the_site(lambda site: ask(site, "/api/v1/nowhere"))

    assert got.status == 404
    assert json.loads(got.body)["what"] == "There is nothing at the address /api/v1/nowhere."
    assert got.headers["content-security-policy"].startswith("default-src 'self';")
    assert "set-cookie" not in got.headers


async def heads_until(site, wanted):
    """The heads, as soon as they are those wanted, or as they are when patience ends; at once on SQLite."""
    for _look in range(1 if connection.vendor == "sqlite" else 100):
        if site.notice.heads() == wanted:
            break
        await asyncio.sleep(0.05)
    return site.notice.heads()


def run_the_site(story):
    """Let a coroutine talk to the real application, started and ended as a server does."""

    async def live():
        async with started(the_site()) as site:
            await heads_of(site)
            try:
                return await asyncio.wait_for(story(site), 2 * PATIENCE_SECONDS)
            finally:
                await hang_up(site)

    return asyncio.run(live())


async def heads_of(site):
    """Wait until the notice knows where the streams stand."""
    for _ in range(100):
        if site.notice.heads() is not None:
            return
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("method", ["GET", "POST"])
@in_a_loop
async def test_pages_take_what_is_sent_and_answer_in_pieces_or_whole(method):
    def handler(environ, start_response):
        sent = environ["wsgi.input"].read()
        start_response("202 Accepted", [("Content-Type", "text/plain"), ("X-Query", environ["QUERY_STRING"])])
        return StreamingHttpResponse([b"got ", sent or b"nothing"])

    got = await ask(Pages(handler), "/en/act?a=%20b", method=method, body=b"words" if method == "POST" else b"")

    assert (got.status, got.headers) == (202, {"content-type": "text/plain", "x-query": "a=%20b"})
    assert got.body == {"GET": b"got nothing", "POST": b"got words"}[method]


@in_a_loop
async def test_a_page_that_fails_takes_no_thread_with_it():
    def handler(environ, start_response):
        raise ZeroDivisionError

    pages = Pages(handler)
    failures = [type(await failure_of(ask(pages, "/en"))) for _ in range(2 * THREADS)]

    assert failures == [ZeroDivisionError] * 2 * THREADS


async def failure_of(asked):
    try:
        return await asked
    except ZeroDivisionError as error:
        return error
