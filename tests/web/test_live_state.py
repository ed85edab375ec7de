"""The floor as it is told live: a state that is asked for, the events after it, and whoever asks by long poll."""

import asyncio
import json

import pytest
from django.db import connections
from django.test import Client

from servanda.common.clock import now_ns
from servanda.floor.actions import open_floor, perform, rules_for
from servanda.floor.log import Asked, FloorGiven, ItemTaken, ListClosed, SittingOpened, Speaker, TurnEnded, Undone
from servanda.floor.queries import ROOMS, room
from servanda.journal.actions import append
from servanda.journal.kinds import Kind, declare
from servanda.programme.queries import plan
from servanda.site.asgi import the_site
from servanda.site.loading import load
from tests.site.talk import Connection, ask, hang_up, in_a_loop
from tests.site.test_asgi import heads_of, heads_until
from tests.web.conftest import contents

OTHER = declare(Kind("test-of-another-room"))
STREAM = "apmbc/IM2024"
REHEARSAL = "apmbc/IM2024/rehearsal-1"


@pytest.fixture
def floors(transactional_db):
    """The floor of a meeting, and that of a rehearsal of it."""
    ROOMS.clear()
    load(contents(), by="test")
    for rehearsal in ("", "rehearsal-1"):
        open_floor(
            convention="apmbc", meeting="IM2024", plan=plan("apmbc", "IM2024"), version=1, by="test",
            rules=rules_for("apmbc", "IM2024"), rehearsal=rehearsal,
            participants=dict.fromkeys(("TCD", "KHM"), "states_parties"),
        )  # fmt: skip
    yield
    ROOMS.clear()


def do(*acts, stream=STREAM):
    for act in acts:
        perform(stream=stream, act=act, by="test")


def request(code):
    return Asked(code, "3", Speaker("states_parties", code))


BEGINNING = (SittingOpened("day-1-morning"), ItemTaken("3"), request("TCD"), request("KHM"))
ACTS = (FloorGiven("TCD", 180), TurnEnded(), ListClosed("3"), FloorGiven("KHM", 60))


def state(client, language="en", stream=STREAM):
    return json.loads(client.get(f"/live/{stream}/state.json?language={language}").content)


def told_by(story):
    """What a story with the running site gives back."""

    @in_a_loop
    async def run():
        site = the_site()
        await site.start()
        await heads_of(site)
        try:
            return await story(site)
        finally:
            await hang_up(site)
            await site.close()

    return run()


def do_apart(act):
    """An act in a thread of its own, which leaves no connection behind."""
    do(act)
    connections.close_all()


def floor_in(message):
    """The floor that the last event of a message carries."""
    data = message["body"].decode().strip().split("\n\n")[-1].split("data: ")[1]
    return json.loads(data)["floor"]


def test_whoever_asks_for_what_is_not_there_is_told_so_and_pushes_no_room_out(floors, client):
    room(STREAM), room(REHEARSAL)

    answers = [client.get(f"/live/apmbc/NOPE-{each}/state.json").status_code for each in range(20)]
    unopened = client.get("/live/apmbc/IM2023/state.json").status_code

    assert (set(answers), unopened) == ({404}, 409)
    assert {*ROOMS} == {STREAM, REHEARSAL}


def test_a_state_and_the_events_after_it_are_the_state_asked_for_later(floors):
    do(*BEGINNING)
    before = state(Client())["floor"]

    async def story(site):
        reader = Connection(site, f"/live/{STREAM}/events?after={before['number']}")
        await reader.next(), await reader.next()
        heard = []
        for act in ACTS:
            await asyncio.to_thread(do_apart, act)
            site.hub.notify()
            heard.append(floor_in(await reader.next()))
        return heard

    heard = told_by(story)

    assert [each["number"] for each in heard] == [before["number"] + count for count in range(1, 5)]
    assert heard[-1] == state(Client())["floor"]
    assert heard[-1]["turn"]["speaker"]["code"] == "KHM"


def test_whoever_comes_back_hears_the_present_state_and_every_number(floors):
    do(*BEGINNING, *ACTS)

    async def story(site):
        reader = Connection(site, f"/live/{STREAM}/events", headers={"Last-Event-ID": "5"})
        await reader.next(), await reader.next()
        return await reader.next()

    message = told_by(story)

    ids = [int(line[4:]) for line in message["body"].decode().splitlines() if line.startswith("id: ")]
    assert ids == list(range(6, room(STREAM).number + 1))
    assert floor_in(message) == state(Client())["floor"]


