"""What `servanda user` does. A password comes from a prompt, from standard input, or is made; never from a word."""

import argparse
import getpass
import secrets
import sys

from servanda.common.refusals import WrongUsage
from servanda.people.actions import add_account, deactivate, set_password
from servanda.people.queries import accounts, find_account
from servanda.site.command import say

BY = "command-line"


class PasswordsDiffer(WrongUsage):
    """The password was not written the same twice."""

    def __init__(self) -> None:
        super().__init__("The two passwords differ.", "One of them was mistyped.", "Try again, or use --generate.")


def add_user(chosen: argparse.Namespace) -> int:
    """`servanda user add`: make an account."""
    password = new_password(generating=chosen.generate)
    account = add_account(
        name=chosen.id,
        seat=chosen.seat,
        by=BY,
        password=password,
        scope=chosen.convention,
        display_name=chosen.name,
    )
    say(f"{account.name}: added, {account.seat_kind}")
    tell(password, generated=chosen.generate)
    return 0


def list_users(_chosen: argparse.Namespace) -> int:
    """`servanda user list`: who may sign in, with which seat."""
    for account in accounts():
        scope = f" of {account.scope}" if account.scope else ""
        marks = f"{', demonstration account' if account.is_demonstration else ''}"
        print(f"{account.name}  {account.seat_kind}{scope}{marks}{'' if account.is_active else ', closed'}")
    return 0


def close_user(chosen: argparse.Namespace) -> int:
    """`servanda user deactivate`: close an account and erase the person's name."""
    account = deactivate(name=chosen.id, by=BY)
    say(f"{account.name}: closed; nobody can sign in to it, and the journal keeps its id")
    return 0


def change_password(chosen: argparse.Namespace) -> int:
    """`servanda user password`: give an account another password."""
    find_account(chosen.id)
    password = new_password(generating=chosen.generate)
    account = set_password(name=chosen.id, password=password, by=BY)
    say(f"{account.name}: has another password; whoever was signed in to it is signed out")
    tell(password, generated=chosen.generate)
    return 0


def new_password(*, generating: bool) -> str:
    """A password: made, asked for twice at a terminal, or the first line of standard input."""
    if generating:
        return secrets.token_urlsafe(15)
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("The same again: "):
        raise PasswordsDiffer
    return first


def tell(password: str, *, generated: bool) -> None:
    """Print a password that was made, this once: it is a result, and is kept nowhere."""
    if generated:
        print(password)
