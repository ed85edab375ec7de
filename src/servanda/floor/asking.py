"""Whether a delegation, or whoever asks in its name, may be entered on a list."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from servanda.floor.conditions import cited, in_sitting, must_be, under_consideration
from servanda.floor.log import Asked, Speaker
from servanda.floor.refusals import (
    AlreadyOnTheList,
    AnotherTierNamesThem,
    ItemIsConcluded,
    ListIsClosed,
    ListIsNotOpenYet,
    NoMoreOfThese,
    NoSuchThing,
    NotOfThisFloor,
)
from servanda.floor.state import Room

STATES = ("states_parties", "signatories", "states_not_party")


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
    """Somebody is named; a State is on the list of participants, and takes part in the capacity that this gives it."""
    if not (speaker.code or speaker.name).strip():
        raise NoSuchThing("speaker", speaker.code, "")
    if speaker.category in STATES:
        must_be("participant", speaker.code, room.participants)
    listed = room.participants.get(speaker.code, speaker.category)
    if speaker.category in (*STATES, "organizations") and listed != speaker.category:
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


ASKING: Mapping[str, Callable[[Room, Asked, datetime], None]] = {
    "statement": ask_for_statement,
    "reply": ask_for_reply,
    "point_of_order": ask_for_point,
}
