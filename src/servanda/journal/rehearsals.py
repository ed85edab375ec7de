"""Rehearsals: streams below that of a meeting (`apmbc/IM2024/rehearsal-1`), from which nothing ever comes of it.

Whoever approves, issues, publishes or writes back asks `require_real` first, with the name that it was given.
"""

import re

from servanda.common.refusals import Refusal

REHEARSAL = re.compile(r"(?P<meeting>.+)/(?P<name>rehearsal-(?P<number>[0-9]{1,6}))")


class ARehearsalOnly(Refusal):
    """A rehearsal is to be approved, issued, published or written back."""

    def __init__(self, stream: str, act: str) -> None:
        super().__init__(
            f"{stream} is a rehearsal; it cannot be {act}.",
            "Nobody said what stands in it.",
            "Name the meeting itself: only what was held on its own floor can be.",
        )


def is_rehearsal(stream: str) -> bool:
    """Whether a stream is that of a rehearsal."""
    return REHEARSAL.fullmatch(stream) is not None


def require_real(stream: str, act: str) -> None:
    """Raise ARehearsalOnly for a stream, or the name of one, that is a rehearsal; `act` is what it cannot be."""
    if is_rehearsal(stream):
        raise ARehearsalOnly(stream, act)
