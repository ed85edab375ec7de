"""The meters of the live floor, with tiny numbers: that they find what is lost, and that their console acts."""

import os
from http.cookies import SimpleCookie

import pytest

from benchmarks.crowd import Reader, crowd
from benchmarks.live import Extent, acted, faults, written_into
from benchmarks.measure import Measure, markdown
from benchmarks.pages import bare_server, served
from benchmarks.sitting import Console, call_to_order
from servanda.floor.queries import room
from tests.packs.loaded import apmbc, fresh_memory

__all__ = ["apmbc", "fresh_memory"]

EVENT = b"id: 7\nevent: notice\ndata: {}\n\n"


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The bare server, which keeps nothing for those who come back."""
    event = tmp_path_factory.mktemp("bare") / "event"
    event.write_bytes(EVENT)
    with served(bare_server("benchmarks.bare_stream"), dict(os.environ) | {"BARE_EVENT": str(event)}) as server:
        yield server


def test_each_reader_of_a_crowd_waits_for_an_act_and_hears_it(bare):
    with crowd(bare.address, "/", 5) as many:
        delays = many.delays(Console("").request())

        assert len(delays) == 5
        assert 0 < delays[0] <= delays[-1] < 20


def test_what_was_missed_while_away_is_found(bare):
    extent = Extent(steady_acts=8, a_second=100)
    with crowd(bare.address, "/", 4) as many:
        many.delays(Console("").request())
        readers = list(many.readers.values())
        first = readers[0].heard[-1][0] + 1
        acted(many, Console(""), extent, readers[:1])
        many.read_until(lambda: all(reader.heard[-1][0] >= first + 7 for reader in readers[1:]))

    wrong = [faults([number for number, _ in each.heard if number >= first], first, 8) for each in readers]

    assert wrong[0] > 0
    assert wrong[1:] == [0, 0, 0]


@pytest.mark.parametrize(
    ("heard", "wrong"),
    [([3, 4, 5], 0), ([3, 5], 1), ([], 3), ([3, 4, 4, 5], 1), ([4, 3, 5], 1), ([3, 4, 5, 6], 1)],
)
def test_lost_doubled_and_disordered_events_are_counted(heard, wrong):
    assert faults(heard, first=3, acts=3) == wrong


def test_an_event_that_comes_in_pieces_is_heard_once_it_is_whole():
    reader = Reader()
    reader.understand(1.0, b"HTTP/1.1 200 OK\r\n\r\nretry: 1\nid: 6\nevent: life\ndata: -\n\n" + EVENT[:9])

    reader.understand(2.0, EVENT[9:] + EVENT[:20])

    assert reader.heard == [(7, 2.0)]


def test_the_console_stops_and_starts_the_clock(apmbc, client):
    console = Console(call_to_order())
    runs = []
    for _ in range(2):
        head, _, form = console.request().decode().partition("\r\n\r\n")
        address, *lines = head.split("\r\n")
        client.cookies = SimpleCookie(dict(line.split(": ", 1) for line in lines)["Cookie"])
        answer = client.post(address.split()[1], form, content_type="application/x-www-form-urlencoded")
        runs.append((answer.status_code, room("apmbc/IM2024").turn.running_since is not None))

    assert runs == [(302, False), (302, True)]


def test_a_table_takes_the_place_of_the_one_before(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("above\n<!-- live -->\nold\n<!-- end of live -->\nbelow\n")

    written_into(page, markdown([Measure("act", 3, "ms", 2, aim=7.4, by_ratio=False)]))

    assert page.read_text().split("\n") == [
        "above",
        "<!-- live -->",
        "| measure | figure | bare baseline | ratio | aim | met |",
        "| --- | --- | --- | --- | --- | --- |",
        "| act | 3 ms | 2 ms | 1.5 | ≤ 7.4 ms | yes |",
        "<!-- end of live -->",
        "below",
        "",
    ]
