"""The floor in the journal: a click is one act, two consoles end in one state, and no process shows an old room."""

import json
from datetime import timedelta

import pytest

from servanda.common.clock import now
from servanda.floor.log import FloorGiven, ItemTaken, ListClosed, Moved, SittingOpened, TurnEnded, Undone, body_of
from servanda.floor.procedure import queue, who_is_next
from servanda.floor.queries import ROOMS, room, room_at
from servanda.floor.refusals import FloorIsNotOpen, ListStands, NobodyHasTheFloor
from servanda.journal.actions import KeyIsTaken, OutOfStep
from servanda.journal.queries import head
from tests.floor.conftest import STREAM, ask, do
from tests.processes import own_database, run, start

database = pytest.mark.django_db
OPEN = """
from servanda.floor.actions import perform
from servanda.floor.log import ItemTaken, SittingOpened, act_of
opening = act_of("floor-opened", json.load(open(sys.argv[1])))
for act in (opening, SittingOpened("day-1-morning"), ItemTaken("2")):
    perform(stream="apmbc/IM2024", act=act, by="test")
"""
CONSOLE = """
from servanda.common.refusals import Refusal
from servanda.floor.actions import perform
from servanda.floor.log import Asked, FloorGiven, Speaker, TurnEnded
from servanda.floor.procedure import limit_for, who_is_next
from servanda.floor.queries import room
stream, who, codes = "apmbc/IM2024", sys.argv[1], sys.argv[2].split(",")
print("ready", flush=True)
sys.stdin.readline()
done = []
for code in codes:
    seen = room(stream)
    acts = [Asked(code, "2", Speaker("states_parties", code))]
    following = who_is_next(seen)
    if seen.turn is None and following is not None:
        acts.append(FloorGiven(following.request.id, limit_for(seen, following.request)))
    else:
        acts.append(TurnEnded())
    for act in acts:
        try:
            perform(stream=stream, act=act, by=who, key=f"{who}-{code}-{act.kind}")
            done.append([act.kind, "done"])
        except Refusal as refusal:
            done.append([act.kind, type(refusal).__name__])
print(json.dumps(done), flush=True)
"""
TELL = """
from servanda.floor.queries import ROOMS, room
from servanda.journal.queries import entries, verify
read = room("apmbc/IM2024")
told = {
    "requests": {name: each.standing for name, each in read.requests.items()},
    "turns": [turn.request for turn in read.turns],
    "kinds": [[entry.kind, entry.by] for entry in entries("apmbc/IM2024", after=3)],
    "findings": list(map(str, verify("apmbc/IM2024"))),
}
print(json.dumps(told))
"""


@database
def test_a_click_that_is_sent_twice_is_one_act(floor):
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("2"))

    once = do(ListClosed("2"), key="click-1")
    twice = do(ListClosed("2"), key="click-1")

    assert (once.number, head(STREAM)) == (twice.number, once.number)
    with pytest.raises(ListStands, match=r"^The list of speakers on item 2 is closed already\."):
        do(ListClosed("2"), key="click-2")


@database
def test_a_late_click_is_still_one_act_when_others_have_acted_since(floor):
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("2"))
    ask("TCD", "2")
    do(FloorGiven("TCD-2-statement", 180), key="give")
    ended = do(TurnEnded(), key="end")

    again = do(FloorGiven("TCD-2-statement", 180), key="give")

    assert again == ended
    assert len(again.turns) == 1


@database
def test_a_key_that_was_used_stands_for_no_other_act(floor):
    do(SittingOpened("day-1-morning"), key="click-1")

    with pytest.raises(KeyIsTaken, match=r"^The key 'click-1' was used already, for another act\."):
        do(ItemTaken("2"), key="click-1")

    assert room(STREAM).item is None


@database
def test_an_act_that_expects_the_room_as_it_no_longer_is_is_refused(floor):
    seen = do(SittingOpened("day-1-morning")).number
    do(ItemTaken("2"))

    with pytest.raises(
        OutOfStep, match=r"stands at 3, not at 2\. Someone acted in between\. Entry 3 \(item-taken, by test\)"
    ):
        do(ListClosed("2"), expected=seen)

    assert room(STREAM).closed == frozenset()


@database
def test_what_is_refused_leaves_no_trace(floor):
    before = do(SittingOpened("day-1-morning"))

    with pytest.raises(NobodyHasTheFloor):
        do(TurnEnded(), key="end")

    assert (room(STREAM), head(STREAM)) == (before, before.number)


@database
@pytest.mark.parametrize("moved", [timedelta(hours=2), timedelta(hours=-2)], ids=["ahead", "behind"])
def test_an_instant_from_a_console_off_the_network_never_turns_the_time(floor, moved):
    opened = do(SittingOpened("day-1-morning"))

    told = do(ItemTaken("2"), performed_at=now() + moved)

    assert opened.at <= told.at <= now()


@database
def test_the_room_at_every_number_is_the_one_that_was_there(floor):
    seen = [do(SittingOpened("day-1-morning")), do(ItemTaken("2")), ask("TCD", "2"), ask("KHM", "2")]
    seen += [do(Moved("KHM-2-statement", None, "as agreed")), do(ListClosed("2"))]
    seen.append(do(Undone(seen[-1].number)))

    ROOMS.clear()

    assert [room_at(STREAM, each.number) for each in seen] == seen
    assert who_is_next(room(STREAM)).request.speaker.code == "KHM"


@database
def test_nothing_is_done_on_a_floor_that_is_not_open():
    with pytest.raises(FloorIsNotOpen, match=r"^The floor of this meeting is not open\."):
        do(SittingOpened("day-1-morning"))


@database
def test_the_same_acts_in_any_order_of_arrival_leave_one_state_for_both_consoles(floor):
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("2"))
    for code in ("TCD", "KHM", "UKR"):
        ask(code, "2")
    seen = room(STREAM)

    do(Moved("UKR-2-statement", None, "one console"), expected=seen.number)
    with pytest.raises(OutOfStep):
        do(Moved("KHM-2-statement", None, "the other console"), expected=seen.number)

    assert [each.request.speaker.code for each in queue(room(STREAM))] == ["UKR", "TCD", "KHM"]
    assert [each.reason for each in room(STREAM).departures] == ["one console"]


@pytest.mark.slow
def test_two_consoles_in_two_processes_do_each_act_once_or_are_refused_by_name(opening, tmp_path):
    codes = [["AFG", "AGO", "TCD", "KHM", "UKR"], ["TCD", "KHM", "SRB", "YEM", "AFG"]]
    told_once = tmp_path / "opening.json"
    told_once.write_text(json.dumps(body_of(opening)))
    with own_database(tmp_path) as environment:
        run(environment, OPEN, told_once)
        processes = [start(environment, CONSOLE, f"console-{at}", ",".join(each)) for at, each in enumerate(codes)]
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * 2
        told = [json.loads(process.communicate("\n")[0]) for process in processes]
        found = json.loads(run(environment, TELL))

    done = [[kind, f"console-{at}"] for at, each in enumerate(told) for kind, how in each if how == "done"]
    refused = {how for each in told for _kind, how in each} - {"done"}
    assert sorted(found["kinds"]) == sorted(done)
    assert sorted(found["requests"]) == sorted({*codes[0], *codes[1]})
    assert sum(kind == "asked" for kind, _by in done) == 7
    assert len(found["turns"]) == len(set(found["turns"]))
    assert "AlreadyOnTheList" in refused
    assert refused <= {"AlreadyOnTheList", "NobodyHasTheFloor", "NotInOrder", "NotWaiting", "SomebodyHasTheFloor"}
    assert found["findings"] == []
