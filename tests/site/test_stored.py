"""Stored bytes: what is kept, for how long it is sent again, and who never gets it."""

import asyncio
import gzip
import hashlib
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.http import HttpResponse

from servanda.common import clock
from servanda.site.stored import LARGEST_PART, OVERHEAD_BYTES, Answer, Store, Stored, takes_gzip
from servanda.web.live.messages import body, start
from servanda.web.storing import EVERY_STREAM, first_midnight, keep, midnight_after
from tests.site.talk import Connection, FakeJournal, ask, in_a_loop

PAGE = "<p>The deadline is 1 June 2030.</p>" * 100
NOON = datetime(2024, 6, 18, 12, tzinfo=UTC).timestamp()
EVENING = datetime(2024, 6, 18, 21, 59, 59, tzinfo=UTC).timestamp()
MIDNIGHT_IN_GENEVA = datetime(2024, 6, 18, 22, tzinfo=UTC).timestamp()


class Site:
    """A site of one page, and the store before it."""

    def __init__(self, *, limit_bytes=1_000_000, words=PAGE, marked=True, headers=None):
        self.journal = FakeJournal()
        self.journal.append("apmbc")
        self.now = NOON
        self.words, self.marked, self.headers = words, marked, headers or {}
        self.renderings = 0
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.store = Store(self.journal.heads, limit_bytes=limit_bytes, clock=lambda: self.now)
        self.stored = Stored(self.pages, self.store)

    async def pages(self, scope, receive, send):
        self.renderings += 1
        number = self.journal.heads() or {"apmbc": 1}
        response = HttpResponse(f"{self.renderings} {scope['path']} {self.words}")
        await self.may_go_on.wait()
        if self.marked:
            keep(response, numbers=number, zone="Europe/Zurich", day=date(2024, 6, 18))
        for name, value in self.headers.items():
            response[name] = value
        pairs = [(name.lower().encode(), value.encode()) for name, value in response.items()]
        await send(start(response.status_code, pairs))
        await send(body(response.content[:50], more=True))
        await send(body(response.content[50:]))

    async def get(self, path="/en/apmbc", **request):
        return await ask(self.stored, path, **request)


@in_a_loop
async def test_a_second_reader_gets_the_very_bytes_of_the_first():
    site = Site()

    first, second = await site.get(), await site.get()

    assert first == second
    assert first.body == f"1 /en/apmbc {PAGE}".encode()
    assert site.renderings == 1


@in_a_loop
async def test_every_reader_is_told_to_ask_again_and_gets_a_strong_tag():
    site = Site()

    got = await site.get()

    assert got.headers == {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "public, max-age=0, must-revalidate",
        "vary": "Accept-Encoding",
        "etag": f'"{hashlib.sha256(got.body).hexdigest()}"',
        "content-length": str(len(got.body)),
    }


@in_a_loop
async def test_a_new_number_in_a_stream_renders_anew():
    site = Site()
    await site.get()

    site.journal.append("apmbc")
    after = await site.get()

    assert after.body.startswith(b"2 ")
    assert (await site.get()) == after


@in_a_loop
async def test_a_number_in_another_stream_changes_nothing():
    site = Site()
    await site.get()

    site.journal.append("ccm")

    assert (await site.get()).body.startswith(b"1 ")


@in_a_loop
async def test_nothing_stored_is_sent_while_the_numbers_are_not_known():
    site = Site()
    await site.get()

    site.journal.known = False

    assert (await site.get()).body.startswith(b"2 ")


@in_a_loop
async def test_an_answer_ends_with_the_day_at_the_place():
    site = Site()
    await site.get()

    site.now = EVENING
    before = await site.get()
    site.now = MIDNIGHT_IN_GENEVA
    after = await site.get()

    assert before.body.startswith(b"1 ")
    assert after.body.startswith(b"2 ")


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        (date(2024, 6, 18), "UTC", datetime(2024, 6, 19, tzinfo=UTC)),
        (date(2024, 6, 18), "Europe/Zurich", datetime(2024, 6, 18, 22, tzinfo=UTC)),
        (date(2024, 10, 26), "Europe/Zurich", datetime(2024, 10, 26, 22, tzinfo=UTC)),
        (date(2024, 10, 27), "Europe/Zurich", datetime(2024, 10, 27, 23, tzinfo=UTC)),
        (date(2024, 12, 31), "Asia/Phnom_Penh", datetime(2024, 12, 31, 17, tzinfo=UTC)),
    ],
)
def test_midnight_is_that_of_the_place(day, zone, instant):
    assert midnight_after(day, zone) == instant


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "theme=lamp; sessionid=abc"},
        {"Authorization": "Bearer abc"},
        {"HX-Request": "true"},
        {"Range": "bytes=0-9"},
    ],
)
@in_a_loop
async def test_who_is_signed_in_or_asks_otherwise_is_served_afresh_and_leaves_nothing(headers):
    site = Site()

    theirs = await site.get(headers=headers)
    other = await site.get()
    again = await site.get(headers=headers)

    assert [got.body[:2] for got in (theirs, other, again)] == [b"1 ", b"2 ", b"3 "]
    assert (await site.get()).body == other.body


