"""Writing on the floor: one act, judged against the room as it stands, one transaction, one entry.

The stream is held while the act is judged and written, so that of two consoles one comes first and the other is
judged against what the first did. A key makes an act one act, however often it is sent.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from servanda.common.clock import now
from servanda.convention.procedure import Category, Profile
from servanda.convention.queries import calendar, pack
from servanda.floor.commands import refuse
from servanda.floor.folding import after, counts_from
from servanda.floor.log import Act, FloorOpened, Logged, body_of
from servanda.floor.queries import Folded, floor_stream, folded, room
from servanda.floor.state import Room
from servanda.floor.texts import TEXT
from servanda.journal.actions import append, erase, hold
from servanda.journal.durable import durable
from servanda.journal.queries import find
from servanda.programme.keeping import body_of as plan_body
from servanda.programme.keeping import digest_of, without_persons
from servanda.programme.plan import Plan


def perform(
    *,
    stream: str,
    act: Act,
    by: str,
    key: str | None = None,
    expected: int | None = None,
    performed_at: datetime | None = None,
    personal: Mapping[str, str] | None = None,
) -> Room:
    """Do an act on the floor of a stream and return the room after it; durable when this returns.

    `key` makes a repeated click one act. `expected` refuses the act if anyone acted since that number.
    `performed_at` (UTC) is when an act was done that waited off the network. Raises what `refuse` raises,
    OutOfStep and KeyIsTaken; NoRoomLeft and DatabaseIsAway where it cannot be written down.
    """
    body: dict[str, Any] = body_of(act)
    if performed_at is not None:
        body["performed_at"] = performed_at.isoformat(timespec="microseconds")
    with durable():
        hold(stream=stream)
        before = folded(stream)
        if not (key and find(stream, key)):
            at = counts_from(before.room, performed_at, now())
            refuse(before.room, act, at)
            after(before.room, Logged(before.number + 1, act, at, by))  # what cannot be folded is never written
        append(stream=stream, kind=act.kind, body=body, by=by, key=key, expected=expected, personal=personal)
    return opened_room(folded(stream))


def erase_text(*, stream: str, statement: str, by: str) -> None:
    """Erase the words of a text for good; that it was handed in stays. Raises FloorIsNotOpen, NothingToErase."""
    erase(stream=stream, number=room(stream).received[statement], field=TEXT, by=by)


def open_floor(
    *,
    convention: str,
    meeting: str,
    plan: Plan,
    version: int,
    by: str,
    rules: Profile,
    participants: Mapping[str, Category],
    rehearsal: str = "",
    key: str | None = None,
    places: Mapping[str, int] | None = None,
    regions: Mapping[str, str] | None = None,
    groups: Mapping[str, tuple[str, ...]] | None = None,
    speed: int = 1,
) -> Room:
    """Open the floor of a meeting, or of a rehearsal of it, with its programme and rules by value.

    `places`, `regions` and `groups` are what an order of the rules may need; raise OrderNeedsMore without them.
    `speed`: how many seconds of a rehearsal pass in one; a meeting takes place at 1.
    """
    code = calendar(convention).meeting(meeting).code
    body = plan_body(without_persons(plan))
    act = FloorOpened(
        plan=body,
        version=version,
        digest=digest_of(body),
        rules=rules.model_dump(mode="json", exclude_defaults=True),
        participants=dict(sorted(participants.items())),
        rehearsal=bool(rehearsal),
        places=dict(places or {}),
        regions=dict(regions or {}),
        groups=dict(groups or {}),
        speed=speed,
    )
    return perform(stream=floor_stream(convention, code, rehearsal), act=act, by=by, key=key)


def rules_for(convention: str, meeting: str) -> Profile:
    """The rules of the floor for the kind of a meeting."""
    rules, kind = pack(convention), calendar(convention).meeting(meeting).kind
    return rules.procedures[rules.rules.meeting_kinds[kind].procedure or ""]


def opened_room(found: Folded) -> Room:
    """The room of a fold that is known to be open."""
    if found.room is None:
        raise ValueError("the floor is not open")
    return found.room
