"""What changed in the register: facts that came, were corrected or withdrawn, and the statuses that differ.

Two sides are compared: the register at two journal numbers, or as known on two days. What a seat may not see is in
neither, so it can neither be shown nor counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from servanda.register.facts import Fact, View
from servanda.register.status import Question, Status

Kind = Literal["added", "changed", "withdrawn"]
ORDER: Mapping[Kind, int] = {"added": 0, "changed": 1, "withdrawn": 2}


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that one side holds and the other does not, or states differently."""

    kind: Kind
    before: Fact | None
    after: Fact | None

    @property
    def fact(self) -> Fact:
        """The fact as it stands, or as it stood before it was withdrawn."""
        found = self.after or self.before
        assert found  # noqa: S101 (one side always holds it)
        return found


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A status that differs between the two sides."""

    before: Status
    after: Status


def fact_changes(before: View, after: View, *, leads: bool = False) -> tuple[FactChange, ...]:
    """The facts that differ between two views, by State, then in time; leads only where asked for."""
    earlier, later = (held(view, leads=leads) for view in (before, after))
    corrected = {fact.supersedes for key, fact in later.items() if key not in earlier and fact.supersedes in earlier}
    found = [
        *added(earlier, later),
        *(FactChange("changed", earlier[key], later[key]) for key in earlier.keys() & later.keys()
          if stated(earlier[key]) != stated(later[key])),
        *(FactChange("withdrawn", earlier[key], None) for key in earlier.keys() - later.keys() - corrected),
    ]  # fmt: skip
    return tuple(sorted(found, key=in_order))


def added(earlier: Mapping[str, Fact], later: Mapping[str, Fact]) -> Iterator[FactChange]:
    """The facts that are new; one that corrects another by name is a change of that one."""
    for key in later.keys() - earlier.keys():
        former = earlier.get(later[key].supersedes)
        is_correction = former is not None and former.key not in later
        yield FactChange("changed" if is_correction else "added", former if is_correction else None, later[key])


def held(view: View, *, leads: bool) -> dict[str, Fact]:
    """The standing version of each fact of a view, by key, with what is denied and how far it is complete."""
    groups = (*view.index.values(), *view.denials.values(), tuple(view.coverage.values()))
    return {fact.key: fact for facts in groups for fact in facts if leads or not fact.is_lead}


def stated(fact: Fact) -> Fact:
    """All that a version states, without the number at which it was taken in."""
    return replace(fact, number=0)


def in_order(change: FactChange) -> tuple[str, int, str]:
    """By State, in time."""
    return (change.fact.subject, change.fact.valid_from.first.toordinal(), change.fact.key)


def status_changes(before: Question, after: Question, states: Iterable[str]) -> Iterator[StatusChange]:
    """The statuses of States that differ between two questions, of the obligations that both sides know."""
    shared = [name for name in after.pack.obligations if name in before.pack.obligations]
    for state in states:
        for obligation in shared:
            change = StatusChange(before.status(obligation, state), after.status(obligation, state))
            if told(change.before) != told(change.after):
                yield change


def told(status: Status) -> tuple[object, ...]:
    """What a reader is told of a status, without what may be missing."""
    if status.word == "unknown":
        return (status.word, status.missed)
    sentence = status.sentence if status.word == "continuing" else None
    return (status.word, status.due, status.missed, sentence)