@in_a_loop
async def test_a_cookie_that_signs_nobody_in_does_not_matter():
    site = Site()
    await site.get()

    assert (await site.get(headers={"Cookie": "theme=lamp"})).body.startswith(b"1 ")


@in_a_loop
async def test_a_change_is_never_answered_from_the_store():
    site = Site()
    await site.get()

    assert (await site.get(method="POST")).body.startswith(b"2 ")


@pytest.mark.parametrize("path", ["/en/ccm", "/en/apmbc?on=2024-06-18", "/en/apmbc?"])
@in_a_loop
async def test_every_address_has_its_own_answer(path):
    site = Site()
    first = await site.get()

    other = await site.get(path)

    assert (other.body == first.body) == (path == "/en/apmbc?")


@in_a_loop
async def test_another_host_has_its_own_answer():
    site = Site()
    await site.get()

    assert (await site.get(headers={"Host": "elsewhere.example"})).body.startswith(b"2 ")


@in_a_loop
async def test_what_no_view_marked_is_rendered_each_time():
    site = Site(marked=False)

    bodies = [(await site.get()).body[:2] for _ in range(3)]

    assert bodies == [b"1 ", b"2 ", b"3 "]


@pytest.mark.parametrize("headers", [{"Set-Cookie": "a=b"}, {"Vary": "Accept-Encoding, Cookie"}])
@in_a_loop
async def test_what_differs_between_readers_is_not_kept_even_if_marked(headers):
    site = Site(headers=headers)
    await site.get()

    second = await site.get()

    assert second.body.startswith(b"2 ")
    assert "servanda" not in " ".join(second.headers)


@in_a_loop
async def test_an_address_that_was_passed_on_is_kept_once_its_view_marks_it():
    site = Site(marked=False)
    await site.get()

    site.marked = True
    await site.get()

    assert (await site.get()).body.startswith(b"2 ")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("headers", [{}, {"Cookie": "sessionid=a"}, {"Accept-Encoding": "gzip"}])
@in_a_loop
async def test_internal_headers_never_leave(method, headers):
    site = Site()

    answers = [await site.get(method=method, headers=headers) for _ in range(2)]

    assert [name for got in answers for name in got.headers if name.startswith("servanda")] == []


@in_a_loop
async def test_a_reader_that_holds_the_answer_is_told_that_nothing_changed():
    site = Site()
    tag = (await site.get()).headers["etag"]

    got = await site.get(headers={"If-None-Match": f'"other", W/{tag}'})

    assert (got.status, got.body) == (304, b"")
    assert got.headers == {
        "etag": tag,
        "cache-control": "public, max-age=0, must-revalidate",
        "vary": "Accept-Encoding",
    }


@in_a_loop
async def test_a_reader_that_holds_an_older_answer_gets_the_new_one():
    site = Site()
    tag = (await site.get()).headers["etag"]

    site.journal.append("apmbc")
    got = await site.get(headers={"If-None-Match": tag})

    assert got.status == 200
    assert got.headers["etag"] != tag


@in_a_loop
async def test_gzip_is_kept_beside_the_plain_bytes_with_a_tag_of_its_own():
    site = Site()
    plain = await site.get()

    small = await site.get(headers={"Accept-Encoding": "br, gzip"})
    unchanged = await site.get(headers={"Accept-Encoding": "gzip", "If-None-Match": small.headers["etag"]})

    assert gzip.decompress(small.body) == plain.body
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["content-length"] == str(len(small.body))
    assert small.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert site.renderings == 1


@in_a_loop
async def test_what_gzip_would_not_shorten_is_sent_plain():
    site = Site(words="short")

    got = await site.get(headers={"Accept-Encoding": "gzip"})

    assert got.body == b"1 /en/apmbc short"
    assert "content-encoding" not in got.headers


