"""The meetings of June 2024, to be rehearsed."""

import pytest

from servanda.floor.queries import ROOMS
from servanda.floor.replaying import open_rehearsal
from servanda.people.actions import add_account
from tests.packs.loaded import apmbc, fresh_memory

__all__ = ["apmbc", "fresh_memory"]

MEETING, REHEARSAL = "apmbc/IM2024", "apmbc/IM2024/rehearsal-1"


@pytest.fixture
def rehearsal(apmbc):
    """A rehearsal that was opened, and where nothing happened yet; the account `ada` of the secretariat."""
    ROOMS.clear()
    add_account(name="ada", seat="secretariat", by="test")
    yield open_rehearsal(convention="apmbc", meeting="IM2024", by="test", speed=60)
    ROOMS.clear()
