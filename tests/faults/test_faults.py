"""What goes wrong in a hall: the server is killed, clicks come twice and at once, the disk is full."""

import contextlib
import os
import re
import secrets
import signal
import threading
import time
from collections import Counter
from datetime import datetime

import psycopg
import pytest

from servanda.site.serving import PortInUse, check_address
from tests.conftest import POSTGRESQL
from tests.faults.house import HOST, PATIENCE, Browser, Busy, refusal_in

pytestmark = pytest.mark.slow

LISTED_AS = re.compile(r'value="(console-[\w-]+)" form="order"')
FULL = "This could not be written down: the disk of the server is full, or it fails."
NO_ROOM = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
"""
LISTED = ("Chad", "Cambodia", "Ukraine", "Angola", "Yemen", "Serbia")


def enter_somebody(console, turn, once):
    """A group is entered; there are always more of them."""
    return console.act("ask", once, who=f"Group {turn}", sort="groups", act="statement", reason="for the test")


def marks(house, stream):
    """The marks of the clicks that entered somebody, by how often each stands in the journal."""
    asked = [body["request"] for kind, body in house.journal.acts(stream) if kind == "asked"]
    return Counter(each.split("-")[1] for each in asked)


def test_a_server_killed_in_mid_speech_goes_on_with_the_clock_and_has_lost_no_act(house):
    console, other = house.floor(2, "Chad")
    console.must("give", request=request_of(house, console, "TCD"))
    before = house.state(console.stream)["floor"]["turn"]

    with Busy(other, enter_somebody) as busy:
        busy.reach(15)
        house.kill()
    house.serve()

    after = house.state(console.stream)["floor"]["turn"]
    assert after == before
    assert after["clock"]["running_since_ms"] == after["clock"]["started_at_ms"]
    entered = marks(house, console.stream)
    assert [entered[once] for once, _ in busy.done] == [1] * len(busy.done)
    assert entered.total() - 1 - len(busy.done) in (0, 1)
    assert busy.failed == []
    assert house.journal.faults(console.stream) == []
    console.must("end", turn=before["number"])
    assert house.state(console.stream)["held"][-1]["clock"]["used_ms"] == spoken_ms(house, console.stream)


def test_a_server_of_which_one_process_alone_is_killed_leaves_its_port_to_the_next(house):
    first, left = house.server, time.monotonic() + 5

    os.kill(first.pid, signal.SIGKILL)
    first.wait(PATIENCE)
    try:
        while not is_free(house.port) and time.monotonic() < left:
            time.sleep(0.02)
        assert is_free(house.port)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(first.pid, signal.SIGKILL)
        house.serve()


def is_free(port):
    """Whether a server could begin at a port."""
    try:
        check_address(HOST, port)
    except PortInUse:
        return False
    return True


def request_of(house, console, code):
    """The request of a State on a floor."""
    acts = house.journal.acts(console.stream)
    return next(body["request"] for kind, body in acts if kind == "asked" and body["speaker"]["code"] == code)


def spoken_ms(house, stream):
    """How long the last turn lasted, by the entries that began and ended it."""
    at = {entry.kind: datetime.fromisoformat(entry.at) for entry in house.journal.entries(stream)}
    lasted = at["turn-ended"] - at["floor-given"]
    return int(lasted.total_seconds() * 1000)


def test_two_consoles_reorder_at_once_and_each_click_is_one_act_however_often_it_comes(house):
    consoles = house.floor(3, *LISTED)
    requests = {body["request"] for kind, body in house.journal.acts(consoles[0].stream) if kind == "asked"}
    clicks = {}

    def click(console, once, fields):
        clicks.setdefault(once, []).append(console.act("move", once, **fields))

    ways = [(request, way) for request in sorted(requests) for way in ("up", "down")]
    for request, way in ways:
        sent = [(console, secrets.token_hex(12)) for console in consoles]
        fields = {"request": request, "way": way, "reason": "for the test"}
        threads = [threading.Thread(target=click, args=(*each, fields)) for each in sent for _twice in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    outcomes = {once: {status for status, _ in answers} for once, answers in clicks.items()}
    done = [once for once, statuses in outcomes.items() if 302 in statuses]
    refused = {refusal_in(page)[0] for answers in clicks.values() for status, page in answers if status != 302}
    moved = [body for kind, body in house.journal.acts(consoles[0].stream) if kind == "moved"]
    assert len(clicks) == 2 * len(ways)
    assert len(moved) == len(done)
    assert all(said.endswith((" is the first of the list already.", " is the last of the list already."))
               for said in refused)  # fmt: skip
    assert house.journal.faults(consoles[0].stream) == []
    first, second = (listed(console) for console in consoles)
    assert first == second
    assert sorted(first) == sorted(requests)


def listed(console):
    """The requests on the list of a console, in their order."""
    return LISTED_AS.findall(console.get(f"{console.here}?part=queue")[1])


def test_a_full_disk_refuses_the_act_says_so_and_goes_on_when_there_is_room(house):
    console, other = house.floor(4, "Chad")
    console.must("give", request=request_of(house, console, "TCD"))
    desk = Browser(house.port)
    before = house.journal.entries(console.stream)

    with full_disk(house):
        status, page = console.act("ask", "a" * 16, who="Cambodia", act="statement", reason="for the minister")
        entering, door = desk.post(f"/en/enter/{house.links['consoles']['5'][0]}/")
        seen = other.get(other.here)
        held = house.journal.entries(console.stream)
    again, _ = console.act("ask", "a" * 16, who="Cambodia", act="statement", reason="for the minister")

    assert (status, refusal_in(page)[0]) == (507, FULL)
    assert refusal_in(page)[1].startswith("Nothing of it was kept, and all that was confirmed before is safe.")
    assert 'value="for the minister"' in page
    assert (entering, refusal_in(door)[0]) == (507, FULL)
    assert (seen[0], "Chad" in seen[1]) == (200, True)
    assert held == before
    assert (again, marks(house, console.stream)["a" * 16]) == (302, 1)
    assert "The database failed: " in house.said.read_text()
    assert house.journal.faults(console.stream) == []


@contextlib.contextmanager
def full_disk(house):
    """No room for the database: no file may grow beyond a few bytes; PostgreSQL says so of its own disk."""
    if not POSTGRESQL:
        with house.files_no_larger_than(4096):
            yield
        return
    tables = ("journal_entry", "django_session")
    with psycopg.connect(house.environment["DATABASE_URL"], autocommit=True) as database:
        database.execute(NO_ROOM)
        for table in tables:
            database.execute(f"CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()")
        try:
            yield
        finally:
            database.execute("DROP FUNCTION no_room CASCADE")
