"""The script of a rehearsal, in memory: a whole meeting with a clock that jumps to whatever is due next."""

from collections import Counter
from dataclasses import replace
from functools import cache
from hashlib import sha256

import pytest

from servanda.convention.pack import Pack
from servanda.floor.commands import refuse
from servanda.floor.folding import after, fold
from servanda.floor.log import KINDS, FloorOpened, Logged, act_of, body_of
from servanda.floor.rehearsing import CARRIED, is_over, next_step, script_for
from tests.floor.hall import PARTICIPANTS, PLAN, START, opening, profile
from tests.packs.shelf import contents_of

ENOUGH = 3000  # acts; more than any rehearsal of the small meeting has
NEVER_PLAYED = {
    "moved", "exchanged", "exchange-proposed", "exchange-answered", "limit-set", "point-ruled",
    "slower-asked", "slower-passed-on",
}  # fmt: skip


@cache
def rules() -> Pack:
    """The rules of the pack, with what it knows of attendance."""
    return contents_of("apmbc").pack


def in_memory(first, script):
    """A whole rehearsal from its opening: its log and the room after it; every act judged before it is done."""
    log, room = [first], fold([first])
    while not is_over(script, room):
        assert len(log) < ENOUGH
        step = next_step(script, room)
        refuse(room, step.act, step.at)
        log.append(Logged(len(log) + 1, act_of(step.act.kind, body_of(step.act)), step.at, "replay"))
        room = after(room, log[-1])
    return log, room


@cache
def held(seed, speed=1):
    """A whole rehearsal of the small meeting."""
    first = Logged(1, replace(opening(profile()), rehearsal=True, speed=speed), START, "replay")
    return in_memory(first, script_for(PLAN, rules(), PARTICIPANTS, seed))


def acts(seed, speed=1):
    return [entry.act for entry in held(seed, speed)[0] if not isinstance(entry.act, FloorOpened)]


SEEDS = [f"rehearsal-{number}" for number in range(1, 25)]


def test_the_same_seed_gives_the_same_acts_at_every_speed_and_another_seed_others():
    assert acts("rehearsal-1") == acts("rehearsal-1", 60)
    assert acts("rehearsal-1") != acts("rehearsal-2")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rehearsal_ends_with_every_item_concluded_and_nobody_left(seed):
    log, room = held(seed)

    assert room.concluded == set(PLAN.items)
    assert {request.standing for request in room.requests.values()} <= {"spoken", "withdrawn", "struck"}
    assert [held.sitting for held in room.sittings] == [sitting.id for sitting in PLAN.sittings]
    assert replace(room, history=()) == replace(fold(log), history=())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_turn_takes_its_time_of_the_meeting_at_every_speed(seed):
    plain, fast = held(seed)[1], held(seed, 60)[1]

    assert [round(turn.used.total_seconds()) for turn in fast.turns] == [
        round(turn.used.total_seconds()) for turn in plain.turns
    ]
    shares = {round(turn.used.total_seconds() / (turn.seconds or 300), 2) for turn in plain.turns}
    assert max(shares) <= 1.25


def test_whatever_happens_at_a_meeting_happens_at_some_rehearsal():
    kinds = Counter(act.kind for seed in SEEDS for act in acts(seed))
    asked = Counter(act.act for seed in SEEDS for act in acts(seed) if act.kind == "asked")
    reasons = {act.reason for seed in SEEDS for act in acts(seed) if act.kind == "item-taken"}

    assert set(KINDS) - kinds.keys() == NEVER_PLAYED | {"floor-opened"}
    assert asked["reply"] > 0
    assert {"", CARRIED} >= reasons


def test_a_text_says_that_it_is_none():
    known = {sha256(f"Rehearsal text {number}".encode()).hexdigest() for number in range(1, 100)}
    texts = [act for seed in SEEDS for act in acts(seed) if act.kind == "statement-received"]

    assert {text.sha256 for text in texts if text.language == "en"} <= known
    assert len({text.language for text in texts}) > 1


def test_who_is_drawn_is_invited_or_may_ask():
    script = script_for(PLAN, rules(), PARTICIPANTS, "rehearsal-1")
    states = {
        (role.speaker.code, role.speaker.category)
        for roles in script.roles.values()
        for role in roles
        if role.speaker.category not in ("organizations", "officers")
    }

    assert states
    assert states <= set(PARTICIPANTS.items())
