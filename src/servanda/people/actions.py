"""Writing accounts. The journal gets the id and the seat, never a person's name or password."""

import secrets
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from servanda.common.clock import now
from servanda.journal.actions import append, hold
from servanda.journal.queries import head
from servanda.people import links
from servanda.people.accounts import (
    ADDED,
    DEACTIVATED,
    DEMONSTRATION,
    PASSWORD_SET,
    STREAM,
    IdIsTaken,
    WeakPassword,
    check_id,
)
from servanda.people.links import Link, LinkKind
from servanda.people.models import Account
from servanda.people.queries import all_links, demonstration_accounts, find_account, find_link


def add_account(
    *,
    name: str,
    seat: str,
    by: str,
    password: str | None = None,
    scope: str = "",
    display_name: str = "",
    is_demonstration: bool = False,
) -> Account:
    """Make an account; without a password nobody can sign in to it yet.

    Raises NotAnId, IdIsTaken, WeakPassword.
    """
    check_id(name)
    account = Account(
        name=name, seat_kind=seat, scope=scope, display_name=display_name, is_demonstration=is_demonstration
    )
    give_password(account, password)
    with transaction.atomic():
        hold(stream=STREAM)
        if Account.objects.filter(name=name).exists():
            raise IdIsTaken(name)
        account.save()
        body = {"account": name, "seat": seat, "scope": scope, "demonstration": is_demonstration}
        append(stream=STREAM, kind=ADDED, body=body, by=by)
    return account


def deactivate(*, name: str, by: str) -> Account:
    """Close an account for good and erase the person's name; its id stays in the journal. Raises UnknownAccount."""
    with transaction.atomic():
        hold(stream=STREAM)
        account = find_account(name)
        if account.is_active:
            account.is_active, account.display_name = False, ""
            account.set_unusable_password()
            account.save()
            append(stream=STREAM, kind=DEACTIVATED, body={"account": name}, by=by)
    return account


def set_password(*, name: str, password: str, by: str) -> Account:
    """Give an account another password; whoever is signed in to it is signed out.

    Raises UnknownAccount, WeakPassword.
    """
    with transaction.atomic():
        hold(stream=STREAM)
        account = find_account(name)
        give_password(account, password)
        account.save()
        append(stream=STREAM, kind=PASSWORD_SET, body={"account": name}, by=by)
    return account


def open_demonstration(*, by: str) -> dict[str, str]:
    """Make the accounts of a demonstration, or open them again; their passwords, made anew, by id."""
    passwords = {name: secrets.token_urlsafe(9) for name in DEMONSTRATION}
    for name, seat in DEMONSTRATION.items():
        if not Account.objects.filter(name=name).exists():
            add_account(name=name, seat=seat, by=by, is_demonstration=True)
        Account.objects.filter(name=name, is_demonstration=True).update(is_active=True)
        set_password(name=name, password=passwords[name], by=by)
    return passwords


def close_demonstration(*, by: str) -> list[str]:
    """Close the accounts of a demonstration that are open; return their ids."""
    names = [account.name for account in demonstration_accounts()]
    for name in names:
        deactivate(name=name, by=by)
    return names


def make_link(
    *, floor: str, kind: LinkKind, expires_at: datetime, by: str, delegation: str = "", key: str | None = None
) -> tuple[Link, str]:
    """Make a link to the floor of a meeting; it and its secret, which nothing will show again.

    A delegation has one link: an earlier one of the same floor is revoked. `expires_at` is UTC.
    Raises NoDelegationNamed, LinkWouldNotLast, KeyIsTaken.
    """
    links.check_link(kind, delegation, expires_at, now())
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        hold(stream=links.STREAM)
        for earlier in all_links().values():
            if delegation and (earlier.floor, earlier.delegation) == (floor, delegation) and not earlier.revoked_at:
                append(stream=links.STREAM, kind=links.REVOKED, body={"link": earlier.id}, by=by)
        name = f"{delegation or kind}-{head(links.STREAM) + 1}"
        body = {
            "link": name,
            "seat": kind,
            "floor": floor,
            "delegation": delegation,
            "digest": links.digest_of(secret),
            "expires_at": expires_at.isoformat(timespec="seconds"),
        }
        append(stream=links.STREAM, kind=links.MADE, body=body, by=by, key=key)
    return find_link(name), secret


def revoke_link(*, name: str, by: str) -> Link:
    """End a link for good; whoever sits by it is out at the next act. Raises UnknownLink."""
    with transaction.atomic():
        hold(stream=links.STREAM)
        if find_link(name).revoked_at is None:
            append(stream=links.STREAM, kind=links.REVOKED, body={"link": name}, by=by)
    return find_link(name)


def give_password(account: Account, password: str | None) -> None:
    """Set the hash of a password, or that there is none; raise WeakPassword."""
    if password is None:
        account.set_unusable_password()
        return
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise WeakPassword(list(error.messages)) from error
    account.set_password(password)
