"""Pages asked through Django's own client, over the real pack."""

import pytest

from servanda.site.loading import load, read_packs


@pytest.fixture
def loaded(db):
    """The register with the Anti-Personnel Mine Ban Convention taken in."""
    (contents,) = read_packs(["apmbc"])
    return load(contents, by="test")
