"""Which programme an address asks for: the version issued last, one by its number, or what the register derives.

Where a version is issued, an address that says nothing else means that one. `known` or `at` asks what is derived
by those; `version` asks for an issued version by its number. Drafts are the secretariat's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from servanda.common.names import Names
from servanda.common.refusals import WrongUsage
from servanda.convention.calendar import Meeting
from servanda.convention.pack import Pack
from servanda.convention.queries import calendar, pack
from servanda.journal.queries import head
from servanda.programme.composing import MeetingIsTooShort, NoTemplate, template_for
from servanda.programme.plan import Issued, Plan
from servanda.programme.queries import plan as built
from servanda.programme.versions import Version, rules_of, stored, stream_of, versions
from servanda.web.asking import Times


class NotAVersion(WrongUsage):
    """`version` is no number of a version."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"version: {text[:20]!r} is not the number of a version.",
            "The versions of a programme are counted from 1.",
            "Write a whole number, or leave it out for the version issued last.",
        )


class VersionOrDays(WrongUsage):
    """An issued version is asked for, and what is derived by other days."""

    def __init__(self) -> None:
        super().__init__(
            "version stands beside known or at.",
            "An issued version is frozen with the days and the journal number from which it was derived.",
            "Ask for the version alone, or leave it out to have the programme derived.",
        )


@dataclass(frozen=True)
class Chosen:
    """The programme that an address asks for. `last` is the version issued last, None where none is.

    `version` is the one that the address names; `issued` tells as which version the programme was issued, None
    where it is derived. `numbers` is the head of the meeting's stream, asked for before its rows were read.
    """

    plan: Plan
    times: Times
    numbers: Mapping[str, int]
    last: Version | None
    version: int | None = None
    issued: Issued | None = None

    @property
    def at(self) -> int | None:
        """The journal number at which the register is read for it."""
        if self.issued is None:
            return self.times.at
        return min(self.plan.as_of.number, head(self.plan.convention))

    @property
    def names(self) -> Names:
        """The names of States by the rules from which it was derived."""
        return rules_of(self.plan).names if self.issued else pack(self.plan.convention, self.times.at).names

    @property
    def is_superseded(self) -> bool:
        """Whether a later version was issued."""
        return bool(self.issued and self.last and self.issued.version < self.last.version)

    @property
    def derived_known(self) -> date:
        """The day as known on which the same programme can be asked for as it is derived now."""
        return min(self.plan.start, self.times.today)

    @property
    def query(self) -> str:
        """What the address asks, as a query string with its question mark, or nothing."""
        return f"?version={self.version}" if self.version else self.times.query


def chosen(request: HttpRequest, times: Times, meeting: Meeting) -> Chosen:
    """The programme of a meeting that an address asks for.

    Raises NotAVersion, VersionOrDays, NoSuchVersion, VersionWasAltered, and what `programme.queries.plan` raises.
    """
    convention, code = meeting.convention, meeting.code
    numbers = number_of_meeting(convention, code)
    version = asked_version(request, times)
    issued = versions(convention, code)
    last = issued[-1] if issued else None
    if version is None and (last is None or asks_what_is_derived(times)):
        return Chosen(built(convention, code, times.known, times.at), times, numbers, last)
    found = stored(convention, code, version, issued=True)
    return Chosen(found.plan, times, numbers, last, version, found.issued)


def has_programme(rules: Pack, meeting: Meeting) -> bool:
    """Whether a page of its programme shows one: a version was issued, or it can be derived."""
    try:
        template_for(rules, meeting)
    except (NoTemplate, MeetingIsTooShort):
        return bool(versions(meeting.convention, meeting.code))
    return True


def number_of_meeting(convention: str, code: str) -> dict[str, int]:
    """The head of the stream of a meeting, under which answers are kept that show its programme."""
    stream = stream_of(convention, code)
    return {stream: head(stream)}


def asks_what_is_derived(times: Times) -> bool:
    """Whether an address names a day as known, or a journal number."""
    return times.known is not None or times.at is not None


def chosen_at(request: HttpRequest, times: Times, convention: str, code: str) -> Chosen:
    """The same by the code of the meeting; raise UnknownMeeting too."""
    return chosen(request, times, calendar(convention).meeting(code))


def asked_version(request: HttpRequest, times: Times) -> int | None:
    """The version that an address names, if it does; raise NotAVersion or VersionOrDays."""
    text = request.GET.get("version", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) > 0):
        raise NotAVersion(text)
    if asks_what_is_derived(times):
        raise VersionOrDays
    return int(text)
