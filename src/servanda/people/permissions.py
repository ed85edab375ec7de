"""Seats: the labels that each may see, and the acts that each may do. Two tables; everything asks them.

A label stands on every row that may be hidden: `public`, `parties`, `secretariat`,
`committee:<id>`, `state:<ISO>`. What a seat may not see is not selected, so it can neither be
shown nor counted. An act is named in RULES, with the seats that may do it; what is not named nobody may.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from servanda.common.refusals import Refusal

Kind = Literal["public", "delegation", "committee", "presiding officer", "secretariat", "administrator"]

Act = Literal[
    "read", "sign in", "suggest a correction", "see the desk", "propose a fact", "approve a fact",
    "decline a proposal", "withdraw a proposal", "close a suggestion", "erase a suggestion", "settle a clash",
    "see accounts", "see what is not settled", "store a programme", "issue a programme", "see drafts of programmes",
    "run the floor",
]  # fmt: skip

EVERYONE: frozenset[Kind] = frozenset(get_args(Kind))
DESK: frozenset[Kind] = frozenset({"secretariat"})
HOUSE: frozenset[Kind] = frozenset({"secretariat", "administrator"})
ADMINISTRATOR: frozenset[Kind] = frozenset({"administrator"})

# Who may do what. The administrator keeps accounts and the house in order and says nothing about a State.
RULES: Mapping[Act, frozenset[Kind]] = {
    "read": EVERYONE,
    "sign in": EVERYONE,
    "suggest a correction": EVERYONE,
    "see the desk": HOUSE,
    "propose a fact": DESK,
    "approve a fact": DESK,
    "decline a proposal": DESK,
    "withdraw a proposal": DESK,
    "close a suggestion": DESK,
    "erase a suggestion": HOUSE,
    "settle a clash": DESK,
    "see accounts": ADMINISTRATOR,
    "see what is not settled": DESK,
    "store a programme": DESK,
    "issue a programme": DESK,
    "see drafts of programmes": HOUSE,
    "run the floor": DESK,
}

PUBLIC_LABEL = "public"
PARTIES_LABEL = "parties"
SECRETARIAT_LABEL = "secretariat"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who asks: a kind of seat and, where it has one, its State (ISO alpha-3) or committee."""

    kind: Kind
    scope: str = ""
    is_party: bool = False


PUBLIC = Seat("public")
SECRETARIAT = Seat("secretariat")


class NotForThisSeat(Refusal):
    """A seat asks for an act that is not its own."""

    status = 403

    def __init__(self, seat: Seat, act: Act, scope: str = "") -> None:
        allowed = ", ".join(sorted(RULES[act]))
        super().__init__(
            f"This seat ({seat.kind}{f', {seat.scope}' if seat.scope else ''}) may not {act}"
            f"{f' of {scope}' if scope else ''}.",
            f"That is for: {allowed}.",
            "Ask someone who has that seat, or sign in with an account that has it.",
        )


def may(seat: Seat, act: Act, scope: str = "") -> bool:
    """Whether a seat may do an act; `scope` is the convention in which it would be done.

    An account of the house that is given for one convention acts in that one alone.
    """
    if seat.kind not in RULES[act]:
        return False
    narrowed = seat.kind in HOUSE and RULES[act] != EVERYONE and bool(seat.scope and scope)
    return seat.scope == scope if narrowed else True


def require(seat: Seat, act: Act, scope: str = "") -> None:
    """Raise NotForThisSeat unless the seat may do the act."""
    if not may(seat, act, scope):
        raise NotForThisSeat(seat, act, scope)


def labels(seat: Seat) -> frozenset[str]:
    """The labels of the rows that a seat may see."""
    match seat.kind:
        case "secretariat" | "administrator":
            return frozenset({PUBLIC_LABEL, PARTIES_LABEL, SECRETARIAT_LABEL})
        case "delegation":
            parties = {PARTIES_LABEL} if seat.is_party else set()
            return frozenset({PUBLIC_LABEL, f"state:{seat.scope}"} | parties)
        case "committee":
            return frozenset({PUBLIC_LABEL, PARTIES_LABEL, f"committee:{seat.scope}"})
        case "presiding officer":
            return frozenset({PUBLIC_LABEL, PARTIES_LABEL})
    return frozenset({PUBLIC_LABEL})