def test_what_is_undone_is_told_as_it_was(floors):
    do(*BEGINNING)
    before = state(Client())["floor"]
    do(FloorGiven("TCD", 180), Undone(room(STREAM).number + 1))

    after = state(Client())["floor"]

    assert after | {"number": 0, "at_ms": 0} == before | {"number": 0, "at_ms": 0}


def test_an_event_is_the_same_bytes_for_every_reader(floors):
    do(*BEGINNING)

    async def story(site):
        readers = [Connection(site, f"/live/{STREAM}/events") for _ in range(3)]
        for reader in readers:
            await reader.next(), await reader.next()
        await asyncio.to_thread(do_apart, ACTS[0])
        site.hub.notify()
        return [await reader.next() for reader in readers]

    first, *others = told_by(story)

    assert floor_in(first)["turn"]["speaker"]["code"] == "TCD"
    assert all(message is first for message in others)


def test_a_long_poll_answers_as_soon_as_there_is_something_else_after_a_while(floors, monkeypatch):
    do(*BEGINNING)
    number = room(STREAM).number
    monkeypatch.setattr("servanda.web.live.stream.POLL_SECONDS", 0.1)

    async def story(site):
        empty = await ask(site, f"/live/{STREAM}/next?after={number}")
        behind = await ask(site, f"/live/{STREAM}/next?after={number - 1}")
        monkeypatch.setattr("servanda.web.live.stream.POLL_SECONDS", 4)
        waiting = Connection(site, f"/live/{STREAM}/next?after={number}")
        await asyncio.sleep(0.05)
        await asyncio.to_thread(do_apart, ACTS[0])
        site.hub.notify()
        return empty, behind, await waiting.whole()

    empty, behind, woken = told_by(story)

    assert json.loads(empty.body) == {"number": number}
    assert json.loads(behind.body)["floor"]["number"] == number
    assert json.loads(woken.body)["number"] == number + 1
    assert (woken.headers["content-type"], woken.headers["cache-control"]) == ("application/json", "no-store")


def test_a_state_is_kept_while_its_stream_stands_and_is_never_older_than_it(floors):
    do(*BEGINNING)

    async def story(site):
        first = await ask(site, f"/live/{STREAM}/state.json")
        kept = [numbers for answer in site.stored.store.answers.values() for numbers in answer.numbers]
        stood = site.notice.heads()
        await asyncio.to_thread(do_apart, ACTS[0])
        await heads_until(site, {**stood, STREAM: stood[STREAM] + 1})
        return first, kept, await ask(site, f"/live/{STREAM}/state.json")

    first, kept, second = told_by(story)

    assert kept == [(STREAM, json.loads(first.body)["floor"]["number"])]
    assert json.loads(second.body)["floor"]["number"] == kept[0][1] + 1


def test_an_entry_of_another_room_moves_the_number_on(floors):
    before = state(Client())["floor"]["number"]

    append(stream=STREAM, kind=OTHER.name, body={}, by="test")

    assert state(Client())["floor"]["number"] == before + 1


def test_a_rehearsal_is_told_at_its_own_address_marked_and_to_no_search_engine(floors):
    do(*BEGINNING, stream=REHEARSAL)

    async def story(site):
        reader = Connection(site, f"/live/{REHEARSAL}/events?after=1")
        await reader.next(), await reader.next()
        strange = await ask(site, "/live/apmbc/IM2024/rehearsal-2/events")
        return floor_in(await reader.next()), strange

    floor, strange = told_by(story)
    answer = Client().get(f"/live/{REHEARSAL}/state.json")

    assert (floor["rehearsal"], state(Client())["floor"]["rehearsal"]) == (True, False)
    assert state(Client())["floor"]["item"] is None
    assert answer["X-Robots-Tag"] == "noindex"
    assert (strange.status, strange.body.decode().splitlines()[0]) == (
        404, "No meeting IM2024/rehearsal-2 of a convention apmbc is known here.",
    )  # fmt: skip


def test_a_state_says_the_words_of_the_language_asked_for(floors):
    do(*BEGINNING)

    told = state(Client(), "ar")

    assert told["words"]["speakers"] == {"TCD": "تشاد", "KHM": "كمبوديا"}
    assert Client().get(f"/live/{STREAM}/state.json?language=de").status_code == 400


def test_a_meeting_whose_floor_is_not_open_has_no_state(floors):
    answer = Client().get("/live/apmbc/21MSP/state.json")

    assert "The floor of this meeting is not open." in answer.content.decode()


def test_the_clock_tells_the_present_in_nanoseconds(floors):
    before = now_ns()

    told = told_by(lambda site: ask(site, "/live/clock"))

    assert before <= json.loads(told.body)["now_ns"] <= now_ns()
    assert told.headers["cache-control"] == "no-store"
