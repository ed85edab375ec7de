"""Checking the rules of a pack: they name only what the pack has, and count with values that fit."""

from typing import TYPE_CHECKING

from servanda.convention.pack import HEAD, Pack
from servanda.convention.rules import (
    All,
    Any_,
    ClauseDue,
    Condition,
    DueBy,
    FactFor,
    IsParty,
    Latest,
    Not,
    Obligation,
    Open,
    Overdue,
    Tier,
    Within,
    Yearly,
)

if TYPE_CHECKING:
    from servanda.convention.checking import Check


def check_rules(pack: Pack, check: "Check") -> None:
    """Rules name only predicates, obligations and kinds of meeting that the pack has."""
    check_names(HEAD, "entry_into_force", named_in_entry(pack), pack, check)
    if pack.rules.main_obligation:
        check.one_of(HEAD, 1, "main_obligation", pack.rules.main_obligation, pack.obligations)
    for obligation in pack.obligations.values():
        file = f"articles/{obligation.id}.yaml"
        check_names(file, obligation.id, named_in(obligation), pack, check)
        check_values(obligation, pack, check)
        check_follows(obligation, pack, check)
    for tier in pack.tiers.values():
        check_tier(tier, f"tiers/{tier.id}.yaml", pack, check)


def check_names(file: str, place: str, names: "tuple[str, ...]", pack: Pack, check: "Check") -> None:
    """Each predicate that a rule names is declared."""
    for name in names:
        if name not in pack.rules.predicates:
            what = f"{place} names the predicate {name!r}."
            check.note(file, 1, what, "pack.yaml does not declare it.", "Declare or rename it.")


def check_values(obligation: Obligation, pack: Pack, check: "Check") -> None:
    """A decision sets a day, a report covers a year; a completion may say when it was reached, or how much."""
    for name, allowed in values_in(obligation).items():
        predicate = pack.rules.predicates.get(name)
        if predicate and predicate.value not in allowed:
            what = f"{obligation.id} counts with {name}, whose value is {predicate.value!r}."
            why = f"It must be: {' or '.join(allowed)}."
            check.note(f"articles/{obligation.id}.yaml", 1, what, why, "Mend pack.yaml.")


def values_in(obligation: Obligation) -> dict[str, tuple[str, ...]]:
    """The kinds of value that the predicates an obligation counts with may have."""
    kinds: dict[str, tuple[str, ...]] = {}
    if obligation.extension:
        kinds[obligation.extension.granted_by] = ("day",)
    if obligation.completed_by:
        kinds[obligation.completed_by] = ("day", "none", "quantity")
    if isinstance(obligation.due, Yearly):
        reporting = (obligation.due.reported_by, obligation.due.not_reported_by)
        kinds.update({name: ("year",) for name in reporting if name})
    return kinds


def check_follows(obligation: Obligation, pack: Pack, check: "Check") -> None:
    """What a yearly duty begins after is an obligation with a date."""
    due = obligation.due
    if not isinstance(due, Yearly) or due.first_after is None:
        return
    first = pack.obligations.get(due.first_after)
    if first is None or not isinstance(first.due, Within):
        what = f"first_after names {due.first_after!r}."
        check.note(f"articles/{obligation.id}.yaml", 1, what, "No obligation with a date has this id.", "Mend it.")


def check_tier(tier: Tier, file: str, pack: Pack, check: "Check") -> None:
    """A tier names only what the pack has, and no circle of tiers that come first."""
    for condition in (tier.when, tier.recorded_by):
        if condition:
            check_condition(condition, file, pack, check)
    for kind in tier.meetings:
        check.one_of(file, 1, "meetings", kind, pack.rules.meeting_kinds)
    for name in tier.after:
        check.one_of(file, 1, "after", name, pack.tiers)
    if tier.id in coming_first(tier, pack):
        check.note(file, 1, "The tier comes after itself.", f"after: {', '.join(tier.after)}.", "Leave one out.")


def coming_first(tier: Tier, pack: Pack) -> set[str]:
    """Every tier that comes before another, directly or through others."""
    found: set[str] = set()
    waiting = list(tier.after)
    while waiting:
        name = waiting.pop()
        if name not in found and name in pack.tiers:
            found.add(name)
            waiting += pack.tiers[name].after
    return found


def named_in_entry(pack: Pack) -> tuple[str, ...]:
    """The predicates that the rule of entry into force names."""
    rule = pack.rules.entry_into_force
    signed_by = (rule.signed_by,) if rule.signed_by else ()
    return (rule.trigger, rule.stated_by, rule.ends_by, *signed_by, *rule.shown_with)


def named_in(obligation: Obligation) -> tuple[str, ...]:
    """The predicates that an obligation names."""
    extension, due = obligation.extension, obligation.due
    extending = (extension.requested_by, extension.granted_by, extension.not_granted_by) if extension else ()
    counting = (due.or_after,) if isinstance(due, Within) else ()
    reporting = (due.reported_by, due.not_reported_by) if isinstance(due, Yearly) else ()
    ending = (obligation.completed_by, obligation.missed_by, obligation.reopened_by, obligation.excluded_by)
    named = (*obligation.applies_by, *obligation.stated_by, *extending, *counting, *reporting, *ending)
    return tuple(name for name in named if name)


def check_condition(condition: Condition, file: str, pack: Pack, check: "Check") -> None:
    """A tier's rule names only obligations and predicates of the pack."""
    match condition:
        case All(all=parts) | Any_(any=parts):
            for part in parts:
                check_condition(part, file, pack, check)
        case Not(not_=part):
            check_condition(part, file, pack, check)
        case Open(open=name) | DueBy(due=name) | Overdue(overdue=name):
            check_dated(name, file, pack, check)
        case FactFor(fact=name):
            check.one_of(file, 1, "fact", name, pack.rules.predicates)
        case Latest():
            check_latest(condition, file, pack, check)
        case ClauseDue(clause=name, fulfilled_by=answer):
            check.one_of(file, 1, "fulfilled_by", answer, pack.rules.predicates)
            check.one_of(file, 1, "clause", name, valued(pack, "day"))
        case IsParty():
            pass


def check_dated(name: str, file: str, pack: Pack, check: "Check") -> None:
    """Open, due and overdue are asked of an obligation with a date."""
    dated = [each.id for each in pack.obligations.values() if isinstance(each.due, Within)]
    if name not in dated:
        held = f"The pack has, with a date: {', '.join(dated)}."
        check.note(file, 1, f"The rule names the obligation {name!r}.", held, "Mend the name, or write the article.")


def check_latest(condition: Latest, file: str, pack: Pack, check: "Check") -> None:
    """What is compared with words has them, what is compared with a number is a quantity."""
    if condition.above is not None:
        check.one_of(file, 1, "latest", condition.latest, valued(pack, "quantity"))
        return
    check.one_of(file, 1, "latest", condition.latest, valued(pack, "word"))
    predicate = pack.rules.predicates.get(condition.latest)
    for word in condition.is_ if predicate else ():
        check.one_of(file, 1, "is", word, predicate.words if predicate else ())


def valued(pack: Pack, kind: str) -> tuple[str, ...]:
    """The predicates whose value is of a kind."""
    return tuple(name for name, predicate in pack.rules.predicates.items() if predicate.value == kind)
