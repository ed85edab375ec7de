"""How long a programme will take: when each item and sitting ends, by how many take the floor and how long they speak.

A plan, the time limits and what was observed of attendance give for every item and sitting an expectation and the
10th, 50th and 90th of a hundred. Nothing here looks at the clock, and the same question has the same answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from statistics import fmean

from servanda.common.languages import Text
from servanda.common.refusals import Refusal, Unknown, WrongUsage
from servanda.common.wording import Sentence
from servanda.convention.attendance import ASKING, INVITING
from servanda.convention.pack import Pack
from servanda.convention.procedure import Category
from servanda.programme.attendance import Attendance, Chances
from servanda.programme.flowing import Flow, Stretch, flow, has, moment, stretches
from servanda.programme.foretelling import HELD_FIXED, NOT_COUNTED, PRESENTING, TURNS, sentence_of
from servanda.programme.lengths import CHANGE_OVER, SHARES_OF_LIMIT, all_changes, all_turns, drawn
from servanda.programme.plan import Item, Plan, Sitting, Tier

RUNS = 10_000
FEWEST_RUNS, MOST_RUNS = 100, 100_000
LONGEST_LIMIT = 86_400


class NoTimeLimit(Refusal):
    """The rules of the floor of this kind of meeting say nothing of how long a State Party may speak."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            f"How long {plan.convention} {plan.code} takes cannot be foreseen.",
            f"Meetings of the kind {plan.kind!r} have no time limit for States Parties.",
            "Give the kind of meeting a `procedure` in pack.yaml, with `limits`, and load the pack again.",
        )


class NotInTheProgramme(Unknown):
    """The programme has no tier of this name."""

    def __init__(self, plan: Plan, name: str) -> None:
        super().__init__(
            f"The programme of {plan.code} has no tier {name!r}.",
            f"It has: {', '.join(dict.fromkeys(tier.kind for tier in plan.tiers)) or 'none'}.",
            "Name one of these.",
        )


class NotOnTheAgenda(Unknown):
    """The programme takes up no item of this number."""

    def __init__(self, plan: Plan, number: str) -> None:
        taken = {entry.item for entry in plan.entries if entry.status != "struck"}
        numbers = [item.number for item in plan.agenda if item.number and item.id in taken]
        super().__init__(
            f"The programme of {plan.code} takes up no item {number!r}.",
            f"It takes up: {', '.join(numbers)}.",
            "Name one of these.",
        )


class LimitOutOfRange(WrongUsage):
    """A time limit is no length that a turn can have."""

    def __init__(self, tier: str, seconds: int) -> None:
        super().__init__(
            f"The limit of {tier} is {seconds} seconds.",
            f"A turn lasts from 1 second to a day, {LONGEST_LIMIT} seconds.",
            "Write whole seconds, as 120.",
        )


class RunsOutOfRange(WrongUsage):
    """So many runs tell nothing, or take too long."""

    def __init__(self, runs: int) -> None:
        super().__init__(
            f"A forecast of {runs} runs is not made.",
            f"Fewer than {FEWEST_RUNS} say little of the rare cases, more than {MOST_RUNS} say nothing new.",
            f"Write a number from {FEWEST_RUNS} to {MOST_RUNS}, or leave it out for {RUNS}.",
        )


@dataclass(frozen=True, slots=True)
class Minutes:
    """An uncertain length in whole minutes: what is expected, and below what it stays in 10, 50 and 90 of a hundred."""

    expected: int
    p10: int
    p50: int
    p90: int

    @classmethod
    def of(cls, seconds: Sequence[int]) -> "Minutes":
        """From the seconds of every run."""
        return cls(round(fmean(seconds) / 60), *(round(each / 60) for each in tenths(seconds)))


@dataclass(frozen=True, slots=True)
class Ends:
    """When something ends, local to the meeting: in 10, 50 and 90 of a hundred it has ended by then."""

    p10: datetime
    p50: datetime
    p90: datetime


@dataclass(frozen=True, slots=True)
class TierForecast:
    """Who takes the floor in a tier; `invited` is None where it is open or its number is not known.

    `limit` is the time limit of one turn in seconds, `learnt_from` the meetings that the estimate rests on;
    `others_ask`: besides those invited others may ask for the floor, and are expected too.
    """

    kind: str
    label: Text
    invited: int | None
    expected_speakers: float
    limit: int
    learnt_from: tuple[str, ...]
    others_ask: bool = False


