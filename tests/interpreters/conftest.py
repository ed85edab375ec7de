"""The interpreters' desk beside the desks of delegations, on the floor of June 2024."""

import pytest

from servanda.floor.log import Asked, FloorGiven, ItemTaken, SittingOpened, Speaker
from tests.delegation.conftest import apmbc, client_of, floor, forgotten, fresh_memory, opening
from tests.floor.conftest import do

__all__ = ["apmbc", "client_of", "floor", "forgotten", "fresh_memory", "opening"]


@pytest.fixture
def item_3(floor):
    """Item 3 is under consideration, and Chad and Cambodia wait."""
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("3"))
    for code in ("TCD", "KHM"):
        do(Asked(code, "3", Speaker("states_parties", code)))


@pytest.fixture
def speaking(item_3):
    """Chad has the floor."""
    do(FloorGiven("TCD", 180))


@pytest.fixture
def booth(floor, client_of):
    """A browser that sits at the interpreters' desk."""
    return client_of(kind="interpreters")


@pytest.fixture
def chair(floor, client_of):
    """A browser that sits at the console."""
    return client_of(kind="console")
