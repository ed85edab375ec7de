"""Whether an act is in order: every act is judged here, against the room as it stands, before it is written.

`refuse` says no by a refusal with its reason and returns nothing when the act may be done. It reads the rules of
the floor; what these leave to the presiding officer is allowed with a reason, which the act carries.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from servanda.common.languages import find_language
from servanda.convention.procedure import Profile
from servanda.floor.asking import check_asking, known_as
from servanda.floor.conditions import (
    cited,
    floor_is_free,
    in_sitting,
    may_be_interrupted,
    must_be,
    points_are_ruled,
    sensible,
    speaking,
    under_consideration,
    waiting,
)
from servanda.floor.log import (
    Act,
    ExchangeAnswered,
    Exchanged,
    ExchangeProposed,
    FloorGiven,
    FloorOpened,
    FoundAbsent,
    ItemConcluded,
    ItemTaken,
    LimitSet,
    ListClosed,
    ListReopened,
    Moved,
    PointRuled,
    SittingClosed,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
    SlowerAsked,
    SlowerPassedOn,
    Speaker,
    StatementReceived,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.floor.procedure import group_of, who_is_next
from servanda.floor.refusals import (
    ClockStands,
    FloorIsNotOpen,
    FloorIsOpen,
    ItemIsConcluded,
    ItemWasNotTaken,
    ListStands,
    NoSuchWish,
    NotInOrder,
    NotOfThisFloor,
    NotOneLimit,
    NotTheLastAct,
    NotWaiting,
    OrderNeedsMore,
    OthersRestOnIt,
    PointIsNotHeard,
    SittingGoesOn,
    SittingIsNotOpen,
    SittingWasHeld,
    SlowerWasAsked,
    SomeStillWait,
    TextIsThere,
    TooManyWords,
)
from servanda.floor.state import Room
from servanda.floor.undoing import can_be_named, what_rests_on

MOST_CHARACTERS = 500  # of a reason, a ruling, a name


def refuse(room: Room | None, act: Act, at: datetime) -> None:
    """Raise the refusal of an act that is not in order in this room at this instant (UTC)."""
    if isinstance(act, FloorOpened):
        if room is not None:
            raise FloorIsOpen
        check_rules(act)
        return
    if room is None:
        raise FloorIsNotOpen
    check_words(act)
    CHECKS[act.kind](room, act, at)


def check_words(act: Act | Speaker) -> None:
    """What an act says in words, and whom it names, is no longer than a few sentences."""
    for part in fields(act):
        told = getattr(act, part.name)
        if isinstance(told, Speaker):
            check_words(told)
        if isinstance(told, str) and len(told) > MOST_CHARACTERS:
            raise TooManyWords(part.name, MOST_CHARACTERS)


def check_rules(act: FloorOpened) -> None:
    """The rules order speakers only by what is there."""
    rules = Profile.model_validate(act.rules)
    by, members_then = rules.order_in_tier.by, rules.group_statements.members_then
    if by in ("lot", "seniority") and not act.places:
        raise OrderNeedsMore("order_in_tier", by, "the place of each participant")
    if by == "regions_in_turn" and not act.regions:
        raise OrderNeedsMore("order_in_tier", by, "the region of each participant")
    if members_then != "as_before" and not act.groups:
        raise OrderNeedsMore("members_then", members_then, "the members of each group")


def check_opening(room: Room, act: SittingOpened, _at: datetime) -> None:
    """One sitting of the programme at a time, each once."""
    known = [sitting.id for sitting in room.plan.sittings]
    must_be("sitting", act.sitting, known)
    if room.sitting is not None:
        raise SittingWasHeld(room.sitting, is_open=True)
    if any(held.sitting == act.sitting for held in room.sittings):
        raise SittingWasHeld(act.sitting, is_open=False)


def check_suspending(room: Room, _act: SittingSuspended, _at: datetime) -> None:
    """A sitting that goes on can be suspended, also in the middle of a turn."""
    in_sitting(room)


def check_resuming(room: Room, _act: SittingResumed, _at: datetime) -> None:
    """Only what is suspended is resumed."""
    if room.sitting is None:
        raise SittingIsNotOpen
    if not room.is_suspended:
        raise SittingGoesOn


def check_rising(room: Room, _act: SittingClosed, _at: datetime) -> None:
    """A sitting rises when nobody speaks."""
    if room.sitting is None:
        raise SittingIsNotOpen
    floor_is_free(room)


def check_item(room: Room, act: ItemTaken, _at: datetime) -> None:
    """An item of the agenda is taken in a sitting that goes on; another than the sitting's needs a reason."""
    must_be("item", act.item, room.plan.items)
    in_sitting(room)
    floor_is_free(room)
    planned = [entry.item for sitting in room.plan.sittings if sitting.id == room.sitting for entry in sitting.entries]
    taken = room.taken.get(act.item)
    if act.item == room.item and taken is not None and taken.named_in == room.sitting:
        raise NotInOrder(f"Item {act.item} is under consideration already.", "")
    if act.item not in planned and not act.reason.strip():
        raise NotInOrder(
            f"Item {act.item} is not planned for this sitting.", ", ".join(name for name in planned if name)
        )


