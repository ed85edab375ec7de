"""Links that give a seat without an account: one for each delegation of a meeting, and some for its screens.

A link is good for one floor (a meeting's or a rehearsal's), until its day, or until it is revoked. Its secret is
shown once; what is kept is a digest, from which nobody can make the link again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from servanda.common.refusals import Refusal, Unknown, WrongUsage
from servanda.journal.kinds import Kind as JournalKind
from servanda.journal.kinds import declare
from servanda.people.permissions import Kind, Seat

STREAM = "house/links"
MADE = declare(JournalKind("link-made")).name
REVOKED = declare(JournalKind("link-revoked")).name
MOST_DAYS = 400  # that a link can be good for

LinkKind = Literal["delegation", "console", "display", "interpreters"]
LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
SEATS: Mapping[LinkKind, Kind] = {
    "delegation": "delegation",
    "console": "presiding officer",
    "display": "display",
    "interpreters": "interpreter",
}


class NoDelegationNamed(WrongUsage):
    """A link of a delegation names none, or another link names one."""

    def __init__(self, kind: str, delegation: str) -> None:
        super().__init__(
            f"A link for the {kind} cannot name the delegation {delegation!r}." if delegation else "No delegation.",
            "A link of a delegation is for one State or organization; the others are for none.",
            "Name one delegation, or one of: console, display, interpreters.",
        )


class LinkWouldNotLast(WrongUsage):
    """A link is to end before it begins, or to go on for years."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"A link cannot be good until {until:%Y-%m-%d}.",
            f"It ends in the future, and after no more than {MOST_DAYS} days.",
            "Name a day soon after the meeting, or none.",
        )


class UnknownLink(Unknown):
    """No link has this id."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f"There is no link {name[:60]!r}.",
            f"Links that stand: {', '.join(known) or 'none'}.",
            "Name one of these: servanda link list",
        )


class LinkIsNotGood(Refusal):
    """Somebody comes by a link that is unknown, revoked or at its end; which of these is not said."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "This link does not open a seat.",
            "It was written wrongly, it has ended, or it was replaced by another.",
            "Ask the secretariat of the meeting for the link that is good now.",
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the floor (stream) that it is for, and its delegation if it has one. Instants are UTC.

    `id` stands in the journal as the author of what is done by it, and names nobody.
    """

    id: str
    kind: LinkKind
    floor: str
    delegation: str
    digest: str
    expires_at: datetime
    made_by: str
    revoked_at: datetime | None = None

    def stands_at(self, instant: datetime) -> bool:
        """Whether it opens its seat at an instant."""
        return self.revoked_at is None and instant < self.expires_at

    @property
    def seat(self) -> Seat:
        """The seat that it gives."""
        return Seat(SEATS[self.kind], self.delegation, floor=self.floor)


def digest_of(secret: str) -> str:
    """What is kept of a secret; it is long and random, so that a plain digest cannot be undone."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_link(kind: LinkKind, delegation: str, expires_at: datetime, at: datetime) -> None:
    """Raise NoDelegationNamed or LinkWouldNotLast for a link that cannot be made at an instant (UTC)."""
    if (kind == "delegation") != bool(delegation):
        raise NoDelegationNamed(kind, delegation)
    if not (at < expires_at and (expires_at - at).days <= MOST_DAYS):
        raise LinkWouldNotLast(expires_at)


def with_entry(links: Mapping[str, Link], kind: str, body: Mapping[str, Any], at: datetime, by: str) -> dict[str, Link]:
    """The links by id after one more entry of their stream."""
    if kind == REVOKED:
        return {**links, body["link"]: replace(links[body["link"]], revoked_at=at)}
    made = Link(
        id=body["link"],
        kind=body["seat"],
        floor=body["floor"],
        delegation=body["delegation"],
        digest=body["digest"],
        expires_at=datetime.fromisoformat(body["expires_at"]),
        made_by=by,
    )
    return {**links, made.id: made}
