"""Where sources disagree: facts of one kind about one matter that differ, or of which one denies. Both stand.

Two facts are about one matter if they belong to one meeting or tell of overlapping dates.
"""

from collections.abc import Iterable

from servanda.convention.pack import Pack
from servanda.register.clauses import clause_kinds
from servanda.register.facts import Fact

Matter = tuple[Fact, ...]


def disputes(pack: Pack, facts: Iterable[Fact]) -> list[Matter]:
    """The matters on which facts about a State's performance disagree, each with all its facts in time."""
    many = {kind.predicate for kind in clause_kinds(pack) if not kind.replaced_by_next}
    matters: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda each: (each.predicate, each.valid_from, each.key)):
        if fact.predicate in many or not pack.rules.predicates[fact.predicate].performance:
            continue
        known = next((matter for matter in matters if any(is_one_matter(fact, other) for other in matter)), None)
        if known is None:
            matters.append([fact])
        else:
            known.append(fact)
    return [tuple(matter) for matter in matters if is_disputed(matter)]


def is_one_matter(fact: Fact, other: Fact) -> bool:
    """Whether two facts tell of the same: one kind, and one meeting or, without meetings, overlapping dates."""
    if fact.predicate != other.predicate:
        return False
    if fact.meeting and other.meeting:
        return fact.meeting == other.meeting
    return fact.valid_from.first <= other.valid_from.last and other.valid_from.first <= fact.valid_from.last


def is_disputed(matter: Iterable[Fact]) -> bool:
    """Whether the facts of one matter give different values, or one of them denies."""
    facts = tuple(matter)
    values = {(fact.value, fact.unit) for fact in facts if fact.value}
    return len(values) > 1 or any(fact.stance == "denied" for fact in facts)
