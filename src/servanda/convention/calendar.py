"""The calendar of a convention: its meetings, and which formal meeting comes next.

Rules look ahead to formal meetings only, for they alone decide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from servanda.common.days import When
from servanda.common.languages import Text
from servanda.common.refusals import Refusal, Unknown

# What stands in an address of a convention where the code of a meeting could: no meeting may be called so.
FIXED_WORDS = frozenset({
    "articles", "board", "calendar", "changes", "conflicts", "corrections", "coverage", "deadlines", "desk",
    "documents", "facts", "gaps", "glossary", "ledger", "live", "meetings", "organs", "plans", "reports", "states",
    "tiers",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; its first and last day are local to its place and both belong to it.

    `title`: what its pack calls it, or else the title of its kind, which stands beside its code.
    """

    convention: str
    code: str
    kind: str
    formal: bool
    start: date
    end: date
    city: str
    timezone: str
    venue: str
    room: str
    president: str
    announced_on: When | None
    source: str
    verified: bool
    note: str
    title: Text = field(compare=False)

    def is_announced_by(self, day: date) -> bool:
        """Whether its days were public on a day, as far as the register knows."""
        return self.announced_on is not None and self.announced_on.last <= day


class UnknownMeeting(Unknown):
    """The calendar has no meeting of this code."""

    def __init__(self, convention: str, code: str, codes: Iterable[str]) -> None:
        super().__init__(
            f"{convention} has no meeting {code!r}.",
            "A meeting is named by its convention and its code.",
            f"Known codes: {', '.join(codes)}.",
        )


class NoFormalMeetingAhead(Refusal):
    """A rule looks ahead to a formal meeting that the calendar does not hold."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        super().__init__(
            f"The list cannot be derived for {meeting.convention} {meeting.code}.",
            f"Its rule looks to the next formal meeting, and the calendar holds none after {meeting.start}.",
            "Add that meeting to calendar/meetings.csv of the pack and load it again.",
        )


class NotYetAnnounced(Refusal):
    """A rule looks ahead to a meeting whose days were not public on the day known."""

    def __init__(self, meeting: Meeting, known: date) -> None:
        self.meeting, self.known = meeting, known
        super().__init__(
            f"The list cannot be derived as known on {known}.",
            f"Its rule looks to {meeting.code}, whose days were announced on {meeting.announced_on}.",
            "Ask as known on that day or later.",
        )


@dataclass(frozen=True)
class Calendar:
    """The meetings of one convention, by code and in time."""

    convention: str
    meetings: Mapping[str, Meeting]

    @classmethod
    def of(cls, convention: str, meetings: Iterable[Meeting]) -> "Calendar":
        """Build it from meetings in any order."""
        in_time = sorted(meetings, key=lambda meeting: (meeting.start, meeting.code))
        return cls(convention, {meeting.code: meeting for meeting in in_time})

    def meeting(self, code: str) -> Meeting:
        """The meeting of a code; raise UnknownMeeting if there is none."""
        found = {known.casefold(): known for known in self.meetings}.get(code.casefold())
        if found is None:
            raise UnknownMeeting(self.convention, code, self.meetings)
        return self.meetings[found]

    def held_on(self, day: date) -> list[Meeting]:
        """The meetings that are held on a day."""
        return [meeting for meeting in self.meetings.values() if meeting.start <= day <= meeting.end]

    def next_after(self, day: date) -> Meeting | None:
        """The first meeting that starts after a day, if the calendar holds one."""
        return next((meeting for meeting in self.meetings.values() if meeting.start > day), None)

    def ended_before(self, day: date) -> list[Meeting]:
        """The meetings that ended before a day, the latest first."""
        ended = [meeting for meeting in self.meetings.values() if meeting.end < day]
        return sorted(ended, key=lambda meeting: (meeting.end, meeting.start), reverse=True)

    def formal_meetings_after(self, meeting: Meeting) -> list[Meeting]:
        """The formal meetings that start after a meeting does, in time."""
        return [later for later in self.meetings.values() if later.formal and later.start > meeting.start]

    def next_formal_meeting(self, meeting: Meeting) -> Meeting:
        """The first of them; raise NoFormalMeetingAhead if the calendar ends before."""
        ahead = self.formal_meetings_after(meeting)
        if not ahead:
            raise NoFormalMeetingAhead(meeting)
        return ahead[0]

    def formal_meeting_before(self, meeting: Meeting) -> Meeting | None:
        """The last formal meeting that started before a meeting does, if there is one."""
        before = [earlier for earlier in self.meetings.values() if earlier.formal and earlier.start < meeting.start]
        return before[-1] if before else None

    def meeting_of_kind_before(self, meeting: Meeting) -> Meeting | None:
        """The last meeting of the same kind that started before a meeting does, if there is one."""
        before = [each for each in self.meetings.values() if each.kind == meeting.kind and each.start < meeting.start]
        return before[-1] if before else None

    def formal_meetings_between(self, after: date, until: date) -> list[Meeting]:
        """The formal meetings that ended after one day and on or before another."""
        return [meeting for meeting in self.meetings.values() if meeting.formal and after < meeting.end <= until]