def check_concluding(room: Room, act: ItemConcluded, _at: datetime) -> None:
    """An item that was taken up is concluded, in a sitting, when nobody speaks and, but with a reason, nobody waits."""
    must_be("item", act.item, room.plan.items)
    in_sitting(room)
    floor_is_free(room)
    if act.item in room.concluded:
        raise ItemIsConcluded(act.item)
    if act.item not in room.taken:
        raise ItemWasNotTaken(act.item)
    left = [each.speaker.code or each.speaker.name for each in room.of_item(act.item) if each.standing == "waiting"]
    if left and not act.reason.strip():
        raise SomeStillWait(act.item, ", ".join(left))


def check_closing(room: Room, act: ListClosed, at: datetime) -> None:
    """An open list is closed."""
    must_be("item", act.item, room.plan.items)
    if room.is_closed(act.item, at):
        raise ListStands(act.item, closed=True)


def check_reopening(room: Room, act: ListReopened, at: datetime) -> None:
    """A closed list is opened."""
    must_be("item", act.item, room.plan.items)
    if not room.is_closed(act.item, at):
        raise ListStands(act.item, closed=False)


def check_withdrawing(room: Room, act: Withdrawn, _at: datetime) -> None:
    """Who waits may withdraw."""
    waiting(room, act.request)


def check_moving(room: Room, act: Moved, _at: datetime) -> None:
    """A request is moved, with a reason, right behind another that waits on its item, or to its head."""
    request = waiting(room, act.request)
    others = [each.id for each in room.of_item(request.item) if each.id != request.id]
    if act.after is not None:
        must_be("request", act.after, others)
        waiting(room, act.after)
    if not act.reason.strip():
        raise NotInOrder("A place on the list is changed only with a reason.", "")


def check_exchange(room: Room, act: Exchanged, _at: datetime) -> None:
    """Two who wait in one group of an item exchange places, where the rules allow it."""
    one, other = waiting(room, act.one), waiting(room, act.other)
    if not room.rules.exchange.allowed:
        raise NotOfThisFloor("exchange of places", one.speaker.category, cited(room.rules.exchange))
    if one.item != other.item or one.id == other.id or group_of(one) != group_of(other):
        raise NotInOrder("These two do not wait in one group of speakers.", "")


def check_proposing(room: Room, act: ExchangeProposed, at: datetime) -> None:
    """An exchange that would be in order is asked for, by each who waits of one other at a time."""
    check_exchange(room, Exchanged(act.one, act.other), at)
    if any(each.one == act.one or (each.names(act.one) and each.names(act.other)) for each in room.proposals):
        raise NotInOrder("This request has asked for an exchange, or was asked for this one.", "")


def check_answering(room: Room, act: ExchangeAnswered, _at: datetime) -> None:
    """What is answered is asked for, and not agreed to already."""
    found = [each for each in room.proposals if (each.one, each.other) == (act.one, act.other)]
    if not found or (found[0].is_agreed and act.agreed):
        raise NoSuchWish


def check_giving(room: Room, act: FloorGiven, _at: datetime) -> None:
    """The floor goes to the next on the list of the item, or, with a reason, to another who waits."""
    in_sitting(room)
    request = waiting(room, act.request)
    points_are_ruled(room)
    if not (request.act == "point_of_order" and may_be_interrupted(room.turn)):
        floor_is_free(room)
    following = who_is_next(room)
    is_next = following is not None and following.request.id == request.id
    if not is_next and not act.reason.strip():
        name = following.request.speaker.code if following else ""
        raise NotInOrder(f"{request.speaker.code} is not the next speaker.", name)
    if act.seconds is not None:
        sensible(act.seconds)