@dataclass(frozen=True, slots=True)
class ItemForecast:
    """How long an item takes in all its sittings, when it ends, and how likely a part of it is not reached.

    `on_paper`: its minutes if all who are invited spoke for all of their time, and nobody asked for the floor.
    """

    item: str
    number: str | None
    printed: str
    title: Text
    tiers: tuple[TierForecast, ...]
    on_paper: int
    needs: Minutes
    ends: Ends
    not_reached: float


@dataclass(frozen=True, slots=True)
class SittingForecast:
    """What a sitting has and needs. `has` is what it leaves to items that flow; `needs` counts what is carried in.

    `overruns` is the chance (0 to 1) that it needs more than it has, `beyond` by how much, the cases in
    which it fits counted as none; of that, `lost` minutes are expected to have no later sitting. `overruns_by` and
    `then_lost` count only the cases in which it does not fit. `on_paper` is that of the items begun in it.
    `sentence` says it in words.
    `not_estimated`: the numbers of its items of whose length nothing is known; they count as nothing, and it is not
    foreseen whether it fits.
    """

    sitting: Sitting
    has: int
    on_paper: int
    needs: Minutes
    beyond: Minutes
    overruns: float
    overruns_by: int
    lost: int
    then_lost: int
    sentence: Sentence
    not_estimated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of one meeting's programme; `assumptions` are whole sentences that a page shows beside it."""

    convention: str
    code: str
    runs: int
    items: tuple[ItemForecast, ...]
    sittings: tuple[SittingForecast, ...]
    assumptions: tuple[Sentence, ...]

    def of_item(self, item: str) -> "Forecast":
        """The same for one item and the sittings in which it is taken."""
        sittings = (each for each in self.sittings if any(entry.item == item for entry in each.sitting.entries))
        items = (each for each in self.items if each.item == item)
        return Forecast(self.convention, self.code, self.runs, tuple(items), tuple(sittings), self.assumptions)


@dataclass(frozen=True, slots=True)
class Part:
    """Turns that follow each other in an item: how many speak, and the chance of each length."""

    key: str
    speakers: Chances
    lengths: Chances


def forecast(
    *,
    plan: Plan,
    pack: Pack,
    sizes: Mapping[str, int] | None = None,
    limits: Mapping[str, int] | None = None,
    runs: int = RUNS,
) -> Forecast:
    """How long a programme will take.

    `sizes`: how many a tier that prints its rule invites, where that is known; `limits`: seconds by tier instead of
    those of the procedure. Raises NoTimeLimit, NotInTheProgramme, LimitOutOfRange and RunsOutOfRange.
    """
    refuse_limits(plan, limits or {})
    if not FEWEST_RUNS <= runs <= MOST_RUNS:
        raise RunsOutOfRange(runs)
    return Reckoning(plan, pack, sizes or {}, limits or {}, runs).forecast()


def refuse_limits(plan: Plan, limits: Mapping[str, int]) -> None:
    """Raise NotInTheProgramme or LimitOutOfRange for a limit that cannot be."""
    for name, seconds in limits.items():
        if name not in {tier.kind for tier in plan.tiers}:
            raise NotInTheProgramme(plan, name)
        if not 1 <= seconds <= LONGEST_LIMIT:
            raise LimitOutOfRange(name, seconds)


def find_item(plan: Plan, number: str) -> Item:
    """The item that the programme takes up by its path (6.b) or as printed (6b); raise NotOnTheAgenda."""
    asked = number.strip().rstrip(".").casefold()
    taken = {entry.item for entry in plan.entries if entry.status != "struck"}
    for item in plan.agenda:
        names = {(item.number or "").casefold(), item.printed.rstrip(".").casefold()}
        if item.number and item.id in taken and asked in names:
            return item
    raise NotOnTheAgenda(plan, number)


