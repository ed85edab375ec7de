"""The packs, loaded, and floors that are open."""

import pytest

from servanda.common.clock import now
from servanda.convention.queries import pack
from servanda.floor.actions import open_floor, perform, rules_for
from servanda.floor.log import Asked, FloorGiven, Speaker, TurnEnded
from servanda.floor.procedure import limit_for, who_is_next
from servanda.floor.queries import ROOMS, room
from servanda.programme.queries import plan
from tests.packs.loaded import apmbc, fresh_memory, toy

__all__ = ["apmbc", "fresh_memory", "toy"]

STREAM = "apmbc/IM2024"


@pytest.fixture
def floor(apmbc):
    """The floor of the meetings of June 2024, open, without anybody on a list."""
    ROOMS.clear()
    parties = dict.fromkeys(pack("apmbc").states, "states_parties")
    open_floor(
        convention="apmbc", meeting="IM2024", plan=plan("apmbc", "IM2024"), version=1, by="test",
        rules=rules_for("apmbc", "IM2024"), participants=parties,
    )  # fmt: skip
    yield STREAM
    ROOMS.clear()


def do(act, **how):
    """An act on the floor, by the test."""
    return perform(stream=STREAM, act=act, by="test", **how)


def ask(code, item, act="statement", category="states_parties", **more):
    """A delegation asks for the floor."""
    return do(Asked(f"{code}-{item}-{act}", item, Speaker(category, code), act, **more))


def speak():
    """The next speaker is given the floor and finishes."""
    following = who_is_next(room(STREAM))
    do(FloorGiven(following.request.id, limit_for(room(STREAM), following.request)))
    return do(TurnEnded())


def moment():
    """Now, in UTC."""
    return now()
