"""Who takes part in a rehearsal: drawn from the lists of its programme, as the forecast foresees attendance.

Only who is invited or may ask is drawn, and nothing is said of any State by it. The same programme, participants and
seed give the same cast.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import get_args

from servanda.common.organisations import organisations
from servanda.convention.attendance import INVITING
from servanda.convention.pack import Pack
from servanda.convention.procedure import Category
from servanda.floor.advice import code_of
from servanda.floor.log import FloorAct, Speaker
from servanda.programme.attendance import Chances, Who
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
        for tier in item.tiers:
            for kind in reckoning.attended(tier):
                states, organizations = (reckoning.attendance.of(kind, who) for who in get_args(Who))
                if kind in INVITING:
                    invited = [*tier.states, *tier.organisations]
                    yield from self.some(invited, states.of_invited(len(invited)), random)
                else:
                    yield from self.some(self.may_ask(item), states.in_all, random)
                    bodies = sorted(organisations().by_code) if is_open_to_organizations(tier) else []
                    yield from self.some(bodies, organizations.in_all, random)

    def some(self, codes: Sequence[str], chances: Chances, random: Random) -> list[Speaker]:
        """As many of these as chance has it, in their order, as they take part."""
        number = random.choices(range(len(chances)), chances)[0]
        chosen = sorted(random.sample(codes, min(number, len(codes))), key=codes.index)
        return [Speaker(self.participants.get(code, "organizations"), code) for code in chosen]

    def may_ask(self, item: Item) -> list[str]:
        """The States that may ask for the floor on an item and that no list of it names."""
        open_to = {category for tier in item.tiers for category in tier.open_to} or {"states_parties"}
        named = {code for tier in item.tiers for code in tier.states}
        return sorted(code for code, category in self.participants.items() if category in open_to and code not in named)


def is_open_to_organizations(tier: Tier) -> bool:
    """Whether organizations may ask for the floor."""
    return "organizations" in tier.open_to or not (tier.open_to or tier.invited)
