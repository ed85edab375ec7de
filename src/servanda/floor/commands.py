"""Whether an act is in order: every act is judged here, against the room as it stands, before it is written.

`refuse` says no by a refusal with its reason and returns nothing when the act may be done. It reads the rules of
the floor; what these leave to the presiding officer is allowed with a reason, which the act carries.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from servanda.common.languages import find_language
from servanda.convention.procedure import Knob, Profile
from servanda.convention.rules import Reference
from servanda.floor.log import (
    Act,
    Asked,
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
    AlreadyOnTheList,
    AnotherTierNamesThem,
    ClockStands,
    FloorIsNotOpen,
    FloorIsOpen,
    ItemIsConcluded,
    ItemWasNotTaken,
    ListIsClosed,
    ListIsNotOpenYet,
    ListStands,
    NobodyHasTheFloor,
    NoMoreOfThese,
    NoSuchThing,
    NoSuchWish,
    NotASensibleLength,
    NotInOrder,
    NotOfThisFloor,
    NotTheLastAct,
    NotWaiting,
    OrderNeedsMore,
    OthersRestOnIt,
    PointAwaitsRuling,
    PointIsNotHeard,
    SittingIsNotOpen,
    SittingWasHeld,
    SlowerWasAsked,
    SomebodyHasTheFloor,
    SomeStillWait,
    TooManyWords,
)
from servanda.floor.state import Request, Room, Turn
from servanda.floor.undoing import can_be_named, what_rests_on

LEAST_SECONDS, MOST_SECONDS = 10, 7200
MOST_CHARACTERS = 500  # of a reason, a ruling, a name
STATES = ("states_parties", "signatories", "states_not_party")


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
    taken = room.taken.get(act.item)
    if act.item == room.item and taken is not None and taken.named_in == room.sitting:
        raise NotInOrder(f"Item {act.item} is under consideration already.", "")
    if act.item not in planned and not act.reason:
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


def check_asking(room: Room, act: Asked, at: datetime) -> None:
    """Who asks may do so, has not asked already, and finds the list open or is let in with a reason."""
    must_be("item", act.item, room.plan.items)
    known_as(room, act.speaker)
    if not act.request:
        raise NoSuchThing("request", act.request, "")
    if act.tier is not None:
        under_their_tier(room, act, act.tier)
    if act.request in room.requests:
        raise AlreadyOnTheList(act.speaker.code, act.item)
    if any(
        each.speaker.seat == act.speaker.seat and each.act == act.act and each.standing in ("waiting", "speaking")
        for each in room.of_item(act.item)
    ):
        raise AlreadyOnTheList(act.speaker.code, act.item)
    ASKING[act.act](room, act, at)


def known_as(room: Room, speaker: Speaker) -> None:
    """Somebody is named; a State takes part in the capacity that the list of participants gives it, if it is on it."""
    if not (speaker.code or speaker.name).strip():
        raise NoSuchThing("speaker", speaker.code, "")
    listed = room.participants.get(speaker.code, speaker.category)
    if speaker.category in STATES and listed != speaker.category:
        raise NotOfThisFloor("place", speaker.category, f"on the list of participants: {listed}")


def under_their_tier(room: Room, act: Asked, tier: str) -> None:
    """Whom a tier names is entered under no other, but with a reason."""
    tiers = room.plan.items[act.item].tiers
    must_be("tier", tier, [each.kind for each in tiers])
    naming = [each.kind for each in tiers if act.speaker.code in (*each.states, *each.organisations)]
    if naming and tier not in naming and not act.reason.strip():
        raise AnotherTierNamesThem(act.speaker.code, naming[0])


def ask_for_statement(room: Room, act: Asked, at: datetime) -> None:
    """The item is open, and its list, and the delegation has statements left; all else with a reason."""
    if act.reason.strip():
        return
    if act.item in room.concluded:
        raise ItemIsConcluded(act.item)
    opens_at = list_opens_at(room, act.item)
    if opens_at and at < opens_at and room.sitting is None and not room.rehearsal:
        raise ListIsNotOpenYet(act.item, f"{opens_at.astimezone(ZoneInfo(room.plan.timezone)):%Y-%m-%d %H:%M}")
    may_enter = (
        act.speaker.category in room.rules.closing.may_still_enter and room.rules.inscription.late == "to_the_end"
    )
    if room.is_closed(act.item, at) and act.speaker.category != "officers" and not may_enter:
        raise ListIsClosed(act.item)
    most = room.rules.interventions.most
    if most is not None and times_entered(room, act) >= most:
        raise NoMoreOfThese("statement", most, cited(room.rules.interventions))


def list_opens_at(room: Room, item: str) -> datetime | None:
    """When the rules open the list of an item: so long before it is first planned; None: from the opening on."""
    before = room.rules.inscription.opens_minutes_before
    planned = [
        datetime.combine(sitting.day, entry.at or sitting.start, ZoneInfo(room.plan.timezone))
        for sitting in room.plan.sittings
        for entry in sitting.entries
        if entry.item == item
    ]
    return planned[0] - timedelta(minutes=before) if planned and before is not None else None


def ask_for_reply(room: Room, act: Asked, _at: datetime) -> None:
    """The category has the right of reply, it is spoken, and replies are left; all else with a reason."""
    knob = room.rules.reply
    if act.reason.strip():
        return
    if act.speaker.category not in knob.who or knob.form == "written":
        raise NotOfThisFloor("reply", act.speaker.category, cited(knob))
    if times_entered(room, act) >= knob.most:
        raise NoMoreOfThese("reply", knob.most, cited(knob))


def ask_for_point(room: Room, act: Asked, _at: datetime) -> None:
    """Points of order belong to meetings that decide, to the categories of the rules, and to what is under way."""
    knob = room.rules.point_of_order
    if not room.rules.decides or act.speaker.category not in knob.who:
        raise NotOfThisFloor("point_of_order", act.speaker.category, cited(knob))
    in_sitting(room)
    under_consideration(room, act.item)


def times_entered(room: Room, act: Asked) -> int:
    """How often this delegation has asked for this on this item, and was not struck or withdrawn."""
    return sum(
        each.speaker.seat == act.speaker.seat and each.act == act.act
        for each in room.of_item(act.item)
        if each.standing in ("waiting", "speaking", "spoken")
    )


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


def may_be_interrupted(turn: Turn | None) -> bool:
    """A point of order may interrupt a turn whose clock was stopped, but no other point."""
    return turn is not None and turn.running_since is None and turn.act != "point_of_order"


def points_are_ruled(room: Room) -> None:
    """Raise PointAwaitsRuling while a point of order was heard and not ruled upon."""
    for each in room.requests.values():
        if each.act == "point_of_order" and each.standing == "spoken" and each.ruling is None:
            raise PointAwaitsRuling(each.speaker.code)


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
        raise NotInOrder("A limit is set for one category or for one tier.", "")
    if act.tier is not None:
        must_be("tier", act.tier, [tier.kind for tier in room.plan.tiers])


def check_statement(room: Room, act: StatementReceived, _at: datetime) -> None:
    """A text is handed in for an item of the agenda, once, in one of the languages; raise also NotALanguage."""
    must_be("item", act.item, room.plan.items)
    known_as(room, act.speaker)
    find_language(act.language)
    if act.statement in room.statements:
        raise AlreadyOnTheList(act.speaker.code, act.item)


def check_ruling(room: Room, act: PointRuled, _at: datetime) -> None:
    """A point of order that was raised is ruled upon once."""
    must_be("request", act.request, [name for name, each in room.requests.items() if each.act == "point_of_order"])
    request = room.requests[act.request]
    if request.ruling is not None:
        raise NotWaiting(act.request, "ruled upon")
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


def must_be(what: str, name: str, known: Any) -> None:  # noqa: ANN401 (whatever can be looked into)
    """Raise NoSuchThing unless a name is known."""
    if name not in known:
        raise NoSuchThing(what, name, ", ".join(list(known)[:20]))


def in_sitting(room: Room) -> None:
    """Raise SittingIsNotOpen unless a sitting goes on."""
    if room.sitting is None or room.is_suspended:
        raise SittingIsNotOpen(suspended=room.is_suspended)


def floor_is_free(room: Room) -> None:
    """Raise SomebodyHasTheFloor while a turn goes on, PointAwaitsRuling while a point of order is not ruled upon."""
    points_are_ruled(room)
    if room.turn is not None:
        raise SomebodyHasTheFloor(room.turn.speaker.code)


def under_consideration(room: Room, item: str) -> None:
    """Raise NotInOrder for what happens on the item under consideration alone."""
    if item != room.item:
        raise NotInOrder(f"Item {item} is not under consideration.", room.item or "")


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
ASKING: Mapping[str, Callable[[Room, Asked, datetime], None]] = {
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
