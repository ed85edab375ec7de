"""Whether an act is in order: every act is judged here, against the room as it stands, before it is written.

`refuse` says no by a refusal with its reason and returns nothing when the act may be done. It reads the rules of
the floor; what these leave to the presiding officer is allowed with a reason, which the act carries.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from servanda.convention.procedure import Knob
from servanda.convention.rules import Reference
from servanda.floor.log import (
    Act,
    Asked,
    Exchanged,
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
    StatementReceived,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.floor.procedure import POINTS, rank_of, who_is_next
from servanda.floor.refusals import (
    AlreadyOnTheList,
    ClockStands,
    FloorIsNotOpen,
    FloorIsOpen,
    ItemIsConcluded,
    ListIsClosed,
    ListStands,
    NobodyHasTheFloor,
    NoMoreOfThese,
    NoSuchThing,
    NotASensibleLength,
    NotInOrder,
    NotOfThisFloor,
    NotTheLastAct,
    NotWaiting,
    SittingIsNotOpen,
    SittingWasHeld,
    SomebodyHasTheFloor,
)
from servanda.floor.state import Request, Room, Turn

LEAST_SECONDS, MOST_SECONDS = 10, 7200


def refuse(room: Room | None, act: Act, at: datetime) -> None:
    """Raise the refusal of an act that is not in order in this room at this instant (UTC)."""
    if isinstance(act, FloorOpened):
        if room is not None:
            raise FloorIsOpen
        return
    if room is None:
        raise FloorIsNotOpen
    CHECKS[act.kind](room, act, at)


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
        raise ClockStands(stands=False)


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
    if act.item == room.item:
        raise NotInOrder(f"Item {act.item} is under consideration already.", "")
    if act.item not in planned and not act.reason:
        raise NotInOrder(
            f"Item {act.item} is not planned for this sitting.", ", ".join(name for name in planned if name)
        )


def check_concluding(room: Room, act: ItemConcluded, _at: datetime) -> None:
    """The item under consideration is concluded when nobody speaks."""
    must_be("item", act.item, room.plan.items)
    floor_is_free(room)
    if act.item in room.concluded:
        raise ItemIsConcluded(act.item)


def check_closing(room: Room, act: ListClosed, _at: datetime) -> None:
    """An open list is closed."""
    must_be("item", act.item, room.plan.items)
    if act.item in room.closed:
        raise ListStands(act.item, closed=True)


def check_reopening(room: Room, act: ListReopened, _at: datetime) -> None:
    """A closed list is opened."""
    must_be("item", act.item, room.plan.items)
    if act.item not in room.closed:
        raise ListStands(act.item, closed=False)


def check_asking(room: Room, act: Asked, _at: datetime) -> None:
    """Who asks may do so, has not asked already, and finds the list open or is let in with a reason."""
    must_be("item", act.item, room.plan.items)
    if act.tier is not None:
        must_be("tier", act.tier, [tier.kind for tier in room.plan.items[act.item].tiers])
    if act.request in room.requests:
        raise AlreadyOnTheList(act.speaker.code, act.item)
    if any(
        each.speaker == act.speaker and each.act == act.act and each.standing == "waiting"
        for each in room.of_item(act.item)
    ):
        raise AlreadyOnTheList(act.speaker.code, act.item)
    ASKING[act.act](room, act)


def ask_for_statement(room: Room, act: Asked) -> None:
    """The item is open, the list too, and the delegation has statements left."""
    if act.reason:
        return
    if act.item in room.concluded:
        raise ItemIsConcluded(act.item)
    if act.item in room.closed and act.speaker.category not in room.rules.closing.may_still_enter:
        raise ListIsClosed(act.item)
    most = room.rules.interventions.most
    if most is not None and times_entered(room, act) >= most:
        raise NoMoreOfThese("statement", most, cited(room.rules.interventions))


def ask_for_reply(room: Room, act: Asked) -> None:
    """The category has the right of reply, and replies are left."""
    knob = room.rules.reply
    if act.speaker.category not in knob.who:
        raise NotOfThisFloor("reply", act.speaker.category, cited(knob))
    if times_entered(room, act) >= knob.most:
        raise NoMoreOfThese("reply", knob.most, cited(knob))


def ask_for_point(room: Room, act: Asked) -> None:
    """Points of order belong to meetings that decide, and to the categories that the rules name."""
    knob = room.rules.point_of_order
    if not room.rules.decides or act.speaker.category not in knob.who:
        raise NotOfThisFloor("point_of_order", act.speaker.category, cited(knob))


def times_entered(room: Room, act: Asked) -> int:
    """How often this delegation has asked for this on this item, and was not struck or withdrawn."""
    return sum(
        each.speaker.code == act.speaker.code and each.act == act.act
        for each in room.of_item(act.item)
        if each.standing in ("waiting", "speaking", "spoken")
    )


def check_withdrawing(room: Room, act: Withdrawn, _at: datetime) -> None:
    """Who waits may withdraw."""
    waiting(room, act.request)


def check_moving(room: Room, act: Moved, _at: datetime) -> None:
    """A request is moved among those of its item, with a reason."""
    request = waiting(room, act.request)
    others = [each.id for each in room.of_item(request.item) if each.id != request.id]
    if act.after is not None:
        must_be("request", act.after, others)
    if not act.reason.strip():
        raise NotInOrder("A place on the list is changed only with a reason.", "")


def check_exchange(room: Room, act: Exchanged, _at: datetime) -> None:
    """Two who wait on one item exchange places, where the rules allow it."""
    one, other = waiting(room, act.one), waiting(room, act.other)
    if not room.rules.exchange.allowed:
        raise NotOfThisFloor("exchange of places", one.speaker.category, cited(room.rules.exchange))
    if one.item != other.item or one.id == other.id or rank_of(one) != rank_of(other):
        raise NotInOrder("These two do not wait on one list.", "")


def check_giving(room: Room, act: FloorGiven, _at: datetime) -> None:
    """The floor goes to the next on the list of the item, or, with a reason, to another who waits."""
    in_sitting(room)
    request = waiting(room, act.request)
    point_may_interrupt = rank_of(request) == POINTS and room.turn is not None and room.turn.running_since is None
    if not point_may_interrupt:
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
    """A standing clock is started, in a sitting that goes on."""
    in_sitting(room)
    if speaking(room).running_since is not None:
        raise ClockStands(stands=False)


def check_extending(room: Room, act: TurnExtended, _at: datetime) -> None:
    """The time of whoever speaks is changed, and stays a sensible one."""
    sensible((speaking(room).seconds or 0) + act.seconds)


def check_ending(room: Room, _act: TurnEnded, _at: datetime) -> None:
    """Somebody speaks."""
    speaking(room)


def check_absence(room: Room, act: FoundAbsent, _at: datetime) -> None:
    """Whoever is called waits, and the floor is free."""
    in_sitting(room)
    floor_is_free(room)
    waiting(room, act.request)


def check_limit(room: Room, act: LimitSet, _at: datetime) -> None:
    """One category or one tier of this meeting gets a sensible limit."""
    sensible(act.seconds)
    if (act.category is None) == (act.tier is None):
        raise NotInOrder("A limit is set for one category or for one tier.", "")
    if act.tier is not None:
        must_be("tier", act.tier, [tier.kind for tier in room.plan.tiers])


def check_statement(room: Room, act: StatementReceived, _at: datetime) -> None:
    """A text is handed in for an item of the agenda, once."""
    must_be("item", act.item, room.plan.items)
    if act.statement in room.statements:
        raise AlreadyOnTheList(act.speaker.code, act.item)


def check_ruling(room: Room, act: PointRuled, _at: datetime) -> None:
    """A point of order that was raised is ruled upon once."""
    must_be("request", act.request, room.requests)
    request = room.requests[act.request]
    if request.act != "point_of_order" or request.ruling is not None or request.standing == "withdrawn":
        raise NotWaiting(act.request, "ruled upon" if request.ruling else request.standing)


def check_slower(room: Room, _act: SlowerAsked, _at: datetime) -> None:
    """Somebody speaks whom the interpreters follow."""
    speaking(room)


def check_undoing(room: Room, act: Undone, _at: datetime) -> None:
    """Only the last act that stands is undone."""
    last = room.last.number if room.last and room.history else None
    if act.number != last:
        raise NotTheLastAct(act.number, last)


def must_be(what: str, name: str, known: Any) -> None:  # noqa: ANN401 (whatever can be looked into)
    """Raise NoSuchThing unless a name is known."""
    if name not in known:
        raise NoSuchThing(what, name, ", ".join(list(known)[:20]))


def in_sitting(room: Room) -> None:
    """Raise SittingIsNotOpen unless a sitting goes on."""
    if room.sitting is None or room.is_suspended:
        raise SittingIsNotOpen(suspended=room.is_suspended)


def floor_is_free(room: Room) -> None:
    """Raise SomebodyHasTheFloor while a turn goes on."""
    if room.turn is not None:
        raise SomebodyHasTheFloor(room.turn.speaker.code)


def speaking(room: Room) -> Turn:
    """The turn that goes on; raise NobodyHasTheFloor."""
    if room.turn is None:
        raise NobodyHasTheFloor
    return room.turn


def waiting(room: Room, name: str) -> Request:
    """A request that waits; raise NoSuchThing or NotWaiting."""
    must_be("request", name, room.requests)
    request = room.requests[name]
    if request.standing != "waiting":
        raise NotWaiting(name, request.standing)
    return request


def sensible(seconds: int) -> None:
    """Raise NotASensibleLength for a limit that nobody could mean."""
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise NotASensibleLength(seconds, LEAST_SECONDS, MOST_SECONDS)


def cited(knob: Knob) -> str:
    """Where a rule of the floor comes from."""
    source = knob.source
    return f"{source.document}, {source.place}" if isinstance(source, Reference) else source


Check = Callable[[Room, Any, datetime], None]
ASKING: Mapping[str, Callable[[Room, Asked], None]] = {
    "statement": ask_for_statement,
    "reply": ask_for_reply,
    "point_of_order": ask_for_point,
}
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
    "undone": check_undoing,
}
