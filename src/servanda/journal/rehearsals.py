"""Rehearsals: streams below that of a meeting (`<meeting>/rehearsal-1`), of which nothing ever comes.

Whoever approves, issues, publishes or writes back asks `require_real` first, with the name or address it was given.
"""

import re

from servanda.common.refusals import Refusal

REHEARSAL = re.compile(r"(?P<meeting>.+)/(?P<name>rehearsal-(?P<number>[0-9]{1,6}))")
BELOW = re.compile(r"/rehearsal-[0-9]{1,6}(?:/|$)")


class ARehearsalOnly(Refusal):
    """Something of a rehearsal is to be approved, issued, published or written back."""

    def __init__(self, named: str, act: str) -> None:
        super().__init__(
            f"{named[:80]} is of a rehearsal; it cannot be {act}.",
            "Nobody said what stands there.",
            "Name the meeting itself: only what was held on its own floor can be.",
        )


def require_real(named: str, act: str) -> None:
    """Raise ARehearsalOnly for the name of a stream, or an address, of a rehearsal; `act` is what it cannot be."""
    if BELOW.search(named):
        raise ARehearsalOnly(named, act)
