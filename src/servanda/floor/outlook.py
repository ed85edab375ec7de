"""Whether those who wait fit into what is left of the sitting, by their limits and by how long speakers have taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean
from zoneinfo import ZoneInfo

from servanda.common.wording import N_, Sentence
from servanda.floor.expecting import left_of
from servanda.floor.procedure import PRESENTERS, Waiting, queue, reckoned
from servanda.floor.state import Room
from servanda.programme.lengths import CHANGE_OVER
from servanda.programme.plan import Sitting

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

    `most`: as it would be if nobody who waits to make a statement had more seconds than that.
    """
    planned = next((each for each in room.plan.sittings if each.id == room.sitting), None)
    if planned is None:
        return None
    share = share_used(room)
    waiting = queue(room)
    limits = sum(reckoned(room, each.request) for each in waiting)
    if most is not None:
        limits -= sum(max(reckoned(room, each.request) - most, 0) for each in waiting if can_be_shortened(each))
    needed = timedelta(seconds=share * limits + CHANGE_OVER * len(waiting))
    needed += sum((left_of(turn, instant) for turn in room.going_on), timedelta())
    return Outlook(len(waiting), needed, time_left(room, planned, instant), share)


def can_be_shortened(waiting: Waiting) -> bool:
    """Whether a shorter limit is for this turn: a statement, and not of who presents the item."""
    return waiting.request.act == "statement" and waiting.rank != PRESENTERS


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


def time_left(room: Room, sitting: Sitting, at: datetime) -> timedelta:
    """How long the sitting that is open still has at an instant (UTC), in its own time; below zero when it is over."""
    return room.speed * (ends_at(room, sitting) - at)


def ends_at(room: Room, sitting: Sitting) -> datetime:
    """When the sitting that is open ends: by the programme on its day, on another after its planned length."""
    here, opened_at = ZoneInfo(room.plan.timezone), room.sittings[-1].opened_at
    start, end = (datetime.combine(sitting.day, each, here) for each in (sitting.start, sitting.end))
    on_its_day = opened_at.astimezone(here).date() == sitting.day and room.speed == 1
    return end if on_its_day else opened_at + (end - start) / room.speed


def minutes(length: timedelta) -> int:
    """A length in whole minutes."""
    return round(length.total_seconds() / 60)
