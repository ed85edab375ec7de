"""Judging: whether a condition of a tier holds for a State, by one view of the register; and the reasons.

An answer has three values: yes, no, or not established. What is not established carries the question
that the secretariat would have to settle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from servanda.common.days import Period
from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting, NotYetAnnounced
from servanda.convention.checking import MEMBERSHIP
from servanda.convention.pack import Pack
from servanda.convention.rules import (
    All,
    Anchor,
    Any_,
    ClauseDue,
    Condition,
    DueBy,
    FactFor,
    FirstDay,
    Horizon,
    IsParty,
    Latest,
    Not,
    Open,
    Overdue,
    Silence,
    YearEnd,
)
from servanda.register.deadlines import Membership, says
from servanda.register.explain import Step
from servanda.register.facts import Fact, View
from servanda.register.status import Question, Status, find_obligation


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a condition holds for a State: yes, no, or (None) not established; the steps that say so, or ask."""

    holds: bool | None
    because: tuple[Step, ...] = ()
    asks: Sentence | None = None


NO = Judgement(holds=False)
Simple = Open | Overdue | DueBy | FactFor | ClauseDue | Latest | IsParty


@dataclass(frozen=True)
class Bench:
    """What judges a tier: the rules, the calendar, the meeting and one view of the register."""

    pack: Pack
    calendar: Calendar
    meeting: Meeting
    view: View

    @cached_property
    def question(self) -> Question:
        """The question of status on the first day of the meeting."""
        return Question(self.pack, self.calendar, self.view, self.meeting.start)

    @cached_property
    def kept(self) -> dict[object, object]:
        """What was worked out already, by what was asked."""
        return {}

    @property
    def day(self) -> date:
        """The last day that counts: the first of the meeting, or the day known if that is earlier."""
        return min(self.meeting.start, self.view.known)

    def status(self, obligation: str, state: str) -> Status:
        """The status by this view alone."""
        key = (obligation, state)
        found = self.kept.get(key)
        if not isinstance(found, Status):
            found = self.question.status_in_view(find_obligation(self.pack, obligation), state)
            self.kept[key] = found
        return found

    def membership(self, state: str) -> Membership:
        """Since when the convention binds the State, by this view."""
        return self.question.membership(state)

    def until(self, horizon: Horizon) -> date:
        """The last day that a horizon looks to."""
        found = self.kept.get(id(horizon))
        if not isinstance(found, date):
            found, _sentence = look_ahead(horizon, self.calendar, self.meeting, self.view.known)
            self.kept[id(horizon)] = found
        return found

    def judge(self, condition: Condition, state: str) -> Judgement:
        """Whether a condition holds for a State."""
        match condition:
            case All(all=parts):
                return all_of(self.judge(part, state) for part in parts)
            case Any_(any=parts):
                return any_of([self.judge(part, state) for part in parts])
            case Not(not_=part):
                return opposite(self.judge(part, state))
        return self.judge_by_register(condition, state)

    def judge_by_register(self, condition: Simple, state: str) -> Judgement:
        """Whether a condition that is not made of others holds for a State."""
        match condition:
            case Open(open=obligation):
                return self.judge_open(obligation, state)
            case Overdue(overdue=obligation):
                return self.judge_overdue(obligation, state)
            case DueBy(due=obligation, on_or_before=horizon):
                return self.judge_due(obligation, horizon, state)
            case FactFor():
                return self.judge_fact(condition, state)
            case ClauseDue():
                return self.judge_clause(condition, state)
            case Latest():
                return self.judge_latest(condition, state)
            case IsParty(party=expected):
                return self.judge_party(state, expected=expected)

    def judge_open(self, obligation: str, state: str) -> Judgement:
        """The obligation applies to the State and is not fulfilled."""
        status = self.status(obligation, state)
        if not status.is_open or status.course is None:
            return NO
        rule = find_obligation(self.pack, obligation)
        words = N_("Article {article} applies to it, and no completion stands in the register.")
        facts = status.course.begun_by + status.course.discoveries
        return Judgement(holds=True, because=(Step(Sentence.of(words, article=rule.article), facts, rule.source),))

    def judge_overdue(self, obligation: str, state: str) -> Judgement:
        """The deadline passed and nothing fulfilled the obligation, as far as is declared or a source says."""
        status = self.status(obligation, state)
        if status.word == "deadline passed":
            course = status.course
            facts = (*course.begun_by, *([course.said_missed] if course.said_missed else [])) if course else ()
            rule = find_obligation(self.pack, obligation)
            return Judgement(holds=True, because=(Step(status.sentence, tuple(dict.fromkeys(facts)), rule.source),))
        behind = status.is_open and status.last_due is not None and status.last_due < self.day
        return Judgement(holds=None, asks=status.sentence) if status.word == "unknown" and behind else NO

    def judge_due(self, obligation: str, horizon: Horizon, state: str) -> Judgement:
        """The deadline in force falls on or before the horizon; unknown where a decision may be missing."""
        status = self.status(obligation, state)
        course = status.course
        if course is None or (course.due is None and course.due_is_known):
            return NO
        if course.due is None:
            return Judgement(holds=None, asks=status.sentence)
        until = self.until(horizon)
        if course.due > until:
            return NO
        rule = find_obligation(self.pack, obligation)
        if course.due < self.meeting.start and not self.question.is_complete(rule, state, self.day):
            return Judgement(holds=None, asks=status.sentence)
        words = N_("Its deadline, {due}, falls on or before {until}.")
        facts = course.grants[-1:] or status.steps[0].facts
        step = Step(Sentence.of(words, due=course.due, until=until), facts, rule.source)
        return Judgement(holds=True, because=(step,))

    def judge_fact(self, condition: FactFor, state: str) -> Judgement:
        """A fact of the predicate is there: for a meeting, since a meeting, or as of the day."""
        found = [fact for fact in self.view.facts(state, condition.fact) if self.fits(condition, fact)]
        if found:
            return Judgement(holds=True, because=tuple(Step(says(self.pack, fact), (fact,)) for fact in found))
        return self.silent(condition.fact, condition.absent)

    def fits(self, condition: FactFor, fact: Fact) -> bool:
        """Whether a fact is of the meeting or time that a condition asks for."""
        if condition.meeting == "next_formal_meeting":
            return fact.meeting == self.calendar.next_formal_meeting(self.meeting).code
        if condition.meeting == "this_meeting":
            return fact.meeting == self.meeting.code
        if condition.since:
            return fact.has_happened_by(self.day) and fact.valid_from.first > self.anchor("previous_formal_meeting")
        return fact.holds_on(self.day)

    def judge_clause(self, condition: ClauseDue, state: str) -> Judgement:
        """A clause falls due between two meetings; one that waits since before is a question, never a statement."""
        after, until = self.anchor(condition.after), self.anchor(condition.until)
        clauses = [fact for fact in self.view.facts(state, condition.clause) if fact.value]
        falling = [fact for fact in clauses if after < date.fromisoformat(fact.value) <= until]
        if falling:
            return Judgement(holds=True, because=tuple(Step(says(self.pack, fact), (fact,)) for fact in falling))
        earlier = [fact for fact in clauses if date.fromisoformat(fact.value) <= after]
        waiting = [fact for fact in earlier if not self.is_answered(condition, fact)]
        return Judgement(holds=None, asks=says(self.pack, waiting[-1])) if waiting else NO

    def is_answered(self, condition: ClauseDue, clause: Fact) -> bool:
        """Whether a fact that fulfils such clauses came after the clause was decided."""
        answers = self.view.facts(clause.subject, condition.fulfilled_by)
        return any(answer.valid_from.last > clause.valid_from.first for answer in answers)

    def judge_latest(self, condition: Latest, state: str) -> Judgement:
        """The newest fact of the predicate says one of the words, or a quantity above the number."""
        newest = self.view.latest(state, (condition.latest,), self.day)
        if newest is None:
            return self.silent(condition.latest, condition.absent)
        if condition.above is None:
            holds = newest.value in condition.is_
        elif not newest.value:
            return Judgement(holds=None, asks=says(self.pack, newest))
        else:
            holds = float(newest.value) > condition.above
        return Judgement(holds=True, because=(Step(says(self.pack, newest), (newest,)),)) if holds else NO

    def judge_party(self, state: str, *, expected: bool) -> Judgement:
        """Whether the State is, or is not, a State Party on the first day; not established without coverage."""
        joined = self.membership(state)
        trigger = self.pack.rules.entry_into_force.trigger
        if joined.binds_on(self.meeting.start):
            words = N_("It is a State Party since {entry}.")
            step = Step(Sentence.of(words, entry=joined.entry or ""), joined.steps[0].facts, joined.steps[0].rule)
            return Judgement(holds=expected, because=(step,) if expected else ())
        if joined.entry is None and not self.view.is_complete(MEMBERSHIP, state, trigger, self.day):
            words = N_("The register holds no deposit, and is not declared complete to {day}.")
            return Judgement(holds=None, asks=Sentence.of(words, day=self.day))
        step = Step(Sentence.of(N_("It is not a State Party on {day}."), day=self.meeting.start))
        return Judgement(holds=not expected, because=() if expected else (step,))

    def silent(self, predicate: str, absent: Silence) -> Judgement:
        """What follows where the register has no such fact."""
        if absent == "no":
            return NO
        what = self.pack.rules.predicates[predicate].says.text
        words = N_("The register does not say whether this is so: {what}.")
        return Judgement(holds=None, asks=Sentence.of(words, what=what))

    def anchor(self, name: Anchor) -> date:
        """The day that a rule counts from or to: the first of a meeting; before all where there is no such meeting."""
        match name:
            case "this_meeting":
                return self.meeting.start
            case "next_formal_meeting":
                return self.calendar.next_formal_meeting(self.meeting).start
            case "previous_formal_meeting":
                before = self.calendar.formal_meeting_before(self.meeting)
            case "previous_meeting_of_kind":
                before = self.calendar.meeting_of_kind_before(self.meeting)
        return before.start if before else date.min


