"""Reading accounts, and the seat that each has."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from servanda.people.accounts import UnknownAccount
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


def seat_of(user: AbstractBaseUser | AnonymousUser) -> Seat:
    """The seat of whoever asks: that of the account signed in, else the public one."""
    if isinstance(user, Account) and user.is_active:
        return Seat("secretariat" if user.seat_kind == "secretariat" else "administrator", user.scope)
    return PUBLIC
