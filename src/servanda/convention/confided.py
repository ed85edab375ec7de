"""What a fact may not tell everyone: that a State is in a list whose names only some may see."""

from collections.abc import Iterable, Iterator

from servanda.convention.pack import Pack

MADE_PUBLIC_BY = frozenset({"decision", "organ"})


def betrays(predicate: str, label: str, kinds: Iterable[str], pack: Pack) -> bool:
    """Whether a fact with sources of these kinds would make public what no decision and no organ made so."""
    is_public = (label or "public") == "public"
    return is_public and predicate in confided(pack) and not MADE_PUBLIC_BY & {*kinds}


def betrayal(predicate: str) -> tuple[str, str, str]:
    """What is wrong with such a fact, why, and what to do."""
    return (
        f"label is public, and the names in the list of {predicate} are not.",
        "Among its sources is no decision, and no document of an organ of the Convention, that names the State.",
        "Write secretariat, or name such a source.",
    )


def confided(pack: Pack) -> frozenset[str]:
    """The predicates that put a State into a list whose names are not public."""
    tiers = (tier for tier in pack.tiers.values() if tier.names_to != "public")
    conditions = (each for tier in tiers for each in (tier.when, tier.recorded_by) if each)
    return frozenset(name for each in conditions for name in facts_named(each.model_dump()))


def facts_named(condition: object) -> Iterator[str]:
    """The predicates that a condition asks for, however deep they stand in it."""
    match condition:
        case dict():
            if isinstance(name := condition.get("fact"), str):
                yield name
            for part in condition.values():
                yield from facts_named(part)
        case list() | tuple():
            for part in condition:
                yield from facts_named(part)
