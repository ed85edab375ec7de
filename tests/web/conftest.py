"""Pages asked through Django's own client, over the real pack."""

from functools import cache

import pytest

from servanda.site.loading import load, read_packs


@cache
def contents():
    """The pack, read once for all tests."""
    (found,) = read_packs(["apmbc"])
    return found


@pytest.fixture
def loaded(db):
    """The register with the Anti-Personnel Mine Ban Convention taken in."""
    return load(contents(), by="test")
