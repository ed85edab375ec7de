"""Under which tier of an item somebody speaks, by the issued programme."""

from servanda.floor.log import Asked, Speaker
from servanda.programme.plan import Item, Tier


def tier_for(item: Item, speaker: Speaker) -> Tier | None:
    """The first tier of an item that names a speaker, else the first that is open to its category, else the last."""
    naming = [tier for tier in item.tiers if speaker.code in (*tier.states, *tier.organisations)]
    category = "states_parties" if speaker.category == "signatories" else speaker.category
    open_to = [tier for tier in item.tiers if category in tier.open_to or (category == "groups" and tier.open_to)]
    return next(iter([*naming, *open_to, *reversed(item.tiers)]), None)


def tier_asked(item: Item, act: Asked) -> str | None:
    """The tier under which a statement is entered: as the secretariat said, else that of its speaker."""
    if act.act != "statement" or act.speaker.category == "officers":
        return None
    found = tier_for(item, act.speaker)
    return act.tier or (found.kind if found else None)
