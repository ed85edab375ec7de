"""A replay in the journal: a whole meeting, stopped and gone on with, beside people who act meanwhile."""

import time
from threading import Event

import pytest

from servanda.common import clock
from servanda.common.clock import Steady
from servanda.floor.actions import perform
from servanda.floor.log import Asked, ItemTaken, Speaker
from servanda.floor.queries import ROOMS, acts_since, room, room_at
from servanda.floor.rehearsing import Scene, is_over
from servanda.floor.replaying import CannotBeRehearsed, open_rehearsal, play, rehearsals, script_of
from servanda.journal.queries import entries, head, verify
from servanda.people.queries import links_of
from servanda.site.command import main
from tests.packs.loaded import toy
from tests.rehearsal.conftest import MEETING, REHEARSAL
from tests.rehearsal.test_script import in_memory

__all__ = ["toy"]


def played(stream, **how):
    """Played without waiting; the numbers that were told."""
    told = []
    play(stream=stream, script=script_of(stream, "one"), told=lambda found: told.append(found.number),
         stop=Event(), waits=False, **how)  # fmt: skip
    return told


def test_a_whole_meeting_is_played_and_after_every_stop_it_goes_on_as_if_there_was_none(rehearsal):
    script, told = script_of(rehearsal, "one"), []
    expected, _room = in_memory(acts_since(rehearsal, 0)[0], script)

    while not is_over(script, room(rehearsal)):
        ROOMS.clear()  # as after a restart
        told += played(rehearsal, steps=97)

    acts = [entry.act for entry in acts_since(rehearsal, 0)]
    assert acts == [entry.act for entry in expected]
    assert [act for act in acts if act.kind == "item-taken"].count(ItemTaken(script.moves_from)) == 2  # left, and back
    assert told == list(range(2, head(rehearsal) + 1))
    assert (room_at(rehearsal, head(rehearsal)), list(verify(rehearsal))) == (room(rehearsal), [])
    assert head(MEETING) == 0


def test_people_act_in_between_and_the_script_goes_on_up_to_the_end_of_a_sitting(rehearsal):
    played(rehearsal, steps=30)
    chad = Asked("by-hand", "2", Speaker("states_parties", "TCD"))
    perform(stream=rehearsal, act=chad, by="TCD-1")

    played(rehearsal, until="day-1-morning")

    assert [(held.sitting, held.closed_at is not None) for held in room(rehearsal).sittings] == [
        ("day-1-morning", True)
    ]
    assert room(rehearsal).requests["by-hand"].standing == "spoken"


class Patient(Event):
    """An event for which nobody waits: the clock jumps instead, and the time is counted."""

    waited = 0.0

    def wait(self, timeout=None):
        self.waited += timeout
        return self.is_set()


def test_an_act_waits_until_it_is_due_by_the_speed_and_who_stops_stops_the_clock(rehearsal, monkeypatch):
    stop, script = Patient(), script_of(rehearsal)
    monkeypatch.setattr(clock, "STEADY", Steady(lambda: time.time_ns() + int(stop.waited * 1e9)))

    play(stream=rehearsal, script=script, told=lambda _: None, stop=stop, steps=25)
    play(stream=rehearsal, script=script, told=lambda found: found.turn and stop.set(), stop=stop)

    here = room(rehearsal)
    first = next(turn for turn in here.turns if turn.is_over and turn.seconds)
    lasts = Scene(script, here).length(first)
    assert lasts <= first.used.total_seconds() < lasts + 60 * 5  # no more than five seconds were lost by a slow machine
    assert (here.turn.running_since, here.last.act.kind) == (None, "turn-paused")


def test_the_command_goes_on_with_what_a_replay_left_and_prints_what_is_durable(apmbc, capsys):
    ROOMS.clear()

    codes = [main(["replay", "apmbc", "IM2024", "--speed", "0", "--steps", "5"]) for _ in range(2)]
    unknown = main(["replay", "apmbc", "IM2024", "--rehearsal", "rehearsal-7"])

    printed = capsys.readouterr()
    assert (codes, unknown) == ([0, 0], 2)
    assert printed.out.splitlines() == [f"{entry.number} {entry.kind}" for entry in entries(REHEARSAL)]
    assert [(each.name, each.entries) for each in rehearsals("apmbc", "IM2024")] == [("rehearsal-1", 11)]
    assert printed.err.endswith(
        "There is no rehearsal 'rehearsal-7' of this meeting. Rehearsals: rehearsal-1. "
        "Name one of these, or begin a new one.\n"
    )
    ROOMS.clear()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["replay", "apmbc", "IM2024", "--until", "day-9-nonsense"], "Known: day-1-morning, "),
        (["replay", "apmbc", "IM2024", "--steps", "-1"], "'-1' is no number of acts"),
        (["link", "add", "apmbc", "IM2024", "--screen", "display", "--rehearsal", "rehearsal-77"], "Rehearsals: none."),
        (["link", "list", "apmbc", "IM2024", "--rehearsal", "rehearsal-77"], "Rehearsals: none."),
    ],
)
def test_what_is_not_there_is_wrong_usage_and_begins_nothing(apmbc, capsys, words, says):
    try:
        code = main(words)
    except SystemExit as ended:
        code = ended.code

    assert (code, says in capsys.readouterr().err) == (2, True)
    assert (rehearsals("apmbc", "IM2024"), links_of("apmbc/IM2024/rehearsal-77")) == ([], [])


def test_a_meeting_without_rules_of_its_floor_cannot_be_rehearsed(toy):
    with pytest.raises(CannotBeRehearsed) as refused:
        open_rehearsal(convention="toy", meeting="P1", by="test")

    assert "have no rules of the floor" in str(refused.value)
