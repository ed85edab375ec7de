"""What the interpreters' desk shows of a room: each speaker with the text that was handed in, and its length."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from servanda.common.languages import Language, find_language
from servanda.common.phrases import Phrase
from servanda.floor.log import StatementReceived
from servanda.floor.procedure import is_due
from servanda.floor.state import Room
from servanda.floor.texts import is_replaced, length_of, pace, to_be_read
from servanda.floor.view import ON_DECK, PlaceSeen, TurnSeen, Viewer
from servanda.floor.wishes import Slower


@dataclass(frozen=True, slots=True)
class Given:
    """A text as the interpreters see it: `length` in words, of Chinese in characters; None where it was erased.

    `a_minute` is how many of these would be read in a minute within the limit, None where there is no limit.
    """

    statement: StatementReceived
    language: Language
    length: int | None
    limit_seconds: int | None

    @property
    def a_minute(self) -> int | None:
        """The pace that the text needs."""
        return pace(self.length, self.limit_seconds) if self.length and self.limit_seconds else None


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody on the list, and the text that they will read, if one was handed in."""

    place: PlaceSeen
    given: Given | None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A text that was handed in for an item, by whom."""

    item: str
    speaker: Phrase
    given: Given


@dataclass(frozen=True)
class Booth:
    """The room as the interpreters see it in one language, with the texts by the number of their entries."""

    room: Room
    language: str
    texts: dict[int, str]

    @cached_property
    def viewer(self) -> Viewer:
        """Who looks at the room."""
        return Viewer(self.room, self.language)

    @property
    def turn(self) -> TurnSeen | None:
        """Who has the floor."""
        return self.viewer.public.turn

    @property
    def now_read(self) -> Given | None:
        """The text of whoever has the floor."""
        turn = self.turn
        if turn is None or turn.act != "statement":
            return None
        return self.given(turn.request, turn.clock.limit_seconds)

    @property
    def coming(self) -> tuple[Coming, ...]:
        """The next few on the list, in their order."""
        due = [each for each in self.viewer.places() if is_due(self.room, self.room.requests[each.request])]
        return tuple(
            Coming(each, self.given(each.request, each.limit_seconds) if each.act == "statement" else None)
            for each in due[:ON_DECK]
        )

    @property
    def handed_in(self) -> tuple[HandedIn, ...]:
        """Every text that no later one replaced, by item."""
        order = list(self.room.plan.items)
        found = [each for each in self.room.statements.values() if not is_replaced(self.room, each)]
        return tuple(
            HandedIn(
                self.room.plan.items[each.item].printed,
                self.viewer.name(each.speaker, self.room.plan.items[each.item]),
                self.of(each, None),
            )
            for each in sorted(found, key=lambda each: order.index(each.item))
        )

    @property
    def slower(self) -> Slower | None:
        """The wish for slower speech that stands."""
        return self.room.slower

    @property
    def slower_since(self) -> datetime | None:
        """Since when it stands, by the clock of the place."""
        return self.slower.since.astimezone(ZoneInfo(self.room.plan.timezone)) if self.slower else None

    def given(self, request: str, limit_seconds: int | None) -> Given | None:
        """The text that is read on the turn of a request."""
        asked = self.room.requests[request]
        found = to_be_read(self.room, asked.item, asked.speaker)
        return self.of(found, limit_seconds) if found else None

    def of(self, statement: StatementReceived, limit_seconds: int | None) -> Given:
        """A text with its length, and the limit of its turn."""
        words = self.texts.get(self.room.received[statement.statement])
        length = None if words is None else length_of(words, statement.language)
        return Given(statement, find_language(statement.language), length, limit_seconds)
