"""From deposit to deadline: when a convention binds a State, and how the date of an obligation moves.

The course of an obligation is a fold over its facts in time. A decision sets a literal date; a grant
never erases the period missed before it; completion ends the obligation, and a discovery after it
reopens it without a date until a decision sets one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from servanda.common.days import first_of_month
from servanda.common.languages import Text
from servanda.common.wording import N_, Sentence, Value
from servanda.convention.pack import Pack
from servanda.convention.rules import EntryIntoForce, Obligation, Within
from servanda.register.explain import Step
from servanda.register.facts import Fact, View


@dataclass(frozen=True, slots=True)
class Membership:
    """Since when, and until when, a convention binds a State; None: not, as far as is known."""

    entry: date | None
    ended: date | None
    steps: tuple[Step, ...]

    def binds_on(self, day: date) -> bool:
        """Whether the State is a State Party on a day."""
        return self.entry is not None and self.entry <= day and (self.ended is None or day < self.ended)


@dataclass(frozen=True, slots=True)
class Missed:
    """A period between a deadline that passed and what ended it: the next extension, or a completion.

    `completed` is what the completion says, in the words of the pack; None for an extension.
    """

    due: date
    ended_on: date
    ended_by: Fact
    completed: Text | None = None

    @property
    def by_completion(self) -> bool:
        """Whether a completion ended it."""
        return self.completed is not None

    @property
    def sentence(self) -> Sentence:
        """What happened, without a verdict."""
        if self.completed:
            words = N_("The deadline of {due} passed; then came: {what}, {when}.")
            return Sentence.of(words, due=self.due, what=self.completed, when=self.ended_by.valid_from)
        words = N_("The deadline of {due} passed; the next extension was granted on {granted}.")
        return Sentence.of(words, due=self.due, granted=self.ended_on)


@dataclass(frozen=True, slots=True)
class Course:
    """How far an obligation has come: its deadline in force, and whether it is open.

    `due` None with `due_is_known`: no date runs. Without it: a date was set that is not in the register.
    `binds_all`: it applies to each State Party, whatever a fact says. `said_missed`: a source says that
    the deadline in force passed.
    """

    due: date | None
    due_is_known: bool = True
    binds_all: bool = False
    begun_by: tuple[Fact, ...] = ()
    discoveries: tuple[Fact, ...] = ()
    is_open: bool = True
    grants: tuple[Fact, ...] = ()
    completion: Fact | None = None
    said_missed: Fact | None = None
    missed: tuple[Missed, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def has_begun(self) -> bool:
        """Whether the obligation applies, by a fact or because it binds every State Party."""
        return self.binds_all or bool(self.begun_by)


def membership(pack: Pack, view: View, state: str) -> Membership:
    """When the convention entered into force for a State: as a source states it, else by the rule."""
    rule = pack.rules.entry_into_force
    endings = view.facts(state, rule.ends_by)
    ended = endings[0].valid_from.first if endings else None
    ending = tuple(Step(says(pack, fact), (fact,), rule.source) for fact in endings[:1])
    if stated := view.facts(state, rule.stated_by):
        fact = stated[0]
        words = N_("The source states entry into force on {entry}.")
        step = Step(Sentence.of(words, entry=fact.valid_from.first), (fact,), rule.source)
        return Membership(fact.valid_from.first, ended, (step, *ending))
    if deposits := view.facts(state, rule.trigger):
        fact = deposits[0]
        entry = entry_into_force(rule, fact.valid_from.first)
        words = N_("Deposit on {deposit}; by Article {article}, entry into force on {entry}.")
        sentence = Sentence.of(words, deposit=fact.valid_from.first, article=rule.article, entry=entry)
        return Membership(entry, ended, (Step(sentence, (fact,), rule.source), *ending))
    return Membership(None, ended, ending)


def entry_into_force(rule: EntryIntoForce, deposit: date) -> date:
    """The day of entry into force for a State that deposited on a day, by the rule alone."""
    start = first_of_month(deposit) if rule.roll == "first_of_month" else deposit
    entry = rule.add.period.after(start)
    return max(entry, rule.not_before) if rule.not_before else entry


def course_of(pack: Pack, obligation: Obligation, view: View, state: str, entry: date, on: date) -> Course:
    """The course of an obligation with a date up to a day, from the facts of one view."""
    course = begin(obligation, entry, later_start(obligation, view, state, on))
    for fact in moves(obligation, view, state, on):
        course = moved_by(pack, obligation, course, fact)
    return course


def later_start(obligation: Obligation, view: View, state: str, on: date) -> Fact | None:
    """The fact from whose day the time may run instead of entry into force, if there is one by a day."""
    due = obligation.due
    return view.latest(state, (due.or_after,), on) if isinstance(due, Within) and due.or_after else None


def begin(obligation: Obligation, entry: date, instead: Fact | None = None) -> Course:
    """The course as it stands at its beginning, with the original deadline: counted from the later of two days."""
    assert isinstance(obligation.due, Within)  # noqa: S101 (only such an obligation has a course)
    period = obligation.due.add.period
    start = max(entry, instead.valid_from.last) if instead else entry
    due = period.after(start)
    words = N_("By Article {article} the first deadline is {due}: {entry} and {period} after it.")
    sentence = Sentence.of(words, article=obligation.article, due=due, entry=start, period=period)
    facts = (instead,) if instead and start != entry else ()
    return Course(due=due, binds_all=not obligation.applies_by, steps=(Step(sentence, facts, obligation.source),))


def moves(obligation: Obligation, view: View, state: str, on: date) -> list[Fact]:
    """The facts that begin, move, end or reopen an obligation, up to a day, in time."""
    extension = obligation.extension
    deciding = (extension.granted_by, extension.not_granted_by) if extension else ()
    named = {*obligation.applies_by, *deciding}
    named |= {obligation.completed_by, obligation.reopened_by, obligation.missed_by} - {None}
    found = [fact for name in named if name for fact in view.facts(state, name) if fact.has_happened_by(on)]
    decided = {fact.meeting: in_order(fact) for fact in found if obligation.is_decided_by(fact.predicate)}
    return sorted(found, key=lambda fact: order(obligation, fact, decided))


def in_order(fact: Fact) -> date:
    """The day by which something had happened: the last of its date, or the day its source told it."""
    return min(fact.valid_from.last, fact.known_on.last)


def order(obligation: Obligation, fact: Fact, decided: Mapping[str, date]) -> tuple[date, int, str]:
    """In time; on one day a discovery comes first, then what asks, then the decision that answers it."""
    if obligation.is_decided_by(fact.predicate) or fact.predicate == obligation.completed_by:
        return (in_order(fact), 2, fact.key)
    if fact.predicate == obligation.reopened_by:
        return (in_order(fact), 0, fact.key)
    return (min(in_order(fact), decided.get(fact.meeting, date.max)), 1, fact.key)


def moved_by(pack: Pack, obligation: Obligation, course: Course, fact: Fact) -> Course:
    """The course after one more fact."""
    extension = obligation.extension
    if extension and fact.predicate == extension.granted_by:
        moved = granted(course, fact)
    elif fact.predicate == obligation.completed_by:
        moved = completed(pack, course, fact)
    elif fact.predicate == obligation.missed_by:
        moved = replace(course, said_missed=fact)
    elif fact.predicate == obligation.reopened_by:
        moved = discovered(course, fact)
    else:
        moved = begun_late(course, fact)
    begun_by = course.begun_by or (fact,)
    return replace(moved, begun_by=begun_by, steps=(*course.steps, Step(says(pack, fact), (fact,))))


def completed(pack: Pack, course: Course, fact: Fact) -> Course:
    """Completion ends the obligation; where a source said that the deadline had passed, that stays on record.

    What is complete is not completed again: a later account of it changes nothing.
    """
    if not course.is_open:
        return course
    ended = replace(course, is_open=False, completion=fact)
    if course.said_missed and course.is_open and course.due and course.due < fact.valid_from.last:
        said = pack.rules.predicates[fact.predicate].says.text
        period = Missed(course.due, fact.valid_from.last, fact, completed=said)
        return replace(ended, missed=(*course.missed, period))
    return ended


def granted(course: Course, fact: Fact) -> Course:
    """A decision sets a new date, literally; the period since the old one stays on record.

    Of a decision whose day is not known, only the earliest day it can have says whether the old date had passed.
    """
    missed = course.missed
    if course.is_open and course.due and course.due_is_known and course.due < fact.valid_from.first:
        missed = (*missed, Missed(course.due, fact.valid_from.last, fact))
    due = date.fromisoformat(fact.value) if fact.value else None
    return replace(
        course, due=due, due_is_known=due is not None, is_open=True, missed=missed,
        grants=(*course.grants, fact), completion=None, said_missed=None,
    )  # fmt: skip


def discovered(course: Course, fact: Fact) -> Course:
    """A discovery reopens what was complete; on what is open it changes nothing."""
    if course.is_open:
        return begun_late(course, fact)
    return replace(course, is_open=True, due=None, completion=None, discoveries=(*course.discoveries, fact))


def begun_late(course: Course, fact: Fact) -> Course:
    """An obligation first heard of after its original deadline had no date to meet, so none runs."""
    if course.has_begun or course.due is None or fact.valid_from.first <= course.due:
        return course
    return replace(course, due=None, discoveries=(fact,))


def says(pack: Pack, fact: Fact) -> Sentence:
    """What a fact says, in the words of the pack."""
    told: dict[str, Value] = {"what": pack.rules.predicates[fact.predicate].says.text, "when": fact.valid_from}
    if fact.meeting:
        told["meeting"] = fact.meeting
    if fact.value:
        told["value"] = value_of(pack, fact)
    if fact.value and (fact.unit or pack.rules.predicates[fact.predicate].unit):
        told["unit"] = unit_of(pack, fact)
    return Sentence.of(SAYINGS[frozenset(told)], **told)


SAYINGS = {
    frozenset(("what", "when")): N_("{what}, {when}."),
    frozenset(("what", "when", "meeting")): N_("{what}, {meeting}, {when}."),
    frozenset(("what", "when", "value")): N_("{what}, {when}: {value}."),
    frozenset(("what", "when", "meeting", "value")): N_("{what}, {meeting}, {when}: {value}."),
    frozenset(("what", "when", "value", "unit")): N_("{what}, {when}: {value} {unit}."),
    frozenset(("what", "when", "meeting", "value", "unit")): N_("{what}, {meeting}, {when}: {value} {unit}."),
}


def value_of(pack: Pack, fact: Fact) -> date | Decimal | Text | str:
    """The value of a fact: a date, a number, a word with its titles, or as it is written."""
    predicate = pack.rules.predicates[fact.predicate]
    if predicate.value == "day" and fact.value:
        return date.fromisoformat(fact.value)
    if predicate.value == "quantity" and fact.value:
        return Decimal(fact.value)
    title = predicate.word_titles.get(fact.value)
    return title.text if title else fact.value


def unit_of(pack: Pack, fact: Fact) -> Text | str:
    """The unit in which a quantity is counted: the fact's own, or that of its predicate."""
    if fact.unit:
        return fact.unit
    unit = pack.rules.predicates[fact.predicate].unit
    return unit.text if unit else ""
