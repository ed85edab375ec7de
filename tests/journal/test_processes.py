"""Several processes at one journal: nothing is lost, nothing lands twice, whatever is killed."""

import json
import random
import signal

import pytest

from tests.conftest import POSTGRESQL
from tests.processes import own_database, run, servanda, start

pytestmark = pytest.mark.slow

STREAM = "apmbc/IM2024"
APPEND = """
from servanda.journal.actions import append
from servanda.journal.kinds import Kind, declare
declare(Kind("counted"))
who, count = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for turn in range(count):
    entry = append(stream="apmbc/IM2024", kind="counted", body={"turn": turn}, by=who)
    print(entry.number, entry.hash, flush=True)
"""
READ = """
from servanda.journal.kinds import Kind, declare
from servanda.journal.models import Entry
from servanda.journal.queries import heads, verify
declare(Kind("counted"))
rows = Entry.objects.order_by("stream__name", "number").values_list("number", "by", "body", "hash")
print(json.dumps({"entries": list(rows), "heads": heads(), "findings": list(map(str, verify()))}))
"""
COUNT = """
from servanda.convention.models import Meeting
from servanda.documents.models import Document
from servanda.journal.models import Entry, Stream
from servanda.register.models import Fact
print([kind.objects.count() for kind in (Fact, Meeting, Document, Entry, Stream)])
"""
LOAD_AND_DIE = """
import os, signal
import servanda.register.actions
from servanda.site.loading import load, read_packs
take_in = servanda.register.actions.take_in
def die(rows, *, number):
    take_in(rows[:len(rows) * int(sys.argv[1]) // 2], number=number)
    print("killed", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
servanda.register.actions.take_in = die
load(read_packs(["apmbc"])[0], by="test")
"""
WATCH = """
from servanda.journal.notice import Notice
notice = Notice()
print(json.dumps(notice.heads()), flush=True)
notice.subscribe(lambda: print(json.dumps([time.time(), notice.heads()]), flush=True))
notice.start()
sys.stdin.readline()
notice.close()
"""


@pytest.fixture
def environment(tmp_path):
    with own_database(tmp_path) as environment:
        yield environment


def begin(process):
    """Let a process that waits go on."""
    process.stdin.write("\n")
    process.stdin.flush()


def append_at_once(environment, count, each):
    """What each of some processes was told, entry by entry, when they all append at once."""
    processes = [start(environment, APPEND, f"seat-{number}", each) for number in range(count)]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * count
    for process in processes:
        begin(process)
    told = [process.communicate()[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0] * count
    return told


def test_eight_writers_at_once_lose_nothing_and_leave_no_gap(environment):
    told = append_at_once(environment, 8, 50)

    found = json.loads(run(environment, READ))
    assert [number for number, *_ in found["entries"]] == list(range(1, 401))
    assert found["heads"] == {STREAM: 400}
    assert found["findings"] == []
    for number, lines in enumerate(told):
        own = [(n, body, digest) for n, by, body, digest in found["entries"] if by == f"seat-{number}"]
        assert [body for _, body, _ in own] == [f'{{"turn":{turn}}}' for turn in range(50)]
        assert [f"{n} {digest}" for n, _, digest in own] == lines


def append_until_killed(environment, lines):
    """What a process acknowledged, entry by entry, before it was killed in the middle of its work."""
    with start(environment, APPEND, "chair", 1_000_000) as process:
        assert process.stdout.readline() == "ready\n"
        begin(process)
        told = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        told += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    return [line.split() for line in told if line.endswith("\n")]


def test_what_was_acknowledged_is_there_after_a_kill_and_the_next_goes_on(environment):
    told = []
    for _ in range(5):
        told += append_until_killed(environment, random.randint(5, 40))

    found = json.loads(run(environment, READ))
    held = {str(number): digest for number, _, _, digest in found["entries"]}
    assert {number: held.get(number) for number, _ in told} == dict(told)
    assert [number for number, *_ in found["entries"]] == list(range(1, len(held) + 1))
    assert len(told) <= len(held) <= len(told) + 5
    assert found["findings"] == []


@pytest.mark.parametrize("halves", [1, 2], ids=["half-way", "before-the-commit"])
def test_a_load_that_is_killed_lands_nothing(environment, halves):
    with start(environment, LOAD_AND_DIE, halves) as process:
        assert process.stdout.read() == "killed\n"
    assert process.returncode == -signal.SIGKILL
    assert run(environment, COUNT) == "[0, 0, 0, 0, 0]\n"

    first, second = servanda(environment, "load", "apmbc"), servanda(environment, "load", "apmbc")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "journal number 1: " in first.stdout
    assert second.stdout.endswith(": nothing new; the journal stands at 1\n")
    assert servanda(environment, "verify").stdout == ""


def test_a_notice_hears_of_another_process_within_a_second(environment):
    with start(environment, WATCH) as watching:
        before = json.loads(watching.stdout.readline())
        _, beginning = json.loads(watching.stdout.readline())
        appended_at = float(run(environment, f"{APPEND}\nprint(time.time())", "chair", 1).splitlines()[-1])
        heard_at, heads = json.loads(watching.stdout.readline())
        watching.communicate("\n")

    assert before == (None if POSTGRESQL else {})
    assert beginning == {}
    assert heads == {STREAM: 1}
    assert heard_at - appended_at < 1
    assert watching.returncode == 0