def all_of(parts: Iterable[Judgement]) -> Judgement:
    """Holds if each part does; fails if one fails; else not established. What comes after a failure is not judged."""
    holding: list[Judgement] = []
    for part in parts:
        if part.holds is False:
            return NO
        holding.append(part)
    because = tuple(step for part in holding for step in part.because)
    asks = next((part.asks for part in holding if part.holds is None), None)
    return Judgement(holds=True if all(part.holds for part in holding) else None, because=because, asks=asks)


def any_of(parts: Iterable[Judgement]) -> Judgement:
    """Holds if one part does; fails if each fails; else not established."""
    parts = list(parts)
    if any(part.holds for part in parts):
        return Judgement(holds=True, because=tuple(step for part in parts if part.holds for step in part.because))
    asks = next((part.asks for part in parts if part.holds is None), None)
    return Judgement(holds=None if any(part.holds is None for part in parts) else False, asks=asks)


def opposite(part: Judgement) -> Judgement:
    """Holds if the part fails; what is not established stays so."""
    return part if part.holds is None else Judgement(holds=not part.holds)


def look_ahead(horizon: Horizon, calendar: Calendar, meeting: Meeting, known: date) -> tuple[date, Sentence]:
    """The last day a list looks to, and the sentence that tells how it was set."""
    if isinstance(horizon.is_, YearEnd) and horizon.is_.end_of_year_after == "this_meeting":
        until = date(meeting.start.year + horizon.is_.years, 12, 31)
        words = N_("It looks to {until}, the end of the year that the pack counts from {next}.")
        return until, Sentence.of(words, until=until, next=meeting.code)
    following = calendar.next_formal_meeting(meeting)
    if following.announced_on and not following.is_announced_by(known):
        raise NotYetAnnounced(following, known)
    match horizon.is_:
        case YearEnd(years=years):
            until = date(following.start.year + years, 12, 31)
            words = N_("It looks to {until}, the end of the year that the pack counts from {next}.")
            return until, Sentence.of(words, until=until, next=following.code)
        case FirstDay(start_of="formal_meeting_after_next", add=add):
            ahead = calendar.formal_meetings_after(meeting)
            announced = len(ahead) > 1 and ahead[1].is_announced_by(known)
            if horizon.if_not_announced and not announced:
                return instead(horizon.if_not_announced.add.period, following)
            target = calendar.next_formal_meeting(following)
        case FirstDay(add=add):
            target = following
    until = add.period.after(target.start)
    return until, Sentence.of(N_("It looks to {until}, when {next} opens."), until=until, next=target.code)


def instead(period: Period, following: Meeting) -> tuple[date, Sentence]:
    """How far a list looks while the days of the meeting it should look to are not known as announced."""
    until = period.after(following.start)
    words = N_(
        "It looks to {until}, {period} after {next} opens: when the days of the formal "
        "meeting after it were announced is not in the register."
    )
    return until, Sentence.of(words, until=until, next=following.code, period=period)
