"""What the floor advises, pure: what would move a request, who presents, and how a list could fit into its time.

Nothing here changes anything: each is a sentence or a proposal, and the act stays with the presiding officer.
"""

from dataclasses import dataclass
from datetime import datetime

from servanda.common.wording import N_, Sentence
from servanda.floor.log import LimitSet
from servanda.floor.outlook import Outlook, can_be_shortened, outlook
from servanda.floor.procedure import PRESENTERS, Waiting, group_of, is_due, queue, rank_of, reckoned
from servanda.floor.state import Request, Room
from servanda.programme.plan import Presenter


@dataclass(frozen=True, slots=True)
class Presenting:
    """Who was planned to present an item, and who was entered for it, in place of them or besides; either may lack."""

    planned: Presenter | None
    entered: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class Shortening:
    """A proposal where the list does not fit: the outlook as it is, how it would be, and what sets it so."""

    now: Outlook
    then: Outlook
    settings: tuple[LimitSet, ...]


def code_of(presenter: Presenter) -> str:
    """The code under which a planned presenter is entered: that of the organ, else its place among the presenters."""
    return presenter.organ or f"presenter-{presenter.order}"


def presenting(room: Room, item: str) -> tuple[Presenting, ...]:
    """The planned presenters of an item in their order, each with who was entered, and then those nobody planned."""
    entered = [each for each in room.of_item(item) if rank_of(each) == PRESENTERS and each.standing != "withdrawn"]
    planned = room.plan.items[item].presenters
    found = tuple(Presenting(each, answering(each, entered)) for each in planned)
    known = {request.id for each in found for request in each.entered}
    return (*found, *(Presenting(None, (request,)) for request in entered if request.id not in known))


def answering(planned: Presenter, entered: list[Request]) -> tuple[Request, ...]:
    """Who was entered as a planned presenter, or instead of them."""
    code = code_of(planned)
    return tuple(each for each in entered if code in (each.speaker.code, each.speaker.instead_of))


def what_would_move(room: Room, name: str, waiting: tuple[Waiting, ...] | None = None) -> tuple[Sentence, ...]:
    """What stands before a request and what would move it, in whole sentences; nothing if it does not wait.

    `waiting`: the list of its item, where the caller has it already.
    """
    request = room.requests[name]
    waiting = queue(room, request.item) if waiting is None else waiting
    place = next((at for at, each in enumerate(waiting) if each.request.id == name), None)
    if place is None:
        return ()
    return (
        how_many(place),
        *what_stands_before(room, request, waiting[:place]),
        *what_it_waits_for(room, request),
        *what_may_be_done(room, request, waiting),
    )


def how_many(place: int) -> Sentence:
    """How many are to be heard before."""
    if not place:
        return Sentence.of(N_("Nobody on the list of this item stands before it."))
    return Sentence.of(N_("On the list of this item {count} stand before it."), count=place)


def what_stands_before(room: Room, request: Request, before: tuple[Waiting, ...]) -> list[Sentence]:
    """What those before it are: points, presenters, earlier groups of speakers, the same group."""
    own, found = group_of(request), []
    if any(rank_of(each.request) < rank_of(request) for each in before):
        found.append(
            Sentence.of(N_("Points of order, and who presents the item, come before statements; these before replies."))
        )
    tiers = {each.tier.kind: each.tier for each in before if each.tier and group_of(each.request) != own}
    found += [
        Sentence.of(N_("Those who stand under the following speak before: {tier}"), tier=tier.label)
        for tier in tiers.values()
    ]
    same = sum(group_of(each.request) == own for each in before)
    if same:
        words = N_("In its own group {count} stand before it; if one of them withdraws or is absent, it moves up.")
        found.append(Sentence.of(words, count=same))
    return found


def what_it_waits_for(room: Room, request: Request) -> list[Sentence]:
    """What has to happen before it can be heard at all."""
    found = []
    if room.item != request.item:
        found.append(Sentence.of(N_("It is heard when the presiding officer takes up item {item}."), item=request.item))
    if not is_due(room, request):
        found.append(Sentence.of(N_("Replies on this item are heard in the last sitting of the day that takes it.")))
    return found


def what_may_be_done(room: Room, request: Request, waiting: tuple[Waiting, ...]) -> list[Sentence]:
    """What a delegation and the presiding officer can do."""
    others = sum(group_of(each.request) == group_of(request) for each in waiting) - 1
    found = []
    if room.rules.exchange.allowed and others:
        found.append(Sentence.of(N_("It may exchange places with another of its group, if both agree.")))
    found.append(Sentence.of(N_("The presiding officer may give it another place; the reason goes on record.")))
    return found


def shortening(room: Room, at: datetime) -> Shortening | None:
    """Shorter limits, where the list of the item does not fit into the rest of the sitting and the rules know any.

    Only limits that are longer are shortened, category by category; it is the presiding officer who sets them.
    """
    now, shorter = outlook(room, at), room.rules.limits.shorten_to_seconds
    if now is None or now.fits or room.item is None or shorter is None:
        return None
    then = outlook(room, at, shorter)
    longer = {
        each.request.speaker.category
        for each in queue(room)
        if can_be_shortened(each) and reckoned(room, each.request) > shorter
    }
    if then is None or not longer:
        return None
    return Shortening(now, then, tuple(LimitSet(shorter, category) for category in sorted(longer)))
