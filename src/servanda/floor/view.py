"""What may be seen of a room: by everybody, by those who run the floor, and by one delegation.

Every screen reads a room through here, so that no two tell it differently. The public sees what the rules of the
floor show (`public_sees`), never a tier of a speaker, a reason or a remark. Clocks are told as instants and
lengths; whoever shows one reckons from the server's instant. Names are said in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from servanda.common.names import united_nations
from servanda.common.organisations import organisations
from servanda.common.phrases import Phrase, Scribe, Words
from servanda.common.wording import N_, Sentence
from servanda.convention.procedure import Category
from servanda.floor.advice import code_of
from servanda.floor.log import FloorAct, Logged, Speaker, StatementReceived
from servanda.floor.procedure import Waiting, is_due, limit_for, queue, tier_of, time_used
from servanda.floor.state import Request, Room, Standing, Turn
from servanda.floor.texts import to_be_read
from servanda.floor.tiers import tier_for
from servanda.floor.traces import Departed
from servanda.floor.wishes import Slower
from servanda.programme.plan import Item, Presenter, Reason, Tier

ON_DECK = 3  # how many of those who wait every screen is told by name
AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True)
class SpeakerSeen:
    """Who speaks, by code and by name in the reader's language; `on_behalf_of` is empty for oneself."""

    category: Category
    code: str
    name: Phrase
    on_behalf_of: Phrase


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a turn: `used` up to the last pause, and since when it runs (UTC), None while it stands.

    `limit` None: no limit. It warns when one of `warns_at_seconds` is left; after `grace_seconds` over the
    limit it is over for good. `hard`: the rules end the turn there. `speed`: how many of its seconds pass in one.
    """

    started_at: datetime
    used: timedelta
    running_since: datetime | None
    limit_seconds: int | None
    warns_at_seconds: tuple[int, ...]
    grace_seconds: int
    hard: bool
    speed: int = 1

    def used_at(self, instant: datetime) -> timedelta:
        """How much of it was used at an instant (UTC)."""
        running = max(instant - self.running_since, timedelta()) if self.running_since else timedelta()
        return self.used + self.speed * running

    def left_at(self, instant: datetime) -> timedelta | None:
        """How much of it is left, below zero when it is over; None where there is no limit."""
        if self.limit_seconds is None:
            return None
        return timedelta(seconds=self.limit_seconds) - self.used_at(instant)


@dataclass(frozen=True, slots=True)
class TurnSeen:
    """A turn, going on or held: `number` is the entry that gave the floor."""

    number: int
    request: str
    item: str
    sitting: str
    speaker: SpeakerSeen
    act: FloorAct
    clock: Clock
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SittingSeen:
    """The sitting that goes on: as planned (times of the place), and when it was called to order (UTC)."""

    id: str
    day: date
    start: time
    end: time
    room: str
    opened_at: datetime
    is_suspended: bool
    until: str


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """An item of the agenda: `number` for addresses (6.b), `printed` as printed, and how its list stands.

    `list_closes_at`: the instant (UTC) at which the rules close it by themselves, which no act tells; say it, for
    what was rendered before is read after it.
    """

    id: str
    number: str | None
    printed: str
    title: Phrase
    list_is_open: bool
    list_closes_at: datetime | None
    is_concluded: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class OnTheList:
    """A place on the list of speakers as everybody sees it, counted from 1; one not due waits for a later sitting."""

    place: int
    request: str
    speaker: SpeakerSeen
    act: FloorAct
    is_due: bool


@dataclass(frozen=True)
class PublicView:
    """What everybody may see of a room at one number of its stream, in one language.

    `at` is the instant of the latest act. `turn` is who has the floor; `interrupted` whom a point of order
    stopped. `listed` is empty where the rules do not show the list; `waiting` is told always. `held` are the turns
    on the item that have ended, where the rules show names.
    """

    convention: str
    meeting: str
    timezone: str
    title: Phrase
    language: str
    rehearsal: bool
    number: int
    at: datetime
    sitting: SittingSeen | None
    item: ItemSeen | None
    turn: TurnSeen | None
    interrupted: TurnSeen | None
    waiting: int
    listed: tuple[OnTheList, ...]
    held: tuple[TurnSeen, ...]

    @property
    def following(self) -> tuple[OnTheList, ...]:
        """The next few on the list."""
        return tuple(each for each in self.listed if each.is_due)[:ON_DECK]


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """A place on the list as those who run the floor see it: its tier, why it stands here, how long it may take.

    `opens_tier`: the one before stands under another tier, or in another rank. `used` and `turns` are what the
    delegation has had at this meeting; `statement` the text that it handed in to be read out.
    """

    place: int
    request: str
    number: int
    asked_at: datetime
    speaker: SpeakerSeen
    act: FloorAct
    rank: int
    tier: Tier | None
    opens_tier: bool
    because: tuple[Sentence, ...]
    limit_seconds: int | None
    calls: int
    used: timedelta
    turns: int
    statement: StatementReceived | None


@dataclass(frozen=True)
class StaffView:
    """What those who run the floor see: all that the public sees, and the whole list with its reasons.

    `last` is the act that can be undone now. `items` are all of the agenda, `time_used` is by code.
    """

    public: PublicView
    places: tuple[PlaceSeen, ...]
    items: tuple[ItemSeen, ...]
    last: Logged | None
    departures: tuple[Departed, ...]
    time_used: Mapping[str, timedelta]
    statements: tuple[StatementReceived, ...]
    slower: Slower | None


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """A request of one delegation: how it stands, its place (None if it does not wait), and why it stands there."""

    request: str
    act: FloorAct
    standing: Standing
    asked_at: datetime
    place: int | None
    because: tuple[Sentence, ...]
    limit_seconds: int | None
    calls: int


@dataclass(frozen=True, slots=True)
class MyItem:
    """An item as it concerns one delegation: the tier under which it would speak, and why it is named there."""

    item: ItemSeen
    is_current: bool
    tier: Tier | None
    is_named: bool
    because: tuple[Reason, ...]
    requests: tuple[RequestSeen, ...]
    turns: tuple[TurnSeen, ...]
    statements: tuple[StatementReceived, ...]


@dataclass(frozen=True)
class DelegationView:
    """What one delegation sees: all that the public sees, and of the lists its own places alone."""

    public: PublicView
    speaker: SpeakerSeen
    items: tuple[MyItem, ...]
    used: timedelta


def public_view(room: Room, language: str) -> PublicView:
    """What everybody may see of a room, in one of the six languages."""
    return Viewer(room, language).public


def staff_view(room: Room, language: str) -> StaffView:
    """What those who run the floor see of a room."""
    return Viewer(room, language).staff()


def delegation_view(room: Room, language: str, speaker: Speaker) -> DelegationView:
    """What one delegation sees of a room."""
    return Viewer(room, language).delegation(speaker)


@dataclass(frozen=True)
class Viewer:
    """Looks at one room in one language."""

    room: Room
    language: str

    @cached_property
    def scribe(self) -> Scribe:
        """Who writes the names."""
        return Scribe(self.language)

    @cached_property
    def lists(self) -> dict[str, tuple[Waiting, ...]]:
        """The lists of speakers that were worked out for this look, by item."""
        return {}

    def queue(self, item: str | None) -> tuple[Waiting, ...]:
        """Who waits on an item; worked out once a look."""
        if item is None:
            return ()
        if item not in self.lists:
            self.lists[item] = queue(self.room, item)
        return self.lists[item]

    @cached_property
    def public(self) -> PublicView:
        """What everybody may see."""
        room = self.room
        going_on, waiting = room.going_on, self.queue(room.item)
        return PublicView(
            convention=room.plan.convention,
            meeting=room.plan.code,
            timezone=room.plan.timezone,
            title=self.scribe.put(room.plan.title),
            language=self.language,
            rehearsal=room.rehearsal,
            number=room.number,
            at=room.at,
            sitting=self.sitting(),
            item=self.item(room.current) if room.current else None,
            turn=self.turn(going_on[-1]) if going_on else None,
            interrupted=self.turn(going_on[-2]) if len(going_on) > 1 else None,
            waiting=len(waiting),
            listed=self.listed(waiting),
            held=self.held(),
        )

    def sitting(self) -> SittingSeen | None:
        """The sitting that goes on."""
        room = self.room
        if room.sitting is None:
            return None
        planned = next(each for each in room.plan.sittings if each.id == room.sitting)
        return SittingSeen(
            id=planned.id,
            day=planned.day,
            start=planned.start,
            end=planned.end,
            room=planned.room or room.plan.room,
            opened_at=room.sittings[-1].opened_at,
            is_suspended=room.is_suspended,
            until=room.until,
        )

    def item(self, item: Item) -> ItemSeen:
        """An item of the agenda."""
        room = self.room
        return ItemSeen(
            id=item.id,
            number=item.number,
            printed=item.printed,
            title=self.scribe.put(item.title),
            list_is_open=not room.is_closed(item.id, room.at) and item.id not in room.concluded,
            list_closes_at=None if item.id in room.reopened else room.closes_at(item.id),
            is_concluded=item.id in room.concluded,
            waiting=sum(request.standing == "waiting" for request in room.of_item(item.id)),
        )

    def turn(self, turn: Turn) -> TurnSeen:
        """A turn and its clock."""
        knob = self.room.rules.clock
        clock = Clock(
            started_at=turn.started_at,
            used=turn.used,
            running_since=turn.running_since,
            limit_seconds=turn.seconds,
            warns_at_seconds=knob.warn_at_seconds,
            grace_seconds=knob.grace_seconds,
            hard=knob.end == "hard",
            speed=turn.speed,
        )
        speaker = self.speaker(turn.speaker, turn.item)
        return TurnSeen(turn.number, turn.request, turn.item, turn.sitting, speaker, turn.act, clock, turn.ended_at)

    def listed(self, waiting: tuple[Waiting, ...]) -> tuple[OnTheList, ...]:
        """The list of speakers, where the rules show it while it stands."""
        if self.room.rules.public_sees.list_of_speakers != AT_ONCE:
            return ()
        return tuple(self.on_the_list(place, each.request) for place, each in enumerate(waiting, 1))

    def on_the_list(self, place: int, request: Request) -> OnTheList:
        """One place on the list."""
        speaker = self.speaker(request.speaker, request.item)
        return OnTheList(place, request.id, speaker, request.act, is_due(self.room, request))

    def held(self) -> tuple[TurnSeen, ...]:
        """The turns on the item that have ended, where the rules show names."""
        if self.room.rules.public_sees.names == "never":
            return ()
        return tuple(self.turn(turn) for turn in self.room.turns if turn.is_over and turn.item == self.room.item)

    def speaker(self, speaker: Speaker, item: str) -> SpeakerSeen:
        """Who speaks, by name."""
        group = Phrase((Words(speaker.on_behalf_of),)) if speaker.on_behalf_of else Phrase()
        return SpeakerSeen(speaker.category, speaker.code, self.name(speaker, self.room.plan.items.get(item)), group)

    def name(self, speaker: Speaker, item: Item | None) -> Phrase:
        """The name that was given, else that of the State, the organization or who presents, else the code."""
        states, organizations = united_nations().states, organisations().by_code
        if speaker.name:
            return Phrase((Words(speaker.name),))
        if speaker.code in states and speaker.category != "officers":
            return self.scribe.put(states[speaker.code])
        if speaker.code in organizations:
            return Phrase((Words(organizations[speaker.code].short_in(self.language)),))
        presenters = item.presenters if item else ()
        planned = next((each for each in presenters if code_of(each) == speaker.code), None)
        return self.presenter(planned) if planned else self.scribe.put(Words(speaker.code))

    def presenter(self, planned: Presenter) -> Phrase:
        """A planned presenter by office and body; the floor knows the programme without the names of persons."""
        said = [self.scribe.put(each) for each in (planned.office, planned.body) if each is not None]
        return self.scribe.in_line(said) if said else self.scribe.say(N_("Presenter {number}"), number=planned.order)

    def staff(self) -> StaffView:
        """What those who run the floor see."""
        room = self.room
        speakers = {turn.speaker.code for turn in room.turns}
        return StaffView(
            public=self.public,
            places=self.places(),
            items=tuple(self.item(item) for item in room.plan.agenda),
            last=room.last,
            departures=room.departures,
            time_used={code: time_used(room, code) for code in sorted(speakers)},
            statements=tuple(room.statements.values()),
            slower=room.slower,
        )

    def places(self, item: str | None = None) -> tuple[PlaceSeen, ...]:
        """The list of speakers of an item, by default the one under consideration."""
        found: list[PlaceSeen] = []
        before: tuple[int, str] | None = None
        for place, each in enumerate(self.queue(item or self.room.item), 1):
            group = (each.rank, each.tier.kind if each.tier else "")
            found.append(self.place(place, each, opens_tier=group != before))
            before = group
        return tuple(found)

    def place(self, place: int, waiting: Waiting, *, opens_tier: bool) -> PlaceSeen:
        """One place on the list."""
        request, room = waiting.request, self.room
        code = request.speaker.code
        return PlaceSeen(
            place=place,
            request=request.id,
            number=request.number,
            asked_at=request.at,
            speaker=self.speaker(request.speaker, request.item),
            act=request.act,
            rank=waiting.rank,
            tier=waiting.tier,
            opens_tier=opens_tier,
            because=waiting.because,
            limit_seconds=limit_for(room, request),
            calls=request.calls,
            used=time_used(room, code),
            turns=sum(turn.speaker.code == code and turn.is_over for turn in room.turns),
            statement=to_be_read(room, request.item, request.speaker),
        )

    def delegation(self, speaker: Speaker) -> DelegationView:
        """What one delegation sees."""
        items = tuple(self.my_item(item, speaker) for item in self.room.plan.agenda)
        return DelegationView(self.public, self.speaker(speaker, ""), items, time_used(self.room, speaker.code))

    def my_item(self, item: Item, speaker: Speaker) -> MyItem:
        """An item as it concerns one delegation."""
        room, code = self.room, speaker.code
        tier = tier_for(item, speaker)
        invited = next((each for each in tier.invited if each.state == code), None) if tier else None
        own = [request for request in room.of_item(item.id) if request.speaker.code == code]
        if own:
            tier = tier_of(room, own[-1]) or tier
        return MyItem(
            item=self.item(item),
            is_current=item.id == room.item,
            tier=tier,
            is_named=invited is not None or bool(tier and code in tier.organisations),
            because=invited.because if invited else (),
            requests=tuple(self.request(request) for request in own),
            turns=tuple(
                self.turn(turn) for turn in room.turns if turn.item == item.id and turn.speaker.code == code
            ),
            statements=tuple(statements_of(room, code, item.id)),
        )  # fmt: skip

    def request(self, request: Request) -> RequestSeen:
        """A request of one delegation."""
        found = {each.request.id: (place, each) for place, each in enumerate(self.queue(request.item), 1)}
        place, waiting = found.get(request.id, (None, None))
        return RequestSeen(
            request=request.id,
            act=request.act,
            standing=request.standing,
            asked_at=request.at,
            place=place,
            because=waiting.because if waiting else (),
            limit_seconds=limit_for(self.room, request),
            calls=request.calls,
        )


def statements_of(room: Room, code: str, item: str) -> list[StatementReceived]:
    """The texts that a delegation handed in for an item, the latest first."""
    found = [each for each in room.statements.values() if each.speaker.code == code and each.item == item]
    return found[::-1]