@pytest.mark.parametrize(
    ("encodings", "answer"),
    [
        (b"", False),
        (b"gzip", True),
        (b"deflate, GZIP;q=0.8", True),
        (b"gzip; q=0", False),
        (b"gzip;q=0.000", False),
        (b"gzip;q=0.001", True),
        (b"br", False),
        (b"x-gzip", False),
    ],
)
def test_gzip_is_for_those_who_take_it(encodings, answer):
    assert takes_gzip(encodings) is answer


@in_a_loop
async def test_head_gets_the_head_of_the_answer_alone():
    site = Site()

    before = await site.get(method="HEAD")
    whole = await site.get()
    after = await site.get(method="HEAD")

    assert (before.status, before.body) == (200, b"")
    assert (after.status, after.body, after.headers) == (200, b"", whole.headers)


@in_a_loop
async def test_the_answers_least_lately_asked_for_go_first():
    one = 2 * len(f"1 /a {PAGE}") // 2 + OVERHEAD_BYTES + 200
    site = Site(limit_bytes=LARGEST_PART * one, words=PAGE)
    paths = [f"/{number}" for number in range(40)]

    for path in paths:
        await site.get(path)
        await site.get("/0")
    rendered = site.renderings
    await site.get("/0")
    await site.get("/39")
    held = site.renderings
    await site.get("/1")

    assert rendered == held == 40
    assert site.renderings == 41
    assert site.store.bytes_held <= site.store.limit_bytes
    assert site.store.bytes_held == sum(answer.size for answer in site.store.answers.values())


@in_a_loop
async def test_one_answer_never_fills_the_store():
    site = Site(limit_bytes=LARGEST_PART * 3000)
    await site.get()

    again = await site.get()

    assert again.body.startswith(b"2 ")
    assert site.store.bytes_held == 0


@in_a_loop
async def test_equal_requests_at_once_are_rendered_once():
    site = Site()
    site.may_go_on.clear()

    asked = [Connection(site.stored, "/en/apmbc") for _ in range(20)]
    await asyncio.sleep(0.01)
    site.may_go_on.set()
    answers = [await connection.whole() for connection in asked]

    assert {got.body[:2] for got in answers} == {b"1 "}
    assert site.renderings == 1


@in_a_loop
async def test_who_asks_after_a_change_does_not_get_what_was_being_rendered_before_it():
    site = Site()
    site.may_go_on.clear()

    early = Connection(site.stored, "/en/apmbc")
    await asyncio.sleep(0.01)
    site.journal.append("apmbc")
    late = Connection(site.stored, "/en/apmbc")
    await asyncio.sleep(0.01)
    site.may_go_on.set()

    assert (await early.whole()).body.startswith(b"1 ")
    assert (await late.whole()).body.startswith(b"2 ")


@in_a_loop
async def test_a_view_that_fails_keeps_nobody_waiting():
    site = Site()

    async def fail(scope, receive, send):
        await asyncio.sleep(0.01)
        raise ZeroDivisionError

    site.stored.application = fail
    asked = [Connection(site.stored, "/en/apmbc") for _ in range(3)]
    failures = await asyncio.gather(*(connection.task for connection in asked), return_exceptions=True)

    assert [type(failure) for failure in failures] == [ZeroDivisionError] * 3


def test_the_mark_is_two_headers_and_leaves_the_bytes_alone():
    response = keep(HttpResponse("words"), numbers={"b": 2, "a": 1}, day=date(2024, 6, 18))

    assert settings.USE_TZ
    assert response.content == b"words"
    assert response["Servanda-Numbers"] == '{"a":1,"b":2}'
    assert response["Servanda-Good-Until"] == "1718755200.0"


def test_an_answer_about_all_streams_is_good_while_there_are_as_many():
    response = keep(HttpResponse(PAGE), numbers={"apmbc": 1, EVERY_STREAM: 1}, day=date(2024, 6, 18))
    answer = Answer.of([(name.lower().encode(), value.encode()) for name, value in response.items()], PAGE.encode())

    asked = [answer.is_good(heads, NOON) for heads in ({"apmbc": 1}, {"apmbc": 1, "ccm": 1}, {}, None)]

    assert asked == [True, False, False, False]


def test_an_answer_about_several_places_lasts_until_the_day_ends_at_the_first(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 6, 18, 21, tzinfo=UTC))

    found = [first_midnight(zones) for zones in (["Pacific/Honolulu", "Europe/Zurich"], ["Asia/Tokyo", "Etc/UTC"], [])]

    assert found == ["Europe/Zurich", "Etc/UTC", "UTC"]
