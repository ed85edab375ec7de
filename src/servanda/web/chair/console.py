"""What the console shows of a room: the bar with the likely next act filled, the chair's words, the outlook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from servanda.common.phrases import Phrase, Value
from servanda.common.wording import N_, Sentence
from servanda.floor.advice import Presenting, code_of, presenting, shortening, what_would_move
from servanda.floor.log import Act, LimitSet, Logged, Undone
from servanda.floor.outlook import Outlook, ends_at, outlook, time_left, what_if
from servanda.floor.procedure import POINTS, PRESENTERS, STATEMENTS, Waiting, is_due, queue
from servanda.floor.queries import acts_since
from servanda.floor.state import Request, Room
from servanda.floor.view import Clock, PlaceSeen, StaffView, Viewer
from servanda.programme.plan import Sitting
from servanda.web.chair.telling import by_whom, item, request, sitting, speaker, told
from servanda.web.chair.undoable import undoable
from servanda.web.templatetags.floor import state_of

MORE_SECONDS = 60
MOST_BUTTONS = 5


@dataclass(frozen=True)
class Button:
    """One act of the bar: its name, what it says, its key, and the fields that it sends."""

    act: str
    says: Phrase
    key: str
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def joined(self) -> str:
        """The fields as the value of one button."""
        return urlencode(self.fields)


@dataclass(frozen=True)
class Row:
    """A place on the list, what would move it, and the name of the person who speaks, where it was entered.

    `heading`: "points", "replies", "presenters", "late", "groups", "requests", or the kind of a tier.
    """

    place: PlaceSeen
    heading: str
    moves: tuple[Sentence, ...]
    person: str


@dataclass(frozen=True)
class Group:
    """Those who wait under one heading, in their order."""

    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        """The first of them."""
        return self.rows[0]


@dataclass(frozen=True)
class Presents:
    """A planned presenter by code and name, and who was entered: each by name, and whether instead of them."""

    code: str
    planned: Phrase
    entered: tuple[tuple[Phrase, bool], ...]

    @property
    def instead(self) -> list[Phrase]:
        """Who was entered instead of the one planned."""
        return [name for name, is_another in self.entered if is_another]


@dataclass(frozen=True)
class Console:
    """A room as the console shows it, in one language, at one instant (UTC)."""

    room: Room
    language: str
    instant: datetime
    persons: Mapping[int, str] = field(default_factory=dict)
    undid: Act | None = None

    @property
    def person(self) -> str:
        """The name of the person who has the floor, where it was entered."""
        request = self.room.requests[self.room.turn.request] if self.room.turn else None
        return self.persons.get(request.number, "") if request else ""

    @cached_property
    def viewer(self) -> Viewer:
        """Who looks at the room."""
        return Viewer(self.room, self.language)

    @cached_property
    def seen(self) -> StaffView:
        """What those who run the floor see."""
        return self.viewer.staff()

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """Who waits on the item under consideration and can be heard in this sitting."""
        return tuple(each for each in queue(self.room) if is_due(self.room, each.request))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The list of speakers, parted where another heading begins."""
        waiting = queue(self.room)
        rows = [
            Row(
                place,
                self.heading(place),
                what_would_move(self.room, place.request, waiting),
                self.persons.get(place.number, ""),
            )
            for place in self.seen.places
        ]
        return tuple(Group(tuple(each)) for _heading, each in groupby(rows, key=lambda row: row.heading))

    def heading(self, place: PlaceSeen) -> str:
        """Under what heading a place stands; groups have their own where they speak first."""
        if place.rank != STATEMENTS:
            return {POINTS: "points", PRESENTERS: "presenters"}.get(place.rank, "replies")
        if self.room.requests[place.request].is_late:
            return "late"
        if place.speaker.category == "groups" and self.room.rules.group_statements.speak == "first":
            return "groups"
        return place.tier.kind if place.tier else "requests"

    @property
    def outlook(self) -> Outlook | None:
        """Whether those who wait fit into what is left of the sitting; None where nobody waits."""
        return outlook(self.room, self.instant) if queue(self.room) else None

    @cached_property
    def next_sitting(self) -> Sitting | None:
        """The first sitting of the programme that was not held; a rehearsal has those alone that take up an item."""
        held = {each.sitting for each in self.room.sittings}
        left = (each for each in self.room.plan.sittings if each.id not in held)
        return next((each for each in left if not self.room.rehearsal or any(one.item for one in each.entries)), None)

    @property
    def here(self) -> Sitting | None:
        """The sitting that is open."""
        return next((each for each in self.room.plan.sittings if each.id == self.room.sitting), None)

    @property
    def planned(self) -> list[str]:
        """The items of the sitting that is open, in the order of its programme."""
        return [each.item for each in self.here.entries if each.item] if self.here else []

    @cached_property
    def next_item(self) -> str | None:
        """The item of the sitting's programme that comes next and was not concluded."""
        planned = self.planned
        begin = planned.index(self.room.item) + 1 if self.room.item in planned else 0
        left = [each for each in planned[begin:] if each not in self.room.concluded and each != self.room.item]
        return next(iter(left), None)

    @property
    def sittings(self) -> list[tuple[Sitting, Phrase, bool]]:
        """Every sitting with its name, and whether it was or is held."""
        held = {each.sitting for each in self.room.sittings}
        return [(each, sitting(self.viewer, each.id), each.id in held) for each in self.room.plan.sittings]

    @property
    def sitting_name(self) -> Phrase:
        """The sitting that is open, by its day and times."""
        return sitting(self.viewer, self.room.sitting or "")

    @property
    def apart(self) -> list[PlaceSeen]:
        """Points of order and replies that wait."""
        return [place for place in self.seen.places if place.act != "statement"]

    @property
    def points(self) -> list[tuple[Phrase, Button, Button]]:
        """The points of order that were heard and are not ruled upon, with both rulings."""
        found = [each for each in self.room.requests.values() if each.act == "point_of_order" and each.ruling is None]
        return [
            (request(self.viewer, each.id), self.ruling(each.id, "yes"), self.ruling(each.id, "no"))
            for each in found
            if each.standing == "spoken"
        ]

    @property
    def presenters(self) -> list[Presents]:
        """The planned presenters of the item under consideration."""
        return self.presenting(self.room.item) if self.room.item else []

    def presenting(self, item: str) -> list[Presents]:
        """The planned presenters of an item, and who was entered as each."""
        return [
            Presents(code_of(each.planned), self.viewer.presenter(each.planned), self.entered(each))
            for each in presenting(self.room, item)
            if each.planned
        ]

    def entered(self, found: Presenting) -> tuple[tuple[Phrase, bool], ...]:
        """Who was entered as a planned presenter, by name, and whether they speak instead of them."""
        return tuple(
            (speaker(self.viewer, each.speaker, each.item), bool(each.speaker.instead_of)) for each in found.entered
        )

    @property
    def exchanges(self) -> list[Button]:
        """The exchanges of places that both delegations agree to, each to be done."""
        words = N_("{one} and {other} exchange their places")
        return [
            Button(
                "exchange",
                self.say(words, one=request(self.viewer, each.one), other=request(self.viewer, each.other)),
                "",
                (("request", each.one), ("other", each.other)),
            )
            for each in self.room.proposals
            if each.is_agreed
        ]

    @property
    def slower_since(self) -> datetime | None:
        """Since when the interpreters' wish for slower speech stands, by the clock of the place."""
        wish = self.room.slower
        return wish.since.astimezone(self.zone) if wish else None

    def ruling(self, name: str, upheld: str) -> Button:
        """One of the two rulings."""
        words = N_("The point is upheld") if upheld == "yes" else N_("The point is not upheld")
        return Button("rule", self.say(words), "", (("request", name), ("upheld", upheld)))

    @property
    def list_is_closed(self) -> bool:
        """Whether the list of the item is closed at this instant, by the presiding officer or by the rules."""
        return self.room.item is not None and self.room.is_closed(self.room.item, self.instant)

    @property
    def list_closes_at(self) -> datetime | None:
        """When the rules will close it, by the clock of the place."""
        seen = self.seen.public.item
        closes_at = seen.list_closes_at if seen and not self.list_is_closed else None
        return closes_at.astimezone(self.zone) if closes_at else None

    @property
    def what_if(self) -> list[tuple[int, int, bool]]:
        """Shorter limits that were tried out, where the list does not fit."""
        return what_if(self.room, self.instant)

    @property
    def shortens(self) -> tuple[LimitSet, ...]:
        """The limits that the rules propose where the list does not fit."""
        proposed = shortening(self.room, self.instant)
        return proposed.settings if proposed else ()

    @property
    def last(self) -> Phrase | None:
        """What was done last at the floor, by whom and when: who else is at a console shows here."""
        found = [each for each in (self.room.last, self.room.undone) if each]
        if not found:
            return None
        entry = max(found, key=lambda each: each.number)
        undid = self.undid if isinstance(entry.act, Undone) else None
        at = entry.at.astimezone(self.zone).time()
        words = N_("Last act, at {time}: {act} (by {by})")
        return self.say(words, time=at, act=told(entry.act, self.viewer, undid), by=entry.by)

    @property
    def break_clock(self) -> Clock | None:
        """A clock that counts down to the end of the sitting."""
        if self.here is None:
            return None
        opened_at = self.room.sittings[-1].opened_at
        seconds = int(time_left(self.room, self.here, opened_at).total_seconds())
        return Clock(opened_at, timedelta(), opened_at, seconds, (), 0, hard=False, speed=self.room.speed)

    @property
    def ends_at(self) -> datetime | None:
        """When the sitting ends, by the clock of the place."""
        return ends_at(self.room, self.here).astimezone(self.zone) if self.here else None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the meeting's place."""
        return ZoneInfo(self.room.plan.timezone)

    @cached_property
    def undoable(self) -> Logged | None:
        """The act that the bar offers to undo."""
        return undoable(self.room)

    @property
    def undoes(self) -> Phrase | None:
        """What would be undone, by name."""
        return told(self.undoable.act, self.viewer) if self.undoable else None

    @property
    def departures(self) -> list[Phrase]:
        """The departures of the presiding officer, the latest first."""
        words = N_("Entry {number}, by {by}: {reason}")
        say = self.viewer.scribe.say
        found = [say(words, number=each.number, by=each.by, reason=each.reason) for each in self.room.departures]
        return found[::-1]

    def since(self, stream: str, number: str) -> list[Phrase]:
        """What was done on the floor since a page was shown, the earliest first."""
        after = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else self.room.number
        found = acts_since(stream, after)
        acts = {entry.number: entry.act for entry in found}
        undid = [acts.get(entry.act.number) if isinstance(entry.act, Undone) else None for entry in found]
        return [by_whom(entry, self.viewer, act) for entry, act in zip(found, undid, strict=True)]

    def say(self, words: str, **values: Value) -> Phrase:
        """A whole sentence in the reader's language."""
        return self.viewer.scribe.say(words, **values)

    @property
    def bar(self) -> tuple[Button, ...]:
        """At most five acts; the first is the likely next one, the last undoes."""
        found = [*self.likely()][: MOST_BUTTONS - 1]
        undoes, last = self.undoes, self.undoable
        if undoes is None or last is None:
            return tuple(found)
        says = self.say(N_("Undo: {act}"), act=undoes)
        return (*found, Button("undo", says, "u", (("undo", str(last.number)),)))

    def likely(self) -> Iterator[Button]:
        """The acts that are in order now, the likeliest first; the first has the key n."""
        if self.room.sitting is None:
            yield from self.before_a_sitting()
        elif self.room.is_suspended:
            yield Button("resume", self.say(N_("Resume the sitting")), "n")
            if self.room.turn is None:
                yield Button("close-sitting", self.say(N_("Close the sitting")), "")
        elif self.points and (self.room.turn is None or self.room.turn.act != "point_of_order"):
            for _who, upheld, not_upheld in self.points[:1]:
                yield from (upheld, not_upheld)
            yield Button("suspend", self.say(N_("Suspend the sitting")), "s")
        elif self.room.turn is not None:
            yield from self.in_a_turn()
        else:
            yield from self.between_turns()

    def before_a_sitting(self) -> Iterator[Button]:
        """The next sitting is called to order."""
        if self.next_sitting:
            says = self.say(N_("Open the sitting: {sitting}"), sitting=sitting(self.viewer, self.next_sitting.id))
            yield Button("open-sitting", says, "n", (("sitting", self.next_sitting.id),))

    def in_a_turn(self) -> Iterator[Button]:
        """Somebody has the floor."""
        turn = self.room.turn
        about = (("turn", str(turn.number)),) if turn else ()
        if point := self.point_raised:
            yield from self.on_a_point(point, about)
        else:
            yield Button("end", self.say(N_("End of the statement")), "n", about)
        if turn and turn.running_since is None:
            yield Button("continue", self.say(N_("Start the clock again")), "p", about)
        else:
            yield Button("pause", self.say(N_("Stop the clock")), "p", about)
        yield Button("extend", self.more, "e", (*about, ("seconds", str(MORE_SECONDS))))
        yield Button("suspend", self.say(N_("Suspend the sitting")), "s")

    @property
    def point_raised(self) -> Request | None:
        """The point of order that waits while another than a point is heard."""
        found = [each.request for each in self.waiting if each.request.act == "point_of_order"]
        return found[0] if found and self.room.turn and self.room.turn.act != "point_of_order" else None

    def on_a_point(self, point: Request, about: tuple[tuple[str, str], ...]) -> Iterator[Button]:
        """The clock is stopped first, and then the floor given on the point."""
        name = speaker(self.viewer, point.speaker, point.item)
        if self.room.turn and self.room.turn.running_since is not None:
            yield Button("pause", self.say(N_("Stop the clock: point of order of {speaker}"), speaker=name), "n", about)
        else:
            says = self.say(N_("Give the floor to {speaker} on a point of order"), speaker=name)
            yield Button("give", says, "n", (("request", point.id),))

    def between_turns(self) -> Iterator[Button]:
        """The floor is free."""
        first, presents = self.waiting[0].request if self.waiting else None, self.presenter_to_enter
        key = "" if presents else "n"
        if presents:
            says = self.say(N_("On the list: {speaker}"), speaker=presents.planned)
            yield Button("present", says, "n", (("presenter", presents.code),))
        if first:
            called = (("request", first.id),)
            name = speaker(self.viewer, first.speaker, first.item)
            yield Button("give", self.say(N_("Give the floor to {speaker}"), speaker=name), key, called)
            if not presents:
                yield Button("absent", self.say(N_("Absent: {speaker}"), speaker=name), "a", called)
        elif self.room.item:
            says = self.say(N_("Conclude item {item}"), item=item(self.viewer, self.room.item))
            yield Button("conclude", says, key, (("item", self.room.item),))
        elif self.next_item:
            says = self.say(N_("Take up item {item}"), item=item(self.viewer, self.next_item))
            yield Button("take", says, "n", (("item", self.next_item),))
        else:
            yield Button("close-sitting", self.say(N_("Close the sitting")), "n")
        yield from self.of_the_list()
        yield Button("suspend", self.say(N_("Suspend the sitting")), "s")

    @property
    def presenter_to_enter(self) -> Presents | None:
        """Who presents the item and was not entered, as long as nobody but presenters has spoken on it.

        A presenter who waits, or a point of order, is heard first.
        """
        turns = [turn for turn in self.room.turns if turn.item == self.room.item]
        if any(turn.speaker.category != "officers" for turn in turns):
            return None
        if self.waiting and self.waiting[0].rank <= PRESENTERS:
            return None
        return next((each for each in self.presenters if not each.entered), None)

    def of_the_list(self) -> Iterator[Button]:
        """The list of the item is closed or opened again."""
        if self.room.item is None:
            return
        about = (("item", self.room.item),)
        if self.list_is_closed:
            yield Button("reopen-list", self.say(N_("Reopen the list")), "c", about)
        else:
            yield Button("close-list", self.say(N_("Close the list")), "c", about)

    @property
    def nudges(self) -> list[tuple[int, Phrase, str]]:
        """Small changes of the time of a turn: seconds, what the button says, and its key."""
        keys = {-10: "-", 10: "+"}
        return [
            (each, self.say(N_("{seconds} s"), seconds=f"{each:+}".replace("-", "−")), keys.get(each, ""))
            for each in (-60, -10, 10, 60)
        ]

    @property
    def more(self) -> Phrase:
        """The usual extension of a turn."""
        return self.say(N_("{seconds} seconds more"), seconds=MORE_SECONDS)

    @property
    def tiers(self) -> list[tuple[str, Phrase]]:
        """The tiers of the item under consideration, for the forms."""
        found = self.room.current.tiers if self.room.current else ()
        return [(each.kind, self.viewer.scribe.put(each.label)) for each in found]

    @property
    def local(self) -> datetime:
        """The instant by the clock of the meeting's place."""
        return self.instant.astimezone(self.zone)

    @property
    def clock(self) -> str:
        """How the clock of whoever has the floor stands."""
        turn = self.seen.public.turn
        return state_of(turn.clock, self.instant) if turn else ""

    @property
    def used(self) -> timedelta | None:
        """How long whoever has the floor has spoken."""
        return self.room.turn.used_at(self.instant) if self.room.turn else None


def console_of(
    room: Room,
    language: str,
    instant: datetime,
    persons: Mapping[int, str] | None = None,
    undid: Act | None = None,
) -> Console:
    """The console of a room; `persons`: names by the entry that entered them, `undid`: the act undone last."""
    return Console(room, language, instant, persons or {}, undid)
