"""A desk: the invented treaty loaded, and accounts that may sit at it."""

import pytest

from servanda.people.actions import add_account
from tests.packs.loaded import fresh_memory, toy

__all__ = ["fresh_memory", "toy"]


@pytest.fixture
def desk(toy):
    """The invented treaty, loaded, with two accounts of the secretariat, `ada` and `ben`, and an administrator."""
    return {
        "ada": add_account(name="ada", seat="secretariat", by="test"),
        "ben": add_account(name="ben", seat="secretariat", by="test"),
        "cleo": add_account(name="cleo", seat="administrator", by="test"),
    }