@dataclass(frozen=True)
class Reckoning:
    """All that one forecast is reckoned from."""

    plan: Plan
    pack: Pack
    sizes: Mapping[str, int]
    limits: Mapping[str, int]
    runs: int

    @cached_property
    def attendance(self) -> Attendance:
        """What the pack says of meetings of the past."""
        return Attendance(self.pack.attendance)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The time that the plan leaves to items that flow."""
        return stretches(self.plan)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items that are taken up, in the order of the agenda."""
        taken = {item for part in self.stretches for item in part.items}
        return tuple(item for item in self.plan.agenda if item.id in taken)

    @cached_property
    def by_category(self) -> dict[Category, int]:
        """The time limits of statements, by who speaks."""
        kind = self.pack.rules.meeting_kinds.get(self.plan.kind)
        profile = self.pack.procedures.get(kind.procedure or "") if kind else None
        held = (
            {limit.who: limit.seconds for limit in profile.limits.limits if limit.act == "statement"} if profile else {}
        )
        if "states_parties" not in held:
            raise NoTimeLimit(self.plan)
        return held

    def limit(self, who: Category, tier: str = "") -> int:
        """How long one turn may take; who has no limit of its own has that of a State Party."""
        return self.limits.get(tier) or self.by_category.get(who) or self.by_category["states_parties"]

    def forecast(self) -> Forecast:
        """The whole of it."""
        lengths = {item.id: self.length(item) for item in self.items}
        found = flow(self.stretches, lengths, self.runs)
        return Forecast(
            convention=self.plan.convention,
            code=self.plan.code,
            runs=self.runs,
            items=tuple(self.item(item, lengths[item.id], found) for item in self.items if any(lengths[item.id])),
            sittings=tuple(self.sitting(place, each, found) for place, each in enumerate(self.plan.sittings)),
            assumptions=tuple(self.assumptions()),
        )

    def length(self, item: Item) -> list[int]:
        """How many seconds an item takes in each run."""
        drawings = [drawn(part.lengths, self.runs, f"{item.id} {part.key}") for part in self.parts(item)]
        return [sum(each) for each in zip(*drawings, strict=True)] if drawings else [0] * self.runs

    def parts(self, item: Item) -> Iterator[Part]:
        """What an item consists of: who presents it, then its tiers."""
        for presenter in item.presenters:
            certain = (0.0, 1.0)
            yield Part(f"presenter {presenter.order}", certain, all_turns(certain, self.limit("officers")))
        if item.presenters:
            further = self.attendance.presenters.in_all
            yield Part("shared", further, all_changes(further))
        for tier in item.tiers:
            yield from self.parts_of_tier(tier)

    def parts_of_tier(self, tier: Tier) -> Iterator[Part]:
        """Those whom a tier invites, and those who ask for the floor after them."""
        for kind in self.attended(tier):
            states, organizations = self.limit("states_parties", tier.kind), self.limit("organizations", tier.kind)
            if kind in INVITING:
                speakers = self.attendance.of(kind).of_invited(self.invited(tier) or 0)
                yield Part(f"{tier.kind} invited", speakers, all_turns(speakers, states))
                continue
            asking = self.attendance.of(kind).in_all
            yield Part(f"{tier.kind} States", asking, all_turns(asking, states))
            further = self.attendance.of(kind, "organizations").in_all
            yield Part(f"{tier.kind} organizations", further, all_turns(further, organizations))

    def attended(self, tier: Tier) -> tuple[str, ...]:
        """How a tier is attended; one that invites so many that nobody can say is like a call for comments."""
        rule = self.pack.tiers.get(tier.kind)
        kinds: tuple[str, ...] = rule.attended if rule else ("comment",)
        if self.invited(tier) is not None:
            return kinds
        return tuple(kind if kind in ASKING else "comment" for kind in kinds)

    def invited(self, tier: Tier) -> int | None:
        """How many a tier invites; None where anyone may ask, or where that is not known."""
        if tier.open_to:
            return None
        if tier.prints == "names" and not tier.withheld:
            return len(tier.invited) + len(tier.organisations)
        return self.sizes.get(tier.kind)

    def tier(self, tier: Tier) -> TierForecast:
        """Who takes the floor in a tier."""
        kinds = self.attended(tier)
        speakers = sum(mean(part.speakers) for part in self.parts_of_tier(tier))
        learnt_from = self.attendance.meetings(kinds)
        limit = self.limit("states_parties", tier.kind)
        invited = self.invited(tier) if self.invites(tier) else None
        others_ask = any(kind not in INVITING for kind in kinds)
        return TierForecast(tier.kind, tier.label, invited, round(speakers, 1), limit, learnt_from, others_ask)

    def item(self, item: Item, lengths: Sequence[int], found: Flow) -> ItemForecast:
        """One item."""
        ends = Ends(*(moment(self.stretches, end) for end in tenths(found.ends[item.id])))
        not_reached = share(found.not_reached[item.id])
        tiers = tuple(self.tier(tier) for tier in item.tiers)
        paper = round(self.on_paper(item) / 60)
        needs = Minutes.of(lengths)
        return ItemForecast(item.id, item.number, item.printed, item.title, tiers, paper, needs, ends, not_reached)

    def on_paper(self, item: Item) -> int:
        """The seconds that an item takes if all who are invited speak for all of their time, and nobody else."""
        turns = [self.limit("officers")] * len(item.presenters)
        for tier in item.tiers:
            turns += [self.limit("states_parties", tier.kind)] * (self.invited(tier) or 0 if self.invites(tier) else 0)
        return sum(turn + CHANGE_OVER for turn in turns)

    def invites(self, tier: Tier) -> bool:
        """Whether those in a tier are invited, and not merely free to ask."""
        return any(kind in INVITING for kind in self.attended(tier))

    def sitting(self, place: int, sitting: Sitting, found: Flow) -> SittingForecast:
        """One sitting; one that has a time for everything needs nothing more."""
        nothing = [0]
        needs, beyond = found.needs.get(place, nothing), found.beyond.get(place, nothing)
        lost, cases = found.lost.get(place, nothing), sum(each > 0 for each in beyond) or 1
        told = SittingForecast(
            sitting=sitting,
            has=has(self.stretches, place) // 60,
            on_paper=round(sum(self.on_paper(self.plan.items[item]) for item in self.begun_in(sitting)) / 60),
            needs=Minutes.of(needs),
            beyond=Minutes.of(beyond),
            overruns=share(beyond),
            overruns_by=round(sum(beyond) / cases / 60),
            lost=round(fmean(lost) / 60),
            then_lost=round(sum(lost) / cases / 60),
            sentence=Sentence.of(HELD_FIXED),
            not_estimated=tuple(self.not_estimated_in(sitting)),
        )
        return replace(told, sentence=sentence_of(told))

    def begun_in(self, sitting: Sitting) -> list[str]:
        """The items that a sitting takes up first."""
        flowing = {item.id for item in self.items}
        taken = (entry for entry in sitting.entries if not entry.continued and entry.status != "struck")
        return [entry.item for entry in taken if entry.item in flowing]

    def not_estimated_in(self, sitting: Sitting) -> Iterator[str]:
        """The items of a sitting of whose length nothing is known: no presenter, no list, and no items below."""
        above = {item.parent for item in self.items}
        taken = {entry.item for entry in sitting.entries if entry.status != "struck"}
        for item in self.items:
            if item.id in taken and not (item.presenters or item.tiers or item.number in above):
                yield item.printed.rstrip(".") or item.number or item.id

    def assumptions(self) -> Iterator[Sentence]:
        """What nobody measured, in words."""
        names = ("half", "most", "all", "longer")
        shares = {name: round(100 * chance) for name, (_share, chance) in zip(names, SHARES_OF_LIMIT, strict=True)}
        yield Sentence.of(TURNS, seconds=CHANGE_OVER, **shares)
        yield Sentence.of(PRESENTING, seconds=self.limit("officers"))
        yield Sentence.of(HELD_FIXED)
        if any(self.invited(tier) is None and not tier.open_to for item in self.items for tier in item.tiers):
            yield Sentence.of(NOT_COUNTED)


def mean(chances: Chances) -> float:
    """The number expected."""
    return sum(number * chance for number, chance in enumerate(chances))


def share(amounts: Sequence[int]) -> float:
    """In which share of the runs there was any."""
    return sum(amount > 0 for amount in amounts) / len(amounts)


def tenths(amounts: Sequence[int]) -> tuple[int, int, int]:
    """What 10, 50 and 90 of a hundred do not exceed."""
    in_order = sorted(amounts)
    first, middle, last = (in_order[min(len(in_order) - 1, len(in_order) * tenth // 10)] for tenth in (1, 5, 9))
    return first, middle, last
