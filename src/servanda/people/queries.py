"""Reading accounts and links, and the seat that each has."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from servanda.common.clock import now
from servanda.journal.queries import entries
from servanda.people.accounts import UnknownAccount
from servanda.people.links import STREAM, Link, LinkIsNotGood, UnknownLink, digest_of, with_entry
from servanda.people.models import Account
from servanda.people.permissions import PUBLIC, Seat


def accounts() -> list[Account]:
    """Every account, by id."""
    return list(Account.objects.order_by("name"))


def find_account(name: str) -> Account:
    """The account of an id; raise UnknownAccount."""
    account = Account.objects.filter(name=name).first()
    if account is None:
        raise UnknownAccount(name, [each.name for each in accounts()])
    return account


def demonstration_accounts() -> list[Account]:
    """The accounts of a demonstration that can be used."""
    return list(Account.objects.filter(is_demonstration=True, is_active=True).order_by("name"))


def is_demonstration() -> bool:
    """Whether this house is a demonstration: its accounts are open."""
    return Account.objects.filter(is_demonstration=True, is_active=True).exists()


def seat_of(user: AbstractBaseUser | AnonymousUser) -> Seat:
    """The seat of whoever asks: that of the account signed in, else the public one."""
    if isinstance(user, Account) and user.is_active:
        return Seat("secretariat" if user.seat_kind == "secretariat" else "administrator", user.scope)
    return PUBLIC


@dataclass(frozen=True, slots=True)
class Read:
    """The links as far as their stream was read: its number, and the hash that stands there."""

    number: int = 0
    hash: str = ""
    links: dict[str, Link] = field(default_factory=dict)


KEPT = {STREAM: Read()}


def all_links() -> dict[str, Link]:
    """Every link that was ever made, by id; what is kept in memory is proved by the hash of its last entry."""
    held = KEPT[STREAM]
    fresh = list(entries(STREAM, after=max(held.number - 1, 0)))
    if held.number and not (fresh and (fresh[0].number, fresh[0].hash) == (held.number, held.hash)):
        held, fresh = Read(), list(entries(STREAM))
    for entry in fresh:
        if entry.number > held.number:
            at = datetime.fromisoformat(entry.at)
            held = Read(entry.number, entry.hash, with_entry(held.links, entry.kind, entry.body, at, entry.by))
    KEPT[STREAM] = held
    return held.links


def links_of(floor: str) -> list[Link]:
    """The links to a floor that can still be used, the latest first."""
    return [link for link in reversed(all_links().values()) if link.floor == floor and link.stands_at(now())]


def find_link(name: str) -> Link:
    """The link of an id; raise UnknownLink."""
    known = all_links()
    if name not in known:
        raise UnknownLink(name, [link.id for link in known.values() if link.stands_at(now())][:20])
    return known[name]


def link_by(secret: str) -> Link:
    """The link that a secret opens now; raise LinkIsNotGood."""
    digest, instant = digest_of(secret), now()
    found = next((link for link in all_links().values() if link.digest == digest), None)
    if found is None or not found.stands_at(instant):
        raise LinkIsNotGood
    return found


def standing_links(names: list[str]) -> list[Link]:
    """Of some links, by id, those that can still be used."""
    known, instant = all_links(), now()
    return [known[name] for name in names if name in known and known[name].stands_at(instant)]
