"""The fold: the room after an act, from the room before it.

`fold` of all acts and `after` of the last act on the state before give the same room. Undoing gives the room
as it would be without the act that is undone; only the number and the history move on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from servanda.convention.procedure import Profile
from servanda.floor.log import (
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
    Logged,
    Moved,
    PointRuled,
    SittingClosed,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
    SlowerAsked,
    SlowerPassedOn,
    StatementReceived,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.floor.state import Request, Room, Turn, speaking, with_request, with_turn
from servanda.floor.tiers import tier_asked
from servanda.floor.traces import Absence, Departed, Held, Taken
from servanda.floor.wishes import Proposal, Slower
from servanda.programme.keeping import plan_of

UNDO_DEPTH = 100  # acts that can be undone, one after the other


def fold(entries: Iterable[Logged]) -> Room | None:
    """The room after some acts; None before the floor was opened."""
    room: Room | None = None
    for entry in entries:
        room = after(room, entry)
    return room


def after(room: Room | None, entry: Logged) -> Room:
    """The room after one more act. Whether it was in order was judged before it was written."""
    if room is None:
        if not isinstance(entry.act, FloorOpened):
            raise ValueError(f"the floor was not open before entry {entry.number}")
        return opened(entry.act, entry)
    entry = replace(entry, at=counts_from(room, None, entry.at))
    if isinstance(entry.act, Undone):
        return replace(without(room, entry.act.number), number=entry.number, undone=entry)
    moved = STEPS[entry.act.kind](room, entry.act, entry)
    reason = getattr(entry.act, "reason", "")
    departed = (Departed(entry.number, entry.act.kind, reason, entry.by, entry.at),) if reason else ()
    history = (*room.history[1 - UNDO_DEPTH :], replace(room, history=()))
    return replace(
        moved, number=entry.number, last=entry, history=history, departures=(*moved.departures, *departed)
    )  # fmt: skip


def counts_from(room: Room | None, performed_at: datetime | None, written_at: datetime) -> datetime:
    """The instant from which an act counts: neither before that of the act before it, nor after it was written.

    So a clock that was set back, or one of a console that was ahead, never turns the time of the meeting.
    """
    at = min(performed_at or written_at, written_at)
    return max(at, room.at) if room else at


def standing_acts(room: Room) -> tuple[Logged, ...]:
    """The acts that stand and that history still reaches, the earliest first."""
    return tuple(each.last for each in (*room.history[1:], room) if each.last) if room.history else ()


def room_before(room: Room, number: int) -> Room:
    """The room as it was before an act that stands and that history still reaches; raise ValueError without one."""
    place = [each.number for each in standing_acts(room)].index(number)
    return replace(room.history[place], history=room.history[:place])


def without(room: Room, number: int) -> Room:
    """The room as if an act had never been: as it was before, and what was done since done again."""
    found = room_before(room, number)
    for later in standing_acts(room):
        found = after(found, later) if later.number > number else found
    return found


def opened(act: FloorOpened, entry: Logged) -> Room:
    """The room when the floor is opened."""
    return Room(
        plan=plan_of(act.plan),
        rules=Profile.model_validate(act.rules),
        participants=dict(act.participants),
        rehearsal=act.rehearsal,
        version=act.version,
        number=entry.number,
        opened_at=entry.at,
        places=dict(act.places),
        regions=dict(act.regions),
        groups={name: tuple(members) for name, members in act.groups.items()},
        speed=act.speed if act.rehearsal else 1,
    )


def open_sitting(room: Room, act: SittingOpened, entry: Logged) -> Room:
    """A sitting begins; the item that the last one left goes on, with its list, until another is taken."""
    begun = replace(room, sitting=act.sitting, sittings=(*room.sittings, Held(act.sitting, entry.at)))
    return gone_on(begun, room.item) if room.item else begun


def suspend_sitting(room: Room, act: SittingSuspended, entry: Logged) -> Room:
    """The clock of whoever speaks stands still while the sitting is suspended."""
    return replace(pause(room, entry.at), is_suspended=True, until=act.until)


def resume_sitting(room: Room, act: SittingResumed, entry: Logged) -> Room:
    """The sitting goes on; a turn that was cut short by it waits for its clock to be started."""
    return replace(room, is_suspended=False, until="")


def close_sitting(room: Room, act: SittingClosed, entry: Logged) -> Room:
    """The sitting rises; the lists of items that go on are closed, where the rules freeze them."""
    *earlier, held = room.sittings
    frozen = room.taken.keys() - room.concluded if room.rules.continuation.list_then == "frozen" else set()
    return replace(
        room,
        sitting=None,
        is_suspended=False,
        until="",
        closed=room.closed | frozen,
        sittings=(*earlier, replace(held, closed_at=entry.at)),
    )


def take_item(room: Room, act: ItemTaken, entry: Logged) -> Room:
    """An item is under consideration, for the first time or again."""
    sitting = room.sitting or ""
    room = gone_on(room, act.item) if act.item in room.taken else room
    before = room.taken.get(act.item, Taken(entry.at, sitting, sitting))
    taken = {**room.taken, act.item: replace(before, named_in=sitting)}
    return replace(room, item=act.item, concluded=room.concluded - {act.item}, taken=taken)


def gone_on(room: Room, item: str) -> Room:
    """An item goes on; in another sitting than before its list is opened, once, where the rules say so."""
    taken = room.taken[item]
    if taken.sitting == room.sitting:
        return room
    room = replace(room, taken={**room.taken, item: replace(taken, sitting=room.sitting or "")})
    if room.rules.continuation.list_then != "opened_again":
        return room
    return replace(room, closed=room.closed - {item}, reopened=room.reopened | {item})


def conclude_item(room: Room, act: ItemConcluded, entry: Logged) -> Room:
    """The item is done with."""
    return replace(room, concluded=room.concluded | {act.item}, item=None if room.item == act.item else room.item)


def close_list(room: Room, act: ListClosed, entry: Logged) -> Room:
    """Nobody more is entered, but by the rules' exceptions."""
    return replace(room, closed=room.closed | {act.item}, reopened=room.reopened - {act.item})