def check_pausing(room: Room, _act: TurnPaused, _at: datetime) -> None:
    """A running clock is stopped."""
    if speaking(room).running_since is None:
        raise ClockStands(stands=True)


def check_continuing(room: Room, _act: TurnContinued, _at: datetime) -> None:
    """A standing clock is started, in a sitting that goes on, when no point of order is left without a ruling."""
    in_sitting(room)
    points_are_ruled(room)
    if speaking(room).running_since is not None:
        raise ClockStands(stands=False)


def check_extending(room: Room, act: TurnExtended, _at: datetime) -> None:
    """The time of whoever speaks is changed, and stays a sensible one."""
    before = speaking(room).seconds
    sensible(act.seconds if before is None else before + act.seconds)


def check_ending(room: Room, _act: TurnEnded, _at: datetime) -> None:
    """Somebody speaks."""
    speaking(room)


def check_absence(room: Room, act: FoundAbsent, _at: datetime) -> None:
    """Whoever is called waits on the item under consideration, and the floor is free."""
    in_sitting(room)
    floor_is_free(room)
    under_consideration(room, waiting(room, act.request).item)


def check_limit(room: Room, act: LimitSet, _at: datetime) -> None:
    """One category or one tier of this meeting gets a sensible limit."""
    sensible(act.seconds)
    if (act.category is None) == (act.tier is None):
        raise NotOneLimit
    if act.tier is not None:
        must_be("tier", act.tier, [tier.kind for tier in room.plan.tiers])


def check_statement(room: Room, act: StatementReceived, _at: datetime) -> None:
    """A text is handed in for an item of the agenda, once, in one of the languages; raise also NotALanguage."""
    must_be("item", act.item, room.plan.items)
    known_as(room, act.speaker)
    find_language(act.language)
    if act.statement in room.statements:
        raise TextIsThere(act.speaker.code, act.item)


def check_ruling(room: Room, act: PointRuled, _at: datetime) -> None:
    """A point of order that was raised is ruled upon once."""
    must_be("request", act.request, [name for name, each in room.requests.items() if each.act == "point_of_order"])
    request = room.requests[act.request]
    if request.ruling is not None:
        raise NotWaiting(request.speaker.name or request.speaker.code, "ruled upon")
    if request.standing != "spoken":
        raise PointIsNotHeard(request.speaker.code)


def check_slower(room: Room, _act: SlowerAsked, at: datetime) -> None:
    """Somebody speaks whom the interpreters follow, and the wish was not said a moment ago."""
    speaking(room)
    if room.slower and room.slower.rests_at(at):
        raise SlowerWasAsked(room.slower.times)


def check_passing_on(room: Room, _act: SlowerPassedOn, _at: datetime) -> None:
    """The wish stands."""
    if room.slower is None:
        raise NoSuchWish


def check_undoing(room: Room, act: Undone, _at: datetime) -> None:
    """The last act that stands is undone, or one after which delegations did for themselves what stands without it."""
    if not can_be_named(room, act.number):
        raise NotTheLastAct(act.number, room.last.number if room.last and room.history else None)
    resting = what_rests_on(room, act.number, lambda found, later, at: CHECKS[later.kind](found, later, at))
    if resting is not None:
        raise OthersRestOnIt(act.number, resting)


Check = Callable[[Room, Any, datetime], None]
CHECKS: Mapping[str, Check] = {
    "sitting-opened": check_opening,
    "sitting-suspended": check_suspending,
    "sitting-resumed": check_resuming,
    "sitting-closed": check_rising,
    "item-taken": check_item,
    "item-concluded": check_concluding,
    "list-closed": check_closing,
    "list-reopened": check_reopening,
    "asked": check_asking,
    "withdrawn": check_withdrawing,
    "moved": check_moving,
    "exchanged": check_exchange,
    "exchange-proposed": check_proposing,
    "exchange-answered": check_answering,
    "floor-given": check_giving,
    "turn-paused": check_pausing,
    "turn-continued": check_continuing,
    "turn-extended": check_extending,
    "turn-ended": check_ending,
    "found-absent": check_absence,
    "limit-set": check_limit,
    "statement-received": check_statement,
    "point-ruled": check_ruling,
    "slower-asked": check_slower,
    "slower-passed-on": check_passing_on,
    "undone": check_undoing,
}
