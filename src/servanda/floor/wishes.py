"""What stands beside the list: the interpreters' wish for slower speech, and exchanges of places that are asked for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

REST = timedelta(seconds=10)  # in which the wish is not said again: house practice


@dataclass(frozen=True, slots=True)
class Slower:
    """A wish for slower speech in the turn that goes on: since when it stands (UTC), and how often it was said.

    It names nobody: which booth could not follow is not kept.
    """

    since: datetime
    last_at: datetime
    times: int = 1

    def again(self, at: datetime) -> "Slower":
        """The same wish, said once more."""
        return replace(self, last_at=at, times=self.times + 1)

    def rests_at(self, at: datetime) -> bool:
        """Whether it was said so lately that saying it again tells nothing."""
        return at - self.last_at < REST


@dataclass(frozen=True, slots=True)
class Proposal:
    """An exchange of places: the request of who asks for it, that of whom they ask, and whether these agreed."""

    one: str
    other: str
    is_agreed: bool = False

    def names(self, *requests: str) -> bool:
        """Whether it is about one of some requests."""
        return self.one in requests or self.other in requests