def reopen_list(room: Room, act: ListReopened, entry: Logged) -> Room:
    """Requests are taken again."""
    return replace(room, closed=room.closed - {act.item}, reopened=room.reopened | {act.item})


def enter(room: Room, act: Asked, entry: Logged) -> Room:
    """A request stands on the list of its item."""
    is_late = act.act == "statement" and act.speaker.category != "officers" and room.is_closed(act.item, entry.at)
    tier = tier_asked(room.plan.items[act.item], act)
    request = Request(
        act.request, entry.number, act.item, act.speaker, act.act, tier, entry.at, is_late=is_late
    )  # fmt: skip
    return replace(room, requests={**room.requests, act.request: request})


def withdraw(room: Room, act: Withdrawn, entry: Logged) -> Room:
    """A request is off the list."""
    return with_request(room, act.request, standing="withdrawn", left=entry.number)


def move(room: Room, act: Moved | Exchanged, entry: Logged) -> Room:
    """Places are changed; the order is worked out anew from all moves."""
    return replace(room, moves=(*room.moves, act))


def exchange(room: Room, act: Exchanged, entry: Logged) -> Room:
    """Two have each other's place; what either had asked for or agreed to was about the place before."""
    left = tuple(each for each in room.exchanges if not each.names(act.one, act.other))
    return replace(move(room, act, entry), exchanges=left)


def propose_exchange(room: Room, act: ExchangeProposed, entry: Logged) -> Room:
    """An exchange is asked for, until it is answered."""
    return replace(room, exchanges=(*room.exchanges, Proposal(act.one, act.other)))


def answer_exchange(room: Room, act: ExchangeAnswered, entry: Logged) -> Room:
    """It is agreed to, or off the table."""
    others = tuple(each for each in room.exchanges if (each.one, each.other) != (act.one, act.other))
    agreed = (Proposal(act.one, act.other, is_agreed=True),) if act.agreed else ()
    return replace(room, exchanges=(*others, *agreed))


def give_floor(room: Room, act: FloorGiven, entry: Logged) -> Room:
    """A turn begins, and its clock with it."""
    request = room.requests[act.request]
    turn = Turn(
        number=entry.number,
        request=request.id,
        speaker=request.speaker,
        item=request.item,
        sitting=room.sitting or "",
        act=request.act,
        started_at=entry.at,
        seconds=act.seconds,
        running_since=entry.at,
        reason=act.reason,
        speed=room.speed,
    )
    return replace(
        with_request(room, request.id, standing="speaking", left=entry.number),
        turns=(*room.turns, turn),
        slower=None,
    )


