"""Seats, and the labels that each may see. One table; every query filters by it.

A label stands on every row that may be hidden: `public`, `parties`, `secretariat`,
`committee:<id>`, `state:<ISO>`. What a seat may not see is not selected, so it can neither be
shown nor counted.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["public", "delegation", "committee", "presiding officer", "secretariat", "administrator"]

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
