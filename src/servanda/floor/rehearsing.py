"""The script of a rehearsal: what happens next, from the room as it stands and a seed, and nothing else.

Who attends and how long each speaks is drawn as the forecast of the programme foresees it; no word of anybody is
invented. The script keeps no state, so it goes on after a restart, and after whatever people did in between.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from servanda.common.languages import LANGUAGES
from servanda.common.refusals import Refusal
from servanda.common.wording import N_, Sentence
from servanda.convention.pack import Pack
from servanda.convention.procedure import Category
from servanda.floor.casting import Casting, Role
from servanda.floor.commands import refuse
from servanda.floor.log import (
    Act,
    Asked,
    FloorGiven,
    FoundAbsent,
    ItemConcluded,
    ItemTaken,
    ListClosed,
    ListReopened,
    SittingClosed,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.floor.procedure import UNLIMITED, limit_for, who_is_next
from servanda.floor.state import Request, Room, Turn
from servanda.floor.texts import TEXT, statement_received
from servanda.programme.flowing import has, stretches
from servanda.programme.lengths import CHANGE_OVER, SHARES_OF_LIMIT
from servanda.programme.plan import Plan, Sitting

# Seconds of the meeting that pass before an act.
SOON, REST, BREAK, WITHOUT_LIST = 2, 10, 120, 60
EXTENSION = 60
# How often something happens, of 1.
ABSENT, UNDONE, WITHDRAWS, PAUSED, CUT, HANDS_IN = 0.08, 0.3, 0.3, 0.08, 0.4, 0.4
TURNS_BEFORE_MOVING, TURNS_ELSEWHERE, TURNS_BEFORE_CLOSING = 3, 2, 2
FEW = 6  # who ask on an item; the list of one with fewer is not closed
ALL = 10_000  # more turns than an item ever has
FILLER = N_("Rehearsal text {number}")
CARRIED = "carried over from an earlier sitting"


@dataclass(frozen=True, slots=True)
class Step:
    """The next act, when it is due (UTC), and the texts that stand beside its entry."""

    act: Act
    at: datetime
    personal: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Script:
    """A rehearsal as it will go: who asks for the floor, by item, and what else happens where.

    `moves_from`: an item that the meeting leaves for another for a while; `closes`: items whose list is closed and
    opened again; `suspends`: the sitting that is suspended, after `suspends_after` turns.
    """

    seed: str
    roles: Mapping[str, tuple[Role, ...]]
    moves_from: str
    closes: frozenset[str]
    suspends: str
    suspends_after: int

    def draw(self, words: str) -> Random:
        """Chance for one matter: the same for the same seed, whatever happened before."""
        return Random(f"{self.seed} {words}")  # noqa: S311 (a rehearsal keeps no secret)


def script_for(plan: Plan, pack: Pack, participants: Mapping[str, Category], seed: str) -> Script:
    """The script of a rehearsal of a programme, by what a pack says of attendance."""
    random = Random(f"{seed} script")  # noqa: S311 (a rehearsal keeps no secret)
    roles = Casting(plan, pack, participants, seed).roles()
    sittings = [sitting.id for sitting in plan.sittings if any(roles.get(item) for item in items_of(sitting))]
    return Script(
        seed=seed,
        roles=roles,
        moves_from=max(roles, key=lambda item: len(roles[item]), default=""),
        closes=frozenset(item for item in roles if len(roles[item]) >= FEW),
        suspends=random.choice(sittings) if sittings else "",
        suspends_after=random.randint(2, 6),
    )


def next_step(script: Script, room: Room) -> Step | None:
    """The next act that is in order; None when the rehearsal is over, or where only people can go on."""
    return next((step for step in Scene(script, room).steps() if is_in_order(room, step)), None)


def is_over(script: Script, room: Room) -> bool:
    """Whether every sitting in which something is taken up was held."""
    return room.sitting is None and Scene(script, room).next_sitting() is None


def is_in_order(room: Room, step: Step) -> bool:
    """Whether an act would be done."""
    try:
        refuse(room, step.act, step.at)
    except Refusal:
        return False
    return True


@dataclass(frozen=True)
class Scene:
    """A script at one state of the room."""

    script: Script
    room: Room

    def steps(self) -> Iterator[Step]:
        """What may happen next, the most fitting first."""
        room = self.room
        if room.sitting is None:
            sitting = self.next_sitting()
            if sitting is not None:
                yield self.after(BREAK if room.sittings else REST, SittingOpened(sitting.id))
            return
        if room.is_suspended:
            yield self.after(BREAK, SittingResumed())
        elif room.turn is not None:
            yield self.in_turn(room.turn)
        else:
            yield from self.between_turns()

    def after(self, seconds: float, act: Act, personal: Mapping[str, str] | None = None) -> Step:
        """An act so many seconds of the meeting after the latest one."""
        return Step(act, self.room.at + timedelta(seconds=seconds) / self.room.speed, personal or {})

    def follows(self, kind: str) -> bool:
        """Whether the last act that stands is of a kind, so that what comes after it comes once."""
        return self.room.last is not None and self.room.last.act.kind == kind

    # A turn.

    def in_turn(self, turn: Turn) -> Step:
        """The next act of a turn: its clock stands and runs again, it is given more time, it ends."""
        random, limit, length = self.script.draw(f"{turn.request} goes on"), turn.seconds, self.length(turn)
        is_paused, is_over = random.random() < PAUSED, limit is not None and length > limit
        is_extended, is_cut = is_over and random.random() >= CUT, is_over and random.random() < CUT
        if turn.running_since is None:
            return self.after(REST, TurnContinued())
        if is_paused and self.follows("floor-given"):
            return self.when_used(turn, length / 2, TurnPaused())
        if is_extended and (self.follows("floor-given") or self.follows("turn-continued")):
            return self.when_used(turn, limit or length, TurnExtended(EXTENSION))
        return self.when_used(turn, length, TurnEnded(cut=is_cut and not is_extended))

    def length(self, turn: Turn) -> float:
        """How many seconds a turn takes: a share of its limit, drawn as the forecast assumes it."""
        shares, chances = zip(*SHARES_OF_LIMIT, strict=True)
        share: float = self.script.draw(f"{turn.request} lasts").choices(shares, chances)[0]
        return share * (self.limit(turn) or UNLIMITED)

    def limit(self, turn: Turn) -> int | None:
        """The limit that a turn began with, whatever it was given since."""
        return limit_for(self.room, self.room.requests[turn.request])

    def when_used(self, turn: Turn, seconds: float, act: Act) -> Step:
        """An act when so much of a turn is used."""
        since = turn.running_since or self.room.at
        return Step(act, since + (timedelta(seconds=seconds) - turn.used) / self.room.speed)

    # Between turns.

    def between_turns(self) -> Iterator[Step]:
        """What may happen while nobody has the floor."""
        room = self.room
        if self.follows("found-absent") and room.last and self.is_undone(room.last.act):
            yield self.after(SOON, Undone(room.last.number))
        if self.is_late() and self.next_sitting() is not None:
            yield self.after(REST, SittingClosed())
        is_suspended_now = (room.sitting, len(self.turns_here())) == (self.script.suspends, self.script.suspends_after)
        if is_suspended_now and self.follows("turn-ended"):
            yield self.after(REST, SittingSuspended())
        due = self.due_items()
        if room.item in due:
            yield from self.on_item(room.item, due)
        for item in due:
            reason = "" if item in self.planned_here() else CARRIED
            yield self.after(SOON, ItemTaken(item, reason))
        yield self.after(REST, SittingClosed())

    def is_undone(self, act: Act) -> bool:
        """Whether who was noted as absent was there after all."""
        return isinstance(act, FoundAbsent) and self.script.draw(f"{act.request} is there").random() < UNDONE

    def on_item(self, item: str, due: list[str]) -> Iterator[Step]:
        """What may happen on the item under consideration, until nobody is left who would speak on it."""
        held = sum(turn.item == item for turn in self.room.turns)
        is_closed = self.room.is_closed(item, self.room.at)
        if item in self.script.closes and item not in self.room.reopened and held >= TURNS_BEFORE_CLOSING:
            yield self.after(SOON, ListClosed(item))
        yield from self.asking(item, held, is_closed=is_closed)
        yield from self.elsewhere(item, held, due)
        following = who_is_next(self.room)
        if following is not None:
            yield self.called(following.request)
        yield from self.asking(item, ALL, is_closed=is_closed)
        yield self.after(WITHOUT_LIST if self.follows("item-taken") else REST, ItemConcluded(item))

    def asking(self, item: str, held: int, *, is_closed: bool) -> Iterator[Step]:
        """Who asks for the floor when so many have spoken, and hands in a text; a closed list is opened for them."""
        for number, role in enumerate(self.script.roles.get(item, ()), 1):
            if role.request not in self.room.requests and role.after <= held:
                ask = self.after(SOON, Asked(role.request, item, role.speaker, role.act))
                if is_in_order(self.room, ask):
                    yield self.after(SOON, ListReopened(item)) if is_closed and role.act == "statement" else ask
            elif role.request in self.room.requests and self.hands_in(role):
                yield self.text(item, role, number)

    def hands_in(self, role: Role) -> bool:
        """Whether somebody hands in a text, and has not yet."""
        is_statement = role.act == "statement" and role.speaker.category != "officers"
        is_there = f"{role.request}-text" in self.room.statements
        return is_statement and not is_there and self.script.draw(f"{role.request} writes").random() < HANDS_IN

    def text(self, item: str, role: Role, number: int) -> Step:
        """A text that says in its language that it is none."""
        language = self.script.draw(f"{role.request} in which language").choice(list(LANGUAGES))
        words = Sentence.of(FILLER, number=number).said_in(language)
        act = statement_received(
            name=f"{role.request}-text", item=item, speaker=role.speaker, language=language, text=words,
            check_against_delivery=True, written=False,
        )  # fmt: skip
        return self.after(SOON, act, {TEXT: words})

    def elsewhere(self, item: str, held: int, due: list[str]) -> Iterator[Step]:
        """The meeting leaves one item for the next, and comes back to it after a few turns."""
        away = self.script.moves_from
        if item == away == list(self.room.taken)[-1] and held == TURNS_BEFORE_MOVING:
            untouched = [each for each in due if each not in self.room.taken and self.script.roles.get(each)]
            yield from (self.after(REST, ItemTaken(each)) for each in untouched[:1])
        elif away in due and away in self.room.taken and held >= TURNS_ELSEWHERE:
            yield self.after(REST, ItemTaken(away))

    def called(self, request: Request) -> Step:
        """The next on the list is given the floor, or is not there; some withdraw when they come back."""
        random = self.script.draw(f"{request.id} is called")
        is_absent, withdraws = random.random() < ABSENT, random.random() < WITHDRAWS
        was_undone = self.room.undone is not None and self.room.undone.number == self.room.number
        if is_absent and not request.calls and not was_undone:
            return self.after(CHANGE_OVER, FoundAbsent(request.id))
        if is_absent and request.calls and withdraws:
            return self.after(SOON, Withdrawn(request.id))
        return self.after(CHANGE_OVER, FloorGiven(request.id, limit_for(self.room, request)))

    # The programme.

    def next_sitting(self) -> Sitting | None:
        """The next sitting in which an item is taken up."""
        held = {each.sitting for each in self.room.sittings}
        return next((each for each in self.room.plan.sittings if each.id not in held and items_of(each)), None)

    def planned_here(self) -> list[str]:
        """The items of the sitting that goes on."""
        return next((items_of(each) for each in self.room.plan.sittings if each.id == self.room.sitting), [])

    def due_items(self) -> list[str]:
        """What is left to take in this sitting: what an earlier one left, and then what is planned for it."""
        planned = self.planned_here()
        carried = [item for item in self.room.taken if item not in planned]
        return [item for item in (*carried, *planned) if item not in self.room.concluded]

    def turns_here(self) -> list[Turn]:
        """The turns of the sitting that goes on."""
        return [turn for turn in self.room.turns if turn.sitting == self.room.sitting]

    def is_late(self) -> bool:
        """Whether the time of the sitting is over, by the turns that were held in it."""
        place = next(at for at, each in enumerate(self.room.plan.sittings) if each.id == self.room.sitting)
        time_for_items = has(stretches(self.room.plan), place)
        return sum(self.length(turn) + CHANGE_OVER for turn in self.turns_here()) > time_for_items > 0


def items_of(sitting: Sitting) -> list[str]:
    """The items that a sitting takes up, in its order."""
    return [entry.item for entry in sitting.entries if entry.item and entry.status != "struck"]
