"""Floors that are open."""

import pytest
from django.db import transaction

from servanda.common.clock import now
from servanda.convention.queries import pack
from servanda.floor.actions import open_floor, perform, rules_for
from servanda.floor.log import Asked, FloorGiven, Speaker, TurnEnded
from servanda.floor.procedure import limit_for, who_is_next
from servanda.floor.queries import ROOMS, acts_since, room
from servanda.programme.queries import plan
from servanda.site.loading import load
from tests.packs.shelf import contents_of

STREAM = "apmbc/IM2024"


@pytest.fixture(scope="session")
def opening(django_db_setup, django_db_blocker):
    """The act that opens the floor of June 2024: made once of the real pack, which is then forgotten."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(contents_of("apmbc"), by="test")
        parties = dict.fromkeys(pack("apmbc").states, "states_parties")
        open_floor(
            convention="apmbc", meeting="IM2024", plan=plan("apmbc", "IM2024"), version=1, by="test",
            rules=rules_for("apmbc", "IM2024"), participants=parties,
        )  # fmt: skip
        [made] = acts_since(STREAM, 0)
        transaction.set_rollback(True)
    ROOMS.clear()
    return made.act


@pytest.fixture
def floor(db, opening):
    """The floor of the meetings of June 2024, open, without anybody on a list; the journal holds nothing else."""
    ROOMS.clear()
    do(opening)
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
