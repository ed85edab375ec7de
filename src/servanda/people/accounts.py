"""The words of accounts: what an id looks like, which seats sign in, and the journal kinds of what is done to them."""

import re

from servanda.common.refusals import Refusal, Unknown, WrongUsage
from servanda.journal.kinds import Kind, declare

STREAM = "house/accounts"
ADDED = declare(Kind("account-added")).name
DEACTIVATED = declare(Kind("account-deactivated")).name
PASSWORD_SET = declare(Kind("password-set")).name

ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
DEMONSTRATION = {
    "demo-desk-1": "secretariat",
    "demo-desk-2": "secretariat",
    "demo-administrator": "administrator",
}
RESERVED = frozenset({"public", "command-line", "demonstration", "replay"})


class NotAnId(WrongUsage):
    """An id of an account is no word of the kind that the journal may keep."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:60]!r} cannot be the id of an account.",
            "The journal keeps the id for good, so it is a word and never a person's name.",
            "Write 2 to 40 small letters, digits or hyphens, as desk-2; give the person's name with --name.",
        )


class IdIsTaken(Refusal):
    """Two accounts cannot have one id, not even one after the other."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is an account {name} already.",
            "The journal tells by the id who did what, so an id is given once.",
            "Choose another id.",
        )


class UnknownAccount(Unknown):
    """Nobody has this id."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"There is no account {name!r}.",
            f"Accounts: {', '.join(known) or 'none'}.",
            "Name one of these, or add it: servanda user add",
        )


class WeakPassword(Refusal):
    """A password is too easily guessed."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(
            "This password is not taken.",
            " ".join(reasons),
            "Choose a longer one, or let one be made: --generate",
        )


def check_id(name: str) -> None:
    """Raise NotAnId for what cannot stand as an author in the journal."""
    if not ID.fullmatch(name) or name in RESERVED:
        raise NotAnId(name)
