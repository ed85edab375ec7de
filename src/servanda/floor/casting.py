"""Who takes part in a rehearsal: drawn from the lists of its programme, as the forecast foresees attendance.

Only who is invited or may ask is drawn, and nothing is said of any State by it. The same programme, participants and
seed give the same cast.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from servanda.common.organisations import organisations
from servanda.convention.attendance import INVITING
from servanda.convention.pack import Pack
from servanda.convention.procedure import Category
from servanda.floor.advice import code_of
from servanda.floor.log import FloorAct, Speaker
from servanda.programme.attendance import Chances
from servanda.programme.forecast import Reckoning
from servanda.programme.plan import Item, Plan, Tier

COMES_LATER, REPLIES = 0.3, 0.4  # of 1
FEW = 4  # on an item with fewer speakers nobody replies, and its list is not closed


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who asks for the floor on an item, once `after` turns were held on it."""

    request: str
    speaker: Speaker
    act: FloorAct = "statement"
    after: int = 0


@dataclass(frozen=True)
class Casting:
    """All that a cast is drawn from; `participants` is the category of each State by code."""

    plan: Plan
    pack: Pack
    participants: Mapping[str, Category]
    seed: str

    def roles(self) -> dict[str, tuple[Role, ...]]:
        """Who asks for the floor, by item."""
        return {item.id: tuple(self.on_item(item)) for item in self.plan.agenda}

    def on_item(self, item: Item) -> Iterator[Role]:
        """Those who present, those who are invited or ask, and perhaps a reply."""
        random = Random(f"{self.seed} cast {item.id}")  # noqa: S311 (a rehearsal keeps no secret)
        name = f"{item.id.replace('.', '-')}-rehearsed"
        offices = dict.fromkeys(code_of(each) for each in item.presenters)
        yield from (Role(f"{name}-{office}", Speaker("officers", office)) for office in offices)
        speakers = list(dict.fromkeys(self.speakers(item, random)))
        for speaker in speakers:
            after = random.randint(1, len(speakers)) if random.random() < COMES_LATER else 0
            yield Role(f"{name}-{speaker.code}", speaker, after=after)
        states = [each for each in speakers if each.category == "states_parties"]
        if len(states) >= FEW and random.random() < REPLIES:
            yield Role(f"{name}-reply", random.choice(states), "reply", after=len(speakers) // 2)

    def speakers(self, item: Item, random: Random) -> Iterator[Speaker]:
        """Who speaks on an item, tier by tier."""
        reckoning = Reckoning(self.plan, self.pack, {}, {}, 1)
        named = {code for tier in item.tiers for code in (*tier.states, *tier.organisations)}
        for tier in item.tiers:
            for kind in reckoning.attended(tier):
                attendance = reckoning.attendance
                if kind in INVITING:
                    invited = [*tier.states, *tier.organisations]
                    number = drawn(attendance.of(kind).of_invited(len(invited)), random)
                    yield from (self.speaker(code) for code in some(invited, number, random))
                    continue
                states = [code for code in self.may_ask(item) if code not in named]
                number = drawn(attendance.of(kind).in_all, random)
                yield from (self.speaker(code) for code in some(states, number, random))
                bodies = sorted(organisations().by_code) if is_open_to_organizations(tier) else []
                number = drawn(attendance.of(kind, "organizations").in_all, random)
                yield from (self.speaker(code) for code in some(bodies, number, random))

    def may_ask(self, item: Item) -> list[str]:
        """The States that may ask for the floor on an item: States Parties where no list says who."""
        open_to = {category for tier in item.tiers for category in tier.open_to} or {"states_parties"}
        return sorted(code for code, category in self.participants.items() if category in open_to)

    def speaker(self, code: str) -> Speaker:
        """A State as it takes part, or an organization."""
        return Speaker(self.participants.get(code, "organizations"), code)


def is_open_to_organizations(tier: Tier) -> bool:
    """Whether organizations may ask for the floor."""
    return "organizations" in tier.open_to or not (tier.open_to or tier.invited)


def drawn(chances: Chances, random: Random) -> int:
    """A number, as often as its chance says."""
    return random.choices(range(len(chances)), chances)[0]


def some(codes: list[str], number: int, random: Random) -> list[str]:
    """So many of these, in their order."""
    return sorted(random.sample(codes, min(number, len(codes))), key=codes.index)
