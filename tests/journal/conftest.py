"""Kinds of entry that exist in these tests only, and a clock that stands still."""

from datetime import UTC, datetime

import pytest

from servanda.journal import actions
from servanda.journal.kinds import KINDS, Kind

NOON = datetime(2024, 6, 18, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    for name in ("floor-given", "list-closed"):
        monkeypatch.setitem(KINDS, name, Kind(name))


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(actions, "now", lambda: NOON)
