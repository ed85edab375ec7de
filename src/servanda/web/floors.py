"""What every read-only screen of a floor shows: the room as everybody sees it, in one language."""

from dataclasses import dataclass

from servanda.floor.queries import folded
from servanda.floor.stages import Stage, stage_of
from servanda.floor.state import Room
from servanda.floor.view import PublicView, public_view


@dataclass(frozen=True, slots=True)
class Shown:
    """A room as everybody sees it; `symbols` are those of the documents of the item under consideration."""

    view: PublicView
    stage: Stage
    symbols: tuple[str, ...]


def read_floor(stream: str) -> tuple[int, Room | None]:
    """The number of a stream, and its room as it stands there; None where the floor was not opened."""
    found = folded(stream)
    return found.number, found.room


def shown_in(room: Room | None, language: str) -> Shown | None:
    """A room as its screens show it in a language; None where there is none."""
    if room is None:
        return None
    documents = room.current.documents if room.current else ()
    symbols = tuple(each.symbol for each in documents if each.symbol)
    return Shown(public_view(room, language), stage_of(room), symbols)
