"""Whether those who wait fit into what is left of the sitting, by their limits and by how long speakers have taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean

from servanda.common.wording import N_, Sentence
from servanda.floor.advice import time_left
from servanda.floor.conditions import MOST_SECONDS
from servanda.floor.procedure import limit_for, queue
from servanda.floor.state import Room

CHANGE_OVER = timedelta(seconds=20)  # from one speaker to the next
WITHOUT_LIMIT = 300  # seconds that are reckoned where the rules set no limit
ENOUGH_TURNS = 3  # fewer say nothing of how long speakers take
TRIED = (180, 150, 120, 90, 60)  # seconds, where the list does not fit
LEAST_SHARE, MOST_SHARE = 0.3, 1.5


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long those who wait take, and how long the sitting still has; `share` of the limits is what they use."""

    speakers: int
    needed: timedelta
    left: timedelta
    share: float

    @property
    def fits(self) -> bool:
        """Whether those who wait fit into what is left."""
        return self.needed <= self.left

    @property
    def sentence(self) -> Sentence:
        """The same in words, in whole minutes."""
        needed, left = minutes(self.needed), minutes(self.left)
        if left < 0:
            words = N_("The sitting is {over} min over its time; those who wait ({speakers}) need about {needed} min.")
            return Sentence.of(words, over=-left, speakers=self.speakers, needed=needed)
        if needed > left:
            words = N_(
                "Those who wait ({speakers}) need about {needed} min; the sitting has {left} min left, "
                "{short} min too few."
            )
            return Sentence.of(words, speakers=self.speakers, needed=needed, left=left, short=needed - left)
        words = N_("Those who wait ({speakers}) need about {needed} min; the sitting has {left} min left.")
        return Sentence.of(words, speakers=self.speakers, needed=needed, left=left)


def outlook(room: Room, instant: datetime, most: int | None = None) -> Outlook | None:
    """The outlook of a room at an instant (UTC); None where no sitting is open.

    `most`: as it would be if nobody who waits had more seconds than that.
    """
    planned = next((each for each in room.plan.sittings if each.id == room.sitting), None)
    if planned is None:
        return None
    share = share_used(room)
    waiting = queue(room)
    limits = [min(limit_for(room, each.request) or WITHOUT_LIMIT, most or MOST_SECONDS) for each in waiting]
    needed = timedelta(seconds=share * sum(limits)) + CHANGE_OVER * len(waiting) + rest_of_turn(room, instant)
    return Outlook(len(waiting), needed, time_left(room, planned, instant), share)


def what_if(room: Room, instant: datetime) -> list[tuple[int, int, bool]]:
    """Limits in seconds, what the list would need with each in minutes, and whether it fits; none if it fits now."""
    now = outlook(room, instant)
    if now is None or now.fits:
        return []
    tried = [(most, outlook(room, instant, most)) for most in TRIED]
    return [(most, minutes(found.needed), found.fits) for most, found in tried if found and found.needed < now.needed]


def share_used(room: Room) -> float:
    """How much of their limits speakers have used at this meeting, 1 until enough have spoken."""
    shares = [turn.used.total_seconds() / turn.seconds for turn in room.turns if turn.is_over and turn.seconds]
    return min(max(mean(shares), LEAST_SHARE), MOST_SHARE) if len(shares) >= ENOUGH_TURNS else 1.0


def rest_of_turn(room: Room, instant: datetime) -> timedelta:
    """How long whoever has the floor may still take."""
    if room.turn is None:
        return timedelta()
    limit = timedelta(seconds=room.turn.seconds or WITHOUT_LIMIT)
    return max(limit - room.turn.used_at(instant), timedelta())


def minutes(length: timedelta) -> int:
    """A length in whole minutes."""
    return round(length.total_seconds() / 60)
