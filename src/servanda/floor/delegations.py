"""Who can be a delegation at a meeting, and until when a link to its floor is good."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from servanda.common.days import parse_day
from servanda.common.organisations import organisations
from servanda.common.refusals import Unknown
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.floor.log import Speaker
from servanda.floor.state import Room

DAYS_AFTER = 1  # that a link lives on after the last day of its meeting
LEAST_DAYS = 7  # that it lives if the meeting is past, as when one is held again as an example


class UnknownDelegation(Unknown):
    """A code names neither a State nor an organisation."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code[:20]!r} is no delegation.",
            "Delegations are named by the code of their State or organisation.",
            "Write its code, as TCD or ICRC.",
        )


def must_be_delegation(rules: Pack, code: str) -> str:
    """The code of a State or organisation; raise UnknownDelegation."""
    if code not in rules.names.states and code not in organisations().by_code:
        raise UnknownDelegation(code)
    return code


def speaker_of(room: Room, code: str) -> Speaker:
    """A delegation as it speaks: a State by what it is to the Convention, as the floor was opened, or an organization.

    A State that the floor does not know speaks as one not party.
    """
    otherwise = "organizations" if code in organisations().by_code else "states_not_party"
    return Speaker(room.participants.get(code, otherwise), code)  # type: ignore[arg-type]


def link_ends(meeting: Meeting, today: date, until: str = "") -> datetime:
    """The instant (UTC) at which a link to a meeting ends: with the day that is named, else soon after.

    `today` is the day it is at the place of the meeting.
    """
    soon = today + timedelta(days=LEAST_DAYS)
    day = parse_day(until, "until") if until else max(meeting.end + timedelta(days=DAYS_AFTER), soon)
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(meeting.timezone)).astimezone(UTC)
