"""Writing accounts. The journal gets the id and the seat, never a person's name or password."""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from servanda.journal.actions import append, hold
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
from servanda.people.models import Account
from servanda.people.queries import demonstration_accounts, find_account


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
