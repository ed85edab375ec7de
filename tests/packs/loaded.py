"""Fixtures: packs taken into the database. What one test loads, no other remembers."""

import pytest

from servanda.convention.checking import read_pack
from servanda.programme.queries import derivation_at, plan_at
from servanda.register.queries import registers
from servanda.site.loading import load
from tests.packs.shelf import contents_of


@pytest.fixture
def fresh_memory():
    """Registers and tiers are kept by journal number, and every test begins again at one."""
    forget()
    yield
    forget()


def forget():
    """Forget every register and whatever was made of one."""
    registers.clear()
    derivation_at.cache_clear()
    plan_at.cache_clear()


@pytest.fixture
def toy(db, fresh_memory):
    """The invented treaty, loaded."""
    return load(contents_of("toy"), by="test")


@pytest.fixture
def apmbc(db, fresh_memory):
    """The real pack, loaded."""
    return load(contents_of("apmbc"), by="test")


def load_folder(folder):
    """Load the pack in a folder."""
    return load(read_pack(folder), by="test")