def pause(room: Room, at: datetime) -> Room:
    """The clock of whoever speaks stands still."""
    turn = room.turn
    if turn is None or turn.running_since is None:
        return room
    return with_turn(room, replace(turn, used=turn.used_at(at), running_since=None))


def pause_turn(room: Room, act: TurnPaused, entry: Logged) -> Room:
    """The clock is stopped."""
    return pause(room, entry.at)


def continue_turn(room: Room, act: TurnContinued, entry: Logged) -> Room:
    """The clock runs again."""
    return with_turn(room, replace(speaking(room), running_since=entry.at))


def extend_turn(room: Room, act: TurnExtended, entry: Logged) -> Room:
    """The limit of the turn is moved; a turn without one is given so much from here on."""
    turn = speaking(room)
    limit = int(turn.used_at(entry.at).total_seconds()) if turn.seconds is None else turn.seconds
    return with_turn(room, replace(turn, seconds=limit + act.seconds))


def end_turn(room: Room, act: TurnEnded, entry: Logged) -> Room:
    """The turn is over, and its request with it."""
    turn = replace(speaking(room), used=speaking(room).used_at(entry.at), running_since=None, ended_at=entry.at)
    ended = with_request(with_turn(room, replace(turn, cut=act.cut)), turn.request, standing="spoken")
    return replace(ended, slower=None)


def note_absence(room: Room, act: FoundAbsent, entry: Logged) -> Room:
    """Who is absent is passed over, until after so many calls they go to the end of their tier or are struck."""
    calls = room.requests[act.request].calls + 1
    knob = room.rules.absent
    is_enough = calls >= knob.calls
    if is_enough and knob.then == "struck":
        return with_request(room, act.request, calls=calls, standing="struck", left=entry.number)
    absence = Absence(entry.number, act.request, to_the_end=is_enough and knob.then == "end_of_tier")
    return replace(with_request(room, act.request, calls=calls), moves=(*room.moves, absence))


def set_limit(room: Room, act: LimitSet, entry: Logged) -> Room:
    """A limit holds from here on."""
    return replace(room, limits=(*room.limits, act))


def receive_statement(room: Room, act: StatementReceived, entry: Logged) -> Room:
    """A text is there."""
    return replace(
        room,
        statements={**room.statements, act.statement: act},
        received={**room.received, act.statement: entry.number},
    )


def rule_on_point(room: Room, act: PointRuled, entry: Logged) -> Room:
    """A point of order is decided."""
    return with_request(room, act.request, ruling=act)


def note_slower(room: Room, act: SlowerAsked, entry: Logged) -> Room:
    """The interpreters cannot follow; in one turn it is one wish, however often it is said."""
    return replace(room, slower=room.slower.again(entry.at) if room.slower else Slower(entry.at, entry.at))


def note_passed_on(room: Room, act: SlowerPassedOn, entry: Logged) -> Room:
    """The wish is seen to."""
    return replace(room, slower=None)


Step = Callable[[Room, Any, Logged], Room]


STEPS: Mapping[str, Step] = {
    "sitting-opened": open_sitting,
    "sitting-suspended": suspend_sitting,
    "sitting-resumed": resume_sitting,
    "sitting-closed": close_sitting,
    "item-taken": take_item,
    "item-concluded": conclude_item,
    "list-closed": close_list,
    "list-reopened": reopen_list,
    "asked": enter,
    "withdrawn": withdraw,
    "moved": move,
    "exchanged": exchange,
    "exchange-proposed": propose_exchange,
    "exchange-answered": answer_exchange,
    "floor-given": give_floor,
    "turn-paused": pause_turn,
    "turn-continued": continue_turn,
    "turn-extended": extend_turn,
    "turn-ended": end_turn,
    "found-absent": note_absence,
    "limit-set": set_limit,
    "statement-received": receive_statement,
    "point-ruled": rule_on_point,
    "slower-asked": note_slower,
    "slower-passed-on": note_passed_on,
}
