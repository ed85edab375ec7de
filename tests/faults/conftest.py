"""Houses: one for the faults of a server, on a database of its own."""

import pytest

from tests.faults.house import House
from tests.processes import own_database


@pytest.fixture(scope="package")
def house(tmp_path_factory):
    """A house that serves, with seven rehearsals to try faults on and 200 desks at the first."""
    with own_database(tmp_path_factory.mktemp("faults") / "data") as environment:
        made = House.prepared(environment, 7, 200)
        yield made
        made.close()
