"""Seats: the labels that each may see, and the acts that each may do. Two tables; everything asks them.

A label stands on every row that may be hidden: `public`, `parties`, `secretariat`,
`committee:<id>`, `state:<ISO>`. What a seat may not see is not selected, so it can neither be
shown nor counted. An act is named in RULES, with the seats that may do it; what is not named nobody may.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from servanda.common.refusals import Refusal

Kind = Literal[
    "public", "delegation", "committee", "presiding officer", "interpreter", "display", "secretariat", "administrator",
]  # fmt: skip

Act = Literal[
    "read", "sign in", "suggest a correction", "see the desk", "propose a fact", "approve a fact",
    "decline a proposal", "withdraw a proposal", "close a suggestion", "erase a suggestion", "settle a clash",
    "see accounts", "see what is not settled", "store a programme", "issue a programme", "see drafts of programmes",
    "enter by a link", "keep links", "see the desk of a delegation", "ask for the floor", "withdraw a request",
    "hand in a text", "erase a text", "see texts before they are read out", "follow the floor for interpretation",
    "ask to speak more slowly", "run the floor", "show the floor in the room",
]  # fmt: skip

EVERYONE: frozenset[Kind] = frozenset(get_args(Kind))
DESK: frozenset[Kind] = frozenset({"secretariat"})
HOUSE: frozenset[Kind] = frozenset({"secretariat", "administrator"})
ADMINISTRATOR: frozenset[Kind] = frozenset({"administrator"})
DELEGATION: frozenset[Kind] = frozenset({"delegation"})
CONSOLE: frozenset[Kind] = frozenset({"presiding officer", "secretariat"})
BOOTH: frozenset[Kind] = frozenset({"interpreter"})
DISPLAY: frozenset[Kind] = frozenset({"display"})

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
    "enter by a link": EVERYONE,
    "keep links": DESK,
    "see the desk of a delegation": DELEGATION,
    "ask for the floor": DELEGATION,
    "withdraw a request": DELEGATION,
    "hand in a text": DELEGATION,
    "erase a text": DELEGATION | HOUSE,
    "see texts before they are read out": BOOTH | CONSOLE,
    "follow the floor for interpretation": BOOTH | CONSOLE,
    "ask to speak more slowly": BOOTH,
    "run the floor": CONSOLE,
    "show the floor in the room": DISPLAY | CONSOLE,
}

# Acts on the floor of one meeting: their scope is its stream.
ON_THE_FLOOR: frozenset[Act] = frozenset({
    "see the desk of a delegation", "ask for the floor", "withdraw a request", "hand in a text", "erase a text",
    "see texts before they are read out", "follow the floor for interpretation", "ask to speak more slowly",
    "run the floor", "show the floor in the room",
})  # fmt: skip

PUBLIC_LABEL = "public"
PARTIES_LABEL = "parties"
SECRETARIAT_LABEL = "secretariat"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who asks: a kind of seat and, where it has one, its State (ISO alpha-3) or committee.

    `floor` is the stream of the one meeting, or rehearsal, for which a link gives the seat.
    """

    kind: Kind
    scope: str = ""
    is_party: bool = False
    floor: str = ""

    @property
    def reach(self) -> str:
        """The one scope in which a seat without an account acts: its floor, or its own desk there."""
        return desk_scope(self.floor, self.scope) if self.kind == "delegation" and self.floor else self.floor


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


def desk_scope(floor: str, delegation: str) -> str:
    """The scope of acts at the desk of one delegation on the floor of a meeting."""
    return f"{floor}:{delegation}"


def may(seat: Seat, act: Act, scope: str = "") -> bool:
    """Whether a seat may do an act in a scope.

    `scope` is a convention, the stream of a floor, or the desk of a delegation there (`desk_scope`).
    An account of the house that is given for one convention acts in that one alone, a seat given by a link on
    its own floor alone, and a delegation at its own desk.
    """
    if seat.kind not in RULES[act]:
        return False
    if RULES[act] == EVERYONE:
        return True
    if seat.kind in HOUSE:
        return not (seat.scope and scope) or seat.scope == scope.partition("/")[0]
    return scope == seat.reach


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
